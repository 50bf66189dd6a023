"""The film's title: a real digit's light goes through the whole network."""

from __future__ import annotations

from typing import Any, cast

from manim import RIGHT, UP, Animation, Create, FadeIn, FadeOut, VMobject, config

from netglow.netcore.study import facts
from netglow.scenes.cards.card import Card
from netglow.scenes.parts.network.edges import Dim, Flow
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.neurons import LightUp
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.fit import fit
from netglow.scenes.stage.text import BODY

LEFT_X, RIGHT_X = -6.45, 6.45
NAME = 0.72  # cap height of the title
LIGHT = 2.4  # seconds the light takes through all layers


class TitleCard(Card):
    """Threads of all weights; light from the digit's ink to the answer; the title above."""

    def construct(self) -> None:
        network, d = self.story.network, self.network_across()
        title = self.lines("film", "text", NAME, 2.93, bold=True)
        promise = self.lines("promise", "muted", BODY, 2.3, edges=f"{network.edge_count:,}")
        self.bring_to_back(*d.edges)
        with self.section("title"):
            self.play(
                FadeIn(*d.layers, d.names),
                FadeIn(title, shift=UP * 0.1),
                *[Create(edges, lag_ratio=0) for edges in cast(list[Any], d.edges)],
                run_time=1.1,
            )
            self.run_light(promise)
            self.mark_poster()
            self.wait(0.6)
        self.play(*[FadeOut(thing) for thing in list(self.mobjects)], run_time=0.5)
        self.wait(2 / config.frame_rate)

    def network_across(self) -> NetworkDiagram:
        """The network as wide as the frame, without the bars, the digit before it."""
        self.diagram = d = NetworkDiagram(
            self.story.network, self.theme, 4.2, 3.7, LEFT_X, 5.75, -0.64
        )
        d.pixels.set_values(self.story.image)
        return d

    def lines(
        self, name: str, role: str, size: float, y: float, bold: bool = False, **numbers: object
    ) -> VMobject:
        """A text that begins at the left border and stands at ``y``."""
        text = fit(self.label(self.words(name, **numbers), role, size, bold), RIGHT_X - LEFT_X)
        return stand(text.shift(RIGHT * (LEFT_X - text.get_left()[0])), y)

    def run_light(self, promise: VMobject) -> None:
        """A forward pass, every layer lit as the next one flows."""
        d, trace = self.diagram, self.story.trace
        each = LIGHT / len(d.edges)
        for layer, edges in enumerate(d.edges):
            carried = facts.contributions(self.story.network, trace, layer)
            moves: list[Animation] = [Flow(edges, carried)]
            if layer == 0:
                moves.append(FadeIn(promise))
            else:
                moves += [LightUp(d.layers[layer], trace.a[layer]), Dim(d.edges[layer - 1], 0.7)]
            self.play(*moves, run_time=each)
        self.play(LightUp(d.layers[-1], trace.output), run_time=0.7)
