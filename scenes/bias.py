"""The bias as a threshold: how large a sum must be, and for how many images it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    UP,
    Animation,
    FadeIn,
    FadeOut,
    Indicate,
    Mobject,
    Succession,
    Transform,
    UpdateFromAlphaFunc,
    VGroup,
    smooth,
    there_and_back,
)

from netglow.netcore.network import ACTIVATIONS
from netglow.netcore.study import facts
from netglow.netcore.study.arithmetic import shown
from netglow.netcore.study.bias_choice import REACH, neuron_and_image, places_for, rests
from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
from netglow.scenes.parts.images.frames import frames
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.parts.plots.axis import Axis, nice_step
from netglow.scenes.parts.text.headline import Headline
from netglow.scenes.props.bias.bias_row import BiasRow
from netglow.scenes.props.bias.bias_slider import BiasSlider, Threshold
from netglow.scenes.props.bias.dot_pile import DotPile
from netglow.scenes.props.bias.fired_count import FiredCount
from netglow.scenes.props.bias.images_at_sums import ImagesAtSums, standing_room
from netglow.scenes.props.bias.one_sum import OneSum
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.text import CAPTION
from netglow.scenes.stage.theme import rgb

AXIS = np.array([-6.3, -2.2, 0]), np.array([4.0, -2.2, 0])
HIGH = 2.75  # of the threshold; the pile is a little lower
ROW = np.array([-4.5, 1.9, 0])
STANDS = -5.9, 3.45  # x between which images stand on the axis
LONGEST = 24  # letters of the words for where the image is from
IMAGE, IMAGE_AT = 1.5, np.array([-5.55, 1.9, 0])


class Bias(NetglowScene):
    """One neuron's threshold, one image that passes it or not, and all test images."""

    f: Callable[[Any], Any]  # the first layer's activation function
    k: int  # the neuron, counted from 0
    bias: float  # its learned bias
    sums: np.ndarray  # (images,) its weighted sums without bias, for all test images
    image: np.ndarray  # (rows, columns) the example
    index: int | None  # of the example among the test images
    total: float  # the example's sum
    source: str  # where the example is from, in words
    places: int  # decimals with which sum + bias = z holds as shown
    tip: float  # the bias at which the example switches the neuron, as shown
    headline: Headline  # the line above the picture
    row: BiasRow  # sum + bias = z, and the neuron
    axis: Axis  # of the sums
    axis_name: Any  # beside it
    threshold: Threshold  # on the axis
    picture: PixelImage  # the example
    source_label: Any  # above it
    ring: Neurons  # the example on the axis
    samples: ImagesAtSums  # it and a few test images on the axis
    slider: BiasSlider  # with which the bias is turned
    pile: DotPile | None = None  # all test images, from the moment they have come
    fired: FiredCount  # for how many of them the neuron fires

    def construct(self) -> None:
        self.gather()
        self.when()
        self.other_images()
        self.bigger_than_ten()
        self.every_image()
        self.turn_it()
        self.learned()

    # --- the numbers ---
    def gather(self) -> None:
        """The neuron and the image, chosen by what they are, and the sums of all test images."""
        story, network = self.story, self.story.network
        self.f = ACTIVATIONS[network.activations[0]][0]
        sums = facts.weighted_sums(network, story.digits, 0)
        own_sums = story.trace.z[0] - network.b[0]
        label = story.trace.predicted if story.label is None else story.label
        self.k, self.index = k, index = neuron_and_image(
            sums, network.b[0], own_sums, story.label is None, story.digits.labels == label, self.f
        )
        self.bias, self.sums = float(network.b[0][k]), sums[:, k]
        self.image, self.total, self.source = story.image, float(own_sums[k]), story.source
        if index is None:
            self.index = story.index
        else:
            self.image, self.total = story.digits.images[index], float(self.sums[index])
            self.source = f"test image {index}"
        if len(self.source) > LONGEST:
            self.source = self.source[: LONGEST - 1] + "…"
        self.places = places_for(self.f, self.total, rests(self.bias))
        self.tip = -round(self.total, self.places)
        self.headline = Headline(self.theme, 3.43, size=0.3)

    def percent_firing(self, bias: float) -> str:
        """Percent of the test images for which the neuron fires."""
        return f"{100 * facts.fires(self.sums, bias) / len(self.sums):.1f}"

    # --- sections ---
    def when(self) -> None:
        with self.section("when", sum=shown(self.total, self.places)):
            shown_sum = self.show_neuron()
            self.say()
            self.sum_arrives(shown_sum)
            self.say()
            self.play(FadeIn(self.threshold), run_time=0.6)
            self.light_up()

    def other_images(self) -> None:
        with self.section("other-images"):
            self.stand_images()
            self.say()
            dark: list[Any] = self.samples.pictures[: int((self.samples.sums <= 0).sum())]
            if dark:
                self.play(
                    *[picture.animate(rate_func=there_and_back).scale(1.07) for picture in dark],
                    run_time=1.0,
                )

    def bigger_than_ten(self) -> None:
        above = self.samples.sums[self.samples.sums > REACH]
        enough = [self.words("enough", more=shown(v, self.places)) for v in above[:1]]
        with self.section(
            "bigger-than-ten", sum=shown(self.total, self.places), enough="".join(enough)
        ):
            self.play(self.headline.write(self.words("ten")), run_time=0.9)
            reach, low = max(REACH, np.ceil(abs(self.bias))), (5.55, -1.75, 0)
            self.slider = BiasSlider(0, reach, low, 2.35, self.words("bias"), self.theme)
            self.play(FadeIn(self.slider), run_time=0.6)
            self.say()
            self.play(FadeIn(self.row.second, self.row.names[1:]), run_time=0.6)
            self.play(*self.turn(-REACH, 2.6))
            self.say()
            self.play(self.headline.write(self.words("rule")), run_time=0.9)

    def every_image(self) -> None:
        n = f"{len(self.sums):,}"
        with self.section("every-image", images=n, low=self.percent_firing(-REACH)):
            self.play(self.headline.write(self.words("thousand", images=n)), run_time=0.9)
            pile = self.pour(n)
            self.say()
            self.mark_example(pile)

    def turn_it(self) -> None:
        with self.section(
            "turn-it", tip=shown(self.tip, self.places), high=self.percent_firing(REACH)
        ):
            self.play(self.headline.write(self.words("turn")), run_time=0.9)
            self.play(*self.turn(self.tip, 3.0))
            self.say()
            self.play(Indicate(self.row.size_of_bias, 1.2, self.theme.bias), run_time=0.8)
            self.say()
            self.play(*self.turn(self.tip + 1, 1.2))
            self.say()
            self.play(*self.turn(REACH, 3.0))

    def learned(self) -> None:
        with self.section(
            "learned", bias=shown(self.bias, self.places), share=self.percent_firing(self.bias)
        ):
            mark = self.slider.mark(self.bias, self.words("learned"), self.theme)
            self.play(
                self.headline.write(self.words("chosen")),
                FadeIn(mark, shift=RIGHT * 0.1),
                run_time=0.9,
            )
            self.play(*self.turn(self.bias, 2.6))
            self.say()
            self.play(Indicate(self.fired.percent, 1.15, self.theme.attention), run_time=0.9)
            self.mark_poster()
            self.say()
            self.both()

    def both(self) -> None:
        """The weights, in place of the image; then the threshold, a little up and down."""
        weights = WeightImage(
            self.story.network.w[0][self.k].reshape(self.image.shape), self.theme, IMAGE
        ).move_to(IMAGE_AT)
        pixels, source = self.picture.copy(), self.source_label
        name = self.label(self.words("weights"), "muted", CAPTION).move_to(source)
        self.play(
            self.headline.write(self.words("both")),
            Transform(self.picture, weights),
            Succession(FadeOut(source), FadeIn(name)),
            run_time=1.2,
        )
        self.say()
        self.play(
            Transform(self.picture, pixels), Succession(FadeOut(name), FadeIn(source)), run_time=0.9
        )
        for there, run_time in ((1.5, 0.8), (-1.5, 1.2), (0, 0.8)):
            self.play(*self.turn(self.bias + there, run_time))
        self.wait(0.6)

    # --- pieces ---
    def show_neuron(self) -> OneSum:
        """The image, and the light that runs from its ink to one neuron."""
        self.make_row()
        one = OneSum(
            self.image,
            self.story.network.w[0][self.k],
            self.row.neuron.disc.scale(1.2),
            self.theme,
            self.source,
            self.words("neuron", neuron=self.k + 1),
        )
        self.play(
            FadeIn(one.picture, one.source),
            self.headline.write(self.words("question")),
            run_time=0.9,
        )
        self.play(FadeIn(one.neuron, one.title), run_time=0.5)
        self.bring_to_back(one.edges)
        if not self.theme.is_light:
            self.bring_to_back(one.picture)
        self.play(one.appear())
        self.play(one.flow())
        return one

    def make_row(self) -> None:
        """The equation, the axis of the sums and the threshold; nothing of it is drawn yet."""
        names = tuple(self.words(name) for name in ("sum", "bias", "z"))
        self.row = BiasRow(self.total, 0.0, self.f, self.places, names, ROW, self.theme)
        self.row.neuron.set_value(0)
        least = [-REACH - 1, REACH + 1, self.total, -self.bias]
        low, high = np.floor(min(*self.sums, *least)), np.ceil(max(*self.sums, *least))
        self.axis = Axis(low, high, *AXIS, self.theme, nice_step(high - low), role="text")
        self.axis_name = self.label(self.words("sum"), "muted", CAPTION)
        self.axis_name.next_to(self.axis.line, RIGHT, buff=0.15)
        self.threshold = Threshold(
            0.0, self.axis, HIGH, self.words("above"), self.places, (-6.4, 4.5), self.theme
        )

    def sum_arrives(self, one: OneSum) -> None:
        """The sum is written beside the neuron; then all makes room for the axis."""
        image, source, row = one.picture, one.source, self.row
        self.picture, self.source_label = image, source
        disc, home = row.neuron.disc, row.neuron.number.get_center()
        place = row.sum.get_center()
        row.sum.next_to(disc, UP, buff=0.35)
        row.names[0].save_state()
        row.names[0].next_to(row.sum, UP, buff=0.2)
        self.play(FadeIn(row.sum, row.names[0], shift=UP * 0.15), run_time=0.7)
        self.wait(0.8)
        self.play(FadeOut(one.edges, one.title, source), run_time=0.5)
        source.next_to(IMAGE_AT + UP * IMAGE / 2, UP, buff=0.14)
        source.set_x(max(IMAGE_AT[0], source.width / 2 - 6.45))
        self.play(
            image.animate.scale(IMAGE / 4.4).move_to(IMAGE_AT),
            disc.animate.scale(1 / 1.2).move_to(home),
            row.sum.animate.move_to(place),
            row.names[0].animate.restore(),
            run_time=1.2,
        )
        self.onto_axis()

    def onto_axis(self) -> None:
        """The axis appears; from the sum a ring goes to its place there."""
        frame = frames([IMAGE_AT], IMAGE / 2 + 0.05, self.theme)
        start = self.row.sum.get_bottom() + DOWN * 0.25
        self.ring = Neurons(np.zeros(1), start[None], self.theme, 0.12)
        self.ring.set_arrays(stroke=rgb(self.theme.attention), stroke_width=3)
        self.play(FadeIn(self.axis, self.axis_name), run_time=0.7)
        self.play(FadeIn(frame, self.source_label, self.ring), run_time=0.4)
        self.play(self.ring.animate.move_to(self.axis.at(self.total) + UP * 0.22), run_time=1.0)

    def light_up(self) -> None:
        """The neuron lights up, and its number is written in it; its dot does the same."""
        lit, neuron = float(self.f(self.total)), self.row.neuron
        neuron.number.set_opacity(0)
        self.add(neuron)

        def fill(_: Mobject, t: float) -> None:
            neuron.set_value(t * lit)
            neuron.number.set_opacity(t)

        dot = UpdateFromAlphaFunc(
            self.ring, lambda _, t: self.ring.set_activations(np.array([t * lit]))
        )
        self.play(UpdateFromAlphaFunc(neuron, fill), dot)

    def stand_images(self) -> None:
        """The example and some other images come to stand on the axis, each at its sum."""
        x = self.axis.at(self.sums)[:, 0]
        taken, *free = (float(self.axis.at(v)[0]) for v in (self.total, 0, REACH))
        chosen = standing_room(x, taken, (free[0], free[1]), STANDS)
        self.samples = ImagesAtSums(
            (self.image, self.total),
            self.story.digits.images,
            self.sums,
            chosen,
            self.axis,
            self.places,
            self.theme,
        )
        self.samples.set_activations(self.f(self.samples.sums + self.row.bias))
        self.play(self.samples.arrive(2.8))
        self.add(self.samples, self.ring)

    def set_bias(self, bias: float) -> None:
        """Everything that depends on the bias."""
        self.row.set_bias(bias)
        self.slider.set_value(bias)
        self.threshold.set_value(-bias)
        self.ring.set_activations(self.f([self.total + bias]))
        if self.pile is None:
            self.samples.set_activations(self.f(self.samples.sums + bias))
        else:
            self.ring.set_arrays(halo=0.0)
            self.pile.set_activations(self.f(self.pile.sums + bias))
            self.fired.set_bias(bias)

    def turn(self, bias: float, run_time: float) -> list[Animation]:
        """The bias goes to another value, in steps that can be read; then it is exact."""
        before, places = self.row.bias, self.places

        def step(_: Mobject, alpha: float) -> None:
            now = before + (bias - before) * alpha
            self.set_bias(round(now, places) if alpha < 1 else bias)

        moving: list[Mobject] = [self.threshold, self.slider, self.row, self.ring]
        moving = [self.samples, *moving] if self.pile is None else [self.pile, *moving, self.fired]
        # one takes the step for all; a group of them would come to lie above everything else
        return [
            UpdateFromAlphaFunc(
                m,
                step if m is moving[0] else lambda m, t: None,
                run_time=run_time,
                rate_func=smooth,
            )
            for m in moving
        ]

    def pour(self, images: str) -> DotPile:
        """The images become dots; from the neuron, a dot for every other image goes to its sum."""
        samples, bias = self.samples, self.row.bias
        words = VGroup(self.threshold.words, self.threshold.number)
        self.play(
            *samples.shrink(), FadeOut(samples.numbers), words.animate.set_opacity(0), run_time=1.0
        )  # the dots fall where the words are
        self.pile = pile = DotPile(self.sums, self.axis, self.theme, HIGH - 0.15)
        pile.set_activations(self.f(self.sums + bias))
        self.remove(samples, samples.dots, *samples.pictures)
        self.bring_to_back(pile)
        self.play(pile.fall_from(self.row.neuron.get_center(), *samples.known(self.index), 4.0))
        half = "0" if float(self.f(0)) == 0 else "0.5"
        self.fired = FiredCount(
            self.sums,
            bias,
            self.words("of", images=images, half=half),
            np.array([6.45, 1.45, 0]),
            self.theme,
        )
        self.play(FadeIn(self.fired), words.animate.set_opacity(1), run_time=0.6)
        return pile

    def mark_example(self, pile: DotPile) -> None:
        """The ring goes to the example's dot; one that is not of the test set lies on top."""
        if self.index is None:
            place = pile.on_top(self.axis.at(self.total))
        else:
            place = pile.centres()[self.index]
        around = self.ring.copy().place(place[None], np.full((1, 2), 0.11))
        casing = Neurons(np.zeros(1), self.ring.centres(), self.theme, 0.16)
        casing.set_arrays(fill=rgb(self.theme.background), stroke_alpha=0.0)
        self.add(casing, self.ring)
        self.play(Transform(self.ring, around), casing.animate.move_to(place), run_time=1.0)
        self.play(Indicate(self.ring, 1.6, self.theme.attention), run_time=0.8)
