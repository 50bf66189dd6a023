"""The film's ending: which network this was, and how to make the film with another one."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import numpy as np
from manim import DOWN, UP, FadeIn, Group, LaggedStart

from netglow.netcore.study import facts
from netglow.scenes.cards.card import Card
from netglow.scenes.cards.fact_card import FactCard
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.weight_wall import WeightWall, hang
from netglow.scenes.parts.text.baseline import stand
from netglow.scenes.stage.text import CAPTION, HEADING
from netglow.scenes.stage.theme import robust_scale

COMMANDS = ("netglow train -o my.safetensors", "netglow film --model my.safetensors")
CORNER, WIDTH = np.array([-6.5, 2.75, 0]), 8.3  # of the panel of facts
SIDE_X, SIDE = 4.2, 2.75  # middle of the pictures beside it, width of the weights
LONGEST = 40  # characters of what a file says of itself
SIZES = 7  # a network with more layers is shown without those in the middle


class EndingCard(Card):
    """The facts of the network, the film's image and all weight images of the first layer."""

    def construct(self) -> None:
        heading = stand(self.label(self.words("heading"), size=HEADING, bold=True), 3.2)
        self.card = FactCard(
            [(self.words(name), fact) for name, fact in self.record().items()],
            self.words("hint"),
            COMMANDS,
            self.theme,
            CORNER,
            WIDTH,
        )
        pictures = self.pictures()
        with self.section("ending"):
            self.play(LaggedStart(*self.leave(0.6), FadeIn(heading, run_time=0.5), lag_ratio=0.6))
            self.play(FadeIn(self.card, shift=UP * 0.1), run_time=0.7)
            self.play(LaggedStart(*map(FadeIn, pictures), lag_ratio=0.4), run_time=1.2)
            self.mark_poster()
            self.say()
        self.wait(1.2)

    def record(self) -> dict[str, str]:
        """Everything that is needed to make this film again, or to doubt it."""
        story, meta = self.story, self.story.model.meta
        network, unknown = story.network, self.words("unknown")
        accuracy = facts.accuracy(network, story.digits)
        return {
            "model": self.words(
                "sizes",
                sizes=sizes_of(network.sizes),
                functions=", ".join(dict.fromkeys(network.activations)),
            ),
            "digest": story.model.digest[:16],
            "data": str(meta.get("data", unknown))[:LONGEST],
            "checksum": str(meta.get("data_checksum", unknown))[:16],
            "seed": str(meta.get("seed", unknown))[:LONGEST],
            "accuracy": self.words(
                "right", percent=f"{100 * accuracy:.1f}", digits=f"{len(story.digits):,}"
            ),
            "image": story.source[-LONGEST:],
            "made_with": f"Netglow {netglow_version()}".strip(),
        }

    def pictures(self) -> Group:
        """The image and how it is read, and below it the weights of the first layer."""
        network = self.story.network
        answer = self.words("answer", answer=network.class_names[self.story.trace.predicted])
        image = PixelImage(self.story.image, self.theme, 1.75)
        weights = network.w[0].reshape(-1, *network.image_shape)
        places, size = hang(len(weights), SIDE, SIDE, 1.08, 1.08)
        wall = WeightWall(weights, self.theme, places, size, robust_scale(weights))
        names = [self.label(text, "muted", CAPTION) for text in (answer, self.words("learned"))]
        pairs = [
            Group(picture, name).arrange(DOWN, buff=0.18)
            for picture, name in zip((image, wall), names, strict=True)
        ]
        return Group(*pairs).arrange(DOWN, buff=0.3).move_to((SIDE_X, self.card.get_center()[1], 0))


def sizes_of(sizes: tuple[int, ...]) -> str:
    """The layers' sizes in a row."""
    texts = [str(size) for size in sizes]
    if len(texts) > SIZES:
        texts = [*texts[: SIZES // 2 + 1], "…", *texts[-SIZES // 2 + 1 :]]
    return "\N{EN DASH}".join(texts)


def netglow_version() -> str:
    """Of the package, if it is installed."""
    try:
        return version("netglow")
    except PackageNotFoundError:
        return ""
