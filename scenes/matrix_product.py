"""A whole layer at once: rows of weights times a column of activations, plus biases, through σ."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Arrow,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    ReplacementTransform,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from netglow.scenes.engine.batches import Cells
from netglow.scenes.facts.matrix_product import MatrixProductFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.magnifier import Magnifier
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.edges import Flow
from netglow.scenes.parts.network.neurons import LightUp
from netglow.scenes.parts.text.code import Listing
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.props.matrix_product.blocks import SMALL, Blocks
from netglow.scenes.props.matrix_product.layer_equation import PITCH, LayerEquation, Y, at
from netglow.scenes.props.matrix_product.layer_formula import LayerFormula, layer_chain
from netglow.scenes.props.matrix_product.race import Race
from netglow.scenes.props.matrix_product.sweep import Sweep
from netglow.scenes.props.matrix_product.working import Working
from netglow.scenes.props.matrix_product.written_out import WrittenOut
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import CAPTION, HEADING

IMAGE_X, SIZE = -4.1, 4.4
NAME_Y, NOTE_Y = 3.4, -2.35
TERMS, LINE_X, LINE_Y = 36, (-6.3, 6.3), 3.4  # products of a sum that is written out; where
CHAIN_Y, CODE_AT, RACE_AT = -2.62, at(-6.1, -1.93), at(1.75, -1.53)
DIM = 0.3  # what of a picture is left that is not spoken of


class MatrixProduct(NetglowScene):
    """All sums of a layer become one matrix product."""

    tells = MatrixProductFacts
    facts: MatrixProductFacts
    eq: LayerEquation  # the layer as matrices
    line: LayerFormula  # the same in one line
    title: Any  # below the image, or above the row
    heads: Any  # above the neurons
    ghost: Any  # what stays of the image when its pixels have gone
    name_a: Any  # the column's symbol
    size_a: Any  # beside it
    look: Magnifier  # from the pixels to their numbers
    note: Any  # below the picture
    ring: Cells  # around the neuron
    working: Working  # the row times the column, written out
    marks: VGroup  # the frames around the row and the column
    first: Cells  # the sum of the neuron that was computed by hand
    sweep: Sweep  # the column on its way over the rows
    equals: Any  # the sign before the sums, later before z
    name_z: Any  # above the sums
    blocks: Blocks  # the pictures in the order of the formula
    chain: VGroup  # the layers in a row
    code: Listing  # the layer in Python

    def construct(self) -> None:
        facts, theme = self.facts, self.theme
        image = PixelImage(facts.image, theme, SIZE).shift(at(IMAGE_X, Y - 0.35))
        self.eq = LayerEquation(facts.w, facts.b, facts.a0, image, facts.large, facts.window, theme)
        self.line = LayerFormula(facts.kind, theme)
        self.the_column()
        self.one_row()
        self.row_times_column()
        self.the_matrix()
        self.every_row()
        self.bias_and_activation()
        self.read_it()
        self.it_runs()

    # --- small helpers ---
    def text(self, key: str, x: float = 0, y: float = 0, role: str = "muted") -> Any:
        """A text of the picture around a point."""
        return self.label(self.words(key), role, CAPTION).move_to(at(x, y))

    def between(self, left: Any, right: Any) -> np.ndarray:
        """Where the sign between two matrices stands."""
        return at((left.fence.get_right()[0] + right.fence.get_left()[0]) / 2, Y)

    def name(self, source: str, below: Any, role: str = "text") -> Any:
        """The symbol above a picture."""
        return self.formula(source, role).move_to(at(below.get_x(), NAME_Y))

    # --- sections ---
    def the_column(self) -> None:
        """The image's pixels line up in one column."""
        a, image, neurons = self.eq.a, self.eq.a.cells, self.eq.neurons
        edges = self.eq.edges()
        self.title = self.text("pixels", IMAGE_X, NOTE_Y)
        self.heads = self.text("neurons", neurons.get_x(), NAME_Y)
        self.ghost = image.copy()
        self.name_a = self.name("a^((0))", a.fence)
        self.size_a = self.text("column").next_to(self.name_a, LEFT, buff=0.3)
        self.size_a.align_to(self.name_a, DOWN)
        under = [edges, image] if self.theme.is_light else [image, edges]
        self.add(*under, neurons, self.title)
        with self.section("the-column"):
            written = WrittenOut(TERMS, *LINE_X, LINE_Y, self.theme)
            self.play(written.write(run_time=8.6), Flow(edges, self.eq.products, run_time=6.0))
            self.play(FadeOut(written), run_time=0.5)
            self.say()
            self.play(FadeOut(edges), FadeIn(self.heads), run_time=0.6)
            self.add(self.ghost, image)
            rows = np.arange(len(image)) // self.facts.image.shape[1]
            self.play(
                Wave(image, self.eq.even_column(), 0.6 * rows / rows.max()),
                self.ghost.animate.set_opacity(0.45),
                run_time=2.6,
            )
            self.play(Create(a.fence), FadeIn(self.size_a), run_time=0.6)
            self.play(FadeIn(self.name_a, shift=DOWN * 0.15), run_time=0.6)
            self.say()
            self.play(Indicate(self.name_a, 1.5, self.theme.attention), run_time=1.4)
            self.open_column()

    def open_column(self) -> None:
        """A few inputs grow until their numbers can be read; a frame shows which pixels."""
        a, window = self.eq.a, self.facts.window
        part = slice(window[0], window[-1] + 1)
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
        facts, j, w = self.facts, self.facts.row, self.eq.w
        self.ring, away = self.eq.ring(j), self.eq.row_alone(j)
        image = self.eq.row_as_image(j, facts.image.shape, SIZE, self.ghost.get_center())
        title = self.text("neuron", IMAGE_X, NOTE_Y, "text")
        row = self.text("row", w.centre[0], w.at(j)[1] + 0.5, "text")
        with self.section("one-row"):
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
                run_time=1.6,
            )
            self.say()
            delays = np.tile(0.5 * np.arange(facts.inputs) / facts.inputs, facts.neurons)
            self.play(
                Wave(w.cells, away, delays), FadeOut(self.look.lens), FadeOut(title), run_time=2.4
            )
            self.play(
                FadeIn(row), FadeIn(w.numbers[j - facts.large[0]], lag_ratio=0.1), run_time=0.7
            )
        self.title = row

    def row_times_column(self) -> None:
        """Along the row and down the column: some products, and all the others."""
        facts, w, a, sums = self.facts, self.eq.w, self.eq.a, self.eq.sums
        j, part = facts.row, list(facts.window)
        top = np.clip(a.at(part[0])[1], 1.3, 2.8)
        equal = "=" if facts.agrees else "≈"
        weights, inputs = facts.w[j, part], facts.a0[part]
        self.working = work = Working(
            weights, inputs, facts.total, equal, (1.3, top), PITCH, self.theme
        )
        work.set_names(self.text("more"), self.text("sum", role="text"))
        row, item = w.frame(j, part[0]), a.frame(part[0])
        self.marks = VGroup(row, item)
        self.first = sums.target.copy()
        self.first.set_arrays(fill_alpha=(np.arange(facts.neurons) == j).astype(float))
        with self.section("row-times-column"):
            self.play(FadeIn(row), FadeIn(item), run_time=0.5)
            for line, i in zip(work.lines, part, strict=True):
                self.write_product(line, i)
            self.play(
                Transform(row, w.frame(j)), Transform(item, a.frame()), work.rest_in(), run_time=1.0
            )
            self.play(work.total_in(run_time=0.8))
            self.say()
            self.play(Indicate(work.total, 1.3, self.theme.attention), run_time=1.2)
            gone = [m for m in work.parts() if m is not work.total]
            self.play(*map(FadeOut, [*gone, self.marks]), run_time=0.5)
            self.add(self.first, work.total)
            self.play(
                FadeIn(self.first), ReplacementTransform(work.total, sums.number(j)), run_time=0.9
            )

    def write_product(self, line: Any, i: int) -> None:
        """Weight and activation of input i step out of row and column and are multiplied."""
        j, w, a, (row, item) = self.facts.row, self.eq.w, self.eq.a, self.marks
        factor, number = w.number(j, i).copy(), a.number(i).copy()
        self.add(factor, number, a.cells, a.fence, a.numbers, item)  # they pass behind it
        self.play(
            row.animate.move_to(w.at(j, i)),
            item.animate.move_to(a.at(i)),
            Transform(factor, line[0], path_arc=-1.3),
            Transform(number, line[2]),
            run_time=0.6,
        )
        self.remove(factor, number)
        self.add(line[0], line[2])
        self.play(FadeIn(line[1]), FadeIn(line[3:]), run_time=0.25)

    def the_matrix(self) -> None:
        """The other rows come out of their neurons."""
        facts, eq, w = self.facts, self.eq, self.eq.w
        away = np.abs(np.arange(facts.neurons) - facts.row) / facts.neurons
        delays = 0.6 * away[:, None] + 0.1 * np.arange(facts.inputs) / facts.inputs
        name = self.name("W", w.fence)
        size = self.text("matrix").next_to(name, RIGHT, buff=0.3)
        size.align_to(name, DOWN)
        VGroup(name, size).set_x(w.fence.get_x())
        others = [row for k, row in zip(w.rows.large, w.numbers, strict=True) if k != facts.row]
        note = self.text("note_rows", 0, NOTE_Y)
        ring = self.ring.copy().place(eq.spread.centres(), eq.spread.halves())
        with self.section("the-matrix"):
            self.play(
                FadeOut(self.title),
                FadeOut(self.note),
                Transform(eq.neurons, eq.spread),
                Transform(self.ring, ring),
                run_time=0.7,
            )
            # what comes out of the neurons passes behind the columns
            self.add(eq.a.cells, eq.a.fence, eq.a.numbers, self.first, eq.sums.number(facts.row))
            self.play(Wave(w.cells, w.target, delays.ravel()), run_time=3.4)
            self.play(LaggedStart(*map(FadeIn, others), lag_ratio=0.08), FadeIn(note), run_time=1.0)
            self.play(Create(w.fence), FadeIn(name), FadeIn(size), run_time=0.8)
        self.note = note

    def every_row(self) -> None:
        """The column lies down and passes over all rows; each drops its sum."""
        a, sums = self.eq.a, self.eq.sums
        self.sweep = sweep = Sweep(self.eq, self.facts.row)
        strip = sweep.strip
        self.equals = self.label("=", size=HEADING).move_to(self.between(a, sums))
        self.name_z = self.name("W a^((0))", sums.fence)
        known = sums.number(self.facts.row)
        with self.section("every-row"):
            self.remove(self.first)
            self.add(sweep.drops, known, a.cells, a.fence, a.numbers, strip)
            even = np.linspace(0, 0.4, len(strip))
            self.play(Wave(strip, sweep.lying, even), FadeOut(self.ring), run_time=1.5)
            self.play(FadeIn(sweep.frame), run_time=0.3)
            self.play(sweep.run(self.facts.neurons * 0.05 + 4.0))
            self.remove(sweep.drops)
            self.add(sums.cells, sums.numbers)
            self.play(
                FadeOut(strip),
                FadeOut(sweep.frame),
                Create(sums.fence),
                FadeIn(self.equals),
                FadeIn(self.name_z),
                run_time=0.9,
            )

    def bias_and_activation(self) -> None:
        """Biases come out of their neurons and join the sums; σ turns the sums into light."""
        b, sums, z = self.eq.b, self.eq.sums, self.eq.z
        later = np.linspace(0, 0.5, len(b.cells))
        plus = self.label("+", size=HEADING).move_to(self.between(self.eq.a, b))
        name_b, name_z = self.name("b", b.fence, "bias"), self.name("z", z.fence)
        joining = b.target.copy()
        gone = joining.copy().place(z.target.centres(), z.target.halves())
        gone.set_arrays(fill_alpha=0.0)
        with self.section("bias-and-activation" + "-relu" * self.facts.is_relu):
            self.add(b.cells, sums.numbers)
            self.play(
                self.equals.animate.move_to(self.between(b, z)),
                Wave(b.cells, b.target, later),
                run_time=1.3,
            )
            self.play(FadeIn(b.numbers), Create(b.fence), FadeIn(name_b), run_time=0.6)
            self.add(joining, b.numbers, sums.numbers)  # what flies passes behind the numbers
            self.play(
                FadeIn(plus),
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
        neurons, a1 = self.eq.neurons, self.facts.a1
        function = self.line.function().move_to(at(4.6, Y + 0.3))
        arrow = Arrow(
            at(4.25, Y),
            at(4.95, Y),
            buff=0,
            stroke_width=4,
            color=self.theme.text,
            max_tip_length_to_length_ratio=0.3,
        )
        drops, discs = self.eq.drops(a1)
        readings, name = self.eq.readings(a1, not self.facts.is_relu), self.name("a^((1))", neurons)
        self.play(FadeIn(function), FadeIn(arrow), FadeOut(self.heads), run_time=0.5)
        self.add(drops, self.eq.sums.numbers)
        self.play(Wave(drops, discs, np.linspace(0, 0.5, len(a1))), run_time=1.6)
        self.play(
            LightUp(neurons, a1, 0.3), FadeOut(drops), FadeIn(readings, lag_ratio=0.2), run_time=1.2
        )
        self.play(FadeIn(name, shift=DOWN * 0.15), run_time=0.6)

    def read_it(self) -> None:
        """The pictures step into the order of the formula; each lights as its symbol is read."""
        facts, theme = self.facts, self.theme
        self.blocks = blocks = Blocks(self.eq)
        blocks.set(self.line)
        kept = {id(m) for m in (*blocks.pictures.values(), *blocks.fences_before.values())}
        old = [m for m in self.mobjects if id(m) not in kept]
        part = self.line.part
        with self.section("read-it" + "-relu" * facts.is_relu):
            self.play(*map(FadeOut, old), run_time=0.6)
            self.play(*self.step_over(), run_time=1.5)
            self.read("out", "is")
            self.say()
            self.play(FadeIn(part("f"), part("open"), shift=UP * 0.15), run_time=0.6)
            self.play(Indicate(part("f"), 1.4, theme.attention), run_time=0.9)
            for key, signs in (("W", ()), ("inp", ()), ("b", ("plus", "close"))):
                self.say()
                self.read(key, *signs)
            self.say()
            self.add(self.line)
            self.mark_poster()
            self.chain = layer_chain(facts.layers, theme).move_to(at(0, CHAIN_Y))
            self.play(LaggedStart(*map(FadeIn, self.chain), lag_ratio=0.35), run_time=3.2)
            for key in ("W", "b"):
                self.play(Indicate(part(key), 1.4, theme.attention), run_time=1.1)

    def step_over(self) -> list[Any]:
        """Animations: all pictures go to their places, and all but the first symbol's dim."""
        targets = {key: cells.copy() for key, cells in self.blocks.targets.items()}
        for key in ("W", "inp", "b"):
            targets[key].set_arrays(fill_alpha=DIM)
        return self.moved(self.blocks, targets)

    def moved(self, blocks: Blocks, targets: dict[str, Cells]) -> list[Any]:
        """Animations of the pictures to their ``targets``, and of their brackets."""
        pairs: list[Any] = [(cells, targets[key]) for key, cells in blocks.pictures.items()]
        pairs += [(blocks.fences_before[key], new) for key, new in blocks.fences.items()]
        return [Transform(old, new) for old, new in pairs]

    def read(self, key: str, *signs: str) -> None:
        """A picture lights up and a copy of it shrinks into its symbol."""
        cells, part = self.blocks.pictures[key], self.line.part
        self.play(Transform(cells, self.blocks.targets[key]), run_time=0.5)
        copy, steps = self.line.gather(key, cells)
        self.add(copy)
        self.play(*steps, *[FadeIn(part(sign)) for sign in signs], run_time=0.9)
        self.play(Indicate(part(key), 1.3, self.theme.attention), run_time=0.7)

    def it_runs(self) -> None:
        """The same in Python, run for real; and the time that a loop needs."""
        facts, eq, theme = self.facts, self.eq, self.theme
        self.code = code = Listing(facts.code, theme, CODE_AT)
        up = Blocks(eq, SMALL)
        dark = up.targets["out"].copy().set_activations(np.zeros(facts.neurons))
        with self.section("it-runs"):
            self.play(
                FadeOut(self.chain, run_time=0.5),
                *self.moved(up, up.targets | {"out": dark}),
                self.line.animate.shift(UP * (up.symbol_y - self.blocks.symbol_y)),
                run_time=1.2,
            )
            self.play(FadeIn(code.panel), run_time=0.4)
            for step in self.line.into(code):
                self.play(*step, run_time=0.9)
            self.add(code)
            self.play(LightUp(eq.neurons, facts.outcome, 0.3), run_time=1.4)
            self.measure()

    def measure(self) -> None:
        """Bars for the measured times, on one clock; the loop goes through the weights."""
        facts, w = self.facts, self.eq.w.cells
        left = np.array([RACE_AT, RACE_AT + DOWN * 0.55])
        names = [self.words("loop"), self.words("product")]
        shown = [self.words("loop_time"), self.words("product_time")]
        times = np.array([facts.loop_us, facts.product_us])
        race = Race(times, names, shown, left, self.theme, 3.2, 2.0)
        note = paragraph(self.words("measured"), self.theme.muted, CAPTION)
        note.move_to(at(RACE_AT[0] - 2.0, -2.66), LEFT)
        one_by_one = np.linspace(0, 1, len(w))
        all_rows = np.tile(np.linspace(0, 1, facts.inputs), facts.neurons)
        self.say()
        self.play(FadeIn(race), FadeIn(note), run_time=0.7)
        self.play(race.run(4.5), self.pass_through(one_by_one, run_time=4.5))
        self.say()
        self.play(self.pass_through(all_rows, run_time=2.5))

    def pass_through(self, places: np.ndarray, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animation: the weights light up one after the other, at their ``places`` (n,) 0..1."""

        def light(cells: Any, alpha: float) -> None:
            before = max(DIM, 1 - (1 - DIM) * alpha / 0.1)  # it dims, but not at once
            cells.set_arrays(fill_alpha=np.where(places <= alpha, 1.0, before))

        return UpdateFromAlphaFunc(self.eq.w.cells, light, rate_func=linear, **kwargs)
