"""What every part of the shell reader needs: the position, blanks, comments, faults."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumblint.source import Fault
from plumblint.syntax.shell.commands import Statement
from plumblint.syntax.shell.nodes import Array, Comment, Origin, Part, Redirection, Word

MAX_DEPTH = 50
"""Commands and expansions nested deeper than this are not read."""
MAX_WORDS = 500_000
"""Words and expansions of a script beyond this are not read, unless the caller says otherwise."""
MAX_FAULTS = 100
"""Further faults of one script are not recorded."""
STRICT = frozenset({"sh", "dash", "posix"})
"""Dialects without the extensions of bash."""

_BLANKS = re.compile(r"(?:[ \t]|\r(?=\n|\Z)|\\\r?\n)*+")


class Scanner:
    """A position in the text.  Reading never goes beyond `end` nor backwards."""

    __slots__ = (
        "awaiting", "bash", "comments", "depth", "dialect", "end", "faults", "limit", "lookahead",
        "masked", "most_words", "origin", "pending", "pos", "stopped", "text", "words_left",
    )  # fmt: skip

    def __init__(
        self, text: str, origin: Origin, dialect: str, masked: bool, most_words: int = MAX_WORDS
    ) -> None:
        self.text = text
        self.origin = origin
        self.dialect = dialect
        self.bash = dialect not in STRICT
        self.masked = masked
        """Whether private-use characters may stand for expressions."""
        self.pos = 0
        self.end = len(text)
        self.depth = 0
        self.stopped = False
        self.most_words = self.words_left = most_words
        self.limit: Fault | None = None
        self.faults: list[Fault] = []
        self.comments: list[Comment] = []
        self.pending: list[Redirection] = []
        """Here-documents whose bodies begin at the next line feed."""
        self.awaiting: dict[str, int] = {}
        """The words that end an enclosing block, with how many await each."""
        self.lookahead = 4 * len(text) + 4096
        """Characters that may yet be looked at ahead of reading: keeps the time linear."""

    def fault(self, start: int, end: int, message: str) -> None:
        """Records what could not be read."""
        if not self.stopped and len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(*self.origin.span(start, end), message))

    def enter(self, start: int) -> bool:
        """One level down; at the limit reading stops for good and the answer is False."""
        if self.depth >= MAX_DEPTH or self.stopped:
            self.fault(start, start + 1, f"nested more than {MAX_DEPTH} levels deep")
            self.stopped = True
            self.pos = self.end
            return False
        self.depth += 1
        return True

    def spend(self, start: int) -> bool:
        """Counts a word; beyond the limit reading stops for good and the answer is False."""
        self.words_left -= 1
        if self.words_left >= 0:
            return True
        if self.limit is None:
            message = f"more than {self.most_words:,} words: the rest of the script is not read"
            self.limit = Fault(*self.origin.span(start, start + 1), message)
            self.faults.append(self.limit)
        self.stopped = True
        self.pos = self.end
        return False

    def at(self, token: str) -> bool:
        """Whether the token stands here."""
        return self.text.startswith(token, self.pos, self.end)

    def peek(self) -> str:
        """The character here, nothing at the end."""
        return self.text[self.pos] if self.pos < self.end else ""

    def spaces(self) -> None:
        """Skips blanks and continuations."""
        match = _BLANKS.match(self.text, self.pos, self.end)
        if match:
            self.pos = match.end()

    def blanks(self) -> None:
        """Skips blanks, continuations and a comment."""
        self.spaces()
        if self.at("#"):
            stop = self.text.find("\n", self.pos, self.end)
            stop = self.end if stop < 0 else stop
            self.comments.append(
                Comment(self.origin, self.pos, stop - (self.text[stop - 1] == "\r"))
            )
            self.pos = stop

    def newlines(self) -> None:
        """Skips blanks, comments and line ends."""
        self.blanks()
        while self.at("\n"):
            self.line_end()
            self.blanks()

    def line_end(self) -> None:
        """Goes over a line feed and the bodies of the here-documents that begin there."""
        self.pos += 1
        pending, self.pending = self.pending, []
        for redirection in pending:
            self.heredoc(redirection)

    def heredoc(self, redirection: Redirection) -> None:
        """Reads a here-document's body."""
        raise NotImplementedError

    def block(self, closers: Sequence[str]) -> list[Statement]:
        """Statements up to one of the closing tokens, which is left there."""
        raise NotImplementedError

    def word(self) -> Word | None:
        """The word that begins here."""
        raise NotImplementedError

    def array(self) -> Array:
        """The parenthesis of an array assignment."""
        raise NotImplementedError

    def dollar(self, parts: list[Part], quoted: str) -> bool:
        """The expansion that begins here, False if the dollar stands for itself."""
        raise NotImplementedError

    def backtick(self, parts: list[Part], quoted: str) -> None:
        """The substitution in backticks that begins here."""
        raise NotImplementedError

    def substitution_of(self, start: int, opening: str, quoted: str) -> Part | None:
        """A substitution whose inside is a script: `$(`, `<(`, `>(`."""
        raise NotImplementedError
