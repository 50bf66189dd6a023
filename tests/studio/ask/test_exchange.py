"""Networks of other programs on the command line: in, out, and what is said of misfits."""

from __future__ import annotations

import re

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.netcore.model import DEFAULT_MODEL, Model, load_model, save_model
from netglow.netcore.network import Network
from netglow.netcore.study.facts import accuracy
from netglow.scenes.catalog import CLIPS
from tests.netcore.formats.cases import CASES, FILES
from tests.studio.ask.test_cli import assert_one_line
from tests.studio.running import everything_in

TORCH = ("import", FILES / "torch.pt", "--activations", "relu,softmax", "-o", "a.safetensors")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_kept_is_what_was_read(case, says):
    code, out, err = says("import", case.path, "-o", "kept.safetensors", *case.options)
    assert (code, err) == (0, "")
    assert out.startswith("kept.safetensors: ") and "accuracy not measured" in out
    assert load_model("kept.safetensors").digest == load_model(case.path, case.hints).digest


def test_classes_and_shape(says, folder):
    (folder / "names.txt").write_text("no\nyes\n", "utf-8")
    arrays = {"w0": np.ones((2, 6)), "b0": np.zeros(2)}
    np.savez(folder / "a.npz", **arrays)
    args = ("import", "a.npz", "--activations", "sigmoid", "--image-shape", "2x3", "--force")
    for given in ("no,yes", "names.txt"):
        code, _, err = says(*args, "--classes", given, "-o", "a.safetensors")
        assert (code, err) == (0, "")
        network = load_model("a.safetensors").network
        assert (network.class_names, network.image_shape) == (("no", "yes"), (2, 3))


def test_a_file_that_is_there_stays(says, folder):
    (folder / "a.safetensors").write_text("mine")
    code, _, err = says(*TORCH)
    assert code == 1
    assert_one_line(err, "--force")
    assert (folder / "a.safetensors").read_text() == "mine"
    assert says(*TORCH, "--force")[0] == 0
    assert everything_in(folder) == ["a.safetensors"]
    code, _, err = says("export", "a.safetensors", "-o", "a.safetensors")
    assert code == 1
    assert_one_line(err, "--force")


def test_unseen_is_counted_on_the_test_digits(says):
    code, out, _ = says(*TORCH, "--unseen")
    model = load_model("a.safetensors")
    share = accuracy(model.network, load_digits()[1])
    assert code == 0 and f"{share:.1%} of 1,000 unseen images right" in out
    assert (model.accuracy, model.accuracy_sample) == (share, 1000)


def test_unseen_needs_a_network_for_those_digits(says, folder):
    code, _, err = says("import", FILES / "network2.json", "-o", "a.safetensors", "--unseen")
    assert code == 2
    assert_one_line(err, "8 x 8")
    assert everything_in(folder) == []


def test_our_own_files_are_not_imported(says):
    code, _, err = says("import", DEFAULT_MODEL, "-o", "a.safetensors")
    assert code == 1
    assert_one_line(err, "own kind")


@pytest.mark.parametrize("suffix", ["npz", "safetensors", "onnx"])
def test_export_and_back(suffix, says):
    assert says("export", DEFAULT_MODEL, "-o", f"out.{suffix}")[0] == 0
    assert says("import", f"out.{suffix}", "-o", "back.safetensors")[0] == 0
    own, back = load_model().network, load_model("back.safetensors").network
    assert own.activations == back.activations
    for one, again in zip(own.w + own.b, back.w + back.b, strict=True):
        np.testing.assert_array_equal(one, again)


def test_export_to_something_else(says):
    code, _, err = says("export", DEFAULT_MODEL, "-o", "a.pt")
    assert code == 2
    assert_one_line(err, ".onnx")


def test_model_shows_where_it_comes_from(says):
    says(*TORCH)
    for name in ("a.safetensors", FILES / "keras.keras"):
        code, out, err = says("model", name)
        assert (code, err) == (0, "")
        assert re.search(
            r"^source +\S+ \((PyTorch state_dict|Keras), SHA-256 \w{12}\.\.\.\)$", out, re.M
        )
        assert re.search(r"^accuracy +accuracy not measured$", out, re.M)
        assert "--input-scale" in out and "None" not in out


def test_predict_works_with_every_function(says):
    for name in ("torch.onnx", "keras.h5"):  # GELU, ReLU; softmax
        code, out, err = says("predict", "--model", FILES / name, "--digit", "3")
        assert (code, err) == (0, "")
        assert "the network reads 3" in out


@pytest.mark.parametrize("command", [["render"], ["render", "--format", "png"], ["script"]])
def test_clips_say_what_they_cannot_show(command, says, folder):
    for clip in CLIPS[:3]:
        code, out, err = says(*command, clip.name, "--model", FILES / "keras.keras")
        assert (code, out) == (1, "")
        assert_one_line(err, f"{clip.name} cannot show softmax (layer 2) yet")
    assert everything_in(folder) == []


def test_clips_say_which_networks_they_need(says):
    for args in (["render", "ForwardPass", "--dry-run"], ["predict", "--digit", "3"]):
        code, _, err = says(*args, "--model", FILES / "network2.json")
        assert code == 1
        assert_one_line(err, "28 x 28 pixels and 10 classes")


def test_a_sigmoid_network_of_others_can_be_shown(says, rng_network):
    args = ("render", "ForwardPass", "--model", rng_network, "--dry-run")
    code, out, err = says(*args)
    assert (code, err) == (0, "") and "ForwardPass" in out


@pytest.fixture
def rng_network(folder):
    """An .npz as somebody writes it by hand."""
    rng = np.random.default_rng(3)
    names = {"W1": (784, 16), "b1": 16, "W2": (16, 10), "b2": 10}
    arrays = {name: rng.normal(size=size) / 9 for name, size in names.items()}
    path = folder / "hand.npz"
    np.savez(path, **arrays, activations=["sigmoid", "sigmoid"])
    return path


# --- nothing that steers a terminal
EVIL = "\x1b]0;title\x07\x1b[31mred\u202e[bold]\r\n:smile:"


def test_model_prints_no_escape_codes(says, folder):
    network = Network((np.ones((2, 784)),), (np.zeros(2),), ("relu",), class_names=(EVIL, "b"))
    meta = {
        "data": EVIL,
        "data_checksum": EVIL,
        "seed": EVIL,
        "recipe": {EVIL: EVIL, "name": EVIL},
        "source": {"file": EVIL, "format": EVIL, "sha256": EVIL},
        "notes": [EVIL],
    }
    save_model(folder / "evil.safetensors", Model(network, meta=meta))
    code, out, err = says("model", "evil.safetensors")
    assert (code, err) == (0, "")
    assert all(line.isprintable() for line in out.splitlines())
    assert out.count("red?[bold] :smile:") >= 6 and len(out.splitlines()) < 20


def test_errors_print_no_escape_codes(says):
    code, _, err = says("model", f"no{EVIL.replace('/', '')}such")
    assert code == 1
    assert err.startswith("netglow: ") and err[:-1].isprintable()
