from __future__ import annotations

import pytest

from plumblint.syntax.shell import Occurrence, parse, walk_commands


def walk(text: str, **options: bool) -> dict[str, Occurrence]:
    return {item.command.text: item for item in walk_commands(parse(text), **options)}


@pytest.mark.parametrize(
    ("text", "by", "at"),
    [
        ("t || true", "||", "true"),
        ("t || :", "||", ":"),
        ("t || echo failed >&2", "||", "echo failed >&2"),
        ("t || { echo no; exit; }", "||", "{ echo no; exit; }"),
        ("t || exit 0", "||", "exit 0"),
        ("t && b || true", "||", "true"),
        ("t || exit 1", "", None),
        ("t || exit", "", None),
        ("t || other", "", None),
        ("t || { echo no; exit 1; }", "", None),
        ("(t || exit 1) || true", "||", "true"),
        ("{ t || exit 1; } || true", "", None),
        ("if t; then b; fi", "if", "if t; then b; "),
        ("while t; do b; done", "while", "while t; do b; done"),
        ("! t", "!", "! t"),
        ('ldd "$(t)" | sort', "$(", "$(t)"),
        ("x=$(t) | sort", "|", "sort"),
        ("t &", "&", "t"),
        ("t | tee log", "|", "tee log"),
        ("echo $(t)", "$(", "$(t)"),
        ("export x=$(t)", "$(", "$(t)"),
        ("x=$(t)", "", None),
        ("b <(t)", "<(", "<(t)"),
        ("t && b", "", None),
        ("t && b; c", "&&", "b"),
        ("b && t; c", "", None),
    ],
)
def test_what_ignores_a_failure(text: str, by: str, at: str | None) -> None:
    found = walk(text, errexit=True)["t"]
    assert found.ignored_by == by
    assert (found.ignored_at.text if found.ignored_at else None) == at
    assert found.failure_ignored == bool(by)


def test_pipefail_counts_from_where_it_is_set() -> None:
    found = walk("a | b\nset -euo pipefail\nc | d\nset +o pipefail\ne | f")
    assert [found[name].ignored_by for name in "abcdef"] == ["|", "", "", "", "|", ""]
    assert (found["a"].errexit, found["c"].errexit) == (False, True)
    assert (found["c"].piped_into, found["d"].piped_from, found["d"].position) == ("d", "c", 1)


def test_options_set_by_chance_are_unknown() -> None:
    found = walk("if x; then set +e; a; fi; b; (set +e; c); d", errexit=True)
    assert [found[name].errexit for name in "abcd"] == [False, None, False, None]


def test_substitutions_of_bash_lose_errexit() -> None:
    assert walk("x=$(a; b)", errexit=True)["a"].failure_passes
    assert not walk("x=$(a; b)", errexit=True)["b"].failure_passes


def test_last_function_loop_and_condition() -> None:
    found = walk("f() { a; }\nfor i in 1; do if b; then c; fi; done\nd && e")
    assert (found["a"].function, found["a"].last) == ("f", False)
    assert (found["c"].loop_depth, found["c"].condition_depth) == (1, 1)
    assert [found[name].last for name in "bcde"] == [False, False, True, True]
    assert found["e"].condition_depth == 1


def test_without_errexit_a_failure_passes_unless_last() -> None:
    found = walk("a; b")
    assert (found["a"].failure_passes, found["b"].failure_passes) == (True, False)
    assert walk("a || exit 1; b")["a"].failure_passes is False
