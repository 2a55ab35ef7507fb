"""The type checker of expressions: what is not allowed here does not compile."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from plumblint.policy.error import did_you_mean
from plumblint.policy.expression import NodeError, Scope
from plumblint.policy.functions import CONDITIONS, LOOPS, VALUES, Function
from plumblint.policy.vocabulary import Type, field_types

NUMBERS = ("integer", "number")
TEXT = Type("text")
_WHOLE, _FLOAT, _FLAG, _NOTHING = Type("integer"), Type("number"), Type("flag"), Type("nothing")
_ORDERINGS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_LARGEST = 2**53
_DEEPEST_LOOPS = 4

_REFUSED: tuple[tuple[type[ast.AST], str], ...] = (
    (ast.BinOp, "there is no arithmetic in policies"),
    (ast.Lambda, "there is no `lambda` in policies"),
    (ast.JoinedStr, "there are no f-strings in policies"),
    (ast.NamedExpr, "there is no `:=` in policies"),
    (ast.IfExp, "there is no `… if … else …` in policies; use `and` and `or`"),
    (ast.Subscript, "there is no `[…]` in policies; read entries with `attr(map, name)`"),
    (ast.GeneratorExp, "a generator stands only inside `any`, `all` or `count`"),
    (ast.ListComp, "use `any(… for … in …)` in place of a list"),
    (ast.SetComp, "use `any(… for … in …)` in place of a set"),
    (ast.DictComp, "use `any(… for … in …)` in place of a dict"),
    (ast.List, "a list of constants stands only after `in`"),
    (ast.Tuple, "a list of constants stands only after `in`"),
    (ast.Set, "a list of constants stands only after `in`"),
)

Known = frozenset[str]
"""The values, as written, that are certainly not absent (they may be Unknown)."""


class Checker:
    """Checks conditions against the vocabulary; `types` has the type of each value met."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.types: dict[ast.AST, Type] = {}
        self._names: dict[str, Type] = {scope.kind: Type("fact", fact=scope.kind)}

    # Conditions

    def condition(self, node: ast.expr, known: Known) -> None:
        """Check what is true or false.  Raises NodeError."""
        match node:
            case ast.BoolOp(op=op, values=parts):
                for part in parts:
                    self.condition(part, known)
                    known |= implied(part, isinstance(op, ast.And))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.condition(operand, known)
            case ast.Compare():
                self._comparison(node, known)
            case ast.Call(func=ast.Name(id="any" | "all")):
                self.loop(node, known)
            case ast.Call(func=ast.Name(id=name)) if name in CONDITIONS:
                self._call(node, CONDITIONS[name], known)
            case ast.Constant(value=bool()):
                pass
            case _:
                found = self.value(node, known)
                if found.kind in ("nothing", "table") or _is_constant(node):
                    raise NodeError(node, "this is the same each time: compare it with something")

    def loop(self, node: ast.Call, known: Known) -> None:
        """Check `any`, `all` or `count` over one generator.  Raises NodeError."""
        name = ast.unparse(node.func)
        if len(node.args) != 1 or node.keywords or not isinstance(node.args[0], ast.GeneratorExp):
            raise NodeError(node, f"write `{name}(… for x in …)`")
        generator = node.args[0]
        if len(generator.generators) != 1:
            raise NodeError(
                generator.generators[1].target, f"`{name}` goes over one `for` only; nest another"
            )
        if len(self._names) > _DEEPEST_LOOPS:
            raise NodeError(node, f"loops are nested at most {_DEEPEST_LOOPS} deep")
        clause = generator.generators[0]
        if clause.is_async:
            raise NodeError(node, "there is no `async` in policies")
        items = self.value(clause.iter, known)
        if items.kind not in ("list", "map", "table"):
            raise NodeError(clause.iter, f"`{ast.unparse(clause.iter)}` is no list but {items}")
        if not isinstance(clause.target, ast.Name):
            raise NodeError(clause.target, "a loop has one variable")
        variable = clause.target.id
        if variable in self._names or variable.startswith("_") or variable in ("options", "tables"):
            raise NodeError(clause.target, f"`{variable}` cannot be a loop variable: it is taken")
        is_list = items.kind == "list" and items.item is not None
        self._names[variable] = items.item if is_list and items.item else TEXT
        for condition in clause.ifs:
            self.condition(condition, known)
            known |= implied(condition, True)
        self.condition(generator.elt, known)
        del self._names[variable]

    def _comparison(self, node: ast.Compare, known: Known) -> None:
        left = node.left
        if len(node.ops) > 1 and not all(isinstance(op, _ORDERINGS) for op in node.ops):
            raise NodeError(node, "only `<`, `<=`, `>` and `>=` go in a chain; join with `and`")
        for op, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(op, ast.Is | ast.IsNot):
                self._absence(left, right, known)
            elif isinstance(op, ast.In | ast.NotIn):
                self._membership(left, right, known)
            else:
                kinds = self.value(left, known), self.value(right, known)
                self._comparable(node, left, right, *kinds)
                if isinstance(op, _ORDERINGS):
                    self._ordered(left, kinds[0])
                    self._ordered(right, kinds[1])
            left = right

    def _absence(self, left: ast.expr, right: ast.expr, known: Known) -> None:
        found = self.value(left, frozenset())  # as declared: what a guard says is no contradiction
        if not (isinstance(right, ast.Constant) and right.value is None):
            raise NodeError(right, "`is` goes with None only; use `==`")
        if not found.optional:
            raise NodeError(left, f"`{ast.unparse(left)}` is never absent")

    def _membership(self, left: ast.expr, right: ast.expr, known: Known) -> None:
        value = self.value(left, known)
        if isinstance(right, ast.Tuple | ast.List | ast.Set):
            if not right.elts:
                raise NodeError(right, "nothing is in an empty list")
            for choice in right.elts:
                if not _is_constant(choice) or getattr(choice, "value", "") is None:
                    raise NodeError(choice, "a list after `in` holds constants only")
                self._comparable(choice, left, choice, value, self.value(choice, known))
            return
        self._contains(left, right, value, self.value(right, known))

    def _contains(self, left: ast.expr, right: ast.expr, value: Type, holder: Type) -> None:
        match holder.kind:
            case "list" if holder.item is not None:
                if holder.item.kind == "fact":
                    raise NodeError(right, "this list holds facts; use `any(… for x in …)`")
                self._comparable(left, left, right, value, holder.item)
            case "text" | "map" | "table":
                if value.kind != "text":
                    raise NodeError(left, f"only a text can be in {holder}; this is {value}")
                if holder.kind == "text" and holder.choices:
                    raise NodeError(right, f"`{ast.unparse(right)}` has set values: use `==`")
            case _:
                raise NodeError(right, f"nothing can be in `{ast.unparse(right)}`: it is {holder}")

    def _comparable(
        self, node: ast.expr, left: ast.expr, right: ast.expr, one: Type, other: Type
    ) -> None:
        if "nothing" in (one.kind, other.kind):
            raise NodeError(node, "ask for what is absent with `is None` or `is not None`")
        for kind, side in ((one, left), (other, right)):
            if kind.kind in ("fact", "list", "map", "table"):
                raise NodeError(side, f"`{ast.unparse(side)}` is {kind}, which cannot be compared")
        numbers = one.kind in NUMBERS and other.kind in NUMBERS
        if one.kind != other.kind and not numbers:
            raise NodeError(
                node,
                f"`{ast.unparse(left)}` is {one.present()} and `{ast.unparse(right)}` is "
                f"{other.present()}: never the same, and not to be compared",
            )
        self._possible(left, one, right)
        self._possible(right, other, left)
        if one.choices and other.choices and not set(one.choices) & set(other.choices):
            raise NodeError(node, "the two have no value in common")

    def _possible(self, side: ast.expr, kind: Type, constant: ast.expr) -> None:
        """Refuse a constant that a field of set values never is."""
        if not kind.choices or not isinstance(constant, ast.Constant):
            return
        if constant.value not in kind.choices:
            raise NodeError(
                constant,
                f"`{ast.unparse(side)}` is never {constant.value!r}, but one of "
                f"{', '.join(kind.choices)}."
                f"{did_you_mean(str(constant.value), kind.choices)}",
            )

    def _ordered(self, node: ast.expr, kind: Type) -> None:
        if kind.kind == "flag" or kind.choices:
            raise NodeError(node, f"`{ast.unparse(node)}` has no order")
        if kind.optional:
            text = ast.unparse(node)
            raise NodeError(
                node, f"`{text}` may be absent: guard it with `{text} is not None and …`"
            )

    # Values

    def value(self, node: ast.expr, known: Known) -> Type:
        """The type of what is no condition.  Raises NodeError."""
        found = self._value(node, known)
        if found.optional and ast.unparse(node) in known:
            found = found.present()
        self.types[node] = found
        return found

    def _value(self, node: ast.expr, known: Known) -> Type:
        match node:
            case ast.Constant(value=value):
                return _constant(node, value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                return _constant(node, value)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.Attribute(value=owner, attr=field):
                return self._field(node, owner, field, known)
            case ast.Call(func=ast.Name(id="count")):
                self.loop(node, known)
                return _WHOLE
            case ast.Call(func=ast.Name(id=name)) if name in VALUES:
                return self._call(node, VALUES[name], known)
            case ast.Call(func=ast.Name(id=name)) if name not in CONDITIONS and name not in LOOPS:
                functions = (*VALUES, *CONDITIONS, *LOOPS)
                raise NodeError(
                    node, f"there is no function `{name}`.{did_you_mean(name, functions)}"
                )
            case ast.Call(func=ast.Attribute(attr=name)):
                hint = f"; write `{name}(…)`" if name in (*VALUES, *CONDITIONS) else ""
                raise NodeError(node, f"there are no methods in policies{hint}")
            case ast.BoolOp() | ast.Compare() | ast.Call() | ast.UnaryOp(op=ast.Not()):
                raise NodeError(node, "a value is wanted here, and this is a condition")
        for refused, message in _REFUSED:
            if isinstance(node, refused):
                raise NodeError(node, message)
        raise NodeError(node, "this is not allowed in policies")

    def _name(self, node: ast.expr, name: str) -> Type:
        found = self._names.get(name)
        if found is None:
            if name in ("options", "tables"):
                raise NodeError(node, f"`{name}` is no value; write `{name}.…`")
            names = (*self._names, "options", "tables")
            raise NodeError(
                node,
                f"there is no `{name}` here, only {', '.join(f'`{n}`' for n in names)}."
                f"{did_you_mean(name, names)}",
            )
        return found

    def _field(self, node: ast.Attribute, owner: ast.expr, field: str, known: Known) -> Type:
        if isinstance(owner, ast.Name) and owner.id not in self._names:
            if owner.id == "tables":
                return self._among(
                    node, field, {n: Type("table") for n in self.scope.tables}, "table"
                )
            if owner.id == "options":
                return self._among(node, field, self.scope.options, "option")
        holder = self.value(owner, known)
        if holder.kind != "fact":
            raise NodeError(node, f"`{ast.unparse(owner)}` is {holder}: it has no fields")
        fields = {n: t for n, t in field_types(holder.fact).items() if t.kind != "hidden"}
        found = self._among(node, field, fields, f"field of {holder.fact}")
        return found.absent() if holder.optional else found

    @staticmethod
    def _among(node: ast.expr, name: str, there: Mapping[str, Type], what: str) -> Type:
        found = there.get(name)
        if found is None:
            raise NodeError(node, f"there is no {what} `{name}`.{did_you_mean(name, there)}")
        return found

    def _call(self, node: ast.Call, function: Function, known: Known) -> Type:
        name = ast.unparse(node.func)
        if node.keywords or len(node.args) != len(function.parameters):
            raise NodeError(node, f"write `{function.usage}`")
        kinds = []
        for argument, wanted in zip(node.args, function.parameters, strict=True):
            kinds.append(self._argument(argument, wanted, name, known))
        if name == "has":
            self._contains(node.args[1], node.args[0], kinds[1], kinds[0])
        if name == "matches":
            self._pattern(node.args[1])
        if name == "attr":
            return (kinds[0].item or TEXT).absent()
        result = Type(function.result)
        return result.absent() if function.result_optional or kinds[0].optional else result

    def _argument(self, node: ast.expr, wanted: str, function: str, known: Known) -> Type:
        if wanted == "texts" and isinstance(node, ast.Tuple) and node.elts:
            if not all(isinstance(getattr(choice, "value", None), str) for choice in node.elts):
                raise NodeError(node, f"`{function}` wants constant texts here")
            return TEXT
        if wanted == "constant":
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                raise NodeError(node, f"`{function}` wants a constant text here")
            return TEXT
        found = self.value(node, known)
        allowed = {
            "texts": ("text",),
            "sized": ("text", "list", "map", "table"),
            "holder": ("list", "map", "table"),
            "map": ("map", "table"),
            "any": ("text", "integer", "number", "flag"),
        }.get(wanted, (wanted,))
        if found.kind not in allowed:
            raise NodeError(
                node, f"`{function}` wants {' or '.join(allowed)} here; this is {found}"
            )
        return found

    @staticmethod
    def _pattern(node: ast.expr) -> None:
        from plumblint.policy.operations import compile_pattern

        pattern = node.value if isinstance(node, ast.Constant) else ""
        try:
            compile_pattern(str(pattern))
        except ValueError as error:
            raise NodeError(node, f"RE2 refuses this pattern: {error}") from None


def implied(node: ast.expr, outcome: bool) -> Known:
    """What is certainly not absent where a condition is not the opposite of `outcome`."""
    match node:
        case ast.BoolOp(op=op, values=parts):
            each = [implied(part, outcome) for part in parts]
            if isinstance(op, ast.And) == outcome:
                return frozenset().union(*each)
            return each[0].intersection(*each[1:])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return implied(operand, not outcome)
        case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot() as op]):
            return _present(left) if isinstance(op, ast.IsNot) == outcome else frozenset()
        case ast.Compare(left=left, ops=ops, comparators=others) if outcome:
            sides = [left, *others]
            return frozenset().union(
                *(
                    _present(a) | (_present(b) if not isinstance(op, ast.In) else frozenset())
                    for a, op, b in zip(sides, ops, others, strict=False)
                    if isinstance(op, ast.In | ast.Lt | ast.LtE | ast.Gt | ast.GtE)
                    or (isinstance(op, ast.Eq) and (_is_constant(a) or _is_constant(b)))
                )
            )
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if outcome and name in CONDITIONS:
            return _present(first)
        case ast.Attribute() | ast.Name() | ast.Call() if outcome:
            return _present(node) if not _is_loop(node) else frozenset()
    return frozenset()


def _present(node: ast.expr) -> Known:
    """A value that is there, and what it is a field of."""
    names: set[str] = set()
    while True:
        names.add(ast.unparse(node))
        if isinstance(node, ast.Attribute):
            node = node.value
        elif isinstance(node, ast.Call) and node.args and not _is_loop(node):
            node = node.args[0]
        else:
            return frozenset(names)


def _is_loop(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LOOPS


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
    return isinstance(node, ast.Constant)


def _constant(node: ast.expr, value: object) -> Type:
    match value:
        case None:
            return _NOTHING
        case bool():
            return _FLAG
        case str():
            return TEXT
        case int() | float():
            if not abs(value) < _LARGEST:
                raise NodeError(node, "this number is too large")
            return _WHOLE if isinstance(value, int) else _FLOAT
    raise NodeError(node, f"a {type(value).__name__} is not allowed in policies")
