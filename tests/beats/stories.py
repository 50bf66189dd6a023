"""The stories that beat sheets are kept of."""

from __future__ import annotations

from typing import Any

import numpy as np

from netglow.netcore.digits import ASSETS
from tests.chapters.facts.raw import raw_of


def choices_of(story: str) -> dict[str, Any]:
    """What a story is asked for: the usual one, the ReLU network, an image that is read wrongly."""
    if story == "relu":
        return {"model": ASSETS / "models" / "relu.safetensors"}
    if story == "wrong":
        nobody = raw_of()
        return {"index": int(np.flatnonzero(nobody.answers != nobody.labels)[0])}
    return {}
