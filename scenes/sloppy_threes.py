"""Sloppy digits: hardly any ink in common, and yet we read them; the dare to write that program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

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
    Group,
    GrowArrow,
    Indicate,
    Transform,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
)

from netglow.scenes.facts.sloppy_threes import SloppyThreesFacts
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.thumbnails import Grow, Thumbnails
from netglow.scenes.parts.images.value_chips import ValueChips
from netglow.scenes.parts.images.weight_wall import hang, in_rows
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.edges import LayerEdges
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.code import ATTEMPTS, Listing, dare_page
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.props.sloppy_threes.ink_count import InkCount
from netglow.scenes.props.sloppy_threes.number_page import NumberPage
from netglow.scenes.props.sloppy_threes.overlay import Overlay
from netglow.scenes.props.sloppy_threes.two_walls import TwoWalls
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION

TOP_Y = 3.35
SIZE, MIDDLE = 6.4, np.array([0, -0.2, 0])
CELL = 0.76  # size of a pixel on that page, as seen
WALL, WALL_AT = (13.2, 6.3), np.array([0, -0.35, 0])
LAID, LAID_AT, PARTNER_AT = 5.2, np.array([-3.9, 0.1, 0]), np.array([3.9, 0.1, 0])
DARE_Y, CHIPS_AT = 0.35, np.array([-1.6, 0.35, 0])


class SloppyThrees(NetglowScene):
    """From numbers nobody can read to a digit everybody can, and why a rule is hard to write."""

    tells = SloppyThreesFacts
    facts: SloppyThreesFacts
    pixels: PixelImage  # the example, wherever it is now
    wall: Thumbnails  # all others of its digit
    laid: Overlay  # the partner over the example
    result: VGroup  # what they share
    walls: TwoWalls  # all of the digit, and all of the one most like it
    listing: Listing  # the program that is to be written
    dared: Group  # everything of the dare but the image

    def construct(self) -> None:
        self.headline = Headline(self.theme, TOP_Y)
        self.can_you_read_this()
        self.all_of_them()
        self.one_over_the_other()
        self.all_compared()
        self.and_yet()
        self.the_dare()
        self.the_empty_page()

    # --- sections ---
    def can_you_read_this(self) -> None:
        facts = self.facts
        window = facts.page_rows, facts.page_columns
        page = NumberPage(facts.image, self.theme, SIZE, MIDDLE, window, CELL)
        self.pixels = page.pixels
        frame = self.camera.frame
        frame.save_state()
        frame.scale(1 / page.zoom).move_to(page.centre)
        self.add(page.pixels, page.numbers)
        with self.section("can-you-read-this"):
            self.play(frame.animate(rate_func=linear).scale(0.965), run_time=7.0)
            self.say()
            self.say()
            self.play(*page.shade(run_time=3.0))
            self.say()
            self.play(
                frame.animate.restore(),
                FadeOut(page.numbers, run_time=1.5),
                Transform(page.pixels, page.whole),
                run_time=2.8,
            )
            self.add(page.pixels)

    def all_of_them(self) -> None:
        facts = self.facts
        spots, size = hang(facts.count, *WALL, wide=1.05, high=1.05)
        spots, size = in_rows(spots) + WALL_AT, 0.95 * size
        others = np.delete(np.arange(facts.count), facts.place)
        self.wall = Thumbnails(facts.alike[others], spots[others], size, self.theme)
        small = PixelImage(facts.image, self.theme, size).move_to(spots[facts.place])
        with self.section("all-of-them"):
            self.play(
                Transform(self.pixels, small, run_time=1.6),
                Grow(self.wall, 0.75 * others / facts.count, run_time=4.5),
                self.headline.write(self.words("wall")),
            )
            self.say()
            dim = self.wall.copy().set_alpha(0.25)
            self.play(Transform(self.wall, dim), run_time=0.8)
            order = np.linspace(0, 0.8, facts.count - 1)[self.wall.owner]
            lit = self.wall.copy().set_alpha(1.0)
            self.play(Wave(self.wall, lit, order), run_time=4.0)

    def one_over_the_other(self) -> None:
        facts, theme = self.facts, self.theme
        kin = facts.alike[facts.partner]
        hung = facts.partner - (facts.partner > facts.place)  # the example hangs beside the wall
        partner = PixelImage(kin, theme, self.wall.sizes[0]).move_to(self.wall.spots[hung])
        self.laid = Overlay(facts.image, kin, theme, LAID).move_to(LAID_AT)
        names = [self.words(word) for word in ("first", "second", "both")]
        count = InkCount(self.laid, theme, names, np.array([-0.6, 2.3, 0]))
        note = self.label(self.words("ink"), "muted", CAPTION).next_to(self.laid, DOWN, buff=0.2)
        self.result = self.result_of().move_to((-0.6, -2.4, 0), aligned_edge=LEFT)
        with self.section("one-over-the-other"):
            self.add(self.pixels, partner)
            self.play(
                FadeOut(self.wall, run_time=1.0),
                FadeOut(cast(Any, self.headline.line), run_time=0.6),
            )
            self.play(
                Transform(self.pixels, PixelImage(facts.image, theme, LAID).move_to(LAID_AT)),
                Transform(partner, PixelImage(kin, theme, LAID).move_to(PARTNER_AT)),
                run_time=1.8,
            )
            self.say()
            self.play(FadeIn(note), run_time=0.4)
            self.lay(self.pixels, partner, self.laid)
            for i in range(3):
                self.add(count.cells[i])
                self.play(FadeIn(count.numbers[i]), FadeIn(count.names[i]), run_time=0.3)
                self.play(count.pour(i, run_time=1.1))
            self.say()
            self.play(FadeIn(self.result, shift=UP * 0.1), run_time=0.7)
            self.wait(2.0)
            self.play(Indicate(count.cells[2], 1.06, theme.text), run_time=1.2)
        self.counted = Group(*count.cells, *count.numbers, *count.names, note, self.result)

    def lay(self, first: PixelImage, second: PixelImage, both: Overlay) -> None:
        """Grey becomes ink or no ink, the second image goes over the first, and they are one."""
        theme, size = self.theme, both.pitch * max(first.values.shape)
        middle = both.get_center()
        inked = Overlay(first.values, None, theme, size).move_to(first)
        above = Overlay(None, second.values, theme, size, paper=0.0).move_to(PARTNER_AT)
        self.play(Transform(first, inked), Transform(second, above), run_time=1.0)
        over = above.copy().move_to(middle)
        over.set_arrays(fill=both.fill, corner=both.corner)
        still = np.zeros(first.values.size)
        self.play(
            Wave(first, both, still, paint=(0.8, 1)),
            Wave(second, over, still, paint=(0.8, 1)),
            run_time=1.6,
        )
        self.remove(first, second)
        self.add(both)

    def result_of(self) -> VGroup:
        """The share in percent, and what it was counted from."""
        percent = self.label(self.words("share"), "text", 0.62, bold=True)
        of = paragraph(self.words("of"), self.theme.muted, CAPTION)
        return VGroup(percent, of.next_to(percent, RIGHT, buff=0.3))

    def all_compared(self) -> None:
        facts, theme = self.facts, self.theme
        self.walls = walls = TwoWalls(
            (facts.alike, facts.unlike),
            (facts.own_mean, facts.other_mean),
            (self.words("same"), self.words("pair")),
            theme,
        )
        spot = walls.walls[0].spots[facts.place]
        small = PixelImage(facts.image, theme, walls.sizes[0]).move_to(spot)
        note = self.label(self.words("all_pairs"), "muted", CAPTION)
        note.move_to(walls.note_at(), LEFT)
        kind = "all-compared" if facts.nearly_the_same else "all-compared-apart"
        with self.section(kind):
            self.play(FadeOut(self.counted), run_time=0.5)
            own = PixelImage(facts.image, theme, LAID).move_to(LAID_AT)
            self.play(FadeOut(self.laid), FadeIn(own), run_time=0.5)
            self.play(
                Transform(own, small, run_time=1.2),
                Grow(walls.walls[0], np.linspace(0, 0.7, facts.count), run_time=2.4),
            )
            self.remove(own)
            self.play(FadeIn(note, walls.row(0)), run_time=0.5)
            self.play(walls.measure(0), run_time=1.4)
            self.say()
            self.play(Grow(walls.walls[1], np.linspace(0, 0.7, facts.other_count)), run_time=3.6)
            self.play(FadeIn(walls.row(1)), run_time=0.5)
            self.say()
            self.play(walls.measure(1), run_time=1.8)
            self.mark_poster()
            self.wait(2.5)
            self.play(Indicate(walls.numbers, 1.12, theme.attention), run_time=1.4)
        self.walls_note = note

    def and_yet(self) -> None:
        facts, walls = self.facts, self.walls
        spot = walls.walls[0].spots[facts.place]
        self.pixels = PixelImage(facts.image, self.theme, walls.sizes[0]).move_to(spot)
        with self.section("and-yet"):
            self.add(self.pixels)
            self.play(
                FadeOut(Group(walls, self.walls_note), run_time=1.0),
                Transform(self.pixels, PixelImage(facts.image, self.theme, SIZE).move_to(MIDDLE)),
                run_time=2.2,
            )
            self.play(self.pixels.animate(rate_func=linear).scale(1.04), run_time=3.0)

    def the_dare(self) -> None:
        facts, theme = self.facts, self.theme
        big = PixelImage(facts.image, theme, 4.2).move_to((-4.4, DARE_Y, 0))
        chips = ValueChips(big, facts.chip_row, facts.chip_columns, CHIPS_AT)
        corner = np.array([0.85, DARE_Y + 1.7, 0])
        self.listing = listing = Listing(dare_page(4), theme, corner, 0.28, 0.68)
        arrow = self.arrow(-0.95, 0.45)
        name = stand(self.label(self.words("numbers"), "muted", BODY).set_x(CHIPS_AT[0]), -2.35)
        with self.section("the-dare"):
            self.play(Transform(self.pixels, big), run_time=1.2)
            self.play(FadeIn(chips.frame), run_time=0.3)
            self.add(chips.cells)
            self.play(chips.leave(), run_time=1.0)
            self.play(FadeIn(Group(chips.numbers, chips.dots, name)), run_time=0.5)
            self.play(GrowArrow(arrow), FadeIn(listing, shift=RIGHT * 0.2), run_time=0.8)
            stream = chips.enter(listing.panel.get_left() + 0.3 * RIGHT, run_time=1.2)
            self.add(stream.mobject, chips.numbers)
            self.play(stream)
            self.remove(cast(Any, stream.mobject))
            self.say()
            for text in ATTEMPTS:
                self.play(self.listing.attempt(text, self.theme))
        self.dared = Group(chips, arrow, name)

    def the_empty_page(self) -> None:
        story, theme = self.story, self.theme
        diagram = NetworkDiagram(story.network, theme, 6.2, 3.6, -6.5, 6.2, -0.1)
        diagram.pixels.set_values(self.facts.image)
        with self.section("the-empty-page"):
            self.play(FadeOut(self.dared), run_time=0.6)
            self.play(self.listing.blink(self.theme, 3))
            self.say()
            self.play(FadeOut(self.listing, run_time=1.0), FadeIn(Group(*diagram.neurons)))
            self.bring_to_back(*diagram.edges)
            self.play(
                Transform(self.pixels, diagram.pixels), *self.grown(diagram.edges), run_time=3.0
            )

    # --- pieces ---
    def grown(self, edges: Sequence[LayerEdges]) -> list[Create]:
        """Animations: layers of edges grow one after the other, overlapping."""
        late = np.linspace(0, 0.5, len(edges))
        return [
            Create(cast(Any, one), lag_ratio=0, rate_func=squish_rate_func(smooth, at, at + 0.5))
            for one, at in zip(edges, late, strict=True)
        ]

    def arrow(self, start: float, end: float) -> Arrow:
        """From x to x in the picture of the dare."""
        return Arrow(
            [start, DARE_Y, 0],
            [end, DARE_Y, 0],
            buff=0,
            stroke_width=4,
            color=self.theme.muted,
            max_tip_length_to_length_ratio=0.3,
        )
