"""What ForwardPass shows: a digit that is hard to read, two more, one that is read wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from netglow.netcore.network import Array, Trace, forward
from netglow.netcore.study import doubts
from netglow.scenes.facts.base import Facts
from netglow.scenes.stage.story import DEFAULT_DIGIT

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

MORE = (4, 1)  # the other digits, counted on from the answer
FIRM, ALMOST_DARK = 0.9, 0.1  # an output that is believed firmly; the others then
SURE, HALF, WELL = 0.9, 0.5, 0.8


@dataclass(frozen=True, eq=False)
class ForwardPassFacts(Facts):
    """The passes of several images, and how often the network is right.

    The ``image`` (rows, columns) is the one that was asked for; if none was, the test image whose
    largest output leads by least over the second. ``label`` is its digit (None: nobody knows),
    ``predicted`` the answer with the output ``best``, ``runner`` the second with ``next_best``;
    ``first`` and ``second`` are these two digits in the order of their size. ``is_torn`` says that
    the second output is at least half of the first.

    ``moved`` and ``unmoved`` are two neurons of the first hidden layer (None: there are no such
    two), and ``balances`` (2, 2) what is added to and what is taken away from the sum of each.

    ``more`` (2, rows, columns) are images of other digits, with labels, answers, and outputs as
    they are written. ``mistake`` is the wrongly read test image with the largest output (None if
    there is none), ``is_sure`` says that this output is above 0.9. ``reads`` (n,) tells of every
    test image whether it is read rightly.
    """

    image: Array
    label: int | None
    predicted: int
    runner: int
    first: int
    second: int
    best: float
    next_best: float
    best_stated: str
    next_stated: str
    is_torn: bool
    is_right: bool | None
    opening: str
    belief: str
    edges: int
    moved: int | None
    unmoved: int | None
    balances: Array
    more: Array
    more_labels: list[int]
    more_answers: list[int]
    more_stated: list[str]
    mistake: Array | None
    mistake_label: int | None
    mistake_answer: int | None
    mistake_stated: str | None
    is_sure: bool
    reads: np.ndarray
    n: int
    right: int
    errors: int
    accuracy: float
    is_unseen: bool
    reads_well: bool

    @classmethod
    def of(cls, story: Story) -> Self:
        """Of the story's image, or, if nobody asked for it, of one that is hard to read."""
        network, digits, found = story.network, story.digits, story.evaluation
        index = index_of(story)
        image = story.image if index is None else digits.images[index]
        label = None if index is None else int(digits.labels[index])
        trace = forward(network, image)
        order = np.argsort(-trace.output, kind="stable")
        predicted, runner = int(order[0]), int(order[1])
        best, next_best = float(trace.output[predicted]), float(trace.output[runner])
        is_torn = best >= HALF and next_best >= HALF * best
        trained_here = story.model.meta.get("data_checksum") == story.training.checksum
        moved, unmoved, balances = _two_neurons(story, trace)
        others = [story.example((predicted + step) % 10) for step in MORE]
        answers = [int(found.predictions[i]) for i in others]
        return cls(
            image=image,
            label=label,
            predicted=predicted,
            runner=runner,
            first=min(predicted, runner),
            second=max(predicted, runner),
            best=best,
            next_best=next_best,
            best_stated=stated(best),
            next_stated=stated(next_best),
            is_torn=is_torn,
            is_right=None if label is None else label == predicted,
            opening=_opening(index is None, is_torn, trained_here),
            belief=_belief(best, next_best),
            edges=network.edge_count,
            moved=moved,
            unmoved=unmoved,
            balances=balances,
            more=digits.images[others],
            more_labels=[int(digits.labels[i]) for i in others],
            more_answers=answers,
            more_stated=[stated(float(found.trace.output[i].max())) for i in others],
            **_mistake(story),
            reads=found.correct,
            n=len(digits),
            right=int(found.correct.sum()),
            errors=int((~found.correct).sum()),
            accuracy=found.accuracy,
            is_unseen=trained_here,
            reads_well=found.accuracy >= WELL,
        )


def stated(output: float) -> str:
    """An output as it is written: two decimals, and none is rounded to 0 or 1."""
    if 0.995 <= output < 1:
        return "> 0.99"
    if 0 < output < 0.005:
        return "< 0.01"
    return f"{output:.2f}"


def index_of(story: Story) -> int | None:
    """Place of the image in the test set; None for an own one."""
    if story.is_chosen:
        return story.index
    try:
        return doubts.closest_call(story.network, story.digits, DEFAULT_DIGIT)
    except LookupError:  # a network that reads nothing else
        return story.index


def _opening(is_own: bool, is_torn: bool, trained_here: bool) -> str:
    """Which words begin: suffix of the first section."""
    if is_own:
        return "-own"
    if is_torn:
        return ""
    return "-unseen" if trained_here else "-plain"


def _belief(best: float, next_best: float) -> str:
    """How firmly the answer is believed: suffix of the section that reads it."""
    if best < HALF:
        return "-faint"
    if next_best >= HALF * best:
        return ""
    return "-firm" if best >= FIRM and next_best < ALMOST_DARK else "-clear"


def _two_neurons(story: Story, trace: Trace) -> tuple[int | None, int | None, Array]:
    """A lit and a dark neuron, and what is added to and taken away from each."""
    try:
        pair = doubts.for_and_against(story.network, trace)
    except LookupError:
        return None, None, np.zeros((2, 2))
    return *pair, doubts.balances(story.network, trace)[list(pair)]


def _mistake(story: Story) -> dict[str, Any]:
    """Everything about the error that the network makes most confidently."""
    found = story.evaluation
    try:
        index = doubts.surest_error(story.network, story.digits)
    except LookupError:
        names = ("mistake", "mistake_label", "mistake_answer", "mistake_stated")
        return dict.fromkeys(names) | {"is_sure": False}
    output = float(found.trace.output[index].max())
    return {
        "mistake": story.digits.images[index],
        "mistake_label": int(story.digits.labels[index]),
        "mistake_answer": int(found.predictions[index]),
        "mistake_stated": stated(output),
        "is_sure": output > SURE,
    }
