"""`plumblint schema`: the JSON Schemas, for editors."""

from __future__ import annotations

import json

import click

from plumblint.cli.names import Choice
from plumblint.cli.output import to_standard_output


@click.command("schema")
@click.argument("what", type=Choice(("config", "policy")))
def command(what: str) -> None:
    """Print the JSON Schema of a configuration or of a policy file."""
    if what == "config":
        from plumblint.config.schema import SCHEMA
    else:
        from plumblint.policy.schema import SCHEMA
    to_standard_output(json.dumps(SCHEMA, indent=2) + "\n")
