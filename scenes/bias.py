"""Where a neuron draws the line: the bias, how it moves it, and what the network made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Indicate,
    ReplacementTransform,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    rush_into,
    smooth,
)

from netglow.netcore.network import ACTIVATIONS
from netglow.scenes.facts.bias import BiasFacts
from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.grow_fans import GrowFans
from netglow.scenes.parts.network.network_diagram import UNDER_COUNTS, NetworkDiagram
from netglow.scenes.parts.network.neurons import LightUp, Neurons
from netglow.scenes.parts.plots.flat_neuron import FlatNeuron
from netglow.scenes.parts.plots.function_graph import GROUND, HALF_WIDE, HEAD, FunctionGraph
from netglow.scenes.props.bias.bias_dial import BiasDial
from netglow.scenes.props.bias.dot_pile import DotPile
from netglow.scenes.props.bias.lit_count import LitCount
from netglow.scenes.props.bias.slid_sums import SlidSums
from netglow.scenes.props.bias.sum_and_bias import SumAndBias
from netglow.scenes.props.bias.threshold import Threshold
from netglow.scenes.props.bias.turned_bias import FACE, FACE_Y, TurnedBias
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING
from netglow.scenes.stage.theme import rgb

HIGH_GROUND, LINE_Y = -1.0, -2.25  # of the graph, when the line of the sums lies below it
NAME_UP = 0.36  # of an axis' name over the axis
PILE_HIGH, LINE_HIGH = 3.9, 1.85  # height of the pile; where the line above it ends
DIAL_AT, COUNT_AT = np.array([-5.6, 2.75, 0]), np.array([6.4, 3.0, 0])
NAME_HIGH = 0.9  # of the axis' name, where dots stand on the axis
LARGE = 0.6  # radius of the neuron that all dots become


class Bias(NetglowScene):
    """From a wish, a neuron that is hard to please, to the number that grants it."""

    tells = BiasFacts
    facts: BiasFacts
    f: Callable[[Any], Any]  # the activation function
    graph: FunctionGraph  # of it
    slid: SlidSums  # neurons on it, and the line of their sums below
    axis_name: Any  # beside that line
    z_name: Any  # beside the graph's
    threshold: Threshold  # where a neuron makes up its mind
    wish: Any  # what is written beside it
    equation: SumAndBias
    turned: Any  # the bias with its sign turned
    all: TurnedBias  # all test images

    def construct(self) -> None:
        self.f = ACTIVATIONS[self.facts.kind][0]
        self.the_line()
        self.hard_to_please()
        self.before_squishing()
        self.its_name()
        self.sign_turned()
        self.all_images()
        self.turn_it_up()
        self.learned()
        self.weights_and_bias()
        self.one_neuron()

    @property
    def suffix(self) -> str:
        """Of the sections that are told in words of their own for this activation function."""
        return "" if self.facts.kind == "sigmoid" else f"-{self.facts.kind}"

    @property
    def bounds(self) -> tuple[float, ...]:
        """Levels that the activation function does not leave, as far as they are drawn."""
        return () if self.suffix else (1.0,)

    # --- the wish ---
    def the_line(self) -> None:
        flat = self.as_it_was()
        with self.section(f"the-line{self.suffix}"):
            self.play(FadeOut(flat.dial, flat.label, flat.string), run_time=0.5)
            self.closer(flat.neuron)
            self.play(self.run_along(flat.neuron), run_time=2.6)
            self.play(FadeOut(flat.neuron), run_time=0.3)
            self.say()
            middle = self.graph.x.at(0.0)[0]
            self.threshold = Threshold(middle, HIGH_GROUND, HEAD, self.theme)
            self.behind(self.threshold)
            line: Any = self.threshold.line
            self.play(Create(line), FadeIn(self.threshold.beyond), run_time=0.9)
            for to, run_time in ((0.2, 0.7), (-0.2, 1.1), (0.0, 0.8)):
                self.play(self.move_line(to * self.facts.ask, run_time))

    def as_it_was(self) -> FlatNeuron:
        """The picture that Squish ended with."""
        facts, theme = self.facts, self.theme
        scales = (facts.wide_reach, facts.wide_step), (facts.wide_top, facts.wide_up)
        self.graph = FunctionGraph(self.f, *scales, theme, self.bounds)
        self.axis_name = self.label(self.words("sum"), "muted", CAPTION)
        self.axis_name.move_to((HALF_WIDE, GROUND + NAME_UP, 0), RIGHT)
        dial = self.words("dial")
        flat = FlatNeuron(facts.flat_sum, facts.flat_swing, self.graph, dial, theme)
        self.add(self.graph, self.axis_name, flat)
        return flat

    def closer(self, neuron: Neurons) -> None:
        """The axis of one neuron's sums takes the place of the one for all, a little higher."""
        facts, old = self.facts, self.graph
        scales = (facts.reach, facts.step), (facts.top, facts.up)
        new = self.graph = FunctionGraph(self.f, *scales, self.theme, self.bounds, HIGH_GROUND)
        new.x.remove(new.x.numbers, new.x.ticks)  # those of the line below it
        self.slid = SlidSums(facts.beads, new, facts.step, facts.ask, self.theme)
        far = np.sign(facts.flat_sum) * facts.reach
        name: Any = self.axis_name
        at: Any = neuron
        self.play(
            FadeOut(old.x.numbers, old.x.ticks, run_time=0.4),
            ReplacementTransform(old.x.line, new.x.line),
            ReplacementTransform(old.curve, new.curve),
            ReplacementTransform(old.y, new.y),
            ReplacementTransform(old.bounds, new.bounds),
            at.animate.place(new.on_curve([far]), neuron.halves()),
            name.animate.move_to((HALF_WIDE, HIGH_GROUND + NAME_UP, 0), RIGHT),
            run_time=1.2,
        )
        self.slid.set_passed(0.0)
        self.add(self.slid.line, self.slid.beads, neuron)

    def run_along(self, neuron: Neurons) -> UpdateFromAlphaFunc:
        """Animation: the neuron goes from one end of the curve to the other and leaves beads."""
        facts = self.facts
        side = np.sign(facts.flat_sum)

        def step(_: Any, t: float) -> None:
            now = side * facts.reach * (1 - 2 * t)
            neuron.place(self.graph.on_curve([now]), neuron.halves())
            neuron.set_activations(self.f(np.array([now])))
            self.slid.set_passed(side * facts.beads >= side * now - 1e-9)

        return UpdateFromAlphaFunc(Group(self.slid.beads, neuron), step, rate_func=smooth)

    def behind(self, thing: Any) -> None:
        """Draw something behind the curve and the neurons."""
        self.add(thing)
        self.bring_to_back(thing)

    def move_line(self, to: float, run_time: float = 1.0) -> UpdateFromAlphaFunc:
        """Animation: the threshold goes to another sum."""
        return self.glide(self.slid.line.at(to)[0], run_time=run_time)

    def glide(
        self, x: float, low: float | None = None, high: float | None = None, run_time: float = 1.0
    ) -> UpdateFromAlphaFunc:
        """Animation: the threshold goes to another x, and to other ends."""
        line = self.threshold
        before = np.array([line.x, line.low, line.high])
        after = np.array([x, line.low if low is None else low, line.high if high is None else high])
        return UpdateFromAlphaFunc(
            line, lambda _, t: line.put(*(before + (after - before) * t)), run_time=run_time
        )

    def hard_to_please(self) -> None:
        facts, theme = self.facts, self.theme
        self.wish = self.label(self.words("wish"), "bias", BODY)
        x = self.slid.line.at(facts.ask)[0]
        self.wish.move_to((x + 0.2, 0.0, 0), LEFT)
        lit: Any = self.label(self.words("should"), "bias", BODY)
        lit.move_to((self.threshold.x + 0.2, 0.0, 0), LEFT)
        not_enough = (facts.beads > 0) & (facts.beads <= facts.ask)
        stroke = np.where(not_enough[:, None], rgb(theme.bias), rgb(theme.muted))
        beads: Any = self.slid.beads
        with self.section("hard-to-please"):
            self.play(FadeIn(lit), run_time=0.5)
            for to, run_time in ((-0.9 * facts.reach, 2.0), (0.0, 1.2)):
                away = RIGHT * (self.slid.line.at(to)[0] - self.threshold.x)
                self.play(self.move_line(to, run_time), lit.animate(run_time=run_time).shift(away))
                self.wait(1.2 if to else 0.1)
            self.say()
            self.play(FadeOut(lit, run_time=0.4), self.move_line(facts.ask, 1.8))
            self.play(FadeIn(self.wish, shift=RIGHT * 0.15), run_time=0.5)
            self.play(
                beads.animate.set_arrays(stroke=stroke, stroke_width=3.0 + not_enough), run_time=0.8
            )

    # --- the bias ---
    def before_squishing(self) -> None:
        facts, slid = self.facts, self.slid
        names = [self.words(word) for word in ("z", "equals", "sum", "plus", "bias")]
        values = [self.words(word) for word in ("zero", "equals", "ask", "plus", "minus")]
        self.equation = SumAndBias(names, values, self.theme)
        zero = self.label(self.words("zero"), "text", CAPTION)
        zero.move_to((-0.25, HIGH_GROUND - 0.3, 0))
        self.z_name = VGroup(zero)
        beads: Any = slid.beads
        with self.section(f"before-squishing{self.suffix}"):
            lower = Group(slid.line, slid.piece, self.axis_name)
            self.play(
                lower.animate.shift(UP * (LINE_Y - HIGH_GROUND)),
                self.glide(self.threshold.x, low=LINE_Y),
                FadeOut(self.wish),
                FadeIn(zero),
                beads.animate.set_arrays(stroke=rgb(self.theme.muted), stroke_width=2.0),
                run_time=1.3,
            )
            self.play(FadeIn(self.equation.values[2:], shift=UP * 0.1), run_time=0.7)
            self.play(*self.slide(-facts.ask, 3.4))
            self.say()
            self.play(FadeIn(self.equation.values[:2], shift=LEFT * 0.1), run_time=0.7)
            self.pulse_dark()

    def slide(self, bias: float, run_time: float) -> list[UpdateFromAlphaFunc]:
        """Animations: a bias slides the line, and the threshold with it."""
        slid, before = self.slid, self.slid.bias

        def step(_: Any, t: float) -> None:
            slid.set_bias(before + (bias - before) * t)
            self.threshold.put(slid.line.at(self.facts.ask)[0])

        # one takes the step for all; a group of them would come to lie above everything else
        return [
            UpdateFromAlphaFunc(part, step if part is self.threshold else _rest, run_time=run_time)
            for part in (self.threshold, *slid)
        ]

    def pulse_dark(self) -> None:
        """Those that are below now get a ring, one after the other."""
        beads, below = self.slid.beads, self.slid.sums < self.facts.ask
        ringed = beads.copy()
        ringed.set_arrays(
            stroke=np.where(below[:, None], rgb(self.theme.bias), beads.stroke),
            stroke_width=np.where(below, 4.0, 2.0),
        )
        order = np.linspace(0.7, 0, len(beads))
        plain = beads.copy()
        self.play(Wave(beads, ringed, order), run_time=1.6)
        self.wait(0.5)
        self.play(Wave(beads, plain, order), run_time=1.0)

    def its_name(self) -> None:
        names, values = self.equation.names, self.equation.values
        name = self.label(self.words("z"), "text", BODY)
        name.move_to((HALF_WIDE, HIGH_GROUND + NAME_UP, 0), RIGHT)
        with self.section("its-name"):
            self.play(FadeIn(names[2:], shift=DOWN * 0.1), run_time=0.7)
            self.play(Indicate(VGroup(names[4], values[4]), 1.2, self.theme.bias), run_time=1.4)
            self.play(FadeIn(names[:2], name, shift=DOWN * 0.1), run_time=0.7)
            self.play(Indicate(VGroup(names[0], values[0]), 1.2, self.theme.text), run_time=1.4)
        self.z_name.add(name)

    def sign_turned(self) -> None:
        x = self.threshold.x
        bare = self.label(self.words("minus_bare"), "bias", HEADING, bold=True)
        bare.move_to(self.equation.values[4])
        there = bare.copy().move_to((x + 0.25, (LINE_Y + HIGH_GROUND) / 2, 0), LEFT)
        self.turned = self.label(self.words("ask"), "bias", HEADING, bold=True)
        self.turned.move_to(there, RIGHT)
        with self.section("sign-turned"):
            line: Any = self.threshold.line
            self.play(Indicate(line, 1.03, self.theme.attention), run_time=1.6)
            self.wait(0.6)
            self.play(Transform(bare, there), run_time=1.5)
            self.wait(0.4)
            self.play(Transform(bare, self.turned), run_time=0.9)
            self.remove(bare)
            self.add(self.turned)
            self.play(Indicate(self.turned, 1.2, self.theme.bias), run_time=1.0)

    # --- all images ---
    def all_images(self) -> None:
        facts = self.facts
        with self.section("all-images" if facts.low_count else "all-images-none"):
            self.clear_up()
            face = PixelImage(facts.faces[facts.just[0]], self.theme, FACE, gap=0.0)
            face.move_to((0, FACE_Y, 0))
            self.play(FadeIn(face, scale=0.7), run_time=0.5)
            self.pour(face)
            self.say()
            hung = face.animate.move_to(self.all.place_at(-facts.ask))
            self.play(hung if facts.low_count else hung.set_opacity(0.0), run_time=0.9)
            self.all.set_bias(-facts.ask)
            self.add(self.all)
            self.play(FadeIn(self.all.dial, self.all.count), run_time=0.7)
            self.play(Indicate(self.all.count.number, 1.2, self.theme.attention), run_time=1.2)

    def clear_up(self) -> None:
        """Only the line of the sums stays, and slides back; the threshold goes along."""
        facts, slid, graph = self.facts, self.slid, self.graph
        self.play(
            FadeOut(graph.curve, graph.x.line, graph.y, graph.bounds, slid.beads, self.equation),
            FadeOut(self.z_name, self.turned),
            run_time=0.8,
        )
        slid.remove(slid.beads)
        name: Any = self.axis_name
        up = name.animate.shift(UP * (NAME_HIGH - NAME_UP))
        self.play(*self.slide(0.0, 1.4), self.glide_up(), up, run_time=1.4)
        self.threshold.put(slid.line.at(facts.ask)[0])

    def glide_up(self) -> UpdateFromAlphaFunc:
        """Animation: the threshold's upper end makes room for what is to come above it."""
        line, before = self.threshold, self.threshold.high
        return UpdateFromAlphaFunc(
            line, lambda _, t: line.put(line.x, None, before + (LINE_HIGH - before) * t)
        )

    def pour(self, face: PixelImage) -> None:
        """Image after image passes, and of every one a dot falls to its sum."""
        facts, theme, axis = self.facts, self.theme, self.slid.line
        pile = DotPile(facts.sums, axis, theme, PILE_HIGH)
        pile.set_activations(self.f(facts.sums - facts.ask))
        ends = [self.words(word) for word in ("of", "light")]
        dial = BiasDial(-facts.ask, facts.ask, self.words("bias"), facts.places, DIAL_AT, theme)
        count = LitCount(facts.sums, -facts.ask, ends, COUNT_AT, theme)
        faces = facts.faces[facts.just]

        def pass_by(_: Any, t: float) -> None:
            face.set_values(faces[-1 - min(int(t * len(faces)), len(faces) - 1)])

        self.add(pile, face)
        passing = UpdateFromAlphaFunc(face, pass_by, rate_func=linear, run_time=5.0)
        self.play(pile.fall_from(face.get_bottom(), 5.0), passing)
        parts = pile, self.threshold, dial, count
        self.all = TurnedBias(parts, face, facts.stops, faces, axis, self.f, -facts.ask)
        face.move_to((0, FACE_Y, 0))

    def turn_it_up(self) -> None:
        facts = self.facts
        with self.section("turn-it-up"):
            self.play(self.all.turn(facts.ask, 9.0, rate_func=linear))
            self.mark_poster()
            self.say()
            self.play(Indicate(self.all.count.number, 1.2, self.theme.attention), run_time=1.2)

    def learned(self) -> None:
        facts = self.facts
        side = {"strict": "", "generous": "-generous", "zero": "-zero"}[facts.side]
        with self.section(f"learned{side}"):
            self.play(self.all.turn(facts.bias, 3.0))
            self.play(Indicate(self.all.dial.number, 1.25, self.theme.bias), run_time=1.2)
            self.say()
            self.play(Indicate(self.all.count.number, 1.2, self.theme.attention), run_time=1.2)
            self.wait(2.6)
            self.play(self.all.turn(0.0, 1.4))  # what it would be without one
            self.wait(1.8)
            self.play(self.all.turn(facts.bias, 1.2))

    def weights_and_bias(self) -> None:
        facts, shown = self.facts, self.all
        weights = WeightImage(facts.weights, self.theme, FACE, gap=0.0).move_to(shown.face)
        with self.section("weights-and-bias"):
            self.play(Transform(shown.face, weights), run_time=0.9)
            shown.remove(shown.face)
            self.remove(shown.face)
            shown.face = weights
            shown.add(weights)
            self.play(Indicate(weights, 1.2, self.theme.text), run_time=1.4)
            nudge = 0.15 * facts.ask
            for to, run_time in ((nudge, 0.9), (-nudge, 1.4), (0.0, 0.9)):
                self.play(shown.turn(facts.bias + to, run_time))

    # --- the neuron in its place ---
    def one_neuron(self) -> None:
        """All dots become one neuron, and that one of many."""
        facts, theme, shown = self.facts, self.theme, self.all
        d = NetworkDiagram(self.story.network, theme, **UNDER_COUNTS)
        d.pixels.set_values(facts.image)
        first, layer = d.edges[0], d.neurons[0]
        mine = np.arange(len(layer)) == facts.neuron
        first.set_arrays(light=first.light * np.repeat(mine, facts.weights.size))
        place, half = layer.centres()[mine], layer.halves()[mine]
        disc: Any = Neurons(np.array([facts.activation]), place, theme, LARGE)
        layer.set_activations(mine * facts.activation)
        with self.section("one-neuron"):
            self.add(disc.place(place, 0.01 * half))
            self.play(
                FadeOut(self.slid, self.axis_name, shown.dial, shown.count, run_time=0.8),
                FadeOut(shown.threshold, shown.face, run_time=0.8),
                shown.pile.gather_at(place[0], run_time=2.0),
                disc.animate(run_time=2.0, rate_func=rush_into).place(place, LARGE + 0 * half),
            )
            self.remove(shown.pile)
            self.wait(0.3)
            below = [first, d.pixels] if theme.is_light else [d.pixels, first]
            self.play(
                disc.animate.place(place, half), FadeIn(*d.neurons, d.names, d.pixels), run_time=1.3
            )
            self.remove(disc)
            self.bring_to_back(*below)
            self.play(GrowFans(first, rows=[facts.neuron], run_time=1.8))
            self.play(LightUp(layer, np.zeros(len(layer)), 0.0), run_time=0.8)


def _rest(_: Any, t: float) -> None:
    """What something does that another animation moves."""
