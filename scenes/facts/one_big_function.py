"""What OneBigFunction shows: a neuron and a network as functions, and ten separate opinions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import Array, forward, forward_batch
from netglow.netcore.study.dials import full_turns, in_a_row, thrown, with_dials
from netglow.netcore.study.telling_neuron import most_telling
from netglow.netcore.study.two_lit import HIGH, believed, most_divided, ranked
from netglow.scenes.facts.base import Facts
from netglow.scenes.facts.forward_pass import index_of

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

THROWS = 3  # other settings of the dials
STEPS = (3, 7, 1, 6)  # the digits that go in, counted on from the story's
POOL = 2  # pixels a side that become one in small pictures


@dataclass(frozen=True, eq=False)
class OneBigFunctionFacts(Facts):
    """One neuron of the first layer, the network as a whole, and what it makes of all images.

    ``w`` (units, inputs), ``b`` and ``kind`` are the first layer; its activations for the ``image``
    are ``a1`` (units,). ``neuron`` is one that is lit, and that gives clearly different numbers for
    other digits: with ``weights`` (1, inputs) it makes ``held`` (4,) of the four images ``seen``
    (4, rows, columns), of which the first is ``image``; ``sent`` (4, inputs) are the products that
    it adds up.

    ``values`` (parameters,) are all weights and biases in one row, ``ends`` the sizes at which
    their dials are fully turned. ``kinds`` are the activation functions, layer by layer.
    ``fed`` (k, rows, columns) are images that go in one after the other, one a digit, and
    ``answers`` (k, outputs) what comes out.

    An output above ``half`` is a belief: of the ``n`` test images ``one`` have exactly one,
    ``several`` more than one, ``none`` none at all; ``beliefs`` (n,) counts them, and ``small``
    (n, rows, columns) are the images at half their size. ``divided`` is the place of the image with
    more than one belief whose two highest outputs are highest, ``doubtful`` (rows, columns) the
    image, its digit ``meant`` and its outputs ``opinions`` (outputs,), ``first`` and ``second`` the
    highest of these, ``total`` the sum of all. An image that ForwardPass has shown is taken only if
    there is no other (``is_met``); where no image has two beliefs (``is_divided`` is false), it is
    the one whose second highest output is highest.

    ``throws`` (3, parameters) are dials at random, from one fixed seed; then the network makes
    ``thrown`` (3, outputs) of the ``image``, and ``output`` (outputs,) with its own.
    """

    image: Array
    w: Array
    b: Array
    a1: Array
    kind: str
    code: list[str]
    neuron: int
    weights: Array
    seen: Array
    sent: Array
    held: Array
    inputs: int
    outputs: int
    layers: int
    parameters: int
    kinds: list[str]
    all_squish: bool
    values: Array
    ends: list[float]
    fed: Array
    answers: Array
    half: float
    n: int
    one: int
    several: int
    none: int
    mostly: bool
    beliefs: np.ndarray
    small: Array
    divided: int
    doubtful: Array
    meant: int
    opinions: Array
    first: int
    second: int
    is_divided: bool
    is_met: bool
    total: float
    throws: Array
    thrown: Array
    output: Array

    @classmethod
    def of(cls, story: Story) -> Self:
        network, digits = story.network, story.digits
        examples = np.array([digits.images[story.example(d)] for d in range(10)])
        found = forward_batch(network, examples)
        kinds = [str(kind) for kind in network.activations]
        k, others = most_telling(story.trace.a[1], found.a[1], story.label, _ENDS[kinds[0]])
        seen = np.array([story.image, *examples[others]])
        at = story.label if story.label is not None else story.trace.predicted
        fed = np.array([examples[(at + step) % 10] for step in STEPS])
        outputs = story.evaluation.trace.output
        beliefs, met = believed(outputs), index_of(story)
        divided = _divided(outputs, met)
        first, second = ranked(outputs[divided])
        throws = thrown(network, THROWS)
        rows, columns = digits.images.shape[1:]
        pooled = digits.images.reshape(-1, rows // POOL, POOL, columns // POOL, POOL)
        return cls(
            image=story.image,
            w=network.w[0],
            b=network.b[0],
            a1=story.trace.a[1],
            kind=kinds[0],
            code=["z = W @ a0 + b", _CODE[kinds[0]]],
            neuron=k,
            weights=network.w[0][[k]],
            seen=seen,
            sent=network.w[0][k] * seen.reshape(len(seen), -1),
            held=forward_batch(network, seen).a[1][:, k],
            inputs=network.sizes[0],
            outputs=network.sizes[-1],
            layers=len(network.w),
            parameters=network.parameter_count,
            kinds=kinds,
            all_squish=all(kind == "sigmoid" for kind in kinds),
            values=in_a_row(network.w, network.b),
            ends=full_turns(network),
            fed=fed,
            answers=forward_batch(network, fed).output,
            half=HIGH,
            n=len(digits),
            one=int((beliefs == 1).sum()),
            several=int((beliefs > 1).sum()),
            none=int((beliefs == 0).sum()),
            mostly=bool((beliefs == 1).mean() > 0.5),
            beliefs=beliefs,
            small=pooled.mean(axis=(2, 4)),
            divided=divided,
            doubtful=digits.images[divided],
            meant=int(digits.labels[divided]),
            opinions=outputs[divided],
            first=first,
            second=second,
            is_divided=bool(outputs[divided, second] > HIGH),
            is_met=bool(divided == met),
            total=float(outputs[divided].sum()),
            throws=throws,
            thrown=np.array([forward(with_dials(network, v), story.image).output for v in throws]),
            output=story.trace.output,
        )


def _divided(outputs: Array, met: int | None) -> int:
    """Index of the image with two beliefs that are highest together, ``met`` only if it must be."""
    several = believed(outputs) > 1
    others = several & (np.arange(len(outputs)) != (-1 if met is None else met))
    if not several.any():
        return most_divided(outputs)
    both = np.sort(outputs, axis=1)[:, -2:].sum(axis=1)
    return int(np.where(others if others.any() else several, both, -np.inf).argmax())


# a sigmoid never reaches 0 and 1, so nothing is shown that three decimals would round to them
_ENDS = {"sigmoid": (0.0005, 0.9995), "relu": (0.0, np.inf)}
_CODE = {"sigmoid": "a1 = 1 / (1 + np.exp(-z))", "relu": "a1 = np.maximum(0, z)"}
