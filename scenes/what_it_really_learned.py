"""The hope meets the facts: the real weights, the mistakes, noise, and digits out of place."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Mobject,
    Succession,
    Transform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)

from netglow.netcore.network import Trace, forward
from netglow.netcore.study import facts
from netglow.netcore.study.edge_search import EdgeFit, best_edges
from netglow.netcore.study.pieces import textbook
from netglow.netcore.study.robustness import (
    DIRECTIONS,
    Noise,
    change_of_mind,
    frequent_confusions,
    noise_confidence,
    shifted,
    shifted_accuracy,
)
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.images.weight_wall import WeightWall, hang
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.props.what_it_really_learned.answer import Answer
from netglow.scenes.props.what_it_really_learned.confused_pairs import ConfusedPairs
from netglow.scenes.props.what_it_really_learned.dot_field import DotField
from netglow.scenes.props.what_it_really_learned.dot_table import DotTable
from netglow.scenes.props.what_it_really_learned.edge_marks import EdgeMarks
from netglow.scenes.props.what_it_really_learned.hope import Hope
from netglow.scenes.props.what_it_really_learned.ideas import MovedExamples, OneMoreOutput, Window
from netglow.scenes.props.what_it_really_learned.moved_digit import MovedDigit
from netglow.scenes.props.what_it_really_learned.share_columns import ShareColumns
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING

NOISE, LIMIT, MOST = 10_000, 0.9, 4  # images of noise, a confident answer, pixels moved
WALL = {"width": 12.8, "height": 4.1, "wide": 1.12, "high": 1.42}
IMAGE, IMAGE_AT = 3.5, np.array([-4.65, 0.25, 0])
ANSWER = {"x": -2.45, "y": 0.25, "height": 3.2, "length": 1.35}
IDEA = 3.5  # height of an idea's picture
FIRST, THEN = squish_rate_func(smooth, 0, 0.6), squish_rate_func(smooth, 0.4, 1)
RIGHT_X = 4.05  # middle of what stands at the right


class WhatItReallyLearned(NetglowScene):
    """What the first layer became, and where the network fails."""

    names: Any  # of the classes
    weights: np.ndarray  # (neurons, rows, columns) of the first layer
    fit: EdgeFit  # of each of these, the small edge that explains most of it
    kind: str  # "-edges" where half of the neurons are edges after all, else ""
    answers: Trace  # of all test images
    right: np.ndarray  # (test images,) whether the answer is right
    static: Noise  # what the network makes of shuffled pixels
    direction: str  # in which the story's digit is moved
    flip: int | None  # pixels after which the answer changes, None where it holds
    shares: list[float]  # accuracy 0..1 on digits moved by 0, 1, … pixels
    numbers: dict[str, Any]  # that more than one section quotes
    headline: Headline  # the line above the picture
    hope: Hope  # digit, loop, edge and neuron
    wall: WeightWall  # the real weights
    table: DotTable  # the test images by class and answer
    heads: VGroup  # what its rows and columns are
    each: VGroup  # what a dot is, until the mistakes are counted
    pixels: PixelImage  # the digit: shuffled to noise, then the story's
    answer: Answer  # to it
    outputs: list[np.ndarray]  # (classes,) for the story's digit moved by 0, 1, … pixels
    digit: MovedDigit  # its ink
    place: VMobject  # how far it has been moved, in words
    leaving: Group  # what leaves when the next section begins

    def construct(self) -> None:
        self.gather()
        self.the_hope()
        self.the_facts()
        self.where_it_errs()
        self.noise()
        self.moved()
        self.what_next()

    def gather(self) -> None:
        """Every number the chapter shows, found by search."""
        network, digits = self.story.network, self.story.digits
        self.names = network.class_names
        self.weights = network.w[0].reshape(-1, *network.image_shape)
        self.fit = best_edges(self.weights)
        self.kind = "-edges" if np.median(self.fit.share) >= 0.5 else ""
        self.answers = self.story.evaluation.trace
        self.right = np.equal(self.answers.predictions, digits.labels)
        self.static = noise_confidence(network, np.random.default_rng(0), NOISE, digits.images)
        self.direction, self.flip = change_of_mind(network, self.story.image, MOST)
        self.shares = [shifted_accuracy(network, digits, k) for k in range(MOST + 1)]
        self.numbers = {
            "n": len(self.weights),
            "digits": f"{len(digits):,}",
            "percent": f"{100 * self.right.mean():.1f}",
        }
        self.headline = Headline(self.theme)

    def caption(self, name: str, role: str = "muted", **numbers: Any) -> Any:
        """Small words."""
        return self.label(self.words(name, **numbers), role, CAPTION)

    def under(self, *lines: VMobject) -> VGroup:
        """Lines below each other, centred."""
        return VGroup(*lines).arrange(DOWN, buff=0.18)

    # --- sections ---
    def the_hope(self) -> None:
        digit = self.story.digits.images[textbook(self.story.digits, 9, 1, 1)]
        self.hope = Hope(digit, self.theme, 2.5, 0.1)
        names = [
            self.caption(name, "text").next_to(panel, DOWN, buff=0.25)
            for name, panel in zip(
                ("a_digit", "a_loop", "an_edge", "a_neuron"), self.hope.panels, strict=True
            )
        ]
        with self.section("the-hope"):
            self.play(
                FadeIn(self.hope.panels[0], *self.hope.empty, names[0]),
                self.headline.write(self.words("hope")),
            )
            for step, name in zip(self.hope.steps(), names[1:], strict=True):
                self.play(step, FadeIn(name), run_time=1.1)
            self.say()
            self.play(self.headline.write(self.words("question")))
            self.leaving = Group(self.hope.panels[0], *self.hope.empty, *self.hope.taken, *names)

    def the_facts(self) -> None:
        centres, size = hang(len(self.weights), **WALL)
        centres = centres + 0.7 * DOWN
        walls = self.hope.walls(self.weights, centres, size, self.theme)
        self.wall = walls[-1]
        marks = EdgeMarks(self.wall, centres, self.fit, self.theme, bool(self.kind))
        self.numbers |= {"best": marks.best, "half": marks.half}
        note = self.caption("measured").move_to(UP * 2.75)
        most = self.label(self.words("best", **self.numbers), "attention", BODY, True)
        half = self.label(self.words(f"half{self.kind}", **self.numbers), "text", BODY, False)
        VGroup(most, half).arrange(RIGHT, buff=0.8).move_to(UP * 2.2)
        with self.section(f"the-facts{self.kind}", **self.numbers):
            self.turn_real(*walls)
            self.say()
            self.play(self.headline.write(self.words("measure")), FadeIn(note))
            self.play(FadeIn(marks.frames), run_time=0.7)
            self.play(LaggedStart(*map(FadeIn, marks.percents), lag_ratio=0.1), run_time=1.2)
            self.say()
            best = marks.percents[marks.top : marks.top + 1]  # none where there is no room
            lit = [percent.animate.set_color(self.theme.attention) for percent in best]
            self.play(*lit, FadeIn(most), run_time=0.7)
            self.wait(0.9)
            self.play(FadeIn(half), marks.in_half.animate.set_color(self.theme.muted), run_time=0.7)
            self.say()
            self.play(self.headline.write(self.words(f"verdict{self.kind}")))
            self.mark_poster()
        self.leaving = Group(self.wall, marks, note, most, half)

    def where_it_errs(self) -> None:
        digits, wrong = self.story.digits, int((~self.right).sum())
        table = facts.confusion(self.story.network, digits)
        pairs = frequent_confusions(table, 3)
        numbers = dict(
            zip(
                ("truth", "answer"),
                (self.names[k] for pair in pairs[:1] for k in pair[:2]),
                strict=False,
            )
        )
        with self.section("where-it-errs" if wrong else "where-it-errs-nowhere", **numbers):
            self.fill_table()
            self.say()
            count = self.label(
                self.words("wrong_one" if wrong == 1 else "wrong", wrong=f"{wrong:,}"),
                "wrong",
                HEADING,
                True,
            )
            self.play(FadeIn(count.move_to((RIGHT_X, 2.55, 0))), FadeOut(self.each), run_time=0.6)
            self.leaving = Group(self.table, self.heads, count)
            if wrong:
                self.say()
                self.show_pairs(pairs, table)

    def noise(self) -> None:
        found, digits, names = self.static, self.story.digits, self.names
        assert found.source is not None  # it is made of a digit's pixels
        digit, label = digits.images[found.source], int(digits.labels[found.source])
        share = found.share_above(LIMIT)
        numbers = {
            "truth": names[label],
            "count": f"{NOISE:,}",
            "answer": names[int(found.output.argmax())],
            "share": f"{100 * share:.1f}",
            "output": f"{found.output.max():.3f}",
        }
        self.pixels = PixelImage(digit, self.theme, IMAGE).move_to(IMAGE_AT)
        self.answer = Answer(self.answers.output[found.source], names, self.theme, **ANSWER)
        output = self.answer.output
        self.answer.set_output(output, self.role_of(output, label))
        with self.section("noise" if share > 0 else "noise-never", **numbers):
            dot = self.table.dots.centres()[found.source]
            self.play(
                FadeOut(self.leaving, rate_func=FIRST),
                self.headline.write(self.words("shuffle")),
                FadeIn(self.pixels, target_position=dot, scale=0.02),
                FadeIn(self.answer, rate_func=THEN),
                run_time=1.4,
            )
            self.shuffle()
            self.say()
            self.play(self.answer.change(found.output, "wrong"), run_time=1.2)
            self.say()
            self.count_noise()

    def moved(self) -> None:
        image, steps = self.story.image, self.flip or MOST
        way = np.array(DIRECTIONS[self.direction])
        self.outputs = [
            forward(self.story.network, shifted(image, *(k * way))).output for k in range(steps + 1)
        ]
        before, after = (self.names[int(self.outputs[k].argmax())] for k in (0, -1))
        numbers = {
            "k": self.how_far(steps),
            "before": before,
            "after": after,
            "first": f"{100 * self.shares[0]:.1f}",
            "last": f"{100 * self.shares[-1]:.1f}",
        }
        with self.section("moved" if self.flip else "moved-holds", **numbers):
            self.put_in_place(image)
            for k in range(1, steps + 1):
                self.one_pixel_on(k)
                if k == 1:
                    self.say()
            self.wait(0.8)
            self.say()
            self.plot_accuracy()

    def what_next(self) -> None:
        digit, noise = self.story.image, self.static.output
        window = Window(digit, self.theme, IDEA)
        ideas: tuple[Mobject, ...] = (
            window,
            OneMoreOutput(noise, self.names, self.words("none"), self.theme, IDEA),
            MovedExamples(digit, self.theme, IDEA),
        )
        with self.section("what-next"):
            self.play(FadeOut(self.leaving), self.headline.write(self.words("next")), run_time=0.9)
            for i, picture in enumerate(ideas):
                self.say()
                self.play(FadeIn(self.idea(i, picture), shift=UP * 0.1), run_time=0.8)
                if picture is window:
                    self.play(window.sweep(run_time=2.6))
            self.say()
            self.wait(0.6)

    # --- pieces of the picture ---
    def turn_real(self, one: WeightWall, hoped: WeightWall, real: WeightWall) -> None:
        """The hoped-for edge goes to every neuron, and turns into what is really there."""
        self.play(FadeOut(self.leaving), FadeIn(one), run_time=0.6)
        self.remove(self.hope.panels[-1])
        self.play(Transform(one, hoped), run_time=1.2)
        delays = np.repeat(np.linspace(0, 0.6, len(self.weights)), self.weights[0].size)
        self.play(
            Wave(one, real, delays),
            self.headline.write(self.words("real", **self.numbers)),
            run_time=2.2,
        )
        self.remove(one)
        self.add(real)

    def fill_table(self) -> None:
        """All digits of the test, a crowd of dots, go to their fields."""
        labels = self.story.digits.labels
        self.table = DotTable(
            labels,
            self.answers.predictions,
            self.names,
            self.theme,
            4.95,
            np.array([-2.6, -0.45, 0]),
            np.array([RIGHT_X, 0.4, 0]),
        )
        self.heads = self.table.heads(
            self.words("is"), self.words("says"), self.theme.muted, CAPTION
        )
        self.each = self.under(self.caption("each", "text"), self.caption("unseen", **self.numbers))
        self.each.move_to((RIGHT_X, -1.65, 0))
        frames, dots = self.table.frames, self.table.dots
        self.play(
            FadeOut(self.leaving, rate_func=FIRST),
            self.headline.write(self.words("errs")),
            FadeIn(dots, self.each, rate_func=THEN),
            run_time=1.4,
        )
        self.say()
        self.play(FadeIn(frames, self.table.names, self.heads), run_time=0.8)
        self.add(frames, dots)  # the dots fly above the fields
        delays = np.random.default_rng(0).permutation(len(labels)) % 40 / 40 * 0.75
        self.play(Wave(dots, self.table.placed, delays), run_time=2.8)

    def show_pairs(self, pairs: list[tuple[int, int, int]], table: np.ndarray) -> None:
        def words_for(truth: int, answer: int, count: int) -> tuple[str, str]:
            names = {"truth": self.names[truth], "answer": self.names[answer]}
            return (
                self.words("pair", **names),
                self.words("times" if count > 1 else "once", count=count),
            )

        head = self.caption("frequent").move_to((RIGHT_X, 2.0, 0))
        confused = ConfusedPairs(
            pairs,
            self.table,
            self.story.digits.images,
            words_for,
            self.theme,
            np.array([RIGHT_X - 1.25, 1.15, 0]),
        )
        self.play(FadeIn(head), run_time=0.3)
        for frame, image, words in confused.rows:
            self.play(
                FadeIn(frame, words), FadeIn(image, target_position=frame, scale=0.2), run_time=0.65
            )
        self.leaving.add(head, confused)
        more = confused.left_out(table)
        if more:
            ties = self.caption("ties" if more > 1 else "ties_one", more=more)
            self.play(FadeIn(ties.move_to((RIGHT_X, -2.55, 0))), run_time=0.4)
            self.leaving.add(ties)

    def shuffle(self) -> None:
        """The digit's own pixels fly to the places they have in the noise."""
        assert self.static.order is not None  # it is made of a digit's pixels
        ink, goes_to = LooseInk(self.pixels), np.argsort(self.static.order)
        target = ink.on(self.pixels, goes_to[ink.places])
        self.pixels.set_values(np.zeros_like(self.pixels.values))
        self.add(ink)
        self.play(Wave(ink, target, np.linspace(0, 0.5, len(ink))), run_time=2.2)
        self.remove(ink)
        self.pixels.set_values(self.static.image)

    def count_noise(self) -> None:
        """Ten thousand such images, each a dot."""
        field = DotField(
            self.static.largest, self.theme, np.array([RIGHT_X, 0.2, 0]), 4.9, 3.0, LIMIT
        )
        notes = self.under(self.caption("field"), self.caption("bright", "attention"))
        above = int((field.values > LIMIT).sum())
        count = self.label(
            self.words("above", above=f"{above:,}", count=f"{NOISE:,}"), "attention", BODY, True
        ).move_to((RIGHT_X, -1.75, 0))
        real = (self.answers.output.max(axis=1) > LIMIT).mean()
        other = self.caption("digits_above", share=f"{100 * real:.1f}")
        other.next_to(count, DOWN, buff=0.3)
        dots = field.unlit()
        self.add(dots)
        self.play(
            FadeIn(notes.move_to((RIGHT_X, 2.25, 0))),
            Wave(dots, field, field.delays()),
            run_time=1.9,
        )
        self.play(FadeIn(count, shift=UP * 0.1), run_time=0.6)
        self.say()
        self.play(FadeIn(other), run_time=0.5)
        self.leaving = Group(dots, notes, count, other)

    def how_far(self, k: int) -> str:
        return self.words("one_pixel" if k == 1 else "pixels", k=k, way=self.words(self.direction))

    def role_of(self, output: np.ndarray, label: int | None) -> str:
        """The colour of an answer; what your own image shows, nobody knows."""
        if label is None:
            return "attention"
        return "correct" if int(output.argmax()) == label else "wrong"

    def answered(self, k: int) -> Any:
        """Animation: the answer to the digit moved by k pixels."""
        return self.answer.change(self.outputs[k], self.role_of(self.outputs[k], self.story.label))

    def put_in_place(self, image: np.ndarray) -> None:
        """The story's digit takes the place of the noise; its shadow stays where it was."""
        self.place = self.caption("place").next_to(self.pixels, DOWN, buff=0.25)
        self.play(
            FadeOut(self.leaving),
            self.headline.write(self.words("moved")),
            FadeIn(self.place),
            self.pixels.animate.set_values(image),
            self.answered(0),
        )
        self.digit = MovedDigit(self.pixels, DIRECTIONS[self.direction])
        self.add(self.digit.ink)
        self.play(self.digit.leave_shadow(), run_time=0.4)

    def one_pixel_on(self, k: int) -> None:
        before = self.place
        self.place = self.label(self.how_far(k), size=CAPTION).move_to(before)
        self.play(
            self.digit.on(),
            self.answered(k),
            Succession(FadeOut(before), FadeIn(self.place)),
            run_time=0.9,
        )

    def plot_accuracy(self) -> None:
        """How many of all digits are read when they are moved by so many pixels."""
        chart = ShareColumns(
            self.shares, self.theme, np.array([RIGHT_X, -1.8, 0]), 4.95, 3.3, self.words("moved_by")
        )
        heads = self.under(self.label(self.words("accuracy", **self.numbers)), self.caption("four"))
        heads.move_to((RIGHT_X, 2.45, 0))
        self.play(FadeIn(chart, heads), run_time=0.7)
        self.play(chart.rise())
        self.leaving = Group(
            self.pixels, self.digit.ink, self.place, self.answer, chart, heads, chart.percents
        )

    def idea(self, i: int, picture: Mobject) -> Group:
        """A picture over the words about it, in its third of the frame."""
        x = 4.35 * (i - 1)
        lines = VGroup(
            stand(self.caption(f"next_{i + 1}", "text").set_x(x), -1.75),
            stand(self.label(self.words(f"next_{i + 1}b"), "attention", BODY, True).set_x(x), -2.3),
        )
        return Group(picture.move_to((x, 0.65, 0)), lines)
