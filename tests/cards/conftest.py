"""Cards played without drawing their frames, or with every frame kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import tempconfig

from netglow.scenes.cards.card import Card, Seam
from netglow.scenes.stage.story import Story
from tests.chapters.playing import SMALL
from tests.filming import Recorder

WIDTH, HEIGHT = SMALL["pixel_width"], SMALL["pixel_height"]


class Kept(Recorder):
    """Keeps every frame, for cards."""


@pytest.fixture
def show(tmp_path) -> Callable[..., Card]:
    """``show(card, seam, filmed=False, **choices)``: the card after its run.

    With ``filmed`` every frame is in ``card.film`` (n, height, width, 3).
    """

    def run(kind: type[Card], seam: Seam, filmed: bool = False, **choices: Any) -> Card:
        own = {"writer_class": Kept} if filmed else {}
        made = type(kind.__name__, (kind,), {"__module__": kind.__module__, **own})
        with tempconfig(SMALL | {"media_dir": str(tmp_path)}):
            card = made(seam, story=Story.choose(**choices), skip_animations=not filmed)
            card.render()
        if filmed:
            card.film = np.array(card.renderer.file_writer.film, np.int16)
        return card

    return run


@pytest.fixture
def pictures() -> tuple[np.ndarray, np.ndarray]:
    """Two pictures of the frame's size: one before a card, one after it."""
    rng = np.random.default_rng(3)
    fields = rng.integers(0, 256, (2, HEIGHT // 20, WIDTH // 20 + 1, 3), dtype=np.uint8)
    before, after = fields.repeat(20, axis=1).repeat(20, axis=2)[:, :, :WIDTH]
    return before, after
