"""The shots with Netglow's parts: one mobject a layer, painted as light."""

from __future__ import annotations

import numpy as np
from manim import Group, Mobject, UpdateFromAlphaFunc, linear

from netglow.netcore.network import forward
from netglow.netcore.study import facts
from netglow.scenes.bench.setting import SECONDS, Setting
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.edges import Flow
from netglow.scenes.parts.network.neurons import LightUp
from netglow.scenes.stage.scene import NetglowScene


class S1(NetglowScene):
    """784 pixel squares fill and become the input column."""

    def construct(self) -> None:
        setting = Setting(self.story)
        values, _ = setting.pixels
        pixels = PixelImage(np.zeros(self.story.image.shape), self.theme, 6.0)
        filled = PixelImage(self.story.image, self.theme, 6.0)
        column = filled.copy().place(setting.column, np.full((values.size, 2), 0.03))
        column.set_arrays(corner=1.0)
        order = np.linspace(0, 0.6, values.size)
        self.add(pixels)
        self.play(Wave(pixels, filled, order), run_time=SECONDS["S1"] / 2)
        self.play(Wave(pixels, column, order), run_time=SECONDS["S1"] / 2)


class S2(NetglowScene):
    """A forward pass: light runs along all 12,960 edges, neurons light up."""

    def construct(self) -> None:
        diagram, trace = Setting(self.story).diagram, self.story.trace
        self.add(diagram)
        for i, (edges, layer) in enumerate(zip(diagram.edges, diagram.neurons, strict=True)):
            carried = facts.contributions(self.story.network, trace, i)
            self.play(Flow(edges, carried, run_time=SECONDS["S2"] / 3))
            self.play(LightUp(layer, trace.a[i + 1], run_time=SECONDS["S2"] / 6))


class S3(NetglowScene):
    """All 13,002 parameters move in every frame, and with them what the neurons answer."""

    def construct(self) -> None:
        setting = Setting(self.story)
        diagram = setting.diagram
        self.add(diagram)

        def move(_: Mobject, alpha: float) -> None:
            network = setting.moved(alpha)
            trace = forward(network, self.story.image)
            for i, (edges, layer) in enumerate(zip(diagram.edges, diagram.neurons, strict=True)):
                edges.set_weights(network.w[i])
                layer.set_activations(trace.a[i + 1])

        moving = Group(*diagram.edges, *diagram.neurons)
        self.play(UpdateFromAlphaFunc(moving, move, rate_func=linear, run_time=SECONDS["S3"]))
