"""ReLU: why an S whispers, what passes a message on, and which of the two learns sooner."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Indicate,
    LaggedStart,
    ReplacementTransform,
    Transform,
    VGroup,
    linear,
)

from netglow.netcore.network import ACTIVATIONS
from netglow.scenes.facts.relu import ReLUFacts
from netglow.scenes.parts.images.dare_won import DareWon
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.text.paragraph import paragraph
from netglow.scenes.props.relu.deep_network import DeepNetwork
from netglow.scenes.props.relu.own_shape import OwnShape
from netglow.scenes.props.relu.true_graph import Swing, TrueGraph
from netglow.scenes.props.relu.two_runs import TwoRuns
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import CAPTION, HEADING, TITLE

ROLES = {"sigmoid": "text", "relu": "attention"}
ICON, ICON_AT = 2.5, np.array([-5.25, 2.35, 0])  # of a curve above the network: its width
HEIGHTS = {"relu": 2.55, "sigmoid": 0.85}  # of the names beside the race


class ReLU(NetglowScene):
    """Two functions, a deep network with each, what became of both, and our own network again."""

    tells = ReLUFacts
    facts: ReLUFacts
    graphs: dict[str, TrueGraph]  # of both functions
    swing: Swing  # the neuron on whichever graph is shown
    icon: Any  # the curve above the network
    nets: dict[str, DeepNetwork]  # one with each of the functions
    own: DeepNetwork  # the film's network as it began
    runs: TwoRuns  # the race
    past: OwnShape  # ReLU's story, in the shape of its curve
    leaving: Group  # what goes when the next section begins

    def construct(self) -> None:
        names = self.words("sum"), self.words("out")
        self.graphs = {
            kind: TrueGraph(ACTIVATIONS[kind][0], names, getattr(self.theme, role), self.theme)
            for kind, role in ROLES.items()
        }
        self.one_confession()
        self.flat_ends()
        self.whispered()
        self.off_or_on()
        self.passed_on()
        self.the_race()
        self.its_own_shape()
        self.closing()

    # --- the S ---
    def one_confession(self) -> None:
        facts, graph = self.facts, self.graphs["sigmoid"]
        won = DareWon(facts.picture, facts.weights, self.theme)
        self.add(won)
        suffix = {"sigmoid": "", "relu": "-relu"}.get(facts.kind, "-other")
        with self.section(f"one-confession{suffix}"):
            self.play(FadeOut(won), run_time=0.8)
            self.play(FadeIn(graph.axes), run_time=0.7)
            self.play(Create(graph.curve, rate_func=linear), run_time=4.5)

    def flat_ends(self) -> None:
        facts, graph = self.facts, self.graphs["sigmoid"]
        self.swing = self.swing_on(graph, facts.flat, np.array([4.3, 1.55, 0]))
        with self.section("flat-ends" if facts.kind == "sigmoid" else "flat-ends-new"):
            self.play(FadeIn(self.swing), run_time=0.7)
            self.play(self.swing.turn(2, run_time=5.2))
            self.say()
            self.play(self.swing.go(facts.steep, run_time=1.6))
            self.play(self.swing.turn(2, run_time=4.2))

    def swing_on(self, graph: TrueGraph, at: float, lamp_at: np.ndarray) -> Swing:
        """A neuron that swings on a graph, with its dial and its light."""
        dial, lamp, into, out = (self.words(name) for name in ("dial", "lamp", "in", "comes"))
        names = dial, lamp, into, out
        return Swing(graph, at, self.facts.swing, names, lamp_at, self.theme)

    # --- down a long line ---
    def whispered(self) -> None:
        graph = self.graphs["sigmoid"]
        self.nets = {kind: self.network_of(kind) for kind in ROLES}
        net = self.nets["sigmoid"]
        with self.section("whispered"):
            self.icon = graph.curve
            self.shrink(graph, Group(self.swing, graph.axes), net)
            self.play(net.pass_on(2.2, 2.0))
            self.say()
            self.again(net, 4.2)
            self.say()
            self.again(net, 3.6)

    def network_of(self, kind: str) -> DeepNetwork:
        facts = self.facts
        weights, moved = {
            "sigmoid": (facts.s_weights, facts.s_moved),
            "relu": (facts.relu_weights, facts.relu_moved),
        }[kind]
        place = facts.pixel, facts.neuron
        return DeepNetwork(weights, moved, *place, facts.full, facts.picture, self.theme)

    def brightness(self) -> VGroup:
        """What light means above a network that whispers, and where it is full."""
        note = paragraph(self.words("moves"), self.theme.muted, CAPTION, RIGHT)
        return note.move_to((6.3, 3.3, 0), RIGHT)

    def shrink(self, graph: TrueGraph, gone: Group, net: DeepNetwork) -> None:
        """The curve goes to its place above the network, which builds itself up."""
        small = graph.curve.copy().set_stroke(width=4)
        small.scale_to_fit_width(ICON).move_to(ICON_AT)
        self.note = note = self.brightness()
        self.bring_to_back(*net.edges)
        self.play(
            FadeOut(gone, run_time=0.8),
            Transform(graph.curve, small, run_time=1.2),
            *[Create(cast(Any, edges), lag_ratio=0, run_time=2.4) for edges in net.edges],
            FadeIn(net.pixels, note, run_time=1.6),
            LaggedStart(*[FadeIn(n) for n in net.columns], lag_ratio=0.2, run_time=2.2),
        )
        self.play(FadeIn(net.wire, net.knob), run_time=0.5)

    def again(self, net: DeepNetwork, run_time: float) -> None:
        """The change fades, the knob goes back, and it is all turned once more."""
        self.play(net.fall_silent(0.8))
        self.play(net.pass_on(run_time))

    # --- ReLU ---
    def off_or_on(self) -> None:
        facts, old, new = self.facts, self.graphs["sigmoid"], self.graphs["relu"]
        again = TrueGraph(
            old.f, (self.words("sum"), self.words("out")), self.theme.text, self.theme
        )
        net = self.nets["sigmoid"]
        self.swing = self.swing_on(new, facts.on, np.array([4.3, -0.55, 0]))
        with self.section("off-or-on-relu" if facts.kind == "relu" else "off-or-on"):
            self.play(
                FadeOut(net, self.note, run_time=0.9),
                Transform(self.icon, again.curve),
                FadeIn(again.axes),
                run_time=1.5,
            )
            self.play(ReplacementTransform(self.icon, new.curve), run_time=1.8)
            self.remove(again.axes)
            self.add(new.axes, new.curve)
            for positive in (False, True):
                self.flash(new, positive)
            self.say()
            self.play(FadeIn(self.swing), run_time=0.7)
            self.play(self.swing.turn(3, run_time=8.1))

    def flash(self, graph: TrueGraph, positive: bool) -> None:
        """One half of the curve stands out for a moment."""
        half = graph.half(positive)
        self.play(Create(half, rate_func=linear), run_time=0.9)
        self.play(FadeOut(half), run_time=0.5)

    def passed_on(self) -> None:
        graph, net = self.graphs["relu"], self.nets["relu"]
        with self.section("passed-on"):
            self.flash(graph, positive=False)
            self.icon = graph.curve
            self.shrink(graph, Group(self.swing, graph.axes), net)
            self.play(net.pass_on(4.5))
            self.mark_poster()

    # --- the proof ---
    def the_race(self) -> None:
        facts = self.facts
        words = {n: self.words(n) for n in ("accuracy", "epochs", "guessing", "seeds", "percent")}
        self.runs = runs = TwoRuns(facts.epochs, words, HEIGHTS, facts.guess, self.theme)
        for kind, all_runs in (("relu", facts.relu_runs), ("sigmoid", facts.s_runs)):
            runs.add_runs(kind, all_runs, self.title_of(kind), getattr(self.theme, ROLES[kind]))
        gone = Group(self.nets["relu"], self.note, self.icon)
        with self.section("the-race" if facts.is_longer else "the-race-only"):
            self.play(FadeOut(gone, run_time=0.9), FadeIn(runs.axes, run_time=1.3))
            for kind in HEIGHTS:
                self.play(FadeIn(runs.entrance(kind), shift=UP * 0.1), run_time=0.9)
                self.wait(0.5)
            self.add(runs)
            self.say()
            self.play(runs.go(facts.early, run_time=5.0))
            for kind in HEIGHTS:
                self.play(Indicate(runs.names[kind][1:], 1.15, self.theme.text), run_time=1.0)
                self.wait(0.6)
            self.say()
            self.play(runs.go(facts.epochs, run_time=5.5))

    def title_of(self, kind: str) -> VGroup:
        """A function's curve, small, and its name."""
        curve = self.graphs[kind].half(False), self.graphs[kind].half(True)
        icon = VGroup(*curve).set_stroke(getattr(self.theme, ROLES[kind]), 4)
        icon.scale_to_fit_width(1.1)
        name = self.label(self.words(kind), ROLES[kind], HEADING, bold=True)
        return VGroup(icon, name).arrange(RIGHT, buff=0.25)

    # --- the human story ---
    def its_own_shape(self) -> None:
        facts, theme = self.facts, self.theme
        years = (facts.first_year, facts.then_year)
        self.past = past = OwnShape(self.graphs["relu"], years, theme)
        marks = [self.words("year", year=year) for year in (*years, *facts.decades)]
        past.mark((*years, *facts.decades), marks)
        title = self.label(self.words("relu"), ROLES["relu"], TITLE, bold=True)
        title.move_to((-6.2, 2.95, 0), LEFT)
        first = self.label(self.words("first"), "text", HEADING, bold=True)
        first.move_to(past.at(facts.first_year) + 0.7 * UP, LEFT)
        then = paragraph(self.words("then"), theme.text, HEADING)
        then.move_to(past.at(facts.then_year) + np.array([2.3, 0.9, 0]), LEFT)
        with self.section("its-own-shape"):
            self.play(FadeOut(self.runs, run_time=0.9), FadeIn(past.ghost, title, run_time=1.1))
            self.play(FadeIn(past.dot, past.marks[0]), run_time=0.5)
            self.play(FadeIn(first, shift=UP * 0.1), run_time=0.7)
            self.add(past)
            self.play(past.go(facts.decades[1], run_time=2.4, rate_func=linear))
            self.say()
            self.play(past.go(facts.then_year, run_time=1.8, rate_func=linear))
            self.play(FadeIn(then, shift=UP * 0.1), past.go(past.end, run_time=1.9))
        self.leaving = Group(past, title, first, then)

    # --- our own network ---
    def closing(self) -> None:
        """The own network as it is; before, where that can be seen, how far a whisper gets in it.

        What it makes of the image is shown when the next chapter begins.
        """
        facts = self.facts
        diagram = NetworkDiagram(self.story.network, self.theme, 6.2, 3.6, -6.5, 6.2, -0.1)
        diagram.pixels.set_values(facts.image)
        with self.section(f"closing{self.ending()}"):
            if self.ending():
                self.back_to(diagram)
                self.say()
            else:
                self.own_whisper()
                self.back_to(diagram)
            self.bring_to_back(*diagram.edges)
            for edges in diagram.edges:
                self.play(Create(cast(Any, edges), lag_ratio=0), run_time=1.1)

    def back_to(self, diagram: NetworkDiagram) -> None:
        """The neurons of the own network come."""
        self.play(FadeOut(self.leaving), FadeIn(diagram.pixels), run_time=0.8)
        self.play(LaggedStart(*[FadeIn(n) for n in diagram.neurons], lag_ratio=0.4, run_time=1.8))

    def ending(self) -> str:
        """The end of the name of the section that tells about the own network."""
        facts = self.facts
        if facts.kind != "sigmoid":
            return f"-{facts.kind}"
        if not facts.is_shallow:
            return "-deep"
        return "" if facts.arrives else "-faint"

    def own_whisper(self) -> None:
        """The own network as it began, and how far its neurons move."""
        facts = self.facts
        place = facts.pixel, facts.own_neuron
        own = facts.own_weights, facts.own_moved
        net = DeepNetwork(*own, *place, facts.full, facts.image, self.theme)
        self.note = self.brightness()
        self.own = net
        self.play(FadeOut(self.leaving), run_time=0.5)
        self.bring_to_back(*net.edges)
        self.play(
            *[Create(cast(Any, edges), lag_ratio=0, run_time=1.2) for edges in net.edges],
            FadeIn(net.pixels, self.note, *net.columns, net.wire, net.knob, run_time=1.2),
        )
        self.play(net.pass_on(2.4))
        self.wait(1.0)
        self.say()
        self.leaving = Group(net, self.note)
