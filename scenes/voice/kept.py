"""Spoken sentences kept on the disk by what they were made from, so that each is spoken once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import platformdirs

from netglow.scenes.voice.sound import RATE, read_sound, write_flac
from netglow.scenes.voice.speech import Samples, VoiceError

FOLDER = "NETGLOW_SPEECH"  # an environment variable: where they are kept instead


def folder() -> Path:
    """Where spoken sentences are kept: the user's cache, or what NETGLOW_SPEECH names."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else platformdirs.user_cache_path("netglow") / "speech"


def kept(made_from: tuple[str, ...], make: Callable[[], Samples]) -> Samples:
    """What ``make`` gives, from the disk if it was made from the same before.

    A folder that cannot be written to is no reason to be silent: then nothing is kept.
    """
    name = hashlib.sha256("\n".join(made_from).encode()).hexdigest()[:32]
    path = folder() / name[:2] / f"{name}.flac"
    if path.is_file():
        with suppress(VoiceError):  # half a file of a full disk, say
            speech = read_sound(path)
            if speech.rate == RATE:
                return speech.samples
    samples = make()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            write_flac(draft, samples)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return samples
