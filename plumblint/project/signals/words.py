"""Words of a script with what is known of its arguments and variables put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from plumblint.facts import Sure, Unknown
from plumblint.syntax.shell import nodes

Arguments = Sequence[Sure[str]] | None
"""`$1`, `$2` …; None where it is not known how many there are."""
Variables = Mapping[str, str | None]
"""By name, None for one whose value is not known."""


def expand(word: nodes.Word, arguments: Arguments, variables: Variables) -> list[Sure[str]] | None:
    """The words that a word becomes; None where it is not known how many."""
    if _is_all_arguments(word):
        return None if arguments is None else list(arguments)
    value = value_of(word, arguments, variables)
    if value is None:
        split = any(not part.quoted and not isinstance(part, nodes.Literal) for part in word.parts)
        return None if split else [Unknown(word.text[:400])]
    plain = all(isinstance(part, nodes.Literal) or part.quoted for part in word.parts)
    if plain:
        return [value]
    return list(value.split())


def _is_all_arguments(word: nodes.Word) -> bool:
    if len(word.parts) != 1:
        return False
    part = word.parts[0]
    return isinstance(part, nodes.Parameter) and part.name in ("@", "*") and not part.operator


def value_of(word: nodes.Word, arguments: Arguments, variables: Variables) -> str | None:
    """A word as one text, None where it is not known."""
    texts = []
    for part in word.parts:
        if isinstance(part, nodes.Literal):
            texts.append(part.value)
        elif isinstance(part, nodes.Parameter):
            text = _parameter(part, arguments, variables)
            if text is None:
                return None
            texts.append(text)
        else:
            return None
    return "".join(texts)


def _plain(name: str, arguments: Arguments, variables: Variables) -> str | None:
    """A parameter's value; empty where it is surely unset, None where it is not known."""
    if name == "#":
        return None if arguments is None else str(len(arguments))
    if name in ("@", "*"):
        if arguments is None or any(isinstance(word, Unknown) for word in arguments):
            return None
        return " ".join(str(word) for word in arguments)
    if name.isdigit() and name != "0" and len(name) < 4:
        if arguments is None:
            return None
        at = int(name) - 1
        word = arguments[at] if at < len(arguments) else ""
        return word if isinstance(word, str) else None
    return variables.get(name)


def _parameter(part: nodes.Parameter, arguments: Arguments, variables: Variables) -> str | None:
    value = _plain(part.name, arguments, variables)
    operator = part.operator
    if part.prefix == "#" or part.name == "#":
        return str(len(value)) if part.prefix and value is not None else value
    if part.prefix or part.subscript is not None or value is None:
        return None
    if not operator:
        return value
    argument = part.argument
    text = "" if argument is None else value_of(argument, arguments, variables)
    if operator in (":-", ":="):
        return value or text
    if operator == ":+":
        return text if value else ""
    if operator in (":?", "?"):
        return value or None
    if text is None:
        return None
    if operator in ("#", "##"):
        return _without_start(value, text, longest=operator == "##")
    if operator == ":":
        return _slice(value, text)
    return None


def _without_start(value: str, pattern: str, *, longest: bool) -> str:
    lengths = range(len(value[:200]) + 1)
    for length in reversed(lengths) if longest else lengths:
        if fnmatchcase(value[:length], pattern):
            return value[length:]
    return value


def _slice(value: str, text: str) -> str | None:
    numbers = text.split(":")
    if not all(number.strip().isdigit() for number in numbers) or len(numbers) > 2:
        return None
    start = int(numbers[0][:6])
    return value[start:] if len(numbers) == 1 else value[start : start + int(numbers[1][:6])]
