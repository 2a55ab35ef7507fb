"""`plumblint` and `python -m plumblint`."""

from __future__ import annotations

import os
import sys

_COMPLETION = "_PLUMBLINT_COMPLETE"
"""The environment variable by which a shell asks for completions."""


def main() -> None:
    """Run the command line; what can be done without click is."""
    if sys.argv[1:] == ["--version"]:
        from plumblint import __version__

        sys.stdout.write(f"plumblint {__version__}\n")
        return
    from plumblint.cli.quick import parse

    given = None if _COMPLETION in os.environ else parse(sys.argv[1:])
    if given is None:
        from plumblint.cli.group import main as command_line

        command_line(prog_name="plumblint")
        return
    from plumblint.cli.check import check
    from plumblint.cli.errors import EXIT_CODE, Stop

    try:
        check(**given)
    except Stop as stop:
        stop.show()
        sys.exit(EXIT_CODE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads on: nothing more to say
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
