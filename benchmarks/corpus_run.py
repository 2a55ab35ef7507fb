"""plumblint over each checkout of a folder: what it read, found and cost, as a table.

    python benchmarks/corpus_run.py FOLDER [OPTION OF PLUMBLINT…]

Exits with 1 if a run ended with anything but 0 or 1, or left a file of a known kind unmentioned.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from plumblint.discover import DEFAULT_EXCLUDES, discover
from plumblint.repo.folder import open_folder


def lint(checkout: Path, options: list[str]) -> tuple[int, float, dict[str, Any], str]:
    """Exit code, CPU seconds, report, and what went to standard error."""
    before = os.times()
    done = subprocess.run(
        [sys.executable, "-m", "plumblint", "check", "-o", "json", *options],
        cwd=checkout, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    report = json.loads(done.stdout) if done.stdout.startswith("{") else {}
    return done.returncode, spent, report, done.stderr


def main() -> None:
    """Run over each and print a row."""
    folder, options = Path(sys.argv[1]), sys.argv[2:]
    bad = 0
    total: Counter[str] = Counter()
    began = time.monotonic()
    print("| repo | files | read | not read | s | exit | internal | findings by policy |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for checkout in sorted(path for path in folder.iterdir() if path.is_dir()):
        code, spent, report, errors = lint(checkout, options)
        known = sum(map(len, discover(open_folder(str(checkout)), DEFAULT_EXCLUDES).values()))
        summary = report.get("summary", {})
        found = Counter(finding["policy"] for finding in report.get("findings", ()))
        total += found
        unread = {*summary.get("files_unread", ()), *summary.get("templates", ())}
        internal = sum(p["kind"] == "internal" for p in report.get("problems", ()))
        mentioned = summary.get("files_read", 0) + len(unread) >= known
        wrong = code not in (0, 1) or internal or not mentioned
        bad += bool(wrong)
        policies = ", ".join(f"{name} {count}" for name, count in found.most_common())
        print(
            f"| {checkout.name.replace('+', '/')} | {known} | {summary.get('files_read', '?')} "
            f"| {len(unread)} | {spent:.1f} | {code} | {internal} | {policies} |",
            flush=True,
        )
        if wrong:
            print(f"{checkout.name}: {errors[-500:]}", file=sys.stderr)
    print(f"\n{sum(total.values())} findings in {time.monotonic() - began:.0f} s:")
    print(", ".join(f"{name} {count}" for name, count in total.most_common()))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
