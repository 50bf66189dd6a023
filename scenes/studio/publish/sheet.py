"""A contact sheet: what a clip shows, second by second, with what is said at that moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import av
import srt
from PIL import Image, ImageDraw, ImageFont

from netglow.netcore.digits import ASSETS
from netglow.scenes.studio.make.sidecar import read_sidecar, sections_of

if TYPE_CHECKING:
    from netglow.scenes.studio.make.job import Job

FONT = ASSETS / "fonts" / "Inter-Regular.otf"
WIDTH, GAP, LINE = 427, 12, 17  # pixels: a still's width, the space around it, a line of text
LINES = 4  # of text below a still: its time and section, and a caption of two or three
INK, SOFT, PAPER = "#1b2230", "#565f6e", "#ffffff"


@dataclass(frozen=True)
class Shot:
    """A still at ``time`` seconds, what is said then, and the section it belongs to."""

    time: float
    still: Image.Image
    section: str
    caption: str


def shots_of(job: Job, every: float) -> list[Shot]:
    """A still in the middle of each stretch of ``every`` seconds of a rendered clip."""
    record = read_sidecar(job.sidecar)
    sections = sections_of(record)
    cues = list(srt.parse(job.picture.with_suffix(".srt").read_text("utf-8")))

    def at(time: float) -> tuple[str, str]:
        name = next((s.name for s in sections if s.start <= time < s.end), sections[-1].name)
        said = (c.content for c in cues if c.start.total_seconds() <= time < c.end.total_seconds())
        return name, next(said, "")

    return [Shot(time, still, *at(time)) for time, still in _stills(job.picture, every)]


def _stills(path: Path, every: float) -> Iterator[tuple[float, Image.Image]]:
    wanted = every / 2
    with av.open(str(path)) as video:
        for frame in video.decode(video=0):
            if frame.time is not None and frame.time + 1e-6 >= wanted:
                height = round(WIDTH * frame.height / frame.width)
                yield frame.time, frame.to_image().resize((WIDTH, height), Image.Resampling.LANCZOS)
                wanted += every


def sheet(shots: Sequence[Shot], title: str, columns: int) -> Image.Image:
    """The stills row by row, each with its time, its section and its caption below it."""
    font = ImageFont.truetype(str(FONT), 14)
    tall = shots[0].still.height + LINES * LINE + GAP
    rows = -(-len(shots) // columns)
    head = 3 * LINE
    made = Image.new("RGB", (GAP + columns * (WIDTH + GAP), head + rows * (tall + GAP)), PAPER)
    draw = ImageDraw.Draw(made)
    draw.text((GAP, LINE), title, INK, ImageFont.truetype(str(FONT), 20))
    for i, shot in enumerate(shots):
        x, y = GAP + i % columns * (WIDTH + GAP), head + i // columns * (tall + GAP)
        made.paste(shot.still, (x, y))
        below = y + shot.still.height + 4
        minutes, seconds = divmod(shot.time, 60)
        draw.text((x, below), f"{minutes:.0f}:{seconds:04.1f}  {shot.section}", SOFT, font)
        draw.multiline_text((x, below + LINE), shot.caption, INK, font)
    return made
