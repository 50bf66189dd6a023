"""MatrixProduct: words and symbols stand at what they mean; the code really lights the column."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import save_model
from netglow.netcore.study.timing import TIMING, pre_activations
from netglow.netcore.training import QUICK, train
from netglow.scenes.props.matrix_product.race import Race
from netglow.scenes.stage.text import Number
from tests.chapters.facts.screen import is_text
from tests.chapters.playing import last_shown

RELU = ASSETS / "models" / "relu.safetensors"
READ = [{"out", "is"}, {"f", "open"}, {"W"}, {"inp"}, {"b", "plus", "close"}]


@pytest.fixture(scope="module")
def broad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hastily trained 784-64-10 network."""
    path = tmp_path_factory.mktemp("model") / "broad.safetensors"
    save_model(path, train(*load_digits(), QUICK.with_changes(hidden=(64,), epochs=1)))
    return path


@pytest.fixture(scope="module", params=["default", "relu", "seven-light", "broad"])
def scene(play, request, broad):
    choices = {
        "default": {},
        "relu": {"model": RELU},
        "seven-light": {"digit": 7, "theme": "light"},
        "broad": {"model": broad},
    }
    return play("MatrixProduct", **choices[request.param])


def at(scene, moment):
    return [thing for thing in scene.shown if thing.moment == moment]


def text_at(scene, moment, label):
    """Where a label's text stands at a moment."""
    (found,) = [t for t in at(scene, moment) if is_text(t) and t.text == scene.words(label)]
    left, right, bottom, top = found.box
    return np.array([(left + right) / 2, (bottom + top) / 2])


def stands(scene, moment, mobject) -> bool:
    """Whether the first shape of a symbol is seen at its place; the line moved up at the end."""
    mobject = mobject.copy().shift([0, scene.blocks.symbol_y - scene.line.get_y(), 0])
    low, high = mobject[0].get_corner([-1, -1, 0]), mobject[0].get_corner([1, 1, 0])
    box = (low[0], high[0], low[1], high[1])
    return any(np.allclose(thing.box, box, atol=1e-3) for thing in at(scene, moment))


# --- rows and columns ---
def test_a_row_lies_and_a_column_stands(scene):
    """The word "row" is above what is wide, "column" beside what is tall."""
    w, a = scene.eq.w, scene.eq.a
    row = w.target.centres()[scene.eq.of_row(scene.facts.row)]
    assert np.ptp(row[:, 0]) > 5 and np.ptp(row[:, 1]) < 1e-6
    column = a.target.centres()
    assert np.ptp(column[:, 1]) > 4 and np.ptp(column[:, 0]) < 1e-6
    x, y = text_at(scene, "one-row end", "row")
    assert row[:, 0].min() < x < row[:, 0].max() and 0.2 < y - row[0, 1] < 0.8
    x, _ = text_at(scene, "the-column 2", "column")
    assert 0 < scene.name_a.get_x() - x < 3
    assert abs(scene.name_a.get_x() - column[0, 0]) < 0.1


def test_the_working_is_the_row_times_the_column(scene):
    facts, work = scene.facts, scene.working
    columns = list(facts.window)
    assert [line[0].value for line in work.lines] == list(facts.w[facts.row, columns])
    assert [line[2].value for line in work.lines] == list(facts.a0[columns])
    assert np.allclose([n.value for n in work.products], facts.parts)
    shown = [round(n.value, 2) for n in (*work.products, work.rest)]
    exact = abs(sum(shown) - round(facts.total, 2)) < 1e-9
    signs = {line[3].original_text for line in work.lines}
    assert signs == ({"="} if facts.agrees else {"≈"})
    assert exact or not facts.agrees


def test_wherever_numbers_stand_it_is_said_that_they_are_rounded(scene):
    moments = {t.moment for t in scene.shown if isinstance(t.mobject, Number)}
    assert len(moments) >= 6
    for moment in moments:
        texts = [t.text for t in at(scene, moment) if is_text(t)]
        assert any("rounded" in text for text in texts), moment


def test_sums_stand_in_the_rows_they_came_from(scene):
    """Before the biases the numbers are W a, afterwards z; each is level with its row of W."""
    facts, eq = scene.facts, scene.eq
    second = next(
        m for m in ("bias-and-activation 1", "bias-and-activation-relu 1") if at(scene, m)
    )
    for moment, values in (("every-row end", facts.sums), (second, facts.z)):
        numbers = [t for t in at(scene, moment) if isinstance(t.mobject, Number)]
        for k in facts.large:
            level = [
                t
                for t in numbers
                if abs((t.box[2] + t.box[3]) / 2 - eq.w.at(k)[1]) < 0.05 and t.box[0] > 2.6
            ]
            assert [t.value for t in level] == pytest.approx([values[k]]), (moment, k)


# --- the formula ---
def test_each_symbol_comes_with_its_words_and_below_its_picture(scene):
    name = "read-it-relu" if scene.facts.is_relu else "read-it"
    seen: set[str] = set()
    for i, keys in enumerate(READ, start=1):
        seen |= keys
        there = {
            k for step in READ for k in step if stands(scene, f"{name} {i}", scene.line.part(k))
        }
        assert there == seen, i
    said = scene.script.sections[name].say
    function = "ReLU" if scene.facts.is_relu else "σ"
    for sentence, word in zip(said, ("a⁽¹⁾", function, "W", "a⁽⁰⁾", "plus b"), strict=False):
        assert word in sentence
    for key, picture in scene.blocks.targets.items():
        low, high = picture.sides()[..., 0].min(), picture.sides()[..., 0].max()
        assert low < scene.line.part(key).get_x() < high
        assert scene.blocks.symbol_y < picture.sides()[..., 1].min() - 0.3


def test_the_pictures_of_the_formula_are_what_its_symbols_mean(scene):
    facts, targets = scene.facts, scene.blocks.targets
    assert np.allclose(targets["out"].activations, facts.a1)
    assert np.allclose(
        targets["W"].fill, scene.theme.signed(facts.w.ravel(), scene.eq.w.cells.value_scale)
    )
    assert np.allclose(targets["inp"].fill, scene.theme.brightness(facts.a0))
    order = [scene.line.part(k).get_x() for k in ("out", "is", "f", "open", "W", "inp", "plus")]
    order += [scene.line.part(k).get_x() for k in ("b", "close")]
    assert order == sorted(order)
    assert scene.line.part("b")[0].get_color().to_hex().lower() == scene.theme.bias.lower()


def test_as_many_layers_in_a_row_as_the_network_has(scene):
    assert len(scene.chain) == 2 * len(scene.story.network.w) + 1
    assert scene.chain.width < 12.8


def test_a_squished_light_is_never_written_as_nothing_or_as_one(scene):
    """It only comes close; what ReLU lets through may be 0.00 indeed."""
    facts = scene.facts
    name = next(s.name for s in scene.sections if s.name.startswith("bias-and-activation"))
    beside = [t for t in at(scene, f"{name} end") if t.box[0] > 5.3]
    shown = [t for t in beside if isinstance(t.mobject, Number) or is_text(t)]
    for k, thing in zip(facts.large, sorted(shown, key=lambda t: -t.box[3]), strict=True):
        value = facts.a1[k]
        if facts.is_relu or 0.005 < value < 0.995:
            assert thing.value == value
        else:
            assert thing.text == ("> 0.99" if value > 0.5 else "< 0.01")


# --- the code and the times ---
def test_the_code_on_the_screen_lights_the_column_at_the_end(scene):
    network, trace = scene.story.network, scene.story.trace
    names = {"np": np, "W": network.w[0], "b": network.b[0], "a0": trace.a[0]}
    exec("\n".join(scene.code.text), names)
    assert np.allclose(names["a1"], trace.a[1], atol=1e-9)
    assert np.allclose(scene.eq.neurons.activations, names["a1"], atol=1e-9)
    last = [t for t in at(scene, "it-runs end") if t.kind == "Neurons.activations"]
    assert len(last) == 1 and last[0].box[1] < -5  # the left side of the formula
    loop = pre_activations(names["W"].tolist(), names["b"].tolist(), names["a0"].tolist())
    assert np.allclose(loop, names["z"], atol=1e-9)


def test_loop_and_product_have_their_own_times_beside_their_own_bars(scene):
    record, race = json.loads(TIMING.read_text("utf-8")), last_shown(scene, Race)
    times = {"loop": record["loop_seconds"], "product": record["product_seconds"]}
    lengths = 2 * race.bars.halves()[2:, 0]
    for i, (name, seconds) in enumerate(times.items()):
        x, y = text_at(scene, "it-runs end", name)
        end, level = text_at(scene, "it-runs end", f"{name}_time")
        middle = race.bars.centres()[2 + i]
        assert x < middle[0] < end
        assert y == pytest.approx(middle[1], abs=0.1) and level == pytest.approx(y, abs=0.1)
        assert f"{1e6 * seconds:.3g}" in scene.words(f"{name}_time")
    ratio = times["loop"] / times["product"]
    assert lengths[0] / lengths[1] == pytest.approx(ratio, rel=1e-3)
    assert scene.facts.ratio == pytest.approx(ratio, rel=0.05)
    texts = " ".join(t.text for t in at(scene, "it-runs end") if is_text(t))
    assert "measured once" in texts and f"{record['rows']} × {record['columns']}" in texts


# --- the picture ---
def test_no_text_stands_on_another(scene):
    for moment in {t.moment for t in scene.shown}:
        texts = [t for t in at(scene, moment) if is_text(t) or isinstance(t.mobject, Number)]
        for one, other in combinations(texts, 2):
            a, b = one.box, other.box
            apart = a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
            assert apart, (moment, one.text or one.value, other.text or other.value)


def test_it_begins_with_the_edges_between_the_image_and_its_neurons(scene):
    first = at(scene, "the-column 1")
    assert any(t.kind == "LayerEdges.weights" for t in first)
    assert any(t.kind == "Neurons.activations" and not t.value.any() for t in first)
    assert scene.poster_frame is not None
