"""From any sum to an activation: the number line bends, and a layer's real sums land on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    UR,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    ReplacementTransform,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    linear,
)

from netglow.netcore.study import facts
from netglow.netcore.study.arithmetic import shown
from netglow.scenes.parts.network.edges import Flow
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis, reach_of
from netglow.scenes.parts.plots.dots import stacked
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.props.squish.function_graph import FunctionGraph
from netglow.scenes.props.squish.journeys import CarriedLine, Carry
from netglow.scenes.props.squish.landing import Landing
from netglow.scenes.props.squish.rays import Fan, Rays
from netglow.scenes.props.squish.squash import (
    SQUASHES,
    Relu,
    Scale,
    Sigmoid,
    gain_text,
    relation_texts,
    shown_pair,
)
from netglow.scenes.props.squish.squeeze import Squeeze
from netglow.scenes.props.squish.summed_layer import SummedLayer
from netglow.scenes.props.squish.tally import Tally
from netglow.scenes.props.squish.tracer import PITCH, Tracer
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING, TITLE

_WIDE = 5.5  # half the length of the number line while it lies across the frame
_SEGMENT = 3.8  # half the length of the line from 0 to 1


class Squish(NetglowScene):
    """The first layer's activation: as a bent line, as a curve, with real sums, counted."""

    squash: Sigmoid | Relu  # how its activation function is shown
    f: Callable[[Any], Any]  # this function, of a number or an array
    z: np.ndarray  # (neurons,) the image's pre-activations, called sums on screen
    a: np.ndarray  # (neurons,) the image's activations
    reach: float  # the axis of z goes from -reach to reach
    step: float  # between its ticks
    scale: Scale  # of the axis of the activations
    examples: dict[str, int]  # neurons, counted from 0, chosen by what they are
    headline: Headline  # the line above the picture
    dots: Neurons  # the layer's neurons, wherever they are
    outer: VGroup  # the smallest and the largest sum, written
    sum_axis: Axis  # on which the sums stand
    sum_name: Any  # beside it
    activation_axis: Axis  # on which the activations will stand
    activation_name: Any  # beside it
    leaving: Group  # what goes when the next section begins
    graph: FunctionGraph  # of the activation function
    law: Any  # the function's formula
    landing: Landing  # the neurons beside the graph's axis, and their rays
    notes: VGroup  # on the example neurons
    tally: Tally  # of the activations of all test images

    def construct(self) -> None:
        self.gather()
        self.any_sum()
        self.the_line_bends()
        self.the_graph()
        self.the_neurons()
        self.saturation()

    def gather(self) -> None:
        """The numbers of the chapter, and the examples, chosen by what they are."""
        network, trace = self.story.network, self.story.trace
        self.squash = SQUASHES[network.activations[0]]
        self.f = self.squash.f
        self.z, self.a = trace.z[0], trace.a[1]
        self.reach, self.step = reach_of(self.z, self.squash.least_reach)
        self.scale = self.squash.scale(self.reach, self.step)
        self.examples = {
            "largest": int(self.z.argmax()),
            "smallest": int(self.z.argmin()),
            "nearest": int(np.abs(self.z).argmin()),
        }
        self.headline = Headline(self.theme, size=0.3)

    @property
    def all_z(self) -> np.ndarray:
        """(images, neurons) of all test images."""
        return self.story.evaluation.trace.z[0]

    @property
    def all_a(self) -> np.ndarray:
        """(images, neurons) of all test images."""
        return self.story.evaluation.trace.a[1]

    def variant(self, name: str, table: dict[str, Any]) -> str:
        """The name of the words for this activation function, where they have some of their own."""
        return f"{name}-{self.squash.kind}" if f"{name}-{self.squash.kind}" in table else name

    def words(self, name: str, **numbers: Any) -> str:
        return super().words(self.variant(name, self.script.labels), **numbers)

    def section(self, name: str, *say: str, **numbers: Any) -> Any:
        return super().section(self.variant(name, self.script.sections), *say, **numbers)

    # --- 1: the sums ---
    def any_sum(self) -> None:
        low, high = shown(self.z.min(), 1), shown(self.z.max(), 1)
        with self.section("any-sum", n=len(self.z), low=low, high=high):
            layer = self.show_layer()
            self.say()
            self.play(
                LaggedStart(*[FadeIn(s, shift=RIGHT * 0.1) for s in layer.sums], lag_ratio=0.08),
                self.dots.animate.set_arrays(fill=layer.signs),
                run_time=1.5,
            )
            self.sums_to_line(layer)
            self.say()
            self.play(FadeOut(layer.title), run_time=0.4)
            self.show_target()

    def show_layer(self) -> SummedLayer:
        """The image, the layer's neurons, and the light that runs between them."""
        network, trace = self.story.network, self.story.trace
        layer = SummedLayer(
            self.story.image,
            network.w[0],
            self.z,
            self.theme,
            self.words("image", source=self.story.source),
            self.words("sums", n=len(self.z)),
        )
        picture: Any = layer.picture
        edges: Any = layer.edges
        dots: Any = layer.neurons
        self.dots = layer.neurons
        self.play(FadeIn(Group(picture, layer.source)), run_time=0.7)
        self.play(Create(dots, rate_func=linear), FadeIn(layer.title), run_time=0.7)
        self.bring_to_back(edges)
        if not self.theme.is_light:
            self.bring_to_back(picture)
        rows = np.linspace(0, 0.4, trace.a[0].size)  # the ink is read from top to bottom
        light = Flow(edges, facts.contributions(network, trace, 0), rows)
        self.play(Create(edges, lag_ratio=0), light, run_time=2.4)
        return layer

    def sums_to_line(self, layer: SummedLayer) -> None:
        """The neurons move to a number line, the two outermost with their sums."""
        left, right, theme = (-_WIDE, 0, 0), (_WIDE, 0, 0), self.theme
        self.sum_axis = axis = Axis(
            -self.reach, self.reach, left, right, theme, self.step, every=2, role="text"
        )
        name = self.label(self.words("sum"), "muted", CAPTION)
        self.sum_name = name.next_to(axis.line, RIGHT, buff=0.15)
        radius = min(self.dots.halves()[0, 0], 0.12)
        places, discs = stacked(axis.at(self.z) + UP * 0.12, radius, UP)
        outer = [self.examples["smallest"], self.examples["largest"]]
        self.outer = VGroup(*[layer.sums[i] for i in outer])
        inner = VGroup(*[s for s in layer.sums if s not in self.outer])
        tops = [places[np.abs(places[:, 0] - places[i, 0]) < 0.6, 1].max() for i in outer]
        self.play(FadeOut(layer.picture, layer.edges, layer.source, inner), run_time=0.7)
        self.play(
            FadeIn(axis, self.sum_name),
            self.dots.animate.place(places, discs),
            layer.title.animate.move_to(UP * 1.9),
            *[
                m.animate.move_to((places[i, 0], top + 0.4, 0))
                for m, i, top in zip(self.outer, outer, tops, strict=True)
            ],
            run_time=1.6,
        )

    def show_target(self) -> None:
        """The sums make room for the question and for the line of the activations."""
        left, right = (-_SEGMENT, _SEGMENT) if self.squash.bounded else (0.0, _WIDE)
        (top, up, every), start, end = self.scale, (left, -1.5, 0), (right, -1.5, 0)
        self.activation_axis = Axis(
            0, top, start, end, self.theme, up, every, size=BODY, role="text"
        )
        self.activation_axis.numbers.shift(DOWN * 0.45)
        name = self.label(self.words("activation"), "muted", CAPTION)
        self.activation_name = name.next_to(self.activation_axis.numbers[0], LEFT, buff=0.35)
        sums = Group(self.sum_axis, self.sum_name, self.outer, self.dots)
        self.play(
            sums.animate.shift(UP * 1.7), self.headline.write(self.words("question")), run_time=0.9
        )
        self.play(FadeIn(self.activation_axis, self.activation_name, shift=UP * 0.2), run_time=0.8)

    # --- 2: the line is squished ---
    def the_line_bends(self) -> None:
        far = min(2 * self.step, 5.0)
        small = f"{np.ceil(1000 * self.f(-far)) / 1000:.3f}"  # both rounded to the inside
        large = f"{np.floor(1000 * self.f(far)) / 1000:.3f}"
        with self.section("the-line-bends", minus=shown(-far, 0), a=small):
            fan = self.carry_line()
            low = self.label(self.words("low", z=shown(-far, 0), a=small), "negative", CAPTION)
            high = self.label(self.words("high", z=shown(far, 0), a=large), "positive", CAPTION)
            low.next_to(self.activation_axis.line, LEFT, buff=0.3)
            z, ends = fan.values, VGroup()
            if self.squash.bounded:
                high.next_to(self.activation_axis.line, RIGHT, buff=0.3)
                ring = Circle(0.1, self.theme.text, fill_opacity=1)
                ring.set_fill(self.theme.background)
                ends.add(
                    *[ring.copy().move_to(self.activation_axis.at(v)) for v in self.squash.bounds]
                )
                half = Dot(self.activation_axis.at(0.5), radius=0.09, color=self.theme.text)
                steps = [(z == 0, half), (np.abs(z) > far, VGroup(low, high)), (z < np.inf, ends)]
            else:
                high.next_to(self.activation_axis.line, DOWN, buff=1.0, aligned_edge=RIGHT)
                steps = [(z <= 0, low), (z > 0, high), (z < np.inf, ends)]
            for lit, note in steps:
                self.say()
                self.leaving.add(note)
                self.play(fan.animate.single_out(lit), FadeIn(note), run_time=1)

    def carry_line(self) -> Fan:
        """Every point of the line goes where the activation function sends it."""
        squeeze = Squeeze(self.f, self.sum_axis, self.activation_axis, self.theme)
        name = self.label(self.words("sum"), "attention", CAPTION)
        name.move_to((self.activation_name.get_right()[0], squeeze.numbers_y, 0), RIGHT)
        self.leaving = Group(squeeze, name)
        self.add(squeeze.fan)
        self.play(FadeIn(squeeze.line), run_time=0.4)
        self.play(squeeze.go(2.7))
        self.play(FadeIn(name), run_time=0.4)
        return squeeze.fan

    # --- 3: the graph ---
    def the_graph(self) -> None:
        far = min(6.0, self.reach) if self.squash.bounded else 0.75 * self.reach
        with self.section("the-graph"):
            names = self.stand_upright()
            graph = self.graph
            rising = CarriedLine(graph.curve.x, np.zeros(0), graph.x.at, graph.on_curve, self.theme)
            self.play(FadeIn(rising, graph.bounds, names), run_time=0.4)
            self.play(Carry(rising), run_time=1.8)
            self.remove(rising)
            self.add(graph.curve)
            tracer = self.show_law()
            self.say()
            self.play(tracer.go(-far), run_time=1.5)
            self.play(tracer.go(far, -far), run_time=2.5)

    def graph_of(self, x_scale: tuple[float, float], y_scale: Scale) -> FunctionGraph:
        """The activation function over axes of these scales."""
        return FunctionGraph(self.f, x_scale, y_scale, self.theme, self.squash.bounds)

    def stand_upright(self) -> Group:
        """The sums' line becomes the level axis, the activations' line the upright one.

        Their names are gone meanwhile; they are returned in their new places.
        """
        graph = self.graph = self.graph_of((self.reach, self.step), self.scale)
        places, discs = stacked(graph.above_line(self.z), min(self.dots.halves()[0, 0], 0.09), UP)
        names = Group(self.activation_name, self.sum_name)
        headline = self.headline.write(self.words("graph"))
        self.play(FadeOut(self.leaving, self.outer, names), headline, run_time=0.8)
        # below the sums there is room to turn; beside the upright axis there is room to sink
        up = UP * (self.sum_axis.line.get_y() - graph.x.line.get_y())
        self.play(
            Transform(self.activation_axis, self.half_way(graph)),
            Transform(self.sum_axis, graph.x.copy().shift(up)),
            self.dots.animate.place(places + up, discs),
            run_time=0.9,
        )
        self.play(
            ReplacementTransform(self.activation_axis, graph.y),
            ReplacementTransform(self.sum_axis, graph.x),
            self.dots.animate.place(places, discs),
            run_time=0.9,
        )
        self.activation_name.next_to(graph.y.line, UP, buff=0.25, aligned_edge=RIGHT)
        self.sum_name.next_to(graph.x.line, RIGHT, buff=0.15)
        return names

    def half_way(self, graph: FunctionGraph) -> Axis:
        """The activations' axis when it stands upright but is still low."""
        (top, step, every), x = self.scale, graph.y.line.get_start()[0]
        start, end = (x, -1.5, 0), (x, 0.7, 0)
        return Axis(0, top, start, end, self.theme, step, every, side=RIGHT, role="text")

    def show_law(self) -> Tracer:
        """The activation function, and a point of its curve with its arithmetic."""
        rows = self.squash.rows
        self.law = self.formula(self.squash.law, size=HEADING).move_to((2.8, 1.7, 0), LEFT)
        names = VGroup(
            *[
                self.formula(name, "muted").move_to((2.8, 0.6 - PITCH * i, 0), LEFT)
                for i, name in enumerate(rows)
            ]
        )
        axes, corner = (self.graph.x, self.graph.y), np.array([5.6, 0.6, 0])
        tracer = Tracer(self.f, axes, self.theme, tuple(rows.values()), corner)
        self.play(FadeIn(self.law, shift=UP * 0.1), run_time=0.6)
        self.leaving = Group(names, tracer)
        self.play(FadeIn(self.leaving), run_time=0.7)
        return tracer

    # --- 4: the sixteen neurons ---
    def the_neurons(self) -> None:
        n, pairs = len(self.z), {}
        for name, i in self.examples.items():
            pairs[f"{name}_z"], pairs[f"{name}_a"] = shown_pair(self.f, float(self.z[i]))
        with self.section("the-neurons", n=n, **pairs):
            self.play(
                FadeOut(self.leaving),
                self.headline.write(self.words("landing", n=n)),
                self.law.animate.move_to(self.graph.corner + DOWN * 0.6, aligned_edge=LEFT),
                run_time=0.9,
            )
            self.landing = Landing(self.dots, self.z, self.a, self.graph, self.theme)
            self.bring_to_back(self.landing.rays)
            self.notes = VGroup()
            for (name, i), side in zip(self.examples.items(), (1, -1, 0), strict=True):
                if name != "largest":
                    self.say()
                self.play(self.landing.send([i], 1.6))
                self.notes.add(self.note_for(name, i, side))
                self.play(FadeIn(self.notes[-1]), run_time=0.5)
            self.say()
            rest = [i for i in np.argsort(self.z) if i not in self.examples.values()]
            if rest:
                self.play(self.landing.send(rest, 3.5))
            self.wait(0.3)
            self.mark_poster()

    def note_for(self, name: str, i: int, side: int) -> VMobject:
        """Sum and activation of neuron i; ``side`` as in :meth:`Landing.place_note`."""
        z, a = relation_texts(self.f, float(self.z[i]), self.squash.bounds)
        role = "positive" if self.z[i] > 0 else "negative"
        note = self.label(self.words(name, z=z, a=a), role, CAPTION)
        return self.landing.place_note(note, i, side, self.notes)

    # --- 5: over many images ---
    def saturation(self) -> None:
        images, most = f"{len(self.all_a):,}", shown(self.all_a.max(), 1)
        share = f"{self.squash.at_end(self.all_a).mean():.1%}"
        with self.section("saturation", images=images, share=share, top=most):
            self.widen(images)
            self.say()
            self.count_images()
            self.say()
            self.show_share(share)
            self.say()
            self.go_further(most)

    def widen(self, images: str) -> None:
        """The axes reach as far as the sums of all images, and the curve and the rays follow."""
        old = self.graph
        scale = self.squash.full_scale(np.append(self.all_a, self.a))
        new = self.graph = self.graph_of(reach_of(self.all_z, self.reach), scale)
        rays = Rays(self.z, self.a, new.x, new.y, self.theme).show_first(len(self.z))
        self.play(
            FadeOut(self.notes, self.law),
            self.headline.write(self.words("all", images=images)),
            *[FadeOut(axis.ticks, axis.numbers) for axis in (old.x, old.y)],
            run_time=0.8,
        )
        self.play(
            FadeIn(new.x.ticks, new.x.numbers, new.y.ticks, new.y.numbers),
            self.dots.animate.place(*self.landing.pile_on(new)),
            Transform(self.landing.rays, rays),
            ReplacementTransform(old.curve, new.curve),
            run_time=1.4,
        )

    def count_images(self) -> None:
        """Image after image shines, the bars grow, the counters count."""
        graph, top = self.graph, self.graph.y.high
        left, right, _ = self.squash.bars(top)
        values = self.squash.in_bars(self.all_a, top)
        words = [self.words("images"), self.words("activations")]
        self.tally = Tally(
            values, (left, right), graph.y, self.theme, words, graph.corner, graph.away
        )
        many = Rays(self.all_z.ravel(), self.all_a.ravel(), graph.x, graph.y, self.theme)
        self.play(FadeOut(self.landing.rays, self.dots), FadeIn(self.tally), run_time=0.6)
        self.bring_to_back(many)
        n = len(values)
        shine = UpdateFromAlphaFunc(many, lambda m, t: m.show_first(round(t * n) * len(self.z)))
        count = UpdateFromAlphaFunc(self.tally, lambda m, t: m.set_rows(round(t * n)))
        self.play(shine, count, run_time=3)

    def show_share(self, share: str) -> None:
        """The share of the activations at the ends, and their bars."""
        percent = self.label(share, "attention", TITLE, bold=True)
        percent.move_to(self.graph.corner + DOWN * 1.35, aligned_edge=LEFT)
        what = self.label(self.words("share")).next_to(percent, DOWN, 0.22, aligned_edge=LEFT)
        counts = self.tally.lengths(self.squash.counted)
        _, _, at_end = self.squash.bars(self.graph.y.high)
        if not self.squash.bounded:  # the bar of the zeros stands apart from the axis' own 0
            zeros = self.label(self.words("share"), "attention", CAPTION)
            counts.add(zeros.next_to(self.tally.bars.feet[0], LEFT, buff=0.12))
        self.play(
            self.tally.bars.animate.set_arrays(fill=self.tally.paint(at_end)),
            FadeIn(percent, what, counts),
            run_time=1,
        )

    def go_further(self, top: str) -> None:
        """Where the curve is flat, a much larger sum adds almost nothing; or there is no end."""
        x, y = self.graph.x, self.graph.y
        begin, end = self.squash.further(x.step, float(self.all_a.max()))
        numbers = {
            "z": shown(begin, 0),
            "more": shown(end, 0),
            "top": top,
            "gain": gain_text(float(self.f(end) - self.f(begin))),
        }
        tracer = Tracer(self.f, (x, y), self.theme, at=begin)
        note = VGroup(
            *[self.label(self.words(name, **numbers), size=CAPTION) for name in ("further", "gain")]
        )
        note.arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        note.next_to((self.graph.outside(0.0)[0], x.get_bottom()[1], 0), UR, buff=0)
        self.play(FadeIn(tracer), run_time=0.5)
        self.play(tracer.go(end), FadeIn(note[0], shift=UP * 0.1), run_time=2)
        self.play(FadeIn(note[1], shift=UP * 0.1), run_time=0.6)
