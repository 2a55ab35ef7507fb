"""An action's file: the steps of a composite one, the image of a Docker one."""

from __future__ import annotations

from plumblint.facts import Container, Fact
from plumblint.formats.steps.checks import find_checks, outcomes_read
from plumblint.formats.steps.delivery_steps import find_delivery_steps
from plumblint.formats.steps.deployments import find_deployments
from plumblint.formats.steps.document import Table
from plumblint.formats.steps.file import open_file, read_limited
from plumblint.formats.steps.reading import Reading
from plumblint.formats.steps.sinks import Scope
from plumblint.formats.steps.step import Surroundings, read_steps
from plumblint.formats.steps.uses import read_image
from plumblint.formats.steps.variables import read_variables
from plumblint.repo import Repo

_DOCKER = "docker://"


def read_action(path: str, repo: Repo) -> list[Fact]:
    """The facts of the action at `path`; what cannot be read is a Problem.

    Its steps stand in no job: `job` is empty in their facts.
    """
    reading, block = open_file(path, repo, root="", read_as="action")
    if block is None:
        return reading.facts
    return read_limited(reading, lambda: _read(reading, block, repo), "action")


def _read(reading: Reading, block: Table, repo: Repo) -> None:
    runs = block.table("runs")
    if runs is None:
        return
    _docker(reading, runs)
    around = Surroundings(Scope(reading))
    steps = read_steps(reading, runs, "runs", "runs", around, repo)
    name = block.text("name")
    folder = reading.source.path.rpartition("/")[0].rpartition("/")[2]
    names = f"{folder} {name.value if name else ''}"
    judged = outcomes_read(reading.source.text)
    find_checks(reading, steps, job="", names=names, judged=judged)
    find_delivery_steps(reading, steps, job="")
    find_deployments(reading, steps, job="", names=names)


def _docker(reading: Reading, runs: Table) -> None:
    """The container of a Docker action; one built from a Dockerfile has no image of its own."""
    using = runs.text("using")
    image_text = runs.text("image")
    if using is None or using.value.lower() != "docker" or image_text is None:
        return
    container = Container(
        span=image_text.span,
        path="runs",
        key="runs",
        kind="docker-action",
        name="",
    )
    if image_text.value.lower().startswith(_DOCKER):
        container.image = reading.add(
            read_image(
                reading,
                image_text,
                "runs.image",
                "runs.image",
                origin="docker-action",
                skip=len(_DOCKER),
            )
        )
    else:
        folder = reading.source.path.rpartition("/")[0]
        container.build_context = folder
        container.build_dockerfile = f"{folder}/{image_text.value}".lstrip("/")
    reading.add(container)
    variables, _ = read_variables(reading, runs.table("env"), "env", "runs", "runs")
    container.env = tuple(variables)
