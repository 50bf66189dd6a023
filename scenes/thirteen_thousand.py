"""Every weight and bias counted, seen as a dial, turned by hand, by chance, and by examples."""

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
    Indicate,
    Mobject,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
)

from netglow.scenes.engine.batches import Edges
from netglow.scenes.facts.thirteen_thousand import ThirteenThousandFacts
from netglow.scenes.parts.motion.wave import Wave
from netglow.scenes.parts.network.edges import Flow, LayerEdges
from netglow.scenes.parts.network.grow_fans import GrowFans
from netglow.scenes.parts.network.network_diagram import UNDER_COUNTS, NetworkDiagram
from netglow.scenes.parts.plots.dials import BigDial
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.thirteen_thousand.dial_wall import DialWall
from netglow.scenes.props.thirteen_thousand.layer_product import LayerProduct
from netglow.scenes.props.thirteen_thousand.ledger import Ledger
from netglow.scenes.props.thirteen_thousand.loose_dial import LooseDial
from netglow.scenes.props.thirteen_thousand.regroup import Regroup
from netglow.scenes.props.thirteen_thousand.score import Score
from netglow.scenes.props.thirteen_thousand.stopwatch import Stopwatch
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import CAPTION, HEADING, Number
from netglow.scenes.stage.theme import rgb

LEFT_X, RIGHT_X, TOP_Y = -6.4, 6.4, 3.0  # where texts begin and end; the first line stands there
WALL, WALL_Y = (13.0, 6.0), -0.55
BY_HAND = 4  # dials that are turned one a second, before it goes faster
NEAR, THIN = 0.62, 0.45  # height of the frame and stroke, where one sees them being turned
SCORE_X = -1.5, 6.4
FAINTEST = 0.05  # light of a thread whose weight is nearly zero, where each is counted
NEAR_UNTIL = 0.3  # of the training: so long one sees it from near
TRAINED, TRAINED_THIN = 0.9, 0.6  # height of the frame and stroke there


class ThirteenThousand(NetglowScene):
    """From one neuron's threads to a wall of dials, and what turning them is good for."""

    tells = ThirteenThousandFacts
    facts: ThirteenThousandFacts
    diagram: NetworkDiagram
    products: list[LayerProduct]  # how many edges each layer has, counted above it
    ledger: Ledger  # weights, biases and all together, counted
    added: VGroup  # how many biases each layer adds
    wall: DialWall  # all parameters as dials
    big: BigDial  # the one that is shown alone
    head: VGroup  # how many dials there are
    sides: VGroup  # what turning it left and right means
    legend: VGroup  # the same, above the wall
    watch: Stopwatch  # the time that turning all dials by hand would take
    imagined: Any  # the words that say so
    loose: LooseDial  # one dial of the wall, large
    score: Score  # what is read rightly with the dials as they are

    def construct(self) -> None:
        self.one_neuron()
        self.the_rest()
        self.dials()
        self.by_hand()
        self.one_second()
        self.at_random()
        self.by_examples()
        self.learning()

    # --- sections ---
    def one_neuron(self) -> None:
        facts = self.facts
        self.prepare()
        d, first = self.diagram, self.diagram.edges[0]
        full, mine = first.light, np.repeat(np.arange(facts.units) == facts.neuron, facts.inputs)
        first.set_arrays(light=(full + FAINTEST) * mine)
        below = [first, d.pixels] if self.theme.is_light else [d.pixels, first]
        self.add(*below, *d.neurons, d.names)
        with self.section("one-neuron"):
            self.play(Flow(first, facts.own, run_time=1.6))
            self.play(FadeIn(self.ledger.lines[0]), self.ring(0, mine[:: facts.inputs]))
            self.play(self.settle(first, full * mine), run_time=0.8)
            self.say()
            others = np.delete(np.arange(facts.units), facts.neuron).tolist()
            self.play(FadeIn(self.products[0]), run_time=0.4)
            self.grow(0, 3.2, facts.inputs, rows=others, light=full)

    def the_rest(self) -> None:
        facts, ledger = self.facts, self.ledger
        deep = {1: "-none", 2: "-one", 3: ""}.get(facts.layers, "-deep")
        with self.section(f"the-rest{deep}"):
            for i in range(1, facts.layers):
                self.play(FadeIn(self.products[i]), run_time=0.3)
                self.grow(i, 1.1)
            self.play(FadeIn(ledger.lines[1]), run_time=0.3)
            for i, count in enumerate(facts.units_in):
                everyone, counted = np.ones(count, bool), self.count(1, count)
                self.play(self.ring(i, everyone), FadeIn(self.added[i]), counted, run_time=0.6)
            self.say()
            self.play(Create(ledger.rule), FadeIn(ledger.lines[2]), run_time=0.5)
            self.play(self.count(2, facts.total, rate_func=smooth), run_time=1.4)

    def dials(self) -> None:
        facts = self.facts
        network = self.story.network
        self.wall = DialWall(
            network.w, network.b, facts.ends, network.image_shape, self.theme, *WALL
        )
        self.wall.shift((0, WALL_Y, 0))
        with self.section("dials"):
            self.one_dial()
            self.say()
            self.all_dials()
            self.mark_poster()

    def by_hand(self) -> None:
        wall, facts, frame = self.wall, self.facts, self.camera.frame
        frame.save_state()
        near = wall.layers[0].faces.centres()[0] + NEAR * np.array([0.78, -0.34, 0])
        with self.section("by-hand"):
            exits = FadeOut(self.legend, self.head)
            self.play(exits, wall.turn(0 * facts.values), run_time=0.8)
            self.play(frame.animate.set(height=NEAR).move_to(near), self.thin(THIN), run_time=1.6)
            for i in range(BY_HAND):
                self.play(wall.turn_one_by_one(facts.hand, i, i + 1), run_time=0.7)
                self.wait(0.3)

    def thin(self, width: float) -> UpdateFromAlphaFunc:
        """Animation: the wall's needles take another stroke."""
        before = float(self.wall.biases.needles.stroke_width[0])
        return UpdateFromAlphaFunc(
            self.wall, lambda _, alpha: self.wall.set_width(before + (width - before) * alpha)
        )

    def one_second(self) -> None:
        facts, wall = self.facts, self.wall
        units = [self.words(unit) for unit in ("hours", "minutes", "seconds")]
        self.watch = Stopwatch(units, facts.total, np.array([RIGHT_X, TOP_Y, 0]), self.theme)
        self.watch.set_seconds(BY_HAND)
        self.imagined = self.label(self.words("imagined"), "muted", CAPTION)
        stand(self.imagined.next_to(self.watch, LEFT, buff=0.5), TOP_Y)
        turned = wall.one_of_first(facts.dial).set_values(np.array([facts.hand[facts.dial]]))
        self.loose = LooseDial(turned, self.words("which"), self.theme)
        with self.section(f"one-second{self.how_long()}"):
            self.play(self.camera.frame.animate.restore(), self.thin(1.3), run_time=1.4)
            self.play(FadeIn(self.head, self.watch, self.imagined), run_time=0.4)
            pace: dict[str, Any] = {"rate_func": lambda t: t**3, "run_time": 3.8}
            self.play(
                wall.turn_one_by_one(facts.hand, BY_HAND, **pace),
                self.watch.run(BY_HAND, facts.total, **pace),
            )
            self.say()
            self.play(*self.dim(0.14), self.loose.leave(), run_time=1.0)
            self.play(FadeIn(self.loose.question), run_time=0.3)
            self.play(self.loose.dither(run_time=2.0))

    def how_long(self) -> str:
        """The suffix of the section that says how long one second for each takes."""
        hours, minutes = self.facts.hours, self.facts.minutes
        if hours > 1:
            return "" if minutes > 1 else "-hours"
        return "-hour" if hours else "-minutes"

    def at_random(self) -> None:
        facts, wall = self.facts, self.wall
        words = [self.words("share"), self.words("guessing")]
        self.score = Score(facts.chance, words, *SCORE_X, TOP_Y + HEADING / 2, self.theme)
        luck = "" if facts.compared == "alike" else f"-{facts.compared}"
        with self.section(f"at-random{luck}"):
            self.play(
                *self.dim(1.0), self.loose.come_back(), FadeOut(self.loose.question), run_time=0.8
            )
            self.remove(self.loose)
            self.play(wall.turn(0 * facts.values), FadeOut(self.watch, self.imagined), run_time=1.2)
            self.say()
            self.play(wall.turn(facts.throws[0]), run_time=2.4)
            self.say()
            self.play(FadeIn(self.score), run_time=0.5)
            self.play(self.score.go(facts.luck[0]), run_time=0.8)
            self.wait(2.2)
            self.play(Indicate(self.score.guess, 1.2, self.theme.attention), run_time=1.0)
            self.say()
            for throw, share in zip(facts.throws[1:], facts.luck[1:], strict=True):
                self.play(wall.turn(throw), run_time=0.9)
                self.play(self.score.go(share), run_time=0.4)
                self.wait(0.6)

    def by_examples(self) -> None:
        facts, wall, score = self.facts, self.wall, self.score
        recorded = facts.checkpoints > 0
        with self.section("by-examples" if recorded else "by-examples-unrecorded"):
            if recorded:
                note = self.label(self.words("real"), "muted", CAPTION).move_to(
                    (RIGHT_X, 0, 0), RIGHT
                )
                self.play(wall.turn(facts.steps[0]), score.go(facts.before), run_time=1.2)
                name: Any = score.guess[1]  # its line stays
                self.play(
                    FadeIn(stand(note, score.words_at)), name.animate.set_opacity(0), run_time=0.4
                )
                self.say()
                self.train_near()
                self.say()
                self.train(self.half_way(), 1.0, 3.0)
            else:
                self.wait(1.0)
                self.play(wall.turn(facts.values), run_time=2.4)
                self.play(score.go(facts.after), run_time=1.0)
                self.say()
            self.play(Indicate(score.number, 1.15, self.theme.correct), run_time=1.0)
            self.say()
            turned = wall.one_of_first(facts.dial)
            self.loose = LooseDial(turned, self.words("which"), self.theme)
            self.play(*self.dim(0.14), self.loose.leave(), run_time=1.0)
            self.play(FadeIn(self.loose.question), run_time=0.3)
            self.play(self.loose.dither(run_time=2.6))

    def train_near(self) -> None:
        """The first part of the training: for a while one sees the dials of one neuron turn."""
        facts, frame = self.facts, self.camera.frame
        frame.save_state()
        mine = slice(facts.neuron * facts.inputs, (facts.neuron + 1) * facts.inputs)
        place = self.wall.layers[0].faces.centres()[mine].mean(axis=0)
        self.play(
            frame.animate.set(height=TRAINED).move_to(place), self.thin(TRAINED_THIN), run_time=1.4
        )
        self.train(0.0, NEAR_UNTIL, 2.6)
        self.play(frame.animate.restore(), self.thin(1.3), run_time=1.4)
        self.train(NEAR_UNTIL, self.half_way(), 1.4)

    def half_way(self) -> float:
        """0..1: where the saved step in the middle lies."""
        return self.facts.half / (self.facts.checkpoints - 1)

    def train(self, start: float, end: float, seconds: float) -> None:
        """Wall and score go on through the training, from one share 0..1 of it to another."""
        steps, shares = self.facts.steps, self.facts.step_shares
        pace: dict[str, Any] = {
            "rate_func": lambda t: start + (end - start) * t,
            "run_time": seconds,
        }
        self.play(self.wall.follow(steps, **pace), self.score.follow(shares, **pace))

    def learning(self) -> None:
        with self.section("learning"):
            self.play(
                *self.dim(1.0), self.loose.come_back(), FadeOut(self.loose.question), run_time=1.0
            )
            self.remove(self.loose)
            self.play(self.wall.glint(run_time=5.5))

    # --- counting ---
    def settle(self, edges: LayerEdges, light: np.ndarray) -> UpdateFromAlphaFunc:
        """Animation: what flows fades, and the edges get the ``light`` (out * in,) of rest."""
        glow, before = edges.glow, edges.light

        def fade(_: Any, alpha: float) -> None:
            edges.set_arrays(glow=glow * (1 - alpha), light=before + (light - before) * alpha)

        return UpdateFromAlphaFunc(edges, fade)

    def prepare(self) -> None:
        """The network and what counts it; nothing is drawn yet."""
        facts, theme = self.facts, self.theme
        self.diagram = d = NetworkDiagram(self.story.network, theme, **UNDER_COUNTS)
        d.pixels.set_values(facts.image)
        items = [
            (facts.weights, self.words("weights"), "text"),
            (facts.biases, self.words("biases"), "bias"),
            (facts.total, self.words("together"), "text"),
        ]
        self.ledger = Ledger(items, np.array([LEFT_X, 3.55, 0]), theme)
        self.ledger.numbers[0].set_value(facts.inputs)
        self.products, self.added = [], VGroup()
        sources = [facts.inputs, *facts.units_in]
        top = max(layer.get_top()[1] for layer in d.neurons)
        for i, layer in enumerate(d.neurons):
            before = d.pixels.get_right()[0] if i == 0 else d.neurons[i - 1].get_x()
            place = np.array([(before + layer.get_x()) / 2, 3.2, 0])
            terms = self.words("product", sources=sources[i], targets=sources[i + 1])
            begun = 0 if i else facts.inputs
            self.products.append(LayerProduct(terms, facts.counts[i], begun, place, theme))
            more = self.label(self.words("more", n=facts.units_in[i]), "bias", CAPTION)
            self.added.add(stand(more.set_x(layer.get_x()), top + 0.16))

    def grow(self, i: int, run_time: float, begun: int = 0, **how: Any) -> None:
        """The edges of layer i appear; its product counts all, the ledger those of all layers."""
        d, ledger = self.diagram, self.ledger.numbers[0]
        self.bring_to_back(d.edges[i])
        if not self.theme.is_light:
            self.bring_to_back(d.pixels)
        grow = GrowFans(d.edges[i], run_time=run_time, **how)

        def follow(number: Number, before: float) -> UpdateFromAlphaFunc:
            return UpdateFromAlphaFunc(
                number,
                lambda _, alpha: number.set_value(before + grow.count(alpha)),
                rate_func=linear,
                run_time=run_time,
            )

        self.play(grow, follow(self.products[i].count, begun), follow(ledger, ledger.value))

    def count(self, line: int, by: int, **kwargs: Any) -> UpdateFromAlphaFunc:
        """A number of the ledger goes up."""
        number = self.ledger.numbers[line]
        before = number.value
        return UpdateFromAlphaFunc(
            number, lambda _, alpha: number.set_value(before + round(alpha * by)), **kwargs
        )

    def ring(self, i: int, which: np.ndarray) -> Wave:
        """Animation: a ring in the colour of biases around neurons of layer i, ``which`` (n,)."""
        layer = self.diagram.neurons[i]
        bias, muted = rgb(self.theme.bias), rgb(self.theme.muted)
        after = layer.copy().set_arrays(
            stroke=np.where(which[:, None], bias, muted), stroke_width=np.where(which, 5.0, 2.0)
        )
        return Wave(layer, after, np.linspace(0, 0.6, len(layer)))

    # --- from a thread to the wall ---
    def one_dial(self) -> None:
        """One edge moves out of the network and becomes the needle of a dial, and turns."""
        facts, number = self.facts, self.ledger.numbers[2]
        edge = self.lift_edge()
        word = self.label(self.words("dials"), size=HEADING, bold=True)
        stand(word.move_to((LEFT_X + number.width + 0.2, 0, 0), aligned_edge=LEFT), TOP_Y)
        self.head = VGroup(number, word)
        target = stand(number.copy().move_to((LEFT_X, 0, 0), aligned_edge=LEFT), TOP_Y)
        name = self.words("one")
        end, role = facts.dial_end, self.theme
        self.big = big = BigDial(facts.dial_value, end, name, role, (0, 0.5, 0), 1.7)
        sides = VGroup(
            self.label(self.words("takes"), "negative", HEADING).next_to(big.marks[0], LEFT),
            self.label(self.words("adds"), "positive", HEADING).next_to(big.marks[2], RIGHT),
        )
        self.play(
            FadeIn(big.dial.faces, scale=0.6),
            Transform(edge, big.dial.needles.copy()),
            number.animate.move_to(target),
            FadeIn(word, shift=RIGHT * 0.2),
            run_time=1.2,
        )
        self.remove(edge)
        self.add(big.dial)
        self.play(FadeIn(big.marks, big.number, big.words), run_time=0.4)
        self.play(self.turn_big(-end), FadeIn(sides[0]), run_time=1.1)
        self.play(self.turn_big(end), FadeIn(sides[1]), run_time=1.4)
        self.play(self.turn_big(facts.dial_value), run_time=0.9)
        self.sides = sides

    def turn_big(self, value: float) -> UpdateFromAlphaFunc:
        """The large dial and its number go to another value."""
        big, theme, before = self.big, self.theme, self.big.number.value

        def turn(_: Mobject, alpha: float) -> None:
            now = value if alpha == 1 else before + (value - before) * alpha
            big.dial.set_values(np.array([now]))
            big.number.colour = theme.positive if now >= 0 else theme.negative
            big.number.set_value(now)

        return UpdateFromAlphaFunc(Group(big.dial, big.number), turn)

    def lift_edge(self) -> Edges:
        """The edge of the dial shines; all but it and the total fades."""
        edges, number = self.diagram.edges[0], self.ledger.numbers[2]
        start, end = edges.points.reshape(-1, 2, 3)[self.facts.dial, :, None]
        edge = Edges(start, end, edges.rgb[self.facts.dial], 1.2, 0.0, 3.0)
        rest = [m for line in self.ledger.lines for m in line if m is not number]
        d = self.diagram
        self.play(
            FadeIn(edge),
            FadeOut(*rest, self.ledger.rule, *self.products, self.added, d.names),
            *[part.animate.set_opacity(0.06) for part in (d.pixels, *d.edges, *d.neurons)],
            run_time=0.8,
        )
        return edge

    def all_dials(self) -> None:
        """All edges become needles, all neurons the dials of their biases."""
        d, wall, big = self.diagram, self.wall, self.big
        faces = Group(*[dials.faces for dials in wall.dials])
        place = wall.one_of_first(self.facts.dial)
        self.legend = self.small_legend()
        faces_of = [Transform(layer, wall.faces_of(i)) for i, layer in enumerate(d.neurons)]
        needles = [
            Regroup(edges, dials.needles) for edges, dials in zip(d.edges, wall.layers, strict=True)
        ]
        self.play(FadeOut(big.marks, big.number, big.words, self.sides), run_time=0.4)
        self.bring_to_back(faces)
        self.play(
            *needles,
            *faces_of,
            FadeIn(faces, wall.biases.needles),
            FadeOut(d.pixels),
            Transform(big.dial.faces, place.faces),
            Transform(big.dial.needles, place.needles),
            run_time=2.4,
        )
        self.remove(faces, big.dial, *d.edges, *d.neurons)
        self.add(wall)
        self.play(FadeIn(self.legend), run_time=0.5)

    def small_legend(self) -> VGroup:
        made = VGroup(
            self.label(self.words("left"), "negative", CAPTION),
            self.label(self.words("right"), "positive", CAPTION),
        )
        stand(made[1].move_to((RIGHT_X, 0, 0), aligned_edge=RIGHT), TOP_Y)
        stand(made[0].next_to(made[1], LEFT, buff=0.5), TOP_Y)
        return made

    def dim(self, share: float) -> list[Any]:
        """The wall's light goes to a share of what it was at first."""
        return [
            part.animate.set_opacity(share)
            for dials in self.wall.dials
            for part in (dials.faces, dials.needles)
        ]
