"""The hope that layers find edges, then loops and lines, then digits: cut from real images."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Succession,
    Transform,
    VGroup,
    VMobject,
)

from netcore.pieces import arcs, lengths, textbook
from scenes.parts.baseline import stand
from scenes.parts.loose_ink import LooseInk
from scenes.parts.network_diagram import NetworkDiagram
from scenes.parts.neurons import LightUp, Neurons, column
from scenes.parts.paragraph import paragraph
from scenes.parts.piece_panel import PiecePanel, square_around
from scenes.parts.piece_row import PieceRow
from scenes.parts.tag import Tag
from scenes.parts.threads import threads
from scenes.parts.word_tree import WordTree
from scenes.stage.scene import NetglowScene
from scenes.stage.text import BODY, CAPTION, HEADING, TITLE

LEFT_X, TOP_Y = -6.4, 3.2  # where the line on top begins and stands
ROWS = {9: (1, 1), 8: (2, 0), 4: (0, 3)}  # digit: its loops and strokes
BITS = 5, 3  # small edges of a loop and of a line
COLUMNS = {"image": -5.25, "edges": -1.75, "pieces": 1.75, "digit": 5.25}
HEAD_Y, MIDDLE_Y = 2.62, -0.2
LARGE, FROM = 1.9, np.array([-6.44, 4.33, 0])  # the 9 is taken apart large, in the middle


class WhyLayers(NetglowScene):
    """A digit taken apart, put together again layer by layer, and a question."""

    def construct(self) -> None:
        self.gather()
        self.why()
        self.loops_and_lines()
        self.small_edges()
        self.layer_by_layer()
        self.other_tasks()
        self.the_question()

    def gather(self) -> None:
        """The network at work, and real images that fall into the textbook's pieces."""
        digits, network = self.story.digits, self.story.network
        self.diagram = NetworkDiagram(network, self.theme, height=4.9, right=4.5, y=-0.2)
        self.diagram.show(self.story.trace, 0.4)
        words = self.words("loop"), self.words("line")
        self.rows = {
            digit: PieceRow(digits.images[textbook(digits, digit, *structure)], words, self.theme,
                            np.array([-5.6, 2.0 - 1.93 * k, 0]))
            for k, (digit, structure) in enumerate(ROWS.items())
        }  # fmt: skip
        self.hidden = self.diagram.layers[:-1]
        self.top: VMobject | None = None

    def headlined(self, name: str) -> Any:
        """Animation: another line on top, flush left, takes the place of the one there is."""
        before = self.top
        self.top = stand(self.label(self.words(name), size=HEADING, bold=True), TOP_Y)
        self.top.shift(RIGHT * (LEFT_X - self.top.get_left()[0]))
        arrive = FadeIn(self.top, shift=UP * 0.15, run_time=0.5)
        return arrive if before is None else Succession(FadeOut(before, run_time=0.4), arrive)

    def over(self, name: str, x: float, role: str = "muted") -> VMobject:
        """A word above a column."""
        text = self.label(self.words(name), role, CAPTION)
        return stand(text.move_to([x, HEAD_Y, 0]), HEAD_Y)

    def over_hidden(self, names: list[str]) -> VGroup:
        xs = [layer.get_center()[0] for layer in self.hidden]
        return VGroup(*[self.over(name, x, "attention") for name, x in zip(names, xs, strict=True)])

    # --- beats ---
    def why(self) -> None:
        marks = VGroup(*[self.label(self.words("middle"), "attention", TITLE, True)
                         .move_to([layer.get_center()[0], HEAD_Y + 0.15, 0])
                         for layer in self.hidden])  # fmt: skip
        with self.beat("why"):
            self.play(FadeIn(self.diagram, run_time=1.4), self.headlined("why"))
            self.say()
            self.play(LaggedStart(*[FadeIn(mark, shift=DOWN * 0.15) for mark in marks],
                                  lag_ratio=0.4), run_time=1.0)  # fmt: skip
            self.wait(1.0)
        self.marks = marks

    def loops_and_lines(self) -> None:
        self.tag = Tag(self.words("hope"), self.theme, np.array([6.5, 3.62, 0]))
        note = paragraph(self.words("cut"), self.theme.muted, BODY)
        note.move_to([2.35, 1.07, 0], LEFT)
        with self.beat("loops-and-lines"):
            self.play(FadeOut(self.diagram, self.marks), self.headlined("pieces"), run_time=0.9)
            self.play(FadeIn(self.tag, shift=LEFT * 0.15), run_time=0.5)
            self.rows[9].enlarge(LARGE, FROM)
            nine = self.rows[9].steps(1.3)
            self.play(next(nine))
            self.say()
            for step in nine:
                self.play(step)
            self.say()
            self.play(self.rows[9].shown.animate.scale(1 / LARGE, about_point=FROM))
            for digit in (8, 4):
                for step in self.rows[digit].steps(0.75):
                    self.play(step)
            self.say()
            self.play(FadeIn(note), run_time=0.6)
            self.leave = Group(note, *[self.rows[digit].shown for digit in (8, 4)])

    def small_edges(self) -> None:
        row = self.rows[9]
        masks = arcs(row.pieces[0], BITS[0]), lengths(row.pieces[1], BITS[1])
        self.bit_masks = [bit for bits in masks for bit in bits]
        with self.beat("small-edges"):
            self.play(FadeOut(self.leave, row.digit, row.names, row.signs),
                      self.headlined("edges"), run_time=0.8)  # fmt: skip
            self.enlarge(row)
            for k, name in enumerate(("ring", "row")):
                if k:
                    self.say()
                text = self.label(self.words(name)).next_to(self.big[k], DOWN, buff=0.65)
                self.big_names.add(text)
                self.play(self.burst(k), FadeIn(text), run_time=1.3)

    def layer_by_layer(self) -> None:
        two = len(self.hidden) == 2
        with self.beat("layer-by-layer" if two else "layer-by-layer-other"):
            self.lay_columns(two)
            self.play(Create(self.joins[0], lag_ratio=0), run_time=1.2)
            self.say()
            self.play(FadeIn(*self.empty_pieces), run_time=0.4)
            self.play(Create(self.joins[1], lag_ratio=0), self.put_together(), run_time=1.4)
            self.say()
            self.play(FadeIn(self.out), Create(self.joins[2], lag_ratio=0), run_time=1.0)
            self.play(LightUp(self.out, [1.0]), FadeIn(self.nine), run_time=0.8)
            self.mark_poster()

    def other_tasks(self) -> None:
        levels = [self.words(f"{name}_list").split() for name in ("sounds", "syllables", "word")]
        first = [int(n) for n in self.words("sounds_in_syllables").split()]
        xs = [-4.6, 0.0, 4.6]
        self.tree = WordTree(levels, [first, [len(levels[1])]], xs, MIDDLE_Y, 4.2, self.theme)
        heads = [self.over(name, x) for name, x in zip(("sounds", "syllables", "word"), xs,
                                                       strict=True)]  # fmt: skip
        analogy = Tag(self.words("analogy"), self.theme, self.tag.get_corner(UP + RIGHT))
        with self.beat("other-tasks"):
            self.play(FadeOut(self.leave), self.headlined("speech"),
                      Succession(FadeOut(self.tag), FadeIn(analogy)), run_time=0.9)  # fmt: skip
            self.play(FadeIn(heads[0]), LaggedStart(*map(FadeIn, self.tree.columns[0]),
                                                    lag_ratio=0.15), run_time=0.9)  # fmt: skip
            for head, words, joins in zip(heads[1:], self.tree.columns[1:], self.tree.joins,
                                          strict=True):  # fmt: skip
                if head is heads[1]:
                    self.say()
                self.play(Create(joins, lag_ratio=0), run_time=0.8)
                self.play(FadeIn(head, words), run_time=0.6)
        self.leave = Group(analogy, *heads, *self.tree.columns, *self.tree.joins)

    def the_question(self) -> None:
        n = len(self.hidden)
        names = ["small", *["middle"] * (n - 2), "larger"] if n > 1 else ["both"] * n
        hopes = self.over_hidden(names)
        with self.beat("the-question"):
            self.play(FadeOut(self.leave), self.headlined("layers"), run_time=0.8)
            self.play(FadeIn(self.diagram), FadeIn(self.tag), run_time=1.0)
            self.play(LaggedStart(*[FadeIn(hope, shift=DOWN * 0.1) for hope in hopes],
                                  lag_ratio=0.4), run_time=0.9)  # fmt: skip
            self.say()
            self.play(self.headlined("question"))
            self.wait(1.5)

    # --- pieces of the picture ---
    def enlarge(self, row: PieceRow) -> None:
        """Loop and line of the 9 grow; their bits are ready to come apart."""
        self.big = [PiecePanel(row.image, mask, row.box, self.theme, 3.8, np.array([x, 0.4, 0]))
                    for mask, x in zip(row.pieces, (-3.2, 3.2), strict=True)]  # fmt: skip
        self.grounds = [panel.blank() for panel in self.big]
        self.play(*[Transform(a, b) for a, b in zip(row.empty, self.grounds, strict=True)],
                  *[Transform(ink, ink.on(panel))
                    for ink, panel in zip(row.taken, self.big, strict=True)],
                  run_time=1.2)  # fmt: skip
        self.remove(*row.empty, *row.taken)
        owner = [0] * BITS[0] + [1] * BITS[1]
        self.bits = [LooseInk(self.big[k], mask[row.box])
                     for k, mask in zip(owner, self.bit_masks, strict=True)]  # fmt: skip
        self.add(*self.grounds, *self.bits)
        self.big_names = VGroup()

    def burst(self, k: int) -> AnimationGroup:
        """The bits of piece k move away from its middle."""
        bits = self.bits[: BITS[0]] if k == 0 else self.bits[BITS[0] :]
        middle = np.mean([bit.get_center() for bit in bits], axis=0)
        ways = [bit.get_center() - middle for bit in bits]
        return AnimationGroup(*[
            bit.animate.shift(0.3 * way / max(float(np.linalg.norm(way)), 1e-9))
            for bit, way in zip(bits, ways, strict=True)])  # fmt: skip

    def lay_columns(self, two: bool) -> None:
        """Every small edge flies to a picture of its own, between the image and the pieces."""
        row, theme, x = self.rows[9], self.theme, COLUMNS
        at = column(len(self.bit_masks), x["edges"], 0.67, MIDDLE_Y)
        side = max(int(np.ptp(np.nonzero(mask), axis=1).max()) + 3 for mask in self.bit_masks)
        boxes = [square_around(mask, least=side) for mask in self.bit_masks]
        self.edges = [PiecePanel(row.image, mask, box, theme, 0.6, place)
                      for mask, box, place in zip(self.bit_masks, boxes, at, strict=True)]
        grounds = [panel.blank() for panel in self.edges]
        image = PiecePanel(row.image, np.ones_like(row.pieces[0]), row.box, theme, 2.2,
                           np.array([x["image"], MIDDLE_Y, 0]))  # fmt: skip
        self.pieces = [PiecePanel(row.image, mask, row.box, theme, 1.5, place)
                       for mask, place in zip(row.pieces, column(2, x["pieces"], 2.4, MIDDLE_Y),
                                              strict=True)]  # fmt: skip
        self.empty_pieces = [panel.blank() for panel in self.pieces]
        self.out = Neurons(np.zeros(1), np.array([[x["digit"], MIDDLE_Y, 0]]), theme, 0.6)
        self.nine = self.label("9", "ink_on", TITLE, bold=True).move_to(self.out)
        names = ("image", "first", "second", "output") if two else (
            "image", "small", "larger", "output")  # fmt: skip
        heads = [self.over(name, place) for name, place in zip(names, x.values(), strict=True)]
        owner = [self.pieces[0]] * BITS[0] + [self.pieces[1]] * BITS[1]
        self.joins = [threads([(image, edge) for edge in self.edges], theme),
                      threads(zip(self.edges, owner, strict=True), theme),
                      threads([(piece, self.out) for piece in self.pieces], theme)]  # fmt: skip
        self.play(*map(FadeOut, self.grounds), FadeOut(self.big_names), self.headlined("layers"),
                  run_time=0.6)  # fmt: skip
        self.play(FadeIn(image, *grounds, *heads), run_time=0.6)
        self.add(*self.bits)  # above the pictures they fly to
        self.play(*[Transform(bit, LooseInk(panel))
                    for bit, panel in zip(self.bits, self.edges, strict=True)],
                  run_time=1.2)  # fmt: skip
        self.flown = [LooseInk(edge) for edge in self.edges]
        self.owner = owner
        self.leave = Group(image, *grounds, *self.bits, *heads, *self.joins, *self.empty_pieces,
                           *self.flown, self.out, self.nine)  # fmt: skip

    def put_together(self) -> AnimationGroup:
        """The small edges, once more, fly to the pieces they make."""
        self.add(*self.flown)
        box = self.rows[9].box
        return AnimationGroup(*[
            Transform(ink, LooseInk(piece, mask[box]))
            for ink, piece, mask in zip(self.flown, self.owner, self.bit_masks, strict=True)])
