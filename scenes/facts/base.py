"""The base of all chapters' facts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story


@dataclass(frozen=True, eq=False)
class Facts:
    """Everything that a chapter puts on the screen or says, by name.

    A chapter chooses nothing and computes nothing itself: which image, which neuron, how many,
    how much and in which order stands here. The braces in its words are the names of these
    fields, and a test computes every one of them a second time.
    """

    @classmethod
    def of(cls, story: Story) -> Self:
        """The facts of a story."""
        raise NotImplementedError

    @property
    def said(self) -> dict[str, Any]:
        """What can fill a brace: the numbers and texts, as plain values."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value.item() if isinstance(value, np.generic) else value
            for name, value in values.items()
            if isinstance(value, int | float | str | np.generic)
        }
