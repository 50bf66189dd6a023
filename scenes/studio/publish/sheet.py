"""A contact sheet: stills of a clip on one picture, each with its time and caption."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import srt
from PIL import Image, ImageDraw, ImageFont

from netglow.netcore.digits import ASSETS
from netglow.scenes.stage.theme import THEMES
from netglow.scenes.studio.ask.choices import QUALITIES
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.media import pixels_of
from netglow.scenes.studio.make.record import read_record
from netglow.scenes.studio.make.workspace import write_whole
from netglow.scenes.studio.publish.pages import clock

WIDTH = 320  # pixels of a still, whatever the clip's size
GAP = 16
TEXT, HEADING = 14, 20  # pixels
LINES = 3  # of a caption below a still
LEADING = 1.35  # from one line to the next, in text sizes


@dataclass(frozen=True)
class Still:
    """One picture of a clip, ``seconds`` after its start, and what is said at that moment."""

    image: Image.Image
    seconds: float
    caption: str

    @property
    def time(self) -> str:
        """0:07, or 0:07.5 between whole seconds."""
        tenths = round(self.seconds * 10) % 10
        return clock(self.seconds) + (f".{tenths}" if tenths else "")


@dataclass(frozen=True)
class Group:
    """A section's heading, with its number, and its stills."""

    heading: str
    stills: list[Still]


def quality_there(clips: Path, clip: str, sections: Sequence[str] | None) -> str | None:
    """The quality in which a clip, or one of its sections, lies in a folder; None if none does."""
    pattern = f"{clip}.json" if sections is None else f"{clip}.*.json"
    for path in sorted(clips.glob(pattern)):
        size = read_record(path).get("size")
        for name, quality in QUALITIES.items():
            if size == [quality.width, quality.height]:
                return name
    return None


def make_sheet(jobs: Sequence[Job], target: Path, every: float, columns: int) -> int:
    """Write a PNG with a still every so many seconds; returns how many there are.

    jobs: mp4 clips that are on disk. The whole picture is written or nothing.
    """
    groups = [group for job in jobs for group in groups_of(job, every)]
    numbered = [Group(f"{n}  {group.heading}", group.stills) for n, group in enumerate(groups, 1)]
    data = io.BytesIO()
    _Sheet(jobs[0].choices.theme, columns).draw(numbered).save(data, "PNG")
    write_whole(target, data.getvalue())
    return sum(len(group.stills) for group in groups)


def groups_of(job: Job, every: float) -> list[Group]:
    """The sections of a clip with their stills; a section too short for one has none."""
    record = read_record(job.record)
    cues = list(srt.parse((job.out / f"{job.name}.srt").read_text("utf-8")))
    sections: list[dict[str, Any]] = record["sections"]
    groups = [Group(f"{s['title']}  ({clock(s['start'])})", []) for s in sections]
    starts = [section["start"] for section in sections]
    for image, seconds in stills_of(job.picture, every):
        place = max((i for i, start in enumerate(starts) if start <= seconds + 1e-3), default=0)
        groups[place].stills.append(Still(image, seconds, _caption(cues, seconds)))
    return groups


def stills_of(path: Path, every: float) -> Iterator[tuple[Image.Image, float]]:
    """Pictures of a video, scaled to :data:`WIDTH`, with their times: 0, every, 2 every, …"""
    with av.open(str(path)) as video:
        stream, count = video.streams.video[0], 0
        for number, frame in enumerate(video.decode(stream)):
            seconds = float(number / (stream.average_rate or 1))
            if seconds < count * every - 1e-6:
                continue
            count += 1
            size = (WIDTH, round(WIDTH * frame.height / frame.width))
            picture = Image.fromarray(pixels_of(frame))
            yield picture.resize(size, Image.Resampling.LANCZOS), seconds


def _caption(cues: Iterable[srt.Subtitle], seconds: float) -> str:
    """What is said at a time; nothing in a pause."""
    for cue in cues:
        if cue.start.total_seconds() <= seconds + 1e-3 < cue.end.total_seconds():
            return " ".join(cue.content.split())
    return ""


class _Sheet:
    """Draws groups one below the other, each from a new row on."""

    def __init__(self, theme: str, columns: int) -> None:
        self.theme, self.columns = THEMES[theme], columns
        fonts = ASSETS / "fonts"
        self.text = ImageFont.truetype(str(fonts / "Inter-Regular.otf"), TEXT)
        self.bold = ImageFont.truetype(str(fonts / "Inter-SemiBold.otf"), TEXT)
        self.large = ImageFont.truetype(str(fonts / "Inter-SemiBold.otf"), HEADING)

    def draw(self, groups: Sequence[Group]) -> Image.Image:
        """The whole sheet."""
        below = round((LINES + 1) * TEXT * LEADING) + GAP
        tall = max(s.image.height for group in groups for s in group.stills) + below
        heights = [2 * HEADING + tall * -(-len(group.stills) // self.columns) for group in groups]
        size = (GAP + self.columns * (WIDTH + GAP), GAP + sum(heights))
        sheet = Image.new("RGB", size, self.theme.background)
        pen, top = ImageDraw.Draw(sheet), GAP
        for group, height in zip(groups, heights, strict=True):
            pen.text((GAP, top), group.heading, self.theme.text, self.large)
            for n, still in enumerate(group.stills):
                row, column = divmod(n, self.columns)
                at = (GAP + column * (WIDTH + GAP), top + 2 * HEADING + row * tall)
                self._draw_still(sheet, pen, still, at)
            top += height
        return sheet

    def _draw_still(
        self, sheet: Image.Image, pen: ImageDraw.ImageDraw, still: Still, at: tuple[int, int]
    ) -> None:
        x, y = at
        bottom = y + still.image.height
        sheet.paste(still.image, at)
        pen.rectangle((x - 1, y - 1, x + WIDTH, bottom), outline=self.theme.faint)
        pen.text((x, bottom + 4), still.time, self.theme.text, self.bold)
        for n, line in enumerate(self._wrapped(still.caption)[:LINES], 1):
            pen.text((x, bottom + 4 + n * TEXT * LEADING), line, self.theme.muted, self.text)

    def _wrapped(self, text: str) -> list[str]:
        """A caption in lines as wide as a still."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.text.getlength(longer) <= WIDTH:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines
