"""From files to a Project: read each unit, join the units, analyse what they make together.

Each part runs on its own: one that crashes becomes an `internal` Problem that
names it, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module

from plumblint.facts import Fact, Problem
from plumblint.formats import READ_BY, Format, Unit, format_of
from plumblint.project.parallel import processes, read_in_parallel
from plumblint.project.project import Project
from plumblint.repo import Repo
from plumblint.source import Span

STAGES: tuple[tuple[str, str], ...] = (
    ("plumblint.project.linking", "link"),
    ("plumblint.project.signals", "judge_signals"),
    ("plumblint.project.steps_down", "follow_users"),
    ("plumblint.project.terraform_modules", "link_modules"),
    ("plumblint.project.capabilities", "name_dangerous"),
    ("plumblint.project.services", "judge_services"),
    ("plumblint.project.build_context", "fill_contexts"),
    ("plumblint.project.delivery", "link_delivery"),
    ("plumblint.project.repository_files", "list_files"),
    ("plumblint.project.secrets", "find_secrets"),
    ("plumblint.project.limits", "report_limits"),
)
"""What runs after reading, in order: a module and its function of the Project.  Each sees what
those before it added."""


ONLY_WITH: dict[str, tuple[str, ...]] = {
    "plumblint.project.delivery": ("workflow", "action"),
    "plumblint.project.terraform_modules": ("terraform",),
}
"""The kinds of file without which a stage has nothing to do, so that it is not even imported."""

Progress = Callable[..., None]
"""Told what is being done, and how many of how many units are: `(text, done, total)`."""


def build(
    repo: Repo,
    files: Mapping[str, Sequence[str]],
    wanted: Iterable[str] | None = None,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Project:
    """The project of the discovered files; `wanted` are the kinds of fact that will be judged.

    `jobs` are the processes that read: 0 for one a core, None for what the
    number of units is worth.
    """
    project = Project(repo, files, wanted)
    units = units_of(repo, files)
    count = processes(jobs, len(units))
    facts: dict[int, list[Fact] | None] = {}
    if count > 1:
        for number, found in read_in_parallel(repo, units, count):
            facts[number] = found
            if progress:
                progress(f"reading {units[number][0].path}", len(facts), len(units))
    for number, (unit, reader) in enumerate(units):
        known = facts.get(number)
        if known is not None:
            project.add_unit(unit.path, known)
            continue
        if progress:
            progress(f"reading {unit.path}", number, len(units))
        read_unit(project, unit, reader)
    for module, name in STAGES:
        needed = ONLY_WITH.get(module)
        if needed and not any(kind in files for kind in needed):
            continue
        if progress:
            progress(name.replace("_", " "))
        _guarded(project, module, name)
    return project


def units_of(repo: Repo, files: Mapping[str, Sequence[str]]) -> list[tuple[Unit, Format]]:
    """The units of the discovered files, each with the format that reads it."""
    names = dict.fromkeys(READ_BY[kind] for kind in files if kind in READ_BY)
    found = []
    for name in names:
        reader = format_of(name)
        found += [(unit, reader) for unit in reader.units(files, repo)]
    return found


def read_unit(project: Project, unit: Unit, reader: Format) -> None:
    """Add the facts of a unit."""
    try:
        facts = reader.read(unit, project.repo)
    except Exception as error:  # noqa: BLE001 -- one unit's crash must not end the run
        _report(project, unit.paths[0], f"the reader of {unit.kind} files", error)
    else:
        project.add_unit(unit.path, facts)


def _guarded(project: Project, module: str, name: str) -> None:
    try:
        stage: Callable[[Project], None] = getattr(import_module(module), name)
        stage(project)
    except Exception as error:  # noqa: BLE001 -- one analysis' crash must not end the run
        first = next((paths[0] for paths in project.files.values() if paths), ".")
        _report(project, first, f"the analysis {name}", error)


def _report(project: Project, path: str, who: str, error: Exception) -> None:
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    place = _innermost(error)
    project.add(
        Problem(
            span=Span(path, 0, 0),
            path=path,
            key=f"internal {who}",
            kind="internal",
            message=f"{who} failed ({what}, at {place}); please report this with the file",
            read_as=who,
        )
    )


def _innermost(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    name = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("plumblint/")[2]
    return f"plumblint/{name}:{trace.tb_lineno}"
