"""`plumblint` and `python -m plumblint`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; `--version` alone answers without loading it."""
    if sys.argv[1:] == ["--version"]:
        from plumblint import __version__

        sys.stdout.write(f"plumblint {__version__}\n")
        return
    from plumblint.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
