"""One neuron drawn large enough to read the number it holds."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, ORIGIN, Group, Text, VGroup

from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.stage.text import BODY, TITLE, Number, label
from netglow.scenes.stage.theme import Theme, contrast


class BigNeuron(Group):
    """A disc filled by ``value`` (0..1) with the value written in it.

    ``disc`` and ``number`` are its parts, ``name`` a word below the number (empty without one);
    their ink is the one that reads better on the fill.
    """

    def __init__(
        self,
        value: float,
        centre: np.ndarray,
        theme: Theme,
        radius: float = 1.3,
        size: float = TITLE,
        places: int = 2,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.theme = theme
        self.disc = Neurons(np.array([value]), np.array([centre]), theme, radius)
        self.disc.set_arrays(stroke_width=3.5)
        self.number = Number(value, ink(value, theme), size, places, bold=True, anchor=ORIGIN)
        self.number.move_to(centre)
        self.word = VGroup()
        self.add(self.disc, self.number, self.word)
        self.value = float(value)

    def set_value(self, value: float) -> Self:
        """Hold another number 0..1."""
        self.value = float(value)
        self.disc.set_activations(np.array([value]))
        colour = ink(value, self.theme)
        if colour != self.number.colour:
            self.number.colour = colour
            self.number.set_color(colour)
            self.word.set_color(colour)
        self.number.set_value(value)
        return self

    def name_for(self, text: str) -> Text:
        """The word, in ink, where it belongs below the number once that has moved up."""
        made = label(text, ink(self.value, self.theme), BODY)
        made.move_to(self.disc.get_center() + DOWN * 0.36 * self.disc.halves()[0, 0])
        return made


def ink(value: float, theme: Theme) -> str:
    """The text colour that stands out best from a fill of brightness ``value`` (0..1)."""
    fill = "#" + "".join(f"{round(255 * c):02x}" for c in theme.brightness(value))
    return max((theme.ink_on, theme.ink_off), key=lambda colour: contrast(colour, fill))


def as_pixel(neuron: Neurons, centre: np.ndarray, half: float) -> Neurons:
    """A copy that looks like a pixel of the same value: a plain square of half width ``half``."""
    pixel = neuron.copy()
    pixel.place(np.tile(centre, (len(pixel), 1)), np.full((len(pixel), 2), half))
    return pixel.set_arrays(corner=0.0, halo=0.0, stroke_alpha=0.0)
