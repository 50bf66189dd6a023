"""The words have a sentence for every ``say()``, in every variant, without playing anything."""

from __future__ import annotations

from fnmatch import fnmatch
from math import inf
from pathlib import Path

import pytest

import netglow.scenes
from netglow.netcore.network import ACTIVATIONS
from netglow.scenes.catalog import CLIPS
from netglow.scenes.stage.captions import languages, load_script
from tests.stage.sayings import opened

SCENES = Path(netglow.scenes.__file__).parent
FILES = [SCENES / f"{clip.module}.py" for clip in CLIPS]
FILES += [SCENES / "cards" / f"{name}.py" for name in ("title_card", "ending_card")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", languages())
def test_there_is_a_sentence_for_every_call(path, language):
    sections = load_script(path.stem, language).sections
    told = set()
    for found in opened(path.read_text("utf-8")):
        own = {f"{found.name}-{kind}" for kind in ACTIVATIONS}  # words for one activation
        names = {name for name in sections if fnmatch(name, found.name) or name in own}
        told |= names
        assert names, f"{path.name}:{found.line}: no words for the section {found.name!r}"
        for name in names:
            left = len(sections[name].say) - 1  # the first is said by itself
            calls = found.fewest if found.most == inf else found.most
            assert calls <= left, f"{path.name}:{found.line}: {name} has {left + 1} sentences"
    assert set(sections) == told, "words of sections that the scene never opens"


SCENE = """
class Scene:
    def construct(self):
        with self.section(NAME):
BODY

    def twice(self):
        self.say()
        self.play(FadeIn(self.label(self.say())))

    def maybe(self, speaks=False):
        if speaks:
            self.say()

    def endless(self):
        self.endless()
"""


@pytest.mark.parametrize(
    ("body", "fewest", "most"),
    [
        ("pass", 0, 0),
        ("self.say()", 1, 1),
        ("self.twice()\nself.say()", 3, 3),
        ("if self.x:\n    self.say()", 0, 1),
        ("if self.x:\n    self.twice()\nelse:\n    self.say()", 1, 2),
        ("for _ in self.x:\n    self.say()", 0, inf),
        ("for _ in self.x:\n    self.play()", 0, 0),
        ("def later():\n    self.say()\nself.play(later)", 0, 0),
        ("with self.other():\n    self.say()", 1, 1),
        ("self.endless()", 0, 0),
        ("self.maybe()", 0, 0),
        ("self.maybe(speaks=True)", 1, 1),
        ("self.maybe(speaks=self.x)", 0, 1),
    ],
)
def test_calls_are_counted_on_every_way(body, fewest, most):
    lines = "\n".join(" " * 12 + line for line in body.splitlines())
    (found,) = opened(SCENE.replace("NAME", "'one'").replace("BODY", lines))
    assert (found.name, found.fewest, found.most) == ("one", fewest, most)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("'one'", {"one": 2}),
        ("'one' if self.x else 'other'", {"one": 2, "other": 1}),
        ("'one' + ('-more' if self.x else '')", {"one-more": 2, "one": 1}),
        ("f'one{self.y}'", {"one*": 2}),
        ("self.name", {"*": 2}),
    ],
)
def test_a_name_knows_what_it_takes_for_granted(name, found):
    body = " " * 12 + "self.say()\n" + " " * 12 + "if self.x:\n" + " " * 16 + "self.say()"
    source = SCENE.replace("NAME", name).replace("BODY", body)
    assert {one.name: one.most for one in opened(source)} == found
