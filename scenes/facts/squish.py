"""What Squish shows: a layer's weighted sums, and what its activation function makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import ACTIVATIONS, Array
from netglow.netcore.study import facts
from netglow.scenes.facts.base import Facts

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

SURE = 0.95  # from here on it is almost one
LOW, HIGH = 0.1, 0.9  # between them an activation is neither near one end nor the other
NEARER = (5.0, 10.0, 20.0)  # larger and larger numbers that come nearer and nearer to 1
PARADE = 24  # test images that pass while all of them are counted
STEPS = (2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)  # from tick to tick


@dataclass(frozen=True, eq=False)
class SquishFacts(Facts):
    """The first layer's sums, all without a bias, and the function ``kind`` that takes them.

    ``digit`` is what the ``image`` (rows, columns) shows, -1 if nobody knows. Its ``sums`` (n,)
    lie from ``low`` to ``high``, those of ``other_image`` are ``other_sums``: of the examples of
    the other digits that whose sums are farthest from them on the same axis. ``first`` is the
    neuron that is shown alone; of the test images those with its largest and smallest sums are
    ``extremes`` (2, rows, columns), with ``extreme_sums`` (2,). The axis of the sums goes from
    -``reach`` to ``reach`` with ticks every ``step``, that of what comes out from 0 to
    ``top`` every ``up``; ``all_…`` are the same for all test images.

    ``out`` (n,) is what becomes of the sums, ``order`` the neurons from the smallest sum to the
    largest; the ``largest`` sum and the one ``nearest`` to zero are looked at, and ``zeros`` come
    out as exactly 0. ``near_out``, ``nearer_out`` and ``nearest_one_out`` are what becomes of
    NEARER. ``nudge`` is a little more, from ``nudge_steep`` and from ``nudge_flat`` on.

    ``counted`` (images + 1, 3) are the shares of all ``values`` below a tenth, in between, and
    above nine tenths (for ReLU, of those that are 0, of none, and of the others) after so many
    images; ``parade`` (m, rows, columns) are some of them, with the sums ``parade_sums`` (m, n),
    the last is the image itself. ``flat`` is a neuron where the function is flat; its sum moves
    to both sides by ``swing`` when the weight with its largest product goes down to zero and up to
    twice itself, or less.
    """

    kind: str
    digit: int
    image: Array
    other_image: Array
    n: int
    sums: Array
    other_sums: Array
    first: int
    first_sum: float
    extremes: Array
    extreme_sums: Array
    low: float
    high: float
    reach: float
    step: float
    top: float
    up: float
    out: Array
    order: np.ndarray
    largest: int
    largest_sum: float
    largest_out: float
    nearest: int
    nearest_sum: float
    nearest_out: float
    zeros: int
    near_out: float
    nearer_out: float
    nearest_one_out: float
    nudge: float
    nudge_steep: float
    nudge_flat: float
    images: int
    values: int
    all_reach: float
    all_step: float
    all_top: float
    all_up: float
    counted: Array
    low_share: float
    mid_share: float
    high_share: float
    parade: Array
    parade_sums: Array
    flat: int
    swing: float
    is_sure: bool
    is_torn: bool
    is_decided: bool

    @classmethod
    def of(cls, story: Story) -> Self:
        network = story.network
        kind = network.activations[0]
        f = ACTIVATIONS[kind][0]
        sums = story.trace.z[0] - network.b[0]
        many = facts.weighted_sums(network, story.digits, 0)
        other = _other(story, sums, many)
        out, order = f(sums), np.argsort(sums, kind="stable")
        first = _first(story)
        ends = [int(many[:, first].argmax()), int(many[:, first].argmin())]
        reach, step = _scale(sums, many[other], many[ends, first])
        all_reach, all_step = _scale(sums, many)
        bounded = kind == "sigmoid"
        counted = _counted(f(many), bounded)
        largest, nearest = int(sums.argmax()), int(np.abs(sums).argmin())
        is_sure = bool(out[largest] > (SURE if bounded else 0))
        flat = _flat(sums, bounded, is_sure)
        low_share, mid_share, high_share = counted[-1]
        some = np.linspace(0, len(many) - 1, PARADE).astype(int)
        return cls(
            kind=kind,
            digit=-1 if story.label is None else story.label,
            image=story.image,
            other_image=story.digits.images[other],
            n=len(sums),
            sums=sums,
            other_sums=many[other],
            first=first,
            first_sum=float(sums[first]),
            extremes=story.digits.images[ends],
            extreme_sums=many[ends, first],
            low=float(sums.min()),
            high=float(sums.max()),
            reach=reach,
            step=step,
            top=1.0 if bounded else reach,
            up=0.5 if bounded else step,
            out=out,
            order=order,
            largest=largest,
            largest_sum=float(sums[largest]),
            largest_out=float(out[largest]),
            nearest=nearest,
            nearest_sum=float(sums[nearest]),
            nearest_out=float(out[nearest]),
            zeros=int((out == 0).sum()),
            near_out=float(f(NEARER[0])),
            nearer_out=float(f(NEARER[1])),
            nearest_one_out=float(f(NEARER[2])),
            nudge=reach / 10,
            nudge_steep=-reach / 20 if bounded else 0.3 * reach,
            nudge_flat=0.7 * reach if bounded else -0.7 * reach,
            images=len(many),
            values=many.size,
            all_reach=all_reach,
            all_step=all_step,
            all_top=1.0 if bounded else all_reach,
            all_up=0.5 if bounded else all_step,
            counted=counted,
            low_share=float(low_share),
            mid_share=float(mid_share),
            high_share=float(high_share),
            parade=np.concatenate([story.digits.images[some], story.image[None]]),
            parade_sums=np.concatenate([many[some], sums[None]]),
            flat=flat,
            swing=_swing(network.w[0][flat] * story.image.ravel(), float(sums[flat])),
            is_sure=is_sure,
            is_torn=bool(LOW <= out[nearest] <= HIGH),
            is_decided=bool(mid_share < 0.4),
        )


def _other(story: Story, sums: Array, many: Array) -> int:
    """Place of the example of another digit whose sums are farthest from these, on their scale."""
    digits = [int(d) for d in np.unique(story.digits.labels) if d != story.label]
    examples = [story.example(digit) for digit in digits]
    reach, _ = _scale(sums)
    beyond = {i: max(0.0, float(np.abs(many[i]).max()) - reach) for i in examples}
    return min(examples, key=lambda i: (beyond[i], -float(np.abs(many[i] - sums).sum())))


def _first(story: Story) -> int:
    """The neuron whose sum was added up before; if none is fit for that, the largest sum."""
    try:
        return facts.readable_neuron(story.network, story.trace)
    except LookupError:
        return int((story.trace.z[0] - story.network.b[0]).argmax())


def _scale(*sums: Array) -> tuple[float, float]:
    """How far an axis of these sums reaches to both sides, and the step of its ticks."""
    most = max(10.0, *(float(np.abs(some).max()) for some in sums))
    step = next(s for s in STEPS if 8 * s >= most)
    return float(np.ceil(most / step) * step), step


def _counted(out: Array, bounded: bool) -> Array:
    """Shares (m + 1, 3) of all values of ``out`` (m, n), counted image after image."""
    low = out < LOW if bounded else out == 0
    high = out > HIGH if bounded else out > 0
    kinds = np.stack([low, ~low & ~high, high], axis=2).sum(axis=1)
    return np.asarray(np.concatenate([np.zeros((1, 3)), kinds.cumsum(axis=0)]) / out.size)


def _swing(products: Array, total: float) -> float:
    """How far turning the weight of the largest product moves the sum: at most by half of it."""
    return float(min(np.abs(products).max(), abs(total) / 2))


def _flat(sums: Array, bounded: bool, is_sure: bool) -> int:
    """A neuron far out where the function is flat."""
    if not bounded:
        return int(sums.argmin())
    return int((sums if is_sure else np.abs(sums)).argmax())
