"""A neuron is a thing that holds a number; one for every pixel makes the first layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Line,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
)

from netglow.scenes.facts.what_is_a_neuron import WhatIsANeuronFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.pixel_marker import cased, pixel_frame
from netglow.scenes.parts.motion.ripple import Ripple
from netglow.scenes.parts.motion.wave import Wave, reading_order
from netglow.scenes.parts.network.big_neuron import BigNeuron, as_pixel
from netglow.scenes.parts.network.input_column import (
    COLUMN_AT,
    COLUMN_HEIGHT,
    IMAGE_AT,
    IMAGE_SIZE,
    lay_in_column,
    on_image,
)
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.what_is_a_neuron.grey_scale import GreyScale
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import HEADING, TITLE

HERO, HERO_RADIUS = np.array([0, 0.75, 0]), 2.1
STAGE, RADIUS = np.array([3.65, 0.6, 0]), 1.75  # of the pixel's neuron
CLOSE = 17.0  # pixels across the frame when one is taken out
FRAMED = 30.0  # and when a row is
COUNT = np.array([3.65, 0, 0])
ASK_AT = np.array([4.6, -0.1, 0])


class WhatIsANeuron(NetglowScene):
    """From the whole network to one number, and from there to its first layer."""

    tells = WhatIsANeuronFacts
    facts: WhatIsANeuronFacts
    pixels: PixelImage  # the image
    diagram: NetworkDiagram  # the network that the first neuron comes from
    hero: BigNeuron  # that neuron
    neuron: BigNeuron  # the pixel's
    place: np.ndarray  # (3,) where the pixel is
    lifted: Neurons  # the pixel, out of the image
    seen: Group  # what the next section takes away
    row: Neurons  # one row of the image, as neurons
    layer: Neurons  # all of it
    counted: Group  # how many they are

    def construct(self) -> None:
        self.the_network()
        self.holds_a_number()
        self.one_pixel()
        self.its_neuron()
        self.activation()
        self.one_row()
        self.all_rows()
        self.what_next()

    # --- the neuron ---
    def the_network(self) -> None:
        facts = self.facts
        self.diagram = made = NetworkDiagram(
            self.story.network, self.theme, 6.2, 3.6, -6.5, 6.2, -0.1
        )
        self.pixels = made.pixels.set_values(facts.image)
        self.hero = BigNeuron(0.0, HERO, self.theme, HERO_RADIUS, 0.8)
        column = made.neurons[facts.layer - 1]
        home, half = column.centres()[[facts.neuron]], column.halves()[[facts.neuron]]
        near = self.hero.disc.copy().place(home, half).set_arrays(stroke_width=2.0)
        self.seen = Group(*made.edges, self.pixels, *made.neurons)
        self.add(self.seen)
        with self.section("the-network"):
            for layer in (self.pixels, *made.neurons):
                self.play(
                    Ripple(layer, np.linspace(0, 0.5, len(layer)), 0.25 if len(layer) < 99 else 0.1)
                )
            self.add(near)
            self.play(Ripple(near, np.zeros(1), 0.8), run_time=0.9)
            self.play(
                Transform(near, self.hero.disc),
                *[Transform(part, self.far(part)) for part in self.seen],
                run_time=2.2,
            )
            self.remove(near)
            self.add(self.hero.disc)

    @staticmethod
    def far(part: Any) -> Any:
        """A part of the network as it is seen from further away."""
        return part.copy().scale(0.86, about_point=np.zeros(3)).set_opacity(0.13)

    def holds_a_number(self) -> None:
        hero, facts = self.hero, self.facts
        thing = stand(self.label(self.words("thing"), size=HEADING, bold=True), -2.2)
        now = stand(self.label(self.words("for_now"), "text", HEADING), -2.85)
        with self.section("holds-a-number"):
            self.play(Ripple(hero.disc, np.zeros(1), 0.05), run_time=1.6)
            self.play(FadeIn(hero.number, scale=0.6), run_time=0.6)
            self.add(hero)
            self.play(FadeIn(thing, shift=UP * 0.1), self.held(hero, 0.0, facts.held, 1.8))
            self.say()
            self.play(Ripple(hero.disc, np.zeros(1), 0.06), run_time=1.4)
            self.play(FadeIn(now, shift=UP * 0.1), run_time=0.7)
            self.play(Ripple(hero.disc, np.zeros(1), 0.06), run_time=1.4)
        self.counted = Group(hero, thing, now)

    def held(
        self, neuron: Any, before: float, after: float, run_time: float
    ) -> UpdateFromAlphaFunc:
        """A neuron, or a group of things with a value, goes from one number to another."""
        parts = neuron if isinstance(neuron, Group) and not hasattr(neuron, "disc") else [neuron]
        return UpdateFromAlphaFunc(Group(*parts), self.between(before, after), run_time=run_time)

    @staticmethod
    def between(before: float, after: float) -> Callable[[Any, float], None]:
        """An update that takes every part of a group from one value to another."""

        def update(parts: Any, alpha: float) -> None:
            for part in parts:
                part.set_value(before + (after - before) * alpha)

        return update

    # --- one pixel ---
    def one_pixel(self) -> None:
        facts, view = self.facts, self.camera.frame
        large = PixelImage(facts.image, self.theme, IMAGE_SIZE).move_to(IMAGE_AT)
        at = large.index(facts.pixel_row, facts.pixel_column)
        self.place = large.centres()[at]
        half = large.halves()[at, 0]
        self.neuron = BigNeuron(facts.value, STAGE, self.theme, RADIUS, 0.62)
        self.lifted = as_pixel(self.neuron.disc, self.place, half)
        self.marker = pixel_frame(large, self.place)
        others = Group(*self.diagram.edges, *self.diagram.neurons)
        view.save_state()
        with self.section("one-pixel"):
            self.play(FadeOut(self.counted), FadeOut(others), run_time=0.7)
            self.play(Transform(self.pixels, large), view.animate.set_x(IMAGE_AT[0]), run_time=1.8)
            self.wait(1.0)
            self.play(view.animate.set(width=CLOSE * large.pitch).move_to(self.place), run_time=2.2)
            self.play(Create(self.marker), run_time=0.5)
            self.add(self.lifted)
            self.play(self.lifted.animate.scale(1.5), run_time=0.5)

    def its_neuron(self) -> None:
        neuron = self.neuron
        square = as_pixel(neuron.disc, STAGE, 0.86 * RADIUS)
        self.link = cased(
            Line(self.marker.get_right(), STAGE + LEFT * (RADIUS + 0.1)), self.theme, 2
        )
        with self.section("its-neuron" if self.facts.is_half else "its-neuron-other"):
            self.play(
                self.camera.frame.animate.restore(), Transform(self.lifted, square), run_time=1.8
            )
            self.play(Create(self.link), run_time=0.7)
            self.play(FadeIn(neuron.number, scale=0.6), run_time=0.6)
            self.say()
            self.play(Transform(self.lifted, neuron.disc), run_time=1.4)
            self.remove(self.lifted, neuron.number)
            self.add(neuron)
            self.play(Ripple(neuron.disc, np.zeros(1), 0.06), run_time=1.2)

    def activation(self) -> None:
        facts, neuron = self.facts, self.neuron
        name = neuron.name_for(self.words("activation"))
        scale = GreyScale(facts.value, STAGE + DOWN * 2.6, self.theme)
        ends = VGroup(*[self.label(self.words(word), "muted") for word in ("dark", "bright")])
        for word, side in zip(ends, (-1, 1), strict=True):
            stand(word.align_to(scale.frame, side * np.array([1, 0, 0])), -2.7)
        both = Group(neuron, scale)
        with self.section("activation"):
            self.play(
                neuron.number.animate.shift(UP * 0.25), FadeIn(name, shift=UP * 0.1), run_time=0.8
            )
            self.remove(name)
            neuron.word.add(*name)
            self.play(FadeIn(scale), run_time=0.6)
            self.say()
            self.play(self.read_along(both, facts.dark_column, 1.4), FadeIn(ends[0]))
            self.wait(0.5)
            self.play(self.read_along(both, facts.bright_column, 1.6), FadeIn(ends[1]))
            self.mark_poster()
        self.seen = Group(neuron, scale, ends, self.link, self.marker)

    def read_along(self, both: Group, column: int, run_time: float) -> UpdateFromAlphaFunc:
        """Animation: the frame goes along its row to another pixel; what hangs on it follows."""
        facts, frame, line = self.facts, self.marker, self.link
        pitch, end = IMAGE_SIZE / facts.rows, line.get_end()
        first = facts.pixel_column + round((frame.get_x() - self.place[0]) / pitch)

        def read(_: Any, t: float) -> None:
            at = round(first + (column - first) * t)
            frame.set_x(self.place[0] + (at - facts.pixel_column) * pitch)
            line.put_start_and_end_on(frame.get_right(), end)
            for part in both:
                part.set_value(facts.image[facts.pixel_row, at])

        moving = Group(both, frame, line)
        return UpdateFromAlphaFunc(moving, read, run_time=run_time, rate_func=smooth)

    # --- a row, and all rows ---
    def one_row(self) -> None:
        facts, pixels = self.facts, self.pixels
        mine = slice(facts.row * facts.columns, (facts.row + 1) * facts.columns)
        centres, pitch = pixels.centres()[mine], IMAGE_SIZE / facts.rows
        self.row = Neurons(facts.row_values, centres, self.theme, 0.42 * pitch)
        self.row.set_arrays(stroke_width=1.2, halo=0.6 * self.row.halo)
        squares = self.row.copy().place(half=np.full((len(centres), 2), 0.46 * pitch))
        squares.set_arrays(corner=0.0, halo=0.0, stroke_alpha=0.0)
        faint = pixels.copy().set_opacity(0.2)
        kind = {1: "-once", 2: ""}.get(facts.strokes, "-other")
        with self.section(f"one-row{kind}"):
            self.play(FadeOut(self.seen), run_time=0.5)
            self.play(
                self.camera.frame.animate.set(width=FRAMED * pitch).move_to(centres.mean(axis=0)),
                run_time=1.5,
            )
            self.add(squares)
            self.play(Transform(pixels, faint), run_time=0.7)
            bare = pixels.fill_alpha.copy()
            bare[mine] = 0.0
            pixels.set_arrays(fill_alpha=bare)
            self.play(Wave(squares, self.row, np.linspace(0, 0.75, len(centres))), run_time=2.6)
            self.remove(squares)
            self.add(self.row)
            self.say()
            self.wait(1.2)
            self.play(Ripple(self.row, np.linspace(0, 0.85, facts.columns), 0.35), run_time=4.4)

    def all_rows(self) -> None:
        facts, pixels = self.facts, self.pixels
        shown = pixels.copy().set_opacity(1.0)
        self.layer = on_image(
            PixelImage(facts.image, self.theme, IMAGE_SIZE).move_to(IMAGE_AT), self.theme
        )
        far = np.abs(np.repeat(np.arange(facts.rows), facts.columns) - facts.row)
        wave = Wave(pixels, self.layer, 0.75 * far / far.max(), run_time=3.2)
        size = self.label(self.words("size"), "muted", TITLE).move_to(COUNT + UP * 1.35)
        count = self.number(facts.columns, size=1.3, places=0, bold=True, anchor=np.zeros(3))
        count.move_to(COUNT)
        name = self.label(self.words("neurons"), size=TITLE).move_to(COUNT + DOWN * 1.3)
        with self.section("all-rows"):
            self.play(self.camera.frame.animate.restore(), Transform(pixels, shown), run_time=1.5)
            self.play(FadeIn(count), FadeIn(name), run_time=0.5)
            self.play(wave, self.counting(count, wave))
            self.remove(pixels, self.row)
            self.add(self.layer)
            self.play(FadeIn(size, shift=DOWN * 0.1), run_time=0.6)
            self.say()
            title = self.label(self.words("first"), "attention", TITLE, bold=True).move_to(size)
            self.play(FadeOut(size, shift=UP * 0.2), run_time=0.4)
            self.play(FadeIn(title, shift=UP * 0.2), run_time=0.6)
            self.first_layer()
        self.counted = Group(title, count, name)

    def counting(self, number: Any, wave: Wave) -> UpdateFromAlphaFunc:
        """The number of pixels that are circles by now."""

        def update(shown: Any, alpha: float) -> None:
            shown.set_value(max(self.facts.columns, int((wave.shares(alpha) >= 0.999).sum())))

        return UpdateFromAlphaFunc(number, update, rate_func=linear, run_time=wave.run_time)

    def first_layer(self) -> None:
        """From the middle outwards, then row by row: all of it, and each of them."""
        facts = self.facts
        middle = np.linalg.norm(self.layer.centres() - IMAGE_AT, axis=1)
        self.play(Ripple(self.layer, 0.7 * middle / middle.max(), 0.25), run_time=2.2)
        self.play(Ripple(self.layer, reading_order(facts.rows, facts.columns), 0.25), run_time=3.0)

    def what_next(self) -> None:
        facts = self.facts
        shape = facts.rows, facts.columns
        column = lay_in_column(self.layer.copy(), shape, COLUMN_AT, COLUMN_HEIGHT)
        ghost = PixelImage(facts.image, self.theme, IMAGE_SIZE).move_to(IMAGE_AT).set_opacity(0.35)
        ask = self.label(self.words("what"), "attention", 1.8, bold=True).move_to(ASK_AT)
        with self.section("what-next"):
            self.play(FadeOut(self.counted), FadeIn(ghost), run_time=0.6)
            self.bring_to_back(ghost)
            self.play(Wave(self.layer, column, reading_order(*shape, stagger=0.75)), run_time=3.4)
            self.play(FadeIn(ask, scale=0.7), run_time=0.8)
            self.play(
                Ripple(self.layer, np.linspace(0, 0.7, len(column)), [[0.9, 0.0]]), run_time=2.4
            )
