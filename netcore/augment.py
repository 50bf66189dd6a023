"""Small random deformations, so that 9,000 digits look like many more.

A deformation says for each new pixel where in the old image it comes from; bilinear
interpolation makes that a sparse 784 x 784 matrix with four entries a row. A group of images
shares one matrix, so a whole epoch costs a few hundred sparse products.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, sparse

from netglow.netcore.recipe import Augmentation


def deformations(
    count: int, shape: tuple[int, int], how: Augmentation, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Where each new pixel comes from: (count, 2, rows, columns), in (row, column) pixels."""
    rows, columns = shape
    centre = np.array([(rows - 1) / 2, (columns - 1) / 2])[:, None]
    grid = np.indices(shape).reshape(2, -1) - centre

    angle = np.radians(rng.uniform(-how.rotation, how.rotation, count))
    scale = 1 + rng.uniform(-how.scale, how.scale, (2, count))
    shear = rng.uniform(-how.shear, how.shear, count)
    shift = rng.uniform(-how.shift, how.shift, (count, 2, 1))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    lean = np.array([[np.ones(count), np.zeros(count)], [shear, np.ones(count)]])
    matrix = np.einsum("ijn,jkn,kn->nik", turn, lean, 1 / scale)
    source = (matrix @ grid + centre + shift).reshape(count, 2, rows, columns)

    if how.elastic:
        # Simard et al. (2003): a random field, smoothed until it bends strokes, not pixels.
        field = rng.standard_normal((count, 2, rows, columns), dtype=np.float32)
        field = ndimage.gaussian_filter(field, (0, 0, how.smooth, how.smooth), mode="constant")
        source += field * (how.elastic / field.std())
    return np.asarray(source.astype(np.float32))


def resampling(source: NDArray[np.float32]) -> list[sparse.csr_array]:
    """One bilinear resampling matrix (pixels, pixels) for each deformation."""
    rows, columns = source.shape[2:]
    pixels = rows * columns
    source = source.reshape(len(source), 2, pixels)
    corner = np.floor(source).astype(np.int32)
    part = source - corner
    index = np.empty((len(source), pixels, 4), dtype=np.int32)
    share = np.empty((len(source), pixels, 4), dtype=np.float32)
    for k, (down, right) in enumerate(((0, 0), (0, 1), (1, 0), (1, 1))):
        r, c = corner[:, 0] + down, corner[:, 1] + right
        weight = np.abs(1 - down - part[:, 0]) * np.abs(1 - right - part[:, 1])
        outside = (r < 0) | (r >= rows) | (c < 0) | (c >= columns)
        share[..., k] = np.where(outside, 0, weight)
        index[..., k] = np.where(outside, 0, r * columns + c)
    starts = np.arange(0, 4 * pixels + 1, 4, dtype=np.int32)
    return [
        sparse.csr_array((s.ravel(), i.ravel(), starts), shape=(pixels, pixels))
        for s, i in zip(share, index, strict=True)
    ]


def deformed(
    rows: NDArray[np.float32], shape: tuple[int, int], how: Augmentation, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Every image, (n, pixels), deformed afresh; images in random groups share a deformation."""
    order = rng.permutation(len(rows))
    groups = np.array_split(order, -(-len(rows) // how.group))
    out = np.empty_like(rows)
    matrices = resampling(deformations(len(groups), shape, how, rng))
    for group, matrix in zip(groups, matrices, strict=True):
        out[group] = (matrix @ rows[group].T).T
    return out
