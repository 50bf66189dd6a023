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
from netglow.scenes.facts.learning import learned, learned_from
from netglow.scenes.stage.story import DEFAULT_DIGIT

if TYPE_CHECKING:
    from netglow.netcore.digits import Digits
    from netglow.scenes.stage.story import Story

EARLY = 5  # passes over the examples after which both are asked
FULL = 0.05  # a neuron shines fully when it moves so much of what the turned one does
FLAT, STEEP, ON = -3.5, 0.0, 0.5  # sums that are looked at: far out, in the middle, on
SWING = 0.5  # how far they go to both sides
YEARS = (1969, 2011)  # Fukushima; Glorot, Bordes and Bengio
SHALLOW = 2  # hidden layers that are not called deep
ARRIVES = 0.3  # of full light, at the far end: a whisper that is still seen
LONGER = 5  # times as many passes are far more


@dataclass(frozen=True, eq=False)
class ReLUFacts(Facts):
    """Two functions, a deep network with each of them, and the film's own network.

    ``kind`` is the function of the film's ``hidden`` hidden layers: "sigmoid" or "relu", "mixed"
    for several, "none" where there is no such layer; ``is_shallow`` says that there are few.
    As it began, if that is known, its weights were ``own_weights``, and a turn of the weight from
    ``pixel`` to ``own_neuron`` moves its neurons by ``own_moved``; ``arrives`` says that this is
    still seen at the outputs. It learned for ``own_epochs`` (0 if that is not known), which are
    far more (``is_longer``) than those of the deep networks, from at least as many images.
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
    own_weights: list[Array]
    own_neuron: int
    own_moved: list[Array]
    arrives: bool
    own_epochs: int
    is_longer: bool
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
        nets = _starts(train)
        units = depth.RECIPE.hidden[0]
        pixel = int(train.images.mean(axis=0).argmax())
        moved = {k: whisper(n, test.images, units // 2, pixel) for k, n in nets.items()}
        arms = depth.load()
        runs = {k: np.array([arm.accuracy, *arm.others]) for k, arm in arms.items()}
        picture, weights = _before(story)
        own = _path(story)[0]
        own_neuron = len(own.w[0]) // 2
        own_moved = whisper(own, test.images, own_neuron, pixel)
        own_epochs = int(story.model.meta.get("epochs_done", 0))
        enough = len(learned(story.model.meta, train)) >= len(train) - depth.JUDGED
        return cls(
            kind=_kind(network),
            hidden=len(network.w) - 1,
            is_shallow=len(network.w) - 1 <= SHALLOW,
            own_weights=list(own.w),
            own_neuron=own_neuron,
            own_moved=own_moved,
            arrives=bool(own_moved[-1].max() >= ARRIVES * FULL),
            own_epochs=own_epochs,
            is_longer=own_epochs >= LONGER * depth.RECIPE.epochs and enough,
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


def _starts(train: Digits) -> dict[str, Network]:
    """Both deep networks before training."""
    learn, _ = depth.set_aside(train)
    return {kind: depth.start(kind, learn) for kind in depth.KINDS}


def _kind(network: Network) -> str:
    """The one function of the hidden layers; "mixed" for more than one, "none" for none."""
    kinds = set(network.activations[:-1])
    return kinds.pop() if len(kinds) == 1 else "mixed" if kinds else "none"


def _path(story: Story) -> list[Network]:
    """The film's network as it began, and on to what it is; only that if nothing else is known."""
    path = [c.network for c in story.model.checkpoints]
    return path if len(path) > 1 else [story.network]


def _before(story: Story) -> tuple[Array, Array]:
    """The example and the neuron's weights that Learning ended with."""
    meta, networks = story.model.meta, _path(story)
    train = learned_from(meta, story.training)
    digit = DEFAULT_DIGIT if story.label is None else story.label
    example = readable_example(cost_of(meta, story.network), networks, train, digit)
    images = story.network.w[0].reshape(-1, *story.network.image_shape)
    neuron = most_structured(images, story.training.images.mean(axis=0))
    return train.images[example].copy(), networks[-1].w[0][neuron].reshape(
        story.network.image_shape
    )
