"""What Learning shows: an answer's cost, one dial, all dials, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from netglow.netcore.backprop import one_hot
from netglow.netcore.network import Array, Network, forward, forward_batch
from netglow.netcore.study.digit_choice import some_of_each
from netglow.netcore.study.one_dial import mean_cost, steepest_dial
from netglow.netcore.study.output_costs import cost_of, output_costs, readable_example
from netglow.netcore.study.structure import agreement, most_structured
from netglow.scenes.facts.base import Facts
from netglow.scenes.stage.story import DEFAULT_DIGIT

if TYPE_CHECKING:
    from netglow.netcore.network import Trace
    from netglow.scenes.stage.story import Story

SHOWN = 40  # examples
STRUCTURE = 0.3  # neighbouring weights that agree more than this are not static


@dataclass(frozen=True, eq=False)
class LearningFacts(Facts):
    """The training set, one answer's cost, one dial's valley, and the run from end to end.

    ``examples`` is how many images there are to learn from, ``is_from_them`` whether the model
    says that it learned from these; ``shown`` are places of some of them, ``shown_images`` (n,
    rows, columns) and ``shown_labels`` (n,) what is at these, ``place`` that of the example. The
    ``image`` shows a ``digit``; the network answers with ``outputs`` (classes,) where ``wanted``
    would be right. The outputs are the ``differences`` away, which costs ``costs`` (classes,),
    together ``cost``; ``cost_name`` is the cost's function.

    A run that was recorded (``is_recorded``) has checkpoints after ``epochs`` (k,), with
    ``mean_costs`` (k,) and ``shares_right`` (k,) of all training images as they are, and the
    weights of ``neuron`` in the first layer, ``snapshots`` (k, rows, columns). The first of these
    networks is random. In it the weight from ``dial_from`` to the output ``dial_to``,
    ``dial_value``, changes the mean cost most: ``dial_values`` (n,) give ``dial_costs`` (n,),
    lowest at ``dial_best``, to the ``downhill`` side. ``dials`` (k, n) are all weights into that
    output, checkpoint by checkpoint.

    ``turned`` (degrees) and ``moved`` (pixels) is how much an image is deformed at most, 0 if that
    is not known; ``steps`` counts the steps of training, 0 if that is not known. ``asked`` says
    what else the recipe asks for: "answers", "small" or "smooth", or "unknown".

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
    downhill: str
    dials: Array
    turned: float
    moved: float
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
        model, train, test = story.model, story.training, story.digits
        path = list(model.checkpoints) if len(model.checkpoints) > 1 else []
        networks = [c.network for c in path] or [story.network]
        name = cost_of(model.meta, story.network)
        digit = DEFAULT_DIGIT if story.label is None else story.label
        example = readable_example(name, networks, train, digit)
        shown, place = some_of_each(train.labels, SHOWN, example)
        trace = forward(networks[0], train.images[example])
        wanted = one_hot(digit, story.network.sizes[-1])
        costs = output_costs(name, trace, wanted)
        dial = steepest_dial(networks[0], train, name)
        images = story.network.w[0].reshape(-1, *story.network.image_shape)
        neuron = most_structured(images, train.images.mean(axis=0))
        snapshots = np.array([n.w[0][neuron].reshape(n.image_shape) for n in networks])
        right = [_right(n, test.images, test.labels) for n in (networks[0], networks[-1])]
        means = np.array([mean_cost(n, train, name) for n in networks])
        shares = np.array([_right(n, train.images, train.labels).mean() for n in networks])
        turned, moved, steps, asked = _recipe(model.meta, len(train))
        return cls(
            examples=len(train),
            is_from_them=model.meta.get("data_checksum") == train.checksum,
            shown=shown,
            shown_images=train.images[shown],
            shown_labels=train.labels[shown],
            place=place,
            digit=digit,
            image=train.images[example],
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
            dial_values=dial.turned,
            dial_costs=dial.costs,
            dial_best=float(dial.turned[dial.best]),
            downhill="right" if dial.turned[dial.best] > dial.value else "left",
            dials=np.array([n.w[-1][dial.output] for n in networks]),
            turned=turned,
            moved=moved,
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


def _recipe(meta: Mapping[str, Any], images: int) -> tuple[float, float, int, str]:
    """Degrees and pixels of the deformations, steps, and what else was asked for."""
    recipe = meta.get("recipe")
    if not isinstance(recipe, Mapping):
        return 0.0, 0.0, 0, "unknown"
    deformed = recipe.get("augmentation") or {}
    batches = -(-(images - int(recipe.get("validation", 0))) // int(recipe.get("batch", images)))
    steps = batches * int(meta.get("epochs_done", 0))
    asked = "small" if recipe.get("weight_decay") else "answers"
    if recipe.get("smoothness"):
        asked = "smooth"
    turned, moved = (float(deformed.get(name, 0.0)) for name in ("rotation", "shift"))
    return turned, moved, steps, asked
