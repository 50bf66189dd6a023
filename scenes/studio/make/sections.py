"""Sections, each a clip of its own: which there are, and which of them are played."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.scenes.catalog import Clip
from netglow.scenes.stage.captions import load_script
from netglow.scenes.studio.ask.choices import QUALITIES, Choices, UsageError

if TYPE_CHECKING:
    from netglow.scenes.stage.scene import NetglowScene

ALL = "all"
# What of all that a clip is made from decides which sections it plays.
_DECIDES = ("model", "image", "language", "versions", "files")


def titles(clip: Clip, lang: str = "en") -> dict[str, str]:
    """Titles of the sections a clip can have, by name; numbers in them stand as ``{name}``."""
    return {name: section.title for name, section in load_script(clip.words, lang).sections.items()}


def choose(
    clips: Sequence[Clip], wanted: Sequence[str], choices: Choices, out: Path
) -> list[tuple[Clip, str, list[str]]]:
    """The sections to make: clip, name, and the names of all the clip plays (empty: not asked).

    A name counts for every clip that has it; "all" are those played with these choices.
    UsageError for a name that no clip has, and for a clip that has none of them.
    """
    known = {clip: titles(clip, choices.lang) for clip in clips}
    for name in wanted:
        if name != ALL and not any(name in there for there in known.values()):
            raise UsageError(_unknown(name, known))
    chosen = []
    for clip in clips:
        sections = played(clip, choices, out) if ALL in wanted else []
        names = sections or [name for name in dict.fromkeys(wanted) if name in known[clip]]
        if not names:
            raise UsageError(_unknown(wanted[0], {clip: known[clip]}))
        chosen += [(clip, name, sections) for name in names]
    return chosen


def _unknown(name: str, known: dict[Clip, dict[str, str]]) -> str:
    if len(known) == 1:
        ((clip, there),) = known.items()
        return f"{clip.name} has no section {name!r}; there are {', '.join(there)}"
    everything = [other for there in known.values() for other in there]
    near = get_close_matches(name, everything, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}?" if near else "see: netglow list --sections"
    return f"none of these clips has a section {name!r}; {hint}"


def played(clip: Clip, choices: Choices, out: Path) -> list[str]:
    """Names of the sections a clip plays with these choices.

    Read from what lies in ``out`` already, where that was made from the same; otherwise the
    chapter is played without drawing, which takes some seconds.
    """
    from netglow.scenes.studio.make.freshness import made_from

    now = made_from(clip.name, choices, "m", "mp4")
    for record in _made(clip, out):
        before = record.get("made_from")
        if isinstance(before, dict) and all(before.get(part) == now[part] for part in _DECIDES):
            return [str(name) for name in record["played"]]
    return [section.name for section in play_undrawn(clip, choices).sections]


def _made(clip: Clip, out: Path) -> Iterator[dict[str, Any]]:
    """The records of a clip and its sections, where they name the sections played."""
    from netglow.scenes.studio.make.record import read_record

    for path in (out / f"{clip.name}.json", *sorted(out.glob(f"{clip.name}.*.json"))):
        record = read_record(path)
        if record.get("played"):
            yield record


def play_undrawn(clip: Clip, choices: Choices) -> NetglowScene:
    """The scene of a clip after it was played without being drawn or spoken."""
    from manim import tempconfig

    from netglow.scenes.studio.make.render import settings

    with tempfile.TemporaryDirectory() as folder:
        undrawn = settings(QUALITIES["l"], "mp4", Path(folder)) | {"dry_run": True}
        with tempconfig(undrawn):
            scene = clip.load()(story=choices.story(), skip_animations=True)
            scene.render()
    return scene
