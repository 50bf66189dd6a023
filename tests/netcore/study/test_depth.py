"""The depth experiment: its measures, the stored result, and the run that made it."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest

from netglow.netcore.backprop import gradient, one_hot
from netglow.netcore.digits import Digits
from netglow.netcore.network import Network
from netglow.netcore.study import depth
from netglow.netcore.training import train

LAYERS = len(depth.RECIPE.hidden) + 1


@pytest.fixture(scope="module")
def stored() -> dict[str, depth.Arm]:
    return depth.load()


@pytest.fixture(scope="module")
def learn(digits) -> Digits:
    return depth.set_aside(digits[0])[0]


@pytest.fixture(params=depth.KINDS)
def arm(request, stored) -> depth.Arm:
    return stored[request.param]


def small(hidden: str, rng: np.random.Generator) -> tuple[Network, Digits]:
    sizes = (4, 3, 3, 10)
    w = [rng.normal(0, 0.8, (n, m)) for m, n in zip(sizes[:-1], sizes[1:], strict=True)]
    b = [rng.normal(0, 0.5, n) for n in sizes[1:]]
    network = Network(w, b, (hidden, hidden, "sigmoid"), (2, 2))
    return network, Digits(rng.random((6, 2, 2)), rng.integers(0, 10, 6), "small", "")


def nudged(network: Network, l: int, at: tuple[int, ...], step: float) -> Network:
    w = [x.copy() for x in network.w]
    w[l][at] += step
    return Network(w, network.b, network.activations, network.image_shape)


# --- the measures ---
@pytest.mark.parametrize("hidden", depth.KINDS)
def test_gradient_sizes_are_what_finite_differences_find(hidden, rng):
    network, digits = small(hidden, rng)
    targets, step = one_hot(digits.labels), 1e-6

    def cost(moved: Network) -> float:
        return gradient(moved, digits.images, targets)[0]

    for l, size in enumerate(depth.gradient_sizes(network, digits)):
        found = [
            abs(cost(nudged(network, l, at, step)) - cost(nudged(network, l, at, -step)))
            / (2 * step)
            for at in np.ndindex(network.w[l].shape)
        ]
        assert size == pytest.approx(np.mean(found), rel=1e-5)


def test_slopes_of_relu_are_the_shares_of_positive_sums(rng):
    network, digits = small("relu", rng)
    a = digits.images.reshape(len(digits), -1)
    for l, slope in enumerate(depth.mean_slopes(network, digits)):
        z = a @ network.w[l].T + network.b[l]
        a = np.maximum(z, 0)
        assert slope == pytest.approx((z > 0).mean())


def test_slopes_of_the_sigmoid_are_at_most_a_quarter(rng):
    slopes = depth.mean_slopes(*small("sigmoid", rng))
    assert len(slopes) == 2 and 0 < min(slopes) <= max(slopes) <= 0.25


def test_a_small_run_chooses_the_rate_that_did_best(few):
    recipe = depth.RECIPE.with_changes(hidden=(8, 8), epochs=2)
    arm = depth.run("relu", *few, recipe, rates=(1e-6, 0.05), seeds=(7,), judged=100)
    assert [rate for rate, _ in arm.tried] == [1e-6, 0.05]
    assert arm.rate == max(arm.tried, key=lambda pair: pair[1])[0]
    assert len(arm.accuracy) == len(arm.others[0]) == 3 and len(arm.cost) == 2
    assert arm.accuracy != arm.others[0]
    assert (len(arm.gradient_start), len(arm.slope_end)) == (3, 2)


def test_rates_are_judged_on_images_that_nothing_is_learnt_from(digits):
    learn, judge = depth.set_aside(digits[0])
    assert (len(learn), len(judge)) == (8000, depth.JUDGED)
    rows = {image.tobytes() for image in learn.images}
    assert not any(image.tobytes() in rows for image in judge.images)


# --- the stored result ---
def test_the_file_says_what_it_is_of(digits):
    told = json.loads(depth.DEPTH.read_text("utf-8"))
    assert told["command"] == "python -m netglow.netcore.study.depth"
    assert told["sizes"] == [784, *depth.RECIPE.hidden, 10]
    assert told["data_checksum"] == digits[0].checksum
    assert (told["learned_from"], told["unseen"]) == (8000, 1000)
    assert len(depth.DEPTH.read_bytes()) < 20_000


def test_both_arms_differ_in_activation_and_rate_alone(stored):
    first, second = (stored[kind].recipe for kind in depth.KINDS)
    assert {key for key in first if first[key] != second[key]} == {"activation", "lr"}
    for kind, recipe in zip(depth.KINDS, (first, second), strict=True):
        expected = depth.RECIPE.with_changes(activation=kind, lr=stored[kind].rate).as_dict()
        assert recipe == json.loads(json.dumps(expected))


def test_an_arm_is_whole(arm):
    epochs = depth.RECIPE.epochs
    assert len(arm.cost) == epochs
    for accuracy in (arm.accuracy, *arm.others):
        assert len(accuracy) == epochs + 1 and 0 <= min(accuracy) <= max(accuracy) <= 1
    assert len(arm.gradient_start) == len(arm.gradient_end) == LAYERS
    assert len(arm.slope_start) == len(arm.slope_end) == LAYERS - 1
    assert [rate for rate, _ in arm.tried] == list(depth.RATES)
    assert arm.rate == max(arm.tried, key=lambda pair: pair[1])[0]
    assert depth.RATES[0] < arm.rate < depth.RATES[-1]  # the best is not at an end


def test_before_training_the_stored_numbers_are_found_again(arm, learn, digits):
    network = depth.start(arm.activation, learn)
    batch = depth.part(learn, slice(depth.MEASURED))
    assert depth.gradient_sizes(network, batch) == pytest.approx(arm.gradient_start, rel=1e-4)
    assert depth.mean_slopes(network, batch) == pytest.approx(arm.slope_start, rel=1e-4)


def test_the_first_epoch_is_found_again(arm, learn, digits):
    """The same steps as the stored run's first epoch: the rate falls over all epochs, and after
    one of 40 it is still nearly full; so the short run has 40 epochs and is stopped after one."""
    recipe = depth.RECIPE.with_changes(activation=arm.activation, lr=arm.rate)

    def stop(progress):
        raise KeyboardInterrupt

    model = train(learn, digits[1], recipe, on_epoch=stop)
    assert model.history["cost"] == pytest.approx(arm.cost[:1], rel=1e-3)
    assert depth.curve(model, digits[1]) == pytest.approx(arm.accuracy[:2], abs=0.01)


@pytest.mark.skipif(not os.environ.get("NETGLOW_SLOW"), reason="about a minute: set NETGLOW_SLOW=1")
def test_the_whole_experiment_is_found_again(stored, tmp_path):
    depth.experiment(tmp_path / "depth.json")
    again = depth.load(tmp_path / "depth.json")
    for kind, arm in stored.items():
        new = again[kind]
        assert new.gradient_start == pytest.approx(arm.gradient_start, rel=1e-4)
        # another processor rounds differently, and 5,000 steps make much of it
        assert new.accuracy[-1] == pytest.approx(arm.accuracy[-1], abs=0.05)
        assert [len(x) for x in new.others] == [len(x) for x in arm.others]
    runs = ([again[kind].accuracy, *again[kind].others] for kind in depth.KINDS)
    for sigmoid, relu in zip(*runs, strict=True):
        assert relu[5] > sigmoid[5] + 0.4
        assert first_above(relu, 0.8) < first_above(sigmoid, 0.8)


def first_above(accuracy: list[float], share: float) -> int:
    return next((i for i, a in enumerate(accuracy) if a > share), len(accuracy))


@pytest.mark.parametrize("text", ["", "{}", '{"arms": [{}]}', '{"arms": [1]}', "[]", "a word"])
def test_another_file_is_refused_in_one_line(text, tmp_path):
    path = tmp_path / "depth.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError) as error:
        depth.load(path)
    assert str(path) in str(error.value) and depth.COMMAND in str(error.value)
    assert "\n" not in str(error.value)
