"""The JSON Schema of a policy file: for editors, and the last word on policies from elsewhere."""

from __future__ import annotations

from typing import Any

SEVERITIES = ("error", "warning", "note")
CONFIDENCES = ("high", "medium", "low")
PRESETS = ("recommended", "strict")
STATUSES = ("preview", "stable", "deprecated")
OPTION_TYPES = ("text", "integer", "number", "flag", "list")

REQUIRED = ("title", "severity", "confidence", "preset", "since", "on", "deny", "message",
            "why", "remedy", "examples")  # fmt: skip

ID_PATTERN = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT, "uniqueItems": True}
_IDS = {"type": "array", "items": {"type": "string", "pattern": ID_PATTERN}, "uniqueItems": True}
_FILES = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {
        "oneOf": [
            {"type": "string"},
            {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "properties": {
                    "base64": {"type": "string"},
                    "link": _TEXT,
                    "mode": {"type": "integer", "minimum": 0, "maximum": 511},
                    "text": {"type": "string"},
                },
            },
        ]
    },
}
_EXAMPLE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "name": _TEXT,
        "bad": _FILES,
        "good": _FILES,
        "hits": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "untracked": _TEXTS,
        "fixed": _FILES,
    },
    "oneOf": [
        {"required": ["bad", "hits"]},
        {"required": ["good"], "not": {"anyOf": [{"required": ["hits"]}, {"required": ["fixed"]}]}},
    ],
}
_OPTION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["type", "default", "doc"],
    "properties": {
        "type": {"enum": list(OPTION_TYPES)},
        "default": {"type": ["string", "number", "boolean", "array"], "items": _TEXT},
        "doc": _TEXT,
    },
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "plumblint policy",
    "type": "object",
    "additionalProperties": False,
    "required": list(REQUIRED),
    "properties": {
        "title": {**_TEXT, "maxLength": 120},
        "severity": {"enum": list(SEVERITIES)},
        "confidence": {"enum": list(CONFIDENCES)},
        "preset": {"enum": list(PRESETS)},
        "since": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "status": {"enum": list(STATUSES)},
        "on": _TEXT,
        "when": _TEXT,
        "deny": _TEXT,
        "at": _TEXT,
        "message": _TEXT,
        "why": _TEXT,
        "remedy": _TEXT,
        "supersedes": _IDS,
        "also": _TEXTS,
        "references": {"type": "array", "items": {"type": "string", "pattern": "^https?://"}},
        "security_severity": {"type": "string", "pattern": r"^(10(\.0)?|[0-9](\.[0-9])?)$"},
        "fix": _TEXT,
        "options": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
            "additionalProperties": _OPTION,
        },
        "examples": {"type": "array", "minItems": 2, "items": _EXAMPLE},
    },
}
"""What a policy file holds; the id is the file's stem, the guardrail its folder."""

KEYS: tuple[str, ...] = tuple(SCHEMA["properties"])


def schema_faults(data: object) -> list[tuple[list[str | int], str]]:
    """What the schema finds wrong with a policy: the path to the place, and what it is."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [
        (list(error.absolute_path), error.message.split("\n")[0][:300])
        for error in validator.iter_errors(data)
    ]
