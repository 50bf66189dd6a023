"""A neuron is a function of the layer before; the network is one from an image to ten numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    RoundedRectangle,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from netglow.netcore.network import Trace, forward
from netglow.netcore.study import facts
from netglow.netcore.study.two_lit import HIGH, most_divided, places_that_total, ranked
from netglow.scenes.parts.network.big_neuron import BigNeuron
from netglow.scenes.parts.network.edges import Dim, Flow, LayerEdges
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.neurons import LightUp, staggered
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.props.one_big_function.function_box import (
    NumberColumn,
    OutputBars,
    box_around,
    in_turns,
)
from netglow.scenes.props.one_big_function.sum_tower import SumTower
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING
from netglow.scenes.stage.theme import rgb

HEAD_Y = 2.82  # on which the words above the columns stand
BIG_AT = np.array([3.2, 0.0, 0])


class OneBigFunction(NetglowScene):
    """One neuron, then the whole network as a box; several digits, and one that divides it."""

    layer: int  # the one neuron's layer, counted from 0 for the first hidden one
    k: int  # which neuron of it
    trace: Trace  # of the image that stands before the network
    examples: list[Trace]  # of one test image of each digit
    others: list[Trace]  # two of these that change the neuron most
    index: int  # of the test image with two high outputs
    divided: Trace  # of that image
    places: int  # decimals that let its rounded outputs add up to the rounded sum
    diagram: NetworkDiagram  # the whole network; its parts come one after the other
    headline: Headline  # the line above the picture
    column: Any  # what the neuron reads from: a layer, or the image
    inputs: NumberColumn  # the activations there
    heads: VGroup  # small words above the columns
    big: BigNeuron  # the one neuron
    edges: Any  # into it
    law: Any  # the function's formula
    box: RoundedRectangle  # around the network
    output: OutputBars  # what comes out of it
    tower: SumTower  # the outputs on one another, beside a scale
    source: Any = None  # where the image is from, in words; None while that is not said

    def construct(self) -> None:
        self.gather()
        self.a_neuron()
        self.the_network()
        self.digit_after_digit()
        self.two_light_up()

    def gather(self) -> None:
        """The images that go in and what comes out."""
        story, network = self.story, self.story.network
        self.layer = min(1, len(network.w) - 1)  # the layer of the one neuron
        self.trace = story.trace
        self.examples = [forward(network, story.digits.images[story.example(d)]) for d in range(10)]
        self.k, self.others = self.most_changing()
        outputs = story.evaluation.trace.output
        self.index = most_divided(outputs)
        self.divided = forward(network, story.digits.images[self.index])
        self.places = places_that_total(self.divided.output)
        self.diagram = NetworkDiagram(network, self.theme, 4.9, 2.6, -6.4, 0.95, 0.0)
        self.headline = Headline(self.theme, 3.45, size=0.3)

    def most_changing(self) -> tuple[int, list[Trace]]:
        """The neuron that differs most between digits, and two digits that show it."""
        story = self.story
        a = np.array([t.a[self.layer + 1] for t in self.examples])
        k = int(np.ptp(a, axis=0).argmax())
        away = np.abs(a[:, k] - story.trace.a[self.layer + 1][k])
        first = int(away.argmax())
        back = np.abs(a[:, k] - a[first, k])
        if story.label is not None:
            back[story.label] = -1
        return k, [self.examples[first], self.examples[int(back.argmax())]]

    # --- sections ---
    def a_neuron(self) -> None:
        n = self.story.network.w[self.layer].shape[1]
        with self.section("a-neuron", n=n):
            self.show_inputs(n)
            self.say()
            self.to_one_number()
            self.say()
            self.play(self.headline.write(self.words("neuron")), run_time=0.9)
            for trace in self.others:
                self.change_inputs(trace)
                self.wait(0.5)

    def the_network(self) -> None:
        network = self.story.network
        parameters = f"{network.parameter_count:,}"
        numbers = {
            "inputs": f"{network.sizes[0]:,}",
            "outputs": network.sizes[-1],
            "parameters": parameters,
        }
        with self.section("the-network", **numbers):
            self.into_the_network()
            self.say()
            self.ends_of_the_function()
            self.say()
            self.close_the_box(parameters)

    def digit_after_digit(self) -> None:
        at = self.others[-1].predicted
        with self.section("digit-after-digit"):
            self.play(self.headline.write(self.words("digits")), run_time=0.9)
            for step in (3, 7, 1):
                self.change_image(self.examples[(at + step) % 10])
                if step == 7:
                    self.say()
                self.run_through(self.trace)
                self.wait(0.4)

    def two_light_up(self) -> None:
        output = self.divided.output
        one, other = ranked(output)
        names = self.story.network.class_names
        numbers = {
            "one": names[one],
            "other": names[other],
            "total": f"{output.sum():.2f}",
            "first": f"{output[one]:.{self.places}f}",
            "second": f"{output[other]:.{self.places}f}",
        }
        are_two = (output > HIGH).sum() >= 2
        with self.section("two-light-up" if are_two else "two-light-up-one", **numbers):
            self.change_image(self.divided, self.index)
            self.run_through(self.divided, crown=False)
            self.play(self.light_bars(ranked(output)), run_time=0.6)
            self.say()
            self.add_up()
            self.say()
            self.play(self.headline.write(self.words("two")), run_time=0.9)
            self.range_of_sums()
            self.mark_poster()
            self.say()
            self.each_on_its_own()

    # --- pieces: one neuron ---
    def show_inputs(self, n: int) -> None:
        """The image and the activations of the layer before, as numbers."""
        d = self.diagram
        d.pixels.set_values(self.trace.image)
        self.column = d.layers[self.layer]
        values = self.trace.a[self.layer]
        places, radius = self.column.centres(), float(self.column.halves()[0, 0])
        self.inputs = in_turns(values, places, radius, self.theme)
        head = self.label(self.words("activations_in", n=f"{n:,}"), "muted", CAPTION)
        self.heads = VGroup(stand(head.set_x(places[:, 0].mean()), HEAD_Y))
        self.play(FadeIn(d.pixels), self.headline.write(self.words("question")), run_time=0.9)
        arrive: list[Animation] = [FadeIn(head)]
        if self.layer:
            self.play(FadeIn(self.column), run_time=0.5)
            arrive.append(LightUp(self.column, values))
        if len(self.inputs):
            arrive.append(LaggedStart(*map(FadeIn, self.inputs), lag_ratio=0.05))
        self.play(*arrive, run_time=1.4)

    def to_one_number(self) -> None:
        """All these numbers run into one neuron, which holds one."""
        w = self.story.network.w[self.layer][[self.k]]
        self.big = BigNeuron(0, BIG_AT, self.theme, 0.8, HEADING)
        self.edges = LayerEdges(w, self.column.centres(), BIG_AT[None], self.theme, 2.0)
        out = self.label(self.words("one_out"), "muted", CAPTION).next_to(self.big.disc, UP, 0.42)
        self.law = self.formula(f"a = f(a_1, a_2, dots.c, a_{w.size})", size=BODY)
        self.law.next_to(self.big.disc, DOWN, buff=0.35)
        self.play(FadeIn(self.big.disc, scale=0.8), run_time=0.5)
        self.bring_to_back(self.edges)
        self.play(Create(self.edges, lag_ratio=0), run_time=0.8)
        self.play(Flow(self.edges, w * self.trace.a[self.layer]), run_time=1.3)
        self.big.number.set_opacity(0)
        self.add(self.big)
        end = float(self.trace.a[self.layer + 1][self.k])
        self.big.set_value(0)
        self.play(
            UpdateFromAlphaFunc(self.big, lambda m, t: self.fill(t * end, t)),
            FadeIn(out),
            run_time=0.8,
        )
        self.play(FadeIn(self.law), run_time=0.6)
        self.heads.add(out)

    def fill(self, value: float, opacity: float = 1.0) -> None:
        self.big.set_value(value)
        self.big.number.set_opacity(opacity)

    def change_inputs(self, trace: Trace) -> None:
        """Another image: the numbers of the layer before change, and so does the neuron's."""
        before, layer = self.trace, self.layer
        w = self.story.network.w[layer][[self.k]]

        def step(_: Any, t: float) -> None:
            self.diagram.pixels.set_values(before.image + (trace.image - before.image) * t)
            a = before.a[layer] + (trace.a[layer] - before.a[layer]) * t
            if layer:
                self.column.set_activations(a)
            if len(self.inputs):
                self.inputs.set_values(a)
            self.edges.set_contributions(w * a)

        start, end = (float(t.a[layer + 1][self.k]) for t in (before, trace))
        self.play(UpdateFromAlphaFunc(self.edges, step), run_time=1.0)
        follows = UpdateFromAlphaFunc(self.big, lambda m, t: m.set_value(start + (end - start) * t))
        self.play(follows, run_time=0.8)
        self.trace = trace

    # --- pieces: the whole network ---
    def into_the_network(self) -> None:
        """The neuron takes its place in its layer; the others and all edges join it."""
        d, layer, trace = self.diagram, self.layer, self.trace
        home = d.layers[layer + 1].centres()[self.k]
        small = d.layers[layer + 1].halves()[0, 0] / 0.8
        w = self.story.network.w[layer][[self.k]]
        goal = LayerEdges(w, self.column.centres(), home[None], self.theme)
        self.play(FadeOut(self.inputs, self.heads, self.law, self.big.number), run_time=0.5)
        self.play(
            self.big.disc.animate.scale(small).move_to(home),
            Transform(self.edges, goal),
            self.headline.write(self.words("network")),
            run_time=1.2,
        )
        d.set_trace(trace)
        d.edges[0].set_arrays(tail=d.edges[0].begin)  # light leaves the image at its border
        self.bring_to_back(*d.edges)
        new = [layer for layer in d.neurons if layer is not self.column]
        self.play(*[FadeIn(m) for m in (*d.edges, *new)], FadeOut(self.edges), run_time=1.5)
        self.remove(self.big, self.big.disc)

    def ends_of_the_function(self) -> None:
        """What goes in, on the left, and what comes out, on the right, around a box."""
        d, network = self.diagram, self.story.network
        self.box = box_around(-3.5, 1.32, -2.75, 2.7, self.theme)
        names = d.names.shift(RIGHT * 0.28)
        left = d.layers[-1].centres() + RIGHT * 1.1
        self.output = OutputBars(self.trace.output, left, self.theme, 2.0, self.places)
        pixels = self.label(self.words("pixels_in", n=f"{network.sizes[0]:,}"), "muted", CAPTION)
        pixels.next_to(d.pixels, UP, buff=0.2)
        out = self.label(self.words("out", n=network.sizes[-1]), "muted", CAPTION)
        stand(out.move_to(self.output.bars.left[0], aligned_edge=LEFT), HEAD_Y)
        self.play(Create(self.box), run_time=1.0)
        self.play(FadeIn(pixels, shift=RIGHT * 0.2), run_time=0.5)
        self.play(
            FadeIn(names, self.output.bars, self.output.numbers, out, shift=RIGHT * 0.2),
            run_time=0.7,
        )

    def close_the_box(self, parameters: str) -> None:
        """What is inside steps back; it works on."""
        inside = self.label(self.words("inside", n=parameters), size=CAPTION)
        stand(inside.set_x(self.box.get_x()), HEAD_Y)
        self.play(FadeIn(inside), run_time=0.5)
        self.play(self.box.animate.set_fill(self.theme.panel, 0.4), run_time=0.9)

    # --- pieces: images go in ---
    def run_through(self, trace: Trace, crown: bool = True) -> None:
        """Light runs through the box; then the ten bars rise."""
        d = self.diagram
        for i, edges in enumerate(d.edges):
            rows = np.linspace(0, 0.4, trace.a[i].size)
            flow = Flow(edges, facts.contributions(self.story.network, trace, i), rows)
            lit = [LightUp(d.layers[i], trace.a[i])] if i else []
            self.play(flow, *lit, run_time=0.5)
        self.play(LightUp(d.layers[-1], trace.output), self.raise_bars(trace.output), run_time=0.9)
        if crown:
            self.play(self.output.bars.animate.crown(trace.predicted, "attention"), run_time=0.3)

    def raise_bars(self, values: np.ndarray) -> Animation:
        before, delays = self.output.bars.values, np.linspace(0, 0.3, len(values))
        return UpdateFromAlphaFunc(
            Group(self.output.bars, self.output.numbers),
            lambda _, t: self.output.set_values(
                before + (values - before) * staggered(t, delays), t if values.any() else 1 - t
            ),
            rate_func=linear,
        )

    def change_image(self, trace: Trace, index: int | None = None) -> None:
        """The bars go down, the network to rest, and another image stands before it."""
        d, before = self.diagram, self.diagram.pixels.values
        leave: list[Any] = [] if self.source is None else [FadeOut(self.source)]
        self.output.bars.crown(None)
        self.play(
            *[Dim(edges, 0.0) for edges in d.edges],
            *[LightUp(layer, np.zeros(len(layer)), 0.0) for layer in d.neurons],
            UpdateFromAlphaFunc(
                d.pixels, lambda m, t: m.set_values(before + (trace.image - before) * t)
            ),
            self.raise_bars(np.zeros(len(trace.output))),
            *leave,
            run_time=0.7,
        )
        self.trace = trace
        if index is not None:
            text = self.words(
                "really", source=f"test image {index}", label=self.story.digits.labels[index]
            )
            self.source = self.label(text, "muted", CAPTION)
            self.source.next_to(d.pixels, DOWN, buff=0.2)
            self.play(FadeIn(self.source), run_time=0.3)

    def light_bars(self, which: Sequence[int]) -> Any:
        """Animation: these bars, and no others, are in the colour of attention."""
        bars, n = self.output.bars, len(self.output.bars.values)
        lit = np.isin(np.arange(n), which)[:, None]
        ink = np.where(lit, rgb(self.theme.attention), rgb(self.theme.text))
        return bars.animate.set_arrays(fill=np.concatenate([bars.fill[:n], ink]))

    # --- pieces: the sum ---
    def add_up(self) -> None:
        """The ten bars, stacked."""
        foot, word = (5.68, -2.45, 0), self.words("sum")
        tower = SumTower(self.output.bars, foot, 4.4, word, self.theme)
        self.play(FadeIn(tower.axis), run_time=0.6)
        self.add(tower.pieces)
        self.play(tower.stack(run_time=2.4))
        on_it = tower.names_of(
            ranked(self.divided.output), self.story.network.class_names, self.theme
        )
        self.play(FadeIn(tower.total, tower.word, on_it, tower.one), run_time=0.6)

    def range_of_sums(self) -> None:
        """How far from 1 the sum is, over all test images."""
        sums = self.story.evaluation.trace.output.sum(axis=1)
        text = self.words(
            "all_sums", images=f"{len(sums):,}", low=f"{sums.min():.2f}", high=f"{sums.max():.2f}"
        )
        note = paragraph(text, self.theme.text)
        note.next_to(self.source, DOWN, buff=0.3).align_to(self.diagram.pixels, LEFT)
        self.play(FadeIn(note), run_time=0.6)

    def each_on_its_own(self) -> None:
        """The light that reaches the one output, then that of the other: other weights, each."""
        *before, edges = self.diagram.edges
        light, glow, n = edges.light, edges.glow, edges.weights.shape[1]
        aside = [Dim(layer, 0.15, run_time=0.7) for layer in before]
        self.play(self.box.animate.set_fill(opacity=0.15), *aside, run_time=0.7)
        for output in ranked(self.divided.output):
            selected = np.repeat(np.arange(len(edges.weights)) == output, n)
            alone = {
                "glow": glow * np.where(selected, 5, 0),
                "light": light * np.where(selected, 1, 0.1),
            }
            self.play(edges.animate.set_arrays(**alone), self.light_bars([output]), run_time=0.8)
            self.wait(0.8)
