"""What a COPY brings, by the context and its .dockerignore."""

from __future__ import annotations

import pytest

from plumblint.discover import discover
from plumblint.facts import Copy
from plumblint.project.build import build
from plumblint.project.dockerignore import Ignored, compile_glob, read_patterns
from plumblint.repo import Repo


def copies(files, untracked=()):
    repo = Repo(files, untracked)
    return build(repo, discover(repo, ()), {"copy"}).of(Copy)


@pytest.mark.parametrize(
    ("patterns", "path", "ignored"),
    [
        ("docs", "docs/a.md", True),
        ("docs", "src/docs/a.md", False),
        ("**/docs", "src/docs/a.md", True),
        ("**/docs", "docs", True),
        ("/docs/", "docs/a.md", True),
        ("./docs", "docs/a.md", True),
        ("a/../docs", "docs", True),
        ("*.md", "a.md", True),
        ("*.md", "docs/a.md", False),
        ("**/*.md", "docs/a.md", True),
        ("*/*.md", "docs/a.md", True),
        ("*", "docs/a.md", True),
        ("*\n!docs", "docs/a.md", False),
        ("!docs\n*", "docs/a.md", True),
        ("docs\n!docs/a.md", "docs/a.md", False),
        ("docs\n!docs/a.md", "docs/b.md", True),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("[ab]x", "bx", True),
        ("[^ab]x", "bx", False),
        ("[a-c]x", "bx", True),
        ("a.c", "abc", False),
        (".git", ".git/HEAD", True),
        (".git*", ".git/HEAD", True),
        ("# docs", "docs", False),
        ("  docs  ", "docs", True),
        ("! docs", "docs", False),
        ("", "docs", False),
        ("[", "[", False),
        ("a+b$", "a+b$", True),
    ],
)
def test_what_is_ignored(patterns, path, ignored):
    assert Ignored(read_patterns(patterns)).matches(path) is ignored


def test_a_hostile_pattern_is_quick():
    glob = compile_glob("*a" * 400, parents=True)
    assert glob is not None
    assert not glob.fits("a" * 5000 + "b")


def test_everything_but_what_is_ignored():
    (copy,) = copies(
        {
            "Dockerfile": "FROM debian:12.5\nCOPY . /app\n",
            ".dockerignore": "*.md\n.git\n",
            "a.md": "",
            "src/a.py": "",
        }
    )
    assert copy.context == "."
    assert copy.brings == (".dockerignore", "Dockerfile", "src/a.py")
    assert copy.unfiltered == ()


def test_folders_files_and_globs():
    (copy,) = copies(
        {
            "Dockerfile": "FROM debian:12.5\nCOPY src *.toml ./docs/ /app/\n",
            "src/a.py": "",
            "srcs/b.py": "",
            "p.toml": "",
            "sub/q.toml": "",
            "docs/a.md": "",
        }
    )
    assert set(copy.brings) == {"src/a.py", "p.toml", "docs/a.md"}


def test_the_context_is_the_nearest_folder_that_has_what_is_copied():
    (copy,) = copies(
        {
            "docker/Dockerfile": "FROM debian:12.5\nCOPY src/a.py /app/\n",
            "src/a.py": "",
        }
    )
    assert copy.context == "."
    assert copy.brings == ("src/a.py",)


def test_what_compose_says_comes_first():
    (copy,) = copies(
        {
            "compose.yaml": "services:\n  a: {build: {context: ., dockerfile: app/Dockerfile}}\n",
            "app/Dockerfile": "FROM debian:12.5\nCOPY . /app\n",
            "app/a.py": "",
            "b.py": "",
        }
    )
    assert copy.context == "."
    assert "b.py" in copy.brings
    assert copy.unfiltered == (".git",)


def test_nothing_is_claimed_of_a_context_that_is_not_known():
    (copy,) = copies({"Dockerfile": "FROM debian:12.5\nCOPY made/later /app/\n"})
    assert copy.context is None
    assert copy.brings == ()


def test_the_ignore_file_of_the_dockerfile_comes_before_that_of_the_context():
    (copy,) = copies(
        {
            "web.Dockerfile": "FROM debian:12.5\nCOPY . /app\n",
            "web.Dockerfile.dockerignore": ".git\n",
            ".dockerignore": "*\n",
        }
    )
    assert "web.Dockerfile" in copy.brings
    assert copy.unfiltered == ()


def test_sources_that_are_kept_out():
    (copy,) = copies(
        {
            "Dockerfile": "FROM debian:12.5\nCOPY a.txt docs some missing /app/\n",
            ".dockerignore": "a.txt\ndocs\nsome/x\n",
            "a.txt": "",
            "docs/a.md": "",
            "some/x": "",
            "some/y": "",
            "missing": "",
        }
    )
    assert copy.ignored == ("a.txt", "docs")
    assert copy.brings == ("some/y", "missing")


def test_excluded_by_the_instruction_itself():
    (copy,) = copies({"Dockerfile": "FROM debian:12.5\nCOPY --exclude=.git . /app\n"})
    assert copy.unfiltered == ()
