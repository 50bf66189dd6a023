"""One clip to make: what it shows, in which quality, and where its files go."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.scenes.catalog import Clip, clip_named
from netglow.scenes.stage.captions import load_script, seconds_to_read
from netglow.scenes.studio.ask.choices import QUALITIES, Choices

if TYPE_CHECKING:
    from netglow.scenes.stage.scene import NetglowScene


@dataclass(frozen=True)
class Job:
    """One clip to make, whole or one section: <out>/<name>.<fmt> and what belongs to it.

    ``played`` are the names of all sections the chapter plays, where they are known before.
    """

    clip: str
    choices: Choices
    quality: str
    fmt: str
    out: Path
    made_from: dict[str, Any] = field(compare=False)
    section: str | None = None
    played: tuple[str, ...] = field(default=(), compare=False)

    @property
    def name(self) -> str:
        """ForwardPass, or ForwardPass.read-the-answer; a clip's own name has no dot."""
        return self.clip if self.section is None else f"{self.clip}.{self.section}"

    @property
    def record(self) -> Path:
        """The .json beside it."""
        return self.out / f"{self.name}.json"

    @property
    def picture(self) -> Path:
        """The clip itself: a video, or a still."""
        return self.out / f"{self.name}.{self.fmt}"

    @property
    def frames(self) -> int:
        """About how many frames there will be."""
        return 1 if self.fmt == "png" else round(self._seconds() * QUALITIES[self.quality].fps)

    def _seconds(self) -> float:
        if self.section is None:
            return self.entry.seconds
        words = load_script(self.entry.words, self.choices.lang).sections[self.section]
        return sum(map(seconds_to_read, words.say))

    @property
    def entry(self) -> Clip:
        """What the catalog says of it."""
        return clip_named(self.clip)

    def scene(self, **kwargs: Any) -> NetglowScene:
        """Its scene, ready to be rendered."""
        return self.entry.load()(section=self.section, **kwargs)
