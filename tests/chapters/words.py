"""What a played chapter says."""

from __future__ import annotations

import re

from netglow.scenes.stage.captions import PlayedSection
from netglow.scenes.stage.scene import NetglowScene


def section_of(scene: NetglowScene, name: str) -> PlayedSection:
    """The section of that name, or the one played instead: its name has a suffix after a dash."""
    return next(s for s in scene.sections if f"{s.name}-".startswith(f"{name}-"))


def said(scene: NetglowScene, section: str = "") -> str:
    """All its captions in one line, or those of a section (see :func:`section_of`)."""
    start, end = 0.0, scene.duration_seconds
    if section:
        played = section_of(scene, section)
        start, end = played.start, played.end
    return " ".join(c.text for c in scene.cues if start <= c.start < end).replace("\n", " ")


def numbers_in(text: str) -> list[float]:
    """Every number of a text, in order, with typographic minus signs and commas in thousands."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace(",", "")
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", plain)]


def texts(scene: NetglowScene, section: str) -> list[str]:
    """What is written on the screen at the end of the section whose name begins so."""
    ends = next(ends for name, ends in scene.section_ends.items() if name.startswith(section))
    return [thing.text for thing in ends[0] if thing.text]
