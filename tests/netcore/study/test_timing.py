"""Loop against product: the same sums, and the measured numbers the film quotes."""

from __future__ import annotations

import json

import numpy as np
import pytest

from netglow.netcore.study.timing import TIMING, loop_against_product, measure, pre_activations


def test_the_loop_computes_the_weighted_sums():
    assert pre_activations([[1.0, 2.0], [3.0, -4.0]], [0.5, -1.0], [2.0, 0.25]) == [3.0, 4.0]
    with pytest.raises(ValueError):
        pre_activations([[1.0]], [0.0], [1.0, 2.0])


def test_loop_is_slower_than_product(default_model, unseen):
    loop, product = loop_against_product(default_model.network, unseen.images[0], repeats=5)
    assert loop > 5 * product > 0


def test_no_repeat_is_refused(default_model, unseen):
    with pytest.raises(ValueError, match="at least 1, not 0"):
        loop_against_product(default_model.network, unseen.images[0], repeats=0)


def test_what_measure_finds_is_what_it_writes(tmp_path):
    path = tmp_path / "timing.json"
    found = measure(path, repeats=3)
    assert json.loads(path.read_text("utf-8")) == found
    assert found.keys() == json.loads(TIMING.read_text("utf-8")).keys()
    assert found["repeats"] == 3 and found["loop_seconds"] > found["product_seconds"]


def test_shipped_timing_is_of_the_default_model(default_model):
    told = json.loads(TIMING.read_text("utf-8"))
    assert (told["rows"], told["columns"]) == default_model.network.w[0].shape
    assert 1e-8 < told["product_seconds"] < told["loop_seconds"] < 0.1
    assert told["repeats"] >= 100
    assert np.isfinite(told["loop_seconds"] / told["product_seconds"])
