"""How often a scene calls ``say()`` in each of its sections, read from its syntax.

A section begins its first sentence by itself and each ``self.say()`` the next; one call too many
is an error that only some model or digit may run into.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

Methods = dict[str, ast.FunctionDef]
Facts = dict[str, bool]  # conditions, as they are written, that a name takes for granted


@dataclass(frozen=True)
class Opened:
    """A section opened at ``line``: its name, and the fewest and most calls of ``say()``.

    In a name ``*`` stands for what only the run decides; ``most`` is infinite where a loop calls.
    """

    name: str
    fewest: float
    most: float
    line: int


def opened(source: str) -> list[Opened]:
    """All sections that the classes of a module open, one for each name they may have."""
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            methods = {m.name: m for m in node.body if isinstance(m, ast.FunctionDef)}
            for method in methods.values():
                found += list(_in_method(method, methods))
    return found


def _in_method(method: ast.FunctionDef, methods: Methods) -> Iterator[Opened]:
    for node in ast.walk(method):
        if not isinstance(node, ast.With):
            continue
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and _called(call) == "section":
                for name, facts in _texts(call.args[0], method):
                    fewest, most = _Counter(methods, facts).of(node.body, (method.name,))
                    yield Opened(name, fewest, most, node.lineno)


def _called(node: ast.AST) -> str:
    """``name`` for ``self.name(...)``; empty for all else."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "self"
    ):
        return node.func.attr
    return ""


def _texts(node: ast.expr, method: ast.FunctionDef) -> list[tuple[str, Facts]]:
    """What a name may be, and what is then the case: both ways of a condition, and so on."""
    if isinstance(node, ast.Constant):
        return [(str(node.value), {})]
    if isinstance(node, ast.IfExp):
        test = ast.unparse(node.test)
        ways = ((node.body, True), (node.orelse, False))
        return [
            (text, {**facts, test: holds})
            for way, holds in ways
            for text, facts in _texts(way, method)
        ]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [
            (a + b, {**one, **other})
            for a, one in _texts(node.left, method)
            for b, other in _texts(node.right, method)
        ]
    if isinstance(node, ast.JoinedStr):
        return [("".join(v.value if isinstance(v, ast.Constant) else "*" for v in node.values), {})]
    if isinstance(node, ast.Name):
        set_to = [
            n.value
            for n in ast.walk(method)
            if isinstance(n, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == node.id for t in n.targets)
        ]
        return [pair for value in set_to for pair in _texts(value, method)] or [("*", {})]
    return [("*", {})]


class _Counter:
    """Counts calls of ``say()`` on the ways through statements, as far as facts allow them."""

    def __init__(self, methods: Methods, facts: Facts) -> None:
        self.methods, self.facts = methods, facts

    def of(self, body: list[ast.stmt], inside: tuple[str, ...]) -> tuple[float, float]:
        """The fewest and the most; ``inside`` are the methods that are being looked into."""
        fewest = most = 0.0
        for statement in body:
            low, high = self._of_one(statement, inside)
            fewest, most = fewest + low, most + high
        return fewest, most

    def _of_one(self, node: ast.stmt, inside: tuple[str, ...]) -> tuple[float, float]:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            return 0.0, 0.0  # only defined here
        if isinstance(node, ast.If):
            known = self.facts.get(ast.unparse(node.test))
            if known is not None:
                return self.of(node.body if known else node.orelse, inside)
            ways = [self.of(way, inside) for way in (node.body, node.orelse)]
            return min(low for low, _ in ways), max(high for _, high in ways)
        if isinstance(node, (ast.For, ast.While)):
            _, high = self.of(node.body, inside)
            return 0.0, inf if high else 0.0
        if isinstance(node, (ast.With, ast.Try)):
            return self.of(node.body, inside)
        fewest = most = 0.0
        for call in ast.walk(node):
            name = _called(call)
            low = high = float(name == "say")
            if isinstance(call, ast.Call) and name in self.methods and name not in inside:
                method = self.methods[name]
                within = _Counter(self.methods, self.facts | _given(method, call))
                low, high = within.of(method.body, (*inside, name))
            fewest, most = fewest + low, most + high
        return fewest, most


def _given(method: ast.FunctionDef, call: ast.Call) -> Facts:
    """Arguments of a call that are simply true or false, by name; defaults where none is given."""
    arguments = method.args.args
    defaults = zip(arguments[::-1], method.args.defaults[::-1], strict=False)
    named = zip(method.args.kwonlyargs, method.args.kw_defaults, strict=True)
    values = {argument.arg: value for argument, value in (*defaults, *named)}
    values |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    return {
        name: value.value
        for name, value in values.items()
        if isinstance(value, ast.Constant) and isinstance(value.value, bool)
    }
