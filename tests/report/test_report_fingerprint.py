"""GitHub's line hash: the vectors of github/codeql-action, src/fingerprints.test.ts (MIT)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_reports import DOCKERFILE, LONG, finding, place

from plumblint.report.fingerprint import content_key, line_hashes
from plumblint.source import Source

END = "c129715d7a2bc9a3:1"
GREETINGS = ["e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
             "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", END]  # fmt: skip


def hashes(text: str, *, bom: bool = False) -> list[str]:
    source = Source("x", text, bom=bom)
    lines = range(1, len(source.line_starts) + 1)
    found = line_hashes(source, set(lines))
    return [found[line] for line in lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [END]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            ["8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1",
             "c6805c5e1288b612:1", "b86d3392aea1be30:1", "e6ceba753e1a442:1"],
        ),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [*(f"a7f2ff13bc495cf2:{k}" for k in range(1, 7)), "a7f2ff1481e87703:1",
             "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", END],
        ),
        (
            "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
            ["e54938cc54b302f1:1", "bb609acbe9138d60:1", "1131fd5871777f34:1", "5c482a0f8b35ea28:1",
             "54517377da7028d2:1", "2c644846cb18d53e:1", "f1b89f20de0d133:1", END],
        ),
    ],
)  # fmt: skip
def test_github_vectors(text: str, expected: list[str]) -> None:
    assert hashes(text) == expected


def test_lone_carriage_returns_end_lines_for_github_only() -> None:
    text = " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r"
    assert hashes(text) == GREETINGS[:2]
    text = " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n"
    assert hashes(text) == [*GREETINGS[:4], END]


def test_only_the_lines_asked_for() -> None:
    source = Source("x", "a\na\na\n")
    assert line_hashes(source, set()) == {}
    assert set(line_hashes(source, {2})) == {2}


def by_definition(text: str, bom: bool) -> list[str]:
    """The hash computed afresh for each line, from the algorithm's description."""
    encoded = ("\ufeff" * bom + text).encode("utf-16-le")
    kept: list[int] = []
    starts = [(0, True)]
    previous = None
    for at in range(0, len(encoded), 2):
        unit = int.from_bytes(encoded[at : at + 2], "little")
        if unit == 0x0A and previous == 0x0D:
            starts[-1] = (len(kept), True)
        elif unit not in (0x20, 0x09):
            kept.append(0x0A if unit == 0x0D else unit)
            if kept[-1] == 0x0A:
                starts.append((len(kept), unit == 0x0A))
        previous = unit
    kept += [0xFFFF, *[0] * 100]
    seen: dict[int, int] = {}
    found = []
    for start, ours in starts:
        value = 0
        for unit in kept[start : start + 100]:
            value = (value * 37 + unit) % 2**64
        if start + 100 > len(kept):
            value = value * 37 ** (start + 100 - len(kept)) % 2**64
        seen[value] = seen.get(value, 0) + 1
        if ours:
            found.append(f"{value:x}:{seen[value]}")
    return found


@given(st.text(st.sampled_from("ab \t\r\n\x00é🔥\x85\u2028\uffff"), max_size=300), st.booleans())
def test_rolling_equals_the_definition(text: str, bom: bool) -> None:
    assert hashes(text, bom=bom) == by_definition(text, bom)


def test_content_key_depends_on_policy_file_and_key() -> None:
    span = place(DOCKERFILE, "latest")
    key = content_key(finding(span))
    assert key == content_key(finding(DOCKERFILE.span(0, 1), "another message"))
    assert key != content_key(finding(span, policy=LONG))
    assert key != content_key(finding(span, key="other"))
