"""The profile: every second belongs to one part, and the parts are those that did the work."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from manim import RIGHT, UP, Dot, FadeIn, tempconfig
from rich.console import Console

from netglow.scenes.bench.measure import EncodeOnly
from netglow.scenes.bench.profile import HEADS, OTHER, PARTS, Clock, Profile, measuring
from netglow.scenes.engine.batches import Cells, Edges
from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.studio.ask.choices import QUALITIES
from netglow.scenes.studio.ask.cli import main
from tests.filming import TINY, WORDS

SLOW = 0.02  # seconds


class Watch:
    """A clock whose hands are moved by hand."""

    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_what_is_inside_another_part_counts_for_itself_alone():
    watch = Watch()
    clock = Clock(watch)
    watch.time += 1
    with clock.part("edges"):
        watch.time += 10
        with clock.part("bloom and tone map"):
            watch.time += 100
        watch.time += 1000
    watch.time += 10_000
    clock.lap()
    spent = {name: seconds for name, seconds in clock.seconds.items() if seconds}
    assert spent == {"edges": 1010, "bloom and tone map": 100, OTHER: 10_001}


def construct(scene: NetglowScene) -> None:
    """Edges, cells and a dot, in two sections; each is late by SLOW in its own code."""
    edges = Edges([[-3, -1, 0]], [[3, 1, 0]], (1, 1, 1), 0.5, stroke_width=9)
    cells = Cells([UP], 0.5)
    for name, numbers in (("first", {"n": 7}), ("second", {})):
        with scene.section(name, **numbers):
            time.sleep(SLOW)
            scene.add(edges, cells)
            scene.play(FadeIn(Dot()), edges.animate.shift(RIGHT), cells.animate.shift(RIGHT))


@pytest.fixture
def measured(tmp_path: Path, story) -> Callable[..., tuple[Clock, float, int]]:
    """``measured(section=None)``: a clock after a render, the seconds it took, the frames."""

    def run(section: str | None = None) -> tuple[Clock, float, int]:
        own = {"construct": construct, "script": WORDS, "writer_class": EncodeOnly}
        kind, clock = type("Clip", (NetglowScene,), own), Clock()
        with tempconfig(TINY | {"dry_run": False, "media_dir": str(tmp_path)}):
            scene = kind(story=story, section=section)
            with measuring(clock, scene):
                start = time.perf_counter()
                clock.restart()
                scene.render()
                clock.lap()
                taken = time.perf_counter() - start
        return clock, taken, scene.renderer.file_writer.frames_written

    return run


def test_the_parts_add_up_to_the_time_it_took(measured):
    clock, taken, _ = measured()
    assert sum(clock.seconds.values()) == pytest.approx(taken, abs=0.005)
    idle = {name for name, seconds in clock.seconds.items() if seconds == 0}
    assert idle <= {"stills", "images", "laying overlays"}
    assert clock.seconds["the scene's own code"] >= 2 * SLOW


def test_the_time_of_painting_cells_is_theirs(measured, monkeypatch):
    paint, painted = StageCamera.display_cells, []

    def slowly(*args) -> None:
        time.sleep(SLOW)
        painted.append(args)
        paint(*args)

    monkeypatch.setattr(StageCamera, "display_cells", slowly)
    clock, _, _ = measured()
    assert len(painted) > 10
    assert clock.seconds["cells"] >= SLOW * len(painted)


def test_of_a_section_only_its_own_frames_count(measured):
    clock, taken, frames = measured("second")
    _, _, all_frames = measured()
    assert 0 < frames < all_frames
    assert clock.seconds["the scene's own code"] >= SLOW
    assert sum(clock.seconds.values()) < taken - SLOW


def test_the_engine_is_as_before_afterwards(measured):
    methods = [(owner, name) for part in PARTS.values() for owner, name in part]
    before = [(getattr(owner, name), name in vars(owner)) for owner, name in methods]
    measured()
    assert [(getattr(owner, name), name in vars(owner)) for owner, name in methods] == before


def test_the_layout_does_not_depend_on_the_numbers():
    rng = np.random.default_rng(4)
    texts = []
    for _ in range(2):
        spent = dict(zip(PARTS, rng.uniform(0, 2, len(PARTS)), strict=True))
        out = Console(width=80, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
        out.print(Profile("Clip", QUALITIES["t"], 100, spent).table())
        texts.append(out.export_text().splitlines())
    one, other = texts
    assert [line[:22] for line in one] == [line[:22] for line in other]
    assert len(one) == len(PARTS) + 3  # title, heads, the whole
    assert [len(line.rstrip()) for line in one[1:]] == [len(line.rstrip()) for line in other[1:]]


def test_a_section_of_a_clip_from_the_command_line(capsys):
    assert main(["profile", "ForwardPass", "--section", "read-the-answer", "-q", "t"]) == 0
    title, heads, *rows = capsys.readouterr().out.splitlines()
    assert title.startswith("ForwardPass.read-the-answer: ")
    assert heads == "\t".join(HEADS)
    assert [row.split("\t")[0] for row in rows] == [*PARTS, "all"]
    *parts, whole = (float(row.split("\t")[1]) for row in rows)
    assert sum(parts) == pytest.approx(whole, abs=0.01 * len(parts))
    assert rows[-1].endswith("100.0%")


@pytest.mark.parametrize(
    "args, message",
    [
        (["ForwardPas"], "there is no clip 'ForwardPas'; did you mean ForwardPass?"),
        (["ForwardPass", "--section", "nope"], "ForwardPass has no section 'nope'; there are "),
    ],
)
def test_wrong_use(args, message, capsys):
    assert main(["profile", *args]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"netglow: {message}")
    assert err.count("\n") == 1
