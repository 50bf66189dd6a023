"""Every chapter with networks unlike the usual one: it plays, and is in order.

A ReLU network, one that is right about six times in ten, and a wide one with one hidden layer.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netglow.netcore.digits import ASSETS
from netglow.netcore.study import facts
from netglow.scenes.catalog import CLIPS
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story
from tests.chapters import checks
from tests.chapters.words import said, section_of

MODELS = ("relu", "weak", "wide")


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
    assert 40 <= scene.duration_seconds <= 135


def test_pictures_are_in_order_at_the_end_of_every_section(scene):
    assert scene.section_ends and scene.poster_frame is not None
    wrong = checks.disorder(scene.section_ends, moved_camera=False)
    assert not wrong, "\n".join(wrong)


def test_nothing_shown_or_said_is_a_gap_in_the_numbers(scene):
    texts = [words_of(scene, mark.name) for mark in scene.sections]
    texts += [t.text for things, _ in scene.section_ends.values() for t in things if t.text]
    assert not [text for text in texts if re.search(r"\b(nan|inf|None)\b|[{}]", text)]
