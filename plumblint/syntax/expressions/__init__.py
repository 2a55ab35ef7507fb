"""GitHub Actions expressions: fences, trees with places, and values.

`find` gives the `${{ … }}` of a scalar, `parse` the tree of one's inside,
`evaluate` its value, three-valued: what the given contexts do not decide is
`Undecided`.
"""

from __future__ import annotations

from plumblint.syntax.expressions.evaluator import evaluate
from plumblint.syntax.expressions.nodes import (
    Access,
    Call,
    Comparison,
    Context,
    Literal,
    Logical,
    Node,
    Not,
    Reference,
    flowing,
    reference,
    references,
    walk,
)
from plumblint.syntax.expressions.parser import Fence, find, parse
from plumblint.syntax.expressions.values import Failure, Partial, Undecided, to_text, truth

__all__ = [
    "Access", "Call", "Comparison", "Context", "Failure", "Fence", "Literal", "Logical", "Node",
    "Not", "Partial", "Reference", "Undecided", "evaluate", "find", "flowing", "parse", "reference",
    "references", "to_text", "truth", "walk",
]  # fmt: skip
