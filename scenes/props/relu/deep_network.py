"""A deep network, small and in one row, and the light of gradients that runs back through it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Group, VGroup

from netglow.scenes.engine.batches import Edges
from netglow.scenes.engine.constants import SOLID
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import Flow, LayerEdges
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.stage.text import CAPTION, label
from netglow.scenes.stage.theme import Theme, crowding, flow_light

_REST = 0.3  # of the light at rest, in the dense first layer: all edges lie close together
_WAY = 1.2  # light of a path that nothing has dimmed
_RADIUS = 0.052
_LEFT, _SIZE, _HEIGHT = -6.3, 1.8, 2.0  # of the image, the image and the columns


class BackEdges(LayerEdges):
    """A layer's edges, each drawn from its neuron back to its source.

    Built from ``w`` (out, in); so ``weights`` here is w transposed, (in, out).
    """

    def __init__(self, w: np.ndarray, outs: np.ndarray, ins: np.ndarray, theme: Theme) -> None:
        super().__init__(np.asarray(w).T, outs, ins, theme)
        if crowding(self.weights.size) < 1:
            self.set_arrays(light=_REST * self.light)

    def set_light(self, light: np.ndarray) -> BackEdges:
        """The flow's light (in, out), as :func:`light_of_gradients` returns it."""
        return self.set_arrays(glow=self.theme.gradient_glow(light.ravel(), self.weights.size))


class FlowBack(Flow):
    """Light runs back along :class:`BackEdges`, as bright as ``contributions`` (in, out) say."""

    mobject: Any

    def begin(self) -> None:
        self.mobject.set_light(self.contributions)
        Animation.begin(self)


def light_of_gradients(*networks: Sequence[np.ndarray]) -> list[list[np.ndarray]]:
    """Light (in, out) of every layer's dC/dw (out, in), all networks on one scale."""
    flat = flow_light(np.concatenate([dw.ravel() for layers in networks for dw in layers]))
    lights: list[list[np.ndarray]] = []
    at = 0
    for layers in networks:
        lights.append([])
        for dw in layers:
            lights[-1].append(flat[at : at + dw.size].reshape(dw.shape).T)
            at += dw.size
    return lights


class DeepNetwork(Group):
    """``weights`` (out, in) of every layer: the image, a column for each layer, all edges.

    ``columns[l]`` are the neurons that ``edges[l]`` feed, at ``xs[l]``. Edges of the first
    layer end at the image's border, at the height of their pixel.
    """

    def __init__(
        self,
        weights: Sequence[np.ndarray],
        image: np.ndarray,
        theme: Theme,
        y: float,
        xs: Sequence[float] = (-3.2, -1.4, 0.4, 2.2, 4.0, 5.8),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.middle, self.xs = y, np.asarray(xs, float)
        self.pixels = PixelImage(image, theme, _SIZE).move_to((_LEFT + _SIZE / 2, y, 0))
        self.columns = [
            Neurons(np.zeros(len(w)), column(len(w), x, _HEIGHT / 15, y), theme, _RADIUS)
            for w, x in zip(weights, self.xs, strict=True)
        ]
        first = self.pixels.centres()
        first[:, 0] = self.pixels.get_right()[0]
        places = [first, *(neurons.centres() for neurons in self.columns)]
        self.edges = [BackEdges(w, places[l + 1], places[l], theme) for l, w in enumerate(weights)]
        for neurons in self.columns:
            neurons.set_arrays(stroke_width=1.5)
        self.add(self.pixels, *self.edges, *self.columns)

    def row(self, texts: Sequence[str], xs: np.ndarray, colour: str) -> VGroup:
        """Texts (n,) in a line under the network, centred on ``xs`` (n,)."""
        y = self.middle - 1.27
        return VGroup(
            *[
                label(text, colour, CAPTION).move_to((x, y, 0))
                for text, x in zip(texts, xs, strict=True)
            ]
        )

    def hush(self, share: float) -> list[Any]:
        """Animations: the edges at rest fade to a ``share`` of their light."""
        return [edges.animate.set_arrays(light=share * edges.light) for edges in self.edges]

    @property
    def gaps(self) -> np.ndarray:
        """(layers,) x of the middle between each column and what it reads from."""
        before = np.append(self.pixels.get_right()[0], self.xs[:-1])
        middles: np.ndarray = (before + self.xs) / 2
        return middles


class WayBack(Group):
    """One path back: from an output to a neuron in each layer, dimmed by every f'(z) it meets.

    It begins at the neuron ``output`` and goes through ``picked[l]`` of each hidden layer l,
    whose ``derivatives[l]`` (neurons,) are f'(z). ``places`` (n, 3) are those neurons;
    ``products`` (n,) multiply the derivatives passed so far, 1 at the output; ``texts`` say them.
    """

    def __init__(
        self,
        network: DeepNetwork,
        output: int,
        picked: Sequence[int],
        derivatives: Sequence[np.ndarray],
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        chain = list(zip(network.columns, [*picked, output], strict=True))[::-1]
        self.places = np.array([neurons.centres()[i] for neurons, i in chain])
        met = [float(d[i]) for d, i in zip(derivatives, picked, strict=True)][::-1]
        self.products = np.cumprod([1.0, *met])
        self.texts = ["1" if value == 1 else f"{value:.3f}" for value in self.products]
        self.edges = Edges(
            self.places[:-1],
            self.places[1:],
            theme.ink_light(theme.attention),
            0.0,
            _WAY * self.products[:-1] ** 0.8,
            3.0,
        )
        self.spark = Neurons(self.products[:1], self.places[:1], theme, 1.8 * _RADIUS)
        self.add(self.edges, self.spark)
        self.set_progress(0.0)

    def set_progress(self, progress: float) -> WayBack:
        """Show how far the light has come, 0 to n - 1."""
        legs = np.arange(len(self.places) - 1)
        head = np.clip(progress - legs, 0, 1)
        self.edges.set_arrays(head=np.where(head < 1, head, SOLID))
        leg = min(int(progress), len(legs) - 1)
        share = progress - leg
        place = self.places[leg] + share * (self.places[leg + 1] - self.places[leg])
        passed = self.products[leg + 1] if share >= 1 else self.products[leg]
        self.spark.place(place[None]).set_activations(np.array([passed]))
        return self
