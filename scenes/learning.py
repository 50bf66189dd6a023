"""Learning: an example and its cost, the parameters that move, the real run, unseen images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
)

from netglow.netcore.backprop import one_hot
from netglow.netcore.digits import Digits
from netglow.netcore.network import Network, Trace, forward, forward_batch
from netglow.netcore.study.digit_choice import some_of_each
from netglow.netcore.study.output_costs import cost_of, output_costs, readable_example
from netglow.netcore.study.training_path import TrainingPath
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.learning.answer_table import AnswerTable
from netglow.scenes.props.learning.candidates import Candidates
from netglow.scenes.props.learning.dial_rows import DialRows
from netglow.scenes.props.learning.exam import Exam
from netglow.scenes.props.learning.labelled_examples import LabelledExamples
from netglow.scenes.props.learning.scaled_weights import ScaledWeights
from netglow.scenes.props.learning.snapshots import Snapshots, agreement, most_structured
from netglow.scenes.props.learning.training_curves import TrainingCurves
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import DEFAULT_DIGIT
from netglow.scenes.stage.text import BODY, CAPTION, HEADING, Number
from netglow.scenes.stage.theme import robust_scale

LEFT_X, RIGHT_X, TOP_Y = -6.4, 6.4, 3.2
MANY = 40  # examples that are shown
DIALS_LEFT, DIALS_WIDTH, DIAL, MOST_DIALS = -3.75, 3.3, 0.21, 32
STRUCTURE = 0.3  # neighbouring weights that agree more than this are not static
FIRST, THEN = squish_rate_func(smooth, 0, 0.5), squish_rate_func(smooth, 0.5, 1)


class Learning(NetglowScene):
    """From one labelled image to the accuracy on images that the network never saw."""

    path: TrainingPath | None  # between the checkpoints; None for a model without any
    networks: list[Network]  # of the checkpoints, or the model's only one
    train: Digits  # the training set
    cost: str  # the cost function's name
    example: int  # index of the example in the training set
    image: np.ndarray  # of the example, (rows, columns) 0..1
    wanted: np.ndarray  # (classes,) one-hot, from its label
    numbers: dict[str, Any]  # that the sentences about the example quote
    place: int  # of the example among the images that are shown
    field: LabelledExamples  # the images that are shown, with their labels
    headline: Any  # the line above the picture
    picture: PixelImage  # the example, taken out of the field
    labelled: VGroup  # its label in words
    table: AnswerTable  # outputs, differences and costs of the example
    dials: DialRows  # the last layer's weights
    epoch: Number  # that the dials have reached
    curves: TrainingCurves  # cost and accuracy over the whole run
    film: Snapshots  # one neuron's weights at every checkpoint
    weights: ScaledWeights  # the same, large, one after the other
    exam: Exam  # the test set's images as marks
    candidates: Candidates  # the networks that take the exam

    def construct(self) -> None:
        self.gather()
        self.labelled_examples()
        self.the_cost()
        if self.path:
            self.the_parameters_move(self.path)
        if len(self.story.model.history["cost"]) > 1:
            self.over_all_images()
        self.out_of_static()
        self.never_seen()

    def gather(self) -> None:
        """The example, the networks of the run, and what the first and last answer costs."""
        story, model = self.story, self.story.model
        checkpoints = model.checkpoints
        self.path = TrainingPath(checkpoints) if len(checkpoints) > 1 else None
        self.networks = [c.network for c in checkpoints] if self.path else [story.network]
        self.train = self.story.training
        self.cost = cost_of(model.meta, story.network)
        label = DEFAULT_DIGIT if story.label is None else story.label
        self.example = readable_example(self.cost, self.networks, self.train, label)
        self.image = self.train.images[self.example]
        self.wanted = one_hot(label, story.network.sizes[-1])
        self.numbers = {
            "n": f"{len(self.train):,}",
            "label": label,
            "cost": f"{self.costs(self.trace_of(0)).sum():.2f}",
            "final": f"{self.costs(self.trace_of(-1)).sum():.2f}",
        }

    def trace_of(self, k: int) -> Trace:
        """The forward pass of the example through the network of checkpoint k."""
        return forward(self.networks[k], self.image)

    def costs(self, trace: Trace) -> np.ndarray:
        """(classes,) the cost of the example, output by output."""
        return output_costs(self.cost, trace, self.wanted)

    # --- sections ---
    def labelled_examples(self) -> None:
        which, self.place = some_of_each(self.train.labels, MANY, self.example)
        self.field = field = LabelledExamples(
            self.train.images[which], self.train.labels[which], self.theme
        )
        with self.section("labelled-examples", **self.numbers):
            self.headline = self._line(self.words("examples", **self.numbers))
            self.play(FadeIn(self.headline, shift=RIGHT * 0.2), field.arrive())
            self.say()
            self.play(field.answer())
            self.wait(0.8)
            self._select_example()

    def the_cost(self) -> None:
        trace = self.trace_of(0)
        heads = (*map(self.words, ("given", "wanted", "difference", "cost")),)
        self.table = t = AnswerTable(
            trace.output,
            self.wanted,
            self.costs(trace),
            self.story.network.class_names,
            heads,
            self.words("total"),
            self.words(self.cost),
            self.theme,
        )
        with self.section("the-cost" if self.path else "the-cost-trained", **self.numbers):
            state = self._line(self.words("untrained" if self.path else "trained"))
            self.play(FadeIn(t.names), FadeIn(state, shift=RIGHT * 0.2), run_time=0.6)
            self.headline = state
            numbers = LaggedStart(*map(FadeIn, t.outputs), lag_ratio=0.15)
            answer = (FadeIn(t.answer[0]), FadeIn(t.given), numbers)
            self.play(LaggedStart(*answer, lag_ratio=0.3), run_time=1.8)
            self.say()
            self.play(FadeIn(t.want, shift=RIGHT * 0.2), run_time=1.0)
            self.say()
            self.play(FadeIn(t.heads[2]), t.grow_differences(), run_time=1.2)
            self.play(FadeIn(t.heads[3], t.costs, t.formula), run_time=0.7)
            self.play(Create(t.rule), FadeIn(t.sum_word, t.total), run_time=0.7)

    def the_parameters_move(self, path: TrainingPath) -> None:
        with self.section("the-parameters-move", **self.numbers):
            self._show_dials(path)
            self._train(path, 0.0, 0.55, 4.2)
            self.say()
            self._train(path, 0.55, 1.0, 3.2)

    def over_all_images(self) -> None:
        history = self.story.model.history
        cost, accuracy = history["cost"], history["train_accuracy"]
        numbers = {
            "n": self.numbers["n"],
            "epochs": len(cost),
            "cost_first": f"{cost[0]:.2f}",
            "cost_last": f"{cost[-1]:.2f}",
            "right_first": f"{100 * accuracy[0]:.1f}",
            "right_last": f"{100 * accuracy[-1]:.1f}",
        }
        texts = ("cost_title", "right_title", "epochs", "cost_end", "right_end")
        self.curves = TrainingCurves(
            cost, accuracy, {t: self.words(t, **numbers) for t in texts}, self.theme
        )
        with self.section("over-all-images", **numbers):
            self._back_to_all()
            self._all_to_one_point(self._line(self.words("run", **numbers)))
            for k in range(2):
                self.say()
                self.play(self.curves.draw(k))
                self.remove(self.field.thumbs)

    def out_of_static(self) -> None:
        shape = self.story.network.image_shape
        neuron = most_structured(
            self.story.network.w[0].reshape(-1, *shape), self.train.images.mean(axis=0)
        )
        images = np.array([n.w[0][neuron].reshape(shape) for n in self.networks])
        name = "out-of-static" + ("" if agreement(images[-1]) > STRUCTURE else "-static")
        self.film = Snapshots(
            images, self._epoch_names(), self.theme, np.array([2.9, -0.05, 0]), 7.0, 5.7
        )
        words = [*map(self.words, ("scale", "positive", "negative"))]
        self.weights = ScaledWeights(images[0], self.film.scales[0], words, self.theme, LEFT_X)
        with self.section(name if self.path else "out-of-static-only"):
            self.headline = self._line(self.words("weights", neuron=neuron + 1))
            if not self.path:
                self._only_weights()
                return
            self._checkpoints_to_plates(self.path.epochs)
            self._first_weights()
            for k in range(1, len(images)):
                if k == 1:
                    self.say()
                self.play(
                    *self.weights.change(images[k], self.film.scales[k]),
                    FadeIn(self.film.images[k]),
                    run_time=max(0.45, 6.0 / len(images)),
                )
            self.mark_poster()
            self.wait(0.8)

    def never_seen(self) -> None:
        digits = self.story.digits
        right = [
            np.equal(forward_batch(n, digits.images).predictions, digits.labels)
            for n in (self.networks[0], self.networks[-1])
        ]
        before, after = (int(r.sum()) for r in right)
        numbers = {
            "n": f"{len(digits):,}",
            "before": f"{before:,}",
            "right": f"{after:,}",
            "percent": f"{100 * after / len(digits):.1f}",
        }
        words = [*map(self.words, ("percent", "right", "wrong"))]
        self.exam = Exam(len(digits), words, np.array([LEFT_X, -0.45, 0]), self.theme)
        with self.section("never-seen" if self.path else "never-seen-only", **numbers):
            self._show_candidates(numbers)
            self.say()
            if self.path:
                self._mark(0, right[0])
                self.say()
            self._mark(-1, right[-1])
            self._compare()
            self.wait(1.0)

    # --- pieces of the picture ---
    def _line(
        self,
        text: str,
        y: float = TOP_Y,
        role: str = "text",
        size: float = HEADING,
        bold: bool = True,
    ) -> VGroup:
        """A text that begins at the left border."""
        made: VGroup = self.label(text, role, size, bold)
        return stand(made.move_to((LEFT_X, 0, 0), aligned_edge=LEFT), y)

    def _all_but(self, *kept: Any) -> Group:
        """All that is visible, apart from what is kept."""
        return Group(*[m for m in self.mobjects if m not in kept])

    # examples and the cost of one
    def _select_example(self) -> None:
        """One example comes forward with its label; the others go."""
        field, chip = self.field, self.field.answers[self.place]
        others = VGroup(*[m for m in field.answers if m is not chip])
        self.picture = field.picture(self.place)
        self.remove(field.answers)
        self.add(field.without(self.place), others, self.picture, chip)
        big = PixelImage(self.image, self.theme, 4.4).move_to((LEFT_X + 2.2, 0.25, 0))
        self.labelled = self._line(self.words("label", **self.numbers), -2.45, "correct", BODY)
        self.play(
            FadeOut(field.thumbs, others, self.headline, rate_func=FIRST),
            Transform(self.picture, big),
            Transform(chip, self.labelled[-1].copy()),
            FadeIn(VGroup(*self.labelled[:-1]), rate_func=THEN),
            run_time=1.4,
        )
        self.remove(chip, *self.labelled)
        self.add(self.labelled)

    # the run, as one example shows it
    def _show_dials(self, path: TrainingPath) -> None:
        """The image steps aside for the last weights, which stand beside the outputs they feed."""
        first, last = (self.last_weights(self.networks[k]) for k in (0, -1))
        self.dials = DialRows(
            first, self.table.y, DIALS_LEFT, DIALS_WIDTH, DIAL, robust_scale(last), self.theme
        )
        head = self.label(self.words("last_weights", n=f"{first.size:,}"), "muted", CAPTION)
        stand(head.move_to((DIALS_LEFT, 0, 0), LEFT), self.table.heads[0].get_bottom()[1])
        self.epoch = self.number(0, size=HEADING, places=0, bold=True, anchor=LEFT)
        self.epoch.set_value(path.epoch(0))
        word = self._line(self.words("epoch"))
        stand(self.epoch.next_to(word, RIGHT, buff=0.2), TOP_Y)
        between = self._line(
            self.words("between", checkpoints=len(path)), -2.85, "muted", CAPTION, False
        )
        self.play(
            FadeOut(self.headline),
            self.labelled.animate.shift(UP * 2.2),
            self.picture.animate.scale(0.5).move_to((LEFT_X + 1.1, 1.45, 0)),
            run_time=0.9,
        )
        self.play(FadeIn(self.dials), FadeIn(head, word, self.epoch, between), run_time=0.8)

    def last_weights(self, network: Network) -> np.ndarray:
        """(classes, n) the weights into the outputs, of at most ``MOST_DIALS`` neurons."""
        return network.w[-1][:, :MOST_DIALS]

    def _train(self, path: TrainingPath, start: float, end: float, run_time: float) -> None:
        """The run goes on from one share of its way to another."""

        def step(_: Any, share: float) -> None:
            at = start + (end - start) * share
            network = path.network(at)
            trace = forward(network, self.image)
            self.dials.set_values(self.last_weights(network))
            self.table.set_outputs(trace.output, self.costs(trace))
            self.epoch.set_value(int(path.epoch(at) + 1e-6))

        moving = Group(self.dials, self.table, self.epoch)
        self.play(UpdateFromAlphaFunc(moving, step, rate_func=linear), run_time=run_time)

    # the run, over all examples
    def _back_to_all(self) -> None:
        """The example goes back to where it hung, among the others."""
        field = self.field
        gone = self._all_but(self.picture)
        self.play(
            FadeOut(gone, rate_func=FIRST),
            Transform(self.picture, field.picture(self.place)),
            FadeIn(field.without(self.place), rate_func=THEN),
            run_time=1.5,
        )
        field.without(None)
        self.remove(self.picture)

    def _all_to_one_point(self, head: VGroup) -> None:
        """All examples together have one cost: the curve's first point."""
        first = self.curves.cost.dots[0].get_center()
        self.play(
            self.field.gather(first, run_time=2.0),
            FadeIn(head, shift=RIGHT * 0.2),
            FadeIn(self.curves.axes, rate_func=THEN),
            run_time=2.0,
        )

    # one neuron's weights
    def _epoch_names(self) -> list[str]:
        if not self.path:
            return [self.words("trained")]
        return [self.words("after", epoch=f"{epoch:.0f}") for epoch in self.path.epochs]

    def _checkpoints_to_plates(self, epochs: np.ndarray) -> None:
        """The moments of the run that were kept are marked; each becomes a picture's place."""
        film = self.film
        arrive = FadeIn(self.headline, film.names, shift=RIGHT * 0.2, rate_func=THEN)
        if len(self.story.model.history["cost"]) < 2:
            self.play(FadeOut(self._all_but()), run_time=0.8)
            self.play(arrive, FadeIn(film.plates), run_time=0.8)
            return
        marks = film.marks(self.curves.cost.x.at(epochs), self.theme)
        self.play(FadeIn(marks), run_time=0.6)
        gone = self._all_but(marks)
        self.play(
            Wave(marks, film.plates, np.linspace(0, 0.4, len(marks))),
            FadeOut(gone, rate_func=FIRST),
            arrive,
            run_time=1.6,
        )
        self.remove(marks, film.names)
        self.add(film.plates, film.names)

    def _first_weights(self) -> None:
        """The first picture, and large beside the others."""
        small = self.film.images[0]
        self.play(FadeIn(small), run_time=0.5)
        grown = small.copy()
        self.play(Transform(grown, self.weights.image), FadeIn(self.weights.key), run_time=1.0)
        self.remove(grown)
        self.add(self.weights.image)

    def _only_weights(self) -> None:
        """Of a network without a record there is one picture, and that is said."""
        note = self.label(self.words("no_record"), "muted", CAPTION).move_to((2.9, 0.25, 0))
        self.play(FadeOut(self._all_but()), run_time=0.8)
        self.play(
            FadeIn(self.headline, shift=RIGHT * 0.2), FadeIn(self.weights.image), run_time=0.8
        )
        self.say()
        self.play(FadeIn(self.weights.key, note), run_time=0.6)
        self.mark_poster()

    # images it never saw
    def _show_candidates(self, numbers: dict[str, Any]) -> None:
        """The first and the last picture stay, for the networks that are evaluated."""
        film: Sequence[Any] = (
            [self.film.images[k] for k in (0, -1)] if self.path else [self.weights.image]
        )
        names = ("untrained", "trained") if self.path else ("trained",)
        self.candidates = Candidates(
            film, [self.words(name) for name in names], self.theme, np.array([LEFT_X, 2.75, 0])
        )
        head = self._line(self.words("unseen", **numbers))
        self.play(
            FadeOut(self._all_but(*film), rate_func=FIRST),
            *self.candidates.gather(),
            FadeIn(self.candidates.names, rate_func=THEN),
            run_time=1.3,
        )
        self.play(
            FadeIn(head, shift=RIGHT * 0.2), FadeIn(self.exam.sheet, self.exam.key), run_time=0.8
        )

    def _mark(self, k: int, right: np.ndarray) -> None:
        """The answers of one network are marked."""
        score = () if self.candidates.frame else (FadeIn(self.exam.score, self.exam.word),)
        self.play(*self.candidates.select(k), *score, run_time=0.6)
        self.play(self.exam.mark(right))
        self.exam.sheet.set_right(right)

    def _compare(self) -> None:
        """How well it knows the images it was trained with."""
        accuracy = self.story.model.history["train_accuracy"]
        if len(accuracy):
            text = self.words("of_seen", percent=f"{100 * accuracy[-1]:.1f}")
            line = self._line(text, -2.75, "text", CAPTION, False)
            self.play(FadeIn(line, shift=UP * 0.1), run_time=0.6)
