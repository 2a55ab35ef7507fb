"""The JSON Schema of a configuration: for editors, the reference, and the check before a run."""

from __future__ import annotations

from typing import Any

PRESETS = ("recommended", "strict", "all")
SEVERITIES = ("error", "warning", "note")
CHECK_KINDS = ("test", "lint", "type-check", "validation", "build", "security-scan")

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_ONE_OR_MORE: dict[str, Any] = {"type": ["string", "array"], "minLength": 1, "items": _TEXT}
_SEVERITY: dict[str, Any] = {"enum": list(SEVERITIES)}
_KIND_BY_TEXT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": {"enum": list(CHECK_KINDS)},
}

_BASE_IMAGE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "user": {
            **_TEXT,
            "description": "The USER that the image sets; `root` where it sets none.",
        },
        "shell": {
            "enum": ["dash", "bash", "busybox", "none"],
            "description": "What `/bin/sh` is in it.",
        },
        "minimal": {"type": "boolean", "description": "Has neither shell nor package manager."},
        "healthcheck": {"type": "boolean", "description": "Declares a HEALTHCHECK."},
    },
}

_LOCAL_TABLES: dict[str, dict[str, Any]] = {
    "deploy_actions": {
        **_TEXTS,
        "description": "Actions of yours that deploy: `acme/deploy`, `./.github/actions/deploy`.",
    },
    "deploy_commands": {
        **_TEXTS,
        "description": "Commands of yours that deploy, by their first words: `make ship`.",
    },
    "check_actions": {
        **_KIND_BY_TEXT,
        "description": "Actions of yours that check, with what they do: `acme/verify: test`.",
    },
    "check_commands": {
        **_KIND_BY_TEXT,
        "description": "Commands of yours that check, by their first words, with what they do: "
        "`make verify: test`.",
    },
    "base_images": {
        "type": "object",
        "additionalProperties": _BASE_IMAGE,
        "description": "Base images of yours by repository, a final `*` for anything, with what "
        "they bring.",
    },
}
"""What the analyses can be taught, besides the tables that policies ask by `tables.name`."""

_RULE = {
    "type": "object",
    "properties": {"severity": {**_SEVERITY, "description": "The severity in effect."}},
    "additionalProperties": {
        "type": ["string", "number", "boolean", "array"],
        "items": {"type": "string"},
    },
}
_PER_PATH = {
    "type": "object",
    "additionalProperties": False,
    "required": ["paths"],
    "properties": {
        "paths": {
            **_ONE_OR_MORE,
            "description": "Patterns as in .gitignore, relative to the configuration's folder.",
        },
        "ignore": {**_TEXTS, "description": "What is not reported there."},
        "severity": {
            "type": "object",
            "additionalProperties": _SEVERITY,
            "description": "Severities in effect there, by policy.",
        },
    },
}
_PROJECT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "compose": {**_TEXTS, "description": "Compose files that are used together, in order."},
        "build-args": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Build arguments that are always given, by name.",
        },
        "dockerfiles": {
            **_TEXTS,
            "description": "The Dockerfiles that the build arguments are given to; default: all.",
        },
        "tfvars": {**_TEXTS, "description": "Variable files that are used together, in order."},
        "module": {
            **_TEXT,
            "description": "The folder of the Terraform module that they are for.",
        },
    },
}

PROPERTIES: dict[str, dict[str, Any]] = {
    "extends": {
        **_ONE_OR_MORE,
        "description": "Configurations that this one builds on: files, relative to this one, or "
        "`package:NAME` for the `plumblint.yaml` of an installed Python package.",
    },
    "preset": {
        "enum": list(PRESETS),
        "default": "recommended",
        "description": "Which policies: `recommended`, `strict` (which holds all of "
        "`recommended`) or `all` (previews too).",
    },
    "preview": {
        "type": "boolean",
        "default": False,
        "description": "Whether policies of the preset that are still in preview take part.",
    },
    "select": {
        **_TEXTS,
        "description": "Only these policies, instead of a preset: ids, guardrails, peers' codes, "
        "presets.",
    },
    "ignore": {
        **_TEXTS,
        "description": "Not these policies: ids, guardrails, peers' codes.",
    },
    "fail-on": {
        **_SEVERITY,
        "default": "warning",
        "description": "The least severity that makes a run fail.",
    },
    "exclude": {
        **_TEXTS,
        "description": "Paths that are not read, patterns as in .gitignore.",
    },
    "policies": {
        **_TEXTS,
        "description": "Folders of your own policies, relative to this file, or `package:NAME`.",
    },
    "per-path": {
        "type": "array",
        "items": _PER_PATH,
        "description": "What holds for some paths only; the last severity that fits counts.",
    },
    "rules": {
        "type": "object",
        "additionalProperties": _RULE,
        "description": "By policy: its `severity`, and its options by name.",
    },
    "tables": {
        "type": "object",
        "properties": _LOCAL_TABLES,
        "additionalProperties": {"type": ["array", "object"], "items": {"type": "string"}},
        "description": "What is true of your repo only: entries that extend the tables that "
        "analyses and policies ask.",
    },
    "projects": {
        "type": "array",
        "items": _PROJECT,
        "description": "Which compose files, build arguments and tfvars belong together.",
    },
}
"""The keys of a configuration, in the order of the reference."""

LOCAL_TABLES = tuple(_LOCAL_TABLES)
"""The names of the tables that analyses ask."""

ROOT_ONLY = ("preview", "fail-on", "policies", "tables", "projects")
"""Keys that hold for a whole run, and so stand in the root's configuration only."""

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "plumblint configuration",
    "description": "`.plumblint.yaml` or `[tool.plumblint]` in pyproject.toml",
    "type": "object",
    "additionalProperties": False,
    "properties": PROPERTIES,
}
