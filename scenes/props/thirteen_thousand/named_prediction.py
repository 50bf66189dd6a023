"""What a drawn network says about its image: the output framed, and a line of words."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, RIGHT, Create, FadeIn, RoundedRectangle, VGroup

from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import BODY, HEADING, label
from netglow.scenes.stage.theme import Theme


def role_of(predicted: int, truth: int | None) -> str:
    """The colour role of a prediction: right, wrong, or of unknown truth."""
    return "attention" if truth is None else "correct" if predicted == truth else "wrong"


class NamedPrediction(VGroup):
    """A ``frame`` around output ``best`` of ``diagram``, and the ``line`` "``says`` <its name>".

    The line begins at the point ``left``; ``after`` is put behind it where the prediction is
    wrong. ``truth`` is None where it is not known.
    """

    def __init__(
        self,
        diagram: NetworkDiagram,
        best: int,
        truth: int | None,
        says: str,
        after: str,
        left: np.ndarray,
        theme: Theme,
        **kwargs: Any,
    ) -> None:
        self.diagram, self.best, self.role = diagram, best, role_of(best, truth)
        self.frame = RoundedRectangle(
            corner_radius=0.1,
            width=2.2,
            height=0.44,
            stroke_width=3,
            color=getattr(theme, self.role),
        )
        self.frame.move_to(diagram.layers[-1].centres()[best] + RIGHT * 0.8)
        name = label(diagram.network.class_names[best], getattr(theme, self.role), HEADING, True)
        parts = [label(says, theme.text, BODY), name]
        if self.role == "wrong":
            parts.append(label(after, theme.text, BODY))
        self.line = VGroup(*parts).arrange(RIGHT, buff=0.2)
        self.line.shift(RIGHT * (left[0] - self.line.get_critical_point(LEFT)[0]))
        for part in parts:
            stand(part, left[1])
        super().__init__(self.frame, self.line, **kwargs)

    def arrive(self) -> list[Any]:
        """Animations: the frame is drawn, the line comes, the output's bar takes the colour."""
        return [
            Create(self.frame),
            FadeIn(self.line),
            self.diagram.bars.animate.crown(self.best, self.role),
        ]
