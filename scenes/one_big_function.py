"""A neuron is a function, the network an absurdly large one; and what its ten numbers are not."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    DashedLine,
    FadeIn,
    FadeOut,
    Group,
    Indicate,
    LaggedStart,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
)

from netglow.netcore.network import forward
from netglow.scenes.engine.constants import FEATHER
from netglow.scenes.facts.one_big_function import OneBigFunctionFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.thumbnails import Grow
from netglow.scenes.parts.network.big_neuron import BigNeuron
from netglow.scenes.parts.network.edges import Dim, Flow, LayerEdges
from netglow.scenes.parts.network.grow_fans import GrowFans
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.network_pass import NetworkPass, raise_bars
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.one_big_function.cake import Cake
from netglow.scenes.props.one_big_function.crowd import DIM, Crowd
from netglow.scenes.props.one_big_function.machine import DialBox
from netglow.scenes.props.one_big_function.nested import Nested
from netglow.scenes.props.one_big_function.opening import Opening
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING
from netglow.scenes.stage.theme import rgb

ALONE, LARGE, BESIDE = 1.7, 1.35, np.array([4.5, 0.3, 0])  # radii of the one neuron; its place
IMAGE, IMAGE_AT, WORDS_Y = 5.2, np.array([-3.8, 0.3, 0]), -2.75
PLACE: Any = {"height": 4.7, "image_size": 2.8, "left": -6.5, "right": 3.3, "y": -0.35}
BOX, BOX_AT = (6.7, 6.3), np.array([0, -0.4, 0])
NAMES_X, BARS_X, BARS = 3.85, 4.15, 2.35  # of the outputs beside the box; length of their bars
FORMULA_Y, HEADS_Y = 3.3, 2.75
CROWD, CROWD_AT = (13.0, 5.9), np.array([0, -0.6, 0])
DOUBT, DOUBT_AT = 4.8, np.array([-4.0, -0.05, 0])
COUNTS_X = (-6.4, -1.95, 3.0)  # exactly one yes, more than one, none at all
OPINIONS_X, OPINIONS, PITCH, TOP_Y = 0.55, 5.7, 0.58, 2.55
CAKE_AT, CAKE = np.array([3.1, -0.5, 0]), 2.5


class OneBigFunction(NetglowScene):
    """From one neuron to a box of dials; and an image at which two outputs say yes."""

    tells = OneBigFunctionFacts
    facts: OneBigFunctionFacts
    big: BigNeuron  # the one neuron
    pixels: PixelImage  # what goes in
    edges: LayerEdges  # into the one neuron
    heads: VGroup  # how many numbers go in and come out
    diagram: NetworkDiagram  # the whole network
    names: VGroup  # of the outputs
    bars: Bars  # the outputs
    machine: DialBox  # all dials of the network
    nested: Nested  # the network in one line
    half: VGroup  # where an output becomes a yes
    crowd: Crowd  # all test images
    one: Any  # how many of them have exactly one yes
    pointed: np.ndarray  # which of them have been pointed out
    cake: Cake  # the ten outputs as slices

    def construct(self) -> None:
        self.a_neuron()
        self.the_network()
        self.digit_after_digit()
        self.does_it_decide()
        self.two_or_none()
        self.the_divided_one()
        self.no_cake()
        self.who_picked_it()

    # --- sections ---
    def a_neuron(self) -> None:
        facts = self.facts
        opening = Opening(
            facts.w, facts.image.ravel(), facts.b, facts.a1, facts.kind, facts.code, self.theme
        )
        self.add(opening)
        with self.section("a-neuron"):
            self.wait(1.2)
            self.one_of(opening)
            self.say()
            self.where_from()
            self.say()
            self.to_one_number()
            self.say()
            for i in range(1, len(facts.seen)):
                self.other_lights(i)

    def the_network(self) -> None:
        facts = self.facts
        ending = "-once" if facts.layers == 1 else "" if facts.all_squish else "-bends"
        with self.section(f"the-network{ending}"):
            self.into_the_network()
            self.say()
            self.into_the_box()
            self.write_it()
            self.say()
            self.mark_poster()
            self.play(self.machine.shine(run_time=1.6))
            self.play(Indicate(self.nested, 1.02, self.theme.attention), run_time=1.4)

    def digit_after_digit(self) -> None:
        facts = self.facts
        with self.section("digit-after-digit"):
            for i, (image, output) in enumerate(zip(facts.fed, facts.answers, strict=True)):
                if i == len(facts.fed) // 2:
                    self.say()
                self.feed(image, output)
                self.wait(0.5)

    def does_it_decide(self) -> None:
        facts = self.facts
        self.crowd = crowd = Crowd(facts.small, facts.beliefs, *CROWD, CROWD_AT, self.theme)
        ending = "" if facts.mostly else "-rarely" if facts.one else "-never"
        with self.section(f"does-it-decide{ending}"):
            self.half = self.half_mark(self.bars, BARS)
            plain = self.bars.animate.crown(None)
            self.play(FadeOut(self.nested), FadeOut(self.heads), plain, run_time=0.7)
            self.play(Create(self.half[0]), FadeIn(self.half[1]), run_time=0.9)
            self.play(Indicate(self.half, 1.06, self.theme.attention), run_time=1.2)
            self.play(self.machine.shine(run_time=1.6))
            self.say()
            crowd.thumbs.set_alpha(0.35)
            everything = Group(self.machine, self.pixels, self.bars, self.names, self.half)
            x = crowd.thumbs.spots[:, 0]
            delays = 0.7 * (x - x.min()) / np.ptp(x)
            self.play(FadeOut(everything, run_time=1.0), Grow(crowd.thumbs, delays, run_time=2.6))
            self.one = self.count("one", "text", COUNTS_X[0])
            light = crowd.light(np.where(facts.beliefs == 1, 1.0, DIM), run_time=2.2)
            self.play(light, FadeIn(self.one, run_time=0.8))

    def two_or_none(self) -> None:
        facts = self.facts
        ending = {
            (True, True): "",
            (False, True): "-never-two",
            (True, False): "-never-none",
            (False, False): "-always-one",
        }[facts.several > 0, facts.none > 0]
        with self.section(f"two-or-none{ending}"):
            self.pointed = np.zeros(facts.n, bool)
            self.point_out(facts.beliefs > 1, "several", "attention", COUNTS_X[1])
            self.wait(1.5)
            self.point_out(facts.beliefs == 0, "none", "wrong", COUNTS_X[2])

    def the_divided_one(self) -> None:
        facts, crowd = self.facts, self.crowd
        spot, size = crowd.thumbs.spots[facts.divided], float(crowd.thumbs.sizes[0])
        self.pixels = PixelImage(facts.doubtful, self.theme, size).move_to(spot)
        ending = ("-met" if facts.is_met else "") if facts.is_divided else "-nearest"
        with self.section(f"divided{ending}"):
            large = PixelImage(facts.doubtful, self.theme, DOUBT).move_to(DOUBT_AT)
            self.add(self.pixels)
            others = [m for m in self.mobjects if m is not self.pixels]
            self.play(
                *[FadeOut(m, run_time=0.9) for m in others],
                Transform(self.pixels, large, run_time=1.5),
            )
            self.opinions()
            self.say()
            self.play(self.pixels.animate.scale(1.06), run_time=2.5)

    def no_cake(self) -> None:
        facts = self.facts
        roles = {facts.first: "attention", facts.second: "text"}
        self.cake = Cake(facts.opinions, roles, CAKE_AT, CAKE, self.theme)
        total = self.label(self.words("cake"), "text", HEADING, bold=True)
        stand(total.set_x(CAKE_AT[0]), 2.95)
        names = self.cake.names(self.story.network.class_names)
        with self.section("no-cake"):
            self.make_room()
            self.play(Create(self.cake.plate), run_time=0.8)
            self.add(self.cake.slices)
            self.play(self.cake.lay(run_time=2.4))
            self.say()
            self.play(FadeIn(total, shift=UP * 0.1), FadeIn(names), run_time=0.6)
            self.wait(1.0)
            self.play(Indicate(self.bars, 1.05, self.theme.attention), run_time=1.4)
        self.laid = Group(self.cake, total)

    def who_picked_it(self) -> None:
        facts, machine = self.facts, self.machine
        before = [m for m in self.mobjects if m is not self.pixels]
        self.bars = self.bars_beside(facts.output)
        self.names = self.names_beside(self.bars)
        small = PixelImage(facts.image, self.theme, PLACE["image_size"])
        small.move_to(self.diagram.pixels)
        with self.section("who-picked-it"):
            self.play(
                *[FadeOut(m, run_time=0.6) for m in before],
                Transform(self.pixels, small, run_time=1.2),
                FadeIn(machine, run_time=1.2),
                FadeIn(Group(self.bars, self.names, self.nested), run_time=1.2),
            )
            for values, output in zip(facts.throws, facts.thrown, strict=True):
                self.set_dials(values, output)
            self.say()
            self.set_dials(facts.values, facts.output)
            self.play(machine.shine(run_time=1.6))
            attention = self.theme.attention
            self.play(machine.box.animate.set_stroke(attention, 6), run_time=0.8)

    # --- pieces: one neuron ---
    def one_of(self, opening: Opening) -> None:
        """A neuron leaves the column and grows until one can read what it holds."""
        column, k = opening.column, self.facts.neuron
        spot, radius = column.centres()[k], float(column.halves()[k, 0])
        self.big = big = BigNeuron(self.facts.held[0], UP * 0.3, self.theme, ALONE, 0.58, places=3)
        big.disc.scale(radius / ALONE).move_to(spot)
        self.add(big.disc)
        self.play(
            FadeOut(opening.rest, run_time=0.8),
            FadeOut(column, run_time=0.8),
            big.disc.animate(run_time=1.5).scale(ALONE / radius).move_to(UP * 0.3),
        )
        self.play(FadeIn(big.number), run_time=0.5)
        self.remove(big.disc, big.number)
        self.add(big)
        self.play(Indicate(big.number, 1.15, big.number.colour), run_time=1.0)

    def where_from(self) -> None:
        """It steps aside and goes dark: what it holds has to come from somewhere."""
        facts, big = self.facts, self.big
        start = facts.held[0]
        self.play(big.animate.scale(LARGE / ALONE).move_to(BESIDE), run_time=1.0)
        self.play(self.fill(start, 0.0, (1.0, 0.0)), run_time=0.9)
        self.pixels = PixelImage(facts.seen[0], self.theme, IMAGE).move_to(IMAGE_AT)
        self.heads = VGroup(
            stand(self.label(self.words("in"), "muted", BODY).set_x(IMAGE_AT[0]), WORDS_Y),
            stand(self.label(self.words("out"), "muted", BODY).set_x(BESIDE[0]), -2.1),
        )
        self.play(FadeIn(self.pixels, shift=RIGHT * 0.2), run_time=0.9)

    def fill(self, start: float, end: float, opacity: tuple[float, float]) -> UpdateFromAlphaFunc:
        """Animation: the neuron goes from one number to another; its digits come or go."""
        first, last = opacity

        def go(big: Any, alpha: float) -> None:
            big.set_value(start + (end - start) * alpha)
            big.number.set_opacity(first + (last - first) * alpha)

        return UpdateFromAlphaFunc(self.big, go)

    def to_one_number(self) -> None:
        """All lights run into the neuron, which makes one number of them."""
        facts = self.facts
        self.edges = LayerEdges(
            facts.weights, self.pixels.centres(), self.big.disc.centres(), self.theme, 1.6
        )
        border = self.edges.share_at(self.pixels.get_right()[0])
        self.edges.set_arrays(begin=border + FEATHER)  # at rest the image stays clear
        self.lay(self.edges)
        self.add(self.big)
        self.play(Create(cast(Any, self.edges), lag_ratio=0), FadeIn(self.heads[0]), run_time=1.0)
        self.play(self.flow(0, 1.8))
        self.play(self.fill(0.0, facts.held[0], (0.0, 1.0)), FadeIn(self.heads[1]), run_time=0.8)

    def lay(self, edges: LayerEdges) -> None:
        """Light shines over the image it leaves; on paper it would cover the image."""
        if self.theme.is_light:
            self.bring_to_back(edges)
        else:
            self.add(edges)

    def flow(self, i: int, run_time: float) -> Flow:
        """Light from one of the images."""
        delays = np.linspace(0, 0.4, self.facts.inputs)
        return Flow(self.edges, self.facts.sent[[i]], delays, run_time=run_time)

    def other_lights(self, i: int) -> None:
        """Another image, another number."""
        held = self.facts.held
        self.play(
            self.become(self.facts.seen[i]),
            Dim(self.edges, 0.0),
            self.fill(held[i - 1], 0.0, (1.0, 0.0)),
            run_time=0.6,
        )
        self.play(self.flow(i, 1.0))
        self.play(self.fill(0.0, held[i], (0.0, 1.0)), run_time=0.6)

    def become(self, image: np.ndarray, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: another image stands where the image is."""
        before = self.pixels.values
        return UpdateFromAlphaFunc(
            self.pixels, lambda m, t: m.set_values(before + (image - before) * t), **kwargs
        )

    # --- pieces: the whole network ---
    def into_the_network(self) -> None:
        """The neuron takes its place, the others join it, and an image runs through."""
        facts, network = self.facts, self.story.network
        self.diagram = d = NetworkDiagram(network, self.theme, **PLACE)
        trace = forward(network, facts.seen[-1])
        d.pixels.set_values(trace.image)
        alone = np.where(np.arange(len(facts.w)) == facts.neuron, facts.held[-1], 0.0)
        home, small = d.layers[1].centres()[[facts.neuron]], d.layers[1].halves()[0, 0]
        goal = LayerEdges(facts.weights, d.pixels.centres(), home, self.theme).set_opacity(0)
        self.play(
            FadeOut(self.big.number),
            FadeOut(self.heads),
            Transform(self.pixels, d.pixels),
            Transform(self.edges, goal),
            self.big.disc.animate.scale(small / LARGE).move_to(home[0]),
            LaggedStart(*[FadeIn(layer) for layer in d.neurons], lag_ratio=0.3),
            run_time=1.3,
        )
        d.layers[1].set_activations(alone)
        self.remove(self.big, self.big.disc, self.edges)
        for edges in d.edges:
            self.lay(edges)
        self.add(*d.neurons)
        self.bars = self.bars_beside(np.zeros(facts.outputs))
        self.names = self.names_beside(self.bars)
        self.play(
            *[GrowFans(edges, run_time=1.5 + 0.6 * i) for i, edges in enumerate(d.edges)],
            FadeIn(Group(self.names, self.bars), run_time=1.0),
        )
        self.run = NetworkPass(network, trace, d.edges, d.layers, self.bars)
        for step in self.run.quick(0.7):
            self.play(*step)
        self.name_the_ends()

    def name_the_ends(self) -> None:
        """How many numbers go in, and how many come out."""
        into = self.label(self.words("numbers_in"), "muted", CAPTION)
        into.next_to(self.diagram.pixels, DOWN, buff=0.25)
        out = self.label(self.words("numbers_out"), "muted", CAPTION)
        stand(out.move_to(self.bars.left[0], LEFT), self.bars.left[0, 1] + 0.4)
        self.heads = VGroup(into, out)
        self.play(FadeIn(self.heads), run_time=0.5)

    def bars_beside(self, values: np.ndarray) -> Bars:
        """The outputs, beside the box."""
        y = self.diagram.layers[-1].centres()[:, 1]
        left = np.stack([np.full(len(y), BARS_X), y, 0 * y], axis=1)
        return Bars(values, left, self.theme, BARS, 0.22)

    def names_beside(self, bars: Bars) -> VGroup:
        """The classes, before their bars."""
        made = VGroup()
        for name, left in zip(self.story.network.class_names, bars.left, strict=True):
            made.add(self.label(name, "text", BODY).move_to(left + LEFT * (BARS_X - NAMES_X)))
        return made

    def into_the_box(self) -> None:
        """Every weight leaves its thread, as a dial, and every bias its neuron."""
        facts, d = self.facts, self.diagram
        blocks = [*(w.size for w in self.story.network.w), sum(self.story.network.sizes[1:])]
        self.machine = machine = DialBox(facts.values, blocks, facts.ends, BOX_AT, *BOX, self.theme)
        start = np.concatenate([*map(_along, d.edges), *(layer.centres() for layer in d.neurons)])
        fly = machine.gather(start, run_time=2.8)
        fly.update_function(fly.mobject, 0.0)
        self.add(*machine.blocks)
        self.play(
            fly,
            *[FadeOut(m, run_time=1.6) for m in (*d.edges, *d.neurons)],
            Create(machine.box, run_time=2.0),
        )
        self.add(machine)

    def write_it(self) -> None:
        """Layer by layer the formula wraps itself; each time light goes through the dials."""
        self.nested = nested = Nested(self.facts.kinds, self.theme, FORMULA_Y)
        self.play(FadeIn(nested.input), run_time=0.3)
        for i, ring in enumerate(nested.rings):
            aside = VGroup(*nested.aside(i)).set_opacity(0)
            self.play(Transform(aside, ring), self.machine.shine(), run_time=1.1)
            self.remove(aside)
            self.add(ring)
        self.add(nested)

    # --- pieces: images go in ---
    def feed(self, image: np.ndarray, output: np.ndarray) -> None:
        """Another image; light goes through the box, and the bars rise to what comes out."""
        nothing = np.zeros(len(output))
        self.play(self.become(image, run_time=0.6), raise_bars(self.bars, nothing, 0.5))
        self.bars.crown(None)
        self.play(self.machine.shine(run_time=1.0))
        self.play(raise_bars(self.bars, output, 0.8))
        self.play(self.bars.animate.crown(int(output.argmax()), "attention"), run_time=0.3)

    def set_dials(self, values: np.ndarray, output: np.ndarray) -> None:
        """All dials turn, and something else comes out."""
        self.play(self.machine.turn(values, run_time=1.3), raise_bars(self.bars, output, 1.3))
        self.wait(0.3)

    def half_mark(self, bars: Bars, length: float) -> VGroup:
        """A line across all bars where an output is a half, with its name."""
        x = bars.left[0, 0] + self.facts.half * length
        top, bottom = bars.left[0, 1] + 0.3, bars.left[-1, 1] - 0.25
        line = DashedLine((x, top, 0), (x, bottom, 0), color=self.theme.attention, stroke_width=3)
        name = self.label(self.words("half"), "attention", BODY)
        return VGroup(line, name.next_to(line, UP, buff=0.1))

    # --- pieces: doubts ---
    def point_out(self, which: np.ndarray, word: str, role: str, x: float) -> None:
        """These images light up in frames, all those with exactly one yes go dim."""
        if not which.any():
            return
        crowd = self.crowd
        self.pointed = self.pointed | which
        alpha = np.where(self.pointed, 1.0, DIM)
        frames = crowd.frames(which, role)
        text = self.count(word, role, x)
        dim = self.one.animate(run_time=1.2).set_color(self.theme.muted)
        self.play(crowd.light(alpha, run_time=1.2), dim)
        self.play(FadeIn(frames), FadeIn(text), run_time=0.8)

    def count(self, word: str, role: str, x: float) -> Any:
        """Above the crowd: how many there are of a kind."""
        text = stand(self.label(self.words(word), role, BODY, bold=True), 3.1)
        return text.move_to((x, text.get_y(), 0), LEFT)

    def opinions(self) -> None:
        """The ten outputs of the image as large bars; the two highest stand out."""
        facts = self.facts
        n = facts.outputs
        y = TOP_Y - min(PITCH, 9 * PITCH / max(n - 1, 1)) * np.arange(n)
        left = np.stack([np.full(n, OPINIONS_X), y, 0 * y], axis=1)
        self.bars = Bars(np.zeros(n), left, self.theme, OPINIONS, 0.26)
        self.names = VGroup(
            *[
                self.label(name, "text", BODY).move_to(place + LEFT * 0.4)
                for name, place in zip(self.story.network.class_names, left, strict=True)
            ]
        )
        self.half = self.half_mark(self.bars, OPINIONS)
        self.play(FadeIn(self.bars), FadeIn(self.names), FadeIn(self.half), run_time=0.7)
        self.play(raise_bars(self.bars, facts.opinions, 1.6))
        first = self.names[facts.first].animate.set_color(self.theme.attention)
        self.play(self.two_lit(self.bars.animate, self.theme.text), first, run_time=0.9)
        self.play(
            self.two_lit(self.bars.animate, self.theme.muted),
            Indicate(self.names[facts.second], 1.3, self.theme.text),
        )

    def two_lit(self, bars: Any, others: str) -> Any:
        """The highest bar (or its animation) stands out, the second is as it was, not so others."""
        facts, fill = self.facts, self.bars.fill.copy()
        fill[facts.outputs :] = rgb(others)
        fill[facts.outputs + facts.first] = rgb(self.theme.attention)
        fill[facts.outputs + facts.second] = rgb(self.theme.text)
        return bars.set_arrays(fill=fill)

    def make_room(self) -> None:
        """Image and bars step to the left."""
        facts = self.facts
        small = PixelImage(facts.doubtful, self.theme, 2.6).move_to((-5.2, -0.06, 0))
        left = self.bars.left + LEFT * (OPINIONS_X + 3.1)
        bars = Bars(facts.opinions, left, self.theme, 2.5, 0.26)
        self.two_lit(bars, self.theme.muted)
        self.play(
            Transform(self.pixels, small),
            Transform(self.bars, bars),
            self.names.animate.shift(LEFT * (OPINIONS_X + 3.1)),
            FadeOut(self.half, run_time=0.5),
            run_time=1.2,
        )


def _along(edges: LayerEdges) -> np.ndarray:
    """A place (n, 3) on every edge, spread over the part of it that is seen."""
    ends = edges.points.reshape(-1, 2, 3)
    begin = np.clip(edges.begin, 0.1, 0.9)
    share = begin + (0.85 - begin) * (np.arange(len(ends)) * 0.618034 % 1)
    spots: np.ndarray = ends[:, 0] + (ends[:, 1] - ends[:, 0]) * share[:, None]
    return spots
