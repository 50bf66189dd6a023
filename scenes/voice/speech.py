"""What an engine is asked for and what it gives: text in, samples out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]  # one channel, -1..1


class VoiceError(ValueError):
    """A voice cannot speak; one line that says why and what to do."""


@dataclass(frozen=True, eq=False)
class Speech:
    """A spoken text: ``samples`` (n,) float32 in -1..1, ``rate`` of them a second."""

    samples: Samples
    rate: int


class Voice(Protocol):
    """An engine. Register its class under the entry point ``netglow.voices`` to add one.

    It is made with what follows the colon in ``--voice NAME:ARGUMENT`` (empty without one) and
    must be cheap to make: what takes time or may be missing belongs into ``load``, which is
    called once before the first ``speak``. VoiceError for an argument that is no good.

    usage: how it is written on the command line; about: one line for ``--voices``.
    """

    usage: ClassVar[str]
    about: ClassVar[str]

    def __init__(self, argument: str) -> None: ...

    @property
    def version(self) -> str:
        """Changes whenever the same text would sound otherwise. VoiceError if it is not there."""

    def speaks(self, language: str) -> bool:
        """Whether it speaks a language (its two-letter code)."""

    def load(self) -> None:
        """Get ready. VoiceError if that fails."""

    def speak(self, text: str, language: str) -> Speech:
        """The text as sound; the same text, the same samples."""
