"""Replays a repo's history: do baselines and --new-from tell new findings from old ones?

    python benchmarks/replay_history.py REPO [--commits 10] [--last REV]

For each of the last commits that touch judged files, the parent's findings
are taken down as a baseline, and the commit is judged with it, and once more
with `--new-from PARENT`.  The independent opinion is git's: a finding on a
line that the commit did not touch, where the parent had one of the same
policy on that very line, is old; one on a line that it added is new, unless
the commit took away an equal finding (then it only moved).  Everything that
is told otherwise is printed, to be looked at.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

JUDGED = ("*ompose*.y*ml", "*ockerfile*", ".github/*", "*.tf", "action.yml")
HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")

Finding = dict[str, Any]


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True
    ).stdout


def plumblint(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "plumblint", *arguments]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"plumblint {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def findings(root: Path, *arguments: str) -> list[Finding]:
    found: list[Finding] = json.loads(
        plumblint(root, "check", "--preset", "strict", "-o", "json", *arguments)
    )["findings"]
    return found


class Change:
    """What a commit did to lines."""

    def __init__(self, root: Path, parent: str, commit: str) -> None:
        text = git(root, "diff", "-U0", "-M", "--no-color", "--no-ext-diff", parent, commit)
        self.added: dict[str, set[int]] = {}
        self.moved: dict[str, str] = {}
        self._hunks: dict[str, list[tuple[int, int, int, int]]] = {}
        old = new = ""
        for line in text.split("\n"):
            hunk = HUNK.match(line)
            if line.startswith("rename from "):
                old = line[len("rename from ") :]
            elif line.startswith("rename to "):
                new = line[len("rename to ") :]
                self.moved[new] = old
            elif line.startswith("+++ "):
                new = line[6:]
            elif hunk:
                a, b, c, d = (int(part) if part is not None else 1 for part in hunk.groups())
                self._hunks.setdefault(new, []).append((a, b, c, d))
                self.added.setdefault(new, set()).update(range(c, c + d))

    def old_place(self, path: str, line: int) -> tuple[str, int] | None:
        """Where an untouched line was before, None for one that was added."""
        if line in self.added.get(path, ()):
            return None
        shift = 0
        for _, removed, start, added in self._hunks.get(path, ()):
            if start + (added or 1) <= line:
                shift += removed - added
        return self.moved.get(path, path), line + shift


def same(finding: Finding) -> tuple[str, str]:
    return finding["policy"], " ".join(finding["text"].split("\n")[0].split())


def judge(
    change: Change, before: list[Finding], after: list[Finding], new: Counter[str]
) -> list[str]:
    """What is told otherwise than git would."""
    there = Counter((f["policy"], f["path"], f["line"]) for f in before)
    texts = Counter(same(f) for f in before)
    kept = Counter(same(f) for f in after)
    wrong = []
    for finding in after:
        key = f"{finding['policy']} {finding['path']}:{finding['line']}:{finding['column']}"
        told_new = new[key] > 0
        old = change.old_place(finding["path"], finding["line"])
        was_there = old is not None and there[(finding["policy"], *old)] > 0
        only_moved = kept[same(finding)] <= texts[same(finding)]
        if told_new and was_there:
            wrong.append(f"old one reported again: {key}  {finding['text'][:60]!r}")
        if not told_new and not was_there and not only_moved:
            wrong.append(f"new one hidden: {key}  {finding['text'][:60]!r}")
    return wrong


def keys(found: list[Finding]) -> Counter[str]:
    return Counter(f"{f['policy']} {f['path']}:{f['line']}:{f['column']}" for f in found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repo")
    parser.add_argument("--commits", type=int, default=10)
    parser.add_argument("--last", default="HEAD")
    given = parser.parse_args()
    total = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "repo"
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", given.repo, str(root)], check=True)
        last = git(root, "rev-parse", given.last).strip()
        commits = git(root, "rev-list", "--first-parent", f"-{given.commits}", last, "--", *JUDGED)
        for commit in reversed(commits.split()):
            parent = git(root, "rev-parse", f"{commit}^").strip()
            git(root, "checkout", "-q", "-f", parent)
            before = findings(root)
            known = str(Path(folder) / "known.json")
            plumblint(root, "baseline", "--preset", "strict", "--file", known)
            git(root, "checkout", "-q", "-f", commit)
            after = findings(root)
            with_baseline = keys(findings(root, "--baseline", known))
            since = keys(findings(root, "--new-from", parent))
            change = Change(root, parent, commit)
            wrong = judge(change, before, after, since)
            # the baseline does not know lines, so it calls more of a renamed service new
            if not change.moved and since - with_baseline:
                wrong.append(f"hidden by the baseline only: {dict(since - with_baseline)}")
            for line in wrong:
                print("   ", line)
            print(
                f"{commit[:10]}: {len(before)} before, {len(after)} after, {since.total()} new, "
                f"{len(wrong)} told otherwise than git"
            )
            total.update(before=len(before), new=since.total(), otherwise=len(wrong), commits=1)
    print(dict(total))
    return 1 if total["otherwise"] else 0


if __name__ == "__main__":
    sys.exit(main())
