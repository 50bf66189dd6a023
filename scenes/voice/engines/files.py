"""What voices that live in a user's own files have in common."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from netglow.scenes.voice.speech import VoiceError


def version_of(package: str, voice: str, extra: str) -> str:
    """A package and its version; VoiceError with the extra that installs it if it is missing."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        raise VoiceError(
            f"the voice {voice} needs {package}; pip install 'netglow[{extra}]'"
        ) from None


def existing(path: Path, what: str) -> Path:
    """The file, if it is one; VoiceError otherwise."""
    if not path.is_file():
        raise VoiceError(f"{path}: there is no such file; expected {what}")
    return path


def mark_of_file(path: Path) -> str:
    """The first 16 hex digits of a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
