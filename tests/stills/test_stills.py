"""The poster of every clip looks as it did when somebody last looked at it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import shift

from netglow.netcore.digits import ASSETS
from tests.stills.compare import difference, small
from tests.stills.stills import STILLS, choices_of, reference

# Another version of Cairo, another size before shrinking or a shift by a third of a pixel change
# at most 16 shades after the blur; another 3, the smallest change that matters, changes 120.
TOLERANCE = 30
SHOWN = "ForwardPass"


@pytest.mark.parametrize("clip, theme", STILLS, ids=lambda value: value)
def test_the_poster_looks_as_it_did(play, tmp_path, clip, theme):
    path = reference(clip, theme)
    renew = f"python -m tests.stills.update {clip}"
    assert path.exists(), f"{path.name} is not there yet; look at the poster, then: {renew}"
    fresh = small(play(clip, **choices_of(theme)).poster_frame)
    fresh.save(tmp_path / "fresh.png")
    assert difference(Image.open(path), fresh) < TOLERANCE, (
        f"{path.name} differs from {tmp_path / 'fresh.png'}; if that is meant: {renew}"
    )


def test_references_are_small_and_none_is_left_over():
    files = sorted(reference(SHOWN, "dark").parent.glob("*.png"))
    assert all(path.stat().st_size < 24_000 for path in files)
    assert {path.name for path in files} <= {reference(*still).name for still in STILLS}


# --- the tolerance ---
@pytest.fixture(scope="module")
def frame(play) -> np.ndarray:
    return play(SHOWN).poster_frame[..., :3]


@pytest.fixture
def kept() -> Image.Image:
    return Image.open(reference(SHOWN, "dark"))


def test_other_anti_aliasing_is_tolerated(frame, kept):
    shifted = shift(frame.astype(float), (0.3, 0.3, 0), order=1, mode="nearest")
    assert difference(kept, small(np.uint8(shifted))) < TOLERANCE


def test_other_gamma_and_noise_are_tolerated(frame, kept):
    noise = np.random.default_rng(0).normal(0, 4, frame.shape)
    other = 255 * (frame / 255) ** 1.02 + noise
    assert difference(kept, small(np.uint8(np.clip(other, 0, 255)))) < TOLERANCE


@pytest.mark.parametrize(
    "choices",
    [
        {"digit": 7},
        {"theme": "light"},
        {"model": ASSETS / "models" / "relu.safetensors", "digit": 8},
    ],
    ids=["digit", "theme", "model"],
)
def test_another_picture_is_not_tolerated(play, kept, choices):
    assert difference(kept, small(play(SHOWN, **choices).poster_frame)) > 2 * TOLERANCE


def test_a_neuron_that_stays_dark_is_not_tolerated(play, frame, kept):
    scene = play(SHOWN)
    height, width = frame.shape[:2]
    scale = height / 8
    x, y = scene.diagram.layers[-1].centres()[scene.told.trace.predicted, :2]
    row, column, reach = round(height / 2 - scale * y), round(width / 2 + scale * x), 5
    changed = frame.copy()
    changed[row - reach : row + reach, column - reach : column + reach] = frame[0, 0]
    assert difference(kept, small(changed)) > 2 * TOLERANCE
