"""Sigmoid and ReLU: their derivatives, what these do to a deep network, and which one learns."""

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

from netglow.netcore.network import ACTIVATIONS, Network, Trace, forward
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
from netglow.scenes.props.relu.derivative_plot import REACH, DerivativePlot, Tangent
from netglow.scenes.props.relu.size_bars import SizeBars, plain
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
    """Two functions, their derivatives, one deep network with each, and what became of both.

    Dictionaries have a value for each of the two ``depth.KINDS``, "sigmoid" and "relu".
    """

    arms: dict[str, depth.Arm]  # the stored experiment: accuracies and sizes of gradients
    starts: dict[str, Network]  # its networks before training
    gradients: list[tuple[np.ndarray, ...]]  # dC/dw (out, in) of every layer of these, by kind
    image: np.ndarray  # (rows, columns) 0..1, one that reaches every layer
    traces: dict[str, Trace]  # of the image, in both networks
    headline: Headline  # the line above the picture
    plots: dict[str, DerivativePlot]  # both functions above their derivatives
    laws: VGroup  # of each function its name and its formula
    tangents: list[Tangent]  # of each function
    nets: dict[str, DeepNetwork]  # both deep networks
    names: VGroup  # of both kinds: from the laws to the networks, the bars and the race
    note: Any  # small words above the networks
    outputs: Any  # small words above the last layer
    ways: dict[str, WayBack]  # of each network, the way of the light back through it
    rows: dict[str, VGroup]  # of each network, the mean sizes of its gradients in words
    runs: TwoRuns  # the race
    leaving: Group  # what leaves when the next section begins

    def construct(self) -> None:
        self.gather()
        self.two_functions()
        self.derivatives()
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

    # --- 1, 2: the functions and their derivatives ---
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

    def plot_of(self, kind: str) -> DerivativePlot:
        f, derivative = ACTIVATIONS[kind]
        pieces = [(-REACH, 0.0), (0.0, REACH)] if kind == "relu" else [(-REACH, REACH)]
        colour = getattr(self.theme, ROLES[kind])
        return DerivativePlot(f, derivative, CENTRES[kind], colour, self.theme, pieces)

    def law_of(self, kind: str) -> VGroup:
        name = self.name_of(kind, HEADING)
        law = self.formula(LAWS[kind], size=0.28)
        name.move_to(self.plots[kind].corner, aligned_edge=LEFT)
        law.next_to(name, RIGHT, buff=0.35)
        return VGroup(name, law)

    def derivatives(self) -> None:
        with self.section("slopes"):
            uppers = VGroup(*[plot.graph for plot in self.plots.values()], self.laws)
            self.play(
                self.headline.write(self.words("steep")),
                uppers.animate.shift(UP * LOWER),
                run_time=1.0,
            )
            self.tangents = [Tangent(p, -REACH, self.words("slope")) for p in self.plots.values()]
            sigmoid, relu = self.tangents
            tangents = Group(sigmoid, relu)
            lows = VGroup(*[VGroup(p.z, p.rise) for p in self.plots.values()])
            self.play(FadeIn(lows, tangents), run_time=0.6)
            self.play(sigmoid.go(REACH), run_time=2.6)
            quarter, note = self.quarter()
            self.play(sigmoid.go(0.0), Create(quarter), FadeIn(note), run_time=1.2)
            self.say()
            self.play(relu.go(self.plots["relu"].end), run_time=2.8)
            laws = VGroup(*[law for _, law in self.laws])
            self.leaving = Group(*self.plots.values(), laws, tangents, quarter, note)

    def quarter(self) -> tuple[Any, Any]:
        """The line that the sigmoid's derivative just reaches, and what it says."""
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
                FadeOut(self.leaving, rate_func=FIRST),
                self.headline.write(self.words("twice")),
                *map(Transform, self.names, places),
                run_time=1.1,
            )
            self.show_networks()
            self.say()
            self.play(self.explain("shine"), run_time=0.8)
            for l in range(len(self.starts["relu"].w) - 1):
                self.play(
                    *[
                        LightUp(net.columns[l], self.derivatives_of(kind)[l], run_time=0.45)
                        for kind, net in self.nets.items()
                    ]
                )

    def show_networks(self) -> None:
        """The images, column after column, and all edges."""
        edges: list[Any] = [e for net in self.nets.values() for e in net.edges]
        pixels = Group(*[net.pixels for net in self.nets.values()])
        columns = [
            Group(*pair) for pair in zip(*(net.columns for net in self.nets.values()), strict=True)
        ]
        heads = self.heads()
        self.add(*edges)
        self.play(
            FadeIn(pixels, heads),
            LaggedStart(*[FadeIn(c, shift=RIGHT * 0.2) for c in columns], lag_ratio=0.2),
            *[Create(e, lag_ratio=0) for e in edges],
            run_time=2.0,
        )

    def heads(self) -> VGroup:
        hidden, net = depth.RECIPE.hidden, self.nets["sigmoid"]
        words = self.words("spread", n=len(hidden), units=hidden[0])
        self.note = self.head(words, net.xs[2])
        self.outputs = self.head(self.words("outputs"), net.xs[-1])
        return VGroup(self.note, self.outputs)

    def head(self, words: str, x: float) -> Any:
        """Small words above the networks."""
        return stand(self.label(words, "muted", CAPTION).move_to((x, 0, 0)), 2.65)

    def explain(self, name: str, **numbers: Any) -> Any:
        """What the picture shows, in small words above it, in the place of those before."""
        before = self.note
        self.note = self.head(self.words(name, **numbers), before.get_x())
        return Succession(FadeOut(before, run_time=0.4), FadeIn(self.note, run_time=0.4))

    def row(self, kind: str, texts: Iterable[str], xs: np.ndarray) -> VGroup:
        """Texts under one of the networks, in its colour."""
        return self.nets[kind].row(list(texts), xs, getattr(self.theme, ROLES[kind]))

    def derivatives_of(self, kind: str) -> list[np.ndarray]:
        """f'(z) of every hidden neuron for the image, layer by layer."""
        return [ACTIVATIONS[kind][1](z) for z in self.traces[kind].z[:-1]]

    def the_way_back(self) -> None:
        self.ways = {kind: self.way_of(kind) for kind in depth.KINDS}
        with self.section("the-way-back", left=self.ways["sigmoid"].texts[-1]):
            self.play(self.headline.write(self.words("way")), self.explain("back"), run_time=0.9)
            xs = self.nets["relu"].xs[::-1]
            rows = {kind: self.row(kind, way.texts, xs) for kind, way in self.ways.items()}
            sigmoid, relu = (self.ways[kind] for kind in depth.KINDS)
            self.play(FadeIn(sigmoid, rows["sigmoid"][0]), run_time=0.5)
            self.go_back(sigmoid, rows["sigmoid"], range(2), 1.6)
            self.say()
            self.go_back(sigmoid, rows["sigmoid"], range(2, 5), 0.7)
            self.say()
            self.play(FadeIn(relu, rows["relu"][0]), run_time=0.4)
            self.go_back(relu, rows["relu"], range(5), 0.65)
            self.leaving = Group(*self.ways.values(), *rows.values())

    def way_of(self, kind: str) -> WayBack:
        """Through the steepest neuron of every layer; for ReLU, the one with the largest z."""
        derivatives = self.derivatives_of(kind)
        steepest = self.traces[kind].z[:-1] if kind == "relu" else derivatives
        label = self.story.label
        output = self.story.trace.predicted if label is None else label
        picked = [int(v.argmax()) for v in steepest]
        return WayBack(self.nets[kind], output, picked, derivatives, self.theme)

    def go_back(self, way: WayBack, row: VGroup, legs: range, run_time: float) -> None:
        """The light goes back over some legs, and what is left of it is written under each."""

        def step(leg: int) -> UpdateFromAlphaFunc:
            return UpdateFromAlphaFunc(way, lambda _, t: way.set_progress(leg + t))

        for leg in legs:
            self.play(step(leg), FadeIn(row[leg + 1]), run_time=run_time)

    # --- 5, 6: the gradients of all weights ---
    def the_gradients(self) -> None:
        sizes = self.gradient_sizes()
        n = f"{depth.MEASURED:,}"
        with self.section("the-gradients"):
            nets = list(self.nets.values())
            self.play(
                FadeOut(*self.leaving),
                self.headline.write(self.words("gradients")),
                self.explain("start", n=n),
                *[LightUp(c, np.zeros(len(c)), 0.0) for net in nets for c in net.columns],
                *[fade for net in nets for fade in net.hush(0.3)],
                run_time=1.2,
            )
            self.rows = {
                kind: self.row(kind, map(plain, of_kind), self.nets[kind].gaps)
                for kind, of_kind in zip(depth.KINDS, sizes, strict=True)
            }
            lights = light_of_gradients(*self.gradients)
            for l in reversed(range(sizes.shape[1])):
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

    def gradient_sizes(self) -> np.ndarray:
        """(kinds, layers) mean |dC/dw| before training, as stored."""
        return np.array([self.arms[kind].gradient_start for kind in depth.KINDS])

    def size_bars(self) -> SizeBars:
        """These sizes as bars, a group for every layer."""
        sizes = self.gradient_sizes()
        layers = [self.words("layer", n=n) for n in range(1, sizes.shape[1])]
        colours = [getattr(self.theme, ROLES[kind]) for kind in depth.KINDS]
        return SizeBars(sizes, colours, [*layers, self.words("outputs")], self.theme)

    def the_sizes(self) -> None:
        (sigmoid, *_), (relu, *_) = self.gradient_sizes()
        unit = 10 ** int(np.log10(relu / sigmoid))
        ratio = int(relu / sigmoid // unit * unit)  # its first digit, rounded down
        with self.section("the-sizes", ratio=ratio):
            bars = self.size_bars()
            powers = self.label(self.words("powers"), "muted", CAPTION)
            stand(powers.move_to((bars.grid.get_left()[0], 0, 0), aligned_edge=LEFT), 2.65)
            places = [
                stand(name.copy().move_to((x, 0, 0), aligned_edge=LEFT), 2.65)
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
            times = self.words("times", ratio=ratio)
            times = self.label(times, "attention", HEADING, bold=True)
            self.play(FadeIn(times.move_to(bars.above(1, 0)), shift=UP * 0.1), run_time=0.5)
            self.leaving = Group(bars, powers, times)

    def numbers_to(self, bars: SizeBars) -> list[Any]:
        """Animations: every layer's sizes go to the foot of its bars."""
        foot = bars.grid[0].get_y()
        return [
            number.animate.move_to((x, foot + up, 0))
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
            FadeOut(self.leaving, rate_func=FIRST),
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
            lines = [self.words("film"), layers, self.words("reads", percent=percent)]
            if self.kind in depth.KINDS:
                lines.insert(1, self.words(self.kind))
            film = VGroup(
                *[
                    stand(
                        self.label(line, "text" if i else "muted", CAPTION), -1.35 - 0.42 * i
                    ).align_to(RIGHT * BOARD, LEFT)
                    for i, line in enumerate(lines)
                ]
            )
            self.play(FadeIn(film, shift=UP * 0.1), run_time=0.7)
