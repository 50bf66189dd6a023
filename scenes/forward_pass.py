"""The signature shot: light leaves a digit's ink and runs through every weight to the answer."""

from __future__ import annotations

from typing import Any, cast

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    RoundedRectangle,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    smooth,
)

from netglow.netcore.network import Trace, forward
from netglow.netcore.study import facts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.edges import Dim
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.network_pass import NetworkPass
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING, TITLE, Number


class ForwardPass(NetglowScene):
    """One digit, layer by layer; three more, faster; one that the network gets wrong."""

    diagram: NetworkDiagram
    run: NetworkPass  # of the image that is shown
    heads: VGroup  # the layers' sizes, above them
    question: VMobject
    legend: VGroup  # what the edges' colours mean
    edge_count: Number  # in the legend
    verdict: VGroup  # the answer, framed, and its name; the next image takes it away

    def construct(self) -> None:
        self.diagram = NetworkDiagram(self.story.network, self.theme)
        self.run = NetworkPass.through(self.diagram, self.story.trace)
        self.heads = self._heads()
        self.verdict = VGroup()
        self.a_real_digit()
        self.the_edges()
        self.light_leaves_the_ink()
        if len(self.diagram.layers) > 3:
            self.the_next_layer()
        self.read_the_answer()
        self.three_more()
        self.one_it_gets_wrong()

    # --- sections ---
    def a_real_digit(self) -> None:
        self.question = self.label(self.words("question"), size=HEADING)
        self.question.move_to((self.diagram.pixels.get_left()[0], 3.3, 0), aligned_edge=LEFT)
        image = self.run.trace.image
        big = PixelImage(image, self.theme, size=5.4).move_to(UP * 0.2)
        name = "a-real-digit" if self.story.label is not None else "a-real-digit-own"
        with self.section(name, inputs=f"{image.size:,}"):
            self.play(FadeIn(big, run_time=1.0))
            self.say()
            pixels = self.diagram.pixels.set_values(image)
            self.play(
                LaggedStart(
                    Transform(big, pixels.copy(), run_time=1.5),
                    FadeIn(self.question, shift=RIGHT * 0.2),
                    lag_ratio=0.4,
                )
            )
            self.remove(big)
            self.add(pixels)
            self.play(FadeIn(self.heads[0]), run_time=0.5)

    def the_edges(self) -> None:
        network = self.story.network
        numbers = {
            "hidden": sum(network.sizes[1:-1]),
            "outputs": network.sizes[-1],
            "edges": f"{network.edge_count:,}",
        }
        d, lines = self.diagram, cast(list[Any], self.diagram.edges)
        with self.section("the-edges", **numbers):
            self.play(
                LaggedStart(
                    *[FadeIn(layer, shift=RIGHT * 0.3) for layer in d.neurons],
                    FadeIn(Group(d.names, d.bars), shift=RIGHT * 0.2),
                    lag_ratio=0.25,
                ),
                LaggedStart(*map(FadeIn, self.heads[1:]), lag_ratio=0.25),
                run_time=4.0,
            )
            self.say()
            self.legend = legend = self._legend()
            self.play(FadeIn(legend[:2]), run_time=0.4)
            self.bring_to_back(*d.edges)
            if not self.theme.is_light:
                self.bring_to_back(d.pixels)
            self.play(
                *[Create(edges, rate_func=smooth, lag_ratio=0) for edges in lines],
                self._count(network.edge_count),
                run_time=3.6,
            )
            self.say()
            self.play(FadeIn(legend[2], shift=RIGHT * 0.1), run_time=0.5)
            self.play(FadeIn(legend[3], shift=RIGHT * 0.1), run_time=0.5)

    def light_leaves_the_ink(self) -> None:
        with self.section("light-leaves-the-ink"):
            self.wait(0.8)
            self.play(self.run.flow(0, run_time=4.5))
            self.say()
            self._single_out(1)
            self.say()
            self.play(*self.run.light(1, run_time=2.5))

    def the_next_layer(self) -> None:
        with self.section("the-next-layer"):
            for layer in range(2, self.run.last):
                self.play(Dim(self.diagram.edges[layer - 2], 0.45), run_time=0.6)
                self.play(self.run.flow(layer - 1, run_time=2.2))
                if layer == 2:
                    self.say()
                    self._single_out(layer)
                self.play(*self.run.light(layer, run_time=1.3))

    def read_the_answer(self) -> None:
        run, last = self.run, self.run.last
        with self.section(
            "read-the-answer", predicted=run.trace.predicted, output=f"{run.trace.output.max():.3f}"
        ):
            self.play(Dim(self.diagram.edges[last - 2], 0.45), run_time=0.6)
            self.play(run.flow(last - 1, run_time=2.0))
            self.say()
            self.play(*run.light(last, run_time=1.4))
            self.say()
            self._name_answer(run_time=0.9)
            self.mark_poster()

    def three_more(self) -> None:
        others = [(self.run.trace.predicted + step) % 10 for step in (4, 1, 7)]
        traces = [self._trace_of(self.story.example(digit)) for digit in others]
        with self.section("three-more"):
            for trace in traces:
                self._clear(trace)
                self._run_through(trace)
                self.wait(0.4)

    def one_it_gets_wrong(self) -> None:
        digits, network = self.story.digits, self.story.network
        percent, n = f"{100 * self.story.evaluation.accuracy:.1f}", f"{len(digits):,}"
        try:
            index = facts.first_wrong(network, digits)
        except LookupError:  # a network that errs nowhere is said to be just that
            with self.section("never-wrong", n=n, percent=percent):
                self._say_accuracy(percent, n)
            return
        trace = self._trace_of(index)
        label = int(digits.labels[index])
        with self.section(
            "one-it-gets-wrong", label=label, predicted=trace.predicted, n=n, percent=percent
        ):
            self._clear(trace)
            self.say()
            self._run_through(trace, label)
            really = self.label(self.words("really", label=label), "wrong", HEADING)
            really.move_to(self.question, aligned_edge=LEFT)
            self.play(FadeOut(self.question), run_time=0.3)  # they stand in the same place
            self.play(FadeIn(really), run_time=0.4)
            self.say()
            self._say_accuracy(percent, n)
            self.wait(1.0)

    # --- pieces of the picture ---
    def _heads(self) -> VGroup:
        d, sizes = self.diagram, self.story.network.sizes
        names = ["inputs", *["hidden"] * (len(sizes) - 2), "outputs"]
        heads = VGroup(
            *[
                self.label(self.words(name, n=f"{n:,}"), "muted", CAPTION)
                for name, n in zip(names, sizes, strict=True)
            ]
        )
        heads[0].next_to(d.pixels, DOWN, buff=0.25).align_to(d.pixels, LEFT)
        for head, layer in zip(heads[1:], d.neurons, strict=True):
            head.move_to((layer.get_center()[0], 3.3, 0))
            head.shift(UP * (3.2 - head[0].get_bottom()[1]))  # digits stand on one line
        return heads

    def _legend(self) -> VGroup:
        words = self.label(self.words("weights"), "muted", CAPTION)
        adds = self.label(self.words("adds"), "positive", CAPTION)
        takes = self.label(self.words("takes"), "negative", CAPTION)
        self.edge_count = self.number(self.story.network.edge_count, places=0, size=BODY)
        self.edge_count.next_to(self.heads[0], DOWN, buff=0.22, aligned_edge=LEFT)
        words.next_to(self.edge_count, RIGHT, buff=0.15, aligned_edge=DOWN)
        adds.next_to(self.edge_count, DOWN, buff=0.2, aligned_edge=LEFT)
        takes.next_to(adds, RIGHT, buff=0.5, aligned_edge=UP)
        self.edge_count.set_value(0)  # its last digit stays beside the word
        return VGroup(self.edge_count, words, adds, takes)

    def _count(self, total: int) -> UpdateFromAlphaFunc:
        def show(number: Any, alpha: float) -> None:
            number.set_value(round(alpha * total))

        return UpdateFromAlphaFunc(self.edge_count, show)

    def _name_answer(self, label: int | None = None, run_time: float = 0.9) -> None:
        """Frame the brightest output and say what the network answers."""
        trace, d = self.run.trace, self.diagram
        label = self.story.label if label is None else label
        role = "attention" if label is None else "correct"
        if label is not None and label != trace.predicted:
            role = "wrong"
        best = trace.predicted
        frame = RoundedRectangle(
            corner_radius=0.1,
            width=3.05,
            height=0.48,
            stroke_width=3,
            color=getattr(self.theme, role),
        )
        frame.move_to(d.layers[-1].centres()[best] + RIGHT * 1.22)
        output = self.number(trace.output[best], role, CAPTION, places=3, bold=True)
        output.next_to(d.bars.left[best] + RIGHT * 1.8, LEFT, buff=0)
        name = d.names[best].copy()
        answer = self.label(self.words("answer"), size=BODY)
        answer.next_to(self.question, DOWN, buff=0.42, aligned_edge=LEFT)
        big = self.label(self.story.network.class_names[best], role, TITLE, bold=True)
        big.next_to(answer, RIGHT, buff=0.3).align_to(answer, DOWN)
        self.verdict = VGroup(frame, output, answer, big)
        self.add(name)
        self.play(
            Create(frame),
            FadeIn(output),
            FadeIn(answer, shift=RIGHT * 0.1),
            Transform(name, big),
            d.bars.animate.crown(best, role),
            run_time=run_time,
        )
        self.remove(name)
        self.add(big)

    def _single_out(self, layer: int) -> None:
        """For a moment only the light that reaches the brightest neuron of a layer is left."""
        edges = self.diagram.edges[layer - 1]
        whole, brightest = edges.glow, int(self.run.trace.a[layer].argmax())
        self.play(self.run.single_out(layer, brightest), run_time=1.0)
        self.wait(1.2)
        self.play(edges.animate.set_arrays(glow=whole), run_time=1.0)

    def _clear(self, trace: Trace) -> None:
        """Back to a network at rest, with another image in front of it."""
        d = self.diagram
        before = d.pixels.values
        self.play(
            FadeOut(self.verdict),
            *self.run.rest(0.7),
            UpdateFromAlphaFunc(
                d.pixels,
                lambda pixels, alpha: pixels.set_values(before + (trace.image - before) * alpha),
            ),
            run_time=0.7,
        )
        d.bars.crown(None)
        self.run = NetworkPass.through(d, trace)

    def _run_through(self, trace: Trace, label: int | None = None) -> None:
        """The whole forward pass in under three seconds, each layer lit as the next one flows."""
        for animations in self.run.quick(0.6):
            self.play(*animations)
        self._name_answer(trace.predicted if label is None else label, run_time=0.5)

    def _say_accuracy(self, percent: str, n: str) -> None:
        share = self.label(self.words("right", percent=percent), "correct", HEADING, bold=True)
        of = self.label(self.words("never_seen", n=n), "muted", CAPTION)
        old = VGroup(self.legend, self.heads[0])
        share.next_to(self.diagram.pixels, DOWN, buff=0.35, aligned_edge=LEFT)
        of.next_to(share, DOWN, buff=0.2, aligned_edge=LEFT)
        self.play(FadeOut(old), run_time=0.4)  # they stand in the same place
        self.play(FadeIn(VGroup(share, of), shift=UP * 0.1), run_time=0.6)

    def _trace_of(self, index: int) -> Trace:
        return forward(self.story.network, self.story.digits.images[index])
