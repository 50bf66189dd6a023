"""The hope that layers find edges, then loops and lines, then digits: cut from real images."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Indicate,
    LaggedStart,
    Transform,
    VGroup,
    linear,
)

from netglow.netcore.network import forward
from netglow.scenes.facts.why_layers import WhyLayersFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.motion.ripple import Ripple
from netglow.scenes.parts.network.edges import Dim, Flow, LayerEdges
from netglow.scenes.parts.network.looked_through import frame_around, looked_through
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.network_pass import NetworkPass
from netglow.scenes.parts.network.neurons import LightUp, Neurons, column
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.why_layers.hoped_network import HopedNetwork
from netglow.scenes.props.why_layers.patch_neurons import PatchNeurons
from netglow.scenes.props.why_layers.tag import Tag
from netglow.scenes.props.why_layers.taken_apart import TakenApart, outwards
from netglow.scenes.props.why_layers.word_tree import WordTree
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING
from netglow.scenes.stage.theme import rgb

WHOLE, WHOLE_AT = 6.9, np.array([0, 0.1, 0])  # the nine that takes the place of the network
CUT, CUT_AT = 6.1, np.array([[-3.4, 0.52, 0], [3.4, 0.52, 0]])  # the nine and the eight, to cut
NOTE_Y = -2.86
ROW, ROW_RADIUS = np.array([[-4.4, 0.1, 0], [0, 0.1, 0], [4.4, 0.1, 0]]), 1.95
Y, RADIUS, PITCH, STACK_X = -0.15, 1.1, 2.32, 2.0  # of the neurons that stand for pieces
SEEN, SEEN_AT = 5.8, np.array([-3.3, Y, 0])  # the image they look at
OUTPUTS = 5.3, 0.61, 0.0  # their x, pitch and middle
RING, RING_AT = 6.5, np.array([0, 0.1, 0])
ONE, ONE_AT, EDGE, EDGE_AT = 2.1, np.array([3.1, 0.1, 0]), 4.2, np.array([-3.1, 0.1, 0])
HEAD_Y = 3.2


class WhyLayers(NetglowScene):
    """Two digits taken apart, what neurons could stand for, and how far that is from shown."""

    tells = WhyLayersFacts
    facts: WhyLayersFacts
    diagram: NetworkDiagram  # the real network
    pixels: PixelImage  # its image, which becomes the nine
    nine: TakenApart
    eight: TakenApart
    neurons: PatchNeurons  # that stand for a loop, a line, and a loop below
    seen: PixelImage  # the image they look at
    outputs: Group  # neurons, and their names
    makes: LayerEdges  # from the pieces to the outputs
    ring: TakenApart  # the nine's loop in small edges
    along: VGroup  # a line along each of them
    hoped: HopedNetwork
    tag: Tag  # says that this is a hope, not data
    leaving: Group  # what the next section takes away

    def construct(self) -> None:
        self.tag = Tag(self.words("hope"), self.theme, np.array([6.5, 3.62, 0]))
        self.why_layers()
        self.loops_and_lines()
        self.a_neuron_each()
        self.lights_up()
        self.reads_off()
        self.a_ring_of_edges()
        self.layer_by_layer()
        self.small_steps()
        self.speech()
        self.a_hope()
        self.one_neuron()

    def network_in_attention(self) -> NetworkDiagram:
        """The network at rest; what is in the middle has rings in the attention colour."""
        diagram = NetworkDiagram(self.story.network, self.theme)
        diagram.pixels.set_values(self.facts.image)
        for layer in diagram.neurons[:-1]:
            layer.set_arrays(stroke=rgb(self.theme.attention), stroke_width=3.0)
        return diagram

    def ending(self, *suffixes: str) -> str:
        """How the section's name ends for no, one, two, or more hidden layers."""
        return suffixes[min(self.facts.hidden_layers, 3)]

    # --- sections ---
    def why_layers(self) -> None:
        facts = self.facts
        network = self.story.network
        d = looked_through(network, forward(network, facts.image_before), self.theme)
        asked = VGroup(*[frame_around(layer, self.theme) for layer in d.neurons[:-1]])
        self.pixels = d.pixels
        self.add(d, asked)
        breathing = d.neurons[:-1] or d.neurons
        with self.section(f"why-layers{self.ending('-none', '', '', '')}"):
            self.play(
                *[Ripple(layer, np.linspace(0, 0.6, len(layer)), 0.4) for layer in breathing],
                run_time=1.8,
            )
            self.say()
            rest = Group(*d.edges, *d.neurons, d.names, d.bars, asked)
            self.play(FadeOut(rest, run_time=1.1))
            self.remove(d)
            self.add(self.pixels)
            nine = PixelImage(facts.nine_whole, self.theme, WHOLE).move_to(WHOLE_AT)
            self.play(Transform(self.pixels, nine), run_time=1.6)

    def loops_and_lines(self) -> None:
        facts, theme = self.facts, self.theme
        apart = np.array([UP, DOWN])
        self.nine = TakenApart(
            facts.nines[0], [facts.loops[0], facts.lines[0]], apart, theme, CUT, CUT_AT[0]
        )
        self.eight = TakenApart(
            facts.eight, [facts.upper, facts.lower], apart, theme, CUT, CUT_AT[1]
        )
        note = stand(self.label(self.words("cut"), "muted", CAPTION), NOTE_Y)
        with self.section("loops-and-lines"):
            part = self.part_of_the_whole()
            self.add(part)
            self.play(FadeOut(self.pixels), run_time=0.4)
            self.play(Transform(part, self.nine.whole), run_time=1.0)
            self.come_apart(self.nine, part)
            self.play(FadeIn(note), run_time=0.6)
            self.say()
            other = self.eight.whole.copy()
            self.play(FadeIn(other, scale=0.9), run_time=0.8)
            self.come_apart(self.eight, other)
        grounds = [part, other]
        self.leaving = Group(note, *grounds, self.eight.inks[0])

    def part_of_the_whole(self) -> PixelImage:
        """The square around the nine's ink, in its place on the whole image."""
        facts = self.facts
        rows, side = len(facts.nine_whole), len(facts.nines[0])
        part = PixelImage(facts.nines[0], self.theme, WHOLE * side / rows)
        half = (rows - side) / 2
        at = np.array([facts.left - half, half - facts.top, 0]) * WHOLE / rows
        return part.move_to(WHOLE_AT + at)

    def come_apart(self, digit: TakenApart, whole: PixelImage) -> None:
        """The pieces leave a digit, and what is no ink fades."""
        self.add(*digit.inks)
        self.play(
            digit.apart(lag_ratio=0.5, run_time=1.4), Transform(whole, digit.ground, run_time=0.8)
        )
        for ink in digit.inks:
            self.play(Indicate(ink, 1.06, color=cast(Any, None)), run_time=0.7)

    def a_neuron_each(self) -> None:
        facts = self.facts
        self.neurons = neurons = PatchNeurons(facts.pieces, ROW, ROW_RADIUS, self.theme)
        inks = [*self.nine.inks, self.eight.inks[1]]
        empty = neurons.empty()
        with self.section(f"a-neuron-each{self.ending('-none', '-one', '', '')}"):
            self.play(FadeOut(self.leaving, run_time=0.7), FadeIn(self.tag, shift=LEFT * 0.15))
            moves = [
                Transform(ink, ink.on(patch))
                for ink, patch in zip(inks, neurons.patches, strict=True)
            ]
            self.play(LaggedStart(*moves, lag_ratio=0.3), run_time=2.2)
            self.add(empty)
            self.bring_to_back(empty)
            self.play(FadeIn(empty), run_time=0.8)
            self.remove(empty, *inks)
            self.add(neurons)

    def lights_up(self) -> None:
        facts = self.facts
        self.seen = PixelImage(facts.nines[0], self.theme, SEEN).move_to(SEEN_AT)
        centres = column(len(facts.pieces), STACK_X, PITCH, Y)
        stack = PatchNeurons(facts.pieces, centres, RADIUS, self.theme)
        with self.section("lights-up"):
            self.play(Transform(self.neurons, stack), FadeIn(self.seen), run_time=1.0)
            self.find({0: facts.loops[0]}, facts.loop_alone)
            for k in (1, 2):
                self.look_at(facts.nines[k])
                self.find({0: facts.loops[k]}, facts.loop_alone)
            self.say()
            self.find({1: facts.lines[2]}, facts.found[0])
            self.say()
            self.look_at(facts.eight)
            self.find({0: facts.upper}, facts.loop_alone)
            self.find({2: facts.lower}, facts.found[1])

    def look_at(self, image: np.ndarray, *also: Animation) -> None:
        """Another image comes, and the lights go out."""
        other = PixelImage(image, self.theme, SEEN).move_to(SEEN_AT)
        dark = self.neurons.light(np.zeros(3))
        self.play(Transform(self.seen, other), dark, *also, run_time=0.6)

    def find(self, masks: dict[int, np.ndarray], lit: np.ndarray) -> None:
        """Pieces of the image fly to the neurons that stand for them, and these light up."""
        inks = [LooseInk(self.seen, mask) for mask in masks.values()]
        self.add(*inks)
        self.play(
            *[self.neurons.receive(ink, k) for ink, k in zip(inks, masks, strict=True)],
            run_time=0.8,
        )
        self.remove(*inks)
        self.play(self.neurons.light(lit), run_time=0.35)

    def reads_off(self) -> None:
        facts, theme = self.facts, self.theme
        places = column(len(facts.makes), *OUTPUTS)
        lights = Neurons(np.zeros(len(places)), places, theme, 0.23)
        names = self.names_beside(places)
        self.outputs = Group(lights, names)
        self.makes = LayerEdges(facts.makes, self.neurons.discs.centres(), places, theme, 2.5)
        kinds = [
            (facts.nines[0], {0: facts.loops[0], 1: facts.lines[0]}),
            (facts.eight, {0: facts.upper, 2: facts.lower}),
        ]
        with self.section("reads-off"):
            self.look_at(facts.nines[0], FadeIn(self.outputs))
            self.bring_to_back(self.makes)
            self.play(Create(cast(Any, self.makes), lag_ratio=0), run_time=0.6)
            for k, (image, masks) in enumerate(kinds):
                if k:
                    self.say()
                    dark = LightUp(lights, np.zeros(len(places)), 0.0)
                    self.look_at(image, Dim(self.makes, 0.0), dark)
                self.find(masks, facts.found[k])
                self.play(Flow(self.makes, facts.sent[k]), run_time=0.9)
                self.play(LightUp(lights, facts.answers[k], 0.0), run_time=0.5)
                if not k:
                    self.say()
                    half = int(np.flatnonzero(facts.answers[k] == 0.5)[0])
                    self.play(Indicate(names[half], 1.6, theme.attention), run_time=1.4)

    def names_beside(self, places: np.ndarray) -> VGroup:
        """The digits beside their outputs."""
        return VGroup(
            *[
                self.label(name, "text", BODY).move_to(place + np.array([0.55, 0, 0]))
                for name, place in zip(self.story.network.class_names, places, strict=True)
            ]
        )

    def a_ring_of_edges(self) -> None:
        facts, theme = self.facts, self.theme
        parts = list(facts.ring_parts)
        self.ring = ring = TakenApart(
            facts.ring_image, parts, outwards(parts, 1.3), theme, RING, RING_AT
        )
        one = PatchNeurons(facts.pieces[:1], self.neurons.discs.centres()[:1], RADIUS, theme)
        large = PatchNeurons(facts.pieces[:1], RING_AT[None], 3.2, theme)
        with self.section("a-ring-of-edges"):
            self.add(one)
            others = Group(self.neurons, self.seen, self.outputs, self.makes)
            self.play(FadeOut(others), run_time=0.8)
            self.play(Transform(one, large), run_time=1.4)
            self.say()
            ink = LooseInk(large.patches[0])
            self.add(ink)
            self.play(
                FadeOut(one),
                FadeIn(ring.ground),
                Transform(ink, LooseInk(ring.whole)),
                run_time=1.4,
            )
            self.remove(ink)
            self.add(ring.ground, *ring.inks)
            self.play(ring.apart(lag_ratio=0.2), run_time=1.5)
            self.along = ring.directions()
            self.play(LaggedStart(*map(Create, self.along), lag_ratio=0.5), run_time=2.2)

    def layer_by_layer(self) -> None:
        facts = self.facts
        self.hoped = hoped = HopedNetwork(
            facts.nines[0],
            (facts.bits, np.concatenate([facts.ring, facts.row])),
            facts.pieces[:2],
            (facts.gathers, facts.makes[:, :2]),
            self.theme,
        )
        hoped.outputs.add(self.names_beside(hoped.lights.centres()))
        with self.section(f"layer-by-layer{self.ending('-fewer', '-fewer', '', '-more')}"):
            inks = hoped.inks()
            self.play(
                FadeOut(self.along, self.ring.ground, run_time=0.5),
                *[Transform(ink, on) for ink, on in zip(self.ring.inks, inks, strict=False)],
                run_time=0.9,
            )
            self.bring_to_back(hoped.image)
            self.play(FadeIn(hoped.image, hoped.empty[0]), run_time=0.6)
            self.remove(*self.ring.inks)
            self.add(*inks)
            self.play(hoped.sort(inks), run_time=1.4)
            self.exchange(hoped.empty[0], inks, hoped.small)
            self.step(0)
            self.say()
            self.play(FadeIn(hoped.empty[1]), run_time=0.5)
            flying = hoped.flying()
            self.add(*flying)
            self.connect(1, hoped.put_together(flying, run_time=1.5))
            self.exchange(hoped.empty[1], flying, hoped.large)
            self.play(*hoped.lights_up(1), run_time=0.5)
            self.say()
            self.play(FadeIn(hoped.outputs), run_time=0.5)
            self.step(2)
            self.mark_poster()

    def exchange(self, empty: Group, inks: list[LooseInk], full: PatchNeurons) -> None:
        """The pieces have arrived: from now on they belong to the neurons."""
        self.remove(empty, *inks)
        self.add(full)

    def connect(self, layer: int, *also: Animation) -> None:
        """The hoped-for edges into a layer, and light on them."""
        edges = self.hoped.edges[layer]
        self.bring_to_back(edges)
        if not layer and not self.theme.is_light:  # light shines over the image it leaves
            self.bring_to_back(self.hoped.image)
        self.play(Create(cast(Any, edges), lag_ratio=0, run_time=0.6), *also)
        self.play(self.hoped.flow(layer), run_time=0.8)

    def step(self, layer: int) -> None:
        self.connect(layer)
        self.play(*self.hoped.lights_up(layer), run_time=0.5)

    def small_steps(self) -> None:
        hoped = self.hoped
        heads = VGroup(
            *[
                stand(self.label(self.words(word), "text", HEADING, bold=True).set_x(x), HEAD_Y)
                for word, x in zip(("pixels", "edges", "pieces", "digit"), hoped.xs, strict=True)
            ]
        )
        with self.section("small-steps"):
            self.play(*hoped.rest(), FadeIn(heads[0], shift=UP * 0.1), run_time=0.7)
            for layer in range(3):
                self.play(hoped.flow(layer), run_time=0.7)
                appear = FadeIn(heads[layer + 1], shift=UP * 0.1)
                self.play(*hoped.lights_up(layer), appear, run_time=0.5)
        self.leaving = Group(heads, hoped.shown, self.tag)

    def speech(self) -> None:
        kinds = ("sounds", "syllables", "word")
        levels = [self.words(f"{kind}_list").split() for kind in kinds]
        first = [int(n) for n in self.words("sounds_in_syllables").split()]
        xs = [-4.9, 0.0, 4.6]
        tree = WordTree(levels, [first, [len(levels[1])]], xs, 0.3, 5.2, self.theme)
        with self.section("speech"):
            self.play(FadeOut(self.leaving), run_time=0.5)
            self.play(
                LaggedStart(*[FadeIn(s, scale=0.6) for s in tree.columns[0]], lag_ratio=0.15),
                run_time=0.9,
            )
            for level, joins in enumerate(tree.joins):
                flying, together = tree.merge(level, run_time=1.3)
                self.play(Create(joins, lag_ratio=0, run_time=1.0), together)
                self.remove(*flying)
                self.add(tree.columns[level + 1])
        self.leaving = Group(*tree.columns, *tree.joins)

    def a_hope(self) -> None:
        self.diagram = d = self.network_in_attention()
        work = NetworkPass.through(d, self.story.trace)
        hopes = self.hopes()
        with self.section("a-hope"):
            self.play(FadeOut(self.leaving, run_time=0.6), FadeIn(d), FadeIn(self.tag))
            if hopes:
                self.play(LaggedStart(*map(FadeIn, hopes), lag_ratio=0.4), run_time=1.0)
            self.play(Indicate(self.tag, 1.25, self.theme.attention), run_time=1.2)
            self.say()
            self.play(FadeOut(hopes, self.tag), run_time=0.6)
            for animations in work.quick(1.0):
                self.play(*animations)
        self.work = work

    def hopes(self) -> VGroup:
        """What the hidden layers might be looking for, above them, with question marks."""
        n = self.facts.hidden_layers
        names = ["small", *["middle"] * (n - 2), "large"] if n > 1 else ["both"] * n
        return VGroup(
            *[
                stand(self.label(self.words(name), "attention", BODY, bold=True).set_x(x), HEAD_Y)
                for name, x in zip(names, self.hidden_xs(), strict=True)
            ]
        )

    def hidden_xs(self) -> list[float]:
        return [float(layer.get_center()[0]) for layer in self.diagram.neurons[:-1]]

    def one_neuron(self) -> None:
        facts, d, theme = self.facts, self.diagram, self.theme
        first = d.neurons[0]
        value = np.zeros(1)
        at = first.centres()[facts.neuron]
        one = Neurons(first.activations[[facts.neuron]], at[None], theme, first.halves()[0, 0])
        large = Neurons(value, ONE_AT[None], theme, ONE).set_arrays(stroke_width=4.0)
        bit = PixelImage(facts.bits[facts.edge], theme, EDGE).move_to(EDGE_AT)
        ink = LooseInk(bit)
        blank = bit.copy().set_values(np.zeros_like(bit.values))
        with self.section("one-neuron"):
            self.add(one)
            self.play(FadeOut(d, run_time=0.9), Transform(one, large), run_time=1.4)
            self.play(FadeIn(blank), run_time=0.5)
            self.say()
            self.play(FadeIn(ink), run_time=0.8)
            self.remove(blank, ink)
            self.add(bit)
            self.play(
                AnimationGroup(
                    cast(Any, bit).animate(rate_func=linear).scale(1.05),
                    cast(Any, one).animate(rate_func=linear).scale(1.05),
                ),
                run_time=2.5,
            )
