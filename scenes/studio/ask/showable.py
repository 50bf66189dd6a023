"""Which networks the clips can show: they have words and pictures for some functions only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netglow.scenes.studio.ask.choices import Failure

if TYPE_CHECKING:
    from netglow.netcore.network import Network
    from netglow.scenes.catalog import Clip

SHOWN = ("sigmoid", "relu")


def check_shown(clips: Sequence[Clip], network: Network, path: Path | None) -> None:
    """Failure with one line if one of the clips cannot tell what a layer of the network does."""
    for clip in clips:
        for l, name in enumerate(network.activations, 1):
            if name not in SHOWN:
                raise Failure(
                    f"{path}: {clip.name} cannot show {name} (layer {l}) yet, only "
                    f"{' and '.join(SHOWN)}; netglow predict and netglow model can"
                )
