"""The programs a picture is made by: which they are, and a mark of what each of them does."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import netglow
from netglow.netcore.digits import ASSETS
from netglow.scenes.studio.ask.choices import Failure

_SCENES = Path(__file__).resolve().parents[2]
_OWN_PARTS = ("lang", "models")  # assets that have marks of their own: words and model
_FACE = "netglow"
_EMPTY: tuple[object, ...] = (None, [])  # newer Pythons have more of such fields
_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def mark(data: bytes | str) -> str:
    """A short name for content: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()[:16]


@dataclass(frozen=True)
class _File:
    """What is known of a file: its mark; of a program also what it imports and names."""

    mark: str
    imports: frozenset[str] = frozenset()
    assets: frozenset[Path] = frozenset()


class Programs:
    """The programs in some folders. Each file is read once: make a new one to see changes.

    packages: the folder of every package below ``netglow``; home_of: the module, below
    ``netglow``, that defines a name which is imported from ``netglow`` itself.
    """

    def __init__(
        self, packages: Mapping[str, Path], home_of: Mapping[str, str], assets: Path = ASSETS
    ) -> None:
        self._packages, self._home_of, self._assets = packages, home_of, assets
        self._known: dict[Path, _File] = {}
        self._path_of = cache(self._find)

    def used_by(self, modules: Iterable[str], ignored: tuple[str, ...] = ()) -> dict[str, str]:
        """Marks of these modules, of all that they import, and of the assets they name.

        Nothing whose full name starts with one of ``ignored`` is followed. Raises Failure for a
        relative import that leads out of its package.
        """
        files: set[Path] = set()
        todo = set(modules)
        while todo:
            path = self._path_of(todo.pop())
            if path is not None and path not in files:
                known = self._read(path)
                todo |= {name for name in known.imports if not name.startswith(ignored)}
                files |= {path, *known.assets}
        return dict(sorted((self._name_of(path), self.mark_of(path)) for path in files))

    def mark_of(self, path: Path) -> str:
        """A file's mark; of a program only what it does: comments, layout, docstrings are free."""
        return self._read(path).mark

    def _read(self, path: Path) -> _File:
        if path not in self._known:
            data = path.read_bytes()
            self._known[path] = (
                self._parse(path, data) if path.suffix == ".py" else _File(mark(data))
            )
        return self._known[path]

    def _parse(self, path: Path, source: bytes) -> _File:
        tree = ast.parse(source)
        imported = frozenset(self._imports(tree, path))
        return _File(mark(_meaning(tree)), imported, frozenset(self._assets_in(tree)))

    def _imports(self, tree: ast.Module, path: Path) -> Iterator[str]:
        """Full names of what is imported, and of the packages on the way there."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
                if _FACE in names:  # then any attribute may be a name of the face
                    used = (n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute))
                    names += [f"{_FACE}.{name}" for name in used]
            elif isinstance(node, ast.ImportFrom):
                module = self._module_of(node, path)
                names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
            else:
                continue
            for name in names:
                for found in self._through_the_face(name):
                    parts = found.split(".")
                    yield from (".".join(parts[: n + 1]) for n in range(len(parts)))

    def _module_of(self, node: ast.ImportFrom, path: Path) -> str:
        """What ``from MODULE import`` names, in full."""
        if not node.level:
            return node.module or ""
        package = Path(self._name_of(path)).parent.parts
        if node.level > len(package):
            raise Failure(
                f"{path}: line {node.lineno} imports from outside its package; write netglow...."
            )
        kept = package[: len(package) - node.level + 1]
        return ".".join([_FACE, *kept, *filter(None, [node.module])])

    def _through_the_face(self, name: str) -> list[str]:
        """Where a name of ``netglow`` itself is defined; other names as they are."""
        top, _, rest = name.partition(".")
        if top != _FACE or not rest:
            return [name]
        homes = self._home_of.values() if rest == "*" else [self._home_of.get(rest, rest)]
        return [f"{_FACE}.{home}" for home in homes]

    def _find(self, module: str) -> Path | None:
        """The file of a module of ours; None for others and for names inside a module."""
        top, package, *rest = [*module.split("."), ""]
        if top != _FACE or package not in self._packages:
            return None
        path = self._packages[package].joinpath(*rest[:-1])
        choices = (path.with_suffix(".py"), path / "__init__.py")
        return next((p for p in choices if p.is_file()), None)

    def _name_of(self, path: Path) -> str:
        """``scenes/bias.py``, ``assets/digits.npz``."""
        folders = {**self._packages, "assets": self._assets}
        name, folder = next((n, f) for n, f in folders.items() if path.is_relative_to(f))
        return f"{name}/{path.relative_to(folder).as_posix()}"

    def _assets_in(self, tree: ast.Module) -> Iterator[Path]:
        """Files of assets/ that a program names in a string, whole folders too."""
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            if node.value.split("/")[0] not in self._tops:
                continue
            path = self._assets / node.value
            if self._assets in path.resolve().parents and path.exists():
                yield from (p for p in [path, *path.rglob("*")] if p.is_file())

    @cached_property
    def _tops(self) -> set[str]:
        """Names in assets/ of what has no mark of its own; trying every string takes long."""
        return {path.name for path in self._assets.iterdir()} - set(_OWN_PARTS)


def _meaning(node: object) -> str:
    """A syntax tree as text, without docstrings and places, the same for every Python."""
    if isinstance(node, ast.AST):
        fields = dict(ast.iter_fields(node))
        if isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            fields["body"] = node.body[1:]
        inside = [f"{k}={_meaning(v)}" for k, v in fields.items() if k != "ctx" and v not in _EMPTY]
        return f"{type(node).__name__}({', '.join(inside)})"
    if isinstance(node, list):
        return f"[{', '.join(map(_meaning, node))}]"
    return repr(node)


OURS = Programs({"netcore": _SCENES.with_name("netcore"), "scenes": _SCENES}, netglow.HOME_OF)
