"""The code generator: checked trees of conditions → Python source of one function.

Conditions become statements that leave True, False or None (undecided) in a
local name.  Whatever comes from a fact may be Unknown, also where the
vocabulary says it is not: a reader's slip must not become a false alarm.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from functools import partial

from plumblint.policy.expression import Scope
from plumblint.policy.vocabulary import Type

_DIRECT = {"startswith": "startswith", "endswith": "endswith", "matches": "matches",
           "glob": "glob", "resembles": "resembles", "lower": "lower", "basename": "basename",
           "number": "number", "attr": "attr", "len": "length"}  # fmt: skip
"""What a function of the language is called in `operations`."""

_ORDER: dict[type[ast.cmpop], tuple[str, str, bool]] = {
    ast.Lt: ("<", "less", False),
    ast.LtE: ("<=", "at_most", False),
    ast.Gt: (">", "less", True),
    ast.GtE: (">=", "at_most", True),
}
"""The operator, the operation for Unknown, and whether that takes its operands swapped."""


def emit(trees: Iterable[ast.expr], scope: Scope, types: dict[ast.AST, Type], name: str) -> str:
    """The source of `name(f, o, t)`: the conjunction of the trees for a fact, options, tables."""
    emitter = Emitter(scope, types)
    result = emitter.chain(list(trees), is_and=True)
    lines = [f"def {name}(f, o, t):"]
    if emitter.loops:
        lines.append("    n = 0")
    lines += (*emitter.lines, f"    return {result}")
    return "\n".join(lines) + "\n"


class Emitter:
    """Writes statements; `value` and `condition` answer with a name or constant."""

    def __init__(self, scope: Scope, types: dict[ast.AST, Type]) -> None:
        self.lines: list[str] = []
        self.loops = 0
        self._types = types
        self._depth = 1
        self._number = 0
        self._names = {scope.kind: "f"}
        self._inside_loop = False

    def _write(self, line: str) -> None:
        self.lines.append("    " * self._depth + line)

    def _fresh(self, letter: str) -> str:
        self._number += 1
        return f"{letter}{self._number}"

    def _let(self, letter: str, expression: str) -> str:
        name = self._fresh(letter)
        self._write(f"{name} = {expression}")
        return name

    # Conditions

    def condition(self, node: ast.expr) -> str:
        """Write what decides a condition; the name of its answer."""
        match node:
            case ast.BoolOp(op=op, values=parts):
                return self.chain(parts, is_and=isinstance(op, ast.And))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                answer = self.condition(operand)
                return self._let("c", f"None if {answer} is None else not {answer}")
            case ast.Compare():
                return self._comparison(node)
            case ast.Call(func=ast.Name(id="any" | "all" as name)):
                return self._any_or_all(node, is_any=name == "any")
            case ast.Call(func=ast.Name(id="has"), args=[holder, item]):
                return self._membership(self.value(item), holder)
            case ast.Constant(value=bool() as constant):
                return repr(constant)
        value = self.value(node)
        if isinstance(node, ast.Call) and self._types.get(node) is None:
            return value
        return self._let("c", f"truth({value}) if {_unknown(value)} else not not {value}")

    def chain(self, parts: list[ast.expr], *, is_and: bool) -> str:
        """Write `and` or `or` of conditions."""
        return self._chain([partial(self.condition, part) for part in parts], is_and)

    def _chain(self, parts: list[Callable[[], str]], is_and: bool) -> str:
        first, *rest = parts
        answer = first()
        if not rest:
            return answer
        result = self._let("c", answer)
        stop = "False" if is_and else "True"
        for part in rest:
            self._write(f"if {result} is not {stop}:")
            self._depth += 1
            answer = part()
            # so far True or undecided: the next answer counts, unless undecided outweighs it
            if is_and:
                self._write(f"{result} = {answer} if {result} or {answer} is False else None")
            else:
                self._write(f"{result} = {answer} if {result} is False or {answer} else None")
            self._depth -= 1
        return result

    def _comparison(self, node: ast.Compare) -> str:
        left = self.value(node.left)
        operands = [left]

        def part(at: int) -> str:
            op, right = node.ops[at], node.comparators[at]
            before = operands[-1]
            if isinstance(op, ast.In | ast.NotIn):
                answer = self._membership(before, right)
            elif isinstance(op, ast.Is | ast.IsNot):
                answer = self._let(
                    "c", f"absent({before}) if {_unknown(before)} else {before} is None"
                )
            else:
                operands.append(self.value(right))
                return self._compared(op, before, operands[-1])
            if isinstance(op, ast.NotIn | ast.IsNot):
                answer = self._let("c", f"None if {answer} is None else not {answer}")
            return answer

        return self._chain([partial(part, at) for at in range(len(node.ops))], is_and=True)

    def _compared(self, op: ast.cmpop, left: str, right: str) -> str:
        unknown = " or ".join(_unknown(side) for side in (left, right) if side[0] in _NAMED)
        if isinstance(op, ast.Eq | ast.NotEq):
            plain, special = f"{left} == {right}", f"equal({left}, {right})"
        else:
            sign, operation, swapped = _ORDER[type(op)]
            one, other = (right, left) if swapped else (left, right)
            plain, special = f"{left} {sign} {right}", f"{operation}({one}, {other})"
        answer = self._let("c", f"{special} if {unknown} else {plain}" if unknown else plain)
        if isinstance(op, ast.NotEq):
            return self._let("c", f"None if {answer} is None else not {answer}")
        return answer

    def _membership(self, value: str, holder: ast.expr) -> str:
        if isinstance(holder, ast.Tuple | ast.List | ast.Set):
            choices = f"({', '.join(_constant(choice) for choice in holder.elts)},)"
            return self._let(
                "c", f"among({value}, {choices}) if {_unknown(value)} else {value} in {choices}"
            )
        kind = self._types[holder].kind
        within = self.value(holder)
        if kind == "text":
            self._spend(within)
            return self._let("c", f"inside({value}, {within})")
        if kind == "table":
            return self._let(
                "c", f"among({value}, {within}) if {_unknown(value)} else {value} in {within}"
            )
        self._spend_length(within)
        return self._let("c", f"member({value}, {within})")

    # Loops

    def _any_or_all(self, node: ast.Call, *, is_any: bool) -> str:
        result = self._let("c", repr(not is_any))
        stop = "True" if is_any else "False"

        def body(holds: Callable[[], str]) -> None:
            answer = holds()
            self._write(f"if {answer} is {stop}:")
            self._write(f"    {result} = {stop}")
            self._write("    break")
            self._write(f"if {answer} is None:")
            self._write(f"    {result} = None")

        self._loop(node, body, lambda: self._write(f"{result} = None"), negated=not is_any)
        return result

    def _count(self, node: ast.Call) -> str:
        certain = self._let("v", "0")
        undecided = self._let("v", "0")

        def body(holds: Callable[[], str]) -> None:
            answer = holds()
            self._write(f"if {answer} is None: {undecided} += 1")
            self._write(f"elif {answer}: {certain} += 1")

        self._loop(node, body, lambda: self._write(f"{undecided} = {10**9}"))
        return self._let("v", f"counted({certain}, {undecided})")

    def _loop(
        self,
        node: ast.Call,
        body: Callable[[Callable[[], str]], None],
        unknown: Callable[[], None],
        *,
        negated: bool = False,
    ) -> None:
        """Write a loop; `body` gets what writes `filter and element`.

        Where `negated` that is `not filter or element`: what `all` asks of each item.
        """
        generator = node.args[0]
        if not isinstance(generator, ast.GeneratorExp):  # pragma: no cover - checked before
            raise TypeError(ast.dump(node))
        clause = generator.generators[0]
        variable = ast.unparse(clause.target)
        items = self._let("v", self.value(clause.iter))
        self.loops += 1
        self._write(f"if {_unknown(items)}:")
        self._depth += 1
        unknown()
        self._depth -= 1
        self._write(f"elif {items}:")
        self._depth += 1
        name = self._fresh("x")
        self._write(f"for {name} in {items}:")
        self._depth += 1
        self._write("n += 1")
        self._write("if n > STEPS: raise StepsExhaustedError")
        outer, self._inside_loop = self._inside_loop, True
        self._names[variable] = name
        filters: list[ast.expr] = clause.ifs
        if negated:
            filters = [ast.UnaryOp(ast.Not(), condition) for condition in filters]
        body(lambda: self.chain([*filters, generator.elt], is_and=not negated))
        del self._names[variable]
        self._inside_loop = outer
        self._depth -= 2

    def _spend(self, text: str) -> None:
        """Charge for looking at a text within a loop."""
        if self._inside_loop and text[0] in _NAMED:
            self._write(f"n += size({text})")

    def _spend_length(self, items: str) -> None:
        """Charge for looking through a list within a loop."""
        if self._inside_loop:
            self._write(f"n += size({items})")

    # Values

    def value(self, node: ast.expr) -> str:
        """Write what has a value; its name, or a constant."""
        match node:
            case ast.Constant() | ast.UnaryOp():
                return _constant(node)
            case ast.Tuple(elts=choices):
                return f"({', '.join(_constant(choice) for choice in choices)},)"
            case ast.Name(id=name):
                return self._names[name]
            case ast.Attribute(value=owner, attr=field):
                return self._field(owner, field)
            case ast.Call(func=ast.Name(id="count")):
                return self._count(node)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                values = [self.value(argument) for argument in arguments]
                self._spend(values[0])
                return self._let("v", f"{_DIRECT[name]}({', '.join(values)})")
        raise TypeError(ast.dump(node))  # pragma: no cover - the checker lets nothing else through

    def _field(self, owner: ast.expr, field: str) -> str:
        if isinstance(owner, ast.Name) and owner.id not in self._names:
            return self._let("v", f"{owner.id[0]}[{field!r}]")
        holder = self.value(owner)
        if holder == "f":
            return self._let("v", f"f.{field}")
        return self._let(
            "v", f"{holder} if {holder} is None or {_unknown(holder)} else {holder}.{field}"
        )


_NAMED = "fvx"
"""What the names of values begin with; constants begin with quotes, digits or brackets."""


def _unknown(name: str) -> str:
    """Whether a value is Unknown, as source."""
    return f"isinstance({name}, Unknown)" if name[0] in _NAMED else "False"


def _constant(node: ast.expr) -> str:
    return repr(ast.literal_eval(node))
