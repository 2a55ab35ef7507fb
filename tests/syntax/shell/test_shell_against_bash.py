"""What swallows a failure, as bash itself does it: one command fails, does the script go on?"""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumblint.syntax.shell import parse, walk_commands

BASH = shutil.which("bash")

FRAMES = (
    "{}", "{} || true", "{} || exit 1", "{} && ok", "ok && {}", "! {}", "{{ {}; }}", "( {} )",
    "{{ {}; ok; }}", "{{ ok; {}; }}", "( {}; ok )", "( ok; {} )", "if {}; then ok; fi",
    "if ok; then {}; fi", "if ok; then {}; ok; fi", "{} | ok", "ok | {}", "{{ {}; }} || exit 2",
    "for i in 1; do {}; done", "while {}; do break; done", "until ! {}; do ok; break; done",
    "case a in a) {} ;; esac", "x=$({})", "x=$({}; ok)", "ok $({})", "export x=$({})",
    "{} || {{ echo a; exit; }}", "{} || {{ exit; }}", "{} && ok || true", "set +e; {}; set -e",
    "( set +e; {} )", "{} || exit 0", "ok || {}; {}", "cat <({})", "{} & wait", "time {}",
    "(set -o pipefail; {} | ok)", "f() {{ {}; ok; }}; ok f", "{{ {} | ok; }} && ok",
)  # fmt: skip

UNDECIDED = ("||", "f()", "&& set +e")
"""Where it depends on what runs, so that nothing is said of a failure."""

SCRIPTS = st.lists(st.sampled_from(FRAMES), min_size=1, max_size=3)


def goes_on(script: str, errexit: bool, pipefail: bool) -> bool:
    """Whether bash runs what follows, or ends as if all were well."""
    options = f"{'-e' if errexit else ''} -o pipefail" if pipefail else "-e" if errexit else ""
    prelude = (
        "ok() { return 0; }; tell() { echo failed >&2; }; fail() { echo failed >&2; return 1; }; "
    )
    done = subprocess.run(
        [str(BASH), *options.split(), "-c", f"{prelude}\n{script}\necho went-on"],
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    if "failed" not in done.stderr:
        return True
    return "went-on" in done.stdout or done.returncode == 0


@pytest.mark.skipif(not BASH, reason="no bash")
@given(SCRIPTS, st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_failure_passes_as_in_bash(frames: list[str], errexit: bool, pipefail: bool) -> None:
    script = "fail"
    for frame in frames:
        script = frame.format(script, script)
    tree = parse(script + "\necho went-on\n")
    found = walk_commands(tree, errexit=errexit, pipefail=pipefail)
    failing = [item for item in found if item.command.name == "fail"]
    if all(item.failure_passes for item in failing):
        succeeding = script.replace("fail", "tell")
        if not goes_on(script, errexit, pipefail):
            assert not goes_on(succeeding, errexit, pipefail), script
    elif errexit and len(failing) == 1 and not any(word in script for word in UNDECIDED):
        assert not goes_on(script, errexit, pipefail), script
