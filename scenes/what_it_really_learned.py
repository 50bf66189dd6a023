"""The hope meets the facts: the real weights, the mistakes, noise, and digits out of place."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Arrow,
    Circle,
    Create,
    FadeIn,
    FadeOut,
    Group,
    GrowArrow,
    Indicate,
    LaggedStart,
    Line,
    Mobject,
    Transform,
    VGroup,
)

from netglow.scenes.facts.what_it_really_learned import WhatItReallyLearnedFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.parts.images.thumbnails import Grow, Thumbnails
from netglow.scenes.parts.images.value_chips import ValueChips
from netglow.scenes.parts.images.weight_wall import WeightWall, hang, in_rows
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.network_pass import raise_bars
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.code import Listing, dare_page
from netglow.scenes.props.what_it_really_learned.dot_field import DotField
from netglow.scenes.props.what_it_really_learned.filled_page import FilledPage
from netglow.scenes.props.what_it_really_learned.hoped_edge import HopedEdge
from netglow.scenes.props.what_it_really_learned.ideas import MoreExamples, OneMoreOutput, Window
from netglow.scenes.props.what_it_really_learned.mistakes import Mistakes
from netglow.scenes.props.what_it_really_learned.moved_digit import MovedDigit
from netglow.scenes.props.what_it_really_learned.panel import Panel
from netglow.scenes.props.what_it_really_learned.share_columns import ShareColumns
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING
from netglow.scenes.stage.theme import robust_scale

TOP_Y = 3.45
NETWORK = {"height": 6.4, "image_size": 3.9, "left": -6.5, "right": 4.7, "y": -0.05}
WALL, WALL_Y = (13.2, 6.5), -0.35
LARGE, LARGE_X, LARGE_Y = 5.2, 3.4, 0.35
DARED, DARED_AT, CHIPS_AT = 4.1, np.array([-4.5, 0.3, 0]), np.array([-1.65, 0.3, 0])
IDEA, IDEA_X, IDEA_Y = 4.1, 4.42, 0.95


class WhatItReallyLearned(NetglowScene):
    """What the first layer became, where the network fails, and what could be tried next."""

    tells = WhatItReallyLearnedFacts
    facts: WhatItReallyLearnedFacts
    wall: WeightWall  # all neurons of the first layer
    two: list[HopedEdge]  # two of them, large
    named: Group  # what is written about the two, and around their edges
    digits: Thumbnails  # all test images
    panel: Panel  # an image that the network is asked about, and its answer
    pixels: PixelImage  # the image that goes on to the next picture
    leaving: Group  # what leaves when the next section begins
    listing: Listing  # the page of the dare

    def construct(self) -> None:
        self.one_promise()
        self.two_of_them()
        self.verdict()
        self.it_reads()
        if self.facts.wrong:
            self.the_mistakes()
        self.no_idea()
        self.pushed()
        self.does_it_understand()
        self.which_first()

    # --- the first layer ---
    def one_promise(self) -> None:
        facts, story = self.facts, self.story
        diagram = NetworkDiagram(story.network, self.theme, **NETWORK)
        diagram.pixels.set_values(facts.image)
        first = diagram.neurons[0]
        others = [m for m in diagram.submobjects if m is not diagram.edges[0]]
        scale = robust_scale(facts.weights, 0.97)
        radius = float(first.halves()[0, 0])
        self.wall = WeightWall(facts.edges, self.theme, first.centres(), 2 * radius, scale)
        self.add(diagram)
        with self.section("one-promise"):
            threads: Any = diagram.edges[0]
            self.play(
                threads.animate.set_arrays(begin=1.2, tail=1.2), FadeIn(self.wall), run_time=1.2
            )
            self.remove(threads)
            delays = self.hang_up(others)
            self.say()
            found = self.wall.copy().set_values(facts.weights)
            self.play(Wave(self.wall, found, delays, run_time=2.6))
            self.wall.set_values(facts.weights)

    def hang_up(self, others: list[Mobject]) -> np.ndarray:
        """The edges that were hoped for leave their neurons, and hang over the whole frame.

        Returns when each cell of theirs leaves, one neuron after the other.
        """
        facts, theme = self.facts, self.theme
        spots, size = hang(facts.n, *WALL, wide=1.08, high=1.16)
        self.spots = in_rows(spots) + WALL_Y * UP
        hung = WeightWall(facts.edges, theme, self.spots, size, self.wall.value_scale)
        delays: np.ndarray = np.repeat(np.linspace(0, 0.5, facts.n), facts.weights[0].size)
        self.play(
            FadeOut(Group(*others), run_time=0.9), Wave(self.wall, hung, delays, run_time=2.6)
        )
        self.wall.size = size
        return delays

    def two_of_them(self) -> None:
        facts, wall = self.facts, self.wall
        self.two, places = [], (facts.closest, facts.typical)
        for neuron, x in zip(places, (-LARGE_X, LARGE_X), strict=True):
            self.two.append(
                HopedEdge(
                    facts.weights[neuron],
                    facts.edges[neuron],
                    facts.edge_boxes[neuron],
                    self.theme,
                    LARGE,
                    wall.value_scale,
                    np.array([x, LARGE_Y, 0]),
                )
            )
        large = [image.copy() for image in self.two]
        for image, neuron in zip(self.two, places, strict=True):
            image.scale(wall.size / LARGE).move_to(self.spots[neuron])
        names = [
            stand(self.label(self.words(word), "text", BODY, bold=True).set_x(image.get_x()), 3.3)
            for word, image in zip(("closest", "typical"), large, strict=True)
        ]
        frames = VGroup(*[image.frame for image in self.two])
        with self.section("two-of-them"):
            self.add(*self.two)
            self.play(FadeOut(wall), run_time=0.8)
            self.play(*map(Transform, self.two, large), FadeIn(*names), run_time=1.4)
            self.say()
            self.play(FadeIn(frames), run_time=0.6)
            self.play(*[image.hope() for image in self.two], run_time=1.3)
            self.say()
            self.play(*[image.truth() for image in self.two], FadeOut(frames), run_time=1.3)
            self.play(FadeIn(frames), run_time=0.6)
        self.named = Group(*names, frames)

    def verdict(self) -> None:
        facts = self.facts
        ending = f"-{facts.verdict}" if facts.verdict else ""
        with self.section(f"verdict{ending}"):
            self.mark_poster()
            for image in self.two:
                self.play(image.hope(), run_time=0.6)
                self.play(image.truth(), run_time=0.6)
            self.say()
            self.all_of_them()
            self.say()
            rest = self.wall.copy().set_values(facts.weights - facts.edges)
            delays = np.repeat(np.linspace(0, 0.5, facts.n), facts.weights[0].size)
            self.play(Wave(self.wall, rest, delays, run_time=2.6))
            self.wall.set_values(facts.weights - facts.edges)

    def all_of_them(self) -> None:
        """The two go back to the others; below each, how much of it one edge is."""
        facts, wall = self.facts, self.wall
        small, back = ([image.copy() for image in self.two] for _ in range(2))
        for image, neuron in zip(small, (facts.closest, facts.typical), strict=True):
            image.scale(wall.size / LARGE).move_to(self.spots[neuron])
        self.remove(*self.two)
        self.add(*back)
        head = stand(self.label(self.words("shares"), "text", BODY, bold=True), 3.3)
        self.play(FadeOut(self.named, run_time=0.5), *map(Transform, back, small), run_time=1.2)
        self.play(FadeIn(wall), FadeIn(head), run_time=0.8)
        self.remove(*back)
        below = self.spots + wall.size * (LEFT / 2 + 0.57 * DOWN)
        bars = Bars(0 * facts.edge_shares, below, self.theme, wall.size, 0.06 * wall.size)
        bars.crown(facts.closest, "attention")
        middles, up = below + wall.size / 2 * RIGHT, 0.05 * wall.size * UP
        halves = VGroup(*[Line(at - up, at + up, stroke_width=2) for at in middles])
        halves.set_color(self.theme.attention)
        self.play(FadeIn(bars, halves), run_time=0.4)
        self.play(raise_bars(bars, facts.edge_shares, 1.6))
        self.leaving = Group(wall, bars, halves, head)

    # --- the mistakes ---
    def it_reads(self) -> None:
        facts = self.facts
        spots, size = hang(facts.count, 13.0, 7.3, wide=1.04, high=1.04)
        self.digits = Thumbnails(facts.small_images, in_rows(spots), 0.96 * size, self.theme)
        still = "" if facts.reads_well and facts.verdict != "edges" else "-plain"
        still = still if facts.wrong else "-all"
        delays = np.linspace(0, 0.75, facts.count)
        with self.section(f"it-reads{still}"):
            self.play(FadeOut(self.leaving, run_time=0.6), Grow(self.digits, delays, run_time=2.8))
            if facts.wrong:
                dim = self.digits.copy().set_alpha(np.where(facts.is_right, 0.3, 1.0))
                self.play(Wave(self.digits, dim, delays[self.digits.owner]), run_time=1.8)
        self.leaving = Group(self.digits)

    def the_mistakes(self) -> None:
        facts = self.facts
        ending = "-one" if facts.wrong == 1 else "" if facts.wrong == facts.shown else "-some"
        names = self.story.network.class_names
        self.wrong = wrong = Mistakes(
            facts.images[facts.mistakes],
            [names[k] for k in facts.truths],
            [names[k] for k in facts.answers],
            self.theme,
            (13.2, 5.8),
            np.array([0, -0.05, 0]),
        )
        whole = wrong.thumbs.copy()
        wrong.thumbs.hang(self.digits.spots[facts.mistakes], self.digits.sizes[facts.mistakes])
        order = np.linspace(0, 0.5, facts.shown)[wrong.thumbs.owner]
        legend = self.legend()
        with self.section(f"mistakes{ending}"):
            self.add(wrong.thumbs)
            self.play(FadeOut(self.digits), run_time=0.7)
            self.play(Wave(wrong.thumbs, whole, order), run_time=2.0)
            self.wait(3.0)
            self.play(FadeIn(legend[0], wrong.truths), run_time=0.5)
            self.play(FadeIn(legend[1], wrong.said), run_time=0.5)
            self.wait(0.8)
            self.say()
            self.leaving = Group(wrong.thumbs, wrong.labels, legend)
            self.the_surest()

    def legend(self) -> VGroup:
        """Which colour is which, above the mistakes."""
        legend = VGroup(
            self.label(self.words("is"), "correct", BODY, bold=True),
            self.label(self.words("says"), "wrong", BODY, bold=True),
        ).arrange(RIGHT, buff=1.0)
        for text in legend:
            stand(text, TOP_Y - BODY / 2)
        return legend

    def the_surest(self) -> None:
        """The first of the mistakes comes forward, with all that was answered to it."""
        facts = self.facts
        image = facts.images[facts.mistakes[0]]
        small = PixelImage(image, self.theme, self.wrong.size).move_to(self.wrong.spots[0])
        self.panel = panel = self.new_panel(image, self.words("surest"), "correct")
        self.add(small)
        self.play(FadeOut(self.leaving, run_time=0.8), Transform(small, panel.pixels), run_time=1.2)
        self.remove(small)
        self.add(panel.pixels)
        self.play(FadeIn(panel.answer, panel.note), run_time=0.4)
        outputs = cast(np.ndarray, facts.surest_outputs)
        self.play(panel.give(outputs, facts.surest_truth), run_time=1.2)

    # --- noise ---
    def no_idea(self) -> None:
        facts = self.facts
        ending = ("-unsure", "-one", "")[min(facts.noise_above, 2)]
        ending = "-often" if facts.noise_one_in == 1 else ending
        with self.section(f"no-idea{ending}"):
            if not facts.wrong:
                self.open_panel(facts.noise_from, facts.noise_before, facts.noise_digit)
            panel = self.panel
            self.play(FadeIn(panel.answer.missing, shift=UP * 0.15), run_time=0.8)
            self.wait(1.6)
            self.play(FadeOut(panel.answer.missing), run_time=0.6)
            self.say()
            self.play(
                panel.pixels.animate.set_values(facts.noise_from),
                panel.write(self.words("digit"), "correct"),
                panel.give(facts.noise_before, facts.noise_digit),
                run_time=1.0,
            )
            self.shuffle()
            self.say()
            self.play(panel.answer.change(facts.noise_outputs, "wrong"), run_time=1.4)
            self.say()
            self.thousands()

    def shuffle(self) -> None:
        """The digit's own pixels fly to the places they have in the noise."""
        facts, pixels = self.facts, self.panel.pixels
        ink, goes_to = LooseInk(pixels), np.argsort(facts.noise_order)
        target = ink.on(pixels, goes_to[ink.places])
        pixels.set_values(np.zeros_like(pixels.values))
        self.add(ink)
        self.play(
            Wave(ink, target, np.linspace(0, 0.5, len(ink))),
            self.panel.write(self.words("shuffled"), "muted"),
            run_time=2.4,
        )
        self.remove(ink)
        pixels.set_values(facts.noise)

    def thousands(self) -> None:
        """All that were tried, a dot each; this one is among them."""
        facts, theme = self.facts, self.theme
        field = DotField(facts.noise_largest, theme, np.array([0, 0.72, 0]), 12.9, 5.7, facts.limit)
        dots, spot = field.unlit(), field.centres()[facts.noise_place]
        ring = cased(Circle(0.24).move_to(spot), theme, 4)
        lines = VGroup(
            self.label(self.words("above"), "attention", 0.3, bold=True),
            self.label(self.words("dots"), "muted", BODY),
        ).arrange(RIGHT, buff=0.6)
        for line in lines:
            stand(line, -2.85)
        panel = self.panel
        self.add(dots, panel.pixels)
        self.play(
            FadeOut(panel.answer, panel.note, run_time=0.7),
            Transform(panel.pixels, PixelImage(facts.noise, theme, 0.16).move_to(spot)),
            Wave(dots, field, field.delays(), run_time=2.8),
            run_time=1.4,
        )
        self.remove(panel.pixels)
        self.play(Create(ring), FadeIn(lines, shift=UP * 0.1), run_time=0.8)
        self.wait(1.0)
        self.leaving = Group(dots, ring, lines)

    # --- out of place ---
    def pushed(self) -> None:
        facts = self.facts
        ending = "-holds"
        if facts.changes:
            known = "" if facts.learned_moved >= 1 else "-unknown"
            ending = "-at-once" if facts.pushed == 1 else known
        with self.section(f"pushed{ending}"):
            self.open_panel(facts.image, facts.pushed_outputs[0], facts.label)
            digit = MovedDigit(self.panel.pixels, facts.way)
            self.add(digit.ink)
            self.play(digit.leave_shadow(), run_time=0.5)
            for k in range(1, facts.pushed + 1):
                if k == 1 or (k == 2 and facts.changes):
                    self.say()
                self.one_pixel_on(digit, k)
            self.say()
            self.all_pushed(digit)

    def one_pixel_on(self, digit: MovedDigit, k: int) -> None:
        panel, outputs = self.panel, self.facts.pushed_outputs[k]
        self.play(
            digit.on(),
            panel.give(outputs, self.facts.label),
            panel.write(self.how_far(k), "text"),
            run_time=1.0,
        )
        self.wait(0.3)

    def how_far(self, k: int) -> str:
        if k == 0:
            return self.words("in_place")
        return self.words("one_pixel") if k == 1 else self.words("pixels", k=k)

    def all_pushed(self, digit: MovedDigit) -> None:
        """How many of all digits are read when they are moved by 0, 1, … pixels."""
        facts = self.facts
        chart = ShareColumns(
            facts.shares,
            facts.moved_images,
            [self.how_far(k) for k in range(facts.far + 1)],
            [self.words("share", share=float(share)) for share in facts.shares],
            self.theme,
        )
        head = stand(self.label(self.words("columns"), "text", HEADING, bold=True), 3.26)
        under = stand(self.label(self.words("directions"), "muted", CAPTION), 2.86)
        panel, mine = self.panel, chart.pictures[facts.pushed]
        self.play(
            panel.pixels.animate.set_values(facts.moved_images[facts.pushed]),
            FadeOut(panel.answer, panel.note),
            run_time=0.6,
        )
        self.remove(digit.ink)
        others = [m for m in chart.submobjects if m is not mine]
        self.play(Transform(panel.pixels, mine), FadeIn(*others, head, under), run_time=0.9)
        self.remove(panel.pixels)
        self.add(mine)
        self.play(chart.rise(run_time=2.2))
        self.play(LaggedStart(*map(FadeIn, chart.percents), lag_ratio=0.2), run_time=1.0)
        self.pixels = chart.pictures[0]
        rest = [m for m in chart.submobjects if m is not self.pixels]
        self.leaving = Group(*rest, chart.percents, head, under)

    # --- the page ---
    def does_it_understand(self) -> None:
        facts, theme = self.facts, self.theme
        big = PixelImage(facts.image, theme, DARED).move_to(DARED_AT)
        chips = ValueChips(big, facts.chip_row, facts.chip_columns, CHIPS_AT)
        self.listing = Listing(dare_page(4), theme, np.array([1.2, 2.3, 0]), 0.35, 0.9)
        middle = self.listing.panel.get_center()
        self.listing.shift(UP * (DARED_AT[1] - middle[1]))
        left = self.listing.panel.get_left()
        arrow = Arrow(
            [CHIPS_AT[0] + 0.7, DARED_AT[1], 0],
            left,
            buff=0.12,
            stroke_width=4,
            color=theme.muted,
            max_tip_length_to_length_ratio=0.3,
        )
        name = stand(self.label(self.words("numbers"), "muted", BODY).set_x(CHIPS_AT[0]), -2.45)
        with self.section("does-it-understand"):
            self.play(
                FadeOut(self.leaving, run_time=0.7), Transform(self.pixels, big), run_time=1.4
            )
            self.play(FadeIn(self.listing, shift=RIGHT * 0.2), run_time=0.9)
            self.play(self.listing.blink(theme, 2))
            self.say()
            self.play(FadeIn(chips.frame), run_time=0.3)
            self.add(chips.cells)
            self.play(chips.leave(), run_time=1.2)
            self.play(FadeIn(Group(chips.numbers, chips.dots, name)), run_time=0.5)
            self.play(GrowArrow(arrow), run_time=0.6)
            stream = chips.enter(left + 0.3 * RIGHT, run_time=1.4)
            self.add(stream.mobject, chips.numbers)
            self.play(stream)
            self.remove(cast(Any, stream.mobject))
            self.say()
            self.leaving = Group(chips, arrow, name, self.listing)
            self.fill_the_page()

    def fill_the_page(self) -> None:
        """All numbers of the network pour into the lines that were empty."""
        panel, lines = self.listing.panel, self.listing.lines
        top, bottom = lines[0].get_bottom()[1] - 0.2, lines[-1].get_top()[1] + 0.2
        page = FilledPage(
            self.facts.numbers,
            self.theme,
            (panel.width - 0.5, top - bottom),
            np.array([panel.get_x(), (top + bottom) / 2, 0]),
        )
        pour = page.pour(panel.get_left(), run_time=4.2)
        name = stand(self.label(self.words("parameters"), "text", BODY, bold=True), -2.85)
        self.add(page)
        self.play(pour, FadeIn(name.set_x(panel.get_x())))
        self.leaving.add(page, name)

    def which_first(self) -> None:
        facts, theme = self.facts, self.theme
        names = self.story.network.class_names
        window = Window(facts.image, theme, IDEA)
        output = OneMoreOutput(
            facts.noise, facts.noise_outputs, names, self.words("no_digit"), theme, IDEA
        )
        more = MoreExamples(facts.examples, theme, IDEA)
        for i, picture in enumerate((window, output, more)):
            picture.move_to((IDEA_X * (i - 1), IDEA_Y, 0))
        few = more.few()
        with self.section("which-first"):
            self.play(
                FadeOut(self.leaving, run_time=0.6),
                Transform(self.pixels, window.pixels, run_time=0.9),
            )
            self.play(FadeIn(output.without(), few), run_time=0.6)
            ideas = [self.idea(i, name) for i, name in enumerate(("window", "output", "more"))]
            self.play(FadeIn(ideas[0], window.frame), run_time=0.6)
            self.play(window.sweep(run_time=2.6))
            self.say()
            self.play(FadeIn(ideas[1], output.addition()), run_time=1.0)
            self.say()
            self.remove(few)
            self.play(FadeIn(ideas[2], run_time=0.6), more.arrive(run_time=2.0))
            self.say()
            turns = [Indicate(idea[0], 1.15, theme.attention, run_time=1.0) for idea in ideas]
            self.play(LaggedStart(*turns, lag_ratio=0.8), window.sweep(back=True, run_time=2.6))

    # --- pieces ---
    def idea(self, i: int, name: str) -> VGroup:
        """The words below a picture, in its third of the frame."""
        x = IDEA_X * (i - 1)
        return VGroup(
            stand(self.label(self.words(name), "text", BODY, bold=True).set_x(x), -2.05),
            stand(self.label(self.words(f"{name}_b"), "muted", BODY).set_x(x), -2.55),
        )

    def new_panel(self, image: np.ndarray, text: str, role: str) -> Panel:
        names = self.story.network.class_names
        words = (self.words("dont_know"), self.words("nearly_one"))
        return Panel(image, text, role, names, self.theme, *words)

    def open_panel(self, image: np.ndarray, outputs: np.ndarray, digit: int | None) -> None:
        """What there is leaves; an image and the answer to it come."""
        self.panel = panel = self.new_panel(image, self.words("in_place"), "muted")
        self.play(FadeOut(self.leaving, run_time=0.7), FadeIn(panel.pixels, run_time=1.0))
        self.play(FadeIn(panel.answer, panel.note), run_time=0.4)
        self.play(panel.give(outputs, digit), run_time=0.9)
