"""Suggestions for mistyped names, and click's parameters from our table of options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from plumblint.cli.options import SELECTING, Option, names_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_Command = TypeVar("_Command", bound=Callable[..., Any])


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question with the nearest known name, or nothing."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean `{near[0]}`?" if near else ""


def counted(number: int, one: str, many: str) -> str:
    """`1 policy`, `2 policies`."""
    return f"{number} {one if number == 1 else many}"


def completions(known: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """The names that begin so; of names that commas separate, for the last one."""
    from click.shell_completion import CompletionItem

    before, comma, last = incomplete.rpartition(",")
    return [CompletionItem(before + comma + name) for name in known if name.startswith(last)]


class Choice(click.Choice):  # type: ignore[type-arg, unused-ignore]
    """One of several words; a mistyped one gets a suggestion."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            hint = did_you_mean(str(value), map(str, self.choices))
            self.fail(f"{error.message}{hint}", param, ctx)


class FactKind(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A kind of fact."""

    name = "fact"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The kind."""
        from plumblint.facts import KINDS

        if value not in KINDS:
            self.fail(f"there is no fact `{value}`.{did_you_mean(value, KINDS)}", param, ctx)
        return value

    def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[CompletionItem]:
        """The kinds that begin so."""
        from plumblint.facts import KINDS

        return completions(sorted(KINDS), incomplete)


class Names(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """Names, separated by commas; the option may be repeated too."""

    name = "names"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The names in order."""
        return value if isinstance(value, tuple) else names_of(value)

    def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[CompletionItem]:
        """The guardrails and ids that begin so."""
        from plumblint.policy.catalogue import shipped_catalogue

        policies = shipped_catalogue().policies
        names = {policy.guardrail for policy in policies}.union(policy.id for policy in policies)
        return completions(sorted(names), incomplete)


class Output(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """`FORMAT` or `FORMAT=FILE`."""

    name = "format[=file]"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The format and the file, None for standard output."""
        from plumblint.report import REPORTERS

        if isinstance(value, tuple):
            return value
        name, _, file = value.partition("=")
        if name not in REPORTERS:
            known = ", ".join(REPORTERS)
            hint = did_you_mean(name, REPORTERS)
            self.fail(f"there is no format `{name}`.{hint} Known are {known}.", param, ctx)
        return name, file or None

    def shell_complete(self, ctx: Any, param: Any, incomplete: str) -> list[CompletionItem]:
        """The formats that begin so."""
        from plumblint.report import REPORTERS

        return completions(REPORTERS, incomplete)


def parameter(option: Option) -> click.Option:
    """Click's parameter of an option."""
    kinds: dict[str, Any] = {
        "text": click.Path() if option.metavar in ("FILE", "FOLDER") else click.STRING,
        "names": Names(),
        "output": Output(),
        "number": click.IntRange(0),
    }
    if option.kind == "flag":
        return click.Option([*option.flags, option.name], is_flag=True, help=option.help)
    kind = Choice(option.choices) if option.kind == "choice" else kinds[option.kind]
    return click.Option(
        [*option.flags, option.name],
        type=kind,
        help=option.help,
        metavar=option.metavar,
        multiple=option.multiple,
        default=option.default,
    )


def with_options(options: Sequence[Option]) -> Callable[[_Command], _Command]:
    """A decorator that adds options to a command's function."""

    def add(function: _Command) -> _Command:
        known = getattr(function, "__click_params__", [])
        function.__click_params__ = [  # type: ignore[attr-defined]
            *known, *(parameter(option) for option in reversed(options)),
        ]  # fmt: skip
        return function

    return add


selecting = with_options(SELECTING)
"""Adds the options that say which policies judge."""
