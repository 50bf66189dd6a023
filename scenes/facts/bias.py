"""What Bias shows: where a neuron draws the line, and who is above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import Array
from netglow.netcore.study import facts as study
from netglow.netcore.study.thresholds import just_passing, round_demand
from netglow.scenes.facts.base import Facts
from netglow.scenes.facts.squish import SquishFacts

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

STOPS = 20  # biases between the two ends at which an image is shown that only just passes
BEADS = 24  # neurons on the curve, at most
NOTHING = 0.05  # share of the large bias below which one is as good as none


@dataclass(frozen=True, eq=False)
class BiasFacts(Facts):
    """One neuron of the first layer, its weighted sums (without bias), and its bias.

    At first stands what Squish ended with: the function ``kind`` over an axis to ±``wide_reach``
    with ticks every ``wide_step`` and ``wide_top``, ``wide_up`` for what comes out, and the neuron
    whose sum is ``flat_sum``, tied to a dial that would move it by ``flat_swing``.

    ``sums`` (``images``,) are those of ``neuron`` (from 0) for all test images ``faces`` (images,
    rows, columns), ``weights`` (rows, columns) are its own. ``ask`` is a round number that few of
    them exceed; the axis goes to ±``reach`` with ticks every ``step``, what comes out to ``top``
    every ``up``, and imagined neurons stand at the sums ``beads``, a little beyond it, too.

    With a bias of -``ask`` ``low_count`` images light the neuron up, with ``ask`` ``high_count``;
    with the ``bias`` that it learned, ``count``, without one ``bare_count``. It is shown with
    ``places`` decimals, ``bias_said`` is what that leaves; ``side`` is "strict",
    "generous", or "zero" if hardly either.
    ``stops`` (m,) are biases in ascending order at which somebody passes, ``just`` (m,) the image
    with the smallest sum that does.

    ``image``, its ``contributions`` (units, inputs) to the neuron, 0 elsewhere, and the neuron's
    ``activation`` for it come last.
    """

    kind: str
    wide_reach: float
    wide_step: float
    wide_top: float
    wide_up: float
    flat_sum: float
    flat_swing: float
    neuron: int
    sums: Array
    images: int
    faces: Array
    weights: Array
    ask: float
    reach: float
    step: float
    top: float
    up: float
    beads: Array
    low_count: int
    high_count: int
    bias: float
    places: int
    bias_said: float
    side: str
    count: int
    bare_count: int
    stops: Array
    just: np.ndarray
    image: Array
    contributions: Array
    activation: float

    @classmethod
    def of(cls, story: Story) -> Self:
        network, before = story.network, SquishFacts.of(story)
        neuron = study.biased_neuron(network, story.digits)
        sums = study.weighted_sums(network, story.digits, 0)[:, neuron]
        bias = float(network.b[0][neuron])
        ask = round_demand(sums)
        reach, step = _scale(sums, ask)
        places = 1 if ask >= 5 else 2
        stops = np.append(np.linspace(-ask, ask, STOPS + 1), bias)
        stops.sort()
        just = just_passing(sums, stops)
        bounded = before.kind == "sigmoid"
        parts = study.contributions(network, story.trace, 0)
        return cls(
            kind=before.kind,
            wide_reach=before.all_reach,
            wide_step=before.all_step,
            wide_top=before.all_top,
            wide_up=before.all_up,
            flat_sum=float(before.sums[before.flat]),
            flat_swing=before.swing,
            neuron=neuron,
            sums=sums,
            images=len(sums),
            faces=story.digits.images,
            weights=network.w[0][neuron].reshape(network.image_shape),
            ask=ask,
            reach=reach,
            step=step,
            top=1.0 if bounded else reach,
            up=0.5 if bounded else step,
            beads=_beads(ask, reach),
            low_count=int(study.fires(sums, -ask)),
            high_count=int(study.fires(sums, ask)),
            bias=bias,
            places=places,
            bias_said=round(bias, places),
            side=_side(bias, ask),
            count=int(study.fires(sums, bias)),
            bare_count=int(study.fires(sums, 0.0)),
            stops=stops[just >= 0],
            just=just[just >= 0],
            image=story.image,
            contributions=parts * (np.arange(len(parts)) == neuron)[:, None],
            activation=float(story.trace.a[1][neuron]),
        )


def _scale(sums: Array, ask: float) -> tuple[float, float]:
    """How far an axis of these sums reaches to both sides, and the step of its ticks."""
    most = max(float(np.abs(sums).max()), 1.7 * ask)
    step = ask / 2 if most <= 4 * ask else ask
    return float(np.ceil(most / step) * step), step


def _beads(ask: float, reach: float) -> Array:
    """Sums from -``reach`` to ``reach`` + ``ask`` (n,), multiples of a share of ``ask``."""
    gap = next((g for g in (ask / 5, ask / 4, ask / 2) if 2 * reach / g <= BEADS), ask)
    first, last = np.ceil(-reach / gap - 1e-9), np.floor((reach + ask) / gap + 1e-9)
    return np.asarray(np.arange(first, last + 1) * gap)


def _side(bias: float, ask: float) -> str:
    """How hard to please a neuron with this bias is."""
    if abs(bias) <= NOTHING * ask:
        return "zero"
    return "strict" if bias < 0 else "generous"
