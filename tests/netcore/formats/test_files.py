"""Real files of real libraries: the same answers as the libraries', on 200 real digits."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from netglow.netcore.estimators import from_sklearn
from netglow.netcore.formats.hints import Hints
from netglow.netcore.model import ModelError, load_model, save_model
from netglow.netcore.network import forward_batch
from tests.netcore.formats.cases import CASES, FILES, REFUSED, Case

EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@EACH
def test_answers_are_the_librarys_own(case: Case):
    network = load_model(case.path, case.hints).network
    outputs = forward_batch(network, case.images).output
    np.testing.assert_allclose(outputs, case.answers, rtol=0, atol=1e-5)
    assert len(np.unique(outputs.argmax(axis=1))) == len(network.class_names)


@EACH
def test_layers_and_names_are_the_files(case: Case):
    network = load_model(case.path, case.hints).network
    side = 28 if case.large else 8
    classes = case.classes
    assert network.image_shape == (side, side)
    assert network.activations == case.activations
    assert network.sizes == (case.sizes or (side * side, 12, len(classes)))
    assert network.class_names == classes


@EACH
def test_where_it_comes_from_is_kept_and_nothing_is_claimed(case: Case, tmp_path):
    model = load_model(case.path, case.hints)
    source = model.meta["source"]
    assert source["sha256"] == hashlib.sha256(case.path.read_bytes()).hexdigest()
    assert source["file"] == case.name
    assert np.isnan(model.accuracy) and model.accuracy_sample == 0
    assert any("input" in note for note in model.meta["notes"])
    save_model(tmp_path / "kept", model)
    kept = load_model(tmp_path / "kept")
    assert kept.meta == model.meta and kept.digest == model.digest
    for w, again in zip(
        model.network.w + model.network.b, kept.network.w + kept.network.b, strict=False
    ):
        np.testing.assert_array_equal(w, again)


@EACH
def test_the_name_of_a_file_does_not_decide(case: Case, tmp_path):
    other = tmp_path / "other"
    shutil.copy(case.path, other)
    assert load_model(other, case.hints).digest == load_model(case.path, case.hints).digest


@pytest.mark.parametrize("case", [case for case in CASES if case.say], ids=lambda case: case.name)
def test_weights_alone_ask_for_activations(case: Case):
    with pytest.raises(ModelError, match="takes --activations HIDDEN,OUTPUT"):
        load_model(case.path)


@pytest.mark.parametrize("name", REFUSED)
def test_programs_are_refused_with_the_reason(name):
    with pytest.raises(ModelError, match=re.escape(REFUSED[name])):
        load_model(FILES / name)


def test_older_keras():
    network = load_model(FILES / "h5_older.h5").network
    np.testing.assert_array_equal(network.w[0], np.arange(8).reshape(4, 2).T / 8)
    np.testing.assert_array_equal(network.b[0], [0.5, -0.5])
    assert network.activations == ("sigmoid",) and network.image_shape == (2, 2)


def test_no_library_of_theirs_is_imported():
    for case in CASES:
        load_model(case.path, case.hints)
    theirs = {"torch", "keras", "tensorflow", "sklearn", "skops", "onnx", "h5py", "joblib"}
    assert not theirs & set(sys.modules)


# --- from Python
def fitted() -> SimpleNamespace:
    """What of an MLPClassifier counts, with the numbers of the .npz file."""
    with np.load(FILES / "numpy.npz") as found:
        w, b = [found["W0"], found["W1"]], [found["b0"], found["b1"]]
    return SimpleNamespace(
        coefs_=w,
        intercepts_=b,
        classes_=np.arange(10),
        activation="relu",
        out_activation_="softmax",
    )


def test_a_classifier_in_memory(tmp_path):
    case = next(case for case in CASES if case.name == "sklearn.skops")
    model = from_sklearn(fitted(), input_scale="0-16")
    outputs = forward_batch(model.network, case.images).output
    np.testing.assert_allclose(outputs, case.answers, rtol=0, atol=1e-5)
    assert model.meta["source"]["format"] == "scikit-learn"
    save_model(tmp_path / "kept", model)
    assert load_model(tmp_path / "kept").digest == model.digest


def test_a_classifier_that_is_not_fitted():
    with pytest.raises(ModelError, match="fit it first"):
        from_sklearn(SimpleNamespace(activation="relu"))


def test_hints_leave_our_own_files_alone(default_model):
    model = load_model(None, Hints(activations=("tanh", "softmax")))
    assert model.digest == default_model.digest
