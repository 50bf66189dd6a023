"""The scene of the README: a file of its own, rendered by the command that stands below it."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys

import av
import numpy as np
import pytest
import srt
from manim import Text, tempconfig

from netglow.netcore.network import forward
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.stage.story import Story
from netglow.scenes.studio.ask.choices import QUALITIES
from netglow.scenes.studio.make.render import settings
from tests.studio.running import ROOT, environment

README = (ROOT / "README.md").read_text("utf-8").split("## Your own scene")[1].split("\n## ")[0]
(CODE,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
(COMMAND,) = re.findall(r"^manim -q\w (\S+) (\w+)", README, re.MULTILINE)
DIGIT = 2


@pytest.fixture(scope="module")
def seen():
    """What the network answers to the mirrored image."""
    story = Story.choose(digit=DIGIT)
    return forward(story.network, story.trace.image[:, ::-1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder outside the project, with the scene and what its command renders."""
    folder = tmp_path_factory.mktemp("own")
    (folder / COMMAND[0]).write_text(CODE, "utf-8")
    chosen = environment() | {"NETGLOW_DIGIT": str(DIGIT)}
    done = subprocess.run(
        [sys.executable, "-m", "manim", "-ql", *COMMAND],
        cwd=folder,
        env=chosen,
        text=True,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_it_is_short():
    assert len(CODE.splitlines()) <= 25
    assert max(map(len, CODE.splitlines())) <= 100


def test_the_command_makes_a_film_with_captions(folder, seen):
    (path,) = folder.glob("media/videos/*/480p15/*.mp4")
    with av.open(str(path)) as video:
        film = [frame.to_ndarray(format="gray") for frame in video.decode(video=0)]
    assert len(film) > 10 * 15
    assert film[len(film) // 10].std() > 10  # the digit alone
    assert film[-1].std() > 20  # the network, lit
    assert np.abs(film[-1].astype(int) - film[len(film) // 10]).mean() > 10
    cues = list(srt.parse(path.with_suffix(".srt").read_text("utf-8")))
    assert cues[-1].content == f"It reads {seen.predicted}."
    assert cues[-1].end.total_seconds() == pytest.approx(len(film) / 15, abs=0.2)


def test_its_numbers_are_the_networks(folder, seen, tmp_path):
    spec = importlib.util.spec_from_file_location("mirror", folder / COMMAND[0])
    module = importlib.util.module_from_spec(spec)
    sys.modules["mirror"] = module
    try:
        spec.loader.exec_module(module)
        with tempconfig(settings(QUALITIES["t"], "mp4", tmp_path) | {"dry_run": True}):
            scene = module.Mirror(story=Story.choose(digit=DIGIT), skip_animations=True)
            scene.render()
    finally:
        del sys.modules["mirror"]
    everything = scene.get_mobject_family_members()
    (bars,) = (m for m in everything if isinstance(m, Bars))
    assert np.array_equal(bars.values, seen.output)
    written = [m.original_text for m in everything if isinstance(m, Text)]
    assert f"Now it reads {seen.predicted} ({seen.output.max():.2f})" in written
    assert [section.title for section in scene.sections] == ["In a mirror", "The answer"]
