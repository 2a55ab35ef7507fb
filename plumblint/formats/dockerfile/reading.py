"""What a Dockerfile is read with: its source, its stages, the facts so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar, cast

from plumblint.facts import Fact, Image, Many, Origin, Sure
from plumblint.formats.dockerfile.stage import Stage
from plumblint.formats.dockerfile.stages import Evaluation
from plumblint.formats.dockerfile.tree import Dockerfile, Instruction
from plumblint.formats.dockerfile.value import Value, origin
from plumblint.source import Source, Span

_Fact = TypeVar("_Fact", bound=Fact)


def mixed(words: Iterable[Sure[str]]) -> Many[str]:
    """Words as a field takes them; some may be Unknown, which the type does not say."""
    return cast("Many[str]", tuple(words))


_BLANKS = re.compile(r"\s+")


class Reading:
    """One Dockerfile being read; collects its facts."""

    __slots__ = (
        "_counts", "evaluation", "facts", "final_chain", "from_images", "source",
        "tree",
    )  # fmt: skip

    def __init__(self, source: Source, tree: Dockerfile, evaluation: Evaluation) -> None:
        self.source = source
        self.tree = tree
        self.evaluation = evaluation
        self.facts: list[Fact] = []
        final = evaluation.final
        self.final_chain = {stage.index for stage in final.chain()} if final else set()
        """The final stage and those it grows from."""
        self.from_images: dict[int, Image] = {}
        """The image of each stage's FROM, by the stage's index."""
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, fact: _Fact) -> _Fact:
        """Put a fact on the list and give it back; a key used before gets `#n`."""
        self.facts.append(self.keyed(fact))
        return fact

    def keyed(self, fact: _Fact) -> _Fact:
        """The fact with its key made unique among its kind."""
        key = _BLANKS.sub(" ", fact.key[:400].strip())[:120]
        counted = (fact.KIND, key)
        count = self._counts[counted] = self._counts.get(counted, 0) + 1
        fact.key = key if count == 1 else f"{key}#{count}"
        return fact

    def path(self, stage: Stage | None, what: str) -> str:
        """The path for people: `stage build: RUN`, or `RUN` where there is but one stage."""
        if stage is None or len(self.evaluation.stages) < 2:
            return what
        return f"stage {stage.label}: {what}" if what else f"stage {stage.label}"

    def stage_path(self, stage: Stage) -> str:
        """The path of the stage itself."""
        return f"stage {stage.label}"

    def span(self, instruction: Instruction) -> Span:
        """The whole instruction."""
        return self.source.span(instruction.start, instruction.end)

    def origin(self, value: Value, start: int, end: int) -> Origin:
        """Where a value was decided that is used from `start` to `end`."""
        return origin(value.pieces, self.source, (start, end))
