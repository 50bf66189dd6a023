"""Derived numbers against plain counting, and examples that hold or say why not."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import Digits
from netglow.netcore.network import Network, forward
from netglow.netcore.study import facts
from netglow.netcore.study.thresholds import round_demand


@pytest.fixture(scope="module")
def some(unseen):
    """200 unseen digits: few enough to count one by one."""
    return Digits(unseen.images[:200], unseen.labels[:200], "some test", unseen.checksum)


@pytest.fixture(scope="module")
def traces(shipped, some):
    return [forward(shipped.network, image) for image in some.images]


def constant(output: list[float]) -> Network:
    """Answers the same to every image: its weights are zero, its biases the log odds."""
    odds = np.log(np.array(output) / (1 - np.array(output)))
    return Network((np.zeros((10, 784)),), (odds,), ("sigmoid",))


def test_contributions_are_weight_times_activation_and_add_up_to_z(shipped, traces):
    network, trace = shipped.network, traces[3]
    for l, w in enumerate(network.w):
        parts = facts.contributions(network, trace, l)
        assert parts.shape == w.shape
        for j, i in ((0, 0), (3, 5), (9, w.shape[1] - 1)):
            assert parts[j, i] == w[j, i] * trace.a[l][i]
        np.testing.assert_allclose(parts.sum(axis=1) + network.b[l], trace.z[l], atol=1e-10)


def test_products_are_those_contributions_in_image_form(shipped, traces):
    trace = traces[0]
    picture = facts.products(shipped.network, trace, 7)
    assert picture.shape == (28, 28)
    assert picture[12, 14] == shipped.network.w[0][7, 12 * 28 + 14] * trace.image[12, 14]
    assert picture.sum() + shipped.network.b[0][7] == pytest.approx(trace.z[0][7])
    assert (picture[trace.image == 0] == 0).all()  # dark pixels send nothing


def test_accuracy_and_confusion_are_counted(shipped, some, traces):
    table = np.zeros((10, 10), dtype=int)
    for label, trace in zip(some.labels, traces, strict=True):
        table[label, trace.predicted] += 1
    np.testing.assert_array_equal(facts.confusion(shipped.network, some), table)
    assert facts.accuracy(shipped.network, some) == np.trace(table) / 200


def test_confusion_has_a_row_for_each_truth(some):
    always_three = constant([0.1] * 3 + [0.9] + [0.1] * 6)
    table = facts.confusion(always_three, some)
    np.testing.assert_array_equal(table[:, 3], np.bincount(some.labels, minlength=10))
    assert table.sum() == table[:, 3].sum() == 200
    assert facts.accuracy(always_three, some) == (some.labels == 3).mean()


@pytest.mark.parametrize("digit", range(10))
def test_first_confident_is_the_first_clear_one(digit, shipped, some, traces):
    expected = None
    for n, trace in enumerate(traces):
        others = [a for k, a in enumerate(trace.output) if k != digit]
        if some.labels[n] == digit and trace.output[digit] >= 0.9 and max(others) < 0.1:
            expected = n
            break
    assert expected is not None
    assert facts.first_confident(shipped.network, some, digit) == expected


def test_first_confident_says_why_there_is_none(default_model, some):
    unsure = constant([0.5] * 10)
    with pytest.raises(LookupError) as error:
        facts.first_confident(unsure, some, 4)
    assert str(error.value).startswith("no 4 in some test is answered with at least 0.9")
    with pytest.raises(LookupError, match=r"no 8 in .* at least 1 "):
        facts.first_confident(default_model.network, some, 8, at_least=1)
    without = Digits(some.images[some.labels != 5], some.labels[some.labels != 5], "no fives", "")
    with pytest.raises(LookupError, match="no 5 in no fives"):
        facts.first_confident(default_model.network, without, 5)


def test_two_outputs_that_are_on_are_not_clear(some):
    with pytest.raises(LookupError):
        facts.first_confident(constant([0.95, 0.95] + [0.01] * 8), some, 0)


def test_first_wrong_is_the_clearest_error(shipped, unseen):
    at = facts.first_wrong(shipped.network, unseen)
    leads = {}
    for n, (image, label) in enumerate(zip(unseen.images, unseen.labels, strict=True)):
        output = forward(shipped.network, image).output
        if output.argmax() != label:
            leads[n] = output.max() - output[label]
    assert at == max(leads, key=leads.get)
    for digit in {int(unseen.labels[n]) for n in leads}:
        of_digit = {n: lead for n, lead in leads.items() if unseen.labels[n] == digit}
        assert facts.first_wrong(shipped.network, unseen, digit) == max(of_digit, key=of_digit.get)


def test_first_wrong_says_why_there_is_none(some):
    ones = Digits(some.images[some.labels == 1], some.labels[some.labels == 1], "ones", "")
    always_one = constant([0.1, 0.9] + [0.1] * 8)
    with pytest.raises(LookupError, match="every image in ones is answered correctly"):
        facts.first_wrong(always_one, ones)
    with pytest.raises(LookupError, match="every 1 in some test is answered correctly"):
        facts.first_wrong(always_one, some, 1)


def test_readable_neuron_is_on_and_has_both_signs(shipped, traces):
    for trace in traces[:20]:
        try:
            k = facts.readable_neuron(shipped.network, trace)
        except LookupError:
            continue
        fits = {}
        for j in range(16):
            parts = shipped.network.w[0][j] * trace.a[0]
            up, down = parts[parts > 0].sum(), -parts[parts < 0].sum()
            on = trace.a[1][j] > 0 and trace.a[1][j] >= 0.6 * trace.a[1].max()
            if on and min(up, down) >= 0.15 * max(up, down):
                fits[j] = up + down
        assert k == min(fits, key=fits.get)


def test_there_is_a_readable_neuron_for_most_images(shipped, traces):
    found = 0
    for trace in traces:
        try:
            facts.readable_neuron(shipped.network, trace)
            found += 1
        except LookupError:
            pass
    # ReLU has no ceiling: one strong neuron may leave the others below 0.6 of it.
    assert found >= (0.98 if shipped.network.activations[0] == "sigmoid" else 0.7) * len(traces)


def test_readable_neuron_says_why_there_is_none(default_model):
    network = default_model.network
    with pytest.raises(LookupError, match="choose another image"):  # no ink, no products
        facts.readable_neuron(network, forward(network, np.zeros((28, 28))))


def test_weighted_sums_and_how_often_they_fire(shipped, some, traces):
    network = shipped.network
    sums = facts.weighted_sums(network, some, 1)
    for n, j in ((0, 4), (17, 0), (199, 9)):
        by_hand = sum(w * a for w, a in zip(network.w[1][j], traces[n].a[1], strict=True))
        assert sums[n, j] == pytest.approx(by_hand, abs=1e-10)
    for bias in (-2.5, 0.0, network.b[1][4], 1e6):
        assert facts.fires(sums[:, 4], bias) == sum(1 for s in sums[:, 4] if s + bias > 0)
    z = np.array([trace.z[1] for trace in traces])
    np.testing.assert_array_equal(facts.fires(sums, network.b[1]), (z > 0).sum(axis=0))
    assert facts.fires([-3.0, -2.0], 2.0) == 0  # at the threshold it does not fire


def test_the_biased_neuron_is_swayed_by_its_bias_as_no_other_is(shipped, some):
    network = shipped.network
    merits = []
    for w, b in zip(network.w[0], network.b[0], strict=True):
        sums = np.array([image.ravel() @ w for image in some.images])
        swayed = sum((s > 0) != (s + b > 0) for s in sums)
        merits.append((sums.max() > round_demand(sums), swayed))
    assert facts.biased_neuron(network, some) == merits.index(max(merits))
