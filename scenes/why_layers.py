"""The hope that layers find edges, then loops and lines, then digits: cut from real images."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Succession,
    VGroup,
    VMobject,
    Wait,
)

from netglow.netcore.study.pieces import arcs, lengths, textbook
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.network_pass import NetworkPass
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.props.why_layers.hoped_layers import HopedLayers
from netglow.scenes.props.why_layers.piece_row import PieceRow
from netglow.scenes.props.why_layers.small_edges import SmallEdges
from netglow.scenes.props.why_layers.tag import Tag
from netglow.scenes.props.why_layers.word_tree import WordTree
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, TITLE

LEFT_X, TOP_Y = -6.4, 3.2  # where the line on top begins and stands
ROWS = {9: (1, 1), 8: (2, 0), 4: (0, 3)}  # digit: its loops and strokes
FIRST_ROW, ROW_PITCH = np.array([-5.5, 2.08, 0]), 1.95
LARGE, FROM = 1.75, np.array([-5.833, 4.65, 0])  # the 9 is taken apart large, in the middle
BITS = 5, 3  # small edges of a loop and of a line
HEAD_Y, MIDDLE_Y = 2.62, -0.2


class WhyLayers(NetglowScene):
    """A digit taken apart, put together again layer by layer, and a question."""

    diagram: NetworkDiagram
    work: NetworkPass  # of the story's image
    hidden: list[Neurons]  # the diagram's hidden layers
    rows: dict[int, PieceRow]  # a digit of each of ROWS, taken apart
    headline: Headline  # the line above the picture
    marks: VGroup  # the words above the hidden layers
    tag: Tag  # says that this is a hope, not data
    edges: SmallEdges  # of the nine's pieces
    big_names: VGroup  # of these pieces
    leaving: Group  # what the next section takes away

    def construct(self) -> None:
        self.gather()
        self.why()
        self.loops_and_lines()
        self.small_edges()
        self.layer_by_layer()
        self.other_tasks()
        self.the_question()

    def gather(self) -> None:
        """The network, and real images that fall into the textbook's pieces."""
        digits, network = self.story.digits, self.story.network
        self.diagram = NetworkDiagram(
            network, self.theme, height=4.9, image_size=3.0, right=4.5, y=-0.2
        )
        self.diagram.pixels.set_values(self.story.image)
        self.work = NetworkPass.through(self.diagram, self.story.trace)
        words = self.words("loop"), self.words("line")
        self.rows = {
            digit: PieceRow(
                digits.images[textbook(digits, digit, *structure)],
                words,
                self.theme,
                FIRST_ROW + DOWN * ROW_PITCH * k,
            )
            for k, (digit, structure) in enumerate(ROWS.items())
        }
        self.hidden = self.diagram.neurons[:-1]
        self.headline = Headline(self.theme, TOP_Y, LEFT_X)

    def over(self, name: str, x: float, role: str = "muted") -> VMobject:
        """A word above a column."""
        word: VMobject = self.label(self.words(name), role, BODY)
        word.set_x(x)
        return stand(word, HEAD_Y)

    def over_hidden(self, names: list[str], size: float) -> VGroup:
        return VGroup(
            *[
                stand(
                    self.label(self.words(name), "attention", size, bold=True).move_to(
                        (layer.get_center()[0], HEAD_Y, 0)
                    ),
                    HEAD_Y + 0.05,
                )
                for name, layer in zip(names, self.hidden, strict=True)
            ]
        )

    @staticmethod
    def one_by_one(words: VGroup) -> list[Animation]:
        """The words over the hidden layers arrive; a network may have no such layers."""
        arrive = [FadeIn(word, shift=DOWN * 0.12) for word in words]
        return [LaggedStart(*arrive, lag_ratio=0.5)] if arrive else []

    # --- sections ---
    def why(self) -> None:
        self.marks = self.over_hidden(["middle"] * len(self.hidden), TITLE)
        with self.section("why" if self.marks else "why-none"):
            self.play(FadeIn(self.diagram, run_time=0.8))
            for animations in self.work.quick(0.7):
                self.play(*animations)
            self.say()
            self.play(
                self.headline.write(self.words("middle_layers")),
                *self.one_by_one(self.marks),
                run_time=1.0,
            )

    def loops_and_lines(self) -> None:
        self.tag = Tag(self.words("hope"), self.theme, np.array([6.5, 3.62, 0]))
        note = paragraph(self.words("cut"), self.theme.muted, BODY).move_to((2.0, 1.0, 0), LEFT)
        nine = self.rows[9]
        nine.enlarge(LARGE, FROM)
        with self.section("loops-and-lines"):
            self.take_apart(nine)
            self.say()
            self.play(nine.shown.animate.scale(1 / LARGE, about_point=FROM))
            for digit in (8, 4):
                row = self.rows[digit]
                for step in (*row.arrive(0.8), *row.come_apart(1.6)):
                    self.play(step)
            self.say()
            self.play(FadeIn(note), run_time=0.6)
        self.leaving = Group(note, *[self.rows[digit].shown for digit in (8, 4)])

    def take_apart(self, row: PieceRow) -> None:
        """The digit in the middle is thinned to its skeleton; then its pieces leave it."""
        place = row.digit.get_center()
        both: Any = Group(row.digit, row.bones)
        both.scale(1.65).move_to((0, MIDDLE_Y, 0))
        thinned = self.label(self.words("skeleton"), "attention", BODY)
        thinned.next_to(row.digit, RIGHT, buff=0.35)
        digit, thin = row.arrive(1.6)
        self.play(
            FadeOut(self.diagram, self.marks, run_time=0.6),
            self.headline.write(self.words("pieces")),
            Succession(Wait(0.4), digit),
            Succession(Wait(0.6), FadeIn(self.tag, shift=LEFT * 0.15)),
        )
        self.say()
        self.play(AnimationGroup(thin, Succession(FadeIn(thinned, run_time=0.6))))
        self.say()
        self.play(
            FadeOut(thinned, run_time=0.4),
            both.animate(run_time=0.9).scale(1 / 1.65).move_to(place),
        )
        for step in row.come_apart(2.2):
            self.play(step)

    def small_edges(self) -> None:
        row = self.rows[9]
        masks = [arcs(row.pieces[0], BITS[0]), lengths(row.pieces[1], BITS[1])]
        self.edges = SmallEdges(row, masks, self.theme)
        self.big_names = VGroup(
            *[
                self.label(self.words(name)).next_to(panel, DOWN, buff=0.3)
                for name, panel in zip(("ring", "row"), self.edges.panels, strict=True)
            ]
        )
        with self.section("small-edges"):
            self.play(
                FadeOut(self.leaving, row.digit, row.bones, row.names, row.signs),
                self.headline.write(self.words("edges")),
                run_time=0.8,
            )
            self.play(*map(FadeOut, row.empty), *map(FadeIn, self.edges.grounds), run_time=0.5)
            self.add(*row.taken)  # above the pictures they grow on
            self.play(self.edges.grow(row), run_time=1.0)
            self.remove(*row.taken)
            self.add(*self.edges.all)
            for k, name in enumerate(self.big_names):
                if k:
                    self.say()
                self.play(self.edges.burst(k), FadeIn(name), run_time=1.2)
                self.play(
                    LaggedStart(*map(Create, self.edges.lines[k]), lag_ratio=0.3), run_time=1.0
                )

    def layer_by_layer(self) -> None:
        two, names = len(self.hidden) == 2, self.story.network.class_names
        hoped = HopedLayers(self.rows[9], self.edges, names, 9, self.theme, MIDDLE_Y)
        middle = ("first", "second") if two else ("small", "larger")
        heads = [
            self.over(name, x)
            for name, x in zip(("image", *middle, "output"), hoped.xs, strict=True)
        ]
        with self.section("layer-by-layer" if two else "layer-by-layer-other"):
            self.play(
                *map(FadeOut, (*self.edges.grounds, *self.edges.lines, self.big_names)),
                self.headline.write(self.words("layers")),
                run_time=0.6,
            )
            self.play(FadeIn(*hoped.grounds, heads[1]), run_time=0.6)
            self.add(*self.edges.all)  # above the pictures they fly to
            self.play(hoped.sort_edges(), run_time=1.2)
            self.play(FadeIn(hoped.image, heads[0]), run_time=0.5)
            self.play(Create(hoped.joins[0], lag_ratio=0), run_time=0.8)
            self.say()
            self.play(FadeIn(*hoped.empty_pieces, heads[2]), run_time=0.4)
            self.add(*hoped.flown)
            self.play(Create(hoped.joins[1], lag_ratio=0), hoped.put_together(), run_time=1.6)
            self.say()
            self.play(FadeIn(hoped.outputs, hoped.names, heads[3]), run_time=0.6)
            self.play(Create(hoped.joins[2], lag_ratio=0), run_time=0.8)
            self.play(*hoped.answer(), run_time=0.8)
            self.mark_poster()
        self.leaving = Group(*heads, *hoped.shown)

    def other_tasks(self) -> None:
        kinds = ("sounds", "syllables", "word")
        levels = [self.words(f"{kind}_list").split() for kind in kinds]
        first = [int(n) for n in self.words("sounds_in_syllables").split()]
        xs = [-4.6, 0.0, 4.4]
        tree = WordTree(levels, [first, [len(levels[1])]], xs, MIDDLE_Y, 4.4, self.theme)
        heads = [self.over(kind, x) for kind, x in zip(kinds, xs, strict=True)]
        analogy = Tag(self.words("analogy"), self.theme, self.tag.get_corner(UP + RIGHT))
        with self.section("other-tasks"):
            self.play(
                FadeOut(self.leaving, run_time=0.5),
                self.headline.write(self.words("speech")),
                Succession(FadeOut(self.tag), FadeIn(analogy), run_time=0.9),
                Succession(
                    Wait(0.4),
                    LaggedStart(
                        FadeIn(heads[0]),
                        *[FadeIn(sound, scale=0.6) for sound in tree.columns[0]],
                        lag_ratio=0.4,
                        run_time=1.8,
                    ),
                ),
            )
            self.say()
            for level, joins in enumerate(tree.joins):
                flying, together = tree.merge(level, run_time=1.3)
                self.play(
                    Create(joins, lag_ratio=0, run_time=1.0),
                    together,
                    FadeIn(heads[level + 1], run_time=0.6),
                )
                self.remove(*flying)
                self.add(tree.columns[level + 1])
        self.leaving = Group(analogy, *heads, *tree.columns, *tree.joins)

    def the_question(self) -> None:
        n = len(self.hidden)
        names = ["small", *["middle"] * (n - 2), "larger"] if n > 1 else ["both"] * n
        hopes = self.over_hidden(names, BODY)
        none = "" if hopes else "-none"
        with self.section(f"the-question{none}"):
            self.play(
                FadeOut(self.leaving), self.headline.write(self.words("layers")), run_time=0.8
            )
            self.play(FadeIn(self.diagram, self.tag), run_time=0.8)
            for appear in self.one_by_one(hopes):
                self.play(appear, run_time=1.2)
            self.play(*self.work.rest(0.6), self.headline.write(self.words(f"question{none}")))
            self.say()
            for animations in self.work.quick(0.8):
                self.play(*animations)
            self.wait(1.0)
