"""What holds for any network, image and number, on examples that Hypothesis makes up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netglow.netcore.drawing import prepare_drawing
from netglow.netcore.model import Model, ModelError, load_model, save_model
from netglow.netcore.network import Network, forward
from netglow.netcore.study.arithmetic import places_that_add

quick = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
numbers = st.floats(-1e4, 1e4, allow_nan=False)


@st.composite
def networks(draw) -> Network:
    """Small networks of any shape, with weights up to ±1000."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    sizes = [rows * columns, *draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))]
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    scale = draw(st.sampled_from([1e-3, 1.0, 1e3]))
    layers = list(zip(sizes[1:], sizes, strict=False))
    hidden = draw(st.sampled_from(["sigmoid", "relu"]))
    return Network(
        w=tuple(rng.normal(0, scale, shape) for shape in layers),
        b=tuple(rng.normal(0, scale, out) for out, _ in layers),
        activations=(hidden,) * (len(layers) - 1) + ("sigmoid",),
        image_shape=(rows, columns),
        class_names=tuple(f"class {k}" for k in range(sizes[-1])),
    )


# --- the forward pass ---
@quick
@given(networks(), st.randoms(use_true_random=False))
def test_forward_is_the_sum_written_out(network, random):
    image = np.array([random.random() for _ in range(network.sizes[0])])
    trace, a = forward(network, image), list(image)
    for l, name in enumerate(network.activations):
        z = [
            math.fsum([*(w * x for w, x in zip(row, a, strict=True)), bias])
            for row, bias in zip(network.w[l].tolist(), network.b[l].tolist(), strict=True)
        ]
        np.testing.assert_allclose(trace.z[l], z, rtol=1e-9, atol=1e-9)
        by_hand = {"relu": lambda v: max(v, 0.0), "sigmoid": lambda v: 0.5 + math.tanh(v / 2) / 2}
        a = [by_hand[name](v) for v in trace.z[l].tolist()]
        np.testing.assert_allclose(trace.a[l + 1], a, rtol=1e-9, atol=1e-12)
    assert trace.predicted == max(range(len(a)), key=trace.output.__getitem__)


# --- the model file ---
@quick
@given(networks())
def test_a_model_comes_back_bit_for_bit(tmp_path, network):
    path = tmp_path / "model.safetensors"
    save_model(path, Model(network))
    back = load_model(path)
    for ours, its in zip((*network.w, *network.b), (*back.network.w, *back.network.b), strict=True):
        np.testing.assert_array_equal(its, ours.astype(np.float32))
    assert back.network.activations == network.activations
    assert back.network.image_shape == network.image_shape
    assert back.network.class_names == network.class_names
    again = tmp_path / "again.safetensors"
    save_model(again, back)
    assert load_model(again).digest == back.digest


@quick
@given(st.data())
def test_a_damaged_file_is_one_clear_line(tmp_path, data):
    path = tmp_path / "model.safetensors"
    if not path.exists():
        save_model(path, Model(Network(([[1.0]],), ([0.0],), ("sigmoid",), (1, 1), ("only",))))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.sampled_from(["cut", "flip", "insert"]))
    damaged = {
        "cut": whole[:at],
        "flip": whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :],
        "insert": whole[:at] + b"\0\xff" + whole[at:],
    }[change]
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(damaged)
    try:
        load_model(broken)  # a flipped bit of a weight is another weight
    except ModelError as error:
        assert "\n" not in str(error) and "broken.safetensors" in str(error)


# --- numbers on screen ---
@quick
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4))
def test_what_is_shown_with_these_places_adds_up(sums):
    places = places_that_add(*sums)
    assert 2 <= places <= 6
    for fewer in range(2, places):
        unit = 10**fewer
        assert any(round(a * unit) + round(b * unit) != round((a + b) * unit) for a, b in sums)
    if places < 6:
        for a, b in sums:
            assert round(a * 10**places) + round(b * 10**places) == round((a + b) * 10**places)


# --- drawings ---
@quick
@given(st.integers(8, 60), st.integers(8, 60), st.integers(0, 2**32), st.booleans())
def test_any_scribble_takes_the_form_of_the_data_set(height, width, seed, dark_on_light):
    rng = np.random.default_rng(seed)
    paper = np.zeros((height, width))
    top, left = rng.integers(1, height - 5), rng.integers(1, width - 5)
    paper[top : top + rng.integers(3, height - top), left : left + 3] = 1
    made = prepare_drawing(1 - paper if dark_on_light else paper)
    assert made.after.shape == (28, 28)
    assert made.after.min() >= 0 and made.after.max() <= 1 and made.after.max() > 0.5
    rows, columns = np.nonzero(made.after > 0.1)
    assert max(np.ptp(rows), np.ptp(columns)) + 1 <= 22


def test_nothing_drawn_is_refused():
    with pytest.raises(ValueError, match="ink"):
        prepare_drawing(np.ones((30, 30)))
