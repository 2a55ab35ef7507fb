"""What holds for any text at all."""

from __future__ import annotations

import string

from dockerfile_samples import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

from plumblint.facts import Fact
from plumblint.formats.dockerfile.parse import parse
from plumblint.formats.dockerfile.read import read_dockerfile
from plumblint.source import Source

ATOMS = st.sampled_from(
    [
        "\\",
        "\n",
        "\\\n",
        " ",
        "\t",
        "#",
        "<<EOF",
        "EOF\n",
        "<<-'A'",
        "A\n",
        '"',
        "'",
        "$x",
        "${x:-1}",
        "${x#*}",
        "${",
        "}",
        "[",
        "]",
        ",",
        '"a"',
        "RUN ",
        "COPY ",
        "ENV ",
        "ONBUILD ",
        "--from=a ",
        "--mount=from=b,type=cache ",
        "=",
        "ARG x",
        "HEALTHCHECK CMD ",
        "\r\n",
        "LABEL ",
        "USER ",
        "CMD ",
        "é",
        "\nFROM a",
        "\nFROM $x AS b",
        "EXPOSE 1-3",
        "\ufeff",
        "\x00",
        "`",
        "# escape=`\n",
        "apt-get install x",
        " && ",
        "| bash",
    ]
)
TEXTS = st.one_of(
    st.lists(ATOMS, max_size=30).map("".join),
    st.lists(ATOMS, max_size=20).map(lambda parts: "FROM a AS b\n" + "".join(parts)),
    st.text(alphabet=string.printable, max_size=60),
    st.tuples(
        st.sampled_from(sorted(SAMPLES.values())), st.integers(0, 80), st.integers(0, 4), ATOMS
    ).map(lambda got: got[0][: got[1]] + got[3] + got[0][got[1] + got[2] :]),
)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_the_tree_lies_within_the_text_in_its_order(text: str) -> None:
    tree = parse(text)
    before = 0
    for instruction in tree.instructions:
        assert before <= instruction.start <= instruction.end <= len(text)
        before = instruction.end
    for instruction in tree.walk():
        assert instruction.start <= instruction.keyword_start <= instruction.keyword_end
        assert instruction.keyword_end <= instruction.value_start <= instruction.value_end
        assert instruction.value_end <= instruction.end
        at = instruction.keyword_end
        for flag in instruction.flags:
            assert at <= flag.start <= flag.value_start <= flag.end <= instruction.end
            at = flag.end
        at = instruction.value_start
        for word in instruction.words:
            assert at <= word.start <= word.end <= instruction.end
            at = word.end
            if word.verbatim:
                assert text[word.start : word.end] == word.text
        for heredoc in instruction.heredocs:
            assert heredoc.start <= heredoc.end <= heredoc.body_start <= heredoc.body_end
            assert heredoc.body_end <= instruction.end
    for fault in tree.faults:
        assert 0 <= fault.start <= fault.end <= len(text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_facts_are_within_the_text_and_literals_are_what_they_say(text: str) -> None:
    facts = read_dockerfile(Source("Dockerfile", text))
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        assert 0 <= fact.span.start <= fact.span.end <= len(text)
        assert (fact.KIND, fact.key) not in seen
        seen.add((fact.KIND, fact.key))
        check_origins(fact, text)


def check_origins(fact: Fact, text: str) -> None:
    """Origins lie in the text; a literal one is the field's value."""
    for name in type(fact).FIELDS:
        origin = fact.origin_of(name)
        if origin is None:
            continue
        assert 0 <= origin.span.start <= origin.span.end <= len(text)
        for related in origin.via:
            assert 0 <= related.span.start <= related.span.end <= len(text)
        value = getattr(fact, name)
        if origin.literal and isinstance(value, str):
            assert text[origin.span.start : origin.span.end] == value
