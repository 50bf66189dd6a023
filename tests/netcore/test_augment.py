"""Deformed training images: seeded, gentle, and still the same digit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from netglow.netcore.augment import deformations, deformed, resampling
from netglow.netcore.recipe import Augmentation

SHAPE = (28, 28)
NONE = Augmentation(rotation=0, shift=0, scale=0, shear=0, elastic=0)


@pytest.fixture(scope="module")
def rows(digits):
    return digits[0].images[:200].reshape(200, -1).astype(np.float32)


def only(**amount: float) -> Augmentation:
    return Augmentation(
        **{"rotation": 0, "shift": 0, "scale": 0, "shear": 0, "elastic": 0} | amount
    )


def test_no_deformation_leaves_every_image_as_it_is(rows, rng):
    np.testing.assert_array_equal(deformed(rows, SHAPE, NONE, rng), rows)


def test_same_generator_same_images_and_each_epoch_afresh(rows):
    how, rng = Augmentation(), np.random.default_rng(4)
    first, second = (deformed(rows, SHAPE, how, rng) for _ in range(2))
    np.testing.assert_array_equal(first, deformed(rows, SHAPE, how, np.random.default_rng(4)))
    assert np.abs(first - second).mean() > 0.01
    assert first.dtype == np.float32 and first.shape == rows.shape


def test_ink_stays_inside_and_the_images_stay_digits(rows, rng, default_model, digits):
    from netglow.netcore.network import forward_batch

    images = deformed(rows, SHAPE, Augmentation(), rng)
    assert images.min() >= 0 and images.max() <= 1 + 1e-6
    share = images.sum(axis=1) / rows.sum(axis=1)
    assert 0.97 < share.mean() < 1.03 and (share > 0.7).all() and (share < 1.4).all()
    # Ink pushed off the edge would be missing; the rim of the image stays all but empty.
    rim = np.ones(SHAPE, dtype=bool)
    rim[1:-1, 1:-1] = False
    assert images.reshape(-1, *SHAPE)[:, rim].sum() < 0.01 * images.sum()
    answers = forward_batch(default_model.network, np.clip(images, 0, 1)).predictions
    assert (answers == digits[0].labels[:200]).mean() > 0.9
    assert np.abs(images - rows).mean() > 0.02  # and yet they are changed


def test_amounts_are_bounds(rng):
    middle = np.zeros(SHAPE)
    middle[9:19, 9:19] = 1
    rows = np.tile(middle.ravel().astype(np.float32), (64, 1))
    for group, amount in ((1, 3.0), (4, 1.0)):
        moved = deformed(rows, SHAPE, Augmentation(0, amount, 0, 0, 0, group=group), rng)
        centres = np.array([ndimage.center_of_mass(m.reshape(SHAPE)) for m in moved]) - 13.5
        assert amount / 2 < np.abs(centres).max() <= amount + 1e-4
        assert len(np.unique(centres.round(4), axis=0)) == 64 // group
    for amount, bound in (({"scale": 0.2}, (0.8, 1.2)), ({"scale": 0.0}, (1, 1))):
        grown = deformed(rows, SHAPE, only(**amount), rng).sum(axis=1) / 100
        assert grown.min() >= bound[0] ** 2 - 0.02 and grown.max() <= bound[1] ** 2 + 0.02
    source = deformations(500, SHAPE, only(rotation=10), rng)
    top = source[:, :, 0, 13] - source[:, :, 27, 13]  # where a vertical line comes from
    angles = np.degrees(np.arctan2(top[:, 1], -top[:, 0]))
    assert 9 < np.abs(angles).max() <= 10.001


def test_resampling_is_bilinear_as_in_scipy(rng):
    source = deformations(3, SHAPE, Augmentation(), rng)
    image = rng.random(SHAPE)  # ink up to the edge: nothing beyond it counts
    for where, matrix in zip(source, resampling(source), strict=True):
        expected = ndimage.map_coordinates(image, where, order=1, mode="grid-constant")
        np.testing.assert_allclose((matrix @ image.ravel()).reshape(SHAPE), expected, atol=1e-5)
