"""Every weight and bias counted, seen as a dial, set by hand in the mind, and moved by training."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    Mobject,
    Succession,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
)

from netglow.netcore.network import Network, forward
from netglow.netcore.study import facts
from netglow.netcore.study.training_path import Record, TrainingPath
from netglow.scenes.engine.batches import Edges
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.grow_fans import GrowFans
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.neurons import LightUp
from netglow.scenes.parts.plots.dials import BigDial
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.thirteen_thousand.dial_wall import DialWall, parameters
from netglow.scenes.props.thirteen_thousand.layer_product import LayerProduct
from netglow.scenes.props.thirteen_thousand.ledger import Ledger
from netglow.scenes.props.thirteen_thousand.named_prediction import NamedPrediction
from netglow.scenes.props.thirteen_thousand.regroup import Regroup
from netglow.scenes.props.thirteen_thousand.stopwatch import Stopwatch, hours_minutes_seconds
from netglow.scenes.props.thirteen_thousand.train import Train
from netglow.scenes.props.thirteen_thousand.training_readout import TrainingReadout
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import CAPTION, HEADING, Number
from netglow.scenes.stage.theme import rgb

LEFT_X, RIGHT_X, TOP_Y = -6.4, 6.4, 3.2  # where texts begin and end; the first line stands there
PLACE: Any = {"height": 4.75, "right": 4.6, "image_size": 3.0, "y": 0.2}  # of the network
GLOW = 0.45  # of the light that a digit sends while the weights move


class ThirteenThousand(NetglowScene):
    """Counted as the edges appear, laid out as dials, turned one by one, then all at once."""

    total: int  # all parameters
    numbers: dict[str, Any]  # what fills the words
    diagram: NetworkDiagram  # the network, in the end the one that is trained anew
    products: list[LayerProduct]  # how many edges each layer has, counted above it
    ledger: Ledger  # weights, biases and all together, counted
    question: Any  # which the chapter begins with
    added: VGroup  # how many biases each layer adds, below it
    wall: DialWall  # all parameters as dials
    one: int  # the weight of the first dial, counted from 0
    big: BigDial  # that dial
    legend: VGroup  # what turning left and right means
    notes: VGroup  # above the wall's last blocks
    watch: Stopwatch  # the time that turning all dials by hand would take
    imagined: Any  # the words that say so
    readout: TrainingReadout  # epoch and accuracy, where training is recorded

    def construct(self) -> None:
        self.gather()
        self.the_first_layer()
        if len(self.story.network.w) > 1:
            self.the_other_layers()
        self.the_biases()
        self.dials()
        self.by_hand()
        if len(self.story.model.checkpoints) > 1:
            self.all_at_once()
        else:
            self.no_record()

    def gather(self) -> None:
        """Every number the chapter shows, and the network it shows them with."""
        network = self.story.network
        units = network.sizes[1:]
        self.total = network.parameter_count
        h, m, s = hours_minutes_seconds(self.total)
        self.numbers = {
            "inputs": network.sizes[0],
            "units": units[0],
            "first": f"{network.w[0].size:,}",
            "products": ", ".join(f"{a} × {b}" for a, b in zip(units, units[1:], strict=False)),
            "weights": f"{network.edge_count:,}",
            "terms": " + ".join(map(str, units)),
            "biases": f"{sum(units):,}",
            "total": f"{self.total:,}",
            "h": h,
            "m": m,
            "s": s,
        }
        self.diagram = NetworkDiagram(network, self.theme, **PLACE)
        self.diagram.pixels.set_values(self.story.image)
        self.products = [self._product(i) for i in range(len(network.w))]
        self.ledger = self._empty_ledger()

    def _empty_ledger(self) -> Ledger:
        """Weights, biases and all together, before anything is counted."""
        network = self.story.network
        words = (
            ("weights", network.edge_count, "text"),
            ("biases", sum(network.sizes[1:]), "bias"),
            ("together", self.total, "text"),
        )
        items = [(n, self.words(word), role) for word, n, role in words]
        return Ledger(items, np.array([LEFT_X, -1.5, 0]), self.theme)

    # --- sections ---
    def the_first_layer(self) -> None:
        d = self.diagram
        self.question = self.label(self.words("question"), bold=True)
        stand(self.question.move_to((LEFT_X, 0, 0), aligned_edge=LEFT), 2.2)
        with self.section("the-first-layer", **self.numbers):
            self.play(FadeIn(d.pixels, run_time=0.8), FadeIn(self.question, shift=RIGHT * 0.2))
            self.play(
                LaggedStart(
                    *[FadeIn(layer, shift=RIGHT * 0.2) for layer in d.neurons],
                    FadeIn(Group(d.names, d.bars)),
                    lag_ratio=0.3,
                ),
                run_time=1.6,
            )
            self.say()
            self._grow(0, 3.6)
            self.say()

    def the_other_layers(self) -> None:
        with self.section("the-other-layers", **self.numbers):
            for i in range(1, len(self.diagram.edges)):
                self._grow(i, 1.5)

    def the_biases(self) -> None:
        d, ledger = self.diagram, self.ledger
        with self.section("the-biases", **self.numbers):
            self.added, low = VGroup(), min(layer.get_bottom()[1] for layer in d.neurons)
            self.play(FadeIn(ledger.lines[1]), run_time=0.4)
            for layer in d.neurons:
                more = self.label(f"+ {len(layer)}", "bias", CAPTION)
                stand(more.set_x(layer.get_x()), low - 0.15 - CAPTION)
                ringed = layer.copy().set_arrays(stroke=rgb(self.theme.bias), stroke_width=5.0)
                self.added.add(more)
                self.play(
                    Wave(layer, ringed, np.linspace(0, 0.6, len(layer))),
                    FadeIn(more),
                    self._count(1, len(layer)),
                    run_time=0.9,
                )
            self.say()
            self.play(Create(ledger.rule), FadeIn(ledger.lines[2]), run_time=0.5)
            self.play(self._count(2, self.total, rate_func=smooth), run_time=1.0)

    def dials(self) -> None:
        network = self.story.network
        self.wall = DialWall(network.w, network.b, network.image_shape, self.theme, 12.9, 5.8)
        with self.section("dials", **self.numbers):
            self._one_dial()
            self.say()
            self._all_dials()
            self.mark_poster()

    def by_hand(self) -> None:
        wall, values = self.wall, self.wall.values
        with self.section("by-hand", **self.numbers):
            units = [self.words(unit) for unit in ("hours", "minutes", "seconds")]
            self.watch = Stopwatch(units, self.total, np.array([RIGHT_X, TOP_Y, 0]), self.theme)
            self.imagined = self.label(self.words("imagined"), "muted", CAPTION)
            stand(self.imagined.set_x(0.4), TOP_Y)
            exits, enters = FadeOut(self.legend), FadeIn(self.watch, self.imagined)
            self.play(wall.turn(0 * values), Succession(exits, enters, run_time=1))
            self.say()
            # slowly first: one second can be seen to be one
            pace: dict[str, Any] = {"rate_func": lambda t: t**3, "run_time": 5.6}
            self.play(wall.turn_one_by_one(values, **pace), self.watch.run(len(values), **pace))
            self.say()

    def all_at_once(self) -> None:
        model, digits = self.story.model, self.story.digits
        path, record = TrainingPath(model.checkpoints), Record(model, digits)
        last = model.checkpoints[-1].epoch
        run = {
            "epochs": last,
            "percent": f"{100 * record.at(last):.1f}",
            "n": f"{record.sample:,}",
            "checkpoints": len(path),
        }
        with self.section("all-at-once", **self.numbers, **run):
            self._back_to_edges(path.networks[0])
            self._show_record(path, record, run)
            self.say()
            self.play(
                Train(self.diagram, path, self.story.image, GLOW, run_time=7.2),
                self.readout.follow(path, record, rate_func=linear, run_time=7.2),
            )
            self.say()
            self.play(*self._prediction().arrive(), run_time=0.8)

    def no_record(self) -> None:
        with self.section("all-at-once-unrecorded", **self.numbers):
            self.play(FadeOut(self.watch, self.imagined), run_time=0.6)
            self.say()
            note = self.label(self.words("no_record"), "muted", CAPTION)
            stand(note.move_to((RIGHT_X, 0, 0), aligned_edge=RIGHT), TOP_Y)
            self.play(FadeIn(note), run_time=0.6)

    # --- pieces of the picture ---
    def _product(self, i: int) -> LayerProduct:
        """Above the edges of layer i: how many there are, and how that is counted."""
        d, sizes = self.diagram, self.story.network.sizes
        before = d.pixels.get_right()[0] if i == 0 else d.layers[i].get_center()[0]
        x = (before + d.layers[i + 1].get_center()[0]) / 2
        return LayerProduct(sizes[i], sizes[i + 1], np.array([x, 3.2, 0]), self.theme)

    def _grow(self, i: int, run_time: float) -> None:
        """The edges of layer i appear; the product and the ledger count them."""
        d, product = self.diagram, self.products[i]
        new = [] if i else [FadeIn(self.ledger.lines[0])]
        self.play(FadeIn(product), *new, run_time=0.5)
        self.bring_to_back(*d.edges[: i + 1])
        if not self.theme.is_light:
            self.bring_to_back(d.pixels)
        grow, all_edges = GrowFans(d.edges[i], run_time=run_time), self.ledger.numbers[0]

        def follow(number: Number, before: float) -> UpdateFromAlphaFunc:
            return UpdateFromAlphaFunc(
                number,
                lambda _, alpha: number.set_value(before + grow.count(alpha)),
                rate_func=linear,
                run_time=run_time,
            )

        self.play(grow, follow(product.count, 0), follow(all_edges, all_edges.value))

    def _count(self, line: int, by: int, **kwargs: Any) -> UpdateFromAlphaFunc:
        """A number of the ledger goes up."""
        number = self.ledger.numbers[line]
        before = number.value
        return UpdateFromAlphaFunc(
            number, lambda _, alpha: number.set_value(before + round(alpha * by)), **kwargs
        )

    def _one_dial(self) -> None:
        """One edge moves out of the network and becomes the needle of a dial."""
        network = self.story.network
        w, (rows, columns) = network.w[0], network.image_shape
        j, i = self.wall.telling_weight(w, facts.contributions(network, self.story.trace, 0))
        self.one = j * rows * columns + i
        edge, number = self._lift_edge(), self.ledger.numbers[2]
        word = self.label(self.words("dials"), size=HEADING, bold=True)
        stand(word.move_to((LEFT_X + number.width + 0.22, 0, 0), aligned_edge=LEFT), TOP_Y)
        target = stand(number.copy().move_to((LEFT_X, 0, 0), aligned_edge=LEFT), TOP_Y)
        name = self.words("one", row=i // columns + 1, column=i % columns + 1, neuron=j + 1)
        self.big = BigDial(w[j, i], self.wall.layers[0].value_scale, name, self.theme)
        self.play(
            FadeIn(self.big.dial.faces, scale=0.6),
            Transform(edge, self.big.dial.needles.copy()),
            number.animate.move_to(target),
            FadeIn(word, shift=RIGHT * 0.2),
            run_time=1.2,
        )
        self.remove(edge)
        self.add(self.big.dial)
        self.play(FadeIn(self.big.marks, self.big.number, self.big.words), run_time=0.5)

    def _lift_edge(self) -> Edges:
        """The edge of the first dial shines; all but it and the total fades."""
        edges, number = self.diagram.edges[0], self.ledger.numbers[2]
        start, end = edges.points.reshape(-1, 2, 3)[self.one, :, None]
        edge = Edges(start, end, edges.rgb[self.one], 1.2, 0.0, 3.0)
        rest = VGroup(
            *[m for line in self.ledger.lines for m in line if m is not number],
            self.ledger.rule,
            *self.products,
            self.added,
        )
        self.play(
            FadeIn(edge),
            FadeOut(rest, self.question),
            *[part.animate.set_opacity(0.06) for part in self._network()],
            run_time=0.8,
        )
        return edge

    def _all_dials(self) -> None:
        """All edges become needles, all neurons the dials of their biases."""
        d, wall, big = self.diagram, self.wall, self.big
        faces = Group(*[dials.faces for dials in wall.dials])
        self.bring_to_back(faces)
        place = wall.one_of_first(self.one)
        self.legend = self._legend()
        words = [self.words("more", n=f"{w.size:,}") for w in self.story.network.w[1:]]
        self.notes = wall.notes([*words, self.words("bias_block", **self.numbers)])
        faces_of = [Transform(layer, wall.faces_of(i)) for i, layer in enumerate(d.neurons)]
        needles = [
            Regroup(edges, dials.needles) for edges, dials in zip(d.edges, wall.layers, strict=True)
        ]
        self.play(FadeOut(big.marks, big.number, big.words), run_time=0.3)
        self.play(
            *needles,
            *faces_of,
            FadeIn(faces, wall.biases.needles),
            FadeOut(d.pixels, d.names, d.bars),
            Transform(big.dial.faces, place.faces),
            Transform(big.dial.needles, place.needles),
            run_time=2.4,
        )
        self.remove(faces, big.dial, *d.edges, *d.neurons)
        self.add(wall)
        self.play(FadeIn(self.legend, self.notes), run_time=0.5)

    def _legend(self) -> VGroup:
        made = VGroup(
            self.label(self.words("left"), "negative", CAPTION),
            self.label(self.words("right"), "positive", CAPTION),
        )
        stand(made[1].move_to((RIGHT_X, 0, 0), aligned_edge=RIGHT), TOP_Y)
        stand(made[0].next_to(made[1], LEFT, buff=0.5), TOP_Y)
        return made

    def _network(self) -> list[Mobject]:
        d = self.diagram
        return [d.pixels, *d.edges, *d.neurons, *d.names, d.bars]

    def _back_to_edges(self, first: Network) -> None:
        """The dials are turned to where training began and become the network's edges again."""
        self.play(
            self.wall.turn(parameters(first.w, first.b)),
            FadeOut(self.watch, self.imagined, self.notes),
            run_time=1.0,
        )
        self.diagram = d = NetworkDiagram(first, self.theme, **PLACE)
        d.pixels.set_values(self.story.image)
        faces = Group(*[dials.faces for dials in self.wall.dials])
        needles = [dials.needles for dials in self.wall.layers]
        self.remove(self.wall)
        self.add(faces, self.wall.biases.needles, *needles)
        self.play(
            *[Regroup(n, edges) for n, edges in zip(needles, d.edges, strict=True)],
            FadeOut(faces, self.wall.biases.needles),
            FadeIn(*d.neurons, d.pixels, d.names, d.bars),
            run_time=2.0,
        )
        self.remove(*needles, *d.neurons, d.pixels, d.names, d.bars)
        self.add(d)

    def _show_record(self, path: TrainingPath, record: Record, run: dict[str, Any]) -> None:
        """How far training has come, and how what is between its saved steps is made up."""
        words = [self.words(name, **run) for name in ("epoch", "percent", "unseen")]
        corner, most = np.array([LEFT_X, -1.88, 0]), record.accuracy.max()
        self.readout = TrainingReadout(path.epoch(0), record.at(0), words, corner, self.theme, most)
        between = self.label(self.words("between", **run), "muted", CAPTION)
        stand(between.move_to((RIGHT_X, 0, 0), aligned_edge=RIGHT), TOP_Y)
        start, bars = forward(path.networks[0], self.story.image), self.diagram.bars
        lit = [
            LightUp(layer, a, run_time=1.0)
            for layer, a in zip(self.diagram.neurons, start.a[1:], strict=True)
        ]
        grow = UpdateFromAlphaFunc(bars, lambda _, share: bars.set_values(share * start.output))
        self.play(FadeIn(self.readout, between), *lit, grow)

    def _prediction(self) -> NamedPrediction:
        """What the trained network predicts, and whether it is right."""
        truth, left = self.story.label, np.array([LEFT_X, 2.55, 0])
        says, after = self.words("answers"), self.words("really", label=truth)
        best = self.story.trace.predicted
        return NamedPrediction(self.diagram, best, truth, says, after, left, self.theme)
