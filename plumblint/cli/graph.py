"""`plumblint graph`: draw the delivery pipeline of a repo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from plumblint.cli.errors import Stop
from plumblint.cli.names import Choice
from plumblint.cli.output import to_standard_output
from plumblint.cli.places import config_of, open_repo

if TYPE_CHECKING:
    from plumblint.config import Config
    from plumblint.project.delivery_graph import Graph
    from plumblint.repo import Repo

WORKFLOWS = ".github/workflows/"
"""Where GitHub looks for them."""


@click.command("graph")
@click.argument("path", required=False, type=click.Path())
@click.option("--format", "form", type=Choice(("mermaid", "svg")),
              help="Default: mermaid, or what FILE's name says.")  # fmt: skip
@click.option("-o", "--output", "file", type=click.Path(), metavar="FILE",
              help="Write the picture there.")  # fmt: skip
@click.option("--workflow", "workflows", multiple=True, metavar="NAME",
              help="Only this workflow, what it calls and what leads to it.")  # fmt: skip
@click.option("--config", "config_file", type=click.Path(), metavar="FILE")
def command(
    path: str | None, form: str | None, file: str | None, workflows: tuple[str, ...], **given: Any
) -> None:
    """Draw the delivery pipeline of a repo: jobs, what they wait for, call and skip.

    PATH is the repo, or a workflow file for only what that is part of.  NAME
    is a workflow's file name or name, `*` stands for anything.
    """
    from plumblint.report.graph import drawer

    repo, named = open_repo((path,) if path else ())
    graph = _graph_of(repo, config_of(repo, given), named)
    graph = _only(graph, named, workflows)
    if form is None:
        form = "svg" if file is not None and file.lower().endswith(".svg") else "mermaid"
    picture = drawer(form).draw(graph)
    if file is None:
        to_standard_output(picture)
    else:
        _write(file, picture)
    for line in _remarks(graph, form, picture):
        click.echo(line, err=True)


def _graph_of(repo: Repo, config: Config, named: list[str]) -> Graph:
    from plumblint.discover import discover
    from plumblint.facts import Check, DeliveryStep, Deployment, Job, Step, Workflow
    from plumblint.project.build import build
    from plumblint.project.delivery_graph import delivery_graph
    from plumblint.tables.local import teach

    teach(config.tables)
    found = discover(repo, config.exclude, [path for path in named if repo.exists(path)])
    files = {kind: paths for kind, paths in found.items() if kind in ("workflow", "action")}
    files["workflow"] = _run_by_github(files.get("workflow", []), named)
    kinds = (Workflow, Job, Step, Check, DeliveryStep, Deployment)
    return delivery_graph(build(repo, files, {kind.KIND for kind in kinds}))


def _run_by_github(files: list[str], named: list[str]) -> list[str]:
    """The workflows at the root, or else those that the paths name: templates never run."""
    inside = tuple(f"{path}/" for path in named)
    asked = [file for file in files if file in named or (inside and file.startswith(inside))]
    at_root = [file for file in files if file.startswith(WORKFLOWS)]
    if any(not file.startswith(WORKFLOWS) for file in asked):
        return asked
    return at_root or files


def _only(graph: Graph, named: list[str], workflows: tuple[str, ...]) -> Graph:
    """The part of the graph that the command line asks for."""
    from plumblint.cli.names import did_you_mean
    from plumblint.project.delivery_graph import matching, narrowed

    chosen = [box for box in graph.boxes if box.file in named]
    for name in workflows:
        found = matching(graph, name)
        if not found:
            names = [box.file.rsplit("/", 1)[-1] for box in graph.boxes]
            raise click.UsageError(f"there is no workflow `{name}`.{did_you_mean(name, names)}")
        chosen += found
    return narrowed(graph, chosen) if chosen else graph


def _write(file: str, picture: str) -> None:
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as target:
            target.write(picture)
    except OSError as error:
        raise Stop(f"cannot write {file}: {error.strerror}") from error


def _remarks(graph: Graph, form: str, picture: str) -> list[str]:
    """What the picture does not say."""
    from plumblint.report.escape import visible

    remarks = [visible(line) for line in graph.summary()]
    if form == "mermaid":
        from plumblint.report.graph.mermaid import too_large

        why = too_large(picture, graph)
        if why:
            remarks.append(f"The text has {why}: take --format svg, or --workflow for a part.")
    return remarks
