"""Which voices there are, and the one that a name on the command line means."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from netglow.scenes.voice.speech import Voice, VoiceError

GROUP = "netglow.voices"
_DEFAULTS = ("hibari", "espeak-ng")  # the first that is there and speaks the language


@cache
def engines() -> dict[str, type[Voice]]:
    """The engines that are installed, by name; one whose module is broken is left out."""
    found: dict[str, type[Voice]] = {}
    for point in entry_points(group=GROUP):
        try:
            found[point.name] = point.load()
        except Exception:  # of somebody else's package: no reason to be without the others
            continue
    return found


def voice_named(name: str) -> Voice:
    """The voice of ``NAME`` or ``NAME:ARGUMENT``; VoiceError if there is none."""
    engine, _, argument = name.partition(":")
    if engine not in engines():
        raise VoiceError(
            f"there is no voice {engine!r}; choose one of {', '.join(sorted(engines()))}, "
            "a folder of recordings, or none (see: netglow render --voices)"
        )
    return engines()[engine](argument)


def default_voice(language: str) -> str:
    """The name of the voice that speaks a language unasked; VoiceError if none is there."""
    reasons = []
    for name in _DEFAULTS:
        try:
            voice = voice_named(name)
            _ = voice.version
            if voice.speaks(language):
                return name
            reasons.append(f"{name} does not speak {language!r}")
        except VoiceError as error:
            reasons.append(str(error))
    raise VoiceError("; ".join(reasons))


def listed() -> list[tuple[str, str, str]]:
    """Every engine: how it is written, what it is, and what it needs if it is not ready."""
    return [
        (engine.usage, engine.about, _state(name)) for name, engine in sorted(engines().items())
    ]


def _state(name: str) -> str:
    try:
        _ = voice_named(name).version
    except VoiceError as error:
        return str(error)
    return "ready"
