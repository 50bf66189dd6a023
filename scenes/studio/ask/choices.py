"""What a user chooses: the story to tell, the picture's quality, the kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from netglow.scenes.catalog import CLIPS

if TYPE_CHECKING:
    from netglow.scenes.catalog import Clip
    from netglow.scenes.stage.story import Story
    from netglow.scenes.voice.tellers import Teller


class UsageError(Exception):
    """The command was used wrongly (exit code 2); one line."""


class Failure(Exception):
    """The command could not do its work (exit code 1); one line."""


@dataclass(frozen=True)
class Quality:
    """Size in pixels and frames a second."""

    name: str
    width: int
    height: int
    fps: int


QUALITIES = {
    "l": Quality("480p15", 854, 480, 15),
    "m": Quality("720p30", 1280, 720, 30),
    "h": Quality("1080p60", 1920, 1080, 60),
    "p": Quality("1440p60", 2560, 1440, 60),
    "k": Quality("2160p60", 3840, 2160, 60),
    "t": Quality("144p5", 256, 144, 5),  # for the tests, not in the help
}
FORMATS = ("mp4", "webm", "gif", "png")
THEMES = ("dark", "light")
CAPTIONS = ("track", "burned", "none")


@dataclass(frozen=True)
class Choices:
    """Model, image, theme, language and voice; None means the project's own.

    voice: an engine, a folder of recordings, or none; ``fill``: the engine that says what a
    folder lacks. captions: where in the video they are, one of CAPTIONS.
    """

    model: Path | None = None
    digit: int | None = None
    index: int | None = None
    image: Path | None = None
    theme: str = "dark"
    lang: str = "en"
    voice: str = "none"
    fill: str | None = None
    captions: str = "track"

    @property
    def is_spoken(self) -> bool:
        """Whether anybody speaks."""
        return self.voice != "none"

    def teller(self) -> Teller | None:
        """Who says the sentences; nobody without a voice. UsageError for one there is not."""
        from netglow.scenes.voice.choose import teller_of
        from netglow.scenes.voice.speech import VoiceError

        try:
            return teller_of(self.voice, self.lang, self.fill)
        except VoiceError as error:
            raise UsageError(one_line(error)) from None

    def story(self) -> Story:
        """The story these choices tell.

        Raises UsageError for a choice there is not, Failure for a file that cannot be used.
        """
        from netglow.netcore.model import ModelError
        from netglow.scenes.stage.story import Story

        try:
            return Story.choose(
                self.model, self.digit, self.index, self.image, self.theme, self.lang
            )
        except (ModelError, OSError) as error:
            raise Failure(one_line(error)) from None
        except (ValueError, LookupError) as error:
            kind = UsageError if self.image is None else Failure
            raise kind(one_line(error)) from None


def find_clips(names: Sequence[str]) -> list[Clip]:
    """The clips of these names, each once; UsageError with the nearest name for an unknown one."""
    known = {clip.name: clip for clip in CLIPS}
    for name in names:
        if name not in known:
            by_lower = {other.lower(): other for other in known}
            near = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.4)
            hint = f"did you mean {by_lower[near[0]]}?" if near else "see: netglow list"
            raise UsageError(f"there is no clip {name!r}; {hint}")
    return [known[name] for name in dict.fromkeys(names)]


def one_line(error: BaseException) -> str:
    """What an error says, in one line; a file error names its file first."""
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}"
    text = error.args[0] if isinstance(error, KeyError) and error.args else error
    return " ".join(str(text).split()) or type(error).__name__
