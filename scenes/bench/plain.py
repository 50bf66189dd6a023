"""The same shots as one writes them in plain Manim: one mobject an edge, a pixel, a neuron."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    Circle,
    LaggedStart,
    Line,
    ManimColor,
    Mobject,
    Scene,
    ShowPassingFlash,
    Square,
    Transform,
    ValueTracker,
    VGroup,
    linear,
)

from netglow.netcore.network import forward
from netglow.scenes.bench.setting import SECONDS, Setting
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import flow_light, rest_light


def edge_lines(setting: Setting, layer: int) -> VGroup:
    """Every weight of a layer as a Line, opaque by its size."""
    edges = setting.diagram.edges[layer]
    ends = edges.points.reshape(-1, 2, 3)
    lines = VGroup(*[Line(a, b, stroke_width=1) for a, b in ends])
    return ink(lines, edges.weights, setting)


def ink(lines: VGroup, weights: np.ndarray, setting: Setting) -> VGroup:
    """Colour by sign, opacity by size."""
    theme = setting.story.theme
    up, down = ManimColor(theme.positive), ManimColor(theme.negative)
    for line, w, share in zip(lines, weights.ravel(), rest_light(weights.ravel()), strict=True):
        line.set_stroke(up if w >= 0 else down, opacity=min(0.5 * share, 1))
    return lines


def neuron_circles(setting: Setting, layer: int) -> VGroup:
    """The neurons that the edges of a layer feed, as Circles."""
    drawn = setting.diagram.neurons[layer]
    radius = float(drawn.halves()[0, 0])
    return VGroup(
        *[
            Circle(radius, color=setting.story.theme.muted, stroke_width=2).move_to(place)
            for place in drawn.centres()
        ]
    )


class S1(Scene):
    """784 pixel squares fill and become the input column."""

    def construct(self) -> None:
        setting = Setting(Story.choose())
        values, centres = setting.pixels
        white = setting.story.theme.on
        pixels = VGroup(
            *[Square(0.19, stroke_width=0.5, fill_color=white).move_to(place) for place in centres]
        )
        column = VGroup(
            *[
                Circle(0.03, stroke_width=0.5, fill_color=white, fill_opacity=v).move_to(place)
                for v, place in zip(values, setting.column, strict=True)
            ]
        )
        self.add(pixels)
        fill: list[Any] = [
            square.animate.set_fill(white, float(v))
            for square, v in zip(pixels, values, strict=True)
        ]
        self.play(LaggedStart(*fill, lag_ratio=0.002), run_time=SECONDS["S1"] / 2)
        self.play(Transform(pixels, column), run_time=SECONDS["S1"] / 2)


class S2(Scene):
    """A forward pass: a flash runs along all 12,960 edges, neurons light up."""

    def construct(self) -> None:
        setting = Setting(Story.choose())
        story, layers = setting.story, range(len(setting.diagram.edges))
        edges = [edge_lines(setting, layer) for layer in layers]
        neurons = [neuron_circles(setting, layer) for layer in layers]
        self.add(*edges, *neurons)
        for layer in layers:
            trace = story.trace
            carried = flow_light((story.network.w[layer] * trace.a[layer]).ravel())
            flash = edges[layer].copy()
            for line, light in zip(flash, carried, strict=True):
                line.set_stroke(opacity=min(0.6 * light, 1))
            self.play(ShowPassingFlash(flash, time_width=0.3), run_time=SECONDS["S2"] / 3)
            lit: list[Any] = [
                circle.animate.set_fill(story.theme.on, float(a))
                for circle, a in zip(neurons[layer], trace.a[layer + 1], strict=True)
            ]
            self.play(LaggedStart(*lit, lag_ratio=0.1), run_time=SECONDS["S2"] / 6)


class S3(Scene):
    """All 13,002 parameters move in every frame, and with them what the neurons answer."""

    def construct(self) -> None:
        setting = Setting(Story.choose())
        layers = range(len(setting.diagram.edges))
        edges = [edge_lines(setting, layer) for layer in layers]
        neurons = [neuron_circles(setting, layer) for layer in layers]
        share = ValueTracker(0)

        def move(_: Mobject) -> None:
            network = setting.moved(share.get_value())
            trace = forward(network, setting.story.image)
            for layer in layers:
                ink(edges[layer], network.w[layer], setting)
                for circle, a in zip(neurons[layer], trace.a[layer + 1], strict=True):
                    circle.set_fill(setting.story.theme.on, float(a))

        network = VGroup(*edges, *neurons).add_updater(move)
        self.add(network)
        self.play(share.animate.set_value(1), rate_func=linear, run_time=SECONDS["S3"])
