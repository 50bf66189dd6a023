"""What the documents name is there: files, folders, make targets and commands."""

from __future__ import annotations

import re

import pytest

from netglow.scenes.studio.ask.parser import COMMANDS
from tests.studio.running import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
TOPS = ("scenes", "netcore", "assets", "tests", ".ci", "Makefile", "pyproject.toml", "manim.cfg")
TO_BE_MADE = ("my_chapter", "<chapter>", "assets/lang/de")  # by the reader


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_is_named_exists(document):
    named = re.findall(r"`([\w./<>*-]+)`|\]\(([\w./-]+)\)", text(document))
    paths = {code or link for code, link in named if (code or link).split("/")[0] in TOPS}
    there = {path for path in paths if list(ROOT.glob(path.rstrip("/")))}
    assert {p for p in paths - there if not any(part in p for part in TO_BE_MADE)} == set()
    assert document == "CHANGELOG.md" or len(there) > 5


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_is_named_exists(document):
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    pieces = re.findall(r"```sh\n(.*?)```|`([^`\n]*)`", text(document), re.DOTALL)
    code = "\n".join(block or inline for block, inline in pieces)
    assert set(re.findall(r"\bmake (\w+)", code)) <= targets
    commands = set(re.findall(r"(?<!from )\bnetglow ([a-z]+)\b", code))
    assert commands <= {command.name for command in COMMANDS}
    assert document == "CHANGELOG.md" or len(commands) > 3
