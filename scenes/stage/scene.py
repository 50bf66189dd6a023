"""The base of every chapter: model, image, trace, theme and narration, section by section."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from manim import config
from manim.utils.exceptions import EndSceneEarlyException

from netglow.scenes.engine.scene import EngineScene
from netglow.scenes.facts.base import Facts
from netglow.scenes.stage.captions import Cue, PlayedSection, Script, load_script
from netglow.scenes.stage.narrator import Narrator, soundtrack
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.text import BODY, Number, formula, label
from netglow.scenes.stage.theme import Theme
from netglow.scenes.voice.choose import teller_from_environment

if TYPE_CHECKING:
    from netglow.scenes.voice.soundtrack import Soundtrack
    from netglow.scenes.voice.tellers import Teller

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
    teller
        Who says the sentences; nobody if None. Without a story the environment is asked for
        it, too (NETGLOW_VOICE), and the sound is Manim's to write; else it is :attr:`soundtrack`.
    """

    tells: type[Facts] = Facts

    def __init__(
        self,
        story: Story | None = None,
        on_frame: Callable[[int], None] | None = None,
        section: str | None = None,
        teller: Teller | None = None,
        **kwargs: Any,
    ) -> None:
        self.by_itself = story is None
        self.story = story or Story.from_environment()
        self.teller = teller_from_environment(self.story.language) if story is None else teller
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
            return Script(type(self).__name__, {}, {}, self.story.language)
        return load_script(file.stem, self.story.language)

    @cached_property
    def narrator(self) -> Narrator:
        return Narrator(type(self).__name__, self.script, self.teller)

    @property
    def sections(self) -> list[PlayedSection]:
        """The sections played so far."""
        return self.narrator.sections

    @property
    def cues(self) -> list[Cue]:
        """The captions of the sections played so far."""
        return self.narrator.cues

    @property
    def soundtrack(self) -> Soundtrack | None:
        """The sound of the sections played so far; None if nobody speaks."""
        told = (self.narrator.speaker, self.narrator.script, self.sections)
        return soundtrack(*told, self.teller, self.duration_seconds)

    @property
    def duration_seconds(self) -> float:
        return float(self.renderer.time)

    @cached_property
    def facts(self) -> Any:
        """What the chapter shows and says; of a class of its own (``tells``)."""
        return self.tells.of(self.story)

    @property
    def told(self) -> Story:
        """What the clip is about; a chapter may show another image than nobody asked for."""
        return self.story

    @property
    def _said(self) -> dict[str, Any]:
        return {} if self.tells is Facts else self.facts.said

    def words(self, name: str, **numbers: Any) -> str:
        """A text of the picture from the words file, filled with facts and ``numbers``."""
        return self.script.fill(self.script.labels[name], self._said | numbers)

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
        everything is said. Facts and ``numbers`` fill the braces in the sentences and the title.
        ``say`` are the sentences of a section that has no words in a file; its name is its title.
        """
        narrator, unseen = self.narrator, self.only not in (None, name)
        self.next_section(name, skip_animations=unseen)
        if self.only == name:  # the clip begins here
            self.renderer.time = 0.0
            narrator.forget()
        start = self.duration_seconds
        numbers = self._said | numbers
        narrator.open(name, say, numbers, unheard=unseen)
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
        """Hand captions and sound to Manim, which writes them beside and into the video."""
        played = [section.name for section in self.sections]
        if self.only is not None and self.only not in played:
            raise LookupError(
                f"{type(self).__name__} has no {self.only!r} with these choices; "
                f"it plays {', '.join(played)}"
            )
        for cue in self.cues if played else ():
            self.add_subcaption(cue.text, cue.end - cue.start, cue.start - self.duration_seconds)
        if self.by_itself and (sound := self.soundtrack) is not None:
            self._hand_over(sound)
        super().tear_down()

    def _hand_over(self, sound: Soundtrack) -> None:
        from netglow.scenes.voice.sound import write_wav

        with TemporaryDirectory() as folder:
            path = Path(folder) / "voice.wav"
            write_wav(path, sound.mastered())
            self.renderer.file_writer.add_sound(path, time=0.0)

    def say(self) -> None:
        """Begin the section's next sentence, once the one before has had its time."""
        self._finish_sentence()
        self.narrator.say(self.duration_seconds)

    def _finish_sentence(self) -> None:
        rest = self.narrator.rest(self.duration_seconds)
        frame = 1 / config.frame_rate
        if rest > (2 if self.teller is None else 0.5) * frame:
            self.wait(max(rest, frame))
        self.narrator.pause(self.duration_seconds)

    def mark_poster(self) -> None:
        """Keep the picture as it is now as the clip's poster, if the clip shows this section."""
        if self.only is not None and self.renderer.file_writer.sections[-1].skip_animations:
            return
        self.renderer.static_image = None
        self.renderer.update_frame(self)
        self.poster_frame = self.renderer.get_frame()
