"""What a scene is about: model, image, its trace, theme and words."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from netglow.netcore.digits import Digits, load_digits, prepare_drawing
from netglow.netcore.model import DEFAULT_MODEL, Model, ModelError, load_model
from netglow.netcore.network import Network, Trace, forward
from netglow.netcore.study import facts
from netglow.netcore.study.evaluation import Evaluation, evaluate
from netglow.scenes.stage.captions import languages
from netglow.scenes.stage.theme import THEMES, Theme

DEFAULT_DIGIT = 3


@dataclass(frozen=True)
class Story:
    """Everything a scene may show; all numbers on screen come from here.

    ``index`` is the image's place in the test set and ``label`` its true digit; both are None
    for an own image, whose true digit nobody knows. ``drawing`` is the own image as given
    (grey 0..1), before it was brought to the form of the data set. ``is_chosen`` says whether
    somebody asked for this image; else a chapter may show another that suits it better.
    """

    model: Model
    digits: Digits
    image: np.ndarray
    trace: Trace
    source: str
    label: int | None
    index: int | None
    theme: Theme
    language: str
    drawing: np.ndarray | None = None
    is_chosen: bool = False

    @property
    def network(self) -> Network:
        return self.model.network

    @property
    def evaluation(self) -> Evaluation:
        """What the network answers to all test images: one pass, kept."""
        return evaluate(self.network, self.digits)

    @property
    def training(self) -> Digits:
        """The images that the project's own networks learn from."""
        return load_digits()[0]

    def example(self, digit: int) -> int:
        """Place in the test set of a digit the network reads, as confidently as it can."""
        return _example(self.network, self.digits, digit)

    def at(self, index: int) -> Story:
        """The same story about another test image."""
        pixels = self.digits.images[index]
        return replace(
            self,
            image=pixels,
            trace=forward(self.network, pixels),
            source=f"test image {index}",
            label=int(self.digits.labels[index]),
            index=index,
            drawing=None,
        )

    @classmethod
    def choose(
        cls,
        model: str | Path | None = None,
        digit: int | None = None,
        index: int | None = None,
        image: str | Path | None = None,
        theme: str = "dark",
        lang: str = "en",
    ) -> Story:
        """Gather a story from what a user names; at most one of digit, index and image.

        Without any, the first test image of a 3 that the network reads with confidence.
        Errors (ValueError, LookupError, OSError) carry one line that says what to do.
        """
        if sum(choice is not None for choice in (digit, index, image)) > 1:
            raise ValueError("choose one of digit, index and image, not several")
        is_chosen = (digit, index, image) != (None, None, None)
        if theme not in THEMES:
            raise ValueError(f"theme {theme!r} is not known; choose one of: {', '.join(THEMES)}")
        if lang not in languages():
            known = ", ".join(languages())
            raise ValueError(f"language {lang!r} is not there; choose one of: {known}")
        loaded = load_model(model)
        _, test = load_digits()
        _check_fits(loaded.network, test, model or DEFAULT_MODEL)
        if image is not None:
            drawing = prepare_drawing(image)
            pixels, label, place, source = drawing.after, None, None, Path(image).name
            before = drawing.before
        else:
            place = cls._place(loaded.network, test, digit, index)
            pixels, label, before = test.images[place], int(test.labels[place]), None
            source = f"test image {place}"
        return cls(
            loaded,
            test,
            pixels,
            forward(loaded.network, pixels),
            source,
            label,
            place,
            THEMES[theme],
            lang,
            before,
            is_chosen,
        )

    @staticmethod
    def _place(network: Network, test: Digits, digit: int | None, index: int | None) -> int:
        if index is not None:
            if not 0 <= index < len(test):
                raise ValueError(
                    f"index {index} is outside the {len(test)} test images (0 to {len(test) - 1})"
                )
            return index
        if digit is not None and not 0 <= digit <= 9:
            raise ValueError(f"digit {digit} is not one of 0 to 9")
        return _example(network, test, DEFAULT_DIGIT if digit is None else digit)

    @classmethod
    def from_environment(cls) -> Story:
        """The story named by NETGLOW_MODEL, _DIGIT, _INDEX, _IMAGE, _THEME and _LANG."""
        values = {
            key: os.environ.get(f"NETGLOW_{key.upper()}") or None
            for key in ("model", "digit", "index", "image", "theme", "lang")
        }
        for key in ("digit", "index"):
            if values[key] is not None:
                try:
                    values[key] = int(values[key])  # type: ignore[assignment, arg-type]
                except ValueError:
                    name = f"NETGLOW_{key.upper()}"
                    raise ValueError(
                        f"{name} must be a whole number, not {values[key]!r}"
                    ) from None
        return cls.choose(**{k: v for k, v in values.items() if v is not None})  # type: ignore[arg-type]


def _check_fits(network: Network, test: Digits, path: str | Path) -> None:
    """Raise ModelError with one line for a network that reads other images than these."""
    shape, classes = test.images.shape[1:], 10
    if network.image_shape != shape or len(network.class_names) != classes:
        wanted, found = (" x ".join(map(str, sides)) for sides in (shape, network.image_shape))
        raise ModelError(
            f"{path}: expected a network for the digits that clips show, {wanted} pixels and "
            f"{classes} classes, found one for {found} and {len(network.class_names)}; "
            "netglow model describes it"
        )


def _example(network: Network, test: Digits, digit: int) -> int:
    """First test image of a digit read with confidence; a weak network still gets one."""
    for at_least in (0.9, 0.5, 0.0):
        try:
            return facts.first_confident(network, test, digit, at_least)
        except LookupError:
            continue
    return int(np.flatnonzero(test.labels == digit)[0])
