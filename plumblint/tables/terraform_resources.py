"""Terraform resource types and where in them stand the things that policies judge.

Paths are dotted names of blocks and arguments.  Source of each row, where not
said otherwise: the argument reference of that resource in the provider's
documentation on registry.terraform.io (hashicorp/aws, google, azurerm,
kubernetes).
"""

from __future__ import annotations

_POD = "spec"
_TEMPLATE = "spec.template.spec"
_CRON = "spec.job_template.spec.template.spec"

POD_PLACES: dict[str, str] = {
    "kubernetes_pod": _POD,
    "kubernetes_pod_v1": _POD,
    "kubernetes_deployment": _TEMPLATE,
    "kubernetes_deployment_v1": _TEMPLATE,
    "kubernetes_stateful_set": _TEMPLATE,
    "kubernetes_stateful_set_v1": _TEMPLATE,
    "kubernetes_daemonset": _TEMPLATE,
    "kubernetes_daemon_set_v1": _TEMPLATE,
    "kubernetes_replication_controller": _TEMPLATE,
    "kubernetes_replication_controller_v1": _TEMPLATE,
    "kubernetes_job": _TEMPLATE,
    "kubernetes_job_v1": _TEMPLATE,
    "kubernetes_cron_job": _CRON,
    "kubernetes_cron_job_v1": _CRON,
}
"""Where a resource's pod specification stands."""

CONTAINER_PLACES: tuple[tuple[str, str, str, str], ...] = (
    # resource type, path, dialect (see DIALECTS), origin of the image
    ("aws_ecs_task_definition", "container_definitions", "ecs", "ecs"),
    ("aws_batch_job_definition", "container_properties", "ecs", "ecs"),
    ("google_cloud_run_service", "template.spec.containers", "cloud-run", "cloud-run"),
    ("google_cloud_run_v2_service", "template.containers", "cloud-run", "cloud-run"),
    ("google_cloud_run_v2_job", "template.template.containers", "cloud-run", "cloud-run"),
    ("google_cloud_run_v2_worker_pool", "template.containers", "cloud-run", "cloud-run"),
    ("azurerm_container_group", "container", "azure", "container-app"),
    ("azurerm_container_group", "init_container", "azure", "container-app"),
    ("azurerm_container_app", "template.container", "azure", "container-app"),
    ("azurerm_container_app", "template.init_container", "azure", "container-app"),
    ("azurerm_container_app_job", "template.container", "azure", "container-app"),
    ("azurerm_container_app_job", "template.init_container", "azure", "container-app"),
    *(
        (resource, f"{place}.{block}", "kubernetes", "kubernetes")
        for resource, place in POD_PLACES.items()
        for block in ("container", "init_container")
    ),
)
"""Where containers are declared."""

IMAGE_PLACES: tuple[tuple[str, str, str], ...] = (
    # resource type, path of the image, origin
    ("aws_lambda_function", "image_uri", "lambda"),
    (
        "aws_apprunner_service",
        "source_configuration.image_repository.image_identifier",
        "container-app",
    ),
)
"""Images of things that are no containers of their own here."""

DIALECTS: dict[str, dict[str, str]] = {
    # Source for ecs: Amazon ECS API reference, ContainerDefinition.
    "ecs": {
        "name": "name", "image": "image", "user": "user", "privileged": "privileged",
        "read_only": "readonlyRootFilesystem", "entrypoint": "entryPoint", "command": "command",
        "workdir": "workingDirectory", "env": "environment",
        "added_capabilities": "linuxParameters.capabilities.add",
        "dropped_capabilities": "linuxParameters.capabilities.drop",
        "init": "linuxParameters.initProcessEnabled", "grace": "stopTimeout",
        "healthcheck": "healthCheck.command", "logging_driver": "logConfiguration.logDriver",
        "memory": "memory", "cpus": "cpu", "ports": "portMappings", "port": "containerPort",
        "published": "hostPort", "protocol": "protocol", "mounts": "mountPoints",
        "mount_source": "sourceVolume", "mount_target": "containerPath",
        "mount_read_only": "readOnly", "security_options": "dockerSecurityOptions",
    },
    "kubernetes": {
        "name": "name", "image": "image", "user": "security_context.run_as_user",
        "non_root": "security_context.run_as_non_root",
        "privileged": "security_context.privileged",
        "read_only": "security_context.read_only_root_filesystem", "entrypoint": "command",
        "command": "args", "workdir": "working_dir", "env": "env",
        "added_capabilities": "security_context.capabilities.add",
        "dropped_capabilities": "security_context.capabilities.drop",
        "healthcheck": "liveness_probe", "memory": "resources.limits.memory",
        "cpus": "resources.limits.cpu", "ports": "port", "port": "container_port",
        "published": "host_port", "protocol": "protocol", "mounts": "volume_mount",
        "mount_source": "name", "mount_target": "mount_path", "mount_read_only": "read_only",
    },
    "cloud-run": {
        "name": "name", "image": "image", "entrypoint": "command", "command": "args",
        "workdir": "working_dir", "env": "env", "healthcheck": "liveness_probe",
        "memory": "resources.limits.memory", "cpus": "resources.limits.cpu", "ports": "ports",
        "port": "container_port", "mounts": "volume_mounts", "mount_source": "name",
        "mount_target": "mount_path",
    },
    "azure": {
        "name": "name", "image": "image", "entrypoint": "commands", "command": "args",
        "env": "env", "env_map": "environment_variables", "healthcheck": "liveness_probe",
        "memory": "memory", "cpus": "cpu", "ports": "ports", "port": "port",
        "protocol": "protocol", "mounts": "volume", "mount_source": "name",
        "mount_target": "mount_path", "mount_read_only": "read_only",
    },
}  # fmt: skip
"""By dialect: where a container's fields stand, relative to the container."""

HOST_NAMESPACES: dict[str, tuple[tuple[str, str, str], ...]] = {
    # dialect: path in the task or pod, value that shares, namespace
    "ecs": (
        ("network_mode", "host", "network"),
        ("pid_mode", "host", "pid"),
        ("ipc_mode", "host", "ipc"),
    ),
    "kubernetes": (
        ("host_network", "true", "network"),
        ("host_pid", "true", "pid"),
        ("host_ipc", "true", "ipc"),
    ),
}
"""What shares a namespace with the host."""

ENVIRONMENT_MAPS: tuple[tuple[str, str], ...] = (
    ("aws_lambda_function", "environment.variables"),
    ("aws_apprunner_service",
     "source_configuration.image_repository.image_configuration.runtime_environment_variables"),
    ("aws_elastic_beanstalk_environment", "environment"),
    ("aws_amplify_app", "environment_variables"),
    ("google_cloudfunctions_function", "environment_variables"),
    ("google_cloudfunctions2_function", "service_config.environment_variables"),
    ("azurerm_linux_web_app", "app_settings"),
    ("azurerm_windows_web_app", "app_settings"),
    ("azurerm_linux_function_app", "app_settings"),
    ("azurerm_windows_function_app", "app_settings"),
    ("azurerm_app_service", "app_settings"),
    ("heroku_app", "config_vars"),
    ("cloudfoundry_app", "environment"),
)  # fmt: skip
"""Maps of environment variables in resources that are no containers here."""

SCRIPT_ARGUMENTS = frozenset(
    {"user_data", "custom_data", "startup_script", "metadata_startup_script", "user_data_base64"}
)
"""Arguments that hold a script which a machine runs at its start."""

SECRET_WORDS = (
    "password", "passwd", "passphrase", "secret", "token", "api_key", "apikey", "access_key",
    "private_key", "secret_key", "credentials", "connection_string", "auth_key", "account_key",
    "shared_key", "client_key", "license_key", "master_key",
)  # fmt: skip
"""Words in the name of an argument or variable that holds a secret.  Source: a count over the
variables of twelve module repositories, see NOT_SECRET_ENDINGS for the false friends."""

NOT_SECRET_ENDINGS = (
    "_path", "_name", "_names", "_arn", "_arns", "_id", "_ids", "_type", "_interval", "_length",
    "_pattern", "_enabled", "_enable", "_format", "_version", "_ttl", "_days", "_hours",
    "_minutes", "_seconds", "_url", "_uri", "_endpoint", "_key_spec", "_policy", "_file",
    "_rotation", "_window", "_required", "_expiration", "_algorithm", "_mode", "_count", "_prefix",
)  # fmt: skip
"""Endings of names that hold one of SECRET_WORDS and yet no secret."""

NOT_SECRET_BEGINNINGS = ("ssm_", "chamber_", "create_", "enable_", "use_", "manage_", "rotate_")
"""Beginnings of such names."""

NOT_SECRET_PARENTS = frozenset({"token_validity_units", "password_policy"})
"""Blocks whose arguments are named after secrets and hold none."""

_PUBLIC_ACLS = frozenset({"public-read", "public-read-write", "authenticated-read"})
_EVERYBODY = frozenset({"allUsers", "allAuthenticatedUsers"})

STORAGE_ACCESS: tuple[tuple[str, str, frozenset[str]], ...] = (
    # resource type, argument, its values that let everybody read
    ("aws_s3_bucket", "acl", _PUBLIC_ACLS),
    ("aws_s3_bucket_acl", "acl", _PUBLIC_ACLS),
    ("alicloud_oss_bucket", "acl", _PUBLIC_ACLS),
    ("alicloud_oss_bucket_acl", "acl", _PUBLIC_ACLS),
    ("digitalocean_spaces_bucket", "acl", _PUBLIC_ACLS),
    ("scaleway_object_bucket_acl", "acl", _PUBLIC_ACLS),
    ("google_storage_bucket_iam_member", "member", _EVERYBODY),
    ("google_storage_bucket_iam_binding", "members", _EVERYBODY),
    ("google_storage_bucket_access_control", "entity", _EVERYBODY),
    ("google_storage_default_object_access_control", "entity", _EVERYBODY),
    ("google_bigquery_dataset", "access.special_group", _EVERYBODY),
    ("google_bigquery_dataset", "access.iam_member", _EVERYBODY),
    ("google_bigquery_dataset_iam_member", "member", _EVERYBODY),
    ("google_bigquery_dataset_iam_binding", "members", _EVERYBODY),
    ("azurerm_storage_container", "container_access_type", frozenset({"blob", "container"})),
    ("oci_objectstorage_bucket", "access_type",
     frozenset({"ObjectRead", "ObjectReadWithoutList"})),
)  # fmt: skip
"""Where storage says who may read it."""

WEBSITE_RESOURCES = frozenset({"aws_s3_bucket_website_configuration"})
"""Resources that make a website of the bucket they name."""
