"""Path filters and the files that they fit."""

from __future__ import annotations

import re

import pytest

from plumblint.facts import Unknown
from plumblint.project.build import build
from plumblint.project.delivery.filters import translate
from plumblint.repo import Repo


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        ("*", ["a.md"], ["src/a"]),
        ("**", ["a", "src/a/b"], []),
        ("*.js", ["app.js"], ["src/app.js"]),
        ("**.js", ["app.js", "src/js/app.js"], ["app.jsx"]),
        ("docs/*", ["docs/a.md"], ["docs/x/a.md"]),
        ("docs/**", ["docs/a.md", "docs/x/a.md"], ["doc/a"]),
        ("docs/**/*.md", ["docs/a.md", "docs/x/y/a.md"], ["docs/a.txt"]),
        ("**/docs/**", ["docs/a", "x/docs/a"], ["xdocs/a"]),
        ("**/*src/**", ["a/src/x", "mysrc/x"], ["source/x"]),
        ("*.jsx?", ["a.js", "a.jsx"], ["a.jsxx"]),
        ("[CB]at", ["Cat", "Bat"], ["Rat"]),
        ("[1-2]00", ["100", "200"], ["300"]),
        ("a+", ["a", "aaa"], ["b"]),
        ("a.b", ["a.b"], ["axb"]),
    ],
)
def test_github_s_own_examples(pattern, fits, fits_not):
    expression = re.compile(translate(pattern))
    assert all(expression.fullmatch(path) for path in fits)
    assert not any(expression.fullmatch(path) for path in fits_not)


def matches(pattern, *files, path=".github/workflows/x.yml"):
    text = f"on: {{push: {{paths: ['{pattern}']}}}}\njobs: {{a: {{steps: [{{run: x}}]}}}}\n"
    repo = Repo({path: text, **dict.fromkeys(files, ""), ".gitmodules": "path = sub/mod\n"})
    facts = build(repo, {"workflow": [path]}).facts
    (found,) = (fact for fact in facts if fact.KIND == "filter")
    return found.matches


def test_what_is_known_and_what_is_not():
    assert matches("src/**", "src/a.py") == 1
    assert matches("lib/**", "src/a.py") == 0
    assert matches("*.py", "src/a.py") == 0
    assert isinstance(matches("*.py", "src/a.go"), Unknown)
    assert isinstance(matches("**/*.py", "src/a.go"), Unknown)
    assert isinstance(matches("sub/mod/**", "src/a.go"), Unknown)
    assert isinstance(matches("lib/**", path="templates/x.yml"), Unknown)


def test_patterns_of_any_kind_are_no_crash():
    for pattern in ("[", "[]", "?", "+", "**+?", "\\\\", "[z-a]", "a" * 5000, "**/" * 200):
        matches(pattern, "src/a.py")
