"""What plumblint costs before it does anything, in multiples of `python -c pass`.

    python benchmarks/startup.py [ROUNDS]

Builds the wheel, installs it into a fresh virtual environment, and measures there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from measure import median, ratio, rounds

ROOT = Path(__file__).parent.parent
DOCKERFILE = """\
FROM node:22.3.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci && npm run build
FROM node:22.3.0-slim
COPY --from=build /app /app
USER 10001
CMD ["node", "server.js"]
"""
WORKFLOW = """\
on: push
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: make test
"""


def installed(folder: Path) -> Path:
    """The `bin` of a fresh virtual environment with this checkout's wheel."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/pip", "install", "-q", ROOT], check=True)
    return folder / "bin"


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as place:
        binaries = installed(Path(place, "venv"))
        python, plumblint = str(binaries / "python"), str(binaries / "plumblint")
        repo = Path(place, "repo")
        (repo / ".github/workflows").mkdir(parents=True)
        (repo / "Dockerfile").write_text(DOCKERFILE)
        (repo / ".github/workflows/ci.yml").write_text(WORKFLOW)
        only = Path(place, "only")
        only.mkdir()
        (only / "Dockerfile").write_text(DOCKERFILE)
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "plumblint --version": [plumblint, "--version"],
            "plumblint, one small Dockerfile": [plumblint, str(only)],
            "plumblint, a Dockerfile and a workflow": [plumblint, str(repo)],
        }
        costs = rounds(commands, number, place)
    base = costs["python -c pass"]
    print(f"Python {sys.version.split()[0]}, {number} rounds; CPU time of the whole process\n")
    print("| command | ms (median) | × `python -c pass` |\n| --- | ---: | ---: |")
    for name, found in costs.items():
        print(f"| {name} | {median(found) * 1000:.0f} | {ratio(found, base):.1f} |")


if __name__ == "__main__":
    main()
