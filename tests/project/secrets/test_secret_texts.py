"""Tokens, private keys and logins in raw text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumblint.project.secrets.addresses import find_logins
from plumblint.project.secrets.checksums import checksum_of
from plumblint.project.secrets.gate import may_hold_any
from plumblint.project.secrets.tokens import find_private_keys, find_tokens
from plumblint.tables.token_formats import TOKEN_FORMATS

BODY = "9fK2mQ7xLw4TzR8vBn5cYh3JpD6sGa"
HEX = "8b0e7153bf7c3706d85c524e440066559a6656c9"
PEM_BODY = "Cu1VShIqmArIntn9oX98WHgCtzC1uwB5FXZPf7stg7NvlE3LaruSrjLnonWKTn9U"


def pem(kind="PRIVATE KEY", body=PEM_BODY):
    return f"-----BEGIN {kind}-----\n{body}\n-----END {kind}-----"


def tokens(text):
    return [
        (text[token.start : token.end], token.owner, token.checksum) for token in find_tokens(text)
    ]


def test_a_token_with_its_checksum():
    good = f"ghp_{BODY}39LRfD"
    assert tokens(f"x: {good}\n") == [(good, "GitHub token", "good")]
    assert tokens(f"ghp_{BODY[:-2]}00000000") == []  # a run of zeros says that it is made up
    assert tokens(f"ghp_{BODY}39LRfE")[0][2] == "bad"


def test_checksums_of_other_formats():
    assert checksum_of("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", "github") == "good"
    assert checksum_of("whatever", "") == "none"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("squ_" + HEX, "SonarQube token"),
        ("AKIA" + "Q3EGRZUV7K2XWPTB", "AWS access key id"),
        ("dop_v1_" + HEX + HEX[:24], "DigitalOcean token"),
        ("abc8Q~" + "kV9wq3Lz7RtXpKd2mNb5cYh3JpD6sGa", "Azure client secret"),
        ("sk-" + BODY[:20] + "T3BlbkFJ" + BODY[10:], "OpenAI key"),
        (
            "https://hooks.slack.com/services/T02AB3CD4/B05EF6GH7/" + BODY[:24],
            "Slack webhook address",
        ),
        ("DefaultEndpointsProtocol=https;AccountKey=" + (PEM_BODY + BODY)[:86] + "==",
         "Azure storage account key"),
    ],
)  # fmt: skip
def test_tokens_without_checksum(text, owner):
    assert [found[1] for found in tokens(f"value: '{text}'\n")] == [owner]
    assert may_hold_any(text)


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "xAKIAQ3EGRZUV7K2XWPTB",
        "AKIAQ3EGRZUV7K2XWPTB7",
        "squ_" + "0" * 40,
        "squ_" + HEX + "00",
        "my_squ_" + HEX,
        HEX,
        "sha256:" + HEX + HEX[:24],
        "disk-ant-farm task-proj-x",
    ],
)
def test_what_is_no_token(text):
    assert tokens(f"x: {text}\n") == []


def test_every_mark_leads_to_its_row():
    for marks, back, *_ in TOKEN_FORMATS:
        for mark in marks:
            assert may_hold_any("x" * back + mark)


def test_no_mark_begins_another():
    marks = {mark for row in TOKEN_FORMATS for mark in row[0]}
    assert not [(a, b) for a in marks for b in marks if a != b and b.startswith(a)]


def test_private_keys():
    text = f"a: |\n{pem()}\n{pem('RSA PRIVATE KEY')}\n{pem('PUBLIC KEY')}\n{pem('CERTIFICATE')}\n"
    found = [text[start:end] for start, end in find_private_keys(text)]
    assert found == [pem(), pem("RSA PRIVATE KEY")]
    escaped = pem().replace("\n", "\\n")
    assert [escaped[s:e] for s, e in find_private_keys(escaped)] == [escaped]


def test_a_private_key_block_without_a_key_is_none():
    assert not list(find_private_keys(pem(body="...")))
    assert not list(find_private_keys(pem(body="A" * 64)))


def test_a_private_key_in_base64():
    from base64 import b64encode

    encoded = b64encode(pem("OPENSSH PRIVATE KEY").encode()).decode()
    assert list(find_private_keys(f"key: {encoded}\n"))
    assert not list(find_private_keys("key: " + b64encode(pem("CERTIFICATE").encode()).decode()))


@pytest.mark.parametrize(
    ("text", "value", "likeness"),
    [
        ("url: postgres://app:kV9wq3Lz7Rt@db:5432/app", "kV9wq3Lz7Rt", "secret"),
        ("url: postgres://app:app@db:5432/app", "app", "weak"),
        ("url: postgres://app:${PW:-kV9wq3Lz7Rt}@db/app", "kV9wq3Lz7Rt", "secret"),
        ("url: postgres://app:kV9wq3Lz7Rt@localhost/app", "kV9wq3Lz7Rt", "weak"),
        ("url: https://u:kV9wq3Lz7Rt@example.com/", "kV9wq3Lz7Rt", "placeholder"),
        (f"git clone https://{BODY}@git.acme.io/x", BODY, "secret"),
        ("jdbc:mysql://db/app?user=a&password=kV9wq3Lz7Rt", "kV9wq3Lz7Rt", "secret"),
        ("Server=db;User Id=a;Password=kV9wq3Lz7Rt;", "kV9wq3Lz7Rt", "secret"),
    ],
)
def test_logins_in_addresses(text, value, likeness):
    assert [(text[x.start : x.end], x.likeness) for x in find_logins(text)] == [(value, likeness)]
    assert may_hold_any(text)


@pytest.mark.parametrize(
    "text",
    [
        "ssh://git@github.com/acme/app.git",
        "postgres://app:$PW@db/app",
        "postgres://app:${PW}@db/app",
        "postgres://app:{{ pw }}@db/app",
        "postgres://db/app",
        "# postgres://app:kV9wq3Lz7Rt@db/app",
        "https://acme.io/a:b@c",
        "image: registry.acme.io:5000/app@sha256:abc",
    ],
)
def test_addresses_without_a_login(text):
    assert [x for x in find_logins(text) if x.likeness != "reference"] == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="gh_pAKI:/@-BEGIN PRVTKY\n;=?&abc019\\{}$'", max_size=300))
def test_any_text_has_an_answer(text):
    may_hold_any(text)
    spans = [(x.start, x.end) for x in (*find_tokens(text), *find_logins(text))]
    spans += list(find_private_keys(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    "piece",
    [
        "ghp_", "sk-proj-", "T3BlbkFJ", "://", "://a", "://a:", "://a:b",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nabc", "LS0tLS1CRUdJTi", "?password=", ";password=", "glpat-a",
        "a.atlasv1.", "Q~", "fm2_", "://a@", "LS0tLS1CRUdJTiBS",
    ],
)  # fmt: skip
def test_repeated_marks_take_linear_time(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        started = time.process_time()
        may_hold_any(text)
        list(find_tokens(text))
        list(find_logins(text))
        list(find_private_keys(text))
        return time.process_time() - started

    assert seconds(200_000) < 4
