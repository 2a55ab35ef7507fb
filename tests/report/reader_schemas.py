"""What the readers of our formats ask for, as far as we write it."""

from __future__ import annotations

JUNIT = {
    "testsuites": ("name time tests failures errors", "testsuite"),
    "testsuite": (
        "name tests failures errors group time skipped timestamp hostname id package file log url",
        "testsuite properties testcase system-out system-err",
    ),
    "testcase": ("name time classname group", "skipped error failure system-out system-err"),
    "failure": ("type message", ""),
    "system-out": ("", ""),
}
"""Attributes and children of each element, by Jenkins' junit-10.xsd."""

POSITION = {
    "type": "object", "required": ["line", "column"], "additionalProperties": False,
    "properties": {name: {"type": "integer", "minimum": 1} for name in ("line", "column")},
}  # fmt: skip
LOCATION = {
    "type": "object", "required": ["path", "range"], "additionalProperties": False,
    "properties": {
        "path": {"type": "string"},
        "range": {"type": "object", "additionalProperties": False,
                  "properties": {"start": POSITION, "end": POSITION}},
    },
}  # fmt: skip
RDJSON = {
    "type": "object", "required": ["source", "diagnostics"], "additionalProperties": False,
    "properties": {
        "source": {"type": "object"},
        "diagnostics": {"type": "array", "items": {
            "type": "object", "required": ["message", "location", "severity", "code"],
            "additionalProperties": False,
            "properties": {
                "message": {"type": "string"}, "location": LOCATION,
                "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                "code": {"type": "object", "required": ["value", "url"]},
                "related_locations": {"type": "array", "items": {
                    "type": "object", "properties": {"location": LOCATION}}},
            }}},
    },
}  # fmt: skip
"""What of reviewdog's proto/rdf/reviewdog.proto we write."""
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object", "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {"type": "object", "required": ["begin"],
                              "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}  # fmt: skip
"""What GitLab's documentation of its code quality reports asks for."""
