"""Counting, tracing and the words for activations, against brute force."""

import numpy as np
import pytest
from scipy.special import expit

from netglow.netcore.network import relu, sigmoid
from netglow.scenes.parts.plots.axis import Axis
from netglow.scenes.props.squish.function_graph import FunctionGraph
from netglow.scenes.props.squish.squash import SQUASHES, gain_text, relation_texts, shown_pair
from netglow.scenes.props.squish.tally import Tally, running_counts
from netglow.scenes.props.squish.tracer import Tracer
from netglow.scenes.stage.theme import DARK

MINUS = "\N{MINUS SIGN}"
AXIS = Axis(0, 1, [0, 0, 0], [0, 4, 0], DARK, step=0.1)


def test_running_counts_are_the_histograms_of_the_first_rows():
    values = np.random.default_rng(3).random((40, 7))
    values[0, :3] = 0.0, 1.0, 0.25
    edges = np.linspace(0, 1, 21)
    counts = running_counts(values, edges[:-1])
    assert counts.shape == (41, 20)
    for rows in range(41):
        np.testing.assert_array_equal(counts[rows], np.histogram(values[:rows], edges)[0])


def test_a_tally_shows_how_much_it_has_counted():
    values = np.random.default_rng(3).random((40, 7))
    left, right, at_end = SQUASHES["sigmoid"].bars(1.0)
    tally = Tally(values, (left, right), AXIS, DARK, ["rows", "values"], np.zeros(3))
    assert [n.value for n in tally.counters] == [0, 0]
    tally.set_rows(25)
    assert [n.value for n in tally.counters] == [25, 175]
    assert tally.bars.counts.sum() == 175
    assert len(tally.lengths([0, -1])) == 2
    assert len(tally.paint(at_end)) == 20


@pytest.mark.parametrize("kind", SQUASHES)
def test_the_bars_at_the_ends_hold_what_is_at_the_ends(kind):
    squash = SQUASHES[kind]
    f = {"sigmoid": expit, "relu": lambda z: np.maximum(0, z)}[kind]
    a = f(np.random.default_rng(0).normal(0, 4, (200, 16)))
    top = squash.full_scale(a)[0]
    assert a.max() <= top
    left, right, at_end = squash.bars(top)
    counts = running_counts(squash.in_bars(a, top), left)[-1]
    assert counts.sum() == a.size
    assert counts[at_end].sum() == squash.at_end(a).sum()
    assert (right > left).all()
    assert (np.diff(left) > 0).all()


def test_a_tracer_rounds_its_place_and_shows_what_follows_from_it():
    graph = FunctionGraph(sigmoid, (10, 2), (1.0, 0.5, 1), DARK)
    tracer = Tracer(sigmoid, (graph.x, graph.y), DARK, tuple(SQUASHES["sigmoid"].rows.values()))
    tracer.set_at(-3.5018)
    z, e, a = (n.value for n in tracer.numbers)
    assert (z, e, a) == pytest.approx((-3.5, np.exp(3.5), expit(-3.5)))
    np.testing.assert_allclose(tracer.dot.get_center(), graph.on_curve([-3.5])[0], atol=1e-9)
    np.testing.assert_allclose(tracer.way.get_end(), graph.y.at(expit(-3.5)), atol=1e-9)
    tracer.go(4.0).interpolate(1.0)
    assert tracer.at == 4.0


@pytest.mark.parametrize(
    ("f", "z", "texts"),
    [
        (sigmoid, 0.0, ("0.00", "0.50")),
        (sigmoid, 12.5837, ("12.58", "0.999997")),
        (sigmoid, -30.0, (f"{MINUS}30.00", "0.00")),
        (sigmoid, 0.1034, ("0.103", "0.53")),
        (relu, 24.4391, ("24.44", "24.44")),
        (relu, -0.2, (f"{MINUS}0.20", "0.00")),
    ],
)
def test_the_result_follows_from_the_sum_as_shown(f, z, texts):
    assert shown_pair(f, z) == texts


def test_every_pair_is_right_to_its_digits_and_follows():
    for z in np.random.default_rng(5).normal(0, 5, 300):
        z_text, a_text = (text.replace(MINUS, "-") for text in shown_pair(sigmoid, z))
        assert float(z_text) == round(z, len(z_text.split(".")[1]))
        places = len(a_text.split(".")[1])
        assert float(a_text) == round(float(expit(z)), places)
        assert float(a_text) == round(float(expit(float(z_text))), places)


def test_the_relation_never_says_a_bound_is_reached():
    bounds = SQUASHES["sigmoid"].bounds
    assert relation_texts(sigmoid, 40.0, bounds) == ("40.00", "> 0.9999999")
    assert relation_texts(sigmoid, -40.0, bounds) == (f"{MINUS}40.00", "< 0.0000001")
    assert relation_texts(sigmoid, 0.0, bounds) == ("0.00", "≈ 0.50")
    assert relation_texts(relu, 2.5, SQUASHES["relu"].bounds) == ("2.50", "= 2.50")


@pytest.mark.parametrize(("gain", "text"), [(4.54e-5, "0.00005"), (0.0067, "0.007"), (0.3, "0.30")])
def test_a_gain_shows_its_first_digit(gain, text):
    assert gain_text(gain) == text
