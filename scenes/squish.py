"""From any sum to a number between 0 and 1: the number line is squeezed, and drawn as a curve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    Indicate,
    ReplacementTransform,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    linear,
    smooth,
)

from netglow.netcore.network import ACTIVATIONS
from netglow.scenes.facts.squish import NEARER, SquishFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.parts.plots.dots import stacked
from netglow.scenes.parts.plots.flat_neuron import FlatNeuron
from netglow.scenes.parts.plots.function_graph import (
    GROUND,
    HALF_WIDE,
    HEAD,
    FunctionGraph,
    upright,
)
from netglow.scenes.parts.text.fit import fit
from netglow.scenes.props.squish.journeys import CarriedLine, Carry, Travel
from netglow.scenes.props.squish.law import Law
from netglow.scenes.props.squish.nudge import Nudge
from netglow.scenes.props.squish.squeeze import Squeeze
from netglow.scenes.props.squish.totals import Totals
from netglow.scenes.props.squish.traveller import Traveller
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION
from netglow.scenes.stage.theme import rgb

LINE_Y, LINE_UP_Y, OUT_Y = -1.2, 2.0, -1.45  # of the sums' line; of the line of what comes out
SEGMENT = 3.8  # half the length of the line from 0 to 1
RADIUS, ABOVE = 0.12, 0.14  # of a neuron, and how far above the line it lies
PICTURE, PICTURE_AT = 2.7, np.array([0, 1.9, 0])
LAW_AT, LAW_WIDE, CORNER = np.array([-5.9, 1.5, 0]), 4.9, np.array([-4.4, 1.0, 0])
TOTALS_AT = np.array([0.9, 1.35, 0])
BESIDE, BELOW, SMALL = np.array([-6.1, 2.1, 0]), np.array([4.9, -0.4, 0]), 1.9  # for ReLU's line


class Squish(NetglowScene):
    """The first layer's activation function: why, how, and what becomes of real sums."""

    tells = SquishFacts
    facts: SquishFacts
    f: Callable[[Any], Any]  # the activation function
    axis: Axis  # of the sums
    axis_name: Any  # beside it
    out_axis: Axis  # of what comes out
    picture: PixelImage  # the image whose sums are shown
    dots: Neurons  # the layer's neurons, wherever they are
    ends: VGroup  # the smallest and the largest sum, written
    leaving: Group  # what goes when the next section begins
    squeeze: Squeeze  # the line, squeezed
    graph: FunctionGraph  # of the activation function
    law: Law  # its formula
    totals: Totals  # of what comes out for all test images

    def construct(self) -> None:
        self.f = ACTIVATIONS[self.facts.kind][0]
        self.any_number()
        self.the_wish()
        self.the_squeeze()
        self.never_quite()
        self.the_curve()
        self.steep_and_flat()
        self.the_formula()
        self.the_sums()
        self.the_largest()
        self.the_nearest()
        self.all_images()
        self.flat_ends()

    @property
    def is_bounded(self) -> bool:
        return self.facts.kind == "sigmoid"

    @property
    def suffix(self) -> str:
        """Of the sections that are told in words of their own for this activation function."""
        return "" if self.is_bounded else f"-{self.facts.kind}"

    # --- any number ---
    def any_number(self) -> None:
        facts = self.facts
        number = self.put_one_number()
        with self.section("any-number" if facts.digit >= 0 else "any-number-own"):
            self.roam(number)
            self.say()
            places, halves = self.on_line(facts.sums)
            self.ends = self.ends_of(places)
            self.play(FadeOut(number), run_time=0.4)
            self.play(
                self.dots.animate.place(places, halves).set_arrays(fill=self.signs(facts.sums)),
                run_time=1.6,
            )
            self.play(FadeIn(self.ends, shift=UP * 0.1), run_time=0.6)
            self.say()
            self.play(FadeOut(self.ends), run_time=0.4)
            for image, sums in ((facts.other_image, facts.other_sums), (facts.image, facts.sums)):
                new = PixelImage(image, self.theme, PICTURE).move_to(PICTURE_AT)
                places, halves = self.on_line(sums)
                self.play(
                    Transform(self.picture, new),
                    self.dots.animate.place(places, halves).set_arrays(fill=self.signs(sums)),
                    run_time=1.1,
                )
                self.wait(0.4)

    def put_one_number(self) -> Any:
        """The image, the line, and on it all neurons in one place: that of the first."""
        facts, theme = self.facts, self.theme
        ends = (-HALF_WIDE, LINE_Y, 0), (HALF_WIDE, LINE_Y, 0)
        self.axis = Axis(-facts.reach, facts.reach, *ends, theme, facts.step, role="text")
        self.axis_name = self.label(self.words("sum"), "muted", CAPTION)
        self.axis_name.move_to((HALF_WIDE, LINE_Y - 0.8, 0), RIGHT)
        self.picture = PixelImage(facts.image, theme, PICTURE).move_to(PICTURE_AT)
        one = np.full(facts.n, facts.first_sum)
        start = self.axis.at(one) + UP * (ABOVE + RADIUS)
        self.dots = Neurons(np.zeros(facts.n), start, theme, RADIUS)
        self.dots.set_arrays(fill=self.signs(one))
        number: Any = self.number(facts.first_sum, places=2, anchor=UP * 0)
        number.move_to(start[0] + UP * 0.5)
        self.add(self.axis, self.axis_name, self.picture, self.dots, number)
        return number

    def roam(self, number: Any) -> None:
        """Other images come, and the first neuron's sum goes far to both sides, and back."""
        facts = self.facts
        images = [*facts.extremes, facts.image]
        sums = [facts.first_sum, *facts.extreme_sums, facts.first_sum]
        for image, before, after in zip(images, sums[:-1], sums[1:], strict=True):
            new = PixelImage(image, self.theme, PICTURE).move_to(PICTURE_AT)
            self.play(Transform(self.picture, new), self.moved(number, before, after), run_time=1.0)
            self.wait(0.3)

    def moved(self, number: Any, before: float, after: float) -> UpdateFromAlphaFunc:
        """Animation: the first neuron, its number above it, goes from one sum to another."""

        def step(_: Any, t: float) -> None:
            value = np.full(self.facts.n, before + (after - before) * t)
            at = self.axis.at(value) + UP * (ABOVE + RADIUS)
            self.dots.place(at, self.dots.halves()).set_arrays(fill=self.signs(value))
            number.set_value(value[0]).move_to(at[0] + UP * 0.5)

        return UpdateFromAlphaFunc(Group(self.dots, number), step)

    def on_line(self, sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Centres and halves of the neurons on the line, at these sums (n,)."""
        return stacked(self.axis.at(sums) + UP * ABOVE, RADIUS, UP)

    def signs(self, sums: np.ndarray) -> np.ndarray:
        """Colours (n, 3) of the signs of sums (n,)."""
        up, down = rgb(self.theme.positive), rgb(self.theme.negative)
        return np.where((np.asarray(sums) > 0)[:, None], up, down)

    def ends_of(self, places: np.ndarray) -> VGroup:
        """The smallest and the largest sum, above their neurons at ``places`` (n, 3)."""
        facts, made = self.facts, VGroup()
        for word, i in (("low", facts.order[0]), ("high", facts.order[-1])):
            near = np.abs(places[:, 0] - places[i, 0]) < 0.6
            text = self.label(self.words(word), "text", BODY)
            made.add(text.move_to((places[i, 0], places[near, 1].max() + 0.45, 0)))
        return made

    # --- from line to line ---
    def the_wish(self) -> None:
        facts = self.facts
        left, right = (-SEGMENT, SEGMENT) if self.is_bounded else (0.0, HALF_WIDE)
        start, end = (left, OUT_Y, 0), (right, OUT_Y, 0)
        self.out_axis = Axis(0, facts.top, start, end, self.theme, facts.up, size=BODY, role="text")
        self.out_axis.numbers.shift(DOWN * 0.45)
        with self.section(f"the-wish{self.suffix}"):
            self.play(FadeOut(self.picture), run_time=0.5)
            line = Group(self.axis, self.dots)
            up = UP * (LINE_UP_Y - LINE_Y)
            name: Any = self.axis_name
            self.play(
                line.animate.shift(up), name.animate.move_to((HALF_WIDE, 3.5, 0), RIGHT), run_time=1
            )
            self.play(FadeIn(self.out_axis, shift=UP * 0.2), run_time=0.8)
            self.leaving = Group()
            if self.is_bounded:
                self.from_nothing_to_full()

    def from_nothing_to_full(self) -> None:
        """A neuron goes from 0 to 1 and lights up on the way."""
        line = self.out_axis.line
        names = VGroup(
            self.label(self.words("nothing"), "muted", BODY).next_to(line, LEFT, 0.3),
            self.label(self.words("full"), "muted", BODY).next_to(line, RIGHT, 0.3),
        )
        disc = Neurons(np.zeros(1), self.out_axis.at([0.0]) + UP * 0.55, self.theme, 0.34)
        place = disc.centres()

        def go(_: Any, t: float) -> None:
            disc.place(place + self.out_axis.at([t]) - self.out_axis.at([0.0]), disc.halves())
            disc.set_activations(np.array([t]))

        self.play(FadeIn(disc, names[0]), run_time=0.5)
        self.play(UpdateFromAlphaFunc(disc, go), run_time=2.6)
        self.play(FadeIn(names[1]), run_time=0.5)
        self.play(FadeOut(disc), run_time=0.4)
        self.leaving.add(names)

    def the_squeeze(self) -> None:
        self.squeeze = Squeeze(self.f, self.axis, self.out_axis, self.theme)
        fan: Any = self.squeeze.fan
        with self.section(f"the-squeeze{self.suffix}"):
            self.add(fan)
            self.play(FadeIn(self.squeeze.line), run_time=0.4)
            self.play(self.squeeze.go(3.2))
            self.mark_poster()
            self.say()
            self.play(fan.animate.single_out(fan.values < 0), run_time=0.8)
            self.wait(0.8)
            self.play(fan.animate.single_out(fan.values > 0), run_time=0.8)
            if self.is_bounded:
                half = Dot(self.out_axis.at(0.5), radius=0.1, color=self.theme.text)
                self.wait(0.4)
                self.play(fan.animate.single_out(fan.values == 0), FadeIn(half, scale=2))
                self.leaving.add(half)

    def never_quite(self) -> None:
        """However far out a number goes, it does not arrive at 1 (or, for ReLU, it just goes)."""
        facts, fan = self.facts, self.squeeze.fan
        sides = (1, -1) if self.is_bounded else (1,)
        both = [
            Traveller(self.f, self.axis, self.out_axis, side * facts.step / 5, self.theme)
            for side in sides
        ]
        rings = VGroup()
        if self.is_bounded:
            for bound in (0, 1):
                ring = Circle(0.11, self.theme.text, fill_opacity=1).move_to(
                    self.out_axis.at(bound)
                )
                rings.add(ring.set_fill(self.theme.background))
        with self.section(f"never-quite{self.suffix}"):
            every: Any = fan
            self.play(every.animate.single_out(fan.values < -np.inf), run_time=0.5)
            self.play(FadeIn(*both, rings), run_time=0.5)
            self.add(rings)
            if self.is_bounded:
                self.nearer_and_nearer(both)
            else:
                self.play(both[0].go(2 * facts.reach, 3.6))
        self.leaving.add(*both, rings)

    def nearer_and_nearer(self, both: list[Traveller]) -> None:
        """Larger and larger numbers go out; what is left of each to 1 and to 0 is never nothing."""
        numbers: Any = self.squeeze.line.numbers
        self.play(numbers.animate.set_opacity(0), run_time=0.3)
        note = VGroup()
        for value, word in zip(NEARER, ("near", "nearer", "nearest_one"), strict=True):
            out = [go.go(np.copysign(value, go.at), 0.8) for go in both]
            gone, note = note, self.label(self.words(word), "attention", BODY)
            note.move_to(self.out_axis.at(1.0) + DOWN * 1.3)
            self.play(*out, FadeOut(gone, run_time=0.3))
            self.play(FadeIn(note), run_time=0.4)
            self.wait(0.3)
        self.leaving.add(note)

    # --- the curve ---
    def the_curve(self) -> None:
        facts = self.facts
        with self.section(f"the-curve{self.suffix}"):
            self.stand_upright()
            graph = self.graph
            rising = CarriedLine(graph.curve.x, np.zeros(0), graph.x.at, graph.on_curve, self.theme)
            self.play(FadeIn(rising, graph.bounds), run_time=0.4)
            self.play(Carry(rising), run_time=1.8)
            self.remove(rising)
            self.add(graph.curve, self.dots)
            self.law = Law(facts.kind, self.theme)
            fit(self.law, LAW_WIDE).move_to(LAW_AT, LEFT)
            self.play(FadeIn(self.law.left_side, shift=UP * 0.1), run_time=0.8)

    def stand_upright(self) -> None:
        """The sums' line becomes the level axis, the other one stands up on its zero."""
        facts = self.facts
        scales = (facts.reach, facts.step), (facts.top, facts.up)
        bounds = (1,) if self.is_bounded else ()
        graph = self.graph = FunctionGraph(self.f, *scales, self.theme, bounds)
        zero = self.out_axis.numbers[0]
        upright(self.out_axis)
        self.play(FadeOut(self.squeeze, self.leaving, self.axis_name, zero), run_time=0.7)
        self.axis_name.move_to((HALF_WIDE, GROUND + 0.36, 0), RIGHT)
        self.play(
            ReplacementTransform(self.out_axis, graph.y),
            ReplacementTransform(self.axis, graph.x),
            self.dots.animate.place(graph.x.at(facts.sums), self.dots.halves()),
            FadeIn(self.axis_name),
            run_time=1.2,
        )
        self.add(self.dots)

    def steep_and_flat(self) -> None:
        """The same little more makes much of a difference here, and none there."""
        facts = self.facts
        nudge = Nudge(self.graph, facts.nudge_steep, facts.nudge, self.theme)
        start, end = facts.nudge_steep, facts.nudge_flat
        with self.section(f"steep-and-flat{self.suffix}"):
            self.play(Create(nudge.more), run_time=0.9)
            self.play(Create(nudge.gain), run_time=1.1)
            self.say()
            self.play(
                UpdateFromAlphaFunc(nudge, lambda _, t: nudge.set_at(start + (end - start) * t)),
                run_time=2.8,
            )
        self.leaving = Group(nudge)

    def the_formula(self) -> None:
        """Every symbol comes when it is read."""
        with self.section(f"the-formula{self.suffix}"):
            self.play(FadeOut(self.leaving), run_time=0.5)
            self.play(Indicate(self.law.left_side, 1.1, self.theme.attention), run_time=1.0)
            for part in self.law.read:
                self.play(FadeIn(part, shift=UP * 0.1), run_time=0.6)
            if self.is_bounded:
                e = self.law.read[-1][0]
                note = self.label(self.words("e"), "attention", BODY)
                note.next_to(self.law, DOWN, buff=0.4, aligned_edge=RIGHT)
                self.wait(0.5)
                self.play(e.animate.set_color(self.theme.attention), FadeIn(note, shift=UP * 0.1))
                self.law.add(note)

    # --- the real sums ---
    def the_sums(self) -> None:
        facts = self.facts
        way = self.graph.on_curve(facts.sums)[None]
        with self.section("the-sums"):
            self.play(Travel(self.dots, way, facts.out, facts.order, RADIUS, 0.85, run_time=4.5))

    def the_largest(self) -> None:
        facts = self.facts
        short = "" if facts.is_sure else "-short"
        word = "largest_nearly" if facts.largest_out > 0.999 else "largest"
        at = self.graph.on_curve([facts.largest_sum])[0]
        note = self.label(self.words(word if self.is_bounded else "largest_relu"), "text", BODY)
        if not self.is_bounded:  # between the axis and the neuron
            note = fit(note, max(2.4, at[0] - 0.65))
        note.next_to(at, (DOWN if at[1] > 0 else UP) if self.is_bounded else LEFT, 0.35)
        note.shift(UP * max(0, GROUND + 0.4 - note.get_bottom()[1]))
        note.shift(RIGHT * min(0, HALF_WIDE - note.get_right()[0]))
        self.leaving = Group()
        with self.section(f"the-largest{short}{self.suffix}"):
            self.single_out(at, note)

    def single_out(self, at: np.ndarray, note: VMobject) -> None:
        """A ring around a neuron, and what became of its sum."""
        ring = Circle(0.24, self.theme.attention, stroke_width=4).move_to(at)
        self.play(Create(ring), run_time=0.7)
        self.play(FadeIn(note, shift=UP * 0.1), run_time=0.6)
        self.leaving.add(ring, note)

    def the_nearest(self) -> None:
        facts = self.facts
        if not self.is_bounded:
            self.the_zeros()
            return
        at = self.graph.on_curve([facts.nearest_sum])[0]
        note = self.label(self.words("nearest"), "text", BODY)
        low, high = (GROUND + share * (HEAD - GROUND) for share in (0.2, 0.8))
        y = min(max(float(at[1]), low), high)
        note.move_to((max(at[0] + 0.45, 0.45), y, 0), LEFT)
        with self.section("the-nearest" if facts.is_torn else "the-nearest-decided"):
            self.single_out(at, note)

    def the_zeros(self) -> None:
        """ReLU: those whose sums are not above zero pulse, and are counted."""
        facts, dots = self.facts, self.dots
        lit: Any = dots
        name = "the-nearest-relu" if facts.zeros else "the-nearest-none-relu"
        note = self.label(self.words("zeros"), "text", BODY)
        note.move_to((-HALF_WIDE / 2, GROUND + 0.7, 0))
        role = np.where((facts.out == 0)[:, None], rgb(self.theme.attention), rgb(self.theme.muted))
        with self.section(name):
            self.play(lit.animate.set_arrays(stroke=role), run_time=0.7)
            if facts.zeros:
                self.play(FadeIn(note, shift=UP * 0.1), run_time=0.6)
                self.leaving.add(note)

    # --- all images ---
    def all_images(self) -> None:
        facts = self.facts
        still_open = "-open" if self.is_bounded and not facts.is_decided else ""
        with self.section(f"all-images{still_open}{self.suffix}"):
            self.widen()
            self.play(self.count(), run_time=3.4)
            self.say()
            rows = (2, 0, 1) if self.is_bounded else (1, 0)  # as they are said
            for row in rows:
                self.play(Indicate(self.totals.row(row), 1.1, self.theme.attention), run_time=1.0)
                self.wait(0.2)

    def widen(self) -> None:
        """The axes reach as far as all sums; the image and the totals come in."""
        facts, old, theme = self.facts, self.graph, self.theme
        scales = (facts.all_reach, facts.all_step), (facts.all_top, facts.all_up)
        new = self.graph = FunctionGraph(self.f, *scales, theme)
        words = ("above", "between", "below") if self.is_bounded else ("passed", "zero")
        names = [self.words(word) for word in words]
        left, size, at = TOTALS_AT, PICTURE, CORNER
        if not self.is_bounded:  # its line goes through where these would be
            left, size, at = BESIDE, SMALL, BELOW
        self.totals = Totals(names, left, 1.2, self.words("percent"), theme)
        self.picture = PixelImage(facts.image, theme, size).move_to(at)
        note = self.label(self.words("of_all"), "muted", CAPTION)
        note.next_to(self.picture if self.is_bounded else self.totals, DOWN, buff=0.25)
        self.play(FadeOut(self.leaving, self.law, old.x.numbers, old.x.ticks), run_time=0.6)
        same: Any = self.dots
        self.play(
            ReplacementTransform(old.curve, new.curve),
            ReplacementTransform(old.y, new.y),
            FadeIn(new.x),
            FadeOut(old.x.line),
            same.animate.place(new.on_curve(facts.sums), self.dots.halves()).set_arrays(
                stroke=rgb(theme.muted)
            ),
            run_time=1.2,
        )
        self.add(self.dots)
        self.play(FadeIn(self.picture, note, self.totals), run_time=0.7)
        self.leaving = Group(self.picture, note, self.totals)

    def count(self) -> UpdateFromAlphaFunc:
        """Animation: images pass, their sums run along the curve, and the totals count."""
        facts = self.facts
        columns = [2, 1, 0] if self.is_bounded else [2, 0]

        def step(_: Any, t: float) -> None:
            at = t * (len(facts.parade) - 1)
            i = min(int(at), len(facts.parade) - 2)
            share = smooth(at - i)
            before, after = facts.parade_sums[i : i + 2]
            sums = before + (after - before) * share
            self.dots.place(self.graph.on_curve(sums), self.dots.halves())
            self.dots.set_activations(self.f(sums))
            self.picture.set_values(facts.parade[i + (share > 0.5)])
            self.totals.set_shares(facts.counted[round(t * facts.images)][columns])

        moving = Group(self.dots, self.picture, self.totals)
        return UpdateFromAlphaFunc(moving, step, rate_func=linear)

    def flat_ends(self) -> None:
        """One neuron far out: a dial turns, its sum moves, and its light stays as it is."""
        facts = self.facts
        total, dial = float(facts.sums[facts.flat]), self.words("dial")
        flat = FlatNeuron(total, facts.swing, self.graph, dial, self.theme)

        def turn(_: Any, t: float) -> None:
            flat.turn(float(np.sin(2 * np.pi * (t % 1))))

        with self.section(f"flat-ends{self.suffix}"):
            self.play(FadeOut(self.leaving, self.dots), FadeIn(flat.neuron), run_time=0.8)
            self.play(FadeIn(flat.dial, flat.label, flat.string), run_time=0.6)
            self.play(UpdateFromAlphaFunc(flat, turn, rate_func=linear), run_time=3.6)
            self.say()
            self.play(UpdateFromAlphaFunc(flat, turn, rate_func=linear), run_time=2.4)
