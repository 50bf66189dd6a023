"""Doubts against plain loops."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import Digits
from netglow.netcore.network import Network, forward
from netglow.netcore.study import doubts


def outputs(network, digits):
    return [forward(network, image).output for image in digits.images]


def test_the_closest_call_is_read_rightly_by_the_smallest_lead(shipped, unseen):
    for other_than in (3, 4):
        leads = {}
        for i, out in enumerate(outputs(shipped.network, unseen)):
            if out.argmax() == unseen.labels[i] != other_than and out.max() >= 0.5:
                leads[i] = out.max() - np.sort(out)[-2]
        at = doubts.closest_call(shipped.network, unseen, other_than)
        assert at == min(leads, key=leads.get)


def hesitant(*rows: tuple[float, float]) -> tuple[Network, Digits]:
    """A network whose two outputs are the sigmoids of its two pixels less 0.3."""
    network = Network((np.eye(2),), (np.full(2, -0.3),), ("sigmoid",), (1, 2), ("zero", "one"))
    images = np.array(rows, float).reshape(-1, 1, 2)
    return network, Digits(images, images[:, 0].argmax(axis=1), "few", "")


def test_an_image_that_is_not_believed_is_only_taken_if_there_is_no_other():
    doubtful, believed = (0.1, 0.2), (1.0, 0.5)
    network, both = hesitant(believed, doubtful)
    assert doubts.closest_call(network, both, 7) == 0
    network, one = hesitant(doubtful)
    assert doubts.closest_call(network, one, 7) == 0
    with pytest.raises(LookupError, match="read rightly"):
        doubts.closest_call(network, one, 1)


def test_the_surest_error_has_the_largest_output_of_all_wrong_ones(shipped, unseen):
    found = outputs(shipped.network, unseen)
    wrong = [i for i, out in enumerate(found) if out.argmax() != unseen.labels[i]]
    at = doubts.surest_error(shipped.network, unseen)
    assert at in wrong
    assert found[at].max() == max(found[i].max() for i in wrong)


def test_without_errors_there_is_no_surest():
    with pytest.raises(LookupError, match="correctly"):
        doubts.surest_error(*hesitant((1, 0), (0, 1)))


def test_a_balance_is_what_is_added_and_what_is_taken_away(shipped, unseen):
    trace = forward(shipped.network, unseen.images[0])
    found = doubts.balances(shipped.network, trace)
    assert (found >= 0).all()
    sums = found[:, 0] - found[:, 1] + shipped.network.b[0]
    np.testing.assert_allclose(sums, trace.z[0], atol=1e-9)
    row = shipped.network.w[0][2] * unseen.images[0].ravel()
    assert found[2, 0] == pytest.approx(row[row > 0].sum())


def test_one_neuron_is_for_the_image_and_one_against(shipped, unseen):
    for image in unseen.images[:20]:
        trace = forward(shipped.network, image)
        lit, dark = doubts.for_and_against(shipped.network, trace)
        balance = doubts.balances(shipped.network, trace)
        bias = np.abs(shipped.network.b[0])
        assert balance[lit, 0] - balance[lit, 1] > bias[lit]
        assert balance[dark, 1] - balance[dark, 0] > bias[dark]
        assert trace.a[1][lit] >= 0.5 * trace.a[1].max() > 5 * trace.a[1][dark] - 1e-12


def test_where_nothing_is_against_there_is_no_pair():
    network, digits = hesitant((1, 0.9))
    with pytest.raises(LookupError, match="clearly"):
        doubts.for_and_against(network, forward(network, digits.images[0]))
