"""Small wrong changes of a program: what a hurried hand exchanges, reverses or miscounts.

Each changes what is chosen, counted, said or coloured, not how long something takes or how thick
a line is.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ROLES = {
    "positive": "negative",
    "correct": "wrong",
    "attention": "muted",
    "bias": "attention",
    "ink": "muted",
}
ROLES |= {other: role for role, other in ROLES.items() if other not in ROLES}
CALLS = {
    "argmax": "argmin",
    "max": "min",
    "maximum": "minimum",
    "floor": "ceil",
    "nanmax": "nanmin",
    "zeros": "ones",
    "any": "all",
    "sum": "mean",
    "cumsum": "cumprod",
    "first": "last",
    "one": "many",
    "row": "column",
    "rows": "columns",
    "w": "b",
    "images": "labels",
}
CALLS |= {other: name for name, other in CALLS.items()}
PAIRS = (
    ("before", "after"),
    ("first", "last"),
    ("first", "second"),
    ("low", "high"),
    ("lowest", "highest"),
    ("left", "right"),
    ("adds", "takes"),
    ("right", "wrong"),
    ("largest", "smallest"),
    ("largest", "nearest"),
    ("rows", "columns"),
    ("row", "column"),
    ("inputs", "outputs"),
    ("truth", "answer"),
    ("one", "other"),
    ("old", "new"),
    ("above", "below"),
    ("x", "y"),
)
LOOKS = {  # arguments that say how long, how thick, where: a matter of taste
    "run_time",
    "rate_func",
    "lag_ratio",
    "buff",
    "stroke_width",
    "width",
    "height",
    "z_index",
    "opacity",
    "corner_radius",
    "path_arc",
    "shift",
    "size",
    "direction",
    "remover",
    "dtype",
}
# Calls whose arguments have no order, or where only who lies above whom would change.
UNORDERED = ("zip", "__init__", "Group", "add", "play", "remove", "FadeIn", "FadeOut", "clip")
COMPARE = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}


@dataclass(frozen=True)
class Mutant:
    """A changed program: which file, which line, what stood there and what stands there now."""

    path: str
    line: int
    kind: str
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        """A line for people."""
        return f"{self.path}:{self.line} {self.kind}: {self.before}  ->  {self.after}"


@dataclass(frozen=True)
class Around:
    """What a program can be confused with: its labels, its facts with their types, its names."""

    labels: tuple[str, ...]
    facts: dict[str, str]
    names: frozenset[str]


def mutants(
    path: str, source: str, labels: Iterable[str] = (), facts: Mapping[str, str] | None = None
) -> list[Mutant]:
    """Every change there is of a program that may ask for these ``labels`` and ``facts``."""
    tree = ast.parse(source)
    names = frozenset(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    around = Around(tuple(sorted(labels)), dict(facts or {}), names)
    found = []
    for node, statement in _places(tree):
        for kind, change in _changes(node, around):
            kind_of, kept = type(node), copy.deepcopy(node.__dict__)
            before = ast.unparse(statement)
            change()
            after, whole = ast.unparse(statement), ast.unparse(tree)
            node.__class__, node.__dict__ = kind_of, kept
            if before != after:
                found.append(Mutant(path, node.lineno, kind, *_shortly(before, after), whole))
    return found


def _shortly(before: str, after: str) -> tuple[str, str]:
    """The lines of two statements that differ."""
    lines = zip(before.split("\n"), after.split("\n"), strict=False)
    return next((a.strip(), b.strip()) for a, b in lines if a != b)


def _places(tree: ast.AST) -> Iterator[tuple[Any, ast.AST]]:
    """Expressions in which a change may mean something, and the statement each is in."""

    def below(node: ast.AST, statement: ast.AST) -> Iterator[tuple[Any, ast.AST]]:
        if isinstance(node, ast.stmt):
            statement = node
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Raise | ast.Assert):
            return
        if isinstance(node, ast.keyword) and node.arg in LOOKS:
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node, ast.expr | ast.If):
            yield node, statement
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from below(child, statement)

    for node in getattr(tree, "body", []):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from below(node, node)


Change = tuple[str, Callable[[], object]]


def _changes(node: Any, around: Around) -> Iterator[Change]:
    """The changes of one expression; each is a name and a function that does it in place."""

    def put(name: str, value: Any) -> Callable[[], None]:
        return lambda: setattr(node, name, value)

    match node:
        case ast.Constant(value=str(text)):
            if text in ROLES:
                yield "role", put("value", ROLES[text])
            elif text in around.labels and len(around.labels) > 1:
                at = around.labels.index(text)
                yield "other label", put("value", around.labels[at - 1])
        case ast.Attribute(attr=name):
            if name in CALLS and isinstance(node.ctx, ast.Load):
                yield "other function", put("attr", CALLS[name])
            elif other := _partner(name, around.names) or _fact_like(node, around.facts):
                yield "other fact", put("attr", other)
            if name == "T":
                yield "not transposed", lambda: _become(node, node.value)
        case ast.Name(id=name) if name in ("max", "min", "sum", "any", "all"):
            yield "other function", put("id", CALLS[name] if name != "sum" else "len")
        case ast.BinOp(op=op) if type(op) in ARITHMETIC and not _is_text(node):
            yield "arithmetic", put("op", ARITHMETIC[type(op)]())
        case ast.Compare(ops=[op]) if type(op) in COMPARE:
            yield "comparison", put("ops", [COMPARE[type(op)]()])
        case ast.UnaryOp(op=ast.USub(), operand=ast.expr() as operand):
            if not isinstance(operand, ast.Constant):
                yield "sign", lambda: _become(node, operand)
        case ast.UnaryOp(op=ast.Not()):
            yield "condition", lambda: _become(node, node.operand)
        case ast.If(test=test) | ast.IfExp(test=test):
            yield "condition", put("test", ast.UnaryOp(ast.Not(), test))
        case ast.Subscript(slice=inside):
            yield from _subscript(node, inside)
        case ast.Call(func=func, args=[ast.expr() as one, ast.expr() as other, *rest]):
            if _alike(one, other) and not ast.unparse(func).endswith(UNORDERED):
                yield "arguments exchanged", put("args", [other, one, *rest])
        case ast.List(elts=[ast.expr() as one, ast.expr() as other, *rest]) if _alike(one, other):
            yield "order", put("elts", [other, one, *rest])
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            value = keyword.value
            if keyword.arg == "axis" and isinstance(value, ast.Constant):
                yield "axis", lambda value=value: setattr(value, "value", 0 if value.value else 1)


def _subscript(node: ast.Subscript, inside: ast.expr) -> Iterator[Change]:
    match inside:
        case ast.Constant(value=int(k)):
            yield "index", lambda: setattr(node, "slice", ast.Constant(0 if k else 1))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int())):
            yield "index", lambda: setattr(node, "slice", ast.Constant(0))
        case ast.Name() | ast.Attribute():
            less = ast.BinOp(inside, ast.Sub(), ast.Constant(1))
            yield "index off by one", lambda: setattr(node, "slice", less)
        case ast.Slice(lower=None, upper=ast.expr() as upper):
            more = ast.Slice(None, ast.BinOp(upper, ast.Sub(), ast.Constant(1)))
            yield "count off by one", lambda: setattr(node, "slice", more)
        case ast.Slice(step=ast.UnaryOp()):
            yield "order", lambda: setattr(node, "slice", ast.Slice())


def _fact_like(node: ast.Attribute, facts: dict[str, str]) -> str | None:
    """Another fact of the same type."""
    if not ast.unparse(node.value).endswith("facts") or node.attr not in facts:
        return None
    like = [name for name, of in facts.items() if of == facts[node.attr]]
    other = like[(like.index(node.attr) + 1) % len(like)]
    return other if other != node.attr else None


def _partner(name: str, others: Iterable[str]) -> str | None:
    """The other of a pair, if it is there: ``low_share`` for ``high_share``."""
    parts = re.split(r"([_-])", name)
    for one, other in PAIRS:
        for this, that in ((one, other), (other, one)):
            if this in parts:
                found = "".join(that if part == this else part for part in parts)
                if found in others and found != name:
                    return found
    return None


def _alike(one: ast.expr, other: ast.expr) -> bool:
    """Whether both are names, so that one could be taken for the other."""
    kinds = (ast.Name, ast.Attribute)
    return isinstance(one, kinds) and isinstance(other, kinds) and ast.dump(one) != ast.dump(other)


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _become(node: Any, other: ast.expr) -> None:
    """Turn an expression into another one in its place."""
    node.__class__ = other.__class__
    node.__dict__ = dict(other.__dict__)
