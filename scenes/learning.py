"""Learning: what a wrong answer costs, one dial downhill, then all of them; the dare is won."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from netglow.scenes.facts.learning import LearningFacts
from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.images.dare_won import PICTURE, PICTURE_AT, DareWon
from netglow.scenes.parts.plots.bars import Bars
from netglow.scenes.parts.plots.dials import Dials
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.learning.labelled_examples import LabelledExamples
from netglow.scenes.props.learning.mark_sheet import MarkSheet
from netglow.scenes.props.learning.penalty_curve import PenaltyCurve
from netglow.scenes.props.learning.run_plot import RunPlot
from netglow.scenes.props.learning.snapshots import Snapshots
from netglow.scenes.props.learning.valley import Valley
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, HEADING, TITLE
from netglow.scenes.stage.theme import robust_scale

TOP_Y = 3.3
SMALL, SMALL_AT = 2.6, np.array([-5.2, 0.9, 0])
VERSION, VERSION_PITCH, VERSIONS_AT = 2.3, 2.75, np.array([-0.25, 1.6, 0])
BARS_AT, BAR_PITCH = np.array([-2.75, 2.45, 0]), 0.5
SHORT, WIDE = 1.7, 7.6  # a bar that is full, beside the curve and alone
WEIGHTS, WEIGHTS_AT = 5.6, np.array([-3.4, -0.15, 0])


class Learning(NetglowScene):
    """From labelled images to a network that reads what it never saw."""

    tells = LearningFacts
    facts: LearningFacts
    field: LabelledExamples  # some of the examples, with their answers
    picture: PixelImage  # one of them, taken out
    versions: Group  # the same, deformed
    curve: PenaltyCurve  # what being off costs
    valley: Valley  # the mean cost as one dial turns
    weights: WeightImage  # one neuron's
    sheet: MarkSheet  # the unseen images

    def construct(self) -> None:
        facts = self.facts
        self.versions = Group()
        self.examples()
        if facts.turned and facts.moved and facts.bent:
            self.a_little_different()
        self.the_cost()
        if facts.is_recorded:
            self.one_dial()
            self.all_at_once()
        self.out_of_static()
        self.never_seen()
        self.the_dare_is_won()

    # --- sections ---
    def examples(self) -> None:
        facts = self.facts
        self.field = field = LabelledExamples(
            facts.shown_images, facts.shown_labels, self.theme, y=-0.15
        )
        self.head = self.title(self.words("examples"))
        self.add(field.thumbs)
        with self.section("examples" if facts.is_from_them else "examples-elsewhere"):
            shown = [FadeIn(self.head)] if facts.is_from_them else []
            self.play(field.answer(4.0), *shown)
            self.wait(1.0)
            self.take_out()

    def take_out(self) -> None:
        """One example comes forward, the others go."""
        field, place = self.field, self.facts.place
        self.picture = field.picture(place)
        self.add(self.picture)
        big = PixelImage(self.facts.image, self.theme, PICTURE).move_to(PICTURE_AT)
        self.play(
            FadeOut(Group(field, self.head), run_time=0.8),
            Transform(self.picture, big),
            run_time=1.4,
        )
        self.add(self.picture)

    def a_little_different(self) -> None:
        """The example, and beside it how it was seen at other times: each comes out of it."""
        facts = self.facts
        with self.section("a-little-different"):
            for k, version in enumerate(facts.versions):
                place = VERSIONS_AT + VERSION_PITCH * (k % 3 * RIGHT + k // 3 * DOWN)
                other = PixelImage(facts.image, self.theme, PICTURE).move_to(self.picture)
                seen = PixelImage(version, self.theme, VERSION).move_to(place)
                self.play(Transform(other, seen), run_time=1.1)
                self.versions.add(other)

    def the_cost(self) -> None:
        facts, theme = self.facts, self.theme
        n = len(facts.outputs)
        pitch = min(BAR_PITCH, 9 * BAR_PITCH / max(n - 1, 1))
        left = BARS_AT + np.array([[0.35, -pitch * k, 0] for k in range(n)])
        given = Bars(np.zeros(n), left, theme, WIDE, 0.2)
        names = VGroup()
        for k, (name, place) in enumerate(zip(self.story.network.class_names, left, strict=True)):
            role = "correct" if facts.wanted[k] else "muted"
            text = self.label(name, role, BODY, bold=bool(facts.wanted[k]))
            names.add(stand(text.move_to(place + 0.35 * LEFT), place[1] - BODY / 2))
        wanted = Bars(facts.wanted, left + 0.16 * np.array([0, -1, 0]), theme, SHORT, 0.06)
        wanted.crown(int(facts.wanted.argmax()))
        self.curve = curve = PenaltyCurve(
            facts.cost_name,
            (self.words("penalty"), self.words("off"), self.words("costs")),
            np.array([1.45, -1.9, 0]),
            (4.9, 4.2),
            theme,
            n,
            int(facts.wanted.argmax()),
        )
        state = self.label(self.words("before" if facts.is_recorded else "after"), "muted", BODY)
        state.next_to(BARS_AT, UP, buff=0.35).shift(1.0 * RIGHT)
        total = stand(self.label(self.words("total"), "text", BODY, bold=True), -2.65)
        total.move_to((-6.45, total.get_center()[1], 0), LEFT)
        small = PixelImage(facts.image, theme, SMALL).move_to(SMALL_AT)
        with self.section("the-cost" if facts.is_recorded else "the-cost-only"):
            self.play(
                FadeOut(self.versions, run_time=0.7),
                Transform(self.picture, small),
                FadeIn(state),
                run_time=1.2,
            )
            self.play(FadeIn(given, names), run_time=0.6)
            self.play(given.animate.set_values(facts.outputs), run_time=1.6)
            self.say()
            short = Bars(facts.outputs, left, theme, SHORT, 0.2)
            self.play(Transform(given, short), run_time=0.8)
            self.play(FadeIn(wanted, curve.axes), run_time=0.8)
            self.play(FadeIn(curve.curve, curve.dots), run_time=1.0)
            slide = UpdateFromAlphaFunc(curve, lambda c, s: c.slide(facts.differences, s))
            self.play(slide, run_time=3.5)
            self.say()
            self.play(FadeIn(total, shift=UP * 0.1), run_time=0.7)
            self.wait(0.8)
        self.answered = Group(self.picture, state, given, names, wanted, total, curve)

    def one_dial(self) -> None:
        facts = self.facts
        self.valley = valley = Valley(
            facts.dial_values,
            facts.dial_costs,
            facts.dial_value,
            (self.words("mean"), self.words("dial"), self.words("stands")),
            self.theme,
            (-1.6, -2.2),
            (8.0, 4.6),
            (-4.6, 0.1),
        )
        low = facts.dial_value + 0.75 * (facts.dial_best - facts.dial_value)
        with self.section("one-dial"):
            self.play(FadeOut(self.answered), FadeIn(valley.axes), run_time=1.2)
            self.play(FadeIn(valley.dial, valley.ball, valley.number), run_time=0.8)
            self.say()
            self.play(valley.turn_to(facts.dial_near), run_time=2.2)
            self.play(valley.turn_to(low), run_time=2.6)
            self.say()
            self.play(valley.turn_to(facts.dial_far), run_time=2.8)
            self.play(valley.turn_to(facts.dial_best), run_time=1.6)
            self.mark_poster()
            self.wait(0.6)

    def all_at_once(self) -> None:
        facts, theme, valley = self.facts, self.theme, self.valley
        scale = robust_scale(facts.dials[-1])
        n = facts.dials.shape[1]
        columns = int(np.ceil(np.sqrt(n)))
        pitch = 3.9 / columns
        k = np.arange(n)
        places = np.stack(
            [k % columns - (columns - 1) / 2, (columns - 1) / 2 - k // columns], axis=1
        )
        centres = np.c_[places * pitch, 0 * k] + np.array([-4.4, -0.2, 0])
        dials = Dials(facts.dials[0], centres, 0.42 * pitch, scale, theme, 0.9, 26 / columns)
        plot = RunPlot(
            facts.epochs,
            facts.mean_costs,
            [self.words("tick", epoch=int(epoch)) for epoch in facts.epochs],
            (self.words("mean"), self.words("epochs")),
            theme,
            (-0.9, -2.0),
            (7.0, 4.6),
        )
        name = stand(self.label(self.words("into"), "text", BODY, bold=True), 2.95)
        name.move_to((-6.45, name.get_center()[1], 0), LEFT)
        with self.section("all-at-once" if facts.is_from_them else "all-at-once-elsewhere"):
            self.play(
                FadeOut(valley, run_time=0.7),
                LaggedStart(FadeIn(dials), FadeIn(name), FadeIn(plot.axes), lag_ratio=0.3),
                run_time=1.6,
            )
            self.play(FadeIn(plot.dot, plot.number), run_time=0.4)
            self.learn(dials, plot, 0.0, 0.2, 4.0)
            self.say()
            self.learn(dials, plot, 0.2, 0.35, 4.0)
            self.say()
            self.learn(dials, plot, 0.35, 1.0, 5.5)
        self.run = Group(dials, plot, name)

    def learn(self, dials: Dials, plot: RunPlot, start: float, end: float, run_time: float) -> None:
        """The run goes on from one share of its way to another."""
        kept = self.facts.dials

        def step(_: Any, alpha: float) -> None:
            share = start + (end - start) * alpha
            along = share * (len(kept) - 1)
            k = min(int(along), len(kept) - 2)
            dials.set_values(kept[k] + (along - k) * (kept[k + 1] - kept[k]))
            plot.set_share(share)

        self.play(
            UpdateFromAlphaFunc(Group(dials, plot), step, rate_func=linear), run_time=run_time
        )

    def out_of_static(self) -> None:
        facts, theme = self.facts, self.theme
        first = facts.snapshots[0]
        self.weights = WeightImage(first, theme, WEIGHTS, robust_scale(first)).move_to(WEIGHTS_AT)
        head = self.title(self.words("weights"))
        names = [self.epoch_name(k) for k in range(len(facts.snapshots))]
        film = Snapshots(facts.snapshots, names, theme, np.array([3.35, 0.0, 0]), 6.4, 5.9)
        gone = Group(*[m for m in self.mobjects if m is not self.camera.frame])
        with self.section(f"out-of-static{self.kind_of_static()}"):
            self.play(FadeOut(gone, run_time=0.7), FadeIn(self.weights), FadeIn(head), run_time=1.4)
            self.play(FadeIn(film.images[0], film.names[0]), run_time=0.6)
            self.say()
            for k in range(1, len(facts.snapshots)):
                image = facts.snapshots[k]
                after = WeightImage(image, theme, WEIGHTS, robust_scale(image))
                self.play(
                    Transform(self.weights, after.move_to(WEIGHTS_AT)),
                    FadeIn(film.images[k], film.names[k]),
                    run_time=7.0 / (len(facts.snapshots) - 1),
                )
        self.last = Group(head, film.images, film.names)

    def kind_of_static(self) -> str:
        """Which of the sections tells what became of the weights: how its name ends."""
        facts = self.facts
        if not facts.is_recorded:
            return "-only"
        kinds = {"small": "", "smooth": "-smooth", "answers": "-free", "unknown": "-free"}
        return "-static" if facts.is_static else kinds[facts.asked]

    def epoch_name(self, k: int) -> str:
        """What stands beside the weights of checkpoint k."""
        if not self.facts.is_recorded:
            return self.words("trained_only")
        return self.words("epoch", epoch=int(self.facts.epochs[k]))

    def never_seen(self) -> None:
        facts, theme = self.facts, self.theme
        self.sheet = MarkSheet(facts.unseen, theme, np.array([2.2, -0.25, 0]), 8.6, 6.4)
        is_unseen = facts.is_recorded and facts.is_from_them
        head = self.title(self.words("unseen" if is_unseen else "tested"))
        asked = PixelImage(facts.first_unseen[0], theme, 3.2).move_to((-4.55, -0.25, 0))
        score = self.number(0, "correct", TITLE, places=0, bold=True, anchor=LEFT)
        score.move_to((-6.3, 0.2, 0), LEFT)
        word = self.label(self.words("right"), "correct", HEADING, bold=True)
        word.move_to((-6.3, -0.75, 0), LEFT)
        elsewhere = "-elsewhere" if facts.is_recorded else "-only"
        with self.section("never-seen" if is_unseen else f"never-seen{elsewhere}"):
            self.play(FadeOut(Group(self.weights, self.last)), run_time=0.5)
            self.play(FadeIn(Group(head, self.sheet, asked)), run_time=0.8)
            for image in facts.first_unseen[1:]:
                self.play(asked.animate.set_values(image), run_time=0.35)
                self.wait(0.65)
            self.say()
            self.play(FadeOut(asked), FadeIn(score, word), run_time=0.4)
            if facts.is_recorded:
                self.mark(facts.is_right_before, score, 2.0)
                self.wait(1.2)
            self.mark(facts.is_right_after, score, 2.6)
        self.exam = Group(head, score, word)

    def mark(self, right: np.ndarray, score: Any, run_time: float) -> None:
        """Answer after answer is marked, and the score counts those that are right."""

        def step(_: Any, share: float) -> None:
            self.sheet.set_right(right, round(share * len(right)))
            score.set_value(float(self.sheet.right.sum()))

        self.play(
            UpdateFromAlphaFunc(Group(self.sheet, score), step, rate_func=linear), run_time=run_time
        )

    def the_dare_is_won(self) -> None:
        facts = self.facts
        won = DareWon(facts.image, facts.snapshots[-1], self.theme)
        with self.section("the-dare-is-won"):
            self.play(FadeOut(Group(self.sheet, self.exam)), FadeIn(won.picture), run_time=1.2)
            self.play(FadeIn(won.page, shift=RIGHT * 0.3), run_time=1.0)
            self.say()
            self.on_the_page(won)

    def on_the_page(self, won: DareWon) -> None:
        """The weights appear on the page, as they were and then as they became."""
        made = [
            WeightImage(image, self.theme, won.weights.width, robust_scale(image))
            for image in self.facts.snapshots
        ]
        first, *others = [image.move_to(won.weights) for image in made]
        self.play(FadeIn(first, scale=0.9), run_time=1.0)
        for other in others:
            self.play(Transform(first, other), run_time=4.0 / len(others))

    # --- pieces ---
    def title(self, text: str) -> Any:
        """The line on top of the picture."""
        return self.label(text, "text", HEADING, bold=True).move_to((0, TOP_Y, 0))
