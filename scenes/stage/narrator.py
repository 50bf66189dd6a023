"""Who tells a clip: its words, whose turn it is, and when each sentence was said."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from netglow.scenes.stage.captions import (
    Cue,
    PlayedSection,
    Script,
    Section,
    cues_of,
    cut,
    seconds_to_read,
)

if TYPE_CHECKING:
    from netglow.scenes.voice.soundtrack import Placed, Soundtrack
    from netglow.scenes.voice.speech import Samples
    from netglow.scenes.voice.tellers import Teller

# Seconds of silence around what is spoken:
LEAD = 0.3  # before the first sentence of a section
BREATH = 0.4  # after a sentence
PAUSE = 0.65  # after the last one of a section


@dataclass(frozen=True, eq=False)
class _Sentence:
    """One that was begun at ``start``; ``speech`` is how it sounds, None without a voice."""

    written: str
    start: float
    speech: Samples | None

    @property
    def seconds(self) -> float:
        """How long it takes to be said or read."""
        if self.speech is None:
            return seconds_to_read(self.written)
        from netglow.scenes.voice.sound import RATE

        return len(self.speech) / RATE


class Narrator:
    """Says the sentences of a script, section by section, and keeps the times.

    It has no clock of its own and never waits: whoever plays the clip tells it what time it is
    (``now``, in seconds from the clip's start) and waits for as long as :meth:`rest` says. That
    is until the sentence is spoken and a pause after it is over; without a voice, until it is
    read.

    speaker: whose narrator it is: the clip's name. script: the words. teller: who says them, if
    anybody does. sections: those played so far.
    """

    def __init__(self, speaker: str, script: Script, teller: Teller | None = None) -> None:
        self.speaker, self.teller = speaker, teller
        self.script = Script(script.title, dict(script.sections), script.labels, script.language)
        self.sections: list[PlayedSection] = []
        self._left: deque[tuple[str, str, str]] = deque()  # place, how written, how said
        self._said: _Sentence | None = None
        self._times: list[tuple[float, float]] = []
        self._unheard = False

    @property
    def cues(self) -> list[Cue]:
        """The captions of the sections played so far."""
        return cues_of(self.script, self.sections)

    def shown(self, now: float) -> str | None:
        """The caption of the sentence that is being said, if it is being said at that time.

        Without a voice it stays as long as nothing else is said.
        """
        if (said := self._said) is None:
            return None
        end = said.start + said.seconds
        if said.speech is not None and not said.start <= now < end:
            return None
        cues = cut(said.written, said.start, end, self.script.aloud)
        return next((cue.text for cue in reversed(cues) if cue.start <= now), None)

    @property
    def has_more(self) -> bool:
        """Whether the section has sentences that were not begun."""
        return bool(self._left)

    def open(
        self, name: str, own: tuple[str, ...], numbers: dict[str, Any], unheard: bool = False
    ) -> None:
        """Begin a section: its sentences, filled with ``numbers``, are there to be said.

        ``own`` are the sentences of a section that the script does not have; its name is its
        title. LookupError where there are neither. ``unheard``: nobody has to speak them.
        """
        if own:
            self.script.sections[name] = Section(name, own)
        if name not in self.script.sections:
            raise LookupError(
                f"{self.speaker}: the section {name!r} has no words; give it "
                f"its sentences: self.section({name!r}, 'A sentence.')"
            )
        words = self.script.sections[name]
        self._left = deque(
            (
                place_of(self.speaker, name, i),
                self.script.fill(written, numbers),
                self.script.fill(words.spoken(i), numbers),
            )
            for i, written in enumerate(words.say)
        )
        self._said, self._times = None, []
        self._unheard = unheard

    def say(self, now: float) -> None:
        """Begin the section's next sentence; ValueError where none is left."""
        if not self._left:
            raise ValueError(f"{self.speaker}: the section has no more sentences to say")
        place, written, said = self._left.popleft()
        if self.teller is None or self._unheard:
            self._said = _Sentence(written, now, None)
            return
        lead = 0.0 if self._times else LEAD
        speech = self.teller.tell(place, self.script.aloud(said))
        self._said = _Sentence(written, now + lead, speech)

    def rest(self, now: float) -> float:
        """Seconds that the sentence and the pause after it need from now on.

        Not above 0 if it has had its time.
        """
        said = self._said
        if said is None:
            return 0.0
        silence = 0.0 if said.speech is None else BREATH if self._left else PAUSE
        return said.start + said.seconds + silence - now

    def pause(self, now: float) -> None:
        """The sentence, if there is one, is over."""
        if (said := self._said) is not None:
            end = now if said.speech is None else said.start + said.seconds
            self._times.append((said.start, end))
            self._said = None

    def close(self, name: str, start: float, now: float, numbers: dict[str, Any]) -> None:
        """The section that began at ``start`` ends here."""
        title = self.script.fill(self.script.sections[name].title, numbers)
        times = tuple(self._times)
        self.sections.append(PlayedSection(name, title, start, now, numbers, times))

    def forget(self) -> None:
        """What was played so far does not belong to the clip."""
        self.sections.clear()


def place_of(clip: str, section: str, number: int) -> str:
    """What a sentence is called, and a recording of it: ``ForwardPass.the-edges.2``.

    The first sentence of a section is number 0 here, and 1 in the name.
    """
    return f"{clip}.{section}.{number + 1}"


def soundtrack(
    clip: str,
    script: Script,
    sections: Iterable[PlayedSection],
    teller: Teller | None,
    seconds: float,
) -> Soundtrack | None:
    """The sound of a clip whose sections were played like that; None if nobody speaks."""
    if teller is None:
        return None
    from netglow.scenes.voice.soundtrack import Soundtrack

    return Soundtrack(list(spoken(clip, script, sections, teller)), seconds)


def spoken(
    clip: str, script: Script, sections: Iterable[PlayedSection], teller: Teller, shift: float = 0.0
) -> Iterator[Placed]:
    """The sentences of sections that were played, ``shift`` seconds later, to be mixed.

    Each is said, or taken from where it is kept, only when its turn comes.
    """
    from netglow.scenes.voice.soundtrack import Placed

    for section in sections:
        words = script.sections[section.name]
        for i, (start, _) in enumerate(section.sentences):
            place = place_of(clip, section.name, i)
            aloud = script.aloud(script.fill(words.spoken(i), section.numbers))
            yield Placed(shift + start, partial(teller.tell, place, aloud))
