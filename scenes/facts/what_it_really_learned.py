"""What WhatItReallyLearned shows: how much of an edge the neurons are, and where they fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from netglow.netcore.network import Array, forward_batch
from netglow.netcore.study.edge_search import best_edges
from netglow.netcore.study.robustness import (
    DIRECTIONS,
    Noise,
    change_of_mind,
    noise_confidence,
    shifted,
    shifted_accuracy,
)
from netglow.netcore.study.windows import varied_run
from netglow.scenes.facts.base import Facts

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

HALF, THIRD = 1 / 2, 1 / 3  # of a neuron's weights: an edge, and one with a little good will
WELL = 0.9  # right answers of a network that reads digits well
ALL, SOME = 45, 40  # mistakes that can all be shown, and how many if there are more
NOISE, LIMIT = 2_000, 0.9  # shuffled digits, and an output that sounds sure
FAR = 4  # pixels by which digits are moved at most
CHIPS, EXAMPLES = 7, 100  # pixels that go into the program, and pictures of more examples


@dataclass(frozen=True, eq=False)
class WhatItReallyLearnedFacts(Facts):
    """The first layer's weights, the mistakes, noise, and digits out of their place.

    ``weights`` (n, rows, columns) are those of the first layer. Of all small edges, ``edges`` (n,
    rows, columns) fit them best and explain ``edge_shares`` (n,) of their sum of squares; in
    ``edge_boxes`` (n, 3) are the row and column of the upper left pixel and the pixels across.
    ``closest`` is the neuron of which the edge explains most, ``typical`` one in the middle: half
    of the neurons are no more of an edge, and half no less. ``verdict`` is "edges" where half of
    the typical one is an edge; else "some" where more than half of the closest one is, "half" where
    a third of it is, and "" where not.

    All test ``images`` (count, rows, columns), also with a quarter of the pixels, each the mean of
    four (``small_images``): ``is_right`` (count,) says which are read rightly,
    a ``share_right``, more than ``in_hundred`` of a hundred. Of the ``wrong`` ones ``mistakes``
    are shown (places in the test set), the surest first: ``truths`` and ``answers``, and of the
    surest also its ``surest_outputs`` (classes,); nothing (None) where nothing is wrong.

    ``noise_count`` digits were shuffled; ``noise_largest`` (noise_count,) are their largest
    outputs, ``noise_above`` of them above ``limit``, about one in ``noise_one_in`` (0 where none
    is). The surest is at ``noise_place``, was ``noise_from`` (rows, columns), a ``noise_digit``
    with ``noise_before`` (classes,), and is ``noise`` (rows, columns) now, answered with
    ``noise_outputs``: ``noise_answer``. Its pixel i came from pixel ``noise_order[i]``.

    ``image`` shows a ``label`` (None if nobody knows) and is pushed ``way`` (down, right),
    ``pushed`` pixels in all, to the ``pushed_outputs`` (pushed + 1, classes). It was called
    ``before`` and is called ``after``; ``changes`` says whether that is another digit. Examples
    were moved by up to ``learned_moved`` pixels, 0 if that is not known. ``shares`` (far + 1,)
    of all digits are read when they are moved by 0, 1, … pixels, ``in_place`` to ``far_away``;
    ``moved_images`` are the image moved like that.
    """

    n: int
    weights: Array
    edges: Array
    edge_shares: Array
    edge_boxes: Array
    closest: int
    closest_share: float
    typical: int
    typical_share: float
    verdict: str
    images: Array
    small_images: Array
    count: int
    is_right: np.ndarray
    share_right: float
    in_hundred: int
    reads_well: bool
    wrong: int
    mistakes: list[int]
    shown: int
    truths: np.ndarray
    answers: np.ndarray
    surest_truth: int | None
    surest_answer: int | None
    surest_outputs: Array | None
    noise_count: int
    noise_largest: Array
    noise_above: int
    noise_one_in: int
    limit: float
    noise_place: int
    noise_digit: int
    noise_from: Array
    noise_before: Array
    noise_order: np.ndarray
    noise: Array
    noise_outputs: Array
    noise_answer: int
    image: Array
    label: int | None
    way: tuple[int, int]
    pushed: int
    pushed_outputs: Array
    before: int
    after: int
    changes: bool
    learned_moved: float
    shares: Array
    in_place: float
    far: int
    far_away: float
    moved_images: Array
    chip_row: int
    chip_columns: range
    inputs: int
    parameters: int
    numbers: Array
    examples: Array

    @classmethod
    def of(cls, story: Story) -> Self:
        """Everything is about the network, but for the digit that is pushed: the story's."""
        return cls(
            **_edges(story), **_mistakes(story), **_noise(story), **_pushed(story), **_page(story)
        )


def _edges(story: Story) -> dict[str, Any]:
    weights = story.network.w[0].reshape(-1, *story.network.image_shape)
    fit = best_edges(weights)
    order = np.argsort(fit.share, kind="stable")
    closest, typical = int(order[-1]), int(order[(len(order) - 1) // 2])
    best, middle = float(fit.share[closest]), float(fit.share[typical])
    return {
        "n": len(weights),
        "weights": weights,
        "edges": fit.fitted,
        "edge_shares": fit.share,
        "edge_boxes": np.column_stack([fit.corner, fit.size]),
        "closest": closest,
        "closest_share": best,
        "typical": typical,
        "typical_share": middle,
        "verdict": _verdict(best, middle),
    }


def _verdict(best: float, middle: float) -> str:
    """Whether the hope was right, by the share of an edge in the best and in the middle neuron."""
    if middle >= HALF:
        return "edges"
    if best > HALF:
        return "some"
    return "half" if best >= THIRD else ""


def _mistakes(story: Story) -> dict[str, Any]:
    digits, output = story.digits, story.evaluation.trace.output
    answers = output.argmax(axis=1)
    is_right = np.equal(answers, digits.labels)
    wrong = np.flatnonzero(~is_right)
    surest_first = wrong[np.argsort(-output[wrong].max(axis=1), kind="stable")]
    shown = surest_first[: len(wrong) if len(wrong) <= ALL else SOME]
    surest = int(shown[0]) if len(shown) else None
    share = float(is_right.mean())
    return {
        "images": digits.images,
        "small_images": _coarse(digits.images),
        "count": len(digits),
        "is_right": is_right,
        "share_right": share,
        "in_hundred": (100 * int(is_right.sum()) - 1) // len(digits),
        "reads_well": share >= WELL,
        "wrong": len(wrong),
        "mistakes": shown.tolist(),
        "shown": len(shown),
        "truths": digits.labels[shown],
        "answers": answers[shown],
        "surest_truth": None if surest is None else int(digits.labels[surest]),
        "surest_answer": None if surest is None else int(answers[surest]),
        "surest_outputs": None if surest is None else output[surest],
    }


def _coarse(images: Array) -> Array:
    """Images (n, rows, columns) in which one pixel is the mean of two by two."""
    n, rows, columns = len(images), images.shape[1] // 2, images.shape[2] // 2
    blocks = images[:, : 2 * rows, : 2 * columns].reshape(n, rows, 2, columns, 2)
    return np.asarray(blocks.mean(axis=(2, 4)))


def _noise(story: Story) -> dict[str, Any]:
    digits = story.digits
    found: Noise = noise_confidence(story.network, np.random.default_rng(0), NOISE, digits.images)
    assert found.source is not None  # it is made of a digit's pixels
    above = int((found.largest > LIMIT).sum())
    return {
        "noise_count": NOISE,
        "noise_largest": found.largest,
        "noise_above": above,
        "noise_one_in": round(NOISE / above) if above else 0,
        "limit": LIMIT,
        "noise_place": int(found.largest.argmax()),
        "noise_digit": int(digits.labels[found.source]),
        "noise_from": digits.images[found.source],
        "noise_before": story.evaluation.trace.output[found.source],
        "noise_order": found.order,
        "noise": found.image,
        "noise_outputs": found.output,
        "noise_answer": int(found.output.argmax()),
    }


def _pushed(story: Story) -> dict[str, Any]:
    network, image = story.network, story.image
    direction, change = change_of_mind(network, image, FAR)
    down, right = DIRECTIONS[direction]
    moved = np.array([shifted(image, k * down, k * right) for k in range(FAR + 1)])
    pushed = change or FAR
    outputs = forward_batch(network, moved[: pushed + 1]).output
    shares = np.array([shifted_accuracy(network, story.digits, k) for k in range(FAR + 1)])
    return {
        "image": image,
        "label": story.label,
        "way": (down, right),
        "pushed": pushed,
        "pushed_outputs": outputs,
        "before": int(outputs[0].argmax()),
        "after": int(outputs[-1].argmax()),
        "changes": change is not None,
        "learned_moved": _learned_moved(story.model.meta),
        "shares": shares,
        "in_place": float(shares[0]),
        "far": FAR,
        "far_away": float(shares[-1]),
        "moved_images": moved,
    }


def _learned_moved(meta: Mapping[str, Any]) -> float:
    """Pixels by which the model's recipe moves examples at most, 0 if it does not say so."""
    recipe = meta.get("recipe")
    deformed = recipe.get("augmentation") if isinstance(recipe, Mapping) else None
    return float((deformed or {}).get("shift", 0.0))


def _page(story: Story) -> dict[str, Any]:
    network = story.network
    row, columns = varied_run(story.image, CHIPS)
    layers = zip(network.w, network.b, strict=True)
    numbers = np.concatenate([part.ravel() for pair in layers for part in pair])
    return {
        "chip_row": row,
        "chip_columns": columns,
        "inputs": story.image.size,
        "parameters": len(numbers),
        "numbers": numbers,
        "examples": story.training.images[:EXAMPLES],
    }
