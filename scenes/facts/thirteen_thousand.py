"""What ThirteenThousand shows: all parameters, turned at random and as training turned them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import Array
from netglow.netcore.study import facts as study
from netglow.netcore.study.dials import full_turns, in_a_row, thrown, with_dials
from netglow.scenes.facts.base import Facts

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

NOT_AT_ITS_END = 0.85  # of a full turn: a dial that can be turned further either way
LIKE_GUESSING = 0.03  # a difference from guessing that is not worth a word


@dataclass(frozen=True, eq=False)
class ThirteenThousandFacts(Facts):
    """How many parameters there are, how they stand, and what the network reads with them.

    ``layers`` are weight matrices; ``counts`` how many weights each has, ``units_in`` the neurons
    (and biases) behind each. ``own`` (units, inputs) are the weights of neuron ``neuron`` (from
    0), 0 elsewhere.

    Parameters stand in one row (total,): all weights layer by layer, then all biases. ``values``
    are the network's. A dial is at its end at ``ends``, one number a layer and one for all
    biases: the size that 95% of the values there stay below. ``dial`` is the one shown alone: of
    the neuron's weights that are not near their end, the one that carries most; ``dial_row``,
    ``dial_column`` and ``dial_neuron`` count from 1.

    ``hand`` and ``throws`` (3, total) are random: every dial anywhere between its two ends,
    equally likely, from one fixed seed that nobody chose for its results. ``luck`` are the shares
    of the ``n`` test images that are read rightly then, and ``chance`` what guessing gets.

    ``steps`` (checkpoints, total) is what was kept of the training, its start first and its end
    last, ``step_shares`` what was read rightly then; both are empty where nothing was kept.
    ``half`` of the steps lie before the one in the middle.
    """

    image: Array
    layers: int
    inputs: int
    units: int
    neuron: int
    own: Array
    counts: list[int]
    units_in: list[int]
    first: int
    weights: int
    biases: int
    total: int
    values: Array
    ends: list[float]
    dial: int
    dial_row: int
    dial_column: int
    dial_neuron: int
    dial_value: float
    dial_end: float
    hours: int
    minutes: int
    hand: Array
    throws: Array
    luck: Array
    random: float
    second: float
    third: float
    chance: float
    compared: str
    n: int
    steps: Array
    step_shares: Array
    checkpoints: int
    half: int
    before: float
    after: float

    @classmethod
    def of(cls, story: Story) -> Self:
        network, digits = story.network, story.digits
        neuron = study.biased_neuron(network, story.digits)  # as in Bias
        parts = study.contributions(network, story.trace, 0)
        ends = full_turns(network)
        pixel = _telling(network.w[0][neuron], parts[neuron], ends[0])
        hand, *throws = thrown(network, 4)
        luck = np.array([study.accuracy(with_dials(network, v), digits) for v in throws])
        chance = 1 / network.sizes[-1]
        kept = story.model.checkpoints if len(story.model.checkpoints) > 1 else ()
        shares = [study.accuracy(c.network, digits) for c in kept]
        after = study.accuracy(network, digits)
        return cls(
            image=story.image,
            layers=len(network.w),
            inputs=network.sizes[0],
            units=network.sizes[1],
            neuron=neuron,
            own=network.w[0] * (np.arange(len(parts)) == neuron)[:, None],
            counts=[w.size for w in network.w],
            units_in=list(network.sizes[1:]),
            first=network.w[0].size,
            weights=network.edge_count,
            biases=sum(network.sizes[1:]),
            total=network.parameter_count,
            values=in_a_row(network.w, network.b),
            ends=ends,
            dial=neuron * network.sizes[0] + pixel,
            dial_row=pixel // network.image_shape[1] + 1,
            dial_column=pixel % network.image_shape[1] + 1,
            dial_neuron=neuron + 1,
            dial_value=float(network.w[0][neuron, pixel]),
            dial_end=ends[0],
            hours=network.parameter_count // 3600,
            minutes=network.parameter_count % 3600 // 60,
            hand=hand,
            throws=np.array(throws),
            luck=luck,
            random=float(luck[0]),
            second=float(luck[1]),
            third=float(luck[2]),
            chance=chance,
            compared=compared_to_guessing(luck[0] - chance),
            n=len(digits),
            steps=np.array([in_a_row(c.network.w, c.network.b) for c in kept]),
            step_shares=np.array(shares),
            checkpoints=len(kept),
            half=len(kept) // 2,
            before=shares[0] if kept else after,
            after=after,
        )


def _telling(weights: np.ndarray, carried: np.ndarray, end: float) -> int:
    """The weight (of inputs) that carries most and is not near the end of its dial."""
    within = np.abs(weights) <= NOT_AT_ITS_END * end
    return int(np.where(within, np.abs(carried), -1).argmax())


def compared_to_guessing(above: float) -> str:
    """How a share of right answers is called that is so much ``above`` what guessing gets."""
    return "alike" if abs(above) < LIKE_GUESSING else "better" if above > 0 else "worse"
