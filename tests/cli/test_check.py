"""`plumblint check`: what is judged, what goes where, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import commit, run, write

LATEST = "FROM debian:latest\nUSER 10001\n"
PINNED = "FROM debian:12.5-slim\nUSER 10001\n"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    write(tmp_path, {".plumblint.yaml": "select: [latest-tag]\n", "Dockerfile": LATEST,
                     "app/Dockerfile": PINNED})  # fmt: skip
    return tmp_path


def test_check_is_what_paths_mean(repo: Path) -> None:
    for arguments in ([], ["check"], ["Dockerfile"], ["check", "."]):
        done = run(repo, *arguments, "-o", "concise") if arguments[:1] == ["check"] else run(
            repo, *arguments
        )  # fmt: skip
        assert done.exit_code == 1, done.output
        assert "latest-tag" in done.stdout
    assert run(repo, "app").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--exit-zero"], 0),
        (["--ignore", "latest-tag"], 0),
        (["--ignore", "DL3007"], 0),
        (["--select", "root-container"], 0),
        (["--select", "pinning", "--fail-on", "error"], 1),
        (["--exclude", "/Dockerfile"], 0),
        (["--select", "latest-tga"], 2),
        (["--preset", "lax"], 2),
        (["--config", "missing.yaml"], 2),
        (["--policies", "missing"], 2),
        (["--new-from", "main"], 2),
        (["--baseline", "missing.json"], 2),
        (["missing"], 2),
        (["chek"], 2),
        (["-o", "jsn"], 2),
        (["-o", "json", "-o", "text"], 2),
    ],
)
@pytest.mark.parametrize("output", ["text", "sarif"])
def test_exit_codes_are_the_same_in_all_formats(
    repo: Path, arguments: list[str], code: int, output: str
) -> None:
    arguments = arguments if "-o" in arguments else [*arguments, "-o", output]
    assert run(repo, "check", *arguments).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--select", "latest-tga"], "`latest-tag`"),
        (["chek"], "`check`"),
        (["-o", "jsn"], "`json`"),
        (["--selct", "x"], "--select"),
        (["explain", "latst-tag"], "`latest-tag`"),
        (["facts", "Dockerfile", "--kind", "imag"], "`image`"),
        (["rules", "--on", "imag"], "`image`"),
        (["--preset", "strickt"], "`strict`"),
        (["--fail-on", "warn"], "`warning`"),
        (["schema", "polcy"], "`policy`"),
        (["--policies", ".", "explain", "latest-tag"], "`plumblint explain …`"),
        (["--exit-zero", "rules"], "`plumblint rules …`"),
    ],
)
def test_mistyped_names_get_a_suggestion(repo: Path, arguments: list[str], hint: str) -> None:
    done = run(repo, *arguments)
    assert done.exit_code == 2
    assert hint in done.stderr
    assert done.stdout == ""


def test_findings_go_to_stdout_and_all_else_to_stderr(repo: Path) -> None:
    done = run(repo, "-o", "concise", "--statistics", "--show-undecided")
    assert done.stdout == (
        "Dockerfile:1:13: error latest-tag `debian:latest` means another image tomorrow\n"
    )
    assert "undecided" in done.stderr
    assert "latest-tag" in done.stderr


def test_several_formats_at_once(repo: Path) -> None:
    done = run(repo, "-o", "sarif=out.sarif", "-o", "json=out.json", "-o", "concise")
    assert done.exit_code == 1
    assert "latest-tag" in done.stdout
    assert json.loads((repo / "out.json").read_text())["summary"]["error"] == 1
    assert json.loads((repo / "out.sarif").read_text())["version"] == "2.1.0"


def test_a_file_that_cannot_be_written_is_an_error(repo: Path) -> None:
    assert run(repo, "-o", "json=no/such/folder").exit_code == 2


def test_github_writes_the_step_summary(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repo / "summary.md"))
    assert "::error " in run(repo, "-o", "github").stdout
    assert "| error |" in (repo / "summary.md").read_text()


def test_standard_input_stands_for_a_file(repo: Path) -> None:
    done = run(repo, "-", "--stdin-filename", "app/Dockerfile", "-o", "concise", stdin=LATEST)
    assert done.stdout.startswith("app/Dockerfile:1:13:")
    assert run(repo, "--stdin-filename", "Dockerfile", stdin=PINNED).exit_code == 0
    assert run(repo, "--stdin-filename", "new/Dockerfile", stdin=LATEST).exit_code == 1
    assert run(repo, "-", stdin=LATEST).exit_code == 2
    assert run(repo, "app", "--stdin-filename", "Dockerfile", stdin=LATEST).exit_code == 2
    assert run(repo, "--stdin-filename", "Dockerfile", stdin=b"\xff\xfeFROM \x00\xd8").exit_code < 2


def test_named_files_are_judged_even_where_excluded(repo: Path) -> None:
    write(repo, {".plumblint.yaml": "select: [latest-tag]\nexclude: [/Dockerfile]\n"})
    assert run(repo).exit_code == 0
    assert run(repo, "Dockerfile").exit_code == 1
    assert run(repo, "--force-exclude", "Dockerfile").exit_code == 0


def test_a_named_folder_is_judged_even_where_excluded(repo: Path) -> None:
    config = "select: [latest-tag]\nexclude: [bad/, skipped/]\n"
    write(repo, {".plumblint.yaml": config, "bad/Dockerfile": LATEST, "Dockerfile": PINNED,
                 "bad/skipped/Dockerfile": LATEST, "bad/more/Dockerfile": LATEST})  # fmt: skip
    assert run(repo).exit_code == 0
    assert run(repo, "bad", "-o", "concise").stdout.count("latest-tag") == 2
    assert run(repo, "bad/more", "-o", "concise").stdout.count("latest-tag") == 1
    assert run(repo, "--force-exclude", "bad").exit_code == 0


def test_show_files_and_config(repo: Path) -> None:
    assert (
        run(repo, "--show-files").stdout == "Dockerfile\tdockerfile\napp/Dockerfile\tdockerfile\n"
    )
    shown = json.loads(run(repo, "--show-config", "--ignore", "a,b", "--ignore", "c").stdout)
    assert shown["select"] == ["latest-tag"]
    assert shown["ignore"] == ["a", "b", "c"]
    assert shown["files"] == [".plumblint.yaml"]


def test_color_is_said_or_guessed(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert "\x1b[" not in run(repo).stdout
    assert "\x1b[" in run(repo, "--color", "always").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run(repo).stdout
    assert "\x1b[" not in run(repo, "--color", "never").stdout


def test_version_and_help(repo: Path) -> None:
    assert run(repo, "--version").stdout.startswith("plumblint ")
    shown = run(repo, "--help").stdout
    for name in ("check", "rules", "explain", "facts", "test", "baseline", "ignore", "init"):
        assert name in shown


def test_a_broken_policy_of_ones_own_stops_the_run(repo: Path) -> None:
    write(repo, {"mine/x/broken.yaml": "title: x\n"})
    done = run(repo, "--policies", "mine")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "mine/x/broken.yaml:1:1: the key `severity` is missing" in done.stderr


def test_sarif_category_is_taken_over(repo: Path) -> None:
    log = json.loads(run(repo, "-o", "sarif", "--sarif-category", "infra").stdout)
    assert log["runs"][0]["automationDetails"] == {"id": "infra/"}
    assert "automationDetails" not in json.loads(run(repo, "-o", "sarif").stdout)["runs"][0]


def test_a_git_repo_is_judged_from_any_folder_of_it(repo: Path) -> None:
    commit(repo)
    assert "Dockerfile:1:13" in run(repo / "app", "-o", "concise", "..").stdout
    assert run(repo / "app", ".").exit_code == 0


def test_people_get_paths_from_where_they_are_and_machines_from_the_root(repo: Path) -> None:
    commit(repo)
    assert run(repo / "app", "..", "-o", "concise").stdout.startswith("../Dockerfile:1:13:")
    assert "--> ../Dockerfile:1:13" in run(repo / "app", "..").stdout
    assert json.loads(run(repo / "app", "..", "-o", "json").stdout)["findings"][0]["path"] == (
        "Dockerfile"
    )


def test_several_processes_find_the_same(repo: Path) -> None:
    write(repo, {f"d{number}/Dockerfile": LATEST for number in range(20)})
    commit(repo)
    arguments = ["-o", "json", "--preset", "strict"]
    alone = run(repo, *arguments, "--jobs", "1")
    assert run(repo, *arguments, "--jobs", "3").stdout == alone.stdout
    assert run(repo, *arguments, "--jobs", "3", "--new-from", "HEAD").exit_code == 0
