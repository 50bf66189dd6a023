"""The network is built, layer by layer and edge by edge, and gets its name."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Circle,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Mobject,
    RoundedRectangle,
    Succession,
    Transform,
    VGroup,
    Wait,
)

from netglow.netcore.network import Trace
from netglow.netcore.study import facts
from netglow.netcore.study.telling_pixels import edge_pixel
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.motion.ripple import Ripple
from netglow.scenes.parts.motion.wave import Wave, reading_order
from netglow.scenes.parts.network.edges import Dim, Flow, LayerEdges
from netglow.scenes.parts.network.grow_fans import GrowFans
from netglow.scenes.parts.network.network_pass import NetworkPass
from netglow.scenes.parts.network.neurons import LightUp, Neurons
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import baseline, stand
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.props.layers.layer_columns import LayerColumns, Recount, dealt
from netglow.scenes.props.layers.layer_head import LayerHead, ring_around
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, TITLE

LEFT_X = -6.4
IMAGE, SIZE = np.array([-5.18, 0.95, 0]), 2.44
NOTES_Y = -0.75  # the first line below the image
NARROW = 1.7  # between columns: too little for long names
WORDS_END = -0.9  # columns left of it make room for words


class Layers(NetglowScene):
    """Input, output, what stands in between, the edges, the name, and one pass."""

    trace: Trace  # of the story's image
    focus: int  # the input neuron under the lens
    stack: LayerColumns  # the network
    columns: list[Neurons]  # its layers, the input first
    edges: list[LayerEdges]  # edges[l] leads from columns[l] to the next
    rest: list[np.ndarray]  # how bright they are at rest
    hidden: range  # the hidden layers' places among the columns
    ghost: PixelImage  # the image beside the input layer
    strongest: int  # the neuron that serves as the example, in the first hidden layer
    alone: float  # how much brighter its edges may be while they are alone
    digits: VGroup  # the names of the outputs
    bars: Bars  # beside the outputs
    heads: list[LayerHead]  # above and below every column
    headline: Headline  # the line above the picture
    numbers: dict[str, Any]  # that the sentences quote
    notes: Mobject  # the words on the left; the next section takes them away
    ring: Circle  # around the example
    source: int  # the layer one of whose neurons fires
    away: Group  # what makes room for the words about the brain

    def construct(self) -> None:
        self.gather()
        self.the_input_layer()
        self.the_output_layer()
        if self.hidden:
            self.the_hidden_layers()
            self.why_these_sizes()
        self.the_edges()
        self.its_name()
        self.like_a_brain()
        self.one_forward_pass()

    def gather(self) -> None:
        """The picture as it will be, and the numbers the words ask for."""
        network, self.trace = self.story.network, self.story.trace
        row, at = edge_pixel(self.story.image)
        self.focus = row * network.image_shape[1] + at
        self.stack = LayerColumns(network.w, self.trace.a[0], self.focus, self.theme)
        self.columns, self.edges = self.stack.columns, self.stack.edges
        self.rest = [edges.light for edges in self.edges]
        self.hidden = range(1, len(self.columns) - 1)
        self.ghost = PixelImage(self.story.image, self.theme, SIZE).move_to(IMAGE)
        self.strongest = int(self.trace.a[1].argmax())  # the neuron that serves as the example
        mine = self.rest[0].reshape(self.edges[0].weights.shape)[self.strongest]
        # one neuron's edges alone may shine as a whole layer's would
        self.alone = 5 * float(np.clip(self.rest[0].mean() / mine.mean(), 1, 5))
        outputs = self.columns[-1].centres()
        self.digits = VGroup(
            *[
                self.label(name, size=BODY).move_to(place + RIGHT * 0.5)
                for name, place in zip(network.class_names, outputs, strict=True)
            ]
        )
        self.bars = Bars(np.zeros(len(outputs)), outputs + RIGHT * 0.85, self.theme, 0.95)
        self.heads = [self.head(layer) for layer in range(len(self.columns))]
        self.headline = Headline(self.theme)
        *others, last = [f"{network.sizes[layer]:,}" for layer in self.hidden] or [""]
        self.numbers = {
            "inputs": f"{network.sizes[0]:,}",
            "outputs": network.sizes[-1],
            "layers": len(self.hidden),
            "predicted": self.trace.predicted,
            "sizes": f"{', '.join(others)} and {last}" if others else last,
        }

    def head(self, layer: int) -> LayerHead:
        """Size, name and reason of a layer, above and below its column."""
        short = "_short" if np.diff(self.stack.xs).min() < NARROW else ""
        kinds = {
            0: ("input_layer", "per_pixel"),
            len(self.edges): (f"output_layer{short}", "per_digit"),
        }
        name, reason = map(self.words, kinds.get(layer, (f"hidden_layer{short}", "choice")))
        return LayerHead(
            self.story.network.sizes[layer], name, reason, self.stack.xs[layer], self.theme
        )

    # --- sections ---
    def the_input_layer(self) -> None:
        image, first = self.story.image, self.columns[0]
        large = PixelImage(image, self.theme, 4.9).shift(DOWN * 0.15)
        circles = Neurons(image.ravel(), large.centres(), self.theme, 0.42 * large.pitch)
        circles.set_arrays(stroke_width=1.2, stroke_alpha=0.7, halo=0.4 * circles.halo)
        note = paragraph(self.words("enlarged"), self.theme.muted)
        note.move_to((LEFT_X, NOTES_Y, 0), aligned_edge=LEFT + UP)
        with self.section("the-input-layer", **self.numbers):
            self.play(FadeIn(circles), self.headline.write(self.words("what")), run_time=1.0)
            self.wait(0.4)
            self.add(large.set_opacity(0.0), circles)
            self.play(Transform(large, self.ghost.set_opacity(0.4)), run_time=1.3)
            self.remove(large)
            self.add(self.ghost)
            self.say()
            self.play(Wave(circles, first, reading_order(*image.shape, stagger=0.7)), run_time=3.0)
            self.remove(circles)
            self.add(first)
            self.play(self.heads[0].arrive(), FadeIn(note), run_time=0.9)
        self.notes = note

    def the_output_layer(self) -> None:
        with self.section("the-output-layer", **self.numbers):
            self.wait(0.5)
            self.deal(len(self.columns) - 1, run_time=1.8)
            self.say()
            self.play(
                LaggedStart(
                    *[FadeIn(name, shift=RIGHT * 0.1) for name in self.digits], lag_ratio=0.15
                ),
                run_time=1.2,
            )
            self.play(self.heads[-1].arrive(), run_time=0.8)

    def the_hidden_layers(self) -> None:
        one = len(self.hidden) == 1
        with self.section("the-hidden-layers-one" if one else "the-hidden-layers", **self.numbers):
            self.play(self.headline.write(self.words("between")))
            for layer in self.hidden:
                self.deal(layer, run_time=1.3)
                self.play(self.heads[layer].arrive(2), run_time=0.5)
            self.say()
            self.hide_and_show()

    def hide_and_show(self) -> None:
        """For a moment only what is seen from outside is left."""
        layers = [self.columns[layer] for layer in self.hidden]
        for share in (0.12, 1.0):
            self.play(*[column.animate.set_opacity(share) for column in layers], run_time=0.8)
            self.wait(0.4)

    def deal(self, layer: int, run_time: float) -> None:
        """The neurons of a layer come out of neurons that are already there."""
        target, sources = self.columns[layer], self.columns[layer - 1]
        own = np.arange(len(target)) * len(sources) // len(target)
        if layer not in self.hidden[1:]:  # one that is large enough to be seen leaving
            sources, own = self.columns[0], np.full(len(target), self.focus)
        cards = dealt(target, sources, own)
        self.add(cards, sources)
        self.play(Wave(cards, target, np.linspace(0, 0.5, len(target))), run_time=run_time)
        self.remove(cards)
        self.add(target)

    def why_these_sizes(self) -> None:
        sizes = [len(self.columns[layer]) for layer in self.hidden]
        fewer, more = [max(1, n // 2) for n in sizes], [n + (n + 1) // 2 for n in sizes]
        stand_ins = [
            self.stack.dark(n, self.stack.xs[layer], most, self.theme)
            for layer, n, most in zip(self.hidden, sizes, more, strict=True)
        ]
        marks, reasons = VGroup(), VGroup(*[self.heads[layer][2] for layer in self.hidden])
        for layer in self.hidden:
            mark = self.label("?", "attention", BODY, bold=True)
            marks.add(mark.next_to(self.heads[layer][0], RIGHT, buff=0.18))
        with self.section("why-these-sizes", **self.numbers):
            self.play(self.headline.write(self.words("why" if len(self.hidden) > 1 else "why_one")))
            self.say()
            self.remove(*[self.columns[layer] for layer in self.hidden])
            self.add(*stand_ins)
            self.play(FadeIn(marks), run_time=0.3)
            for before, after in ((sizes, fewer), (fewer, more), (more, sizes)):
                if after is sizes:
                    self.play(FadeOut(marks), run_time=0.3)
                self.recount(stand_ins, before, after)
            self.remove(*stand_ins)
            self.add(*[self.columns[layer] for layer in self.hidden])
            reasons.set_color(self.theme.attention)
            self.play(FadeIn(reasons, shift=UP * 0.1), run_time=0.6)

    def recount(self, neurons: list[Neurons], before: list[int], after: list[int]) -> None:
        """The hidden layers, and the numbers above them, go from one size to another."""
        moves: list[Animation] = []
        for layer, column, old, new in zip(self.hidden, neurons, before, after, strict=True):
            moves += [
                Recount(self.stack, column, old, new, run_time=0.9),
                self.heads[layer].recount(old, new, run_time=0.9),
            ]
        self.play(*moves)
        self.wait(0.3)

    def the_edges(self) -> None:
        first, mine = self.edges[0], self.strongest
        others = [i for i in range(len(self.columns[1])) if i != mine]
        self.ring = ring_around(self.columns[1], mine, self.theme)
        legend = VGroup(
            paragraph(self.words("edge"), self.theme.text),
            self.label(self.words("adds"), "positive", CAPTION),
            self.label(self.words("takes"), "negative", CAPTION),
        )
        legend.arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        legend.move_to(self.notes, aligned_edge=LEFT + UP)
        for edges in self.edges:
            edges.set_arrays(light=0.0)
        with self.section("the-edges", **self.numbers):
            self.play(
                self.headline.write(self.words("joined")),
                FadeOut(self.notes),
                *[
                    self.heads[layer][2].animate.set_color(self.theme.muted)
                    for layer in self.hidden
                ],
            )
            self.play(Create(self.ring), run_time=0.5)
            self.say()
            self.add(*self.edges)
            self.bring_to_back(*self.edges)
            self.play(GrowFans(first, 0.0, [mine], self.alone * self.rest[0]), run_time=1.8)
            self.play(FadeIn(legend), run_time=0.7)
            self.say()
            self.play(GrowFans(first, 0.5, others, self.rest[0]), FadeOut(self.ring), run_time=1.5)
            self.play(first.animate.set_arrays(light=self.rest[0]), run_time=0.4)
            for edges, rest in zip(self.edges[1:], self.rest[1:], strict=True):
                self.play(GrowFans(edges, 0.5, light=rest), run_time=0.9)
        self.notes = legend

    def its_name(self) -> None:
        """Many layers: multilayer. Of model neurons: perceptron."""
        many = bool(self.hidden)
        names = ["multilayer", "perceptron"] if many else ["perceptron"]
        name = VGroup(*[self.label(self.words(n), size=TITLE, bold=True) for n in names])
        name.arrange(RIGHT, buff=0.3)
        for word in name:
            stand(word, 0)
        note = paragraph(self.words("rosenblatt"), self.theme.text)
        note.move_to(self.notes, aligned_edge=LEFT + UP)
        with self.section("its-name" if many else "its-name-single", **self.numbers):
            self.spell(name)
            if many:
                self.say()
                self.play(
                    name[0].animate.set_color(self.theme.attention),
                    LaggedStart(
                        *[
                            Ripple(column, np.linspace(0, 0.5, len(column)), 0.3)
                            for column in self.columns
                        ],
                        lag_ratio=0.5,
                    ),
                    run_time=2.2,
                )
            self.say()
            self.play(
                name[0].animate.set_color(self.theme.text),
                name[-1].animate.set_color(self.theme.attention),
                FadeOut(self.notes),
                run_time=0.4,
            )
            self.single_out(note)
        self.notes = note

    def spell(self, name: VGroup) -> None:
        """The name takes the headline's place, letter for letter."""
        before = self.headline.replace(name)
        if before is not None:
            self.play(FadeOut(before), run_time=0.4)
        letters = [letter for word in name for letter in word]
        self.play(
            LaggedStart(*[FadeIn(letter, shift=UP * 0.1) for letter in letters], lag_ratio=0.4),
            run_time=1.5,
        )
        self.remove(*letters)
        self.add(name)

    def single_out(self, note: VGroup) -> None:
        """Only the edges of one neuron are left, for as long as the note is read."""
        first, mine = self.edges[0], self.strongest
        alone = np.repeat(
            np.where(np.arange(len(first.weights)) == mine, self.alone, 0.1), first.weights.shape[1]
        )
        self.play(
            first.animate.set_arrays(light=self.rest[0] * alone),
            *[
                edges.animate.set_arrays(light=0.1 * rest)
                for edges, rest in zip(self.edges[1:], self.rest[1:], strict=True)
            ],
            Create(self.ring),
            FadeIn(note),
            run_time=1.0,
        )
        self.wait(2.3)
        self.play(
            *[
                edges.animate.set_arrays(light=rest)
                for edges, rest in zip(self.edges, self.rest, strict=True)
            ],
            FadeOut(self.ring),
            run_time=0.8,
        )

    def like_a_brain(self) -> None:
        self.source = next(layer for layer, x in enumerate(self.stack.xs) if x > WORDS_END)
        self.away = Group(self.ghost, *self.columns[: self.source], *self.heads[: self.source])
        alike, unlike = self.likeness("alike"), self.likeness("unlike")
        alike.move_to((LEFT_X, 2.45, 0), aligned_edge=LEFT + UP)
        unlike.next_to(alike, DOWN, buff=0.7, aligned_edge=LEFT)
        with self.section("like-a-brain", **self.numbers):
            self.play(
                self.headline.write(self.words("brain")),
                FadeOut(self.away, self.notes),
                *self.edges_before(0.0),
            )
            self.say()
            self.play(FadeIn(alike), run_time=0.7)
            values = self.fire()
            self.say()
            held = self.number(values.max(), "attention", bold=True)
            held.next_to(unlike[1][-1], RIGHT, buff=0.18)
            held.shift(UP * (baseline(unlike[1][-1]) - held.get_bottom()[1]))
            self.play(FadeIn(unlike), run_time=0.7)
            self.play(FadeIn(held), run_time=0.5)
        self.notes = Group(alike, unlike, held)

    def edges_before(self, shown: float) -> list[Any]:
        """The edges left of the words go, and come back; they stay below all neurons."""
        return [edges.animate.set_opacity(shown) for edges in self.edges[: self.source]]

    def likeness(self, word: str) -> VGroup:
        """What is alike, or not: a line and a few words about it."""
        title = self.label(self.words(word), "attention", BODY, bold=True)
        return VGroup(title, paragraph(self.words(f"{word}_text"), self.theme.text, BODY)).arrange(
            DOWN, buff=0.25, aligned_edge=LEFT
        )

    def fire(self) -> np.ndarray:
        """The neuron that pushes the next layer most sends its light on, alone.

        Returns what the layer's neurons hold while the others are left out.
        """
        layer, values = self.source, self.trace.a[self.source]
        sends = layer < len(self.edges)
        sent = facts.contributions(self.story.network, self.trace, layer) if sends else values[None]
        only = np.arange(len(values)) == np.clip(sent, 0, None).sum(axis=0).argmax()
        self.play(LightUp(self.columns[layer], values * only, 0.0), run_time=0.7)
        if sends:
            sent = sent * only
            self.play(Flow(self.edges[layer], sent), run_time=1.4)
            pushed = 0.35 * (sent.sum(axis=1) > 0)[:, None]
            self.play(Ripple(self.columns[layer + 1], np.zeros(len(sent)), pushed), run_time=0.8)
        return np.asarray(values * only)

    def one_forward_pass(self) -> None:
        run = NetworkPass(self.story.network, self.trace, self.edges, self.columns, self.bars)
        with self.section("one-forward-pass", **self.numbers):
            self.ghost.set_opacity(1.0)
            self.play(
                FadeOut(self.notes, run_time=0.4),
                self.headline.write(self.words("pass")),
                Succession(Wait(0.4), FadeIn(self.away, self.bars, run_time=0.7)),
                *[Dim(edges, 0.0) for edges in self.edges[self.source :]],
                LightUp(self.columns[self.source], 0 * self.trace.a[self.source], 0.0),
            )
            self.play(*self.edges_before(1.0), run_time=0.5)
            self.play(run.flow(0, 1.8))
            for layer in range(1, run.last):
                self.play(
                    run.flow(layer, 1.4),
                    *run.light(layer, 0.9),
                    Dim(self.edges[layer - 1], 0.55, run_time=0.9),
                )
            self.play(*run.light(run.last, 0.8))
            self.say()
            self.name_answer()
            self.mark_poster()

    def name_answer(self) -> None:
        """Frame the brightest output; the headline says what it means."""
        best, label = self.trace.predicted, self.story.label
        role = "attention" if label is None else "correct" if label == best else "wrong"
        frame = RoundedRectangle(
            corner_radius=0.1,
            width=2.3,
            height=0.46,
            stroke_width=3,
            color=getattr(self.theme, role),
        )
        frame.move_to(self.columns[-1].centres()[best] + RIGHT * 0.82)
        word = "wrong" if role == "wrong" else "answers"
        text = self.words(word, predicted=best, label=label)
        self.play(
            Create(frame),
            self.bars.animate.crown(best, role),
            self.digits[best].animate.set_color(getattr(self.theme, role)),
            self.headline.write(text, role),
            run_time=1.0,
        )
