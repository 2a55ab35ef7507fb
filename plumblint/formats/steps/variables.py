"""`env:`, `with:` and `secrets:` as Variable facts."""

from __future__ import annotations

from typing import Literal

from plumblint.facts import Origin, Sure, Unknown, Variable
from plumblint.formats.steps.document import Table, text_of
from plumblint.formats.steps.reading import Reading, Text, as_text
from plumblint.formats.steps.sinks import whole_secrets_in

Kind = Literal["env", "workflow-env", "job-env", "step-env", "input"]


def read_variables(
    reading: Reading, table: Table | None, kind: Kind, path: str, key: str
) -> tuple[list[Variable], dict[str, Text]]:
    """A Variable for each scalar entry, and the entries' texts by lower-case name.

    `path` and `key` are those of what the block belongs to, and become the
    variable's `container`.
    """
    variables: list[Variable] = []
    texts: dict[str, Text] = {}
    block = "with" if kind == "input" else "env"
    reading.spend(10 * len(table) if table else 0)
    for name, node in table.items() if table else ():
        text = text_of(reading.source, node)
        if text is None:
            continue
        reading.judge_expressions(text)
        whole_secrets_in(reading, text, f"{path}.{block}.{name.value}", f"{key}.{block}")
        texts[name.value.lower()] = text
        variables.append(
            reading.add(_variable(text, name, kind, f"{path}.{block}", f"{key}.{block}", path))
        )
    return variables, texts


def _variable(text: Text, name: Text, kind: Kind, path: str, key: str, container: str) -> Variable:
    value: Sure[str] = as_text(text)
    literal = not isinstance(value, Unknown) and "${{" not in text.value
    variable = Variable(
        span=text.span if text.value else name.span,
        path=f"{path}.{name.value}" if path else name.value,
        key=f"{key}.{name.value}" if key else name.value,
        name=name.value,
        value=value,
        literal=literal,
        kind=kind,
        container=container,
    )
    verbatim = literal and text.verbatim(0, len(text.value.rstrip("\n")))
    variable.trace(
        name=Origin(name.span, literal=True), value=Origin(variable.span, literal=verbatim)
    )
    return variable


def inputs_of(texts: dict[str, Text]) -> dict[str, Sure[str] | None] | None:
    """The values of a `with:` by lower-case name, None for none."""
    return {name: as_text(text) for name, text in texts.items()} or None
