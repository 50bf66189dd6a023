"""What Learning shows: an answer's cost, one dial, all dials, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from netglow.netcore.augment import deformations, resampling
from netglow.netcore.backprop import one_hot
from netglow.netcore.digits import Digits
from netglow.netcore.network import Array, Network, forward, forward_batch
from netglow.netcore.recipe import Augmentation
from netglow.netcore.study.digit_choice import some_of_each
from netglow.netcore.study.one_dial import OneDial, mean_cost, steepest_dial
from netglow.netcore.study.output_costs import cost_of, output_costs, readable_example
from netglow.netcore.study.structure import agreement, most_structured
from netglow.scenes.facts.base import Facts
from netglow.scenes.stage.story import DEFAULT_DIGIT

if TYPE_CHECKING:
    from netglow.netcore.network import Trace
    from netglow.scenes.stage.story import Story

SHOWN = 40  # examples
STRUCTURE = 0.3  # neighbouring weights that agree more than this are not static
VERSIONS = 6  # of the example, deformed as in training
REACH, STEPS = 24.0, 121  # how far the dial is turned to both sides, in how many steps
NEAR, FAR = 2.0, 0.5  # how far a wall of the valley rises above the start, in depths of the valley


@dataclass(frozen=True, eq=False)
class LearningFacts(Facts):
    """The training set, one answer's cost, one dial's valley, and the run from end to end.

    ``examples`` is how many images it learned from, ``is_from_them`` whether the model says that
    these are the ones; those that its recipe set aside are left out. ``shown`` are places of some
    of them, ``shown_images`` (n, rows, columns) and ``shown_labels`` (n,) what is at these,
    ``place`` that of the example. The ``image`` shows a ``digit``; the network answers with
    ``outputs`` (classes,) where ``wanted`` would be right. The outputs are the ``differences``
    away, which costs ``costs`` (classes,), together ``cost``; ``cost_name`` is the cost's function.

    A run that was recorded (``is_recorded``) has checkpoints after ``epochs`` (k,), with
    ``mean_costs`` (k,) and ``shares_right`` (k,) of all these images as they are, and the
    weights of ``neuron`` in the first layer, ``snapshots`` (k, rows, columns). The first of these
    networks is random. In it the weight from ``dial_from`` to the output ``dial_to``,
    ``dial_value``, changes the mean cost most: ``dial_values`` (n,) give ``dial_costs`` (n,),
    lowest at ``dial_best``, to the ``downhill`` side, where the values end at ``dial_far``; to the
    other side they end at ``dial_near``. ``dials`` (k, n) are all weights into that
    output, checkpoint by checkpoint.

    ``turned`` (degrees) and ``moved`` (pixels) is how much an image is deformed at most, ``bent``
    (pixels) how much as a rule, all 0 if that is not known; ``versions`` (n, rows, columns) are the
    image after some such deformations. ``steps`` counts the steps of training, 0 if that is not
    known. ``asked`` says what else the recipe asks for: "answers", "small" or "smooth", or
    "unknown".

    Of ``unseen`` test images (``first_unseen`` are six of them) ``right_before`` and
    ``right_after`` are answered rightly, a ``share_after``; which of them say ``is_right_before``
    and ``is_right_after`` (n,).
    """

    examples: int
    is_from_them: bool
    shown: list[int]
    shown_images: Array
    shown_labels: np.ndarray
    place: int
    digit: int
    image: Array
    outputs: Array
    wanted: Array
    differences: Array
    costs: Array
    cost: float
    cost_name: str
    is_recorded: bool
    epochs: Array
    epochs_done: int
    mean_costs: Array
    mean_first: float
    mean_last: float
    shares_right: Array
    share_first: float
    share_last: float
    total: int
    dial_from: int
    dial_to: int
    dial_value: float
    dial_values: Array
    dial_costs: Array
    dial_best: float
    dial_near: float
    dial_far: float
    downhill: str
    dials: Array
    turned: float
    moved: float
    bent: float
    versions: Array
    steps: int
    asked: str
    neuron: int
    neuron_number: int
    snapshots: Array
    is_static: bool
    unseen: int
    first_unseen: Array
    right_before: int
    right_after: int
    share_after: float
    is_right_before: np.ndarray
    is_right_after: np.ndarray

    @classmethod
    def of(cls, story: Story) -> Self:
        """The example is of the story's digit, of a 3 for an own image."""
        model, test = story.model, story.digits
        train = learned_from(model.meta, story.training)
        path = list(model.checkpoints) if len(model.checkpoints) > 1 else []
        networks = [c.network for c in path] or [story.network]
        name = cost_of(model.meta, story.network)
        digit = DEFAULT_DIGIT if story.label is None else story.label
        example = readable_example(name, networks, train, digit)
        shown, place = some_of_each(train.labels, SHOWN, example)
        trace = forward(networks[0], train.images[example])
        wanted = one_hot(digit, story.network.sizes[-1])
        costs = output_costs(name, trace, wanted)
        dial = steepest_dial(networks[0], train, name, REACH, STEPS)
        valley = _between_walls(dial)
        images = story.network.w[0].reshape(-1, *story.network.image_shape)
        neuron = most_structured(images, story.training.images.mean(axis=0))
        snapshots = np.array([n.w[0][neuron].reshape(n.image_shape) for n in networks])
        right = [_right(n, test.images, test.labels) for n in (networks[0], networks[-1])]
        means = np.array([mean_cost(n, train, name) for n in networks])
        shares = np.array([_right(n, train.images, train.labels).mean() for n in networks])
        how, steps, asked = _recipe(model.meta, len(train))
        downhill = "right" if dial.turned[dial.best] > dial.value else "left"
        ends = [float(end) for end in dial.turned[valley][[0, -1]]]
        return cls(
            examples=len(train),
            is_from_them=_is_from(model.meta, story.training),
            shown=shown,
            shown_images=train.images[shown],
            shown_labels=train.labels[shown],
            place=place,
            digit=digit,
            image=train.images[example].copy(),  # not a view that keeps all of them
            outputs=trace.output,
            wanted=wanted,
            differences=np.abs(trace.output - wanted),
            costs=costs,
            cost=float(costs.sum()),
            cost_name=name,
            is_recorded=bool(path),
            epochs=np.array([c.epoch for c in path], float),
            epochs_done=int(path[-1].epoch) if path else 0,
            mean_costs=means,
            mean_first=float(means[0]),
            mean_last=float(means[-1]),
            shares_right=shares,
            share_first=float(shares[0]),
            share_last=float(shares[-1]),
            total=sum(a.size for a in (*story.network.w, *story.network.b)),
            dial_from=dial.source,
            dial_to=dial.output,
            dial_value=dial.value,
            dial_values=dial.turned[valley],
            dial_costs=dial.costs[valley],
            dial_best=float(dial.turned[dial.best]),
            dial_near=ends[0 if downhill == "right" else -1],
            dial_far=ends[-1 if downhill == "right" else 0],
            downhill=downhill,
            dials=np.array([n.w[-1][dial.output] for n in networks]),
            turned=how.rotation if how else 0.0,
            moved=how.shift if how else 0.0,
            bent=how.elastic if how else 0.0,
            versions=_versions(train.images[example], how),
            steps=steps,
            asked=asked,
            neuron=neuron,
            neuron_number=neuron + 1,
            snapshots=snapshots,
            is_static=agreement(snapshots[-1]) <= STRUCTURE,
            unseen=len(test),
            first_unseen=test.images[:6],
            right_before=int(right[0].sum()),
            right_after=int(right[-1].sum()),
            share_after=float(right[-1].mean()),
            is_right_before=right[0],
            is_right_after=right[-1],
        )


def _right(network: Network, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    trace: Trace = forward_batch(network, images)
    return np.asarray(np.equal(trace.predictions, labels))


def learned(meta: Mapping[str, Any], training: Digits) -> np.ndarray:
    """(n,) places of the ``training`` digits that a model learned from: its recipe sets some aside.

    All of them where the model learned from others, or does not say.
    """
    recipe = meta.get("recipe")
    if not _is_from(meta, training) or not isinstance(recipe, Mapping):
        return np.arange(len(training))
    order = np.random.default_rng(recipe.get("seed")).permutation(len(training))
    return np.sort(order[int(recipe.get("validation", 0)) :])


def learned_from(meta: Mapping[str, Any], training: Digits) -> Digits:
    """Those of the ``training`` digits that a model learned from."""
    used = learned(meta, training)
    if len(used) == len(training):
        return training
    images, labels = training.images[used], training.labels[used]
    return Digits(images, labels, training.name, training.checksum)


def _is_from(meta: Mapping[str, Any], training: Digits) -> bool:
    return bool(meta.get("data_checksum") == training.checksum)


def _between_walls(dial: OneDial) -> slice:
    """The part of what was tried that is worth a look: the valley with both its walls.

    Uphill of the dial's own value until the cost has risen by ``NEAR`` times as much as it can
    fall, and beyond the lowest until it is ``FAR`` times as much above the start; all there is
    where it never gets there.
    """
    start, fall = (
        dial.costs[len(dial.costs) // 2],
        np.ptp(dial.costs[[len(dial.costs) // 2, dial.best]]),
    )
    is_right = dial.turned[dial.best] > dial.value
    levels = (NEAR, FAR) if is_right else (FAR, NEAR)
    middle = sorted((len(dial.costs) // 2, dial.best))
    left, right = (dial.costs >= start + level * fall for level in levels)
    first = np.flatnonzero(left[: middle[0] + 1])
    last = np.flatnonzero(right[middle[1] :])
    low = int(first[-1]) if len(first) else 0
    high = middle[1] + int(last[0]) if len(last) else len(dial.costs) - 1
    return slice(low, high + 1)


def _versions(image: Array, how: Augmentation | None) -> Array:
    """(n, rows, columns) the image deformed as in training, each time by other dice; as grey
    levels of a file. None of them where it was not deformed."""
    if how is None:
        return np.zeros((0, *image.shape))
    dice = np.random.default_rng(1)
    changes = resampling(deformations(VERSIONS, image.shape, how, dice))
    made = np.array([change @ image.ravel() for change in changes])
    return np.asarray(np.rint(255 * made).reshape(-1, *image.shape) / 255)


def _recipe(meta: Mapping[str, Any], images: int) -> tuple[Augmentation | None, int, str]:
    """How images were deformed, if that is known; steps; and what else was asked for.

    ``images`` is how many it learned from.
    """
    recipe = meta.get("recipe")
    if not isinstance(recipe, Mapping):
        return None, 0, "unknown"
    known = recipe.get("augmentation") or {}
    names = {field.name for field in fields(Augmentation)}
    how = Augmentation(
        **dict.fromkeys(names - {"group"}, 0.0) | {k: v for k, v in known.items() if k in names}
    )
    batches = -(-images // int(recipe.get("batch", images)))
    steps = batches * int(meta.get("epochs_done", 0))
    asked = "small" if recipe.get("weight_decay") else "answers"
    if recipe.get("smoothness"):
        asked = "smooth"
    return how if known else None, steps, asked
