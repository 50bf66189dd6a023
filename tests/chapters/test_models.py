"""Every chapter with networks unlike the usual one: it plays, is in order and tells the truth.

A ReLU network, one that is right about six times in ten, and a wide one with one hidden layer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import save_model
from netglow.netcore.network import forward_batch
from netglow.netcore.study import facts
from netglow.netcore.study.robustness import shifted_accuracy
from netglow.netcore.training import QUICK, train
from netglow.scenes.catalog import CLIPS, clip_named
from netglow.scenes.stage.captions import load_script
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story
from tests.chapters import checks
from tests.chapters.words import said, section_of

WEAK = QUICK.with_changes(epochs=2, lr=0.003)
MODELS = ("relu", "weak", "wide")


@pytest.fixture(scope="session")
def weak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that stopped learning too early, always alike."""
    path = tmp_path_factory.mktemp("models") / "weak.safetensors"
    save_model(path, train(*load_digits(), WEAK))
    return path


@pytest.fixture(scope="session")
def models(weak: Path, wide: Path) -> dict[str, Path]:
    """The model files."""
    return {"relu": ASSETS / "models" / "relu.safetensors", "weak": weak, "wide": wide}


@pytest.fixture(
    scope="module",
    params=[(clip.name, name) for clip in CLIPS for name in MODELS],
    ids=lambda pair: "-".join(pair),
)
def scene(request, play, models) -> NetglowScene:
    clip, name = request.param
    return play(clip, model=models[name])


def words_of(scene: NetglowScene, section: str) -> str:
    """The title and all that is said in a section, in one line."""
    return f"{section_of(scene, section).title} {said(scene, section)}"


# --- the fixtures are what they are called ---
def test_the_networks_are_unlike_the_usual_one(models):
    relu, weak, wide = (Story.choose(models[name]) for name in MODELS)
    assert relu.network.activations[0] == "relu"
    assert 0.5 < facts.accuracy(weak.network, weak.digits) < 0.7
    assert wide.network.sizes == (784, 32, 10)
    assert facts.accuracy(wide.network, wide.digits) > 0.85


# --- in order ---
def test_it_is_as_long_as_a_chapter(scene):
    assert 40 <= scene.duration_seconds <= 80


def test_pictures_are_in_order_at_the_end_of_every_section(scene):
    assert scene.section_ends and scene.poster_frame is not None
    wrong = checks.disorder(scene.section_ends, moved_camera=False)
    assert not wrong, "\n".join(wrong)


def test_nothing_shown_or_said_is_a_gap_in_the_numbers(scene):
    texts = [words_of(scene, mark.name) for mark in scene.sections]
    texts += [t.text for things, _ in scene.section_ends.values() for t in things if t.text]
    assert not [text for text in texts if re.search(r"\b(nan|inf|None)\b|[{}]", text)]


# --- true: what the words quote is computed from the network again ---
def percent(story: Story) -> str:
    return f"{100 * facts.accuracy(story.network, story.digits):.1f}"


def right_answers(story: Story) -> str:
    return f"{round(facts.accuracy(story.network, story.digits) * len(story.digits)):,}"


def weights(story: Story) -> str:
    return f"{sum(w.size for w in story.network.w):,}"


def parameters(story: Story) -> str:
    return f"{sum(a.size for a in (*story.network.w, *story.network.b)):,}"


def first(story: Story) -> str:
    return f"{story.network.w[0].size:,}"


def neurons(story: Story) -> int:
    return story.network.sizes[1]


def hidden(story: Story) -> int:
    return sum(story.network.sizes[1:-1])


def answer(story: Story) -> str:
    return story.network.class_names[story.trace.predicted]


def moved_far(story: Story) -> str:
    return f"{100 * shifted_accuracy(story.network, story.digits, 4):.1f}"


def two_highest(story: Story) -> np.ndarray:
    """(n, 2) the highest output and the next of every test image."""
    return np.sort(forward_batch(story.network, story.digits.images).output, axis=1)[:, :-3:-1]


def as_said(value: float) -> Callable[[str], bool]:
    """Whether a text is this number, rounded to the places it has."""
    return lambda text: text == f"{value:.{len(text.partition('.')[2])}f}"


def smallest_sum(story: Story) -> Callable[[str], bool]:
    """Of the story's image, in the first layer; the minus is a typographic one."""
    return lambda text: as_said(float(story.trace.z[0].min()))(text.replace("\u2212", "-"))


def runner_up(story: Story) -> Callable[[str], bool]:
    return as_said(float(two_highest(story)[:, 1].max()))


def answered(story: Story) -> Callable[[str], bool]:
    return as_said(float(story.trace.output.max()))


# clip, section (or an alternative to it), number, what it has to be: a value, or a test of the text
QUOTED: tuple[tuple[str, str, str, Callable[[Story], Any]], ...] = (
    ("Layers", "the-hidden-layers", "layers", lambda story: len(story.network.w) - 1),
    ("Layers", "one-forward-pass", "predicted", answer),
    ("ForwardPass", "the-edges", "hidden", hidden),
    ("ForwardPass", "the-edges", "edges", weights),
    ("ForwardPass", "read-the-answer", "predicted", answer),
    ("ForwardPass", "read-the-answer", "output", answered),
    ("ForwardPass", "one-it-gets-wrong", "percent", percent),
    ("Squish", "any-sum", "n", neurons),
    ("Squish", "any-sum", "low", smallest_sum),
    ("ThirteenThousand", "the-first-layer", "first", first),
    ("ThirteenThousand", "dials", "total", parameters),
    ("ThirteenThousand", "all-at-once", "percent", percent),
    ("MatrixProduct", "the-matrix", "weights", first),
    ("OneBigFunction", "the-network", "parameters", parameters),
    ("OneBigFunction", "two-light-up", "second", runner_up),
    ("Learning", "never-seen", "right", right_answers),
    ("Learning", "never-seen", "percent", percent),
    ("ReLU", "closing", "percent", percent),
    ("WhatItReallyLearned", "the-facts", "n", neurons),
    ("WhatItReallyLearned", "moved", "first", percent),
    ("WhatItReallyLearned", "moved", "last", moved_far),
)


def says(clip: str, section: str, number: str) -> bool:
    """Whether a number is filled into the title or a sentence of a section."""
    words = load_script(clip_named(clip).module).sections[section]
    return any(f"{{{number}}}" in text for text in (words.title, *words.say))


def test_the_numbers_said_are_those_of_this_network(scene):
    clip = type(scene).__name__
    quoted = [row[1:] for row in QUOTED if row[0] == clip]
    if not quoted:
        pytest.skip("this chapter is about the digits or a stored experiment")
    for section, number, truth in quoted:
        mark = section_of(scene, section)
        if not says(clip, mark.name, number):
            continue  # another section is played instead, without this number
        found, expected = str(mark.numbers[number]), truth(scene.story)
        fits = expected(found) if callable(expected) else found == str(expected)
        assert fits, f"{mark.name}: {number} is said to be {found}"


@pytest.mark.parametrize(("clip", "section", "number"), [row[:3] for row in QUOTED])
def test_every_number_that_is_checked_is_said_somewhere(clip, section, number):
    names = load_script(clip_named(clip).module).sections
    assert any(says(clip, name, number) for name in names if f"{name}-".startswith(f"{section}-"))
