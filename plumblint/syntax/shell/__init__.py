"""Shell scripts of POSIX sh and bash: text → tree with places.

`parse` reads a script, `mask_expressions` hides GitHub's `${{ … }}` from it,
`walk_commands` gives every simple command with what its surroundings do to it.
"""

from plumblint.syntax.shell.masking import mask_expressions
from plumblint.syntax.shell.occurrence import Occurrence
from plumblint.syntax.shell.occurrences import walk_commands
from plumblint.syntax.shell.parser import parse

__all__ = ["Occurrence", "mask_expressions", "parse", "walk_commands"]
