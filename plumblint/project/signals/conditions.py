"""Conditions of a script that its arguments decide: `[ "$1" = server ]`, `case "$1" in`."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from plumblint.project.signals.words import Arguments, Variables, value_of
from plumblint.syntax.shell import commands, nodes


def truth(
    statements: Sequence[nodes.Node], arguments: Arguments, variables: Variables
) -> bool | None:
    """Whether a condition holds, None where only the run tells."""
    if len(statements) != 1:
        return None
    return _holds(statements[0], arguments, variables)


def _holds(node: nodes.Node, arguments: Arguments, variables: Variables) -> bool | None:
    if isinstance(node, commands.Statement):
        return _holds(node.body, arguments, variables) if node.terminator != "&" else None
    if isinstance(node, commands.Pipeline):
        if len(node.commands) != 1:
            return None
        inner = _holds(node.commands[0], arguments, variables)
        return inner if inner is None or not node.negated else not inner
    if isinstance(node, commands.AndOr):
        return _list(node, arguments, variables)
    if isinstance(node, commands.Test):
        return _test(list(node.words), arguments, variables, patterns=True)
    if isinstance(node, commands.Command) and not node.redirections:
        return _command(node, arguments, variables)
    return None


def _list(node: commands.AndOr, arguments: Arguments, variables: Variables) -> bool | None:
    answer = _holds(node.items[0], arguments, variables)
    for operator, item in zip(node.operators, node.items[1:], strict=False):
        more = _holds(item, arguments, variables)
        if operator == "&&":
            answer = False if False in (answer, more) else None if None in (answer, more) else True
        else:
            answer = True if True in (answer, more) else None if None in (answer, more) else False
    return answer


def _command(node: commands.Command, arguments: Arguments, variables: Variables) -> bool | None:
    name = node.name
    words = list(node.words)
    if name in ("true", ":") and len(words) == 1:
        return True
    if name == "false":
        return False
    if name in ("[", "test"):
        words = words[1:]
        if name == "[":
            if not words or words[-1].literal != "]":
                return None
            words.pop()
        return _test(words, arguments, variables, patterns=False)
    return None


def _test(
    words: list[nodes.Word], arguments: Arguments, variables: Variables, *, patterns: bool
) -> bool | None:
    if words and words[0].literal == "!":
        inner = _test(words[1:], arguments, variables, patterns=patterns)
        return None if inner is None else not inner
    values = [value_of(word, arguments, variables) for word in words]
    if len(values) == 1:
        return None if values[0] is None else values[0] != ""
    if len(values) == 2 and values[1] is not None:
        if values[0] == "-z":
            return values[1] == ""
        if values[0] == "-n":
            return values[1] != ""
    if len(values) == 3:
        left, operator, right = values
        if left is None or right is None:
            return None
        if operator in ("=", "==", "!="):
            quoted = any(part.quoted for part in words[2].parts)
            same = fnmatchcase(left, right) if patterns and not quoted else left == right
            return same if operator != "!=" else not same
        if operator in _NUMBERS and left.isdigit() and right.isdigit():
            return bool(_NUMBERS[operator](int(left[:9]), int(right[:9])))
    return None


_NUMBERS = {
    "-eq": lambda left, right: left == right,
    "-ne": lambda left, right: left != right,
    "-gt": lambda left, right: left > right,
    "-ge": lambda left, right: left >= right,
    "-lt": lambda left, right: left < right,
    "-le": lambda left, right: left <= right,
}


def chosen_clause(
    case: commands.Case, arguments: Arguments, variables: Variables
) -> commands.Clause | bool | None:
    """The clause of a `case` that is taken; False for none, None where only the run tells."""
    subject = value_of(case.subject, arguments, variables) if case.subject is not None else None
    if subject is None:
        return None
    for clause in case.clauses:
        for pattern in clause.patterns:
            text = value_of(pattern, arguments, variables)
            if text is None:
                return None
            if fnmatchcase(subject, text):
                return clause if clause.terminator in (";;", "") else None
    return False
