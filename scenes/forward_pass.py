"""The signature shot: light leaves a digit's ink and runs through every weight to the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Indicate,
    RoundedRectangle,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
)

from netglow.netcore.network import forward
from netglow.scenes.facts.forward_pass import ForwardPassFacts, index_of
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.frames import frames
from netglow.scenes.parts.motion.ripple import Ripple
from netglow.scenes.parts.network.edges import Dim
from netglow.scenes.parts.network.looked_through import LARGE, LEFT_ON, frame_around
from netglow.scenes.parts.network.network_diagram import NetworkDiagram
from netglow.scenes.parts.network.network_pass import NetworkPass
from netglow.scenes.parts.network.neurons import LightUp
from netglow.scenes.parts.network.open_border import open_border
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.props.forward_pass.balance import Balance
from netglow.scenes.props.forward_pass.only_ink import OnlyInk
from netglow.scenes.props.forward_pass.tally import Tally
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.text import BODY, CAPTION, HEADING

ALONE, ALONE_AT = 6.2, np.array([0, 0.1, 0])
GUESS, GUESS_X = 1.3, 4.9  # the two digits that one may read, beside the large image
READ_Y, MEANT_Y = 3.15, 2.6  # lines above the image
NOTE_Y, SIGNS_Y = -2.15, -2.65  # lines below it
CLOSE, CLOSE_AT = 0.62, np.array([-3.4, 0.25, 0])  # the camera on the ink
OUTPUT_X = 6.36  # where written outputs end
FRAME = OUTPUT_X + 0.15 - (LARGE["right"] - 0.27)  # width of what is around an answer
STRONGEST = 0.98  # of the threads that carry light carry less than the strongest
ASIDE = 0.04  # of its light, for an edge that is not looked at
BALANCE = 1.35  # the longest bar


class ForwardPass(NetglowScene):
    """One digit, layer by layer; two more, faster; one that the network gets wrong."""

    tells = ForwardPassFacts
    facts: ForwardPassFacts
    diagram: NetworkDiagram
    run: NetworkPass  # of the image that is shown
    guesses: VGroup  # the two digits of the first question, if it is asked
    signs: VGroup  # what the edges' colours mean: adds, takes away
    weights: VGroup  # how many there are
    verdict: VGroup  # the answer, framed, and what was meant; the next image takes it away
    tally: Tally

    @property
    def told(self) -> Story:
        index = index_of(self.story)
        return self.story if index is None else self.story.at(index)

    def construct(self) -> None:
        self.diagram = NetworkDiagram(self.story.network, self.theme, **LARGE)
        self.guesses, self.verdict = VGroup(), VGroup()
        self.add(self.diagram)
        self.a_real_digit()
        self.the_edges()
        self.light_leaves_the_ink()
        self.some_light_up()
        if self.run.last > 2:
            self.the_next_layer()
        self.the_outputs()
        self.read_the_answer()
        self.what_was_meant()
        self.two_more()
        self.one_it_gets_wrong()
        self.how_often()
        self.what_do_they_look_for()

    # --- sections ---
    def a_real_digit(self) -> None:
        facts, d = self.facts, self.diagram
        rest = Group(*d.edges, *d.neurons, d.names, d.bars)
        blank = PixelImage(0 * facts.image, self.theme, ALONE).move_to(ALONE_AT)
        inked = PixelImage(facts.image, self.theme, ALONE).move_to(ALONE_AT)
        with self.section(f"a-real-digit{facts.opening}"):
            self.remove(d.pixels)
            self.add(plane := d.pixels.copy())
            self.play(FadeOut(rest), Transform(plane, blank), run_time=1.4)
            self.play(Transform(plane, inked), run_time=1.2)
            self.say()
            if not facts.opening:
                self._ask()
            self.play(plane.animate(rate_func=linear).scale(1.04), run_time=2.5)
        self.plane = plane

    def _ask(self) -> None:
        """The two digits that one may read, left and right of the image."""
        for digit, x in ((self.facts.first, -GUESS_X), (self.facts.second, GUESS_X)):
            text = self.label(self.words("guess", digit=digit), "text", GUESS, bold=True)
            self.guesses.add(stand(text.set_x(x), ALONE_AT[1] - GUESS / 2))
            self.play(FadeIn(text, scale=1.15), run_time=0.6)

    def the_edges(self) -> None:
        facts, d = self.facts, self.diagram
        d.pixels.set_values(facts.image)
        asked = [facts.first, facts.second] if len(self.guesses) else []
        others = VGroup(*[name for k, name in enumerate(d.names) if k not in asked])
        goals = [d.names[k].copy() for k in asked]
        with self.section("the-edges"):
            self.play(
                Transform(self.plane, d.pixels.copy()),
                *[Transform(g, goal) for g, goal in zip(self.guesses, goals, strict=True)],
                FadeIn(Group(*d.neurons), run_time=1.6),
                FadeIn(Group(others, d.bars), run_time=1.6),
                run_time=1.6,
            )
            self.remove(self.plane, *self.guesses)
            self.add(d.names, d.pixels)
            self._lay_threads()
        self.run = NetworkPass.through(d, forward(self.story.network, facts.image))

    def _lay_threads(self) -> None:
        """Edges grow from layer to layer."""
        d = self.diagram
        self.bring_to_back(*d.edges)
        if not self.theme.is_light:
            self.bring_to_back(d.pixels)
        self.play(
            *[
                Create(cast(Any, edges), rate_func=_after(0.25 * k), lag_ratio=0)
                for k, edges in enumerate(d.edges)
            ],
            run_time=2.8,
        )

    def light_leaves_the_ink(self) -> None:
        d, frame = self.diagram, self.camera.frame
        edges = d.edges[0]
        adds = self.label(self.words("adds"), "positive", BODY, bold=True)
        takes = self.label(self.words("takes"), "negative", BODY, bold=True)
        stand(self._at_left(adds), SIGNS_Y)
        stand(takes.next_to(adds, RIGHT, buff=0.45), SIGNS_Y)
        self.signs = VGroup(adds, takes)
        with self.section("light-leaves-the-ink"):
            self.play(
                frame.animate.scale(CLOSE).move_to(CLOSE_AT),
                OnlyInk(edges, self.facts.image),
                UpdateFromAlphaFunc(d.pixels, cast(Any, open_border)),
                run_time=1.5,
            )
            flow = self.run.flow(0, run_time=4.0)
            home = (
                frame.animate(run_time=4.0, rate_func=_after(0.35)).scale(1 / CLOSE).move_to(0 * UP)
            )
            self.play(flow, home)
            self.say()
            self.play(Ripple(self.diagram.pixels, *self._inked(), run_time=2.2))
            whole, sent = edges.glow, np.abs(np.asarray(edges.contributions)).ravel()
            strongest = sent >= np.quantile(sent[sent > 0], STRONGEST)
            self.play(self._shine(edges, np.where(strongest, whole, ASIDE * whole)))
            self.wait(0.8)
            self.play(self._shine(edges, whole))
            self.say()
            up = np.asarray(edges.contributions).ravel() > 0
            self.play(self._shine(edges, np.where(up, whole, ASIDE * whole)), FadeIn(adds))
            self.say()
            self.play(self._shine(edges, np.where(up, ASIDE * whole, whole)), FadeIn(takes))
            self.wait(0.9)
            self.play(self._shine(edges, whole), run_time=0.6)

    def _inked(self) -> tuple[np.ndarray, np.ndarray]:
        """Delays and strengths (784,), (784, 1) of a ripple that only ink takes part in."""
        ink = self.facts.image.ravel()
        return np.linspace(0, 0.6, ink.size), 0.5 * ink[:, None]

    def some_light_up(self) -> None:
        facts, a = self.facts, self.run.trace.a[1]
        layer, edges = self.diagram.neurons[0], self.diagram.edges[0]
        name = "some-light-up" if facts.moved is not None else "some-light-up-any"
        with self.section(name):
            self.play(Ripple(layer, np.linspace(0, 0.7, len(layer)), 0.3, run_time=3.0))
            if facts.moved is not None:
                self._two_neurons()
            else:
                self.say()
            self.play(*self.run.light(1, run_time=1.8))
            swell = 0.35 * np.clip(a, 0, 1)[:, None]
            self.play(
                Ripple(layer, np.zeros(len(layer)), swell, run_time=1.0),
                Dim(edges, 0.7, run_time=1.0),
            )

    def _two_neurons(self) -> None:
        """One neuron that is moved by what arrives, and one that is not."""
        facts, layer, edges = self.facts, self.diagram.neurons[0], self.diagram.edges[0]
        whole, before = edges.glow, Group()
        unit = BALANCE / facts.balances.max()
        for neuron, values in zip((facts.moved, facts.unmoved), facts.balances, strict=True):
            mine = np.full(edges.weights.shape, ASIDE)
            mine[neuron] = 1.0
            centre = layer.centres()[neuron]
            ring = frames(centre[None], 0.27, self.theme).set_arrays(corner=1.0)
            balance = Balance(values, centre + 0.42 * RIGHT, unit, self.theme)
            self.say()
            self.play(
                self._shine(edges, whole * mine.ravel()),
                FadeIn(ring),
                FadeOut(before, run_time=0.4),
                run_time=0.6,
            )
            self.play(balance.grow(run_time=1.1))
            lit = np.array(layer.activations)
            lit[neuron] = self.run.trace.a[1][neuron]
            self.play(LightUp(layer, lit, 0.0, run_time=0.6))
            before = Group(ring, balance)
        self.say()
        self.play(self._shine(edges, whole), FadeOut(before), run_time=0.9)

    def the_next_layer(self) -> None:
        d, run = self.diagram, self.run
        with self.section("the-next-layer"):
            for layer in range(2, run.last):
                self.play(Dim(d.edges[layer - 2], 0.4), run_time=0.6)
                self.play(run.flow(layer - 1, run_time=3.2))
                self.play(*run.light(layer, run_time=1.8))

    def the_outputs(self) -> None:
        d, run = self.diagram, self.run
        name = "the-outputs" if run.last > 2 else "the-outputs-straight"
        with self.section(name):
            self.play(Dim(d.edges[run.last - 2], 0.4), run_time=0.6)
            self.play(run.flow(run.last - 1, run_time=2.2))
            self.say()
            self.play(*run.light(run.last, run_time=2.4))

    def read_the_answer(self) -> None:
        facts, d = self.facts, self.diagram
        with self.section(f"read-the-answer{facts.belief}"):
            self._name_answer(facts.predicted, facts.best_stated, None)
            self.play(Indicate(d.names[facts.predicted], 1.5, self.theme.attention), run_time=1.2)
            self.mark_poster()
            self.say()
            if not facts.belief:
                number = self._output(facts.runner, facts.next_stated, "text")
                self.verdict.add(number)
                self.play(FadeIn(number), run_time=0.5)
                self.play(Indicate(d.names[facts.runner], 1.5, self.theme.attention))
            beats = np.clip(self.run.trace.output, 0, 1)[:, None]
            still = np.zeros(len(beats))
            self.play(Ripple(d.neurons[-1], still, 0.6 * beats, run_time=1.4))

    def what_was_meant(self) -> None:
        facts = self.facts
        if facts.is_right is None:
            return
        name = "what-was-meant" if facts.is_right else "what-was-meant-wrong"
        with self.section(name):
            self._judge(facts.predicted, cast(int, facts.label))

    def two_more(self) -> None:
        facts = self.facts
        words = self.label(self.words("weights"), "muted", CAPTION)
        self.weights = VGroup(stand(self._at_left(words), NOTE_Y))
        shown = zip(
            facts.more, facts.more_answers, facts.more_labels, facts.more_stated, strict=True
        )
        with self.section("two-more"):
            for k, (image, answer, label, stated) in enumerate(shown):
                if k:
                    self.say()
                    self.play(FadeIn(self.weights), run_time=0.4)
                self._clear(image)
                self._run_through(0.5)
                self._name_answer(answer, stated, label, 0.4)
                self.wait(0.5)

    def one_it_gets_wrong(self) -> None:
        facts = self.facts
        if facts.mistake is None:
            with self.section("never-wrong"):
                self.play(Ripple(self.diagram.pixels, *self._inked(), run_time=2.0))
            return
        name = "one-it-gets-wrong" if facts.is_sure else "one-it-gets-wrong-mild"
        with self.section(name):
            self._clear(facts.mistake)
            self.play(Ripple(self.diagram.pixels, *self._inked(), run_time=1.0))
            self.say()
            self._run_through()
            self._name_answer(
                cast(int, facts.mistake_answer), cast(str, facts.mistake_stated), None
            )
            self._judge(cast(int, facts.mistake_answer), cast(int, facts.mistake_label))
            self.say()
            pixels = self.diagram.pixels
            self.play(Indicate(pixels, 1.06, cast(Any, None)), run_time=1.4)

    def how_often(self) -> None:
        facts, d = self.facts, self.diagram
        size = LARGE["image_size"]
        self.tally = tally = Tally(facts.reads, self.theme, size, d.pixels.get_center())
        right = self.label(self.words("right"), "correct", BODY, bold=True)
        wrong = self.label(self.words("wrong"), "wrong", BODY, bold=True)
        share = self.label(self.words("share"), "correct", 0.6, bold=True)
        stand(self._at_left(right), NOTE_Y)
        stand(wrong.next_to(right, RIGHT, buff=0.45), NOTE_Y)
        stand(self._at_left(share), 2.6)
        self.judged = VGroup(right, wrong, share)
        with self.section("how-often" if facts.is_unseen else "how-often-any"):
            self.play(
                FadeOut(Group(d.pixels, self.verdict, self.weights, self.signs)),
                *self._rest(0.8),
                OnlyInk(d.edges[0], 0 * d.pixels.values),
                run_time=0.8,
            )
            self.play(tally.appear(run_time=2.8))
            self.play(FadeIn(right), FadeIn(wrong), run_time=0.5)
            self.play(FadeIn(share, shift=UP * 0.1), run_time=0.6)

    def what_do_they_look_for(self) -> None:
        facts, d = self.facts, self.diagram
        suffix = "" if facts.reads_well else "-weak"
        self.run = NetworkPass.through(d, forward(self.story.network, facts.image))
        d.bars.crown(None)
        with self.section(f"what-do-they-look-for{suffix}"):
            open_border(d.pixels.set_values(facts.image).set_opacity(1))
            self.play(FadeOut(Group(self.tally, self.judged)), FadeIn(d.pixels), run_time=0.7)
            if not self.theme.is_light:
                self.bring_to_back(d.pixels)
            self.play(OnlyInk(d.edges[0], facts.image, run_time=0.4))
            self._run_through()
            self.say()
            hidden = d.neurons[:-1]
            self.play(
                *[Dim(edges, LEFT_ON) for edges in d.edges],
                *[Create(frame_around(layer, self.theme)) for layer in hidden],
                run_time=1.0,
            )
            for _ in range(2):
                self.play(*[self._breathe(layer) for layer in hidden])

    # --- pieces of the picture ---
    def _at_left(self, text: Any) -> Any:
        """The text begins where the image does."""
        return text.shift(RIGHT * (LARGE["left"] - text.get_left()[0]))

    def _shine(self, edges: Any, glow: np.ndarray) -> Animation:
        """Animation: the edges' light goes to ``glow`` (out * in,)."""
        before = edges.glow
        return UpdateFromAlphaFunc(
            edges, lambda e, alpha: e.set_arrays(glow=before + (glow - before) * alpha)
        )

    def _breathe(self, layer: Any) -> Ripple:
        return Ripple(layer, np.linspace(0, 0.6, len(layer)), 0.4, run_time=1.8)

    def _output(self, digit: int, stated: str, role: str) -> Any:
        """An output as it is written, at its bar."""
        text = self.label(self.words("output", stated=stated), role, CAPTION, bold=True)
        text.move_to((OUTPUT_X, 0, 0), RIGHT)
        return stand(text, self.diagram.bars.left[digit][1] - CAPTION / 2)

    def _name_answer(
        self, answer: int, stated: str, label: int | None, run_time: float = 0.9
    ) -> None:
        """Frame the brightest output and say what the image is read as; judge it by the label."""
        d = self.diagram
        role = "attention" if label is None else "correct" if label == answer else "wrong"
        frame = RoundedRectangle(
            corner_radius=0.1,
            width=FRAME,
            height=0.48,
            stroke_width=3,
            color=getattr(self.theme, role),
        )
        frame.move_to(d.layers[-1].centres()[answer] + LEFT * 0.27, aligned_edge=LEFT)
        output = self._output(answer, stated, role)
        text = self.label(self.words("read_as", digit=answer), role, HEADING, bold=True)
        stand(self._at_left(text), READ_Y)
        self.verdict = VGroup(frame, output, text)
        self.play(
            Create(frame),
            FadeIn(output),
            FadeIn(text, shift=RIGHT * 0.1),
            d.bars.animate.crown(answer, role),
            run_time=run_time,
        )

    def _judge(self, answer: int, label: int) -> None:
        """Below the answer stands what was meant, and the answer takes its colour from it."""
        role = "correct" if label == answer else "wrong"
        meant = self.label(self.words("meant", digit=label), "text", BODY)
        stand(self._at_left(meant), MEANT_Y)
        colour = getattr(self.theme, role)
        frame, output, text = self.verdict[:3]
        self.play(FadeIn(meant, shift=UP * 0.1), run_time=0.5)
        self.play(
            frame.animate.set_stroke(colour),
            output.animate.set_color(colour),
            text.animate.set_color(colour),
            self.diagram.bars.animate.crown(answer, role),
            run_time=0.7,
        )
        self.verdict.add(meant)

    def _rest(self, run_time: float) -> list[Animation]:
        """Every light of the pass goes out, and no bar has a colour of its own."""
        self.diagram.bars.crown(None)
        return self.run.rest(run_time)

    def _clear(self, image: np.ndarray) -> None:
        """Back to a network at rest, then another image in front of it, with its threads."""
        d, before = self.diagram, self.diagram.pixels.values
        self.play(
            FadeOut(self.verdict),
            *self._rest(0.8),
            UpdateFromAlphaFunc(
                d.pixels,
                lambda p, alpha: open_border(p.set_values(before + (image - before) * alpha)),
            ),
            OnlyInk(d.edges[0], image),
            run_time=0.7,
        )
        self.run = NetworkPass.through(d, forward(self.story.network, image))

    def _run_through(self, pace: float = 0.6) -> None:
        """The whole forward pass in under three seconds, each layer lit as the next one flows."""
        for animations in self.run.quick(pace):
            self.play(*animations)


def _after(wait: float) -> Callable[[float], float]:
    """Eased, after a share of the time in which nothing happens; at most to the end of it."""
    return lambda share: float(smooth(np.clip((share - wait) / min(1 - wait, 0.65), 0, 1)))
