"""The model file: what goes in comes out, and every fault is one clear line."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from netglow.netcore.digits import ASSETS
from netglow.netcore.model import (
    DEFAULT_MODEL,
    RELU_MODEL,
    Checkpoint,
    Model,
    ModelError,
    load_model,
    save_model,
)
from netglow.netcore.network import Network, forward_batch
from netglow.netcore.study.facts import accuracy


@pytest.fixture
def model(rng) -> Model:
    """A small model with everything a file can hold, its numbers exact in float32."""

    def network() -> Network:
        w = [rng.normal(size=shape).astype(np.float32) for shape in ((3, 6), (2, 3))]
        b = [rng.normal(size=n).astype(np.float32) for n in (3, 2)]
        return Network(w, b, ("relu", "sigmoid"), (2, 3), ("no", "yes"))

    last = network()
    checkpoints = (Checkpoint(0, network()), Checkpoint(1, network()), Checkpoint(3, last))
    history = {
        "cost": [3, 2.5, 2],
        "train_accuracy": [0.25, 0.5, 0.75],
        "test_accuracy": [0.125, 0.25, 0.5],
    }
    meta = {
        "data": "coins",
        "data_checksum": "ab12",
        "seed": 7,
        "recipe": {"lr": 0.1},
        "accuracy": 0.5,
        "accuracy_sample": 8,
        "note": "gr\u00fc\u00df",
    }
    return Model(last, checkpoints, history, meta)


def same_numbers(a: Network, b: Network) -> bool:
    return all(np.array_equal(x, y) for x, y in zip(a.w + a.b, b.w + b.b, strict=True))


# ---- whole files


def test_what_goes_in_comes_out(model, tmp_path):
    save_model(tmp_path / "coins.safetensors", model)
    back = load_model(str(tmp_path / "coins.safetensors"))
    assert same_numbers(back.network, model.network)
    for name in ("activations", "image_shape", "class_names", "sizes"):
        assert getattr(back.network, name) == getattr(model.network, name)
    assert [c.epoch for c in back.checkpoints] == [0, 1, 3]
    for c, d in zip(back.checkpoints, model.checkpoints, strict=True):
        assert same_numbers(c.network, d.network)
    assert {k: v.tolist() for k, v in back.history.items()} == {
        k: v.tolist() for k, v in model.history.items()
    }
    assert back.meta == model.meta
    assert back.digest == model.digest
    assert back.accuracy == 0.5 and back.accuracy_sample == 8


def test_a_bare_network_is_enough(model, tmp_path):
    save_model(tmp_path / "bare", Model(model.network))
    back = load_model(tmp_path / "bare")
    assert same_numbers(back.network, model.network)
    assert back.checkpoints == () and back.meta == {}
    assert all(len(curve) == 0 for curve in back.history.values())
    assert np.isnan(back.accuracy) and back.accuracy_sample == 0


def test_same_model_same_bytes_again_and_again(model, tmp_path):
    save_model(tmp_path / "one", model)
    for _ in range(5):  # the library alone would order the metadata at random
        save_model(tmp_path / "again", load_model(tmp_path / "one"))
        assert (tmp_path / "again").read_bytes() == (tmp_path / "one").read_bytes()


def test_any_safetensors_reader_opens_the_file(model, tmp_path):
    save_model(tmp_path / "coins", model)
    with safe_open(tmp_path / "coins", "numpy") as file:
        np.testing.assert_array_equal(file.get_tensor("w.0"), model.network.w[0])
        assert file.get_tensor("checkpoint.w.1").shape == (3, 2, 3)
        assert json.loads(file.metadata()["class_names"]) == ["no", "yes"]


def test_digest_marks_numbers_and_provenance_and_nothing_else(model):
    def digest(**change) -> str:
        return dataclasses.replace(model, **change).digest

    network = model.network
    nudged = network.w[0].copy()
    nudged[0, 0] += 1e-6
    others = [
        digest(network=dataclasses.replace(network, w=(nudged, network.w[1]))),
        digest(network=dataclasses.replace(network, activations=("sigmoid", "sigmoid"))),
        digest(network=dataclasses.replace(network, class_names=("yes", "no"))),
        digest(network=dataclasses.replace(network, image_shape=(3, 2))),
        digest(checkpoints=model.checkpoints[1:]),
        digest(history=model.history | {"cost": [3, 2.5, 1]}),
        digest(meta=model.meta | {"seed": 8}),
        digest(meta=model.meta | {"accuracy": 0.75}),
        digest(meta=model.meta | {"data": "notes"}),
    ]
    assert len({model.digest, *others}) == len(others) + 1
    assert digest(meta=model.meta | {"note": "other"}) == model.digest


def test_model_cannot_be_changed(model):
    with pytest.raises(dataclasses.FrozenInstanceError):
        model.network = None
    with pytest.raises(ValueError, match="read-only"):
        model.history["cost"][0] = 0


# ---- writing


def test_failed_write_leaves_the_old_file_and_nothing_else(model, tmp_path, monkeypatch):
    path = tmp_path / "coins"
    save_model(path, model)
    old = path.read_bytes()
    other = dataclasses.replace(model, meta={"seed": 99})

    def full(*_):
        raise OSError(28, "No space left on device")

    for broken in ("fsync", "replace", "chmod"):
        with monkeypatch.context() as patch:
            patch.setattr(os, broken, full)
            with pytest.raises(OSError, match="No space"):
                save_model(path, other)
        assert path.read_bytes() == old
        assert os.listdir(tmp_path) == ["coins"]

    with monkeypatch.context() as patch:  # Ctrl-C in the middle of it, too

        def interrupt(*_):
            raise KeyboardInterrupt

        patch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            save_model(path, other)
    assert path.read_bytes() == old and os.listdir(tmp_path) == ["coins"]

    save_model(path, other)
    assert load_model(path).meta["seed"] == 99 and os.listdir(tmp_path) == ["coins"]


def test_file_is_complete_before_it_gets_its_name(model, tmp_path, monkeypatch):
    path, seen = tmp_path / "coins", []
    replace = os.replace

    def watch(source, target):
        assert not path.exists()
        seen.append(load_model(source).digest)
        replace(source, target)

    monkeypatch.setattr(os, "replace", watch)
    save_model(path, model)
    assert seen == [model.digest]


def test_others_may_read_the_file_as_the_umask_says(model, tmp_path):
    before = os.umask(0o022)
    try:
        save_model(tmp_path / "coins", model)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "coins").stat().st_mode) == 0o644


def test_folder_that_is_not_there_is_an_oserror(model, tmp_path):
    with pytest.raises(OSError):
        save_model(tmp_path / "none" / "coins", model)


# ---- damage


def refused(path: Path) -> str:
    """What is said of the file: one line that names it."""
    with pytest.raises(ModelError) as error:
        load_model(path)
    said = str(error.value)
    assert said.startswith(f"{path}: ") and "\n" not in said and len(said) < 400
    return said


def drop(key: str) -> Callable:
    return lambda tensors, meta: tensors.pop(key)


def put(key: str, change: Callable) -> Callable:
    return lambda tensors, meta: tensors.update({key: change(tensors[key])})


def say(key: str, text: str | None) -> Callable:
    """Metadata ``key`` as raw text; None takes it away."""
    return lambda tensors, meta: meta.pop(key) if text is None else meta.update({key: text})


def poison(value: float) -> Callable:
    def change(tensor: np.ndarray) -> np.ndarray:
        tensor = tensor.copy()
        tensor.flat[0] = value
        return tensor

    return change


DAMAGE = {
    "weights missing": (drop("w.1"), "expected a tensor 'w.1', found none"),
    "biases missing": (drop("b.0"), "expected a tensor 'b.0'"),
    "checkpoint weights missing": (drop("checkpoint.w.0"), "'checkpoint.w.0'"),
    "checkpoint epochs missing": (drop("checkpoint.epoch"), "'checkpoint.epoch'"),
    "history missing": (drop("history.cost"), "'history.cost'"),
    "weights transposed": (put("w.0", np.transpose), "w.0 of shape (3, 6), found (6, 3)"),
    "weights flat": (put("w.0", np.ravel), "w.0 of shape (3, 6), found (18,)"),
    "a bias too many": (put("b.1", lambda b: np.zeros(3, b.dtype)), "b.1 of shape (2,)"),
    "NaN": (put("w.1", poison(np.nan)), "finite numbers in w.1, found NaN or infinity"),
    "infinity in a checkpoint": (put("checkpoint.b.1", poison(np.inf)), "in checkpoint.b.1"),
    "whole numbers": (put("w.0", lambda w: w.astype(np.int32)), "w.0 as float, found int32"),
    "epochs as float": (put("checkpoint.epoch", np.float32), "checkpoint.epoch as integer"),
    "epochs out of order": (put("checkpoint.epoch", lambda e: e[::-1].copy()), "that rise"),
    "a checkpoint too few": (put("checkpoint.w.0", lambda w: w[1:].copy()), "of shape (3, 3, 6)"),
    "curves of two lengths": (put("history.cost", lambda h: h[1:].copy()), "one length"),
    "no metadata": (lambda tensors, meta: meta.clear(), "without Netglow's metadata"),
    "no format": (say("format", None), "without Netglow's metadata"),
    "later format": (say("format", "2"), "expected format 1, found 2"),
    "metadata not JSON": (say("sizes", "[6, 3"), "JSON in metadata 'sizes'"),
    "sizes missing": (say("sizes", None), "metadata 'sizes'"),
    "sizes of other weights": (say("sizes", "[6, 4, 2]"), "w.0 of shape (4, 6)"),
    "sizes of one layer": (say("sizes", "[6]"), "two or more layers"),
    "sizes as text": (say("sizes", '"6"'), "two or more layers"),
    "sizes below zero": (say("sizes", "[6, -3, 2]"), "two or more layers"),
    "activations missing": (say("activations", None), "metadata 'activations'"),
    "an activation too few": (say("activations", '["relu"]'), "names of 2 activations"),
    "unknown activation": (say("activations", '["swish", "sigmoid"]'), "'swish'"),
    "activation not a name": (say("activations", '[["relu"], "sigmoid"]'), "names of 2 activ"),
    "a class name too many": (say("class_names", '["a", "b", "c"]'), "2 class names, found 3"),
    "class names as numbers": (say("class_names", "[0, 1]"), "a list of class names"),
    "class names as one text": (say("class_names", '"ab"'), "a list of class names"),
    "another image shape": (say("image_shape", "[2, 4]"), "w[0] must have shape (out, 8)"),
    "image shape of one side": (say("image_shape", "[6]"), "image_shape of (rows, columns)"),
    "another input scale": (say("input_scale", '"0..255"'), "input_scale '0..1, 1 = ink'"),
    "accuracy as text": (say("accuracy", '"good"'), "accuracy as a number, found good"),
    "sample not whole": (say("accuracy_sample", "7.5"), "as a whole number, found 7.5"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_each_fault_is_said_in_one_line(name, model, tmp_path):
    damage, said = DAMAGE[name]
    path = tmp_path / "coins.safetensors"
    save_model(path, model)
    with safe_open(path, "numpy") as file:
        tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
        meta = file.metadata()
    damage(tensors, meta)
    save_file({key: np.ascontiguousarray(value) for key, value in tensors.items()}, path, meta)
    assert said in refused(path)


def test_file_that_is_not_there_tells_how_to_make_one(tmp_path):
    assert "netglow train" in refused(tmp_path / "none.safetensors")


def test_folder_and_files_of_other_kinds(tmp_path):
    refused(tmp_path)
    for content in (b"", b"\0", b"hello " * 50):
        (tmp_path / "other").write_bytes(content)
        assert "expected a .safetensors model" in refused(tmp_path / "other")
    (tmp_path / "other").write_bytes((ASSETS / "digits.npz").read_bytes()[:9000])
    assert "damaged" in refused(tmp_path / "other")
    save_file({"w.0": np.zeros((3, 6), np.int8)}, tmp_path / "other")
    assert "without Netglow's metadata" in refused(tmp_path / "other")


def test_cut_off_anywhere(model, tmp_path, rng):
    save_model(tmp_path / "whole", model)
    whole, path = (tmp_path / "whole").read_bytes(), tmp_path / "cut"
    for length in rng.integers(0, len(whole), 40):
        path.write_bytes(whole[:length])
        assert "only a part" in refused(path)
    path.write_bytes(whole + b"\0")
    refused(path)


def test_damaged_bytes_are_never_another_error(model, tmp_path, rng):
    """In the header any change is refused or harmless; it never ends in a traceback."""
    save_model(tmp_path / "whole", model)
    whole, path = (tmp_path / "whole").read_bytes(), tmp_path / "damaged"
    header = int.from_bytes(whole[:8], "little")
    caught = 0
    for _ in range(300):
        blob = bytearray(whole)
        blob[rng.integers(8 + header)] = rng.integers(256)
        path.write_bytes(blob)
        try:
            load_model(path)
        except ModelError as error:
            caught += 1
            assert str(error).startswith(f"{path}: ") and "\n" not in str(error)
    assert caught > 150


# ---- the two that come with Netglow


def test_shipped_models_are_as_good_as_they_say(shipped, unseen):
    found = accuracy(shipped.network, unseen)
    assert found == shipped.accuracy >= 0.954
    assert shipped.accuracy_sample == len(unseen) == 1000
    assert shipped.history["test_accuracy"][-1] == pytest.approx(found, abs=1e-6)


def test_shipped_models_know_where_they_come_from(shipped, unseen):
    assert shipped.meta["data_checksum"] == unseen.checksum
    assert shipped.meta["data"] == "digits training"
    assert shipped.network.sizes == (784, 16, 16, 10)
    assert shipped.network.class_names == tuple("0123456789")
    assert 10 <= len(shipped.checkpoints) <= 14
    assert same_numbers(shipped.checkpoints[-1].network, shipped.network)
    assert len(shipped.history["cost"]) == shipped.checkpoints[-1].epoch


def test_shipped_checkpoints_show_learning(shipped, unseen):
    scores = [accuracy(c.network, unseen) for c in shipped.checkpoints]
    assert scores[0] < 0.25 and scores[-1] == max(scores)
    for c, score in zip(shipped.checkpoints[1:], scores[1:], strict=True):
        # The curve in the file is the accuracy of the networks in the file.
        assert shipped.history["test_accuracy"][c.epoch - 1] == pytest.approx(score, abs=0.0011)


def test_activations_of_the_shipped_pair(default_model, relu_model):
    assert default_model.network.activations == ("sigmoid", "sigmoid", "sigmoid")
    assert relu_model.network.activations == ("relu", "relu", "sigmoid")


@pytest.mark.parametrize("path", [DEFAULT_MODEL, RELU_MODEL], ids=lambda path: path.stem)
def test_shipped_files_are_small_and_documented(path, tmp_path):
    assert path.stat().st_size <= 1_500_000
    model = load_model(path)
    assert model.digest in (ASSETS / "README.md").read_text("utf-8")
    save_model(tmp_path / "again", model)
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_learnt_weights_can_be_looked_at(shipped):
    """Smoothness makes strokes of the first layer's weights: neighbours agree."""
    images = shipped.network.w[0].reshape(-1, 28, 28)[:, 4:24, 4:24]
    first = shipped.checkpoints[0].network.w[0].reshape(-1, 28, 28)[:, 4:24, 4:24]

    def likeness(w: np.ndarray) -> float:
        return float(np.corrcoef(w[:, :, 1:].ravel(), w[:, :, :-1].ravel())[0, 1])

    assert abs(likeness(first)) < 0.1
    assert likeness(images) > 0.6


FROZEN = {  # z of the last layer for the first three unseen images, a 1, a 3 and a 0
    "default": [
        [
            -8.955169,
            4.049891,
            -5.105236,
            -4.184859,
            -6.804821,
            -7.672846,
            -6.995526,
            -6.566888,
            -3.6299,
            -7.431309,
        ],
        [
            -8.076962,
            -5.332997,
            -6.120927,
            5.109602,
            -10.536195,
            -5.407896,
            -13.974698,
            -7.34858,
            -5.058679,
            -5.628508,
        ],
        [
            3.10609,
            -9.427609,
            -4.529791,
            -4.826898,
            -7.50892,
            -7.02856,
            -4.536281,
            -9.701772,
            -2.641461,
            -3.516036,
        ],
    ],
    "relu": [
        [
            -7.155856,
            6.496011,
            -8.362262,
            -9.639175,
            -12.504518,
            -11.142383,
            -8.221751,
            -12.540089,
            -4.465083,
            -9.191477,
        ],
        [
            -16.227243,
            -9.867888,
            -9.218045,
            10.184453,
            -22.120575,
            -8.657115,
            -28.218517,
            -13.540078,
            -9.930442,
            -10.456892,
        ],
        [
            4.882068,
            -12.995533,
            -7.111449,
            -5.803224,
            -8.814752,
            -7.035095,
            -6.108192,
            -7.704468,
            -4.113102,
            -6.756851,
        ],
    ],
}


def test_frozen_outputs_of_the_shipped_models(shipped, unseen):
    """Numbers written down when the models were made: reading and computing must not drift."""
    trace = forward_batch(shipped.network, unseen.images[:3])
    np.testing.assert_allclose(trace.z[-1], FROZEN[shipped.meta["recipe"]["name"]], atol=2e-6)
    assert trace.predictions.tolist() == [1, 3, 0] == unseen.labels[:3].tolist()
