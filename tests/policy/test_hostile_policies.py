"""Policies from strangers, as whole files: none runs, hangs or reads elsewhere."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from plumblint.facts import Image
from plumblint.policy.catalogue import load_catalogue
from plumblint.policy.error import PolicyError
from plumblint.policy.judge import judge
from plumblint.prove import ExampleRepo
from plumblint.repo import Unreadable
from plumblint.source import Span

POLICY = """\
title: x
severity: error
confidence: high
preset: recommended
since: 1.0.0
on: image
deny: {deny}
message: "{message}"
why: x
remedy: x
examples:
  - bad: {{Dockerfile: "FROM a:1\\n"}}
    hits: ["a:1"]
  - good: {{Dockerfile: "FROM scratch\\n"}}
"""
LONG = "a" * 200_000 + "!"

REFUSED_EXPRESSIONS = {
    "dunders": "image.__class__.__base__.__subclasses__() == 1",
    "a fact's own methods": "image.trace(tag=1)",
    "what facts hide": "image.origins == 1",
    "other modules": "__import__('os').system('touch hacked')",
    "powers": "9**9**9 == image.tag",
    "repeats": "'a'*10**10 == image.tag",
    "nested generators": "any(x for y in image.stages for x in y)",
    "five loops": "any(any(any(any(any(a == b for a in image.stages) for b in image.stages)"
    " for c in image.stages) for d in image.stages) for e in image.stages)",
    "lambda": "(lambda: 1)()",
    "walrus": "(x := image.tag)",
    "formatted strings": "f'{image.tag}' == 'x'",
    "format method": "'{0.__class__}'.format(image) == 'x'",
    "percent": "'%s' % image.tag == 'x'",
    "huge numbers": "9" * 3900 + " == 1",
    "depth": "not " * 900 + "image.tag",
    "length": "image.tag" + " and image.tag" * 1000,
    "backreferences": r"matches(image.tag, '(a)\\1')",
    "lookaround": "matches(image.tag, '(?=a)')",
    "huge counts": "matches(image.tag, '(((a{1000}){1000}){1000})')",
    "patterns from facts": "matches(image.tag, image.text)",
}


def write(folder: Path, deny: str = "image.tag == 'x'", message: str = "x") -> Path:
    text = POLICY.format(deny="|\n  " + deny, message=message)
    path = folder / "policies" / "x" / "hostile.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return folder / "policies"


def load(folder: Path) -> object:
    return load_catalogue([str(folder)], shipped=False, cache=False)


@pytest.mark.parametrize("name", REFUSED_EXPRESSIONS)
def test_expressions_that_do_not_load(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path, REFUSED_EXPRESSIONS[name])
    began = time.process_time()
    with pytest.raises(PolicyError):
        load(folder)
    assert time.process_time() - began < 5
    assert not (tmp_path / "hacked").exists()


@pytest.mark.parametrize(
    "message",
    ["{image.text!r}", "{image.text:>999999999}", "{image.__class__}", "{0}", "{}", "{image}",
     "{image.text[0]}", "{image.text.__len__}", "{image.origins}", "{options.__class__}", "{", "}",
     "{image.span}"],
)  # fmt: skip
def test_messages_that_do_not_load(tmp_path: Path, message: str) -> None:
    with pytest.raises(PolicyError):
        load(write(tmp_path, message=message))


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "(a|aa)+$", "(.*a){20}", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_evil_patterns_take_linear_time(tmp_path: Path, pattern: str) -> None:
    catalogue = load_catalogue(
        [str(write(tmp_path, f"matches(image.tag, '{pattern}')"))], shipped=False, cache=False
    )
    image = Image(span=Span("x", 0, 1), path="", text="a", tag=LONG, origin="from")
    began = time.process_time()
    judge([image], catalogue.policies)
    assert time.process_time() - began < 5


def test_loops_end_as_an_internal_error(tmp_path: Path) -> None:
    deny = "any(any(a == b and a != b for a in image.stages) for b in image.stages)"
    catalogue = load_catalogue([str(write(tmp_path, deny))], shipped=False, cache=False)
    image = Image(span=Span("x", 0, 1), path="", text="a", tag="a", origin="from",
                  stages=tuple(str(n) for n in range(3000)))  # fmt: skip
    problems: list[object] = []
    judge([image], catalogue.policies, problems=problems)
    assert "steps" in problems[0].message


def test_many_slow_answers_end_as_an_internal_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plumblint.policy.judge.MOST_SECONDS", 0.2)
    deny = "any(any(a == b and a != b for a in image.stages) for b in image.stages)"
    catalogue = load_catalogue([str(write(tmp_path, deny))], shipped=False, cache=False)
    image = Image(span=Span("x", 0, 1), path="", text="a", tag="a", origin="from",
                  stages=tuple(str(n) for n in range(400)))  # fmt: skip
    problems: list[object] = []
    began = time.process_time()
    judge([image] * 10_000, catalogue.policies, problems=problems)
    assert time.process_time() - began < 5
    assert "seconds" in problems[0].message


FILES = {
    "object tag": "title: !!python/object/apply:os.system ['touch hacked']\n",
    "name tag": "title: !!python/name:os.system x\n",
    "billion laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "merge key": "<<: {title: x}\n",
    "depth": "a: " + "[" * 5000 + "]" * 5000 + "\n",
    "two documents": "title: x\n---\ntitle: y\n",
    "not text": "\xff\xfe\x00",
    "control characters": "title: \x07\n",
    "huge": "#" * (1 << 21),
    "a list": "- 1\n",
    "recursion": "&a [*a]\n",
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_do_not_load(tmp_path: Path, name: str) -> None:
    path = tmp_path / "policies" / "x" / "hostile.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(FILES[name].encode("latin-1"))
    began = time.process_time()
    with pytest.raises(PolicyError, match=r"hostile\.yaml:\d+:\d+: "):
        load(tmp_path / "policies")
    assert time.process_time() - began < 5
    assert not (tmp_path / "hacked").exists()


def test_links_and_examples_reach_nothing_outside(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "x" / "linked.yaml").symlink_to("/etc/passwd")
    with pytest.raises(PolicyError, match="no file of this folder"):
        load(folder)
    for link in ("/etc/passwd", "../../../../etc/passwd", "a", "b"):
        repo = ExampleRepo({"Dockerfile": {"link": link}, "b": {"link": "b"}})
        assert isinstance(repo.read("Dockerfile"), Unreadable)
    text = POLICY.format(deny="image.tag == 'x'", message="x")
    path = tmp_path / "policies" / "x" / "hostile.yaml"
    for name in ("/etc/x", "../x", "a/../../x"):
        path.write_text(text.replace("good: {Dockerfile", f"good: {{{name}"))
        with pytest.raises(PolicyError):
            load(folder)
