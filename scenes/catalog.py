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
         "Real threes that share few pixels, and an eight that shares more: the puzzle.", 63),
    Clip("WhatIsANeuron", "what_is_a_neuron", "What is a neuron?",
         "A pixel becomes a circle that holds a number; 784 of them are the input layer.", 62),
    Clip("Layers", "layers", "Layers",
         "The network is built: input, outputs, hidden layers, its edges and its name.", 67),
    Clip("ForwardPass", "forward_pass", "A digit goes through the network",
         "Light runs along every weight, from a digit's ink to the answer.", 74),
    Clip("WhyLayers", "why_layers", "Why layers?",
         "A hope: digits are made of loops and lines, cut from real images by a program.", 65),
    Clip("WeightedSum", "weighted_sum", "The weighted sum",
         "Weights times pixels, product by product, pour into one neuron's sum.", 71),
    Clip("Squish", "squish", "Squish it between 0 and 1",
         "The sigmoid bends the number line; the real sums of a layer land on it.", 69),
    Clip("Bias", "bias", "The bias",
         "The bias sets a threshold: how often one neuron lights up over all test images.", 72),
    Clip("ThirteenThousand", "thirteen_thousand", "Thousands of dials",
         "All weights and biases counted, then moved along the real training.", 62),
    Clip("MatrixProduct", "matrix_product", "A whole layer in one product",
         "All the sums of a layer as one matrix times one column, plus a bias, through sigma.", 68),
    Clip("OneBigFunction", "one_big_function", "One big function",
         "784 numbers in, ten out; and an image for which two outputs light up.", 58),
    Clip("Learning", "learning", "It learns from examples",
         "The cost of an answer, the curves of the real run, weights from noise to form.", 73),
    Clip("ReLU", "relu", "Why ReLU?",
         "The same deep network trained with both functions: gradients and learning curves.", 74),
    Clip("WhatItReallyLearned", "what_it_really_learned", "What it really learned",
         "Its weights, its errors, the noise it believes in, what a small shift does to it.", 75),
)
# fmt: on
SIGNATURE = "ForwardPass"  # the chapter that shows best what Netglow is


def clip_named(name: str) -> Clip:
    """The clip of that name; KeyError where there is none."""
    return {clip.name: clip for clip in CLIPS}[name]
