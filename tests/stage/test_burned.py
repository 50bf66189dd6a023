"""Captions drawn into the picture."""

from __future__ import annotations

import av
import numpy as np
import pytest
from manim import tempconfig

from netglow.scenes.engine.writer import laid_on
from netglow.scenes.stage.burned import SIZE, burn_captions, strip
from netglow.scenes.stage.captions import LINE
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.voice.sound import RATE
from tests.filming import TINY, WORDS

WIDE = "\n".join(["W" * LINE] * 2)


@pytest.mark.parametrize("height", [480, 720, 1080])
def test_two_full_lines_fit_and_can_be_read_on_a_phone(height):
    width = height * 16 // 9
    sentence = "\n".join(["The network: it is a large function, so to".ljust(LINE)] * 2)
    picture = strip(sentence, height)
    assert picture.shape[1] < 0.9 * width
    assert picture.shape[0] < 0.17 * height
    assert strip(WIDE, height).shape[1] <= 1.2 * width  # nobody writes so
    opaque = picture[..., 3] == 255  # the letters; the box lets the picture shine through
    rows = np.flatnonzero(opaque.any(axis=1))
    assert (rows[-1] - rows[0]) > 1.8 * SIZE * height


def test_white_on_dark_whatever_is_below():
    picture = strip("Hello", 480)
    for ground in (0, 255):
        frame = np.full((480, 854, 4), ground, np.uint8)
        shown = laid_on(frame, picture).astype(int)
        assert (frame == ground).all()  # the painter's own picture stays as it is
        box = shown[-picture.shape[0] : -10, 427 - 30 : 427 + 30, :3]
        assert box.max() > 245 and np.median(box) < 90
        assert (shown[: 480 - picture.shape[0]] == ground).all()
        assert (shown[..., 3] == frame[..., 3]).all()


def test_half_transparent_is_half_of_both():
    over = np.zeros((2, 2, 4), np.uint8)
    over[...] = (200, 100, 0, 51)  # a fifth
    frame = np.full((4, 6, 4), 100, np.uint8)
    shown = laid_on(frame, over)
    assert (shown[2:, 2:4, :3] == (120, 100, 80)).all()
    assert (shown[:2] == 100).all() and (shown[:, :2] == 100).all() and (shown[:, 4:] == 100).all()


class Quick:
    """A teller whose sentences take half a second each."""

    def tell(self, place: str, aloud: str) -> np.ndarray:
        return np.zeros(RATE // 2, np.float32)


def test_every_frame_shows_what_is_said_at_its_time(story, tmp_path):
    """Held pictures, too, are cut where a caption begins or ends."""

    def construct(scene: NetglowScene) -> None:
        with scene.section("first", n=7):
            scene.wait(0.3)
        with scene.section("second"):
            scene.wait(0.2)

    kind = type("Clip", (NetglowScene,), {"construct": construct, "script": WORDS})
    films = []
    for burns in (False, True):
        folder = str(tmp_path / str(burns))
        with tempconfig(TINY | {"dry_run": False, "media_dir": folder, "pixel_format": "yuv444p"}):
            scene = kind(story=story, teller=Quick())
            if burns:
                burn_captions(scene)
            scene.render()
            path = scene.renderer.file_writer.movie_file_path
        with av.open(str(path)) as video:
            films.append([frame.to_ndarray(format="gray").astype(int) for frame in video.decode()])
    plain, burnt = films
    assert len(plain) == len(burnt)
    rate = TINY["frame_rate"]
    for number, (one, other) in enumerate(zip(plain, burnt, strict=True)):
        said = [cue for cue in scene.cues if cue.start - 1e-6 <= number / rate < cue.end - 1e-6]
        changed = np.abs(one - other) > 30
        assert changed.any() == bool(said), number
        assert not changed[: round(0.75 * len(changed))].any()
    starts = [round(cue.start * rate) for cue in scene.cues]
    assert len(starts) == len(set(starts)) == 3
    first, second, third = (burnt[start] for start in starts)
    assert np.abs(first - second).max() > 30 and np.abs(second - third).max() > 30
