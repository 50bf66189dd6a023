"""The clips there are, in the order of the film. Importing this does not import Manim."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netglow.scenes.stage.scene import NetglowScene


@dataclass(frozen=True)
class Clip:
    """One chapter: class ``name`` in ``scenes/<module>.py``, about ``seconds`` long."""

    name: str
    module: str
    title: str
    shows: str
    seconds: float

    @property
    def words(self) -> str:
        """The name of its translation files."""
        return self.module.rpartition(".")[2]

    def load(self) -> type[NetglowScene]:
        """The scene class."""
        module = import_module(f"netglow.scenes.{self.module}")
        found: type[NetglowScene] = getattr(module, self.name)
        return found


# fmt: off
CLIPS = (
    Clip("SloppyThrees", "sloppy_threes", "Sloppy digits",
         "All those threes share hardly more ink with each other than with eights: a dare.", 103),
    Clip("WhatIsANeuron", "what_is_a_neuron", "What is a neuron?",
         "A thing that holds a number: one for every pixel makes the first layer.", 79),
    Clip("Layers", "layers", "Layers",
         "What an output means, how one layer decides the next, and who listens to whom.", 97),
    Clip("ForwardPass", "forward_pass", "A digit goes through the network",
         "Light runs along every weight, from a digit's ink to the answer.", 100),
    Clip("WhyLayers", "why_layers", "Why layers?",
         "A hope: digits are made of loops and lines, cut from real images by a program.", 89),
    Clip("WeightedSum", "weighted_sum", "The weighted sum",
         "A stroke, a blob and negative weights; then a neuron's products pour into one sum.", 98),
    Clip("Squish", "squish", "Squish it between 0 and 1",
         "The whole number line is squeezed between 0 and 1; a layer's sums rise onto the S.", 95),
    Clip("Bias", "bias", "The bias",
         "One number that makes a neuron hard to please: how much of it there has to be.", 95),
    Clip("ThirteenThousand", "thirteen_thousand", "Thousands of dials",
         "All weights and biases as dials: turned by hand, at random, and by real training.", 90),
    Clip("MatrixProduct", "matrix_product", "A whole layer in one product",
         "All the sums of a layer as one matrix times one column, "
         "plus a bias, through sigma.", 97),
    Clip("OneBigFunction", "one_big_function", "One big function",
         "A box of dials makes ten opinions of an image; and they are no slices of a cake.", 99),
    Clip("Learning", "learning", "It learns from examples",
         "What a mistake costs, one dial turned downhill, then all of them; nobody wrote it.", 110),
    Clip("ReLU", "relu", "Why ReLU?",
         "A message that an S whispers and ReLU passes on; a deep network trained with both.", 112),
    Clip("WhatItReallyLearned", "what_it_really_learned", "What it really learned",
         "Its weights, its errors, the noise it believes in, what a small shift does to it.", 112),
)
# fmt: on
SIGNATURE = "ForwardPass"  # the chapter that shows best what Netglow is


def clip_named(name: str) -> Clip:
    """The clip of that name; KeyError where there is none."""
    return {clip.name: clip for clip in CLIPS}[name]
