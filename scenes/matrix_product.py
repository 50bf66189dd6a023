"""A whole layer at once: rows of weights times a column of activations, plus biases, through σ."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Arrow,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    ReplacementTransform,
    Restore,
    Transform,
    TransformFromCopy,
    VGroup,
)

from netglow.netcore.study import facts
from netglow.netcore.study.timing import TIMING
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.magnifier import Magnifier
from netglow.scenes.parts.images.matrix import rounding_agrees, telling_rows, telling_window
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.edges import Flow
from netglow.scenes.parts.network.neurons import LightUp
from netglow.scenes.parts.text.code import Listing, Printed, run_lines
from netglow.scenes.props.matrix_product.layer_equation import PITCH, LayerEquation, Y, at
from netglow.scenes.props.matrix_product.layer_formula import LayerFormula
from netglow.scenes.props.matrix_product.race import Race
from netglow.scenes.props.matrix_product.working import Working
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING

WINDOW, ROWS = 5, 6  # entries of a row, and rows, that are large enough for numbers
IMAGE_X, SIZE = -4.1, 4.4
NAME_Y, NOTE_Y = 3.4, -2.35
CHARACTERS = 42  # of a printed line


class MatrixProduct(NetglowScene):
    """Sixteen sums become one matrix product."""

    neuron: int  # the one that is read in numbers, counted from 0
    window: range  # the inputs that are shown as numbers
    counts: dict[str, Any]  # what fills the words
    eq: LayerEquation  # the layer as matrices
    line: LayerFormula  # the same in one line
    title: Any  # below the image, or above the row
    heads: Any  # above the neurons
    ghost: Any  # what stays of the image when its pixels have gone
    size_a: Any  # beside the column's symbol
    look: Magnifier  # from the pixels to their numbers
    note: Any  # below the picture
    ring: Cells  # around the neuron
    others: VGroup  # the numbers of the other rows
    working: Working  # the row times the column, written out
    marks: VGroup  # the frames around the row and the column
    equals: Any  # the sign before the sums, later before z
    plus: Any  # the sign before the biases
    name_z: Any  # above the sums
    function_name: Any  # above the arrow to the neurons
    readings: VGroup  # activations beside their neurons
    name_out: Any  # above the neurons
    code: Listing  # the layer in Python

    def construct(self) -> None:
        self.gather()
        self.the_column()
        self.one_row()
        self.the_matrix()
        self.row_times_column()
        self.every_row()
        self.bias_and_activation()
        self.one_line()
        self.four_lines()

    def gather(self) -> None:
        """Choose the neuron, the rows and the window that are shown in numbers."""
        network, trace = self.story.network, self.story.trace
        kind, activations = network.activations[0], trace.a[1]
        w, a, (rows, columns) = network.w[0], trace.a[0], network.image_shape
        try:
            j = facts.readable_neuron(network, trace)
        except LookupError:
            j = int(activations.argmax())
        first = telling_window(w[j], a, WINDOW, columns)
        count, inputs = w.shape
        shown = telling_rows(activations, j, ROWS)  # dark and lit neurons
        self.neuron, self.window = j, range(first, first + WINDOW)
        image = PixelImage(self.story.image, self.theme, SIZE).shift(at(IMAGE_X, Y - 0.35))
        self.eq = LayerEquation(w, network.b[0], a, image, shown, self.window, self.theme)
        self.line = LayerFormula(kind, self.theme)
        self.counts = {
            "neurons": count,
            "inputs": inputs,
            "window": WINDOW,
            "shown": len(shown),
            "rest": inputs - WINDOW,
            "weights": f"{w.size:,}",
            "neuron": j + 1,
            "squish": self.words(kind),
            "rows": rows,
            "columns": columns,
        }

    # --- small helpers ---
    def text(
        self, key: str, x: float = 0, y: float = 0, role: str = "muted", size: float = CAPTION
    ) -> Any:
        """A text of the picture around a point."""
        return self.label(self.words(key, **self.counts), role, size).move_to(at(x, y))

    def between(self, left: Any, right: Any) -> np.ndarray:
        """Where the sign between two matrices stands."""
        return at((left.fence.get_right()[0] + right.fence.get_left()[0]) / 2, Y)

    def question(self) -> VGroup:
        """What the chapter begins with, above the image."""
        lines = VGroup(
            self.text("question", role="text", size=HEADING), self.text("question_more", size=BODY)
        )
        lines.arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        return lines.move_to(at(IMAGE_X - SIZE / 2, 3.2), LEFT)

    def name(self, source: str, below: Any, role: str = "text") -> Any:
        """The symbol above a picture."""
        return self.formula(source, role).move_to(at(below.get_x(), NAME_Y))

    # --- sections ---
    def the_column(self) -> None:
        """The image's pixels line up in one column."""
        a, image, neurons = self.eq.a, self.eq.a.cells, self.eq.neurons
        edges = self.eq.edges()
        question = self.question()
        self.title = self.text("image", IMAGE_X, NOTE_Y)
        self.heads = self.text("neurons", neurons.get_x(), NAME_Y)
        self.ghost = image.copy()
        with self.section("the-column", **self.counts):
            under = [edges, image] if self.theme.is_light else [image, edges]
            self.play(
                *map(FadeIn, [*under, neurons, question, self.title, self.heads]), run_time=0.9
            )
            self.play(Flow(edges, self.eq.products), run_time=2.4)
            self.say()
            self.play(FadeOut(edges), FadeOut(question), run_time=0.6)
            self.add(self.ghost, image)
            rows = np.arange(len(image)) // self.counts["columns"]
            self.play(
                Wave(image, self.eq.even_column(), 0.6 * rows / rows.max()),
                self.ghost.animate.set_opacity(0.45),
                run_time=2.0,
            )
            name = self.name("a^((0))", a.fence)
            self.size_a = self.text("column").next_to(name, LEFT, buff=0.3)
            self.size_a.align_to(name, DOWN)
            self.play(Create(a.fence), FadeIn(name), FadeIn(self.size_a), run_time=0.6)
            self.say()
            self.open_column()

    def open_column(self) -> None:
        """A few inputs grow until their numbers can be read; a frame shows which pixels."""
        a, part = self.eq.a, slice(self.window[0], self.window[-1] + 1)
        self.look = Magnifier(self.ghost.sides()[part], a.target.sides()[part], self.theme)
        self.note = self.text("note").move_to(at(-2.2, NOTE_Y), LEFT)
        self.play(Create(self.look.lens), run_time=0.5)
        self.play(
            Create(self.look.rays), Wave(a.cells, a.target, np.zeros(len(a.cells))), run_time=1.1
        )
        self.play(
            LaggedStart(*map(FadeIn, a.numbers), lag_ratio=0.12), FadeIn(self.note), run_time=1.0
        )

    def one_row(self) -> None:
        """One neuron's weights, as an image, unroll into a row."""
        j, w, (count, inputs) = self.neuron, self.eq.w, self.eq.w.values.shape
        self.ring, away = self.eq.ring(j), self.eq.row_alone(j)
        shape, centre = self.story.network.image_shape, self.ghost.get_center()
        image = self.eq.row_as_image(j, shape, SIZE, centre)
        title = self.text("neuron", IMAGE_X, NOTE_Y, "text")
        row = self.text("row", w.centre[0], w.at(j)[1] + 0.5, "text")
        with self.section("one-row", **self.counts):
            self.add(w.cells, self.ring, self.look.lens)
            self.play(
                FadeIn(self.ring),
                *map(FadeOut, (self.look.rays, self.size_a, self.title)),
                run_time=0.5,
            )
            self.play(
                Wave(w.cells, image, np.zeros(w.values.size)),
                FadeOut(self.ghost),
                FadeIn(title),
                run_time=1.4,
            )
            self.say()
            delays = np.tile(0.5 * np.arange(inputs) / inputs, count)
            self.play(
                Wave(w.cells, away, delays), FadeOut(self.look.lens), FadeOut(title), run_time=1.8
            )
            self.play(
                FadeIn(row), FadeIn(w.numbers[j - w.rows.large[0]], lag_ratio=0.1), run_time=0.7
            )
        self.title = row

    def the_matrix(self) -> None:
        """The other rows come out of their neurons."""
        eq, w, (count, inputs) = self.eq, self.eq.w, self.eq.w.values.shape
        away = np.abs(np.arange(count) - self.neuron) / count
        delays = 0.4 * away[:, None] + 0.35 * np.arange(inputs) / inputs
        name = self.name("W", w.fence)
        size = self.text("matrix").next_to(name, RIGHT, buff=0.3)
        size.align_to(name, DOWN)
        VGroup(name, size).set_x(w.fence.get_x())
        self.others = VGroup(
            *[row for k, row in zip(w.rows.large, w.numbers, strict=True) if k != self.neuron]
        )
        note = self.text("note_rows", 0, NOTE_Y)
        ring = self.ring.copy().place(eq.spread.centres(), eq.spread.halves())
        with self.section("the-matrix", **self.counts):
            self.play(
                FadeOut(self.title),
                FadeOut(self.note),
                Transform(eq.neurons, eq.spread),
                Transform(self.ring, ring),
                run_time=0.7,
            )
            # what comes out of the neurons passes behind the column
            self.add(eq.a.cells, eq.a.fence, eq.a.numbers)
            self.play(Wave(w.cells, w.target, delays.ravel()), run_time=2.6)
            self.play(
                LaggedStart(*map(FadeIn, self.others), lag_ratio=0.08), FadeIn(note), run_time=1.0
            )
            self.say()
            self.play(Create(w.fence), FadeIn(name), FadeIn(size), run_time=0.8)
        self.note = note

    def row_times_column(self) -> None:
        """Along the row and down the column: some products, and all the others."""
        j, w, a, part = self.neuron, self.eq.w, self.eq.a, list(self.window)
        weights, inputs, total = w.values[j, part], a.values[part, 0], self.eq.sums.values[j, 0]
        equal = "=" if rounding_agrees(weights, inputs, total) else "≈"
        top = np.clip(a.at(part[0])[1], 1.3, 2.8)
        self.working = work = Working(weights, inputs, total, equal, (1.3, top), PITCH, self.theme)
        work.set_names(self.text("more"), self.text("sum", role="text"))
        row, item = w.frame(j, part[0]), a.frame(part[0])
        self.marks = VGroup(row, item)
        dim = np.where(self.eq.of_row(j), 1.0, 0.25)
        with self.section("row-times-column", **self.counts):
            self.others.save_state()
            self.play(
                self.others.animate.set_fill(self.theme.text, 0),
                FadeIn(row),
                FadeIn(item),
                w.cells.animate.set_arrays(fill_alpha=dim),
                run_time=0.6,
            )
            for line, i in zip(work.lines, part, strict=True):
                self.write_product(line, i)
            self.say()
            self.play(
                Transform(row, w.frame(j)), Transform(item, a.frame()), work.rest_in(), run_time=0.9
            )
            self.play(work.total_in(run_time=0.8))

    def write_product(self, line: Any, i: int) -> None:
        """Weight and activation of input i step out of row and column and are multiplied."""
        j, w, a, (row, item) = self.neuron, self.eq.w, self.eq.a, self.marks
        factor, number = w.number(j, i).copy(), a.number(i).copy()
        self.add(factor, number, a.cells, a.fence, a.numbers, item)  # they pass behind it
        self.play(
            row.animate.move_to(w.at(j, i)),
            item.animate.move_to(a.at(i)),
            Transform(factor, line[0], path_arc=-1.3),
            Transform(number, line[2]),
            run_time=0.55,
        )
        self.remove(factor, number)
        self.add(line[0], line[2])
        self.play(FadeIn(line[1]), FadeIn(line[3:]), run_time=0.25)

    def every_row(self) -> None:
        """All rows pour their products through the column, each into its sum."""
        sums, j = self.eq.sums, self.neuron
        first = sums.cells.copy()
        first.set_arrays(fill_alpha=(np.arange(len(first)) == j).astype(float))
        others = VGroup(*[sums.number(k) for k in sums.rows.large if k != j])
        self.equals = self.label("=", size=HEADING).move_to(self.between(self.eq.a, sums))
        self.name_z = self.name("W a^((0))", sums.fence)
        stream, target, delays = self.eq.stream(j)
        work = [m for m in self.working.parts() if m is not self.working.total]
        with self.section("every-row", **self.counts):
            self.play(*map(FadeOut, [*work, self.marks]), run_time=0.4)
            self.play(
                *map(FadeIn, (first, stream)),
                ReplacementTransform(self.working.total, sums.number(j)),
                run_time=0.8,
            )
            self.add(sums.number(j), self.eq.a.numbers)  # what flies passes behind the numbers
            self.play(Wave(stream, target, delays), run_time=2.4)
            self.add(sums.cells, sums.number(j))
            self.play(
                FadeIn(sums.cells),
                LaggedStart(*map(FadeIn, others), lag_ratio=0.1),
                Create(sums.fence),
                FadeIn(self.equals),
                FadeIn(self.name_z),
                Restore(self.others),
                self.eq.w.cells.animate.set_arrays(fill_alpha=1.0),
                run_time=1.0,
            )
            self.remove(stream, first)
            self.wait(0.4)

    def bias_and_activation(self) -> None:
        """Biases come out of their neurons and join the sums; σ turns the sums into light."""
        b, sums, z = self.eq.b, self.eq.sums, self.eq.z
        later = np.linspace(0, 0.5, len(b.cells))
        self.plus = self.label("+", size=HEADING).move_to(self.between(self.eq.a, b))
        name_b, name_z = self.name("b", b.fence, "bias"), self.name("z", z.fence)
        joining = b.target.copy()
        gone = joining.copy().place(z.target.centres(), z.target.halves())
        gone.set_arrays(fill_alpha=0.0)
        with self.section("bias-and-activation", **self.counts):
            self.add(b.cells, sums.numbers)
            self.play(
                self.equals.animate.move_to(self.between(b, z)),
                FadeOut(self.ring),
                Wave(b.cells, b.target, later),
                run_time=1.4,
            )
            self.play(FadeIn(b.numbers), Create(b.fence), FadeIn(name_b), run_time=0.7)
            self.add(joining, b.numbers, sums.numbers)  # what flies passes behind the numbers
            self.play(
                FadeIn(self.plus),
                Wave(joining, gone, later),
                self.eq.recount(),
                Wave(sums.cells, z.target, later),
                LaggedStart(FadeOut(self.name_z), FadeIn(name_z), lag_ratio=1),
                run_time=1.6,
            )
            self.remove(joining)
            self.say()
            self.activate()

    def activate(self) -> None:
        """Every z goes through the activation function into its neuron."""
        neurons, a1 = self.eq.neurons, self.story.trace.a[1]
        self.function_name = self.line.function().move_to(at(4.6, Y + 0.3))
        arrow = Arrow(
            at(4.25, Y),
            at(4.95, Y),
            buff=0,
            stroke_width=4,
            color=self.theme.text,
            max_tip_length_to_length_ratio=0.3,
        )
        drops, discs = self.eq.drops(a1)
        self.name_out = self.name("a^((1))", neurons)
        self.readings = self.eq.readings(a1)
        self.play(FadeIn(self.function_name), FadeIn(arrow), FadeOut(self.heads), run_time=0.5)
        self.add(drops, self.eq.sums.numbers)
        self.play(Wave(drops, discs, np.linspace(0, 0.5, len(a1))), run_time=1.4)
        self.play(
            LightUp(neurons, a1, 0.3),
            FadeOut(drops),
            FadeIn(self.readings, lag_ratio=0.2),
            FadeIn(self.name_out),
            run_time=1.2,
        )

    def one_line(self) -> None:
        """Every picture becomes its symbol."""
        line = self.line.move_to(at(0, NOTE_Y - 0.15))
        with self.section("one-line", **self.counts):
            self.play(FadeOut(self.note), run_time=0.3)
            for key, cells, front in (
                ("W", self.eq.w.cells, self.eq.w.numbers),
                ("inp", self.eq.a.cells, self.eq.a.numbers),
                ("b", self.eq.b.cells, self.eq.b.numbers),
                ("f", None, None),
                ("out", self.eq.neurons, self.readings),
            ):
                self.play(*self.into_symbol(key, cells, front), run_time=0.9)
            self.add(line)
            self.mark_poster()
            self.wait(1.0)

    def into_symbol(self, key: str, cells: Any, front: Any) -> list[Any]:
        """A copy of a picture shrinks into its symbol; operators come from their own."""
        part = self.line.part
        if cells is None:
            return [
                TransformFromCopy(self.function_name, part("f")),
                FadeIn(part("open"), part("close")),
            ]
        copy, steps = self.line.gather(key, cells)
        self.add(copy, front)
        signs = {"b": (self.plus, "plus"), "out": (self.equals, "is")}
        if key in signs:
            sign, name = signs[key]
            steps.append(TransformFromCopy(sign, part(name)))
        return steps

    def four_lines(self) -> None:
        """The same in Python, run for real; and the time that a loop needs."""
        timing = json.loads(TIMING.read_text("utf-8"))
        ratio = timing["loop_seconds"] / timing["product_seconds"]
        self.counts |= {"ratio": f"{float(f'{ratio:.2g}'):,.0f}"}
        with self.section("four-lines", **self.counts):
            self.write_code()
            self.run_code()
            self.say()
            self.measure(timing)

    def write_code(self) -> None:
        """The formula's symbols become the lines."""
        kept = (self.line, self.eq.neurons, self.name_out)
        old = Group(*[m for m in self.mobjects if m not in kept])
        self.code = code = Listing(self.line.code(), self.theme, at(-6.1, 1.95))
        self.play(FadeOut(old), run_time=0.5)
        self.play(self.line.animate.scale(0.9).move_to(at(0, 3.2)), run_time=0.8)
        self.play(FadeIn(code.panel), FadeIn(code.lines[0]), run_time=0.6)
        for step in self.line.into(code):
            self.play(*step, run_time=1.0)
        self.play(FadeIn(code.lines[3]), run_time=0.5)
        self.add(code)

    def run_code(self) -> None:
        """What the lines print, every number below its neuron."""
        eq = self.eq
        text, _ = run_lines(
            self.code.text, CHARACTERS, W=eq.w.values, a0=eq.a.values[:, 0], b=eq.b.values[:, 0]
        )
        printed = Printed(text, self.theme, at(-0.4, 2.08), 2.4)
        head = self.text("prints").move_to(at(-0.4, 2.38), LEFT)
        halves = np.full((len(eq.neurons), 2), printed.radius)
        moved = eq.neurons.copy().place(printed.spots, halves)
        self.play(Transform(eq.neurons, moved), FadeIn(head), FadeOut(self.name_out), run_time=1.1)
        self.play(LaggedStart(*map(FadeIn, printed), lag_ratio=0.1), run_time=0.8)
        self.add(printed)

    def measure(self, timing: dict[str, Any]) -> None:
        """Bars for the measured times, on one clock."""
        times = 1e6 * np.array([timing["loop_seconds"], timing["product_seconds"]])
        names = [self.words("loop"), self.words("product")]
        shown = [self.words("microseconds", value=f"{value:.3g}") for value in times]
        left = np.array([at(-3.1, -0.75), at(-3.1, -1.4)])
        race = Race(times, names, shown, left, self.theme, 7.0, 3.3)
        measured = VGroup(
            *[
                self.label(self.words(key, **timing), "muted", CAPTION).move_to(at(0, y))
                for key, y in (("measured", -2.2), ("machine", -2.6))
            ]
        )
        faster = self.text("times", role="correct", size=BODY)
        faster.next_to(race.shown[1], RIGHT, buff=0.5)
        self.play(FadeIn(race), FadeIn(measured), run_time=0.6)
        self.play(race.run(2.5))
        self.play(FadeIn(faster, shift=RIGHT * 0.1), run_time=0.7)
        self.wait(1.3)
