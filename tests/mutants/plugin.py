"""A pytest plugin: one module of ours is loaded with another source than its file has.

``NETGLOW_MUTANT`` is the file's path, ``NETGLOW_MUTANT_SOURCE`` the file that is read instead. No
file of the project is changed, so several runs at once do not disturb each other.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any


class Changed(SourceFileLoader):
    """Loads a module whose source stands elsewhere."""

    def get_code(self, fullname: str) -> CodeType:
        source = Path(os.environ["NETGLOW_MUTANT_SOURCE"]).read_text("utf-8")
        return compile(source, self.path, "exec")


class Finder:
    """Finds the changed module before the others do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if not name.startswith("netglow.") or name.rpartition(".")[2] != self.path.stem:
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is None or spec.origin is None or Path(spec.origin).resolve() != self.path:
            return None
        loader = Changed(name, spec.origin)
        return importlib.util.spec_from_file_location(name, spec.origin, loader=loader)


sys.meta_path.insert(0, Finder(Path(os.environ["NETGLOW_MUTANT"]).resolve()))
