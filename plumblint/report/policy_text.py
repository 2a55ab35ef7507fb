"""A policy for people, in Markdown: `explain`, the documentation's page and SARIF's help alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from plumblint.report.links import policy_page

if TYPE_CHECKING:
    from plumblint.policy.model import Policy

_FENCES = {
    "dockerfile": "dockerfile",
    "yaml": "yaml",
    "yml": "yaml",
    "tf": "terraform",
    "tofu": "terraform",
    "tfvars": "terraform",
    "sh": "sh",
    "json": "json",
    "toml": "toml",
}
"""The language of a code block by what the file's name ends with, in lower case."""
_STATUSES = {
    "preview": "preview: it takes part with `--preview` only, and may still change",
    "deprecated": "deprecated: it takes part only where it is selected, and will go away",
}


def help_markdown(policy: Policy) -> str:
    """Why, what to do, where to read more: the help of a SARIF rule."""
    parts = [f"## {policy.title}", *_prose(policy, level=3)]
    return "\n\n".join([*parts, f"[Documentation of `{policy.id}`]({policy_page(policy.id)})"])


def page(policy: Policy) -> str:
    """The whole of a policy."""
    parts = [f"# {policy.id}", f"**{policy.title}**", _table(policy), *_prose(policy, level=2)]
    if policy.options:
        parts += ["## Options", _options(policy)]
    examples = list(_examples(policy))
    if examples:
        parts += ["## Examples", *examples]
    parts += ["## The policy", _fenced(_expressions(policy), "yaml")]
    return "\n\n".join(parts) + "\n"


def _prose(policy: Policy, level: int) -> Iterator[str]:
    heading = "#" * level
    yield policy.why.strip()
    if policy.remedy:
        yield f"{heading} Remedy"
        yield policy.remedy.strip()
    if policy.references:
        yield f"{heading} References"
        yield "\n".join(f"* <{link}>" for link in policy.references)


def _table(policy: Policy) -> str:
    rows = [
        ("Guardrail", policy.guardrail),
        ("Severity", policy.severity),
        ("Confidence", policy.confidence),
        ("Preset", f"`{policy.preset}`"),
        ("Since", policy.since),
    ]
    if policy.status in _STATUSES:
        rows.append(("Status", _STATUSES[policy.status]))
    if policy.security_severity:
        rows.append(("Security severity", policy.security_severity))
    if policy.supersedes:
        rows.append(("Speaks instead of", ", ".join(f"`{name}`" for name in policy.supersedes)))
    if policy.also:
        rows.append(("Peers' codes", ", ".join(f"`{code}`" for code in policy.also)))
    if policy.fix:
        rows.append(("Fix", "`--fix` mends it"))
    body = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"| | |\n| --- | --- |\n{body}"


def _options(policy: Policy) -> str:
    lines = []
    for name, option in policy.options.items():
        default = option["default"]
        shown = ", ".join(map(str, default)) if isinstance(default, list | tuple) else str(default)
        doc = " ".join(str(option["doc"]).split())
        told = f", default `{shown}`" if shown else ""
        lines.append(f"* `{name}` ({option['type']}{told}): {doc}")
    return "\n".join(lines)


def _examples(policy: Policy) -> Iterator[str]:
    for example in policy.examples:
        bad = "bad" in example
        tree: Mapping[str, Any] = example["bad"] if bad else example["good"]
        name = f": {example['name']}" if "name" in example else ""
        yield f"### {'Bad' if bad else 'Good'}{name}"
        for path, file in tree.items():
            yield from _file(path, file)
        if bad:
            hits = "\n".join(str(hit) for hit in example["hits"])
            yield "Reported" + (" at the place of what is missing." if not hits.strip() else ":")
            if hits.strip():
                yield _fenced(hits, "text")
        if "fixed" in example:
            yield "Fixed:"
            for path, file in example["fixed"].items():
                yield from _file(path, file)


def _file(path: str, file: Any) -> Iterator[str]:
    yield f"`{path}`"
    if isinstance(file, str):
        name = path.rpartition("/")[2].lower()
        kind = "dockerfile" if "dockerfile" in name else name.rpartition(".")[2]
        yield _fenced(file, _FENCES.get(kind, "text"))
    else:
        yield "\n".join(f"* {key}: `{value}`" for key, value in file.items())


def _fenced(text: str, language: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _expressions(policy: Policy) -> str:
    lines = [f"on: {policy.on}"]
    for key, text in (("when", policy.when), ("deny", policy.deny)):
        if text:
            joined = " ".join(text.split())
            short = len(joined) <= 90 and not _needs_block(joined)
            lines.append(f"{key}: {joined}" if short else f"{key}: |\n  " + _indented(text))
    if policy.at:
        lines.append(f"at: {'.'.join(policy.at)}")
    return "\n".join(lines)


def _needs_block(text: str) -> bool:
    return text[0] in "\"'!&*{[|>%@`#" or ": " in text or " #" in text


def _indented(text: str) -> str:
    return "\n  ".join(line.strip() for line in text.strip().splitlines())
