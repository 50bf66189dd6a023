"""Sigmoid and ReLU: their slopes, what slopes do to a deep network, and which network learns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Succession,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
    squish_rate_func,
)

from netglow.netcore.network import ACTIVATIONS, forward
from netglow.netcore.study import depth, facts
from netglow.scenes.parts.network.neurons import LightUp
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.props.relu.deep_network import (
    DeepNetwork,
    FlowBack,
    WayBack,
    light_of_gradients,
)
from netglow.scenes.props.relu.size_bars import SizeBars, plain
from netglow.scenes.props.relu.steepness import REACH, Steepness, Touch
from netglow.scenes.props.relu.two_runs import TwoRuns
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import BODY, CAPTION, HEADING

ROLES = {"sigmoid": "text", "relu": "attention"}
LAWS = {"sigmoid": "sigma(z) = 1 / (1 + e^(-z))", "relu": "max(0, z)"}
CENTRES = {"sigmoid": -3.35, "relu": 3.55}
MIDDLES = {"sigmoid": 1.5, "relu": -1.35}
LOWER = 1.5  # how much lower the graphs stand while they are alone
BOARD = 3.7  # where the read-outs of the race begin
FIRST, THEN = squish_rate_func(smooth, 0, 0.5), squish_rate_func(smooth, 0.5, 1)
EARLY = 5  # epochs after which the two are compared


class ReLU(NetglowScene):
    """Two functions, their slopes, one deep network with each, and what became of both."""

    def construct(self) -> None:
        self.gather()
        self.two_functions()
        self.slopes()
        self.deep_network()
        self.the_way_back()
        self.the_gradients()
        self.the_sizes()
        self.the_race()
        self.closing()

    def gather(self) -> None:
        """The stored experiment, its networks before training, and their gradients."""
        self.arms = depth.load()
        found = depth.starts()
        self.starts = {kind: network for kind, (network, _) in found.items()}
        self.gradients = [dw for _, dw in found.values()]
        self.image = next(
            image
            for image in (self.story.image, *self.story.digits.images)
            if depth.reaches_all_layers(self.starts["relu"], image)
        )
        self.traces = {kind: forward(network, self.image) for kind, network in self.starts.items()}
        self.headline = Headline(self.theme, size=0.3)

    @property
    def kind(self) -> str:
        """The activation of the film's own hidden layers; "other" for both or none."""
        kinds = set(self.story.network.activations[:-1])
        return kinds.pop() if len(kinds) == 1 else "other"

    def name_of(self, kind: str, size: float = BODY) -> Any:
        return self.label(self.words(kind), ROLES[kind], size, bold=True)

    # --- 1, 2: the functions and their slopes ---
    def two_functions(self) -> None:
        own = {"sigmoid": "", "relu": "-relu"}.get(self.kind, "-other")
        self.plots = {kind: self.plot_of(kind) for kind in depth.KINDS}
        with self.section(f"two-functions{own}"):
            self.play(self.headline.write(self.words("why")), run_time=0.6)
            self.laws = VGroup()
            for plot in self.plots.values():
                plot.graph.shift(DOWN * LOWER)
            for kind in depth.KINDS:
                if kind == "relu":
                    self.say()
                plot = self.plots[kind]
                law = self.law_of(kind)
                self.laws.add(law)
                self.play(FadeIn(plot.x, plot.y), FadeIn(law[0]), run_time=0.6)
                self.play(Create(plot.curve), FadeIn(law[1]), run_time=1.5, rate_func=linear)

    def plot_of(self, kind: str) -> Steepness:
        f, slope = ACTIVATIONS[kind]
        pieces = [(-REACH, 0.0), (0.0, REACH)] if kind == "relu" else [(-REACH, REACH)]
        colour = getattr(self.theme, ROLES[kind])
        return Steepness(f, slope, CENTRES[kind], colour, self.theme, pieces)

    def law_of(self, kind: str) -> VGroup:
        name = self.name_of(kind, HEADING)
        law = self.formula(LAWS[kind], size=0.28)
        name.move_to(self.plots[kind].corner, aligned_edge=LEFT)
        law.next_to(name, RIGHT, buff=0.35)
        return VGroup(name, law)

    def slopes(self) -> None:
        with self.section("slopes"):
            uppers = VGroup(*[plot.graph for plot in self.plots.values()], self.laws)
            self.play(
                self.headline.write(self.words("steep")),
                uppers.animate.shift(UP * LOWER),
                run_time=1.0,
            )
            touches = [Touch(p, -REACH, self.words("slope")) for p in self.plots.values()]
            self.touches = Group(*touches)
            lows = VGroup(*[VGroup(p.z, p.rise) for p in self.plots.values()])
            self.play(FadeIn(lows, self.touches), run_time=0.6)
            self.play(touches[0].go(REACH), run_time=2.6)
            quarter, note = self.quarter()
            self.play(touches[0].go(0.0), Create(quarter), FadeIn(note), run_time=1.2)
            self.say()
            self.play(touches[1].go(self.plots["relu"].end), run_time=2.8)
            laws = VGroup(*[law for _, law in self.laws])
            self.leave = Group(*self.plots.values(), laws, self.touches, quarter, note)

    def quarter(self) -> tuple[Any, Any]:
        """The line that the sigmoid's slope just reaches, and what it says."""
        plot = self.plots["sigmoid"]
        line = plot.level(0.25)
        note = self.label(self.words("quarter"), "muted", CAPTION)
        note.next_to(line, UP, buff=0.15).align_to(line, RIGHT)
        return line, note

    # --- 3, 4: a deep network and the way back ---
    def deep_network(self) -> None:
        self.nets = {
            kind: DeepNetwork(network.w, self.image, self.theme, MIDDLES[kind])
            for kind, network in self.starts.items()
        }
        self.names = VGroup(*[name for name, _ in self.laws])
        places = [
            self.name_of(kind).next_to(net.pixels, UP, buff=0.18, aligned_edge=LEFT)
            for kind, net in self.nets.items()
        ]
        with self.section("deep-network"):
            self.play(
                FadeOut(self.leave, rate_func=FIRST),
                self.headline.write(self.words("twice")),
                *map(Transform, self.names, places),
                run_time=1.1,
            )
            edges = [e for net in self.nets.values() for e in net.edges]
            pixels = Group(*[net.pixels for net in self.nets.values()])
            columns = [
                Group(*pair)
                for pair in zip(*(net.columns for net in self.nets.values()), strict=True)
            ]
            heads = self.heads()
            self.add(*edges)
            self.play(
                FadeIn(pixels, heads),
                LaggedStart(*[FadeIn(c, shift=RIGHT * 0.2) for c in columns], lag_ratio=0.2),
                *[Create(e, lag_ratio=0) for e in edges],
                run_time=2.0,
            )
            self.say()
            self.play(self.explain("shine"), run_time=0.8)
            for l in range(len(columns) - 1):
                self.play(
                    *[
                        LightUp(net.columns[l], self.slopes_of(kind)[l], run_time=0.45)
                        for kind, net in self.nets.items()
                    ]
                )

    def heads(self) -> VGroup:
        hidden, net = depth.RECIPE.hidden, self.nets["sigmoid"]
        words = self.words("spread", n=len(hidden), units=hidden[0])
        self.note = self.head(words, net.xs[2])
        self.outputs = self.head(self.words("outputs"), net.xs[-1])
        return VGroup(self.note, self.outputs)

    def head(self, words: str, x: float) -> Any:
        """Small words above the networks."""
        return stand(self.label(words, "muted", CAPTION).move_to([x, 0, 0]), 2.65)

    def explain(self, name: str, **numbers: Any) -> Any:
        """What the picture shows, in small words above it, in the place of those before."""
        before = self.note
        self.note = self.head(self.words(name, **numbers), before.get_x())
        return Succession(FadeOut(before, run_time=0.4), FadeIn(self.note, run_time=0.4))

    def row(self, kind: str, texts: Iterable[str], xs: np.ndarray) -> VGroup:
        """Texts under one of the networks, in its colour."""
        return self.nets[kind].row(list(texts), xs, getattr(self.theme, ROLES[kind]))

    def slopes_of(self, kind: str) -> list[np.ndarray]:
        """f'(z) of every hidden neuron for the image, layer by layer."""
        return [ACTIVATIONS[kind][1](z) for z in self.traces[kind].z[:-1]]

    def the_way_back(self) -> None:
        self.ways = {kind: self.way_of(kind) for kind in depth.KINDS}
        with self.section("the-way-back", left=self.ways["sigmoid"].texts[-1]):
            self.play(self.headline.write(self.words("way")), self.explain("back"), run_time=0.9)
            xs = self.nets["relu"].xs[::-1]
            rows = self.way_rows = {
                kind: self.row(kind, way.texts, xs) for kind, way in self.ways.items()
            }
            self.play(FadeIn(self.ways["sigmoid"], rows["sigmoid"][0]), run_time=0.5)
            self.go_back("sigmoid", range(2), 1.6)
            self.say()
            self.go_back("sigmoid", range(2, 5), 0.7)
            self.say()
            self.play(FadeIn(self.ways["relu"], rows["relu"][0]), run_time=0.4)
            self.go_back("relu", range(5), 0.65)

    def way_of(self, kind: str) -> WayBack:
        """Through the steepest neuron of every layer; for ReLU the one with the largest sum."""
        slopes = self.slopes_of(kind)
        steepest = self.traces[kind].z[:-1] if kind == "relu" else slopes
        asked = self.story.label if self.story.label is not None else self.story.trace.predicted
        return WayBack(
            self.nets[kind], asked, [int(v.argmax()) for v in steepest], slopes, self.theme
        )

    def go_back(self, kind: str, legs: range, run_time: float) -> None:
        """The light goes back over some legs, and what is left of it is written under each."""
        for leg in legs:
            go = UpdateFromAlphaFunc(self.ways[kind], lambda m, t, leg=leg: m.set_progress(leg + t))
            self.play(go, FadeIn(self.way_rows[kind][leg + 1]), run_time=run_time)

    # --- 5, 6: the gradients of all weights ---
    def the_gradients(self) -> None:
        self.sizes = np.array([self.arms[kind].gradient_start for kind in depth.KINDS])
        n = f"{depth.MEASURED:,}"
        with self.section("the-gradients"):
            nets = list(self.nets.values())
            self.play(
                FadeOut(*self.ways.values(), *self.way_rows.values()),
                self.headline.write(self.words("gradients")),
                self.explain("start", n=n),
                *[LightUp(c, np.zeros(len(c)), 0.0) for net in nets for c in net.columns],
                *[fade for net in nets for fade in net.hush(0.3)],
                run_time=1.2,
            )
            self.rows = {
                kind: self.row(kind, map(plain, sizes), self.nets[kind].gaps)
                for kind, sizes in zip(depth.KINDS, self.sizes, strict=True)
            }
            lights = light_of_gradients(*self.gradients)
            for l in reversed(range(self.sizes.shape[1])):
                if l == 2:
                    self.say()
                self.play(
                    *[
                        FlowBack(net.edges[l], light[l], run_time=0.9)
                        for net, light in zip(nets, lights, strict=True)
                    ],
                    *[FadeIn(row[l]) for row in self.rows.values()],
                )
            self.mark_poster()

    def the_sizes(self) -> None:
        first = self.sizes[1, 0] / self.sizes[0, 0]
        unit = 10 ** int(np.log10(first))
        self.ratio = int(first // unit * unit)  # its first digit, rounded down
        layers = [self.words("layer", n=n) for n in range(1, self.sizes.shape[1])]
        colours = [getattr(self.theme, ROLES[kind]) for kind in depth.KINDS]
        with self.section("the-sizes", ratio=self.ratio):
            self.bars = bars = SizeBars(
                self.sizes, colours, [*layers, self.words("outputs")], self.theme
            )
            powers = self.label(self.words("powers"), "muted", CAPTION)
            stand(powers.move_to([bars.grid.get_left()[0], 0, 0], aligned_edge=LEFT), 2.65)
            places = [
                stand(name.copy().move_to([x, 0, 0], aligned_edge=LEFT), 2.65)
                for name, x in zip(self.names, (3.6, 5.3), strict=True)
            ]
            gone = Group(*self.nets.values(), self.outputs, self.note)
            self.play(
                FadeOut(gone, rate_func=FIRST),
                FadeIn(bars.frame, powers, rate_func=THEN),
                *[
                    name.animate.move_to(place)
                    for name, place in zip(self.names, places, strict=True)
                ],
                *self.numbers_to(bars),
                run_time=1.4,
            )
            self.play(FadeOut(*self.rows.values(), rate_func=FIRST), *bars.grow(), run_time=1.4)
            times = self.words("times", ratio=self.ratio)
            times = self.label(times, "attention", HEADING, bold=True)
            self.play(FadeIn(times.move_to(bars.above(1, 0)), shift=UP * 0.1), run_time=0.5)
            self.leave = Group(bars, powers, times)

    def numbers_to(self, bars: SizeBars) -> list[Any]:
        """Animations: every layer's sizes go to the foot of its bars."""
        foot = bars.grid[0].get_y()
        return [
            number.animate.move_to([x, foot + up, 0])
            for row, up in zip(self.rows.values(), (0.8, 0.35), strict=True)
            for number, x in zip(row, bars.xs, strict=True)
        ]

    # --- 7, 8: training ---
    def the_race(self) -> None:
        reads = f"{100 * self.arms['relu'].accuracy[EARLY]:.1f}"
        with self.section("the-race", early=EARLY, relu=reads):
            self.show_race()
            half, whole = self.runs.epochs / 2, self.runs.epochs
            self.play(self.runs.go(EARLY), run_time=3.2)
            self.say()
            self.wait(1.0)
            self.play(self.runs.go(half, EARLY), run_time=3.0)
            self.say()
            self.play(self.runs.go(whole, half), run_time=3.0)

    def show_race(self) -> None:
        """The axes, and at the right the names, which travel there, over their numbers."""
        texts = ("accuracy", "epochs", "epoch", "guessing", "seeds")
        corners = {"sigmoid": np.array([BOARD, 0.6, 0]), "relu": np.array([BOARD, 2.45, 0])}
        self.runs = TwoRuns(
            depth.RECIPE.epochs, {name: self.words(name) for name in texts}, corners, self.theme
        )
        for kind, arm in self.arms.items():
            rate = self.words("rate", rate=arm.rate)
            colour = getattr(self.theme, ROLES[kind])
            self.runs.add_runs(kind, arm.accuracy, arm.others, rate, colour)
        self.play(
            FadeOut(self.leave, rate_func=FIRST),
            FadeIn(self.runs, rate_func=THEN),
            self.headline.write(self.words("race")),
            *[
                name.animate.scale(0.3 / BODY).move_to(corners[kind], aligned_edge=LEFT)
                for kind, name in zip(depth.KINDS, self.names, strict=True)
            ],
            run_time=1.5,
        )

    def closing(self) -> None:
        network = self.story.network
        hidden = len(network.sizes) - 2
        layers = self.words(f"layers-{hidden if hidden < 3 else 'n'}", n=hidden)
        percent = f"{100 * facts.accuracy(network, self.story.digits):.1f}"
        short = self.kind == "sigmoid" and hidden < 3
        own = "" if short else "-relu" if self.kind == "relu" else "-other"
        numbers = {"layers": layers} if short else {"layers": layers, "percent": percent}
        with self.section(f"closing{own}", **numbers):
            told = [self.words("film"), layers, self.words("reads", percent=percent)]
            if self.kind in depth.KINDS:
                told.insert(1, self.words(self.kind))
            self.film = VGroup(
                *[
                    stand(
                        self.label(line, "text" if i else "muted", CAPTION), -1.35 - 0.42 * i
                    ).align_to(RIGHT * BOARD, LEFT)
                    for i, line in enumerate(told)
                ]
            )
            self.play(FadeIn(self.film, shift=UP * 0.1), run_time=0.7)
