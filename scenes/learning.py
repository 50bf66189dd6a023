"""Learning: an example and its cost, the parameters that move, the real run, unseen images."""

from __future__ import annotations

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
    LaggedStart,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from netcore.backprop import one_hot
from netcore.digits import load_digits
from netcore.network import Trace, forward, forward_batch
from scenes.parts.answer_table import AnswerTable
from scenes.parts.baseline import stand
from scenes.parts.dials import Dials
from scenes.parts.digit_choice import some_of_each
from scenes.parts.exam import Exam
from scenes.parts.history_plot import HistoryPlot
from scenes.parts.images import PixelImage
from scenes.parts.output_costs import cost_of, output_costs, readable_example
from scenes.parts.scaled_weights import ScaledWeights
from scenes.parts.snapshots import Snapshots, agreement, most_structured
from scenes.parts.thumbnails import Grow, Thumbnails
from scenes.parts.training_path import TrainingPath
from scenes.parts.weight_wall import hang
from scenes.stage.scene import NetglowScene
from scenes.stage.story import DEFAULT_DIGIT
from scenes.stage.text import BODY, CAPTION, HEADING
from scenes.stage.theme import robust_scale

LEFT_X, RIGHT_X, TOP_Y = -6.4, 6.4, 3.2
MANY = 40  # examples that are shown
DIALS_LEFT, DIALS_WIDTH, MOST_DIALS = -3.75, 3.3, 32
STRUCTURE = 0.3  # neighbouring weights that agree more than this are not static


class Learning(NetglowScene):
    """From one labelled image to the accuracy on images that the network never saw."""

    def construct(self) -> None:
        self.gather()
        self.labelled_examples()
        self.the_cost()
        if self.path:
            self.the_parameters_move()
        if len(self.story.model.history["cost"]) > 1:
            self.over_all_images()
        self.out_of_static()
        self.never_seen()

    def gather(self) -> None:
        """The example, what every network of the run answers to it, and what that costs."""
        story, model = self.story, self.story.model
        checkpoints = model.checkpoints
        self.path = TrainingPath(checkpoints) if len(checkpoints) > 1 else None
        self.networks = [c.network for c in checkpoints] if self.path else [story.network]
        self.train, _ = load_digits()
        self.cost = cost_of(model.meta, story.network)
        label = DEFAULT_DIGIT if story.label is None else story.label
        self.example = readable_example(self.cost, self.networks, self.train, label)
        self.image, self.label_of = self.train.images[self.example], label
        self.wanted = one_hot(label, story.network.sizes[-1])
        self.numbers = {"n": f"{len(self.train):,}", "label": label,
                        "cost": f"{self.costs(self.asked(0)).sum():.2f}",
                        "final": f"{self.costs(self.asked(-1)).sum():.2f}"}  # fmt: skip

    def asked(self, k: int) -> Trace:
        """What the network of checkpoint k makes of the example."""
        return forward(self.networks[k], self.image)

    def costs(self, trace: Trace) -> np.ndarray:
        """(classes,) the cost of the example, output by output."""
        return output_costs(self.cost, trace, self.wanted)

    # --- beats ---
    def labelled_examples(self) -> None:
        which, self.ours = some_of_each(self.train.labels, MANY, self.example)
        spots, size = hang(MANY, 12.8, 5.5, 1.35, 1.62)
        with self.beat("labelled-examples", **self.numbers):
            self.headline = self._line(self.words("examples", **self.numbers))
            thumbs = Thumbnails(self.train.images[which], spots + UP * 0.15, size, self.theme)
            grow = Grow(thumbs, np.linspace(0, 0.7, MANY), run_time=2.0)
            self.play(FadeIn(self.headline, shift=RIGHT * 0.2), grow)
            self.say()
            labels = VGroup(*[
                self.label(str(self.train.labels[i]), "correct", BODY, bold=True).move_to(
                    spot + DOWN * (0.5 * size + 0.08))
                for i, spot in zip(which, spots, strict=True)
            ])  # fmt: skip
            self.play(LaggedStart(*map(FadeIn, labels), lag_ratio=0.05), run_time=1.6)
            self.wait(0.8)
            self._pick(thumbs, labels, spots[self.ours] + UP * 0.15, size)

    def the_cost(self) -> None:
        theme, trace = self.theme, self.asked(0)
        heads = *map(self.words, ("given", "wanted", "difference", "cost")),
        self.table = t = AnswerTable(trace.output, self.wanted, self.costs(trace),
                                     self.story.network.class_names, heads,
                                     self.words("total"), self.words(self.cost), theme)  # fmt: skip
        with self.beat("the-cost" if self.path else "the-cost-trained", **self.numbers):
            state = self._line(self.words("untrained" if self.path else "trained"))
            self.play(FadeIn(t.names), FadeIn(state, shift=RIGHT * 0.2), run_time=0.6)
            self.headline = state
            self.play(LaggedStart(FadeIn(t.answer[0]), FadeIn(t.given),
                                  LaggedStart(*map(FadeIn, t.outputs), lag_ratio=0.15),
                                  lag_ratio=0.3), run_time=1.8)  # fmt: skip
            self.say()
            self.play(FadeIn(t.want, shift=RIGHT * 0.2), run_time=1.0)
            self.say()
            self.play(FadeIn(t.heads[2]), self._grow_bars(), run_time=1.2)
            self.play(FadeIn(t.heads[3], t.costs, t.formula), run_time=0.7)
            self.play(Create(t.rule), FadeIn(t.sum_word, t.total), run_time=0.7)

    def the_parameters_move(self) -> None:
        with self.beat("the-parameters-move", **self.numbers):
            self._show_dials()
            self.play(UpdateFromAlphaFunc(self.dials, self._turn_dials, rate_func=linear),
                      UpdateFromAlphaFunc(self.table, self._move_table, rate_func=linear),
                      UpdateFromAlphaFunc(self.epoch, lambda n, share: n.set_value(
                          int(self.path.epoch(share) + 1e-6)), rate_func=linear),
                      run_time=6.0)  # fmt: skip

    def over_all_images(self) -> None:
        history = self.story.model.history
        seen, unseen = (100 * history[key] for key in ("train_accuracy", "test_accuracy"))
        epochs = len(seen)
        said = {"epochs": epochs, "cost_first": f"{history['cost'][0]:.2f}",
                "cost_last": f"{history['cost'][-1]:.2f}", "right_first": f"{unseen[0]:.1f}",
                "right_last": f"{unseen[-1]:.1f}"}  # fmt: skip
        with self.beat("over-all-images", **said):
            self._clear()
            self._plots(seen, unseen)
            head = self._line(self.words("run", **said))
            self.play(FadeIn(head, shift=RIGHT * 0.2),
                      FadeIn(self.cost_plot.axes, self.right_plot.axes), run_time=0.8)  # fmt: skip
            for plot, ends in ((self.cost_plot, self.ends[:1]), (self.right_plot, self.ends[1:])):
                self.say()
                self.play(FadeIn(plot.dots), run_time=0.3)
                self.add(plot)
                self.play(UpdateFromAlphaFunc(plot, lambda p, share: p.set_epoch(
                    1 + (epochs - 1) * share**2.5), rate_func=linear), run_time=3.2)  # fmt: skip
                self.play(FadeIn(ends), run_time=0.5)

    def out_of_static(self) -> None:
        shape = self.story.network.image_shape
        self.neuron = most_structured(self.story.network.w[0].reshape(-1, *shape),
                                      self.train.images.mean(axis=0))  # fmt: skip
        images = np.array([n.w[0][self.neuron].reshape(shape) for n in self.networks])
        self.structured = agreement(images[-1]) > STRUCTURE
        name = "out-of-static" + ("" if self.structured else "-static")
        with self.beat(name if self.path else "out-of-static-only"):
            self._clear()
            self.film = Snapshots(images, self._epoch_names(), self.theme,
                                  np.array([2.9, -0.05, 0]), 7.0, 5.7)  # fmt: skip
            self._show_weights(images)
            for k in range(1, len(images)):
                if k == 1:
                    self.say()
                self.play(*self.weights.go_on(images[k], self.film.scales[k]),
                          FadeIn(self.film.images[k], self.film.names[k]),
                          run_time=max(0.45, 6.0 / len(images)))  # fmt: skip
            self.mark_poster()
            self.wait(0.8)

    def never_seen(self) -> None:
        digits = self.story.digits
        right = [forward_batch(n, digits.images).predicted == digits.labels
                 for n in (self.networks[0], self.networks[-1])]  # fmt: skip
        before, after = (int(r.sum()) for r in right)
        said = {"n": f"{len(digits):,}", "before": f"{before:,}", "right": f"{after:,}",
                "percent": f"{100 * after / len(digits):.1f}"}  # fmt: skip
        with self.beat("never-seen" if self.path else "never-seen-only", **said):
            self._clear()
            words = *map(self.words, ("percent", "right", "wrong")),
            self.exam = Exam(len(digits), 100 * max(before, after) / len(digits), words,
                             np.array([LEFT_X, 0.2, 0]), self.theme)  # fmt: skip
            self.state = None
            head = self._line(self.words("unseen", **said))
            self.play(FadeIn(head, shift=RIGHT * 0.2), FadeIn(self.exam.sheet), run_time=0.9)
            self.play(FadeIn(self.exam.key), run_time=0.5)
            self.say()
            if self.path:
                self._mark(right[0], self.words("untrained"))
                self.say()
            self._mark(right[-1], self.words("trained"))
            self.wait(1.0)

    # --- pieces of the picture ---
    def _line(self, text: str, y: float = TOP_Y, role: str = "text", size: float = HEADING,
              bold: bool = True) -> VGroup:  # fmt: skip
        """A text that begins at the left border."""
        made = self.label(text, role, size, bold)
        return stand(made.move_to([LEFT_X, 0, 0], aligned_edge=LEFT), y)

    def _clear(self) -> None:
        """All that is seen goes."""
        seen = Group(*self.mobjects)
        if len(seen):
            self.play(FadeOut(seen), run_time=0.6)

    def _pick(self, thumbs: Thumbnails, labels: VGroup, spot: np.ndarray, size: float) -> None:
        """One example comes forward with its label; the others go."""
        alpha = np.ones(MANY)
        alpha[self.ours] = 0.0
        self.picture = PixelImage(self.image, self.theme, size, gap=0.0).move_to(spot)
        chip = labels[self.ours]
        self.add(self.picture)
        thumbs.set_alpha(alpha)
        big = PixelImage(self.image, self.theme, 4.4)
        big.move_to([LEFT_X + 2.2, 0.25, 0])
        self.labelled = self._line(self.words("label", **self.numbers), -2.45, "correct", BODY)
        target = self.labelled[-1].copy()
        self.play(FadeOut(thumbs, VGroup(*[m for m in labels if m is not chip]), self.headline),
                  Transform(self.picture, big), Transform(chip, target),
                  FadeIn(VGroup(*self.labelled[:-1])), run_time=1.3)  # fmt: skip
        self.remove(chip, *self.labelled)
        self.add(self.labelled)

    def _grow_bars(self) -> Animation:
        """The bars of the differences grow to what they are."""
        bars = self.table.bars
        values, fill = bars.values, bars.fill

        def grow(_: Any, share: float) -> None:
            bars.set_values(values * share).set_arrays(fill=fill)

        grow(None, 0.0)
        return UpdateFromAlphaFunc(bars, grow)

    def _show_dials(self) -> None:
        """The image steps aside for the last weights, which stand beside the outputs they feed."""
        network, table = self.networks[0], self.table
        shown = self.last_weights(network)
        pitch = min(DIALS_WIDTH / shown.shape[1], 0.21)
        x = DIALS_LEFT + (np.arange(shown.shape[1]) + 0.5) * pitch
        places = np.stack(np.broadcast_arrays(x[None], table.y[:, None], 0.0), axis=2)
        self.dials = Dials(shown.ravel(), places.reshape(-1, 3), 0.46 * pitch,
                           robust_scale(self.last_weights(self.networks[-1])), self.theme,
                           width=2.0)  # fmt: skip
        head = self.label(self.words("last_weights", n=f"{shown.size:,}"), "muted", CAPTION)
        stand(head.move_to([DIALS_LEFT, 0, 0], aligned_edge=LEFT), table.heads[0].get_bottom()[1])
        self.epoch = self.number(0, size=HEADING, places=0, bold=True, anchor=LEFT)
        self.epoch.set_value(self.path.epoch(0))
        word = self._line(self.words("epoch"))
        stand(self.epoch.next_to(word, RIGHT, buff=0.2), TOP_Y)
        between = self.words("between", checkpoints=len(self.path))
        between = self._line(between, -2.85, "muted", CAPTION, False)
        self.play(FadeOut(self.headline), self.labelled.animate.shift(UP * 2.2),
                  self.picture.animate.scale(0.5).move_to([LEFT_X + 1.1, 1.45, 0]),
                  run_time=0.9)  # fmt: skip
        self.play(FadeIn(self.dials), FadeIn(head, word, self.epoch, between), run_time=0.8)

    def last_weights(self, network: Any) -> np.ndarray:
        """(classes, n) the weights into the outputs, of at most ``MOST_DIALS`` neurons."""
        return network.w[-1][:, :MOST_DIALS]

    def _turn_dials(self, dials: Dials, share: float) -> None:
        dials.set_values(self.last_weights(self.path.network(share)))

    def _move_table(self, table: AnswerTable, share: float) -> None:
        trace = forward(self.path.network(share), self.image)
        table.show(trace.output, self.costs(trace))

    def _plots(self, seen: np.ndarray, unseen: np.ndarray) -> None:
        history, theme, size = self.story.model.history, self.theme, (5.1, 3.9)
        self.cost_plot = HistoryPlot([(history["cost"], "wrong", 5)], self.words("cost_title"),
                                     self.words("epochs"), (-5.75, -1.95), size, theme)  # fmt: skip
        self.right_plot = HistoryPlot([(unseen, "correct", 6), (seen, "text", 2)],
                                      self.words("accuracy_title"), self.words("epochs"),
                                      (1.15, -1.95), size, theme, 100.0)  # fmt: skip
        last = history["cost"][-1]
        cost = self.label(self.words("cost_end", cost=f"{last:.2f}"), "wrong", BODY, bold=True)
        right = -5.75 + size[0]
        high = last < 0.5 * self.cost_plot.y.high
        end = self.cost_plot.y.at(last)[1]
        cost.move_to([right, end + (0.5 if high else -0.5), 0], aligned_edge=RIGHT)
        self.ends = VGroup(cost)
        for k, (name, values, role) in enumerate((("of_unseen", unseen, "correct"),
                                                  ("of_seen", seen, "text"))):  # fmt: skip
            text = self.label(self.words(name, percent=f"{values[-1]:.1f}"), role, CAPTION)
            self.ends.add(stand(text.move_to([RIGHT_X - 0.2, 0, 0], aligned_edge=RIGHT),
                                -1.05 - 0.4 * k))  # fmt: skip

    def _epoch_names(self) -> list[str]:
        if not self.path:
            return [self.words("trained")]
        return [self.words("after", epoch=f"{epoch:.0f}") for epoch in self.path.epochs]

    def _show_weights(self, images: np.ndarray) -> None:
        """The neuron's first weight image, large, and the first picture of the film."""
        words = *map(self.words, ("scale", "positive", "negative")),
        self.weights = ScaledWeights(images[0], self.film.scales[0], words, self.theme, LEFT_X)
        head = self._line(self.words("weights", neuron=self.neuron + 1))
        self.play(FadeIn(head, shift=RIGHT * 0.2), FadeIn(self.weights.image), run_time=0.8)
        beside = Group(self.film.images[0], self.film.names[0])
        if not self.path:
            self.say()
            beside = self.label(self.words("no_record"), "muted", CAPTION).move_to([2.9, 0.25, 0])
        self.play(FadeIn(self.weights.key, beside), run_time=0.6)

    def _mark(self, right: np.ndarray, state: str) -> None:
        """The answers of one network are marked."""
        exam, told = self.exam, self._line(state, 1.0, size=BODY, bold=False)
        if self.state:
            self.play(FadeOut(self.state), run_time=0.3)
        new = [] if self.state else [FadeIn(exam.score, exam.word)]
        self.play(FadeIn(told), *new, run_time=0.4)
        self.state = told
        self.play(exam.mark(right))
        exam.sheet.set_right(right)
