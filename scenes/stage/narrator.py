"""Who tells a clip: its words, whose turn it is, and when each sentence was said."""

from __future__ import annotations

from collections import deque
from typing import Any

from netglow.scenes.stage.captions import (
    Cue,
    PlayedSection,
    Script,
    Section,
    cues_of,
    seconds_to_read,
)


class Narrator:
    """Says the sentences of a script, section by section, and keeps the times.

    It has no clock of its own and never waits: whoever plays the clip tells it what time it is
    (``now``, in seconds from the clip's start) and waits for as long as :meth:`rest` says.

    speaker: whose narrator it is, for errors. script: the words. sections: those played so far.
    """

    def __init__(self, speaker: str, script: Script) -> None:
        self.speaker = speaker
        self.script = Script(script.title, dict(script.sections), script.labels)
        self.sections: list[PlayedSection] = []
        self._left: deque[str] = deque()
        self._said: tuple[str, float] | None = None  # a sentence, and when it began
        self._times: list[tuple[float, float]] = []

    @property
    def cues(self) -> list[Cue]:
        """The captions of the sections played so far."""
        return cues_of(self.script, self.sections)

    @property
    def has_more(self) -> bool:
        """Whether the section has sentences that were not begun."""
        return bool(self._left)

    def open(self, name: str, own: tuple[str, ...], numbers: dict[str, Any]) -> None:
        """Begin a section: its sentences, filled with ``numbers``, are there to be said.

        ``own`` are the sentences of a section that the script does not have; its name is its
        title. LookupError where there are neither.
        """
        if own:
            self.script.sections[name] = Section(name, own)
        if name not in self.script.sections:
            raise LookupError(
                f"{self.speaker}: the section {name!r} has no words; give it "
                f"its sentences: self.section({name!r}, 'A sentence.')"
            )
        self._left = deque(s.format(**numbers) for s in self.script.sections[name].say)
        self._said, self._times = None, []

    def say(self, now: float) -> None:
        """Begin the section's next sentence; ValueError where none is left."""
        if not self._left:
            raise ValueError(f"{self.speaker}: the section has no more sentences to say")
        self._said = (self._left.popleft(), now)

    def rest(self, now: float) -> float:
        """Seconds that the sentence needs from now on; not above 0 if it has had its time."""
        if self._said is None:
            return 0.0
        sentence, start = self._said
        return start + seconds_to_read(sentence) - now

    def pause(self, now: float) -> None:
        """The sentence, if there is one, ends here."""
        if self._said is not None:
            self._times.append((self._said[1], now))
            self._said = None

    def close(self, name: str, start: float, now: float, numbers: dict[str, Any]) -> None:
        """The section that began at ``start`` ends here."""
        title = self.script.sections[name].title.format(**numbers)
        times = tuple(self._times)
        self.sections.append(PlayedSection(name, title, start, now, numbers, times))

    def forget(self) -> None:
        """What was played so far does not belong to the clip."""
        self.sections.clear()
