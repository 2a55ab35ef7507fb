"""YAML with places: what is written, where, and in which style.

`parse` gives the documents of a text as trees of `Mapping`, `Sequence` and
`Scalar`, and what could not be read as faults.  Nothing is interpreted: plain
scalars stay text, as each consumer has types of its own (`Scalar.plain` tells
`no` from `'no'`), keys that occur twice stay in `Mapping.pairs`, and merge keys
are pairs like any other, which `MergeResolver` resolves for who wants them.
Aliases are resolved to the node they name, so a tree may share nodes.
"""

from plumblint.syntax.yaml.merge import Entry, MergeResolver
from plumblint.syntax.yaml.nodes import Mapping, Node, Scalar, Sequence
from plumblint.syntax.yaml.parser import LimitFault, parse

__all__ = ["Entry", "LimitFault", "Mapping", "MergeResolver", "Node", "Scalar", "Sequence", "parse"]
