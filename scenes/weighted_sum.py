"""What one neuron computes: pixels times weights, poured into one sum, then bias and activation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Indicate,
    LaggedStart,
    TransformFromCopy,
    VGroup,
    linear,
    smooth,
)

from netglow.netcore.network import ACTIVATIONS
from netglow.netcore.study.arithmetic import (
    NeuronSum,
    easiest_to_follow,
    places_that_add,
    readable_product,
    shown,
    totals,
)
from netglow.netcore.study.edge_detector import Sweep
from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.images.frames import frames
from netglow.scenes.parts.images.weight_wall import LayerWall, Spread
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.neurons import LightUp
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.weighted_sum.activation_row import ActivationRow
from netglow.scenes.props.weighted_sum.close_up import CloseUp
from netglow.scenes.props.weighted_sum.fan_in import FanIn
from netglow.scenes.props.weighted_sum.product_row import (
    BIG,
    LEFT_X,
    MIDDLE_X,
    RIGHT_X,
    SIZE,
    Heading,
    ProductRow,
    slot,
)
from netglow.scenes.props.weighted_sum.slide import Slide
from netglow.scenes.props.weighted_sum.sum_bar import (
    GAP,
    Cancel,
    Pour,
    Span,
    SumBar,
    SumRow,
    zero_and_unit,
)
from netglow.scenes.props.weighted_sum.weight_key import WeightKey
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING, Number
from netglow.scenes.stage.theme import robust_scale

BAR_Y, SUM_Y, BIAS_Y, FORMULA_Y, CHIP_Y, KEY_Y = -0.72, -1.2, -1.68, -2.57, -0.95, -2.45
NAMES_X, BAR_LEFT, BAR_RIGHT = -6.25, -4.2, 6.4  # of the bars with their numbers
WALL: Any = {"middle": np.array([1.9, 0.4, 0]), "width": 9.2, "height": 6.4}
LONGEST = 24  # letters of the words for where the image is from


class WeightedSum(NetglowScene):
    """One neuron of the first hidden layer and one real digit, from weights to activation."""

    layer_weights: np.ndarray  # (neurons, rows, columns) of the first layer
    layer_products: np.ndarray  # (neurons, rows, columns): these weights times the pixels
    k: int  # the neuron, counted from 0: the easiest to follow
    sum: NeuronSum  # its numbers, as they are shown
    function: str  # its activation function
    scale: float  # weight or product of the strongest colour: the same colour, the same number
    source: str  # where the image is from, in words
    numbers: dict[str, Any]  # what fills the words
    row: ProductRow  # the images of pixels, weights and products
    middle: Heading  # above the weights
    ends: Group  # the headings above the pixels and the products
    key: WeightKey  # how to read the weights' colours
    bar: SumBar  # the products, poured into one bar
    bar_name: VGroup  # beside it
    sum_row: SumRow  # their sum
    sum_name: VGroup  # beside it
    frames: Any  # around the place of the line set by hand, in all images
    bias_row: Group  # the bias as a bar, its number and its name
    formula_row: ActivationRow  # from the sum to the neuron in one line
    function_name: VGroup  # beside it

    def construct(self) -> None:
        self.gather()
        self.one_neuron()
        self.set_by_hand()
        self.learned()
        self.multiply()
        self.add_up()
        self.bias_and_activation()
        self.one_of_many()

    def gather(self) -> None:
        """Every number the chapter shows."""
        network, trace, image = self.story.network, self.story.trace, self.story.image
        self.layer_weights = network.w[0].reshape(-1, *network.image_shape)
        self.layer_products = self.layer_weights * image
        self.function = network.activations[0]
        squishes = ACTIVATIONS["sigmoid"][0] if self.function == "sigmoid" else None
        layer = [
            NeuronSum(*totals(products), float(b), float(z), float(a), squishes)
            for products, b, z, a in zip(
                self.layer_products, network.b[0], trace.z[0], trace.a[1], strict=True
            )
        ]
        self.k = easiest_to_follow(layer)
        self.sum = layer[self.k]
        self.scale = robust_scale(self.layer_products[:, image > 0], 0.9)
        name = self.story.source
        self.source = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
        self.numbers = {
            "count": f"{network.sizes[0]:,}",
            "neuron": self.k + 1,
            "neurons": network.sizes[1],
            "activation": self.sum.text("activation"),
        }

    @property
    def weights(self) -> np.ndarray:
        """(rows, columns) of the neuron."""
        weights: np.ndarray = self.layer_weights[self.k]
        return weights

    @property
    def products(self) -> np.ndarray:
        """(rows, columns): the neuron's weights times the pixels."""
        products: np.ndarray = self.layer_products[self.k]
        return products

    # --- sections ---
    def one_neuron(self) -> None:
        with self.section("one-neuron", **self.numbers):
            question = stand(self.label(self.words("question"), size=HEADING, bold=True), 3.2)
            pixels = PixelImage(self.story.image, self.theme, 4.4).move_to((-4.2, 0, 0))
            source = self.label(self.source, "muted", CAPTION).next_to(pixels, DOWN, 0.2)
            fan = FanIn(pixels, self.weights, np.array([4.9, 0, 0]), self.theme)
            name = self.label(self.words("neuron", **self.numbers)).next_to(fan.neuron, DOWN, 0.3)
            self.play(FadeIn(pixels, source), FadeIn(question, shift=DOWN * 0.15))
            self.play(FadeIn(fan.neuron, scale=0.8), FadeIn(name), run_time=0.8)
            self.say()
            note = self.connect(fan)
            blank = WeightImage(fan.beads.values, self.theme, BIG, 1.0)
            blank.move_to(slot(MIDDLE_X, BIG))
            self.play(
                FadeOut(fan, name, source, note, question),
                Wave(fan.beads, blank, np.zeros(len(blank))),
                pixels.animate.scale(SIZE / 4.4).move_to(slot(LEFT_X)),
                run_time=1.3,
            )
            self.row = ProductRow(pixels, fan.beads, self.theme)

    def set_by_hand(self) -> None:
        sweep = Sweep(self.story.image)
        start, end = sweep.order[0], sweep.order[-1]
        places = places_that_add(totals(sweep.products[start]), totals(sweep.products[end]))
        with self.section("set-by-hand", best=shown(sweep.sums[end], places)):
            self.lay_out()
            self.each(self.row.paint(sweep.weights[start], 1.0, 1.6))
            self.wait(0.6)
            self.lay_over(sweep.products[start], 1.0, pace=0.75, speaks=True)
            self.pour(sweep.products[start], sweep.reach, places, 1.0)
            self.play(FadeIn(self.sum_row, self.sum_name), run_time=0.5)
            self.say()
            self.slide(sweep)
            self.say()
            self.play(Indicate(self.sum_row.number, 1.15, self.theme.attention), run_time=1.2)

    def learned(self) -> None:
        row = self.row
        with self.section("learned", **self.numbers):
            self.play(
                FadeOut(self.bar, self.bar_name, self.sum_row, self.sum_name, self.frames),
                FadeOut(row.signs, self.middle),
                row.clear(),
                run_time=0.7,
            )
            note = self.words("learned_note", **self.numbers)
            self.middle = Heading(
                MIDDLE_X, self.words("neuron", **self.numbers), [note], self.theme
            )
            self.play(
                row.weights.animate.scale(BIG / SIZE).move_to(slot(MIDDLE_X, BIG)),
                FadeIn(self.middle),
                run_time=1.0,
            )
            self.each(row.paint(self.weights, self.scale, 1.8))
            self.say()
            self.key = WeightKey(self.words("adds"), self.words("takes"), KEY_Y, self.theme)
            self.play(FadeIn(self.key), run_time=0.5)

    def multiply(self) -> None:
        at = readable_product(self.story.image, self.weights)
        factors = self.story.image[at], self.weights[at], self.products[at]
        texts = [shown(value, 2) for value in factors]
        example = dict(zip(("pixel", "weight", "product"), texts, strict=True))
        with self.section("multiply", **example):
            self.lay_over(self.products, self.scale, FadeOut(self.key))
            self.say()
            roles = ["text", *("positive" if v >= 0 else "negative" for v in factors[1:])]
            self.one_pixel(self.row.pixels.index(*at), texts, roles)

    def add_up(self) -> None:
        with self.section("add-up", sum=self.sum.text("total")):
            self.pour(self.products, self.sum.reach, self.sum.places, 3.6, below=1.0)
            self.say()
            cancel = Cancel(self.bar, self.sum_row)
            self.add(cancel)
            self.each(cancel.steps())
            self.add(self.sum_row.span)
            self.remove(cancel)
            self.play(FadeIn(self.sum_row.number, self.sum_name), run_time=0.6)

    def bias_and_activation(self) -> None:
        says, s = self.words(f"{self.function}_says", **self.numbers), self.sum
        with self.section("bias-and-activation", function=says, bias=s.text("bias"), z=s.text("z")):
            number = self.add_bias()
            of = self.words(f"{self.function}_of", x="{x}")
            self.function_name = self.name_at(FORMULA_Y + BODY / 2, self.function, "muted")
            left = float(self.function_name.get_right()[0]) + 0.4
            self.formula_row = row = ActivationRow(s, of, self.theme, left, 6.45)
            row.shift(UP * FORMULA_Y)
            self.play(
                TransformFromCopy(self.sum_row.number, row.sum, path_arc=-0.6),
                TransformFromCopy(number, row.bias),
                run_time=1.1,
            )
            self.play(FadeIn(row.is_z, row.z, shift=RIGHT * 0.15), run_time=0.7)
            self.say()
            self.activate()
            self.mark_poster()

    def one_of_many(self) -> None:
        a, places = self.story.trace.a[1], self.sum.answer_places
        with self.section("one-of-many", **self.numbers):
            wall = LayerWall(self.layer_weights, a, self.k, places, self.scale, self.theme, **WALL)
            self.hang_neuron(wall)
            self.say()
            images: Any = wall.images
            spread = Spread(self.row.pixels, wall.images, self.layer_products, run_time=2.8)
            self.play(spread, images.animate(run_time=2.8).set_opacity(0.2))
            others = [number for i, number in wall.numbers.items() if i != self.k]
            if a.max() > 1:
                full = self.label(self.words("full"), "muted", CAPTION)
                others.append(full.next_to(self.row.pixels, DOWN, 0.25, aligned_edge=LEFT))
            lit: list[Animation] = [LightUp(wall.neurons, a, 0.6)]
            if others:
                lit.append(LaggedStart(*map(FadeIn, others), lag_ratio=0.1))
            self.play(*lit, run_time=2.2)
            self.wait(1.2)

    # --- pieces of the picture ---
    def each(self, steps: Iterable[Sequence[Animation]]) -> None:
        """Play steps one after the other."""
        for step in steps:
            self.play(*step)

    def name_at(self, y: float, word: str, role: str = "text") -> VGroup:
        """The name of a bar, at the left; its letters are centred on the bar as its number is."""
        name: VGroup = self.label(self.words(word), role)
        return stand(name.shift(RIGHT * (NAMES_X - name.get_left()[0])), y - BODY / 2)

    def connect(self, fan: FanIn) -> Any:
        """Lines from all pixels to the neuron, then a weight on each; returns the words for it."""
        many, one_each = (
            self.label(self.words(word, **self.numbers), "muted", CAPTION).move_to((1.6, 2.2, 0))
            for word in ("lines", "beads")
        )
        edges: Any = fan.edges
        self.bring_to_back(edges)
        self.play(Create(edges, run_time=2.6, rate_func=linear), FadeIn(many))
        self.say()
        self.play(FadeIn(fan.beads), FadeOut(many), run_time=0.6)
        self.play(FadeIn(one_each), run_time=0.4)
        self.wait(1.0)
        return one_each

    def lay_out(self) -> None:
        """The headings; that of the products is drawn when they are."""
        words, roles = ("hand_line", "hand_around", "hand_rest"), ("positive", "negative", "muted")
        notes = [self.words(word) for word in words]
        self.middle = Heading(MIDDLE_X, self.words("by_hand"), notes, self.theme, roles)
        sides = (
            (LEFT_X, "pixels", self.source),
            (RIGHT_X, "products", self.words("products_note")),
        )
        self.ends = Group(
            *[Heading(x, self.words(title), [note], self.theme) for x, title, note in sides]
        )
        self.play(FadeIn(self.middle, self.ends[0]), run_time=0.7)

    def lay_over(
        self,
        products: np.ndarray,
        scale: float,
        *with_first: Animation,
        pace: float = 1.0,
        speaks: bool = False,
    ) -> None:
        """Pixels times weights, before the eyes; the third image has the result."""
        row = self.row
        steps = row.lay_over(products, scale, pace)
        self.play(*next(steps), *with_first)
        if speaks:
            self.say()
        self.play(*next(steps))
        new = [m for m in (row.result, self.ends[1], row.signs) if m not in self.mobjects]
        self.play(*next(steps), *map(FadeIn, new))
        next(steps, None)
        self.remove(row.flying)

    def pour(
        self,
        products: np.ndarray,
        reach: tuple[float, float],
        places: int,
        run_time: float,
        below: float = 0.5,
    ) -> None:
        """The third image pours into the bar.

        There is room for totals from the lower to the upper ``reach`` with ``places`` decimals.
        """
        low, high = (self.number(end, places=places, sign=True).width + GAP for end in reach)
        x, unit = zero_and_unit(*reach, BAR_LEFT + low, BAR_RIGHT - high)
        self.bar = SumBar(products, self.theme, (x, BAR_Y, 0), unit, places, below=below)
        self.sum_row = SumRow(float(products.sum()), self.theme, (x, SUM_Y, 0), unit, places)
        self.bar_name, self.sum_name = self.name_at(BAR_Y, "products"), self.name_at(SUM_Y, "sum")
        pour = Pour(self.bar, self.row.result, run_time=run_time)
        self.play(FadeIn(self.bar.axis, self.bar.up, self.bar.down, self.bar_name), run_time=0.5)
        self.play(pour)

    def slide(self, sweep: Sweep) -> None:
        """The hand-set line goes all over the image and ends at its best place; sums follow."""
        slide = Slide(sweep, self.row, self.bar, self.sum_row, self.theme)
        self.frames = slide.frames
        two = self.bar.up, self.bar.down  # on the way, rounded, they would not always add up
        self.play(FadeIn(self.frames), FadeOut(*two), run_time=0.4)
        self.play(slide, run_time=4.0)
        self.play(FadeIn(*two), run_time=0.4)

    def one_pixel(self, index: int, texts: Sequence[str], roles: Sequence[str]) -> None:
        """The same cell of all three images steps forward with its number, each in its role."""
        images = (self.row.pixels, self.row.weights, self.row.result)
        below = np.array([[x, CHIP_Y, 0] for x in (LEFT_X, MIDDLE_X, RIGHT_X)])
        close = CloseUp(images, index, texts, roles, "×=", below, self.theme)
        self.play(FadeIn(close.frames), run_time=0.5)
        self.play(close.forward())
        self.play(FadeIn(close.texts, shift=DOWN * 0.15), run_time=0.8)
        self.wait(1.5)
        self.play(FadeOut(close), run_time=0.6)

    def add_bias(self) -> Number:
        """The bias as a bar that starts where the sum ends; returns its number."""
        s, unit = self.sum, self.bar.unit
        origin = np.array([self.bar.origin[0], BIAS_Y, 0])
        step = Span(s.total, s.total, origin, unit, self.theme.bias)
        name = self.name_at(BIAS_Y, "bias", "bias")
        number = self.number(s.bias, "bias", BODY, places=s.places, sign=True, anchor=LEFT)
        number.next_to(origin + RIGHT * max(s.total, s.z, 0) * unit, RIGHT, GAP)
        self.add(step)
        self.play(step.animate.stretch_to(s.total, s.z), FadeIn(name, number))
        self.bias_row = Group(step, number, name)
        return number

    def activate(self) -> None:
        """The function takes z; its result fills the neuron."""
        row = self.formula_row
        self.play(FadeIn(row.around, self.function_name), run_time=0.8)
        self.play(FadeIn(row.equals, row.neuron), run_time=0.6)
        self.play(LightUp(row.neuron, np.array([self.sum.activation]), run_time=1.2))
        self.play(FadeIn(row.activation), run_time=0.5)

    def hang_neuron(self, wall: LayerWall) -> None:
        """The neuron takes its place in its layer; the others join it."""
        row, line, k = self.row, self.formula_row, self.k
        arithmetic = [self.bar, self.bar_name, self.sum_row, self.sum_name, self.bias_row]
        headings = [self.middle, self.ends, row.result, row.signs, self.function_name]
        around = [line.around, line.sum, line.bias, line.is_z, line.z, line.equals]
        self.play(FadeOut(*arithmetic, *headings, *around), run_time=0.6)
        heading = self.layer_heading()
        number = wall.numbers.get(k)  # a large layer has none
        arrives = [FadeIn(number)] if number else []
        self.play(
            row.pixels.animate.move_to((-6.3 + SIZE / 2, 0.4, 0)),
            row.weights.animate.scale(wall.size / SIZE).move_to(wall.places_of[k]),
            line.neuron.animate.match_height(wall.neuron(k)).move_to(wall.neuron(k)),
            FadeOut(line.activation, rate_func=lambda t: smooth(min(4 * t, 1))),
            FadeIn(heading),
            run_time=1.3,
        )
        frame = frames(wall.places_of[[k]], wall.size / 2 + 0.04, self.theme)
        self.bring_to_back(wall)
        self.play(FadeIn(wall), FadeIn(frame), *arrives, run_time=1.6)
        self.remove(row.weights, line.neuron)

    def layer_heading(self) -> VGroup:
        """What the wall shows, above the image."""
        heading = VGroup(
            self.label(self.words("layer", **self.numbers), bold=True),
            self.label(self.words("same"), "muted", CAPTION),
        )
        heading.arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        return heading.next_to((-6.3, 2.2, 0), UP + RIGHT, buff=0)
