"""What BuildKit rejects after parsing: unknown instructions and flags, wrong arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plumblint.formats.dockerfile.arguments import KEYWORDS
from plumblint.formats.dockerfile.heredocs import of_word
from plumblint.formats.dockerfile.tree import Dockerfile, Flag, Instruction
from plumblint.source import Fault
from plumblint.syntax.pattern import lazy_pattern

_TEXT, _BOOLEAN, _MANY = "text", "boolean", "many"

FLAGS: dict[str, dict[str, str]] = {
    "ADD": {
        "checksum": _TEXT, "chmod": _TEXT, "chown": _TEXT, "exclude": _MANY,
        "keep-git-dir": _BOOLEAN, "link": _BOOLEAN, "unpack": _BOOLEAN,
    },
    "COPY": {
        "chmod": _TEXT, "chown": _TEXT, "exclude": _MANY, "from": _TEXT, "link": _BOOLEAN,
        "parents": _BOOLEAN,
    },
    "FROM": {"platform": _TEXT},
    "HEALTHCHECK": {
        "interval": _TEXT, "retries": _TEXT, "start-interval": _TEXT, "start-period": _TEXT,
        "timeout": _TEXT,
    },
    "RUN": {"device": _MANY, "mount": _MANY, "network": _TEXT, "security": _TEXT},
}  # fmt: skip
"""The flags of each instruction; the others have none.
Source: moby/buildkit frontend/dockerfile/instructions/parse.go, commands_run*.go."""

_FLAGS_NOT_READ = ("ARG", "STOPSIGNAL")
_STAGE_NAME = lazy_pattern(r"[a-z][a-z0-9_.-]*\Z")
_DURATION = lazy_pattern(
    r"[-+]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+\Z|[-+]?0\Z"
)
_INTEGER = lazy_pattern(r"[+]?[0-9]{1,9}\Z")
_AT_LEAST_ONE = ("ARG", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "ONBUILD", "SHELL", "VOLUME")
_EXACTLY_ONE = ("MAINTAINER", "STOPSIGNAL", "USER", "WORKDIR")


def validate(tree: Dockerfile, length: int) -> None:
    """Add to the tree's faults; `length` is the text's."""
    if not tree.instructions:
        tree.faults.append(Fault(0, 0, "the file has no instructions"))
        return
    stages = 0
    for instruction in tree.instructions:
        if instruction.keyword == "FROM":
            stages += 1
        elif stages == 0 and instruction.keyword in KEYWORDS and instruction.keyword != "ARG":
            tree.faults.append(
                _at_keyword(instruction, f"{instruction.keyword} stands before the first FROM")
            )
        tree.faults += _faults(instruction)
        if instruction.child is not None:
            tree.faults += _faults(instruction.child)
    if stages == 0:
        first = tree.instructions[0]
        tree.faults.append(_at_keyword(first, "the file has no FROM, so there is nothing to build"))


def _faults(instruction: Instruction) -> Iterator[Fault]:
    keyword = instruction.keyword
    if keyword not in KEYWORDS:
        written = instruction.written_keyword
        shown = written if len(written) <= 30 else written[:29] + "…"
        yield _at_keyword(instruction, f"`{shown}` is no Dockerfile instruction")
        return
    yield from _flag_faults(instruction)
    if not instruction.value and (keyword in _AT_LEAST_ONE or keyword in _EXACTLY_ONE):
        yield _at_keyword(instruction, f"{keyword} needs an argument")
        return
    check = _CHECKS.get(keyword)
    message = check(instruction) if check else None
    if message:
        if instruction.value:
            yield Fault(instruction.value_start, instruction.value_end, message)
        else:
            yield _at_keyword(instruction, message)


def _at_keyword(instruction: Instruction, message: str) -> Fault:
    return Fault(instruction.keyword_start, instruction.keyword_end, message)


def _flag_faults(instruction: Instruction) -> Iterator[Fault]:
    keyword = instruction.keyword
    if keyword in _FLAGS_NOT_READ:
        return
    if keyword == "HEALTHCHECK" and _is_none(instruction):
        return
    allowed = FLAGS.get(keyword, {})
    seen: set[str] = set()
    for flag in instruction.flags:
        kind = allowed.get(flag.name)
        message = None
        if kind is None:
            message = f"{keyword} has no flag `--{flag.name[:40]}`"
        elif flag.name in seen and kind != _MANY:
            message = f"the flag `--{flag.name}` stands here a second time"
        else:
            message = _value_message(flag, kind)
        seen.add(flag.name)
        if message:
            yield Fault(flag.start, flag.end, message)


def _value_message(flag: Flag, kind: str) -> str | None:
    if kind == _BOOLEAN:
        if flag.value is not None and flag.value.lower() not in ("true", "false"):
            return f"`--{flag.name}` is true or false"
    elif flag.value is None:
        return f"`--{flag.name}` needs a value"
    elif flag.name == "network" and flag.value not in ("", "default", "none", "host"):
        return "`--network` is one of default, none, host"
    elif flag.name == "security" and flag.value not in ("", "sandbox", "insecure"):
        return "`--security` is one of sandbox, insecure"
    return None


def _is_none(instruction: Instruction) -> bool:
    return bool(instruction.words) and instruction.words[0].text.upper() == "NONE"


def _from(instruction: Instruction) -> str | None:
    words = instruction.words
    if len(words) == 3 and words[1].text.lower() == "as":
        if not _STAGE_NAME.match(words[2].text.lower()):
            return (
                f"`{words[2].text[:40]}` is no stage name: a letter first, "
                "then letters, digits, `-`, `_`, `.`"
            )
    elif len(words) != 1:
        return "FROM takes an image, and maybe `AS name` behind it"
    return None


def _copy(instruction: Instruction) -> str | None:
    keyword = instruction.keyword
    if len(instruction.words) < 2:
        return f"{keyword} needs a source and a destination"
    if of_word(instruction.words[-1].text) is not None:
        return f"the destination of {keyword} cannot be a here-document"
    flag = instruction.flag("from")
    if keyword == "COPY" and flag is not None and flag.value and "$" in flag.value:
        return "`--from` expands no variables; name a stage with `FROM … AS` instead"
    return None


def _health(instruction: Instruction) -> str | None:
    words = instruction.words
    kind = words[0].text.upper() if words else ""
    if kind == "NONE":
        return "HEALTHCHECK NONE takes no arguments" if len(words) > 1 else None
    if kind != "CMD":
        return "HEALTHCHECK is followed by CMD or NONE"
    if len(words) == 1:
        return "HEALTHCHECK CMD needs a command"
    for flag in instruction.flags:
        if not flag.value or flag.name not in FLAGS["HEALTHCHECK"]:
            continue
        if flag.name == "retries":
            if not _INTEGER.match(flag.value):
                return "`--retries` is a number, 0 or more"
        elif not _DURATION.match(flag.value) or flag.value.startswith("-"):
            return f"`--{flag.name}` is a duration such as 30s or 1m30s"
    return None


def _pairs(instruction: Instruction) -> str | None:
    if any(not pair.name.text for pair in instruction.pairs):
        return f"{instruction.keyword} has a value without a name"
    return None


def _shell(instruction: Instruction) -> str | None:
    if not instruction.json:
        return "SHELL takes a JSON array of strings"
    return None if instruction.words else "SHELL needs at least one word"


def _volume(instruction: Instruction) -> str | None:
    if not instruction.words:
        return "VOLUME needs an argument"
    if any(not word.text.strip() for word in instruction.words):
        return "VOLUME cannot be empty"
    return None


def _onbuild(instruction: Instruction) -> str | None:
    child = instruction.child
    if child is not None and child.keyword in ("ONBUILD", "FROM", "MAINTAINER"):
        return f"{child.keyword} cannot be the argument of ONBUILD"
    return None


_CHECKS: dict[str, Callable[[Instruction], str | None]] = {
    "ADD": _copy,
    "ARG": _pairs,
    "COPY": _copy,
    "ENV": _pairs,
    "FROM": _from,
    "HEALTHCHECK": _health,
    "LABEL": _pairs,
    "ONBUILD": _onbuild,
    "SHELL": _shell,
    "VOLUME": _volume,
}
