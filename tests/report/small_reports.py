"""Small fixed reports for the tests of all reporters."""

from __future__ import annotations

from plumblint.facts import Problem, Related, Suppression
from plumblint.policy.model import HOT, Policy
from plumblint.settle.report_model import Report, Reported, Suppressed
from plumblint.source import Source, Span


def make_policy(policy_id: str, severity: str = "warning", **given: object) -> Policy:
    """A policy with `given` fields, the others of no account."""
    values: dict[str, object] = dict.fromkeys(HOT, "") | {
        "id": policy_id,
        "guardrail": "pinning",
        "title": "Image floats with the `latest` tag",
        "severity": severity,
        "confidence": "high",
        "why": "The next pull may bring\nanother image.\n\nNobody sees it.\n",
        "remedy": "Name the version\nthat is meant.\n\nOr a digest.\n",
        "references": ["https://docs.docker.com/reference/"],
        **given,
    }
    row = tuple(values[name] for name in HOT)
    return Policy(row, lambda _: values, lambda _: lambda *_: None)


LATEST = make_policy("latest-tag", "error", security_severity="7.5")
LONG = make_policy("long-run")
ODD = make_policy("odd-name", "note", remedy="", confidence="low")
POLICIES = (LATEST, LONG, ODD)

DOCKERFILE = Source("Dockerfile", "FROM node:latest\nRUN a\nRUN b\n")


def place(source: Source, text: str) -> Span:
    """The place of `text`, which occurs once."""
    assert source.text.count(text) == 1, text
    start = source.text.index(text)
    return source.span(start, start + len(text))


def report(*findings: Reported, sources: tuple[Source, ...] = (DOCKERFILE,), **given) -> Report:
    by_path = {source.path: source for source in sources}
    given.setdefault("files_read", len(sources))
    return Report(findings, source=by_path.get, policies=POLICIES, version="0.1.0", **given)


def finding(span: Span, message: str = "`latest` floats", policy=LATEST, **given) -> Reported:
    given.setdefault("key", "image")
    return Reported(policy, given.pop("severity", policy.severity), span, message, **given)


def one() -> Report:
    """One error."""
    return report(finding(place(DOCKERFILE, "latest"), fact_path="stage 0"))


HOSTILE = Source(
    "a dir/ü|`x`,%:.yaml",
    "a: 🔥é\tTOKEN # \x00\x1b[31m\u202e ##[add-mask]x\r\nnext: ]]></x>\r\n",
)


def hostile() -> Report:
    """Names, text and messages that try to break each medium."""
    message = (
        "bad `x|y` <b>&\"' ::error::x\x00\x1b[31m\u202e\r\n"
        "::warning::[a](http://x) ##[error] @me % *b*"
    )
    return report(
        finding(
            place(HOSTILE, "TOKEN"),
            message,
            related=(
                Related(place(HOSTILE, "]]></x>"), "a [label](x)\n::error::"),
                Related(Span("::gone", 7, 9), "elsewhere"),
            ),
        ),
        finding(Span("::error::x", 0, 0), "gone", LONG),
        sources=(HOSTILE,),
    )


def full() -> Report:
    """Everything that a report can hold."""
    comment = Suppression(
        span=DOCKERFILE.span(0, 4),
        path="line 1",
        rules="odd-name",
        reason="why",
        matched={"odd-name": 1},
    )
    return report(
        finding(place(DOCKERFILE, "latest")),
        finding(place(DOCKERFILE, "RUN a\nRUN b"), "long", LONG, key="run"),
        finding(Span("gone.yaml", 0, 0), "cannot be read", ODD, key="file"),
        suppressed=[Suppressed(finding(place(DOCKERFILE, "node"), "odd", ODD), comment)],
        files_read=7,
        problems=[
            Problem(
                span=Span("gone.yaml", 0, 0), path="", kind="unreadable", message="no permission"
            ),
            Problem(
                span=Span("h/t.yaml", 0, 0), path="", kind="template", message="a Helm template"
            ),
        ],
        notes=["A note."],
    )
