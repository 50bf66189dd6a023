"""What a played chapter says."""

from __future__ import annotations

from netglow.scenes.stage.scene import NetglowScene


def said(scene: NetglowScene, section: str = "") -> str:
    """All its captions in one line, or those of the first section that begins so."""
    start, end = 0.0, scene.duration_seconds
    if section:
        start, end = next((s.start, s.end) for s in scene.sections if s.name.startswith(section))
    return " ".join(c.text for c in scene.cues if start <= c.start < end).replace("\n", " ")
