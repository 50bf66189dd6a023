"""The weighted sum: what weights are for, first set by hand, then learned, and one number left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

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
    Succession,
    Transform,
    VGroup,
    Wait,
    linear,
)

from netglow.scenes.facts.weighted_sum import WeightedSumFacts
from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.images.frames import frames
from netglow.scenes.parts.motion.wave import Wave, reading_order
from netglow.scenes.parts.network.edges import Flow, LayerEdges
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.props.weighted_sum.close_up import CloseUp
from netglow.scenes.props.weighted_sum.number_line import NumberLine
from netglow.scenes.props.weighted_sum.product_row import (
    LEFT_X,
    MIDDLE_X,
    RIGHT_X,
    SIZE,
    TITLE_Y,
    TOP,
    ProductRow,
    slot,
)
from netglow.scenes.props.weighted_sum.stencil import Stencil
from netglow.scenes.props.weighted_sum.sum_bar import (
    GAP,
    Cancel,
    Pour,
    SumBar,
    SumRow,
    zero_and_unit,
)
from netglow.scenes.props.weighted_sum.verdict import Verdict
from netglow.scenes.props.weighted_sum.weight_key import WeightKey
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION
from netglow.scenes.stage.theme import robust_scale

LARGE, LARGE_AT = 6.15, np.array([-3.45, -0.4, 0])
PATCH, PATCH_AT = 4.41, np.array([-3.1, 0.1, 0])  # as WhyLayers left it
ONE, ONE_AT = 2.2, np.array([3.1, 0.1, 0])  # the neuron, as it left that
NEAR, NEAR_AT = 1.5, np.array([4.3, -0.4, 0])  # the neuron that listens to a whole image
LOW, LOW_AT = 0.62, np.array([3.2, -2.2, 0])  # the neuron below what it says
ZERO_X, FIRST_Y, SECOND_Y = 3.4, 1.95, -0.15  # of the verdicts
BAR_Y, SUM_Y, CHIP_Y, NAMES_Y = -1.62, -2.25, -1.5, -1.05  # below the three images
BAR_LEFT, BAR_RIGHT = -6.4, 6.4
ALONE = 1.75  # upper side of the three images while nothing stands below them
HEARD, UNHEARD = 0.14, 0.004  # light of threads with a weight, and of those whose weight is 0


class WeightedSum(NetglowScene):
    """A stroke, a blob, and negative weights between them; then a real neuron and its sum."""

    tells = WeightedSumFacts
    facts: WeightedSumFacts
    headline: Headline  # whose weights these are
    image: Stencil  # the large image, under its weights
    neuron: Neurons
    edges: LayerEdges  # from the large image to the neuron
    region: Any  # the frame around the line
    stroke: Verdict
    blob: Verdict
    key: WeightKey  # how to read the weights' colours
    weights: WeightImage  # that were learned
    row: ProductRow
    titles: VGroup  # above the three images
    bar: SumBar
    sum_row: SumRow
    poured: Group  # the names of its two sides
    sum_name: Any
    line: NumberLine

    def construct(self) -> None:
        self.headline = Headline(self.theme, 2.98, LARGE_AT[0] - LARGE / 2)
        self.one_neuron()
        self.one_region()
        self.the_blob()
        self.against()
        self.wishes()
        self.learned()
        self.multiply()
        self.the_sum()
        self.one_number()

    # --- a region, added up ---
    def one_neuron(self) -> None:
        facts, theme = self.facts, self.theme
        none = np.zeros_like(facts.line)
        self.image = Stencil(facts.stroke_image, none, theme, LARGE).move_to(LARGE_AT)
        patch, small = self.patch()
        self.neuron = Neurons(np.zeros(1), ONE_AT[None], theme, ONE).set_arrays(stroke_width=4.0)
        near = Neurons(np.zeros(1), NEAR_AT[None], theme, NEAR).set_arrays(stroke_width=4.0)
        every = self.fan(none, near).set_arrays(rgb=theme.light_of(theme.muted), light=0.02)
        self.region = frames(*self.around(facts.line), theme)
        self.add(self.neuron, patch)
        with self.section("one-neuron"):
            self.play(
                Transform(patch, small, run_time=1.4),
                Transform(self.neuron, near, run_time=1.4),
                Succession(Wait(0.7), FadeIn(self.image, run_time=0.9)),
            )
            self.remove(patch)
            self.bring_to_back(every)
            self.play(Create(cast(Any, every), run_time=2.6, rate_func=linear))
            self.say()
            self.play(FadeIn(self.region, scale=1.6), run_time=0.9)
            self.play(Indicate(self.region, 1.12, theme.attention), run_time=1.1)
        self.edges = every

    def patch(self) -> tuple[PixelImage, PixelImage]:
        """The block around the line: as the chapter before left it, and in its place."""
        rows, columns = self.facts.patch_rows, self.facts.patch_columns
        block = self.facts.stroke_image[np.ix_(rows, columns)]
        cells = [self.image.index(i, k) for i in rows for k in columns]
        small = PixelImage(block, self.theme, self.image.pitch * len(rows))
        small.move_to(self.image.centres()[cells].mean(axis=0))
        return PixelImage(block, self.theme, PATCH).move_to(PATCH_AT), small

    def fan(self, weights: np.ndarray, neuron: Neurons) -> LayerEdges:
        """A line for every weight (rows, columns), from the large image's side to a neuron."""
        cells, end = self.image.centres(), neuron.centres()
        share = (self.image.get_right()[0] - cells[:, 0]) / (end[0, 0] - cells[:, 0])
        border = cells + share[:, None] * (end - cells)
        return LayerEdges(weights.reshape(1, -1), border, end, self.theme)

    def around(self, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Centre (1, 3) and half size (1, 2) of the box around the cells that are not 0."""
        sides = self.image.sides()[np.flatnonzero(mask)]
        low, high = sides.min(axis=(0, 1)), sides.max(axis=(0, 1))
        return (low + high)[None] / 2, (high - low)[None, :2] / 2 + 0.04

    def one_region(self) -> None:
        facts, theme = self.facts, self.theme
        inside = self.fan(facts.line, self.neuron)
        low = Neurons(np.zeros(1), LOW_AT[None], theme, LOW).set_arrays(stroke_width=3.0)
        thin = self.fan(facts.line, low)
        self.stroke = stroke = self.verdict(facts.stroke_image, facts.line, FIRST_Y)
        with self.section("one-region"):
            self.play(FadeOut(self.edges, run_time=0.8))
            self.bring_to_back(inside)
            self.play(Create(cast(Any, inside)), run_time=1.4)
            self.play(Transform(self.image, self.image.under(facts.line)), run_time=1.4)
            self.play(Flow(inside, self.products_of(inside), run_time=1.6))
            self.say()
            self.play(
                self.headline.write(self.words("by_hand")),
                Transform(self.neuron, low),
                Transform(inside, thin),
                Succession(Wait(0.5), FadeIn(stroke.picture, stroke.bar.axis)),
                run_time=1.3,
            )
            self.add(stroke.bar)
            self.play(stroke.pour(self.image, run_time=2.2))
            self.play(FadeIn(stroke.total.number, stroke.called, shift=DOWN * 0.2), run_time=0.7)
        self.edges = inside

    def verdict(self, image: np.ndarray, weights: np.ndarray, y: float) -> Verdict:
        zero = np.array([ZERO_X, y, 0])
        return Verdict(image, weights * image, zero, self.words("sum"), self.theme)

    def products_of(self, edges: LayerEdges) -> np.ndarray:
        """(1, pixels): what flows along the edges from the large image as it is."""
        return np.asarray(edges.weights * self.image.values.reshape(1, -1))

    def the_blob(self) -> None:
        facts = self.facts
        self.blob = blob = self.verdict(facts.blob_image, facts.line, SECOND_Y)
        with self.section("the-blob"):
            self.play(Indicate(self.stroke.total.number, 1.2, self.theme.attention), run_time=1.4)
            self.say()
            whole = self.image.of(facts.blob_image).under(np.zeros_like(facts.line))
            self.play(Transform(self.image, whole), run_time=0.9)
            self.play(
                Transform(self.image, self.image.under(facts.line)),
                FadeIn(blob.picture, blob.bar.axis),
                run_time=0.9,
            )
            self.add(blob.bar)
            self.play(
                blob.pour(self.image, run_time=2.0),
                Flow(self.edges, self.products_of(self.edges), run_time=1.6),
            )
            self.play(FadeIn(blob.total.number, blob.called, shift=DOWN * 0.2), run_time=0.5)
            self.play(Indicate(blob.total.number, 1.2, self.theme.attention), run_time=0.9)

    # --- negative weights ---
    def against(self) -> None:
        facts, theme = self.facts, self.theme
        both = self.fan(facts.detector, self.neuron)
        sides = frames(*self.around(facts.detector), theme)
        with self.section("against"):
            self.play(Transform(self.image, self.image.of(facts.stroke_image)), run_time=1.0)
            self.play(Transform(self.region, sides), run_time=1.2)
            self.say()
            self.bring_to_back(both)
            self.play(
                Transform(self.image, self.image.under(facts.detector)),
                FadeIn(both),
                FadeOut(self.edges),
                run_time=1.4,
            )
            self.edges = both
            self.play(Transform(self.image, self.image.of(facts.blob_image)), run_time=0.7)
            self.counts_against(self.blob, facts.blob_image)
            self.say()
            self.play(Transform(self.image, self.image.of(facts.stroke_image)), run_time=0.7)
            self.counts_against(self.stroke, facts.stroke_image)
            self.mark_poster()

    def counts_against(self, verdict: Verdict, image: np.ndarray) -> None:
        """The negative products pour in, and take their part of the sum away."""
        products = self.facts.detector * image
        self.play(verdict.pour_against(products, self.image, run_time=1.4))
        steps = verdict.cancel()
        first = next(steps)
        self.add(verdict.minus)
        self.each([first, *steps])
        self.remove(verdict.minus)

    def wishes(self) -> None:
        facts, theme = self.facts, self.theme
        bare = WeightImage(facts.detector, theme, LARGE, 1.0).move_to(LARGE_AT)
        near = Neurons(np.zeros(1), NEAR_AT[None], theme, NEAR).set_arrays(stroke_width=4.0)
        every = self.fan(facts.detector, near)
        none = facts.detector.ravel() == 0
        every.set_arrays(
            rgb=np.where(none[:, None], theme.light_of(theme.muted), every.rgb),
            light=np.where(none, UNHEARD, HEARD),
        )
        self.key = WeightKey(self.words("for"), self.words("against"), NEAR_AT[0], theme)
        with self.section("wishes"):
            self.play(FadeOut(self.stroke, self.blob, self.region, self.edges), run_time=0.7)
            self.play(
                ReplacementTransform(self.image, bare), Transform(self.neuron, near), run_time=1.3
            )
            self.play(FadeIn(self.key), run_time=0.6)
            self.say()
            self.bring_to_back(every)
            self.play(Create(cast(Any, every), run_time=2.8, rate_func=linear))
        self.weights, self.edges = bare, every

    # --- learned weights ---
    def learned(self) -> None:
        facts, weights = self.facts, self.weights
        scale = robust_scale(facts.weights, 0.85)
        target = weights.copy()
        target.value_scale = scale
        target.set_values(facts.weights)
        fan = self.fan(facts.weights, self.neuron)
        with self.section("learned"):
            line = cast(Any, self.headline.line)
            self.play(Indicate(line, 1.1, self.theme.attention), run_time=1.0)
            self.say()
            self.bring_to_back(fan)
            self.play(
                Wave(weights, target, reading_order(*facts.weights.shape), run_time=4.2),
                self.headline.write(self.words("learned")),
                FadeIn(fan, run_time=3.0),
                FadeOut(self.edges, run_time=1.5),
            )
            self.remove(weights)
            self.weights = target
            self.add(target)
            self.say()
            self.play(Flow(fan, fan.weights, reading_order(*facts.weights.shape), run_time=3.0))
        self.edges = fan

    def multiply(self) -> None:
        facts, theme = self.facts, self.theme
        pixels = PixelImage(facts.image, theme, SIZE).move_to(slot(LEFT_X, ALONE))
        self.row = row = ProductRow(pixels, self.weights, theme, ALONE)
        names = zip(("pixels", "weights", "products"), (LEFT_X, MIDDLE_X, RIGHT_X), strict=True)
        self.titles = VGroup(
            *[
                stand(self.label(self.words(name)).set_x(x), TITLE_Y - TOP + ALONE)
                for name, x in names
            ]
        )
        with self.section("multiply" if facts.digit is not None else "multiply-own"):
            self.play(
                FadeOut(
                    self.neuron, self.edges, self.key, cast(Any, self.headline.line), run_time=0.6
                ),
                self.weights.animate(run_time=1.2)
                .scale(SIZE / LARGE)
                .move_to(slot(MIDDLE_X, ALONE)),
                Succession(Wait(0.6), FadeIn(pixels, *self.titles[:2], run_time=0.8)),
            )
            steps = row.lay_over(facts.products, self.weights.value_scale)
            self.play(*next(steps))
            self.play(*next(steps))
            self.play(*next(steps), FadeIn(row.result, row.signs, self.titles[2]))
            next(steps, None)
            self.remove(row.flying)
            self.say()
            up = Group(row.pixels, row.weights, row.result, row.signs, self.titles)
            self.play(up.animate.shift(UP * (TOP - ALONE)), run_time=0.8)
            self.one_pixel()

    def one_pixel(self) -> None:
        """The same cell of all three images steps forward with its number, each in its role."""
        facts, row = self.facts, self.row
        texts = [self.words(word) for word in ("pixel", "weight", "product")]
        roles = ["text", *("positive" if v >= 0 else "negative" for v in (facts.weight,) * 2)]
        below = np.array([[x, CHIP_Y, 0] for x in (LEFT_X, MIDDLE_X, RIGHT_X)])
        images = (row.pixels, row.weights, row.result)
        index = row.pixels.index(*facts.example)
        close = CloseUp(images, index, texts, roles, "×=", below, self.theme)
        self.play(FadeIn(close.frames), run_time=0.5)
        self.play(close.forward())
        self.play(FadeIn(close.texts, shift=DOWN * 0.15), run_time=0.8)
        self.wait(1.5)
        self.play(FadeOut(close), run_time=0.6)

    # --- the sum ---
    def the_sum(self) -> None:
        facts, own = self.facts, self.facts.digit is None
        self.lay_bar()
        bar, row = self.bar, self.sum_row
        with self.section("the-sum-zero" if not facts.rounded else f"the-sum{'-own' * own}"):
            self.play(FadeIn(bar.axis, *self.poured), run_time=0.6)
            self.play(Pour(bar, self.row.result, run_time=4.2))
            self.say()
            cancel = Cancel(bar, row)
            self.add(cancel)
            self.each(cancel.steps())
            self.add(row.span)
            self.remove(cancel)
            self.play(FadeIn(row.number, self.sum_name), run_time=0.6)
            self.play(Indicate(row.number, 1.2, self.theme.attention), run_time=1.2)

    def lay_bar(self) -> None:
        """The bar and the sum below the images, with what stands around them."""
        facts, theme = self.facts, self.theme
        ends = (min(facts.down, 0.0), max(facts.up, 0.0))
        low, high = (self.number(v, places=facts.places, sign=True).width + GAP for v in ends)
        x, unit = zero_and_unit(*ends, BAR_LEFT + low, BAR_RIGHT - high)
        self.bar = SumBar(facts.products, theme, (x, BAR_Y, 0), unit, facts.places, 0.72)
        self.sum_row = SumRow(facts.total, theme, (x, SUM_Y, 0), unit, facts.places)
        name = self.label(self.words("sum")).next_to(self.sum_row.number, RIGHT, GAP)
        if name.get_right()[0] > BAR_RIGHT:
            name.next_to((x, SUM_Y, 0), LEFT, GAP)
        self.sum_name = stand(name, SUM_Y - BODY / 2)
        sides = (("speaks_for", "positive", RIGHT), ("speaks_against", "negative", LEFT))
        self.poured = Group()
        for word, role, side in sides:
            text = self.label(self.words(word), role, CAPTION)
            self.poured.add(stand(text.next_to((x, NAMES_Y, 0), side, 0.25), NAMES_Y - CAPTION))

    def one_number(self) -> None:
        facts, row = self.facts, self.row
        self.line = line = NumberLine(facts.total, facts.all_sums, facts.places, self.theme)
        note = stand(self.label(self.words("everywhere"), "muted", BODY), TITLE_Y)
        note.shift(RIGHT * (BAR_LEFT - note.get_left()[0]))
        rest = (row.pixels, row.weights, row.result, row.signs, self.titles, self.bar)
        with self.section("one-number"):
            self.play(
                FadeOut(*rest, self.poured, self.sum_name, self.sum_row.span, run_time=0.7),
                ReplacementTransform(self.sum_row.number, line.number, run_time=1.0),
            )
            self.play(Create(line.axis.line), Create(line.pole), run_time=0.8)
            self.play(FadeIn(line.axis.ticks, line.axis.numbers, line.mark), run_time=0.5)
            self.say()
            self.add(line.pile)
            self.play(line.rain(run_time=3.6), FadeIn(note, run_time=0.6))
            self.say()
            self.play(FadeOut(line.pile, note), run_time=1.2)
            self.play(Indicate(line.number, 1.25, self.theme.attention), run_time=1.4)

    def each(self, steps: Iterable[Sequence[Any]]) -> None:
        """Play steps one after the other."""
        for step in steps:
            self.play(*step)
