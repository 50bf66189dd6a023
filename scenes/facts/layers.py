"""What Layers shows: the sizes, two images with all they cause, and one neuron's weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from netglow.netcore.network import Array, forward
from netglow.netcore.study.facts import contributions
from netglow.scenes.facts.base import Facts

if TYPE_CHECKING:
    from netglow.scenes.stage.story import Story

ON_A_SCREEN = 16  # the size that was chosen because so many circles fit


@dataclass(frozen=True, eq=False)
class LayersFacts(Facts):
    """A network of ``layers`` hidden layers (``hidden`` are their sizes, ``sizes`` in words).

    ``size`` is that of each of them, 0 if they differ or there are none; ``fits`` says whether it
    is known to be what fits on a screen. ``image`` (``rows``, ``columns``) is the story's, ``a``
    what the layers after it hold then; its brightest output is ``named``. ``other_image``, of
    the examples of other digits the one that changes the layer after the image most, makes them
    hold ``other_a``. ``fewer`` and ``more`` are sizes that
    the hidden layers might have, too.

    ``focus`` is the neuron of the first layer whose ``speak_for`` positive and ``speak_against``
    negative weights are the most equal in number. Layer ``source_layer`` is the last hidden one
    (without any, the outputs); ``source`` is the neuron in it that pushes most of those whose
    number is not 0.00 or 1.00: ``source_value``.
    """

    inputs: int
    outputs: int
    rows: int
    columns: int
    layers: int
    hidden: tuple[int, ...]
    sizes: str
    size: int
    fits: bool
    fewer: tuple[int, ...]
    more: tuple[int, ...]
    image: Array
    a: list[Array]
    named: int
    other_image: Array
    other_a: list[Array]
    focus: int
    speak_for: int
    speak_against: int
    source_layer: int
    source: int
    source_value: float

    @classmethod
    def of(cls, story: Story) -> Self:
        network, trace = story.network, story.trace
        hidden = tuple(int(size) for size in network.sizes[1:-1])
        named = int(trace.output.argmax())
        examples = [
            forward(network, story.digits.images[story.example(digit)])
            for digit in range(len(network.class_names))
            if digit != named
        ]
        other = max(examples, key=lambda one: float(np.abs(one.a[1] - trace.a[1]).sum()))
        positive, negative = (network.w[0] > 0).sum(axis=1), (network.w[0] < 0).sum(axis=1)
        focus = int(np.abs(positive - negative).argmin())
        last = max(len(hidden), 1)
        sent = contributions(network, trace, last) if hidden else np.zeros((0, len(trace.output)))
        held = np.asarray(trace.a[last])
        told = ~np.isin(held.round(2), (0.0, 1.0))
        push = np.clip(sent, 0, None).sum(axis=0)
        source = int(np.where(told, push, push.min() - 1).argmax())
        return cls(
            inputs=int(network.sizes[0]),
            outputs=int(network.sizes[-1]),
            rows=story.image.shape[0],
            columns=story.image.shape[1],
            layers=len(hidden),
            hidden=hidden,
            sizes=_listed(hidden),
            size=hidden[0] if len(set(hidden)) == 1 else 0,
            fits=set(hidden) == {ON_A_SCREEN} and "recipe" in story.model.meta,
            fewer=tuple(max(1, n // 2) for n in hidden),
            more=tuple(n + (n + 1) // 2 for n in hidden),
            image=story.image,
            a=list(trace.a[1:]),
            named=named,
            other_image=other.image,
            other_a=list(other.a[1:]),
            focus=focus,
            speak_for=int(positive[focus]),
            speak_against=int(negative[focus]),
            source_layer=last,
            source=source,
            source_value=float(held[source]),
        )


def _listed(sizes: tuple[int, ...]) -> str:
    """12, 8 and 14."""
    texts = [f"{size:,}" for size in sizes]
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
