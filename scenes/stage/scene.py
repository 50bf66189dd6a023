"""The base of every chapter: model, image, trace, theme and narration, section by section."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from manim import config
from manim.utils.exceptions import EndSceneEarlyException

from netglow.scenes.engine.scene import EngineScene
from netglow.scenes.stage.captions import Cue, PlayedSection, Script, load_script
from netglow.scenes.stage.narrator import Narrator
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.text import BODY, Number, formula, label
from netglow.scenes.stage.theme import Theme

_CHAPTERS = Path(__file__).resolve().parents[1]
MARGIN = 0.04  # of the frame, on each side
CAPTION_STRIP = 0.13  # share of the height at the bottom that players lay captions over


class NetglowScene(EngineScene):
    """A chapter. ``construct`` opens sections; a section says its sentences and waits for them.

    The words of Netglow's own chapters stand in translation files. A scene of somebody else
    gives each section its sentences in the code.

    Parameters
    ----------
    story
        What to show; None asks the environment (NETGLOW_MODEL, NETGLOW_DIGIT, …).
    on_frame
        Called with the number of frames whenever frames are written.
    section
        The name of a section: only that is drawn. The sections before it are played, but not
        painted; the scene ends with it. LookupError if the section is not played.
    """

    def __init__(
        self,
        story: Story | None = None,
        on_frame: Callable[[int], None] | None = None,
        section: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.story = story or Story.from_environment()
        config.background_color = self.theme.background  # the camera reads it when it is made
        super().__init__(darken=self.theme.is_light, on_frame=on_frame, **kwargs)
        self.renderer.file_writer.sections[-1].skip_animations = section is not None
        self.only = section
        self.poster_frame: np.ndarray | None = None

    # --- what a chapter uses ---
    @property
    def theme(self) -> Theme:
        return self.story.theme

    @cached_property
    def script(self) -> Script:
        """The words: of the chapter whose module this scene is in; at first none elsewhere."""
        file = Path(inspect.getfile(type(self))).resolve()
        if file.parent not in (_CHAPTERS, _CHAPTERS / "cards"):
            return Script(type(self).__name__, {}, {})
        return load_script(file.stem, self.story.language)

    @cached_property
    def narrator(self) -> Narrator:
        return Narrator(type(self).__name__, self.script)

    @property
    def sections(self) -> list[PlayedSection]:
        """The sections played so far."""
        return self.narrator.sections

    @property
    def cues(self) -> list[Cue]:
        """The captions of the sections played so far."""
        return self.narrator.cues

    @property
    def duration_seconds(self) -> float:
        return float(self.renderer.time)

    def words(self, name: str, **numbers: Any) -> str:
        """A text of the picture from the translation file, with numbers filled in."""
        return self.script.labels[name].format(**numbers)

    def label(self, text: str, role: str = "text", size: float = BODY, bold: bool = False) -> Any:
        """Text in the colour of a theme role."""
        return label(text, getattr(self.theme, role), size, bold)

    def number(self, value: float, role: str = "text", size: float = BODY, **kwargs: Any) -> Number:
        """A changing number in the colour of a theme role."""
        return Number(value, getattr(self.theme, role), size, **kwargs)

    def formula(self, source: str, role: str = "text", size: float = BODY) -> Any:
        """Typst mathematics in the colour of a theme role."""
        return formula(source, getattr(self.theme, role), size)

    @contextmanager
    def section(self, name: str, *say: str, **numbers: Any) -> Iterator[None]:
        """Play one section: a part of the clip with a title and its narration.

        The first sentence begins at once, the next at each :meth:`say`; the section ends when
        everything is said. ``numbers`` fill the braces in the sentences and the title.
        ``say`` are the sentences of a section that has no words in a file; its name is its title.
        """
        narrator = self.narrator
        self.next_section(name, skip_animations=self.only not in (None, name))
        if self.only == name:  # the clip begins here
            self.renderer.time = 0.0
            narrator.forget()
        start = self.duration_seconds
        narrator.open(name, say, numbers)
        self.say()
        yield
        while narrator.has_more:
            self.say()
        self._finish_sentence()
        narrator.close(name, start, self.duration_seconds, numbers)
        if self.only == name:
            if self.poster_frame is None:
                self.mark_poster()
            raise EndSceneEarlyException

    def tear_down(self) -> None:
        """Hand the captions to Manim, which writes them beside the video."""
        played = [section.name for section in self.sections]
        if self.only is not None and self.only not in played:
            raise LookupError(
                f"{type(self).__name__} has no {self.only!r} with these choices; "
                f"it plays {', '.join(played)}"
            )
        for cue in self.cues if played else ():
            self.add_subcaption(cue.text, cue.end - cue.start, cue.start - self.duration_seconds)
        super().tear_down()

    def say(self) -> None:
        """Begin the section's next sentence, once the one before has had its time."""
        self._finish_sentence()
        self.narrator.say(self.duration_seconds)

    def _finish_sentence(self) -> None:
        rest = self.narrator.rest(self.duration_seconds)
        if rest > 2 / config.frame_rate:
            self.wait(rest)
        self.narrator.pause(self.duration_seconds)

    def mark_poster(self) -> None:
        """Keep the picture as it is now as the clip's poster, if the clip shows this section."""
        if self.only is not None and self.renderer.file_writer.sections[-1].skip_animations:
            return
        self.renderer.static_image = None
        self.renderer.update_frame(self)
        self.poster_frame = self.renderer.get_frame()
