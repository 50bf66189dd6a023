"""What ReLU shows: how little of a change an S passes on, and which deep network learns sooner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import Array, Network
from netglow.netcore.study import depth
from netglow.netcore.study.output_costs import cost_of, readable_example
from netglow.netcore.study.structure import most_structured
from netglow.netcore.study.whisper import whisper
from netglow.scenes.facts.base import Facts
from netglow.scenes.stage.story import DEFAULT_DIGIT

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

EARLY = 5  # passes over the examples after which both are asked
FULL = 0.05  # a neuron shines fully when it moves so much of what the turned one does
FLAT, STEEP, ON = -3.5, 0.0, 0.5  # sums that are looked at: far out, in the middle, on
SWING = 0.5  # how far they go to both sides
YEARS = (1969, 2011)  # Fukushima; Glorot, Bordes and Bengio
SHALLOW = 2  # hidden layers through which enough of a whisper arrives


@dataclass(frozen=True, eq=False)
class ReLUFacts(Facts):
    """Two functions, a deep network with each of them, and the film's own network.

    ``kind`` is the function of the film's ``hidden`` hidden layers: "sigmoid" or "relu", "mixed"
    for several, "none" where there is no such layer; ``is_shallow`` says that there are few.
    ``picture`` (rows, columns) is the example that was learned from, ``weights`` (rows, columns)
    one of the neurons, as they stood there before, and ``image`` what the film is about.

    The sums ``flat``, ``steep`` and ``on`` go to both sides by ``swing``.

    Both deep networks have ``layers`` hidden layers of ``units`` neurons. At random, as they
    begin, ``s_weights`` and ``relu_weights`` are one (out, in) array a layer. The weight from
    ``pixel`` to ``neuron`` is turned up by ``turn``: then, on average over ``unseen`` images, all
    neurons move by ``s_moved`` and ``relu_moved``, one array (units,) a layer, measured by
    ``neuron`` itself; so far as ``full`` is drawn as light that is full.

    ``s_runs`` and ``relu_runs`` (3, epochs + 1) are shares 0..1 of the unseen images that are
    read rightly before training and after every one of the ``epochs``, for three random starts, of
    which the first is talked about, after ``early`` epochs and at the end. ``guess`` is the share
    of a guess. ReLU was thought of in ``first_year``, and got noticed in ``then_year``; ``decades``
    are years in between.
    """

    kind: str
    hidden: int
    is_shallow: bool
    picture: Array
    weights: Array
    image: Array
    flat: float
    steep: float
    on: float
    swing: float
    layers: int
    units: int
    s_weights: list[Array]
    relu_weights: list[Array]
    pixel: int
    neuron: int
    turn: float
    unseen: int
    s_moved: list[Array]
    relu_moved: list[Array]
    full: float
    epochs: int
    s_runs: Array
    relu_runs: Array
    early: int
    s_early: float
    relu_early: float
    s_end: float
    relu_end: float
    guess: float
    first_year: int
    then_year: int
    decades: range

    @classmethod
    def of(cls, story: Story) -> Self:
        """The deep networks are the same in every film; only the last section is about its own."""
        network, train, test = story.network, story.training, story.digits
        learn, _ = depth.set_aside(train)
        nets = {kind: depth.start(kind, learn) for kind in depth.KINDS}
        units = depth.RECIPE.hidden[0]
        pixel = int(train.images.mean(axis=0).argmax())
        moved = {k: whisper(n, test.images, units // 2, pixel) for k, n in nets.items()}
        arms = depth.load()
        runs = {k: np.array([arm.accuracy, *arm.others]) for k, arm in arms.items()}
        picture, weights = _before(story)
        return cls(
            kind=_kind(network),
            hidden=len(network.w) - 1,
            is_shallow=len(network.w) - 1 <= SHALLOW,
            picture=picture,
            weights=weights,
            image=story.image,
            flat=FLAT,
            steep=STEEP,
            on=ON,
            swing=SWING,
            layers=len(depth.RECIPE.hidden),
            units=units,
            s_weights=list(nets["sigmoid"].w),
            relu_weights=list(nets["relu"].w),
            pixel=pixel,
            neuron=units // 2,
            turn=1.0,
            unseen=len(test),
            s_moved=moved["sigmoid"],
            relu_moved=moved["relu"],
            full=FULL,
            epochs=depth.RECIPE.epochs,
            s_runs=runs["sigmoid"],
            relu_runs=runs["relu"],
            early=EARLY,
            s_early=float(runs["sigmoid"][0, EARLY]),
            relu_early=float(runs["relu"][0, EARLY]),
            s_end=float(runs["sigmoid"][0, -1]),
            relu_end=float(runs["relu"][0, -1]),
            guess=1 / network.sizes[-1],
            first_year=YEARS[0],
            then_year=YEARS[1],
            decades=range(1980, 2010, 10),
        )


def _kind(network: Network) -> str:
    """The one function of the hidden layers; "mixed" for more than one, "none" for none."""
    kinds = set(network.activations[:-1])
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "none"


def _before(story: Story) -> tuple[Array, Array]:
    """The example and the neuron's weights that Learning ended with."""
    model, train = story.model, story.training
    path = [c.network for c in model.checkpoints] if len(model.checkpoints) > 1 else []
    networks = path or [story.network]
    digit = DEFAULT_DIGIT if story.label is None else story.label
    name = cost_of(model.meta, story.network)
    example = readable_example(name, networks, train, digit)
    images = story.network.w[0].reshape(-1, *story.network.image_shape)
    neuron = most_structured(images, train.images.mean(axis=0))
    return train.images[example], networks[-1].w[0][neuron].reshape(story.network.image_shape)
