"""Which stills there are, and where their references lie."""

from __future__ import annotations

from pathlib import Path

from netglow.scenes.catalog import CLIPS

FOLDER = Path(__file__).parent / "reference"
# the poster of every clip; the light theme where it differs most
STILLS = [*((clip.name, "dark") for clip in CLIPS), ("ForwardPass", "light")]


def choices_of(theme: str) -> dict[str, str]:
    """The story choices of a still; the usual theme is not named, as in other tests."""
    return {} if theme == "dark" else {"theme": theme}


def reference(clip: str, theme: str) -> Path:
    return FOLDER / f"{clip}{'' if theme == 'dark' else '-' + theme}.png"
