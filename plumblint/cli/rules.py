"""`plumblint rules`: which policies there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from plumblint.cli.completion import policy_names
from plumblint.cli.errors import broken
from plumblint.cli.names import Choice, FactKind, counted
from plumblint.cli.output import to_standard_output
from plumblint.cli.places import config_of, open_repo

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.policy.catalogue import Catalogue
    from plumblint.policy.model import Policy


@click.command("rules")
@click.argument("names", nargs=-1, shell_complete=policy_names)
@click.option("--preset", type=Choice(("recommended", "strict", "all")),
              help="Those of a preset.")  # fmt: skip
@click.option("--severity", type=Choice(("error", "warning", "note")))
@click.option("--status", type=Choice(("preview", "stable", "deprecated")))
@click.option("--on", "kind", type=FactKind(), metavar="FACT",
              help="Those that judge a kind of fact.")  # fmt: skip
@click.option("--enabled", is_flag=True, help="Those that take part here.")
@click.option("--json", "as_json", is_flag=True, help="All that is known of them, as JSON.")
@click.option("--config", "config_file", type=click.Path(), metavar="FILE")
@click.option("--policies", multiple=True, type=click.Path(), metavar="FOLDER",
              help="A folder of further policies.")  # fmt: skip
def command(names: tuple[str, ...], **given: Any) -> None:
    """List policies: all, or those that NAMES name (ids, guardrails, peers' codes)."""
    catalogue, config = catalogue_here(given)
    chosen = _chosen(names, catalogue, config, given)
    if given["as_json"]:
        import json

        objects = [rule_object(policy) for policy in chosen]
        to_standard_output(json.dumps(objects, indent=2, ensure_ascii=False) + "\n")
        return
    width = max((len(policy.id) for policy in chosen), default=0)
    lines: list[str] = []
    guardrail = ""
    for policy in sorted(chosen, key=lambda policy: (policy.guardrail, policy.id)):
        if policy.guardrail != guardrail:
            guardrail = policy.guardrail
            lines.append(f"{'' if not lines else chr(10)}{guardrail}")
        marks = "" if policy.status == "stable" else f" ({policy.status})"
        lines.append(
            f"  {policy.id:<{width}}  {policy.severity:<7}  {policy.preset:<11}  "
            f"{policy.title}{marks}"
        )
    to_standard_output("".join(f"{line}\n" for line in lines))
    count = counted(len(chosen), "policy", "policies")
    click.echo(f"{count}; `plumblint explain ID` tells all of one.", err=True)


def catalogue_here(given: dict[str, Any]) -> tuple[Catalogue, Config]:
    """The catalogue with the policies that are configured where we are."""
    from plumblint.policy.error import PolicyError
    from plumblint.run import catalogue_of

    repo, _ = open_repo(())
    config = config_of(repo, given)
    try:
        return catalogue_of(config), config
    except PolicyError as error:
        raise broken(error) from error


def named_policies(names: tuple[str, ...], catalogue: Catalogue) -> list[Policy]:
    """The policies of names, all for none."""
    from plumblint.policy.catalogue import UnknownNameError

    try:
        return catalogue.select(names) if names else list(catalogue.policies)
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from error


def _chosen(
    names: tuple[str, ...], catalogue: Catalogue, config: Config, given: dict[str, Any]
) -> list[Policy]:
    from plumblint.config import ConfigError
    from plumblint.config.resolve import choose

    chosen = named_policies(names, catalogue)
    kind = given["kind"]
    try:
        here = {policy.id for policy in choose(catalogue, config).policies}
    except ConfigError as error:
        raise broken(error) from error
    return [
        policy
        for policy in chosen
        if given["severity"] in (None, policy.severity)
        and given["status"] in (None, policy.status)
        and kind in (None, policy.on)
        and (given["preset"] in (None, "all") or given["preset"] in ("strict", policy.preset))
        and (not given["enabled"] or policy.id in here)
    ]


def rule_object(policy: Policy) -> dict[str, Any]:
    """All that a policy says, as JSON data."""
    from plumblint.report.links import policy_page

    names = ("id", "guardrail", "title", "severity", "confidence", "preset", "since", "status",
             "on", "when", "deny", "message", "supersedes", "also", "options", "why", "remedy",
             "references", "examples", "path")  # fmt: skip
    made: dict[str, Any] = {name: getattr(policy, name) for name in names}
    made["at"] = ".".join(policy.at)
    made["security_severity"] = policy.security_severity or None
    made["fixable"] = bool(policy.fix)
    made["url"] = policy_page(policy.id)
    return made
