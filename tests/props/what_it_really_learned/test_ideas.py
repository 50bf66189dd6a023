"""The three ideas, and the page that is filled with numbers."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.netcore.digits import load_digits
from netglow.scenes.props.what_it_really_learned.filled_page import FilledPage
from netglow.scenes.props.what_it_really_learned.ideas import MoreExamples, OneMoreOutput, Window
from netglow.scenes.stage.theme import DARK, rgb


@pytest.fixture
def images() -> np.ndarray:
    return load_digits()[1].images


@pytest.mark.parametrize("back", [False, True])
def test_the_window_goes_over_the_whole_image_wherever_it_is(images, back):
    window = Window(images[0], DARK, 4.0)
    window.move_to((-3.0, 1.0, 0))
    if back:
        window.frame.move_to(window.places()[-1])
    places, half = window.places(), window.frame.width / 2
    pixels = window.pixels.centres()
    near = np.abs(pixels[:, None, :2] - places[None, :, :2]) <= half
    assert near.all(axis=2).sum(axis=1).tolist() == [1] * len(pixels)
    steps = np.abs(np.diff(places, axis=0)).sum(axis=1)
    np.testing.assert_allclose(steps, 2 * half, rtol=1e-6)  # one place after the other
    sweep = window.sweep(back)
    sweep.begin()
    for share, place in ((0.0, places[-1 if back else 0]), (1.0, places[0 if back else -1])):
        sweep.interpolate(share)
        np.testing.assert_allclose(window.frame.get_center(), place, atol=1e-6)


def test_the_new_output_comes_to_those_there_are(images):
    outputs = np.linspace(0, 1, 10)
    idea = OneMoreOutput(images[3], outputs, [str(k) for k in range(10)], "none", DARK, 4.0)
    np.testing.assert_array_equal(idea.pixels.values, images[3])
    np.testing.assert_array_equal(idea.neurons.activations, outputs)
    assert not idea.new.activations.any()
    assert idea.new.get_top()[1] < idea.neurons.get_bottom()[1]
    new, old = idea.addition().get_family(), idea.without().get_family()
    assert idea.new in new and idea.names[-1] in new
    assert not [m for m in new if any(m is other for other in old)]
    assert idea.names[-1].original_text == "none"
    np.testing.assert_allclose(idea.thread.get_end()[1], idea.new.get_center()[1], atol=0.15)


def test_examples_arrive_where_the_picture_is(images):
    more = MoreExamples(images[:30], DARK, 4.0)
    more.move_to((4.0, 1.0, 0))
    whole, few = more.copy(), more.few()
    assert len(more.values) == 25 and len(few.values) == 5
    np.testing.assert_allclose(few.centres()[:5], more.centres()[:5])
    arrive = more.arrive()
    arrive.begin()
    arrive.interpolate(0.5)
    light = more.fill_alpha[:25]
    assert (light[:5] == 1).all() and 0 < light.mean() < 1 and light[-1] == 0
    arrive.interpolate(1.0)
    np.testing.assert_allclose(more.points, whole.points)
    assert (more.fill_alpha == 1).all()


def test_every_number_has_its_cell_on_the_page_when_all_have_come():
    values = np.random.default_rng(0).standard_normal(300)
    page = FilledPage(values, DARK, (4.0, 3.0), np.array([2.0, 0.5, 0]))
    whole = page.copy()
    np.testing.assert_array_equal(page.corner > 0, values < 0)
    assert len(np.unique(page.centres().round(6), axis=0)) == 300
    low, high = page.centres().min(axis=0)[:2], page.centres().max(axis=0)[:2]
    assert (low > [0, -1]).all() and (high < [4, 2]).all()
    blue = page.fill[values > 2.3]
    np.testing.assert_allclose(blue, np.tile(rgb(DARK.positive), (len(blue), 1)), atol=0.05)
    pour = page.pour(np.array([0.0, 0, 0]))
    assert not page.fill_alpha.any()
    pour.begin()
    pour.interpolate(0.5)
    there = np.linalg.norm(page.centres() - whole.centres(), axis=1) < 1e-6
    assert there[:50].all() and not there[200:].any()
    pour.interpolate(1.0)
    np.testing.assert_allclose(page.points, whole.points)
