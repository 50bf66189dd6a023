"""From one chapter to the next: a light goes on along a row of neurons, one for each chapter."""

from __future__ import annotations

from manim import UP, FadeIn, Group, LaggedStart

from netglow.scenes.cards.card import Card
from netglow.scenes.cards.chapter_row import ChapterRow
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.fit import fit
from netglow.scenes.stage.text import BODY, TITLE

WIDEST = 12.4  # a title may be this wide


class Transition(Card):
    """The chapter before fades, its neuron hands its light on, the next chapter appears."""

    def construct(self) -> None:
        seam = self.seam
        self.row = ChapterRow(seam.chapters, seam.number - 1, self.theme, -0.75)
        self.heading = self.heading_of()
        self.play(LaggedStart(*self.leave(0.5), FadeIn(self.row, run_time=0.4), lag_ratio=0.5))
        self.play(FadeIn(self.heading, run_time=0.4), self.row.hand_on(run_time=0.8))
        self.mark_poster()
        self.wait(0.6)
        self.arrive(0.4)

    def heading_of(self) -> Group:
        """The next chapter's title, and its number if there are several."""
        title = stand(fit(self.label(self.seam.title, size=TITLE, bold=True), WIDEST), 0.35)
        if self.seam.chapters == 1:
            return Group(title)
        number = self.label(self.words("chapter", number=self.seam.number), "muted", BODY * 1.1)
        return Group(number.move_to(UP * 1.5), title)
