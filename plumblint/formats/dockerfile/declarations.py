"""Instructions, stages, variables and copies as facts."""

from __future__ import annotations

from plumblint.facts import (
    Copy,
    Instruction,
    Maybe,
    Origin,
    Reference,
    Stage,
    Sure,
    Unknown,
    Variable,
)
from plumblint.formats.dockerfile.heredocs import of_word
from plumblint.formats.dockerfile.reading import Reading, mixed
from plumblint.formats.dockerfile.stage import Assigned, Setting
from plumblint.formats.dockerfile.stage import Stage as EvaluatedStage
from plumblint.formats.dockerfile.tree import Instruction as Parsed

_LAST_COUNTS = ("CMD", "ENTRYPOINT", "HEALTHCHECK", "STOPSIGNAL")
_FORMS = ("CMD", "ENTRYPOINT", "HEALTHCHECK", "RUN", "SHELL")
_VALUE_LIMIT = 20_000


def read_instructions(reading: Reading) -> None:
    """Add an Instruction for each, the argument of an ONBUILD too."""
    stages = iter(reading.evaluation.stages)
    stage: EvaluatedStage | None = None
    voids: dict[int, Parsed] = {}
    for parsed in reading.tree.instructions:
        if parsed.keyword == "FROM":
            stage = next(stages, None)
            voids = _voids(stage)
        fact = _instruction(reading, parsed, stage, onbuild=False)
        later = voids.get(id(parsed))
        if later is not None:
            fact.overridden_by = f"line {later.start_line}"
        if parsed.child is not None:
            _instruction(reading, parsed.child, stage, onbuild=True)


def _voids(stage: EvaluatedStage | None) -> dict[int, Parsed]:
    """Which instructions of a stage a later one makes void, by their `id`."""
    found: dict[int, Parsed] = {}
    last: dict[str, Parsed] = {}
    for parsed in reversed(stage.instructions if stage is not None else []):
        if parsed.keyword in _LAST_COUNTS:
            if parsed.keyword in last:
                found[id(parsed)] = last[parsed.keyword]
            last.setdefault(parsed.keyword, parsed)
    return found


def _instruction(
    reading: Reading, parsed: Parsed, stage: EvaluatedStage | None, *, onbuild: bool
) -> Instruction:
    label = stage.label if stage is not None else None
    what = f"ONBUILD {parsed.keyword}" if onbuild else parsed.keyword
    flags: dict[str, Sure[str] | None] = {}
    for flag in parsed.flags:
        before = flags.get(flag.name)
        flags[flag.name] = f"{before} {flag.value}" if isinstance(before, str) else flag.value
    fact = Instruction(
        span=reading.span(parsed),
        path=reading.path(stage, what),
        key=f"{label or 'global'} {what} {parsed.value}",
        keyword=parsed.keyword,
        value=parsed.value[:_VALUE_LIMIT] if parsed.value else None,
        arguments=tuple(word.text[:_VALUE_LIMIT] for word in parsed.words),
        flags=flags or None,
        stage=label,
        final_stage=stage is not None and stage.index in reading.final_chain,
        onbuild=onbuild,
    )
    if parsed.keyword == "WORKDIR" and stage is not None:
        fact.workdir = _workdir(stage.workdirs.get(id(parsed)))
    if parsed.keyword in _FORMS and parsed.words:
        fact.form = "exec" if parsed.json else "shell"
    if parsed.value:
        source = reading.source
        places = source.span(parsed.value_start, parsed.value_end)
        literal = source.text[places.start : places.end] == parsed.value
        where = Origin(places, literal=literal)
        fact.trace(value=where, arguments=where)
        keyword = source.span(parsed.keyword_start, parsed.keyword_end)
        fact.trace(
            keyword=Origin(
                keyword, literal=source.text[keyword.start : keyword.end] == parsed.keyword
            )
        )
    return reading.add(fact)


def read_stages(reading: Reading) -> dict[int, Stage]:
    """Add a Stage for each, by its index."""
    final = reading.evaluation.final
    seen: dict[str, EvaluatedStage] = {}
    made: dict[int, Stage] = {}
    for stage in reading.evaluation.stages:
        root = stage.root
        image = reading.from_images.get(root.index)
        text = image.text if image is not None else None
        earlier = seen.get(stage.name) if stage.name else None
        fact = Stage(
            span=reading.span(stage.instruction),
            path=reading.stage_path(stage),
            key=reading.stage_path(stage),
            name=stage.name,
            index=stage.index,
            final=stage is final,
            parent=stage.parent.label if stage.parent is not None else None,
            base=text,
            clashes_with=reading.stage_path(earlier) if earlier is not None else None,
            used=stage.used,
        )
        words = stage.instruction.words
        if stage.name and len(words) == 3:
            word = words[2]
            where = Origin(
                reading.source.span(word.start, word.end),
                literal=word.verbatim and word.text == stage.name,
            )
            fact.trace(name=where, clashes_with=Origin(where.span))
            seen[stage.name] = stage
        made[stage.index] = reading.add(fact)
    return made


def read_variables(reading: Reading) -> dict[int, Variable]:
    """Add a Variable for each ENV and ARG; by the `id` of its pair."""
    made: dict[int, Variable] = {}
    for assigned in reading.evaluation.global_arguments:
        made[id(assigned.pair)] = _variable(reading, assigned, None)
    for stage in reading.evaluation.stages:
        for assigned in stage.assigned:
            made[id(assigned.pair)] = _variable(reading, assigned, stage)
    return made


def _variable(reading: Reading, assigned: Assigned, stage: EvaluatedStage | None) -> Variable:
    pair, value = assigned.pair, assigned.value
    kind = assigned.instruction.keyword
    source = reading.source
    end = pair.value.end if pair.value is not None else pair.name.end
    label = stage.label if stage is not None else "global"
    is_argument = kind == "ARG"
    written = value is not None and bool(value.pieces) and not assigned.uses
    variable = Variable(
        span=source.span(pair.name.start, end),
        path=reading.path(stage, f"{kind} {pair.name.text}"),
        key=f"{label} {kind} {pair.name.text}",
        name=pair.name.text,
        value=value.known if value is not None else None,
        literal=written,
        default=is_argument and written,
        kind="arg" if is_argument else "env",
        container=reading.stage_path(stage) if stage is not None else "",
    )
    name = source.span(pair.name.start, pair.name.end)
    variable.trace(name=Origin(name, literal=pair.name.verbatim))
    if value is not None and pair.value is not None:
        variable.trace(value=reading.origin(value, pair.value.start, pair.value.end))
    return reading.add(variable)


def read_copies(reading: Reading, stage: EvaluatedStage) -> None:
    """Add a Copy for each COPY and ADD of a stage."""
    for parsed in stage.instructions:
        if parsed.keyword not in ("COPY", "ADD") or len(parsed.words) < 2:
            continue
        expanded = stage.expanded.get(id(parsed), [])
        values = [one.value for one in expanded]
        if len(values) < 2:
            continue
        sources = [
            value.known
            for value, word in zip(values[:-1], parsed.words, strict=False)
            if parsed.json or of_word(word.text) is None
        ]
        flag = parsed.flag("from") if parsed.keyword == "COPY" else None
        copy = Copy(
            span=reading.span(parsed),
            path=reading.path(stage, parsed.keyword),
            key=f"{stage.label} {parsed.keyword} {parsed.value}",
            keyword="COPY" if parsed.keyword == "COPY" else "ADD",
            sources=mixed(sources),
            destination=values[-1].known,
            from_stage=flag.value if flag is not None and flag.value else None,
            from_itself=flag is not None and reading.evaluation.find(flag.value or "") is stage,
            stage=stage.label,
            workdir=_workdir(stage.workdirs.get(id(parsed))),
            final_stage=stage.index in reading.final_chain,
        )
        first, last = parsed.words[0], parsed.words[-1]
        behind = parsed.words[-2]
        copy.trace(
            sources=Origin(reading.source.span(first.start, behind.end)),
            destination=reading.origin(values[-1], last.start, last.end),
        )
        if flag is not None and flag.value:
            place = reading.source.span(flag.value_start, flag.end)
            literal = reading.source.text[flag.value_start : flag.end] == flag.value
            copy.trace(from_stage=Origin(place, literal=literal))
        reading.add(copy)


def _workdir(setting: Setting | None) -> Maybe[str]:
    return setting.value.known if setting is not None and setting.value is not None else None


def read_references(reading: Reading) -> None:
    """Add a Reference for each variable that BuildKit replaces."""
    for referred in reading.evaluation.references:
        use, stage = referred.use, referred.stage
        keyword = referred.instruction.keyword
        written = reading.source.text[use.start : use.end]
        label = stage.label if stage is not None else "global"
        reading.add(
            Reference(
                span=reading.source.span(use.start, use.end),
                path=reading.path(stage, keyword),
                key=f"{label} {keyword} {use.name}",
                name=use.name,
                value=use.value.known if use.value is not None else None,
                defined=Unknown(written) if referred.defined is None else referred.defined,
                guarded=use.guarded,
                keyword=keyword,
                stage=stage.label if stage is not None else None,
                declared=referred.declared,
            )
        )
