"""Sloppy digits: no two are alike, a stranger may lie closer than kin, and yet we read them."""

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
    Group,
    GrowArrow,
    Indicate,
    LaggedStart,
    Mobject,
    Square,
    Transform,
    VGroup,
    VMobject,
)

from netglow.netcore.study.overlaps import INK, Misled, misled
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.pixel_marker import cased
from netglow.scenes.parts.images.thumbnails import Grow, Thumbnails
from netglow.scenes.parts.images.weight_wall import hang
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.text.baseline import baseline, stand
from netglow.scenes.parts.text.code import Listing
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.props.sloppy_threes.ink_count import InkCount
from netglow.scenes.props.sloppy_threes.number_page import NumberPage
from netglow.scenes.props.sloppy_threes.overlay import Overlay
from netglow.scenes.props.sloppy_threes.pixel_numbers import varied_run
from netglow.scenes.props.sloppy_threes.ranked_wall import RankedWall, in_rows
from netglow.scenes.props.sloppy_threes.value_chips import ValueChips
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import DEFAULT_DIGIT
from netglow.scenes.stage.text import BODY, CAPTION, HEADING

TOP_Y = 3.3
SIZE, MIDDLE = 5.4, np.array([0, 0.15, 0])
PAGE = (7, 16)  # pixels whose numbers are shown
CELL = 0.8  # size of a pixel on that page, as seen
WALL, WALL_AT = (13.0, 5.85), np.array([0, 0.02, 0])
LAID, LAID_AT, PARTNER_AT = 4.9, np.array([-3.85, 0.1, 0]), np.array([3.85, 0.1, 0])
PAIR, PAIR_AT = 3.2, np.array([[-3.6, 1.2, 0], [3.6, 1.2, 0]])
BAR_HIGH, BAR_Y = 6, -0.62  # pixels in a column of the bars; their top
RANKED, RANKED_AT = (12.0, 5.05), np.array([0.5, 0.2, 0])
PUZZLE_Y, CHIPS_AT = 0.55, np.array([-2.15, 0.55, 0])


class SloppyThrees(NetglowScene):
    """From numbers nobody can read to a digit everybody can, and why a rule is hard to write."""

    found: Misled  # the example, its closest kin, and a digit that overlaps it more
    image: np.ndarray  # of the example, (rows, columns) 0..1
    kin: np.ndarray  # the image of the same digit that is compared
    stranger: np.ndarray  # the image of another digit that overlaps the example more
    label_of_own: int  # which digit the example is
    numbers: dict[str, Any]  # that the sentences quote
    headline: Headline  # the line above the picture
    pixels: PixelImage  # the example
    wall: Thumbnails  # all others of its kind
    place_of_kin: int  # on the wall
    laid: Overlay  # the kin over the example
    both: Overlay  # the stranger over the example
    count: InkCount  # of the first overlay
    count_stranger: InkCount  # of the second
    titles: list[VMobject]  # above the two overlays
    result: VGroup  # below the first
    results: list[VGroup]  # below both
    note: VMobject  # what counts as ink
    legend: Mobject  # of the counts' colours
    own: PixelImage  # the example, small
    leaving: Group  # what the next section takes away

    def construct(self) -> None:
        self.gather()
        self.can_you_read_this()
        self.all_of_them()
        self.one_over_the_other()
        self.another_digit()
        self.all_compared()
        self.the_puzzle()

    def gather(self) -> None:
        """Choose the digits, and the words that name them."""
        story, digits = self.story, self.story.digits
        own = story.example(DEFAULT_DIGIT) if story.index is None else story.index
        self.found = found = misled(story.network, digits, own)
        self.image, self.kin = digits.images[own], digits.images[found.kin]
        self.stranger = digits.images[found.stranger]
        label, other = int(digits.labels[own]), int(digits.labels[found.stranger])
        self.label_of_own = label
        self.numbers = {
            "one": self.words(f"one-{label}"),
            "One": self.words(f"one-{label}").capitalize(),
            "many": self.words(f"many-{label}"),
            "own": self.words(f"name-{label}"),
            "stranger": self.words(f"one-{other}"),
            "stranger_name": self.words(f"name-{other}"),
            "n": len(found.others) + 1,
            "others": len(found.others),
            "beaten": found.beaten,
            "percent": f"{100 * found.kin_overlap:.0f}",
            "stranger_percent": f"{100 * found.stranger_overlap:.0f}",
            "count": f"{self.image.size:,}",
        }
        self.headline = Headline(self.theme, TOP_Y)

    # --- sections ---
    def can_you_read_this(self) -> None:
        page = NumberPage(self.image, self.theme, SIZE, MIDDLE, PAGE, CELL)
        self.pixels = page.pixels
        frame = self.camera.frame
        frame.save_state()
        frame.scale(1 / page.zoom).move_to(page.centre + DOWN * 0.02 / page.zoom)
        question = self.label(self.words("read"), size=HEADING, bold=True).scale(1 / page.zoom)
        question.move_to(frame.get_center() + UP * 3.4 / page.zoom)
        with self.section("can-you-read-this", **self.numbers):
            self.add(page.pixels)
            self.play(
                FadeIn(page.pixels, run_time=0.4),
                LaggedStart(*map(FadeIn, page.numbers), lag_ratio=0.03, run_time=2.0),
                FadeIn(question, run_time=0.6),
            )
            self.say()
            self.play(*page.shade(run_time=2.6))
            self.say()
            self.play(FadeOut(question), run_time=0.4)
            self.play(
                frame.animate.restore(),
                FadeOut(page.numbers, run_time=1.5),
                Transform(page.pixels, page.whole),
                run_time=2.2,
            )
            self.add(page.pixels)
            self.play(self.headline.write(self.words("it_is", **self.numbers)), run_time=0.6)

    def all_of_them(self) -> None:
        found, digits = self.found, self.story.digits
        spots, size = hang(len(found.others) + 1, *WALL, wide=1.05, high=1.05)
        spots, size = in_rows(spots) + WALL_AT, 0.95 * size
        middle = np.linalg.norm(spots - WALL_AT, axis=1)
        here = int(middle.argmin())
        others = np.delete(np.arange(len(spots)), here)  # where the others hang
        self.wall = Thumbnails(digits.images[found.others], spots[others], size, self.theme)
        far = middle[others] / middle.max()
        small = PixelImage(self.image, self.theme, size).move_to(spots[here])
        with self.section("all-of-them", **self.numbers):
            self.play(self.headline.write(self.words("wall", **self.numbers)), run_time=0.8)
            self.play(
                Transform(self.pixels, small, run_time=1.6),
                Grow(self.wall, 0.05 + 0.65 * far, run_time=3.2),
            )

    def one_over_the_other(self) -> None:
        image, kin, theme = self.image, self.kin, self.theme
        self.place_of_kin = place = int(np.flatnonzero(self.found.others == self.found.kin)[0])
        partner = PixelImage(kin, theme, self.wall.sizes[0]).move_to(self.wall.spots[place])
        self.laid = Overlay(image, kin, theme, LAID).move_to(LAID_AT)
        words = [self.words(word) for word in ("first", "second", "both")]
        self.count = InkCount(self.laid, theme, words, np.array([-0.7, 2.3, 0]))
        self.note = note = self.label(self.words("ink", least=INK), "muted", CAPTION)
        note.next_to(self.laid, DOWN, buff=0.2)
        counted = {"both": self.count.counts[2], "either": self.count.union}
        self.titles = [
            self.label(self.words(word, **self.numbers), size=HEADING, bold=True).move_to(
                (0, TOP_Y, 0)
            )
            for word in ("same", "pair")
        ]
        with self.section("one-over-the-other", **self.numbers, **counted):
            self.add(self.pixels, partner)
            self.play(
                FadeOut(self.wall, run_time=1.0),
                self.headline.change(self.titles[0]),
                Transform(self.pixels, PixelImage(image, theme, LAID).move_to(LAID_AT)),
                Transform(partner, PixelImage(kin, theme, LAID).move_to(PARTNER_AT)),
                run_time=1.8,
            )
            self.say()
            self.play(FadeIn(note), run_time=0.4)
            self.lay(self.pixels, partner, self.laid, PARTNER_AT)
            for i in range(3):
                number, name = self.count.numbers[i], self.count.names[i]
                self.add(self.count.cells[i])
                self.play(FadeIn(number), FadeIn(name), run_time=0.3)
                self.play(self.count.pour(i, run_time=1.1))
                if i == 1:
                    self.say()
            self.result = self.result_of(self.found.kin_overlap, counted)
            self.result.move_to((-0.7, -2.4, 0), aligned_edge=LEFT)
            self.play(FadeIn(self.result, shift=UP * 0.1), run_time=0.7)

    def lay(
        self,
        first: PixelImage,
        second: PixelImage,
        both: Overlay,
        start: np.ndarray,
        run_time: float = 1.5,
    ) -> None:
        """Grey becomes ink or no ink, the second image goes over the first, and they are one."""
        theme, size = self.theme, both.pitch * max(self.image.shape)
        middle = both.get_center()
        inked = Overlay(first.values, None, theme, size).move_to(first)
        above = Overlay(None, second.values, theme, size, paper=0.0).move_to(start)
        self.play(Transform(first, inked), Transform(second, above), run_time=1.0)
        over = above.copy().move_to(middle)
        over.set_arrays(fill=both.fill, corner=both.corner)
        still = np.zeros(self.image.size)
        self.play(
            Wave(first, both, still, paint=(0.8, 1)),
            Wave(second, over, still, paint=(0.8, 1)),
            run_time=run_time,
        )
        self.remove(first, second)
        self.add(both)

    def result_of(self, share: float, counted: dict[str, int]) -> VGroup:
        """The share in percent, and what it was counted from."""
        percent = self.label(f"{100 * share:.0f}%", "text", 0.62, bold=True)
        of = paragraph(self.words("of", **counted), self.theme.muted, CAPTION)
        return VGroup(percent, of.next_to(percent, RIGHT, buff=0.3))

    def another_digit(self) -> None:
        theme, places = self.theme, PAIR_AT
        both = Overlay(self.image, self.stranger, theme, PAIR).move_to(places[1])
        self.count_stranger = InkCount(both, theme)
        widest = max(c.bar_places(BAR_HIGH, 1.0)[1] for c in (self.count, self.count_stranger))
        pitch = min(0.15, 5.6 / widest)
        counted = {"both": self.count_stranger.counts[2], "either": self.count_stranger.union}
        self.legend = self.count.legend().scale(CAPTION / BODY).move_to(places.mean(axis=0))
        stand(self.titles[1].set_x(places[1, 0]), baseline(self.titles[0]))
        tops = [np.array([x, BAR_Y, 0]) for x in places[:, 0]]
        self.results = [self.result, self.result_of(self.found.stranger_overlap, counted)]
        with self.section("another-digit", **self.numbers):
            self.play(
                FadeOut(Group(*self.count.numbers, *self.count.names, self.note)), run_time=0.4
            )
            self.play(
                Transform(self.laid, Overlay(self.image, self.kin, theme, PAIR).move_to(places[0])),
                self.count.bar(tops[0], BAR_HIGH, pitch),
                self.result.animate.move_to((places[0, 0], -2.2, 0)),
                self.titles[0].animate.set_x(places[0, 0]),
                run_time=1.6,
            )
            again, other = self.laid.copy(), PixelImage(self.stranger, theme, PAIR)
            own = PixelImage(self.image, theme, PAIR).move_to(places[1])
            start = places.mean(axis=0)
            self.play(Transform(again, own), run_time=1.2)
            self.remove(again)
            self.add(own)
            self.play(FadeIn(other.move_to(start), shift=UP * 0.2), run_time=0.6)
            self.lay(own, other, both, start, run_time=1.2)
            self.say()
            self.add(*self.count_stranger.cells)
            self.play(FadeIn(self.titles[1]), self.count_stranger.bar(tops[1], BAR_HIGH, pitch))
            self.results[1].move_to((places[1, 0], -2.2, 0))
            self.play(FadeIn(Group(self.results[1], self.legend), shift=UP * 0.1), run_time=0.6)
            self.mark_poster()
        self.both = both

    def all_compared(self) -> None:
        found, theme = self.found, self.theme
        wall = RankedWall(
            self.story.digits.images[found.others],
            found.overlaps,
            found.stranger_overlap,
            theme,
            RANKED,
            RANKED_AT,
        )
        kin = PixelImage(self.kin, theme, wall.size).move_to(wall.spot_of(self.place_of_kin))
        stranger = PixelImage(self.stranger, theme, wall.size).move_to(wall.stranger_spot)
        title = self.label(self.words("ranked", **self.numbers), size=HEADING, bold=True)
        self.own = PixelImage(self.image, theme, 0.75)
        Group(title, self.own).arrange(RIGHT, buff=0.3).move_to(UP * 3.27)
        frame = cased(Square(wall.size * 1.04), theme, 3.5).move_to(stranger)
        less = self.label(self.words("less", **self.numbers), "attention", BODY)
        less.move_to((0, -2.72, 0))
        old = [*self.titles, *self.results, *self.count.cells, *self.count_stranger.cells]
        with self.section("all-compared", **self.numbers):
            self.play(FadeOut(Group(*old, self.legend)), run_time=0.4)
            self.play(
                FadeIn(Group(title, self.own, wall.marks)),
                Transform(self.laid, kin),
                Transform(self.both, stranger),
                run_time=1.2,
            )
            self.play(wall.grow(run_time=2.4))
            self.remove(self.laid)
            self.say()
            self.play(Create(frame), run_time=0.5)
            self.play(Transform(wall.pile, wall.fade_nearer()), FadeIn(less), run_time=0.8)
            self.wait(0.5)
        self.leaving = Group(title, wall.marks, wall.pile, self.both, frame, less)

    def the_puzzle(self) -> None:
        theme = self.theme
        big = PixelImage(self.image, theme, 3.6).move_to((-4.7, PUZZLE_Y, 0))
        chips = ValueChips(big, *varied_run(self.image, 7), CHIPS_AT)
        panel = Listing(
            ["def read(pixels):", "", "", "", "    return digit"],
            theme,
            np.array([-0.1, PUZZLE_Y + 1.2, 0]),
            BODY,
            0.66,
        )
        middle = panel.panel.get_center() + UP * 0.02
        mark = self.label("?", "attention", 1.2, bold=True).move_to(middle)
        answer = self.label(str(self.label_of_own), "text", 1.6, bold=True)
        answer.move_to((5.7, PUZZLE_Y, 0))
        ways = [self.arrow(-1.5, -0.6), self.arrow(panel.get_right()[0] + 0.15, 4.8)]
        names = [
            stand(
                self.label(self.words(word, **self.numbers), "muted", BODY).move_to((x, 0, 0)), -2.1
            )
            for word, x in (("numbers", CHIPS_AT[0]), ("program", middle[0]), ("digit", 5.7))
        ]
        ask = self.label(self.words("ask"), size=HEADING, bold=True).move_to(UP * TOP_Y)
        with self.section("the-puzzle", **self.numbers):
            self.play(FadeOut(self.leaving, run_time=0.4), Transform(self.own, big, run_time=1.0))
            self.play(FadeIn(chips.frame), run_time=0.3)
            self.add(chips.cells)
            self.play(chips.leave(), run_time=1.0)
            self.say()
            self.play(FadeIn(Group(chips.numbers, chips.dots, names[0])), run_time=0.5)
            self.play(
                GrowArrow(ways[0]), FadeIn(panel, shift=RIGHT * 0.2), FadeIn(names[1]), run_time=0.7
            )
            stream: Any = chips.enter(middle, run_time=1.2)
            self.add(stream.mobject, chips.numbers)
            self.play(stream)
            self.remove(stream.mobject)
            self.play(
                GrowArrow(ways[1]),
                FadeIn(answer, shift=RIGHT * 0.2),
                FadeIn(names[2]),
                run_time=0.7,
            )
            self.say()
            self.play(FadeIn(ask, shift=UP * 0.1), FadeIn(mark, scale=0.5), run_time=0.8)
            self.play(Indicate(mark, 1.3, theme.attention), run_time=1.2)
            self.wait(0.8)

    # --- pieces ---
    def arrow(self, start: float, end: float) -> Arrow:
        """From x to x in the last picture."""
        return Arrow(
            [start, PUZZLE_Y, 0],
            [end, PUZZLE_Y, 0],
            buff=0,
            stroke_width=4,
            color=self.theme.muted,
            max_tip_length_to_length_ratio=0.3,
        )
