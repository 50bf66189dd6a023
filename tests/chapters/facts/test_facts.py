"""Every fact, every sentence and everything drawn, once more: from the files, in plain NumPy."""

from __future__ import annotations

import importlib
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from netglow.netcore.digits import ASSETS
from netglow.scenes.catalog import CLIPS, clip_named
from netglow.scenes.facts.base import Facts
from netglow.scenes.stage.captions import Script, load_script
from tests.chapters.facts.raw import Raw, filled, for_training, raw_of
from tests.chapters.facts.screen import Shown, is_text

DONE = [clip for clip in CLIPS if Path(__file__).with_name(f"{clip.module}.py").exists()]
STORIES = ("default", "relu", "weak", "wide", "seven", "wrong", "own")


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An own image: a training image, as a file of the data set's own form."""
    images, labels = for_training()
    five = images[np.flatnonzero(labels == 5)[3]]
    path = tmp_path_factory.mktemp("own") / "five.png"
    Image.fromarray(np.uint8(np.rint(255 * five))).save(path)
    return path


@pytest.fixture(scope="session")
def choices(weak: Path, wide: Path, own: Path) -> dict[str, dict[str, Any]]:
    """What each story is asked for."""
    nobody = raw_of()
    return {
        "default": {},
        "relu": {"model": ASSETS / "models" / "relu.safetensors"},
        "weak": {"model": weak},
        "wide": {"model": wide},
        "seven": {"digit": 7},
        "wrong": {"index": int(np.flatnonzero(nobody.answers != nobody.labels)[0])},
        "own": {"image": own},
    }


class Case:
    """A chapter played with a story, and what it should be."""

    def __init__(self, clip: Any, scene: Any, raw: Raw) -> None:
        self.clip, self.scene, self.raw = clip, scene, raw
        self.module = importlib.import_module(f"tests.chapters.facts.{clip.module}")
        self.table: dict[str, Any] = self.module.table(raw)
        self.script: Script = load_script(clip.words)


@pytest.fixture(
    scope="module",
    params=[(clip, story) for clip in DONE for story in STORIES],
    ids=lambda pair: f"{pair[0].name}-{pair[1]}",
)
def case(request, play, choices) -> Case:
    clip, story = request.param
    return Case(clip, play(clip.name, **choices[story]), raw_of(**choices[story]))


# --- facts ---
def test_every_fact(case):
    facts = case.scene.facts
    names = {field.name for field in fields(facts)}
    assert names == set(case.table), names ^ set(case.table)
    for name in names:
        mine, again = getattr(facts, name), case.table[name]
        assert_same(name, mine, again)


def assert_same(name: str, mine: Any, again: Any) -> None:
    if isinstance(again, str | bool | int | np.bool_ | np.integer) or again is None:
        assert mine == again, f"{name}: {mine} is {again}"
    elif isinstance(again, list | tuple | range):
        assert len(mine) == len(again), name
        for one, other in zip(mine, again, strict=True):
            assert_same(name, one, other)
    else:
        np.testing.assert_allclose(mine, again, rtol=1e-6, atol=1e-9, err_msg=name)


# --- words ---
def test_what_is_said_is_true_and_in_order(case):
    wanted = case.module.sections(case.table)
    assert [section.name for section in case.scene.sections] == wanted
    for played in case.scene.sections:
        words = case.script.sections[played.name]
        told = [case.scene.script.fill(s, played.numbers) for s in words.say]
        assert told == [filled(sentence, case.table) for sentence in words.say]
        assert played.title == filled(words.title, case.table)
        assert len(played.sentences) == len(words.say)
    said = " ".join(cue.text.replace("\n", " ") for cue in case.scene.cues)
    sentences = [s for name in wanted for s in case.script.sections[name].say]
    assert said == " ".join(filled(sentence, case.table) for sentence in sentences)


# --- the screen ---
def test_every_text_on_the_screen_comes_from_the_words_and_the_facts(case):
    allowed = labels_of(case)
    wrong = {
        f"{thing.moment}: {thing.text!r}"
        for thing in case.scene.shown
        if is_text(thing) and thing.text not in allowed
    }
    assert not wrong, "\n".join(sorted(wrong))


def labels_of(case: Case) -> set[str]:
    """All labels as they may stand there, whole and line by line; class names; literals."""
    extras = getattr(case.module, "labels", lambda table, raw: {})(case.table, case.raw)
    allowed = {str(digit) for digit in range(10)} | set(case.module.LITERALS)
    for name, text in case.script.labels.items():
        for more in extras.get(name, [{}]):
            whole = filled(text, case.table | more)
            allowed |= {whole, *(line.strip() for line in whole.split("\n"))}
    return allowed


def test_every_number_and_array_on_the_screen_is_in_the_table(case):
    drawn = [np.asarray(value, float) for value in case.module.drawn(case.table, case.raw)]
    scalars = np.array([value for value in drawn if not value.ndim])
    arrays = [value for value in drawn if value.ndim]
    wrong = set()
    for thing in case.scene.shown:
        if thing.value is None or is_accounted(thing, scalars, arrays):
            continue
        shape = np.shape(thing.value)
        what = f"{thing.value}" if not shape else f"{shape} {np.ravel(thing.value)[:4]}"
        wrong.add(f"{thing.moment}: {thing.kind} {what}")
    assert not wrong, "\n".join(sorted(wrong))


def is_accounted(thing: Shown, scalars: np.ndarray, arrays: list[np.ndarray]) -> bool:
    if not np.ndim(thing.value):
        places = getattr(thing.mobject, "places", 2)
        close = np.abs(scalars - float(thing.value)) < 0.5000001 * 10.0**-places
        return bool(close.any()) or thing.value == 0  # a count that has not begun
    value = np.asarray(thing.value)
    same = (a for a in arrays if a.shape == value.shape)
    return any(np.allclose(value, a, rtol=1e-5, atol=1e-6) for a in same) or not value.any()


# --- nothing is left out ---
@pytest.mark.parametrize("clip", DONE, ids=lambda clip: clip.name)
def test_every_brace_is_a_fact(clip):
    scene = clip_named(clip.name).load()
    assert scene.tells is not Facts
    names = {field.name for field in fields(scene.tells)}
    script = load_script(clip.words)
    for section in script.sections.values():
        texts = [section.title, *section.say, *section.aloud.values()]
        braces = {brace for text in texts for brace in re.findall(r"\{(\w+)", text)}
        assert braces <= names, braces - names


def test_the_tables_are_those_of_chapters():
    helpers = {"cutting", "raw", "screen", "test_facts"}
    mine = {path.stem for path in Path(__file__).parent.glob("*.py")} - helpers
    assert mine <= {clip.module for clip in CLIPS}
