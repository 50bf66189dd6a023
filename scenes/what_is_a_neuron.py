"""One pixel becomes a circle that holds a number; all of them are the input layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Line,
    Succession,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    Wait,
    linear,
)

from netglow.netcore.study import facts
from netglow.netcore.study.telling_pixels import edge_pixel, richest_row
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.pixel_marker import cased, pixel_frame
from netglow.scenes.parts.motion.ripple import Ripple
from netglow.scenes.parts.motion.wave import Wave, reading_order
from netglow.scenes.parts.network.big_neuron import BigNeuron, as_pixel
from netglow.scenes.parts.network.edges import Flow, LayerEdges
from netglow.scenes.parts.network.lens_column import MoveLens, put
from netglow.scenes.parts.network.neurons import Neurons, column
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.props.what_is_a_neuron.grey_scale import GreyScale
from netglow.scenes.props.what_is_a_neuron.row_plot import Reading, RowPlot
from netglow.scenes.props.what_is_a_neuron.veil import veil
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING, Number

LEFT_X, TOP_Y = -6.4, 3.25
SIZE, IMAGE = 5.4, np.array([-3.7, -0.05, 0])
STAGE = np.array([3.45, 0.85, 0])  # where the one neuron stands
RADIUS = 1.3
FOOT = np.array([3.45, -2.12, 0])  # of the bars
COLUMN = {"x": 1.7, "y": -0.1, "height": 5.5}
NEXT_X = 5.4  # where the question stands
NUMBERED = 3  # neurons with a number above and below the one in the lens


class WhatIsANeuron(NetglowScene):
    """From one pixel to the input layer."""

    image: np.ndarray  # the story's, (rows, columns) 0..1
    rows: int  # of the image
    columns: int
    pixel: tuple[int, int]  # row and column of the pixel that becomes a neuron
    row: int  # the row that is read
    value: float  # of the pixel, 0..1
    pixels: PixelImage  # the image
    place: np.ndarray  # (3,) centre of the pixel
    half: float  # half its width
    neuron: BigNeuron  # it, as a circle with a number
    marker: Any  # the frame around the pixel that the neuron shows
    question: VMobject
    answer: VMobject
    numbers: dict[str, Any]  # that the sentences quote
    link: VMobject  # from the marker to the neuron
    plot: RowPlot  # a bar for every pixel of the row
    pace: float  # seconds that one bar of it takes
    count: Number  # of pixels that are neurons by now
    layer: Neurons  # the input layer
    title: VMobject  # above it
    notes: VGroup  # beside it
    leaving: Group  # what the next section takes away

    def construct(self) -> None:
        self.gather()
        self.one_pixel()
        self.holds_a_number()
        self.activation()
        self.one_row()
        self.every_pixel()
        self.input_layer()
        self.what_next()

    def gather(self) -> None:
        """Choose the pixel and the row, and make what is seen throughout."""
        self.image = self.story.image
        self.rows, self.columns = self.image.shape
        self.pixel = edge_pixel(self.image)
        self.row = richest_row(self.image)
        self.value = float(self.image[self.pixel])
        self.pixels = PixelImage(self.image, self.theme, SIZE).move_to(IMAGE)
        self.place = self.pixels.centres()[self.pixels.index(*self.pixel)]
        self.half = self.pixels.halves()[0, 0]
        self.neuron = BigNeuron(self.value, STAGE, self.theme, RADIUS)
        self.marker = pixel_frame(self.pixels, self.place)
        self.question = self.label(self.words("question"), size=HEADING, bold=True)
        self.question.move_to((LEFT_X, TOP_Y, 0), aligned_edge=LEFT)
        self.numbers = {
            "value": f"{self.value:.2f}",
            "rows": self.rows,
            "columns": self.columns,
            "count": f"{self.image.size:,}",
        }

    # --- sections ---
    def one_pixel(self) -> None:
        view = self.camera.frame
        view.save_state()
        view.set_x(IMAGE[0])  # the image stands in the middle until there is more to see
        with self.section("one-pixel", **self.numbers):
            self.play(FadeIn(self.pixels), run_time=0.8)
            self.play(FadeIn(self.question, shift=UP * 0.1), run_time=0.6)
            self.say()
            self.wait(0.4)
            self.play(
                FadeOut(self.question, run_time=0.5),
                view.animate.set(width=18.5 * self.pixels.pitch).move_to(self.place),
                run_time=2.0,
            )
            self.wait(1.0)

    def holds_a_number(self) -> None:
        disc = self.neuron.disc
        square = as_pixel(disc, STAGE, 0.8 * RADIUS)
        lifted = as_pixel(disc, self.place, self.half)
        answer = self.label(self.words("answer"), size=HEADING)
        answer.next_to(self.question, RIGHT, buff=0.35)
        answer.shift(UP * (self.question[0].get_bottom()[1] - answer[0].get_bottom()[1]))
        with self.section("holds-a-number", **self.numbers):
            self.play(Create(self.marker), run_time=0.5)
            self.add(lifted)
            self.play(lifted.animate.scale(1.4), run_time=0.4)
            self.play(
                self.camera.frame.animate.restore(),
                Transform(lifted, square),
                Succession(Wait(1.3), FadeIn(self.question, run_time=0.5)),
                run_time=1.8,
            )
            self.say()
            self.play(Transform(lifted, disc), run_time=1.2)
            self.remove(lifted)
            self.add(disc)
            self.play(FadeIn(self.neuron.number, scale=0.6), run_time=0.6)
            self.play(FadeIn(answer, shift=RIGHT * 0.15), run_time=0.7)
            self.say()
            self.link = self.linked()
            self.play(Create(self.link), run_time=1.0)
        self.add(self.neuron)
        self.answer = answer

    def linked(self) -> VMobject:
        """A line from the marked pixel to the neuron; it follows the marker."""
        end = STAGE + LEFT * (RADIUS + 0.08)
        made = cased(Line(self.marker.get_right(), end), self.theme, 2)
        return made.add_updater(
            lambda line: line.put_start_and_end_on(self.marker.get_right(), end)
        )

    def activation(self) -> None:
        neuron = self.neuron
        name = neuron.name_for(self.words("activation"))
        scale = GreyScale(self.value, STAGE + DOWN * 2.3, self.theme)
        ends = VGroup(*[self.label(self.words(w), "muted", CAPTION) for w in ("black", "white")])
        for word, side in zip(ends, (LEFT, RIGHT), strict=True):
            word.next_to(scale.frame, DOWN, buff=0.18).align_to(scale.frame, side)
        both = Group(neuron, scale)
        with self.section("activation", **self.numbers):
            self.play(
                neuron.number.animate.shift(UP * 0.2), FadeIn(name, shift=UP * 0.1), run_time=0.8
            )
            self.remove(name)
            neuron.word.add(*name)
            self.say()
            self.play(FadeIn(scale), FadeIn(ends), run_time=0.6)
            stops = (self.value, 0.0, 1.0, self.value)
            for before, after in zip(stops, stops[1:], strict=False):
                self.play(UpdateFromAlphaFunc(both, self.between(before, after)), run_time=1.1)
                self.wait(0.25)
        self.leaving = Group(scale, ends)

    @staticmethod
    def between(before: float, after: float) -> Callable[[Any, float], None]:
        """An update that takes every part of a group from one value to another."""

        def update(parts: Any, alpha: float) -> None:
            for part in parts:
                part.set_value(before + (after - before) * alpha)

        return update

    def one_row(self) -> None:
        values = self.image[self.row]
        first = self.pixels.index(self.row, 0)
        centres = self.pixels.centres()[first : first + self.columns]
        self.plot = RowPlot(values, FOOT, self.theme, 5.1 / self.columns)
        band = pixel_frame(self.pixels, centres.mean(axis=0), self.columns)
        note = self.label(self.words("row", row=self.row + 1, rows=self.rows), "muted", CAPTION)
        note.next_to(self.plot.pixels, DOWN, buff=0.2)
        lifted = self.plot.pixels.copy().place(centres)
        with self.section("one-row", **self.numbers):
            self.play(FadeOut(self.leaving), run_time=0.5)
            self.add(band, self.link, self.marker)
            self.play(
                Create(band),
                self.marker.animate.move_to(centres[0]),
                UpdateFromAlphaFunc(Group(self.neuron), self.between(self.value, values[0])),
                run_time=1.0,
            )
            self.play(Transform(lifted, self.plot.pixels), run_time=1.2)
            self.remove(lifted)
            self.add(self.plot)
            self.play(FadeIn(self.plot.scale_lines), FadeIn(note), run_time=0.5)
            self.say()
            walk = Reading(values)
            self.pace = float(np.clip(6.2 / walk.ends[-1], 0.1, 0.42))
            best = int(np.flatnonzero(values >= 0.5 * values.max())[-1]) + 1
            self.read(walk, 0, best, centres)
            self.mark_poster()
            if best < len(values):
                self.read(walk, best, len(values), centres)
        self.leaving = Group(self.plot, note, band)

    def read(self, walk: Reading, first: int, stop: int, centres: np.ndarray) -> None:
        """Pixels first..stop-1 of the row: marker, neuron and bars go together."""
        start = walk.ends[first - 1] if first else 0.0
        length = walk.ends[stop - 1] - start

        def update(parts: Any, alpha: float) -> None:
            at, value = walk.at(start + alpha * length - 1e-6)
            self.marker.move_to(centres[0] + at * (centres[1] - centres[0]))
            self.neuron.set_value(value)
            self.plot.set_read(at + 1)

        parts = Group(self.marker, self.neuron, self.plot, self.link)
        self.play(UpdateFromAlphaFunc(parts, update, rate_func=linear), run_time=length * self.pace)

    def every_pixel(self) -> None:
        home = as_pixel(self.neuron.disc, self.place, self.half).set_arrays(corner=1.0)
        home.set_arrays(fill=self.theme.brightness([self.value]))
        target = Neurons(
            self.image.ravel(), self.pixels.centres(), self.theme, 0.42 * self.pixels.pitch
        )
        target.set_arrays(stroke_width=1.2, stroke_alpha=0.7, halo=0.4 * target.halo)
        size = self.label(self.words("pixels", **self.numbers), "muted", HEADING)
        size.move_to(STAGE + UP * 0.75)
        self.count = self.number(1, size=1.1, places=0, bold=True, anchor=np.zeros(3))
        self.count.move_to(STAGE + DOWN * 0.45)
        name = self.label(self.words("neurons"), size=HEADING).move_to(STAGE + DOWN * 1.5)
        far = np.linalg.norm(self.pixels.centres() - self.place, axis=1)
        wave = Wave(self.pixels, target, 0.7 * far / far.max(), run_time=3.6)
        with self.section("every-pixel", **self.numbers):
            self.link.clear_updaters()
            self.play(
                FadeOut(Group(self.leaving, self.link, self.neuron.number, self.neuron.word)),
                run_time=0.6,
            )
            self.play(
                Transform(self.neuron.disc, home),
                self.marker.animate.move_to(self.place),
                run_time=1.4,
            )
            self.play(FadeIn(size, shift=UP * 0.1), run_time=0.5)
            self.say()
            self.play(FadeIn(self.count), run_time=0.4)
            self.play(
                wave,
                FadeOut(self.neuron.disc, run_time=2.5),
                self.counting(wave),
                Succession(Wait(1.2), FadeIn(name, run_time=0.6)),
            )
            self.remove(self.pixels)
            self.layer = target
            self.add(self.layer, self.marker)
            self.play(Ripple(self.layer, 0.6 * far / far.max(), run_time=1.5))
        self.leaving = Group(size, self.count, name, self.question, self.answer)

    def counting(self, wave: Wave) -> UpdateFromAlphaFunc:
        """The number of pixels that have become circles so far."""

        def update(number: Any, alpha: float) -> None:
            number.set_value(max(1, int((wave.shares(alpha) >= 0.999).sum())))

        return UpdateFromAlphaFunc(self.count, update, rate_func=linear, run_time=wave.run_time)

    def input_layer(self) -> None:
        marked = self.pixels.index(*self.pixel)
        target = put(self.layer.copy(), 0.0, 0.0, **COLUMN)
        ghost = PixelImage(self.image, self.theme, SIZE).move_to(IMAGE).set_opacity(0.4)
        title = self.label(self.words("input_layer"), size=HEADING, bold=True)
        title.move_to((COLUMN["x"], TOP_Y, 0))
        notes = VGroup(
            *[
                paragraph(self.words(word, **self.numbers), self.theme.muted)
                for word in ("all_drawn", "larger")
            ]
        )
        notes.arrange(DOWN, buff=0.32, aligned_edge=LEFT)
        notes.move_to((COLUMN["x"] + 0.75, COLUMN["y"], 0), aligned_edge=LEFT)
        with self.section("input-layer", **self.numbers):
            self.play(FadeOut(self.leaving), FadeIn(ghost), run_time=0.6)
            self.bring_to_back(ghost)
            self.play(
                Wave(self.layer, target, reading_order(self.rows, self.columns, stagger=0.7)),
                run_time=3.4,
            )
            self.say()
            self.play(FadeIn(title, shift=UP * 0.1), run_time=0.7)
            self.play(FadeIn(notes[0]), run_time=0.6)
            self.follow_the_lens(marked)
            self.play(FadeIn(notes[1]), run_time=0.4)
            self.say()
            self.read_off(marked)
            self.play(Ripple(self.layer, np.linspace(0, 0.6, len(self.layer)), run_time=2.0))
        self.notes, self.title = notes, title

    def follow_the_lens(self, marked: int) -> None:
        """The lens opens and goes down to our neuron; a band in the image keeps up with it."""
        rows = self.pixels.centres().reshape(self.rows, self.columns, 3).mean(axis=1)
        band = pixel_frame(self.pixels, rows[0], self.columns)
        self.add(band, self.marker)
        self.play(Create(band), MoveLens(self.layer, (0, 0), (0, 1), COLUMN), run_time=0.9)
        self.play(
            band.animate.move_to(rows[self.pixel[0]]),
            MoveLens(self.layer, (0, 1), (marked, 1), COLUMN),
            run_time=1.8,
        )
        self.play(FadeOut(band), run_time=0.3)

    def read_off(self, marked: int) -> None:
        """The numbers of the neurons in the lens; a line from our pixel to its neuron."""
        centres = self.layer.centres()
        near = range(max(marked - NUMBERED, 0), min(marked + NUMBERED + 1, len(self.layer)))
        numbers = VGroup()
        for i in near:
            number = self.number(
                self.image.flat[i],
                "attention" if i == marked else "text",
                CAPTION,
                bold=i == marked,
            )
            numbers.add(number.move_to(centres[i] + LEFT * 0.4, aligned_edge=RIGHT))
        mine = numbers[near.index(marked)]
        line = cased(Line(self.marker.get_right(), mine.get_left() + LEFT * 0.12), self.theme, 2)
        self.play(LaggedStart(*map(FadeIn, numbers), lag_ratio=0.1), Create(line), run_time=1.2)

    def what_next(self) -> None:
        network, trace = self.story.network, self.story.trace
        ends = column(network.sizes[1], 6.2, 5.0 / max(network.sizes[1] - 1, 1), COLUMN["y"])
        edges = LayerEdges(network.w[0], self.layer.centres(), ends, self.theme)
        edges.set_arrays(light=0.0)
        contributions = facts.contributions(network, trace, 0)
        flow = Flow(edges, contributions, np.linspace(0, 0.4, len(self.layer)), run_time=2.6)
        curtain = veil(2.3, 4.25, 7.2, COLUMN["y"], 7.0, self.theme)
        mark = self.label("?", "attention", 1.1, bold=True).move_to((NEXT_X, 0.35, 0))
        ask = paragraph(self.words("next"), self.theme.text, BODY, ORIGIN)
        ask.next_to(mark, DOWN, buff=0.45)
        with self.section("what-next", **self.numbers):
            self.play(FadeOut(self.notes), run_time=0.4)
            self.add(edges, curtain, self.layer, self.title)
            self.play(flow, Succession(Wait(1.6), FadeIn(Group(mark, ask), shift=UP * 0.1)))
            self.wait(1.6)
