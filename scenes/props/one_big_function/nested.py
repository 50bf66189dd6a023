"""The whole network in one line of mathematics: every layer wraps the one before."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, RIGHT, MathTypst, VGroup, VMobject

from netglow.scenes.stage.text import formula
from netglow.scenes.stage.theme import Theme

_NAMES = {"sigmoid": "sigma", "relu": 'op("ReLU")'}
_WIDEST, _LARGEST = 12.6, 0.42


def source_of(kinds: Sequence[str]) -> str:
    """Typst mathematics of a network with these activation functions, ``left``/``right`` named.

    The innermost layer is ``left0``, the input and ``right0``; ``left1`` and ``right1`` wrap it.
    """
    text = "{{ a^((0)) : input }}"
    for layer, kind in enumerate(kinds):
        left = f"{_NAMES[kind]} paren.l W^(({layer + 1}))"
        right = f"+ b^(({layer + 1})) paren.r"
        text = f"{{{{ {left} : left{layer} }}}} {text} {{{{ {right} : right{layer} }}}}"
    return text


class Nested(VGroup):
    """σ(W σ(W a + b) + b) for ``kinds`` (layers,), its layers as ``rings``, the inmost first.

    Each ring is what is written left and right of the ring before.
    """

    def __init__(self, kinds: Sequence[str], theme: Theme, y: float) -> None:
        self.functions = tuple(kinds)
        self.line: MathTypst = formula(source_of(kinds), theme.text, _LARGEST)
        self.line.scale(min(1.0, _WIDEST / self.line.width))
        self.line.move_to((0, y, 0))
        self.input: VGroup = self.line.select("input")
        self.rings = [
            VGroup(self.line.select(f"left{i}"), self.line.select(f"right{i}"))
            for i in range(len(kinds))
        ]
        super().__init__(self.input, *self.rings)

    def aside(self, ring: int) -> tuple[VMobject, VMobject]:
        """The two halves of a ring, a little farther out: where they come from."""
        left, right = (half.copy() for half in self.rings[ring])
        return left.shift(LEFT * 0.5), right.shift(RIGHT * 0.5)
