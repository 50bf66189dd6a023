"""The bias as a threshold: how large a sum must be, and for how many images it is."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Group,
    Indicate,
    Mobject,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    smooth,
)

from netcore.network import ACTIVATIONS, forward_batch
from scenes.parts.arithmetic import shown
from scenes.parts.baseline import stand
from scenes.parts.bias_choice import (
    REACH,
    count_above,
    example_for,
    is_between,
    most_movable,
    places_for,
)
from scenes.parts.bias_row import BiasRow
from scenes.parts.bias_slider import BiasSlider, Threshold
from scenes.parts.dot_pile import DotPile
from scenes.parts.edges import Flow, LayerEdges
from scenes.parts.headline import Headline
from scenes.parts.images import PixelImage
from scenes.parts.neurons import Neurons
from scenes.parts.plots import Axis, nice_step
from scenes.parts.wave import Wave
from scenes.stage.batches import Cells
from scenes.stage.scene import NetglowScene
from scenes.stage.text import CAPTION, TITLE
from scenes.stage.theme import rgb

AXIS = np.array([-6.3, -2.2, 0]), np.array([4.0, -2.2, 0])
HIGH = 2.85  # of the threshold; the pile is a little lower
ROW = np.array([-4.5, 1.9, 0])
IMAGE, IMAGE_AT = 1.5, np.array([-5.55, 1.9, 0])


class Bias(NetglowScene):
    """One neuron's threshold, one image that passes it or not, and all test images."""

    def construct(self) -> None:
        self.gather()
        self.when()
        self.bigger_than_ten()
        self.every_image()
        self.turn_it()
        self.learned()

    # --- the numbers ---
    def gather(self) -> None:
        """The neuron and the image, chosen by what they are, and the sums of all test images."""
        story, network = self.story, self.story.network
        self.f = ACTIVATIONS[network.activations[0]][0]
        sums = forward_batch(network, story.digits.images).z[0] - network.b[0]
        own = story.trace.z[0] - network.b[0]
        # an own image is shown whenever there is a neuron for it
        allowed = is_between(own) | (story.label is not None)
        self.k = k = most_movable(sums, network.b[0], allowed)
        self.bias, self.sums = float(network.b[0][k]), sums[:, k]
        self.image, self.index, self.total = story.image, story.index, float(own[k])
        self.source = story.source if len(story.source) <= 24 else story.source[:23] + "…"
        if not is_between(own[k]):
            label = story.trace.predicted if story.label is None else story.label
            self.index = example_for(self.sums, story.digits.labels == label, self.places_of)
            self.image, self.total = story.digits.images[self.index], float(self.sums[self.index])
            self.source = f"test image {self.index}"
        self.places = self.places_of(self.total)
        self.tip = -round(self.total, self.places)
        self.headline = Headline(3.43)
        self.pile: DotPile | None = None

    def places_of(self, total: float) -> int:
        """Decimal places for a sum, wherever the bias rests."""
        return places_for(self.f, total, [0.0, -REACH, self.bias, REACH])

    def share(self, bias: float) -> str:
        """Percent of the test images for which the neuron fires."""
        return f"{100 * count_above(self.sums, bias) / len(self.sums):.1f}"

    def headlined(self, name: str, **numbers: object) -> Animation:
        return self.headline.change(self.label(self.words(name, **numbers), size=0.3, bold=True))

    # --- beats ---
    def when(self) -> None:
        with self.beat("when", sum=shown(self.total, self.places)):
            picture = self.show_neuron()
            self.say()
            self.sum_arrives(picture)
            self.say()
            self.play(FadeIn(self.threshold), run_time=0.6)
            self.light_up()

    def bigger_than_ten(self) -> None:
        with self.beat("bigger-than-ten", sum=shown(self.total, self.places)):
            self.play(self.headlined("ten"), run_time=0.9)
            self.slider = BiasSlider(0, max(REACH, np.ceil(abs(self.bias))), [5.55, -1.75, 0],
                                     2.35, self.words("bias"), self.theme)  # fmt: skip
            self.play(FadeIn(self.slider), run_time=0.6)
            self.say()
            self.play(FadeIn(self.row.second, self.row.names[1:]), run_time=0.6)
            self.play(*self.turn(-REACH, 2.6))
            self.say()
            self.play(self.headlined("rule"), run_time=0.9)

    def every_image(self) -> None:
        n = f"{len(self.sums):,}"
        with self.beat("every-image", images=n, low=self.share(-REACH)):
            self.play(self.headlined("thousand", images=n), run_time=0.9)
            self.pour()
            self.say()
            self.find_ours()

    def turn_it(self) -> None:
        with self.beat("turn-it", tip=shown(self.tip, self.places), high=self.share(REACH)):
            self.play(self.headlined("turn"), run_time=0.9)
            self.play(*self.turn(self.tip, 3.0))
            self.say()
            self.play(Indicate(self.row.size_of_bias, 1.2, self.theme.bias), run_time=0.8)
            self.play(*self.turn(self.tip + 1, 1.2))
            self.wait(0.5)
            self.say()
            self.play(*self.turn(REACH, 3.0))

    def learned(self) -> None:
        with self.beat("learned", bias=shown(self.bias, self.places), share=self.share(self.bias)):
            mark = self.slider.mark(self.bias, self.words("learned"), self.theme)
            self.play(self.headlined("chosen"), FadeIn(mark, shift=RIGHT * 0.1), run_time=0.9)
            self.play(*self.turn(self.bias, 2.6))
            self.say()
            self.play(Indicate(self.percent, 1.15, self.theme.attention), run_time=0.9)
            self.mark_poster()
            self.say()
            self.play(self.headlined("both"), run_time=0.9)

    # --- pieces ---
    def show_neuron(self) -> Group:
        """The image, and the light that runs from its ink to one neuron."""
        self.make_row()
        picture = PixelImage(self.image, self.theme, 4.4).move_to([-3.7, -0.1, 0])
        source = self.label(self.source, "muted", CAPTION).next_to(picture, DOWN, buff=0.2)
        disc = self.row.neuron.disc
        disc.scale(1.2).move_to([3.3, -0.1, 0])
        name = self.label(self.words("neuron", neuron=self.k + 1), "muted", CAPTION)
        name.next_to(disc, DOWN, buff=0.3)
        w = self.story.network.w[0][[self.k]]
        threads = LayerEdges(w, picture.centres(), disc.centres(), self.theme, 1.4)
        self.play(FadeIn(picture, source), self.headlined("question"), run_time=0.9)
        self.play(FadeIn(disc, name), run_time=0.5)
        self.bring_to_back(threads)
        if not self.theme.is_light:
            self.bring_to_back(picture)
        rows = np.linspace(0, 0.4, self.image.size)
        self.play(Create(threads, lag_ratio=0, rate_func=smooth), run_time=0.8)
        self.play(Flow(threads, w * self.image.ravel(), rows), run_time=2.2)
        return Group(picture, source, name, threads)

    def make_row(self) -> None:
        names = tuple(self.words(name) for name in ("sum", "bias", "z"))
        self.row = BiasRow(self.total, 0.0, self.f, self.places, names, ROW, self.theme)
        self.row.neuron.set_value(0)
        low = np.floor(min(self.sums.min(), self.total, -REACH - 1))
        high = np.ceil(max(self.sums.max(), self.total, REACH + 1))
        self.axis = Axis(low, high, *AXIS, self.theme, nice_step(high - low), role="text")
        self.axis_name = self.label(self.words("sum"), "muted", CAPTION)
        self.axis_name.next_to(self.axis.line, RIGHT, buff=0.15)
        self.threshold = Threshold(0.0, self.axis, HIGH, self.words("above"), self.places, -6.4,
                                   4.5, self.theme)  # fmt: skip

    def sum_arrives(self, picture: Group) -> None:
        """The sum is written beside the neuron; then all makes room for the axis."""
        image, source, name, threads = picture
        row = self.row
        disc, home = row.neuron.disc, row.neuron.number.get_center()
        place = row.sum.get_center()
        row.sum.next_to(disc, UP, buff=0.35)
        row.names[0].save_state()
        row.names[0].next_to(row.sum, UP, buff=0.2)
        self.play(FadeIn(row.sum, row.names[0], shift=UP * 0.15), run_time=0.7)
        self.wait(0.8)
        self.play(FadeOut(threads, name, source), run_time=0.5)
        source.next_to(IMAGE_AT + UP * IMAGE / 2, UP, buff=0.14)
        source.set_x(max(IMAGE_AT[0], source.width / 2 - 6.45))
        self.play(image.animate.scale(IMAGE / 4.4).move_to(IMAGE_AT),
                  disc.animate.scale(1 / 1.2).move_to(home), row.sum.animate.move_to(place),
                  row.names[0].animate.restore(), run_time=1.2)  # fmt: skip
        frame = Cells([IMAGE_AT], IMAGE / 2 + 0.05, fill_alpha=0, stroke_alpha=1, stroke_width=3,
                      stroke=rgb(self.theme.attention))  # fmt: skip
        start = row.sum.get_bottom() + DOWN * 0.25
        self.ring = Neurons(np.zeros(1), start[None], self.theme, 0.12)
        self.ring.set_arrays(stroke=rgb(self.theme.attention), stroke_width=3)
        self.play(FadeIn(self.axis, self.axis_name), run_time=0.7)
        self.play(FadeIn(frame, source, self.ring), run_time=0.4)
        self.play(self.ring.animate.move_to(self.axis.at(self.total) + UP * 0.22), run_time=1.0)

    def light_up(self) -> None:
        """The neuron lights up, and its number is written in it; its dot does the same."""
        lit, neuron = float(self.f(self.total)), self.row.neuron
        neuron.number.set_opacity(0)
        self.add(neuron)

        def fill(_: Mobject, t: float) -> None:
            neuron.set_value(t * lit)
            neuron.number.set_opacity(t)

        dot = UpdateFromAlphaFunc(self.ring, lambda m, t: m.set_activations([t * lit]))
        self.play(UpdateFromAlphaFunc(neuron, fill), dot)

    def set_bias(self, bias: float) -> None:
        """Everything that depends on the bias."""
        self.row.set_bias(bias)
        self.slider.set_value(bias)
        self.threshold.set_value(-bias)
        self.ring.set_activations(self.f([self.total + bias]))
        if self.pile is not None:
            self.ring.set_arrays(halo=0.0)
            self.pile.set_activations(self.f(self.pile.sums + bias))
            self.count(int(count_above(self.sums, bias)))

    def turn(self, bias: float, run_time: float) -> list[Animation]:
        """The bias goes to another value, in steps that can be read; then it is exact."""
        before, places = self.row.bias, self.places

        def step(_: Mobject, alpha: float) -> None:
            now = before + (bias - before) * alpha
            self.set_bias(round(now, places) if alpha < 1 else bias)

        moving = [self.threshold, self.slider, self.row, self.ring]
        if self.pile is not None:
            moving = [self.pile, *moving, self.percent, self.counter]
        # one takes the step for all; a group of them would come to lie above everything else
        return [UpdateFromAlphaFunc(m, step if m is moving[0] else lambda m, t: None,
                                    run_time=run_time, rate_func=smooth)
                for m in moving]  # fmt: skip

    def count(self, fired: int) -> None:
        """Write for how many images the neuron fires."""
        self.counter.set_value(fired)
        self.percent[0].set_value(100 * fired / len(self.sums))

    def pour(self) -> None:
        """From the neuron, a dot for every image goes to its sum; those that fire are counted."""
        self.pile = pile = DotPile(self.sums, self.axis, self.theme, HIGH - 0.15)
        pile.set_activations(self.f(self.sums + self.row.bias))
        target, start = pile.copy(), self.row.neuron.get_center()
        pile.place(np.tile(start, (len(pile), 1)), np.full((len(pile), 2), pile.radius))
        # the lowest storeys leave first, so that none lands on nothing
        order = np.argsort(np.argsort(pile.storeys, kind="stable"))
        self.bring_to_back(pile)
        self.play(Wave(pile, target, 0.75 * order / len(order), run_time=4.0))
        self.make_counter()
        self.count(int(count_above(self.sums, self.row.bias)))
        self.play(FadeIn(self.counter, self.percent, self.of), run_time=0.6)

    def make_counter(self) -> None:
        n = len(self.sums)
        half = "0" if float(self.f(0)) == 0 else "0.5"
        self.of = self.label(self.words("of", images=f"{n:,}", half=half), "muted", CAPTION)
        self.of.move_to([6.45, 1.45, 0], aligned_edge=RIGHT)
        self.counter = self.number(0, size=CAPTION, places=0, bold=True)
        stand(self.of, 1.45)
        self.counter.next_to(self.of, LEFT, buff=0.14)
        stand(self.counter, 1.45)
        value = self.number(0, size=TITLE, places=1, bold=True)
        sign = self.label("%", size=TITLE, bold=True).move_to([6.45, 0, 0], aligned_edge=RIGHT)
        value.next_to(sign, LEFT, buff=0.1)
        self.percent = VGroup(value, sign)
        for part in self.percent:
            stand(part, 1.95)

    def find_ours(self) -> None:
        """The ring goes to our image's dot; an image that is not of the test set lies on top."""
        pile, r = self.pile, self.pile.radius
        if self.index is not None:
            place = pile.centres()[self.index]
        else:
            x = self.axis.at(self.total)[0]
            near = pile.centres()[np.abs(pile.centres()[:, 0] - x) < 2.2 * r]
            place = np.array([x, near[:, 1].max(initial=AXIS[0][1]) + 2.3 * r, 0])
        around = self.ring.copy().place(place[None], np.full((1, 2), 0.11))
        casing = Neurons(np.zeros(1), self.ring.centres(), self.theme, 0.16)
        casing.set_arrays(fill=rgb(self.theme.background), stroke_alpha=0.0)
        self.add(casing, self.ring)
        self.play(Transform(self.ring, around), casing.animate.move_to(place), run_time=1.0)
        self.play(Indicate(self.ring, 1.6, self.theme.attention), run_time=0.8)
