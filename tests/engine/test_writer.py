"""The written video: as many frames as were played, one stream, colours that are labelled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from manim import RIGHT, Dot, tempconfig

from netglow.scenes.stage.scene import NetglowScene
from tests.filming import TINY, WORDS

BT709 = 1


def two_sections(scene: NetglowScene) -> None:
    dot = Dot(radius=1, color="#56b4e9")
    scene.add(dot)
    with scene.section("first", n=7):
        scene.play(dot.animate.shift(3 * RIGHT), run_time=1.0)
        scene.say()
    with scene.section("second"):
        scene.play(dot.animate.shift(-3 * RIGHT), run_time=0.5)


@pytest.fixture
def render(tmp_path: Path, story) -> Callable[..., NetglowScene]:
    """``render(**settings)``: the scene after a real render into the test's folder."""

    def run(on_frame: Callable[[int], None] | None = None, **settings) -> NetglowScene:
        kind = type("Clip", (NetglowScene,), {"construct": two_sections, "script": WORDS})
        told = TINY | {"dry_run": False, "media_dir": str(tmp_path)} | settings
        with tempconfig(told):
            scene = kind(story=story, on_frame=on_frame)
            scene.render()
        return scene

    return run


def videos(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*.mp4") if "partial" not in str(p))


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_every_played_frame_is_in_the_video(render, tmp_path):
    scene = render()
    (path,) = videos(tmp_path)
    frames = decoded(path)
    assert len(frames) == round(scene.duration_seconds * TINY["frame_rate"])
    assert scene.renderer.file_writer.frames_written == len(frames)
    assert scene.cues[-1].end == pytest.approx(len(frames) / TINY["frame_rate"])


def test_the_frames_show_the_picture(render, tmp_path):
    render()
    first, moved = (f.astype(int) for f in np.array(decoded(videos(tmp_path)[0]))[[0, 12]])
    blue = np.array([0x56, 0xB4, 0xE9])
    assert np.abs(first[45, 80] - blue).max() <= 6  # through BT.709 and back
    assert np.abs(moved[45, 80 + 34] - blue).max() <= 6
    assert moved[45, 80].max() < 60


def test_the_video_says_that_its_colours_are_bt709(render, tmp_path):
    render()
    with av.open(str(videos(tmp_path)[0])) as container:
        context = container.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (BT709,) * 3
        assert context.color_range == 1  # limited, as players expect
        assert (context.width, context.height) == (160, 90)
        assert container.streams.video[0].average_rate == 10


def test_a_clip_is_encoded_as_one_piece(render, tmp_path):
    scene = render()
    assert len(scene.renderer.file_writer.partial_movie_files) == 1


def test_progress_is_told_frame_by_frame(render):
    told: list[int] = []
    scene = render(on_frame=told.append)
    assert sum(told) == scene.renderer.file_writer.frames_written
    assert min(told) >= 1


def test_save_sections_falls_back_to_a_piece_a_play(render, tmp_path):
    scene = render(save_sections=True)
    sections = sorted(p for p in tmp_path.rglob("sections/*.mp4"))
    assert len(sections) == 2
    assert sum(len(decoded(p)) for p in sections) == scene.renderer.file_writer.frames_written
    assert len([p for p in scene.renderer.file_writer.partial_movie_files if p]) > 2


def test_a_still_needs_no_video(render, tmp_path):
    scene = render(save_last_frame=True)
    assert videos(tmp_path) == []
    assert len(list(tmp_path.rglob("*.png"))) == 1
    assert scene.duration_seconds > 1


def test_a_dry_run_writes_nothing(render, tmp_path):
    scene = render(dry_run=True)
    assert [p for p in tmp_path.rglob("*") if p.suffix in (".mp4", ".png")] == []
    assert scene.duration_seconds > 1
