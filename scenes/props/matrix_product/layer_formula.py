"""A layer in one line of mathematics, and the same in two lines of Python."""

from __future__ import annotations

from collections.abc import Iterator

from manim import Animation, FadeIn, MathTypst, Transform, TransformFromCopy, VGroup

from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.text.code import Listing, tint
from netglow.scenes.stage.text import BODY, CAPTION, formula
from netglow.scenes.stage.theme import Theme

_SYMBOL = {"sigmoid": "sigma", "relu": 'op("ReLU")'}
_SYMBOL_SIZE = {"sigmoid": BODY, "relu": CAPTION}  # there is little room above the arrow
_FORMULA = (
    "{{{{ a^((1)) : out }}}} {{{{ = : is }}}} {{{{ {} : f }}}} {{{{ \\( : open }}}} "
    "{{{{ W : W }}}} {{{{ a^((0)) : inp }}}} {{{{ + : plus }}}} {{{{ b : b }}}} "
    "{{{{ \\) : close }}}}"
)
_SIZE = 0.42


class LayerFormula(VGroup):
    """a⁽¹⁾ = f(W a⁽⁰⁾ + b) for an activation function ``kind``; its symbols come one by one.

    They are ``out``, ``is``, ``f``, ``open``, ``W``, ``inp``, ``plus``, ``b`` and ``close``.
    """

    def __init__(self, kind: str, theme: Theme) -> None:
        self.kind, self.theme = kind, theme
        self.line = formula(_FORMULA.format(_SYMBOL[kind]), theme.text, _SIZE)
        self.part("b").set_color(theme.bias)
        super().__init__(self.line)

    def part(self, key: str) -> VGroup:
        """A symbol."""
        return self.line.select(key)

    def function(self) -> MathTypst:
        """The name of the activation function alone."""
        return formula(_SYMBOL[self.kind], self.theme.text, _SYMBOL_SIZE[self.kind])

    def gather(self, key: str, cells: Cells) -> tuple[Cells, list[Animation]]:
        """A copy of a picture, and animations that shrink it into its symbol."""
        symbol, copy = self.part(key), cells.copy()
        end = cells.copy().scale(symbol.height / cells.height).move_to(symbol).set_opacity(0)
        return copy, [Transform(copy, end, remover=True), FadeIn(symbol, rate_func=_late)]

    def into(self, code: Listing) -> Iterator[list[Animation]]:
        """The symbols become two lines of code: ``z = W @ a0 + b``, then ``a1 = …``."""
        tint(code.lines[0], code.text[0], "b", self.theme.bias)
        pairs = zip(("W", "inp", "plus", "b"), ("W", "a0", "+", "b"), strict=True)
        yield [
            *[TransformFromCopy(self.part(key), code.part(0, text)) for key, text in pairs],
            FadeIn(code.lines[0][:2]),
            FadeIn(code.part(0, "@")),
        ]
        flying = self.part("f").copy()
        end = flying.copy().move_to(code.part(1, code.text[1].removeprefix("a1 = "))).set_opacity(0)
        yield [
            TransformFromCopy(self.part("out"), code.part(1, "a1")),
            FadeIn(code.lines[1][2:]),
            Transform(flying, end, remover=True),
        ]


def _late(t: float) -> float:
    return t**3


def layer_chain(layers: int, theme: Theme) -> VGroup:
    """a⁽⁰⁾ → a⁽¹⁾ → … for all layers, smaller where there are many; an arrow is one line."""
    texts = ["a^((0))"]
    for layer in range(1, layers + 1):
        texts += ["arrow.r.long", f"a^(({layer}))"]
    size = min(_SIZE, 3.4 / len(texts))
    pieces = [formula(text, theme.text, max(size, CAPTION)) for text in texts]
    return VGroup(*pieces).arrange(buff=0.3)
