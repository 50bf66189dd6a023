"""What the layers mean: one holds the image, one the answer, and each decides the next."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Animation,
    Arrow,
    Create,
    FadeIn,
    FadeOut,
    Group,
    GrowArrow,
    LaggedStart,
    RoundedRectangle,
    Transform,
    VGroup,
)

from netglow.scenes.facts.layers import LayersFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.motion.ripple import Ripple
from netglow.scenes.parts.motion.wave import Wave, reading_order
from netglow.scenes.parts.network.big_neuron import BigNeuron
from netglow.scenes.parts.network.edges import Dim
from netglow.scenes.parts.network.grow_fans import GrowFans
from netglow.scenes.parts.network.input_column import (
    COLUMN_AT,
    COLUMN_HEIGHT,
    IMAGE_AT,
    IMAGE_SIZE,
    lay_in_column,
)
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.network_pass import NetworkPass, raise_bars
from netglow.scenes.parts.network.neurons import LightUp, Neurons
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.layers.layer_columns import LayerColumns, Recount, dealt
from netglow.scenes.props.layers.layer_head import LayerHead
from netglow.scenes.props.layers.listener import AMONG_OTHERS, Listener
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING

ASK_AT = np.array([4.6, -0.1, 0])
SMALL_AT, SMALL = np.array([-5.25, -0.3, 0]), 2.55
ASKED_AT, ASKED = np.array([0.75, -0.3, 0]), 5.6  # where one asks what the image is
NAME, NAME_Y = 0.42, 3.2  # of the name over the network: its size, the line it stands on
WHOSE_Y, HIS_Y = 3.42, 3.1  # lines of whose idea it was, beside the name
LARGE = 0.85  # radius of a neuron whose number one can read
CLEAR = 0.2  # between them and what is enlarged
SAY_X = 4.1  # of the words beside the listener


class Layers(NetglowScene):
    """First and last layer, what is between them, how one causes the next, and the wires."""

    tells = LayersFacts
    facts: LayersFacts
    stack: LayerColumns  # the network without its edges
    columns: list[Neurons]  # its layers, the image first
    ghost: PixelImage  # the image beside them
    digits: VGroup  # the names of the outputs
    bars: Bars  # beside the outputs
    frame: Any  # around the output that glows
    heads: list[LayerHead]  # above the columns
    arrows: VGroup  # from each column to the next
    listener: Listener  # one neuron, large, and all pixels wired to it
    diagram: NetworkDiagram  # the whole network
    title: VGroup  # its name
    one: BigNeuron  # one that has fired, large
    small: PixelImage  # the image, back beside the columns
    spoken: VGroup  # who speaks for the listener, and who against it

    def construct(self) -> None:
        self.gather()
        self.the_first_layer()
        self.the_last_layer()
        if self.facts.hidden:
            self.the_hidden_layers()
            self.why_this_size()
        self.patterns()
        self.every_neuron_listens()
        self.its_name()
        self.like_a_brain()
        self.what_happens()

    def gather(self) -> None:
        facts, theme = self.facts, self.theme
        sizes = [facts.inputs, *facts.hidden, facts.outputs]
        self.stack = LayerColumns(sizes, facts.image, theme)
        self.columns = self.stack.columns
        outputs = self.columns[-1].centres()
        self.digits = VGroup(
            *[
                self.label(name, size=BODY).move_to(place + RIGHT * 0.5)
                for name, place in zip(self.story.network.class_names, outputs, strict=True)
            ]
        )
        self.bars = Bars(np.zeros(len(outputs)), outputs + RIGHT * 0.85, theme, 0.95)
        names = ["input", *["hidden"] * len(facts.hidden), "output"]
        self.heads = [
            LayerHead(size, self.words(name), x, theme)
            for size, name, x in zip(sizes, names, self.stack.xs, strict=True)
        ]

    # --- the columns ---
    def the_first_layer(self) -> None:
        facts, theme = self.facts, self.theme
        shape = facts.rows, facts.columns
        self.ghost = PixelImage(facts.image, theme, IMAGE_SIZE).move_to(IMAGE_AT).set_opacity(0.35)
        large = lay_in_column(self.columns[0].copy(), shape, COLUMN_AT, COLUMN_HEIGHT)
        ask = self.label("?", "attention", 1.8, bold=True).move_to(ASK_AT)
        self.add(self.ghost, large, ask)
        small = PixelImage(facts.image, theme, SMALL).move_to(SMALL_AT)
        with self.section("the-first-layer"):
            self.play(FadeOut(ask), run_time=0.5)
            self.play(Transform(large, self.columns[0]), Transform(self.ghost, small), run_time=1.6)
            self.remove(large)
            self.add(self.columns[0])
            self.play(self.heads[0].arrive(), run_time=0.7)
            order = reading_order(*shape, stagger=0.8)
            self.play(
                Ripple(self.ghost, order, 0.25),
                Ripple(self.columns[0], order, np.array([[0.8, 0.0]])),
                run_time=2.4,
            )

    def the_last_layer(self) -> None:
        facts = self.facts
        asked = PixelImage(facts.image, self.theme, ASKED).move_to(ASKED_AT)
        beside = PixelImage(facts.image, self.theme, SMALL).move_to(SMALL_AT)
        self.frame = RoundedRectangle(
            corner_radius=0.1, width=2.3, height=0.5, stroke_width=3, color=self.theme.attention
        ).move_to(self.columns[-1].centres()[facts.named] + RIGHT * 0.78)
        with self.section("the-last-layer"):
            self.deal(len(self.columns) - 1, 1.6)
            self.play(
                LaggedStart(*[FadeIn(name) for name in self.digits], lag_ratio=0.15),
                self.heads[-1].arrive(),
                run_time=1.2,
            )
            self.play(Transform(self.ghost, asked), FadeIn(self.bars), run_time=1.4)
            self.say()
            self.play(
                LightUp(self.columns[-1], facts.a[-1], 0.0, run_time=1.6),
                raise_bars(self.bars, facts.a[-1], 1.6),
            )
            self.play(Create(self.frame), run_time=0.6)
            for _ in range(2):
                self.glow(0.35)
                self.glow(1.0)
        self.small = beside

    def glow(self, share: float) -> None:
        """The brightest output goes to a share of what it is, and its bar with it."""
        values = self.facts.a[-1].copy()
        values[self.facts.named] *= share
        self.play(
            LightUp(self.columns[-1], values, 0.0, run_time=0.8), raise_bars(self.bars, values, 0.8)
        )

    def the_hidden_layers(self) -> None:
        facts = self.facts
        kind = "-one" if facts.layers == 1 else "" if facts.size else "-unequal"
        dark = np.zeros(facts.outputs)
        with self.section(f"the-hidden-layers{kind}"):
            self.play(
                FadeOut(self.frame),
                Transform(self.ghost, self.small),
                LightUp(self.columns[-1], dark, 0.0),
                raise_bars(self.bars, dark, 1.0),
                run_time=1.2,
            )
            for layer in range(1, len(self.columns) - 1):
                self.deal(layer, 1.2)
                self.play(self.heads[layer].arrive(), run_time=0.5)
            self.say()
            ends = [self.columns[0], self.columns[-1]]
            swell: list[Any] = [np.array([[0.9, 0.0]]), 0.35]
            for column, by in zip(ends, swell, strict=True):
                self.play(Ripple(column, np.linspace(0, 0.5, len(column)), by), run_time=1.3)
            self.play(
                *[Ripple(c, np.linspace(0, 0.5, len(c)), 0.35) for c in self.columns[1:-1]],
                run_time=1.5,
            )

    def deal(self, layer: int, run_time: float) -> None:
        """The neurons of a layer come out of the one before, or out of the first."""
        target = self.columns[layer]
        sources = self.columns[0 if layer == len(self.columns) - 1 else layer - 1]
        cards = dealt(target, sources, np.arange(len(target)) * len(sources) // len(target))
        self.add(cards, sources)
        self.play(Wave(cards, target, np.linspace(0, 0.5, len(target))), run_time=run_time)
        self.remove(cards)
        self.add(target)

    def why_this_size(self) -> None:
        facts = self.facts
        places = range(1, len(self.columns) - 1)
        stand_ins = [
            self.stack.dark(n, float(self.stack.xs[layer]), most)
            for layer, n, most in zip(places, facts.hidden, facts.more, strict=True)
        ]
        steps = (facts.hidden, facts.fewer, facts.more, facts.hidden)
        with self.section("why-this-size" if facts.fits else "why-this-size-other"):
            self.wait(1.0)
            self.remove(*self.columns[1:-1])
            self.add(*stand_ins)
            for before, after in zip(steps, steps[1:], strict=False):
                moves: list[Animation] = []
                for layer, column, old, new in zip(places, stand_ins, before, after, strict=True):
                    moves.append(Recount(column, old, new, run_time=1.1))
                    moves.append(self.heads[layer].recount(old, new, 1.1))
                self.play(*moves)
                self.wait(0.35)
            self.remove(*stand_ins)
            self.add(*self.columns[1:-1])

    # --- patterns ---
    def patterns(self) -> None:
        facts = self.facts
        self.arrows = VGroup(
            *[
                self.arrow(left, right)
                for left, right in zip(self.stack.xs, self.stack.xs[1:], strict=False)
            ]
        )
        with self.section("patterns" if facts.hidden else "patterns-single"):
            first = self.columns[0]
            if not facts.hidden:
                self.play(FadeOut(self.frame), Transform(self.ghost, self.small))
            self.play(Ripple(first, np.linspace(0, 0.5, len(first)), np.array([[0.9, 0.0]])))
            self.wait(0.8)
            self.cause(1, facts.a[0])
            self.say()
            self.play(
                Ripple(self.ghost, reading_order(facts.rows, facts.columns), 0.25), run_time=1.4
            )
            self.play(Ripple(self.columns[1], np.zeros(len(self.columns[1])), 0.3), run_time=1.2)
            for layer in range(2, len(self.columns)):
                self.cause(layer, facts.a[layer - 1])
            self.say()
            other = PixelImage(facts.other_image, self.theme, SMALL).move_to(SMALL_AT)
            self.play(*self.darken(), run_time=0.6)
            self.play(
                Transform(self.ghost, other),
                Transform(first, self.stack.first(facts.other_image)),
                run_time=0.8,
            )
            for layer in range(1, len(self.columns)):
                self.cause(layer, facts.other_a[layer - 1], 0.8)

    def arrow(self, left: float, right: float) -> Arrow:
        """Between two columns: the one decides the other."""
        return Arrow(
            [left + 0.5, -0.3, 0],
            [right - 0.45, -0.3, 0],
            buff=0,
            stroke_width=7,
            color=self.theme.attention,
            max_tip_length_to_length_ratio=0.2,
        )

    def cause(self, layer: int, values: np.ndarray, run_time: float = 1.1) -> None:
        """The arrow into a layer grows, if it is not there, and its neurons get their numbers."""
        arrow: Any = self.arrows[layer - 1]
        lit: list[Animation] = [LightUp(self.columns[layer], values, 0.3, run_time=run_time)]
        if layer == len(self.columns) - 1:
            lit.append(raise_bars(self.bars, values, run_time))
        if arrow in self.mobjects:
            arrow.save_state()
            self.play(arrow.animate(run_time=0.35).set_stroke(width=12))
            self.play(*lit, arrow.animate.restore())
        else:
            self.play(GrowArrow(arrow), run_time=0.6)
            self.play(*lit)

    def darken(self) -> list[Animation]:
        """All that the image had caused goes out."""
        dark = [LightUp(column, np.zeros(len(column)), 0.0) for column in self.columns[1:]]
        return [*dark, raise_bars(self.bars, np.zeros(self.facts.outputs), 1.0)]

    # --- the wires ---
    def every_neuron_listens(self) -> None:
        facts = self.facts
        weights = self.story.network.w[0][facts.focus]
        self.listener = made = Listener(weights, facts.image, self.theme)
        self.spoken = VGroup(
            self.label(self.words("for"), "positive", HEADING, bold=True).move_to((SAY_X, 2.0, 0)),
            self.label(self.words("against"), "negative", HEADING, bold=True).move_to(
                (SAY_X, -2.2, 0)
            ),
        )
        with self.section("every-neuron-listens"):
            self.come_near(made)
            made.fan.set_arrays(light=0.0)
            self.play(GrowFans(made.fan, light=made.rest), run_time=3.0)
            self.mark_poster()
            self.play(Ripple(made.neuron, np.zeros(1), 0.12), run_time=1.2)
            self.say()
            for word, speaks_for in zip(self.spoken, (True, False), strict=True):
                light = made.on_top(speaks_for)
                self.play(FadeIn(word), made.fan.animate.set_arrays(light=light), run_time=1.0)
                self.wait(1.4)
            self.play(made.fan.animate.set_arrays(light=made.rest), run_time=0.8)

    def come_near(self, made: Listener) -> None:
        """The column unfolds into the image, and one neuron is enlarged beside it."""
        facts = self.facts
        near = made.before(self.columns[1], facts.focus)
        others = Group(*self.columns[1:], self.bars, self.digits, self.arrows, *self.heads)
        self.play(
            *self.darken(),
            Transform(self.columns[0], self.stack.first(facts.image)),
            Transform(self.ghost, self.small),
            run_time=0.8,
        )
        self.add(near)
        self.play(
            FadeOut(others, run_time=1.1),
            Wave(self.columns[0], made.circles, reading_order(facts.rows, facts.columns)),
            Transform(near, made.neuron),
            Transform(self.ghost, made.large.copy().set_opacity(0.0)),
            run_time=2.2,
        )
        self.remove(near, self.columns[0], self.ghost)
        self.add(*made)

    def its_name(self) -> None:
        facts, listener = self.facts, self.listener
        self.diagram = made = NetworkDiagram(self.story.network, self.theme)
        places = listener.within(made, facts.focus)
        rests = [edges.light for edges in made.edges]
        for edges in made.edges:
            edges.set_arrays(light=0.0)
        many = bool(facts.hidden)
        name = self.label(self.words("multilayer" if many else "perceptron"), size=NAME, bold=True)
        whose = VGroup(
            self.label(self.words("rosenblatt"), "text", BODY),
            self.label(self.words("his"), "muted", CAPTION),
        ).arrange(DOWN, buff=0.1, aligned_edge=LEFT)
        both = VGroup(name.copy(), whose).arrange(RIGHT, buff=0.6)
        for text, y in ((name, NAME_Y), (both[0], NAME_Y), (whose[0], WHOSE_Y), (whose[1], HIS_Y)):
            stand(text, y)
        self.title = VGroup(name, whose)
        with self.section("its-name" if many else "its-name-single"):
            self.play(FadeOut(self.spoken), run_time=0.4)
            parts = (listener.circles, listener.neuron, listener.fan)
            self.play(*map(Transform, parts, places), run_time=1.6)
            self.play(FadeIn(Group(*made.neurons, made.names, made.bars)), run_time=0.6)
            self.remove(listener.neuron)
            self.wire_up(rests)
            self.play(FadeIn(name, shift=DOWN * 0.1), run_time=0.8)
            self.say()
            self.play(Transform(name, both[0]), run_time=0.8)
            self.play(FadeIn(whose), run_time=0.8)

    def wire_up(self, rests: list[np.ndarray]) -> None:
        """All other neurons get their wires, too."""
        made, facts = self.diagram, self.facts
        others = [i for i in range(len(made.neurons[0])) if i != facts.focus]
        row = np.repeat(np.arange(len(made.neurons[0])) == facts.focus, facts.inputs)
        first = made.edges[0].set_arrays(light=np.where(row, AMONG_OTHERS * rests[0], 0.0))
        self.remove(self.listener.fan)
        if self.theme.is_light:
            self.bring_to_back(*made.edges)
        else:
            self.bring_to_back(self.listener.circles, *made.edges)
        self.play(GrowFans(first, 0.6, others, rests[0]), run_time=1.6)
        self.play(first.animate.set_arrays(light=rests[0]), run_time=0.4)
        for edges, rest in zip(made.edges[1:], rests[1:], strict=True):
            self.play(GrowFans(edges, 0.5, light=rest), run_time=0.7)

    def like_a_brain(self) -> None:
        facts, made, last = self.facts, self.diagram, self.facts.source_layer
        layer = made.neurons[last - 1]
        at = layer.centres()[facts.source]
        highest = self.title.get_bottom()[1] - CLEAR - LARGE
        place = np.array([at[0], min(at[1], highest), 0])
        self.one = one = BigNeuron(facts.source_value, place, self.theme, LARGE, HEADING)
        small = one.disc.copy().place(at[None], layer.halves()[[facts.source]])
        work = NetworkPass.through(made, self.story.trace)
        with self.section("like-a-brain"):
            for animations in work.quick(1.1):
                self.play(*animations)
            self.say()
            self.add(small)
            self.play(Transform(small, one.disc), run_time=1.0)
            self.play(FadeIn(one.number), run_time=0.5)
            self.remove(small, one.number)
            self.add(one)
            self.play(Ripple(one.disc, np.zeros(1), 0.1), run_time=1.4)

    def what_happens(self) -> None:
        made = self.diagram
        with self.section("what-happens"):
            self.play(
                FadeOut(self.one, scale=0.4),
                FadeOut(self.title),
                *[Dim(edges, 0.0) for edges in made.edges if edges.contributions is not None],
                *[LightUp(layer, np.zeros(len(layer)), 0.0) for layer in made.neurons],
                raise_bars(made.bars, np.zeros(self.facts.outputs), 1.0),
            )
            self.play(
                Wave(
                    self.listener.circles,
                    made.pixels,
                    np.linspace(0, 0.6, len(self.listener.circles)),
                ),
                run_time=1.6,
            )
            self.remove(self.listener.circles)
            self.add(made)
