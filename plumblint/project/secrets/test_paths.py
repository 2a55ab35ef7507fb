"""Whether a file lies where made-up secrets are at home: tests, fixtures, examples, docs."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDER = re.compile(
    r"(?:^|/)(?:[\w.-]*[._-])?(?:tests?|testing|testdata|test[-_]data|__tests__|specs?|fixtures?|e2e"
    r"|integration|examples?|samples?|demos?|docs?|documentation|mocks?|tutorials?|playground"
    r"|quickstart|getting[-_]started|sandbox|benchmarks?|cypress|playwright|\.?ci|\.circleci)(?:[._-][\w.-]*)?/"
)
_FILE = re.compile(
    r"(?:^|[/._-])(?:tests?|testing|e2e|examples?|samples?|demo|mock|fixture|spec|integration|ci|cypress|playwright"
    r"|quickstart)(?:[._-][\w.-]*)?$"
)


_OWN_MACHINE = re.compile(
    r"(?:^|[/._-])(?:dev|development|develop|local|localhost|localdev|devcontainer|debug|snakeoil"
    r"|self-?signed|dummy|insecure)(?:[/._-]|$)"
)


def is_own_machine(path: str) -> bool:
    """Whether the path says that the file is for a developer's own machine."""
    return bool(_OWN_MACHINE.search(path.lower()))


@lru_cache(maxsize=2048)
def is_test_path(path: str) -> bool:
    """Whether a folder of `path`, or the file's own name, says so."""
    lower = path.lower()
    if lower.startswith(".github/"):
        return False  # `ci.yml` runs with the real secrets
    return bool(_FOLDER.search(lower) or _FILE.search(lower))
