"""MatrixProduct shows the first layer's own numbers, and code that really computes them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS
from netglow.netcore.study import facts
from netglow.netcore.study.timing import TIMING, pre_activations
from netglow.scenes.parts.images.matrix import rounding_agrees
from netglow.scenes.parts.text.code import Printed
from netglow.scenes.props.matrix_product.race import Race
from tests.chapters.playing import last_shown

CHOICES = {
    "default": {},
    "relu": {"model": ASSETS / "models" / "relu.safetensors"},
    "zero": {"digit": 0},
    "seven-light": {"digit": 7, "theme": "light"},
}


@pytest.fixture(params=CHOICES)
def scene(play, request):
    return play("MatrixProduct", **CHOICES[request.param])


@pytest.fixture
def layer(scene):
    """w, b, a0, z, a1 of the first layer."""
    network, trace = scene.story.network, scene.story.trace
    return network.w[0], network.b[0], trace.a[0], trace.z[0], trace.a[1]


def values(numbers):
    return np.array([[number.value for number in row] for row in numbers])


def printed_in(scene) -> Printed:
    """What the program has printed, on the chapter's last picture."""
    (printed,) = (m for m in scene.mobjects if isinstance(m, Printed))
    return printed


def test_length_and_sections(scene):
    assert 60 <= scene.duration_seconds <= 75
    assert [mark.name for mark in scene.sections] == list(scene.script.sections)
    assert scene.poster_frame is not None


def test_every_matrix_is_the_networks(scene, layer):
    w, b, a0, z, _ = layer
    eq = scene.eq
    assert np.array_equal(eq.w.values, w)
    assert np.array_equal(eq.a.values[:, 0], a0)
    assert np.array_equal(eq.b.values[:, 0], b)
    assert np.allclose(eq.sums.values[:, 0], w @ a0, atol=1e-9)
    assert np.allclose(eq.z.values[:, 0], z, atol=1e-9)
    assert np.array_equal(
        eq.products, facts.contributions(scene.story.network, scene.story.trace, 0)
    )


def test_every_number_on_a_cell_is_its_entry(scene, layer):
    w, b, a0, z, a1 = layer
    rows, columns = list(scene.eq.rows.large), list(scene.window)
    assert scene.neuron in rows
    assert np.array_equal(values(scene.eq.w.numbers), w[np.ix_(rows, columns)])
    assert np.array_equal(values(scene.eq.a.numbers)[:, 0], a0[columns])
    assert np.array_equal(values(scene.eq.b.numbers)[:, 0], b[rows])
    counted = values(scene.eq.sums.numbers)[:, 0]  # they have counted on to z
    assert np.allclose(counted, z[rows], atol=1e-9)
    assert np.allclose([number.value for number in scene.readings], a1[rows])


def test_cells_have_the_colours_of_their_values(scene, layer):
    w, _, a0, z, _ = layer
    rows, columns = np.ones(len(w), bool), np.ones(len(a0), bool)
    rows[list(scene.eq.rows.large)] = columns[list(scene.window)] = False  # those carry numbers
    shades = (rows[:, None] | columns).ravel()
    cells = scene.eq.w.cells
    expected = scene.theme.signed(w.ravel(), cells.value_scale)
    assert np.allclose(cells.fill[shades], expected[shades])
    assert np.array_equal(cells.corner > 0, w.ravel() < 0)
    assert np.allclose(scene.eq.a.cells.fill[columns], scene.theme.brightness(a0)[columns])
    assert np.array_equal(scene.eq.sums.cells.corner > 0, z < 0)


def test_the_matrix_ends_in_its_place(scene):
    for matrix in (scene.eq.w, scene.eq.a, scene.eq.b):
        assert np.allclose(matrix.cells.points, matrix.target.points, atol=1e-6)


def test_the_working_is_row_times_column(scene, layer):
    w, _, a0, _, _ = layer
    columns, work = list(scene.window), scene.working
    row, total = w[scene.neuron], float(w[scene.neuron] @ a0)
    assert [line[0].value for line in work.lines] == list(row[columns])
    assert [line[2].value for line in work.lines] == list(a0[columns])
    products = np.array([number.value for number in work.products])
    assert np.allclose(products, row[columns] * a0[columns])
    assert work.total.value == pytest.approx(total)
    assert work.rest.value == pytest.approx(total - products.sum())


def test_an_equals_sign_only_where_the_rounded_numbers_agree(scene, layer):
    w, _, a0, _, _ = layer
    columns, work = list(scene.window), scene.working
    agree = rounding_agrees(w[scene.neuron, columns], a0[columns], work.total.value)
    assert {line[3].original_text for line in work.lines} == {"=" if agree else "≈"}
    if agree:
        for line in work.lines:
            weight, activation, product = (round(line[i].value, 2) for i in (0, 2, 4))
            assert round(weight * activation, 2) == pytest.approx(product, abs=1e-9)
        shown = [round(n.value, 2) for n in (*work.products, work.rest)]
        assert sum(shown) == pytest.approx(round(work.total.value, 2))


def test_a_sign_that_is_only_nearly_true_is_said_to_be_so(play_anew, monkeypatch):
    import netglow.scenes.matrix_product as chapter

    monkeypatch.setattr(chapter, "rounding_agrees", lambda *_: False)
    scene = play_anew("MatrixProduct", index=11)
    assert {line[3].original_text for line in scene.working.lines} == {"≈"}


def test_the_neurons_light_up_with_the_activations(scene, layer):
    assert np.allclose(scene.eq.neurons.activations, layer[4])
    assert np.allclose(scene.eq.neurons.fill, scene.theme.brightness(layer[4]))


def test_the_formula_has_all_its_symbols(scene):
    parts = ("out", "is", "f", "open", "W", "inp", "plus", "b", "close")
    assert all(len(scene.line.part(part)) for part in parts)
    assert len(scene.line.line) == sum(len(scene.line.part(part)) for part in parts)
    kind = scene.story.network.activations[0]
    assert len(scene.line.part("f")) == {"sigmoid": 1, "relu": 4}[kind]


def test_the_code_shown_returns_what_is_printed_and_the_trace(scene, layer):
    w, b, a0, z, a1 = layer
    names = {"W": w, "b": b, "a0": a0, "print": lambda *_: None}
    exec("\n".join(scene.code.text), names)
    assert np.allclose(names["a1"], a1, atol=1e-9) and np.allclose(names["z"], z, atol=1e-9)
    assert np.allclose(printed_in(scene).numbers, a1.round(2), atol=1e-9)
    glyphs = sum(len(line) for line in scene.code.lines)
    assert glyphs == len("".join(scene.code.text).replace(" ", ""))
    assert len(scene.code.text) == 4


def test_every_printed_number_stands_below_its_neuron(scene):
    assert np.allclose(scene.eq.neurons.centres(), printed_in(scene).spots, atol=1e-6)


def test_the_loop_finds_the_same_numbers(layer):
    w, b, a0, z, _ = layer
    assert np.allclose(pre_activations(w.tolist(), b.tolist(), a0.tolist()), z, atol=1e-9)


def test_times_are_those_that_were_measured(scene):
    record = json.loads(TIMING.read_text("utf-8"))
    loop, product = 1e6 * record["loop_seconds"], 1e6 * record["product_seconds"]
    assert np.allclose(last_shown(scene, Race).times, [loop, product])
    assert [text.original_text for text in last_shown(scene, Race).shown] == [
        f"{loop:.3g} µs",
        f"{product:.3g} µs",
    ]
    lengths = 2 * last_shown(scene, Race).bars.halves()[2:, 0]
    assert lengths[0] / lengths[1] == pytest.approx(loop / product, rel=1e-6)
    written = " ".join(thing.text or "" for thing in scene.section_ends["four-lines"][0])
    assert "measured once" in written
    note = written[written.index("measured once") :]
    for key in ("rows", "columns", "processors", "python", "numpy"):
        assert str(record[key]) in note
    assert float(scene.counts["ratio"].replace(",", "")) == pytest.approx(loop / product, rel=0.05)


def test_another_shape_of_network_plays_too(play, tmp_path):
    from netglow.netcore.digits import load_digits
    from netglow.netcore.model import save_model
    from netglow.netcore.training import QUICK, train

    train_digits, test_digits = load_digits()
    model = train(train_digits, test_digits, QUICK.with_changes(hidden=(32,), epochs=1))
    save_model(tmp_path / "wide.safetensors", model)
    scene = play("MatrixProduct", model=tmp_path / "wide.safetensors")
    assert len(scene.eq.neurons) == len(printed_in(scene).numbers) == 32
    assert np.allclose(printed_in(scene).numbers, scene.story.trace.a[1].round(2), atol=1e-9)
    assert printed_in(scene).get_bottom()[1] > last_shown(scene, Race).bars.get_top()[1]
    assert len(scene.eq.rows.large) == len(scene.readings)
