"""The pictures of Learning: examples that gather, marks that are counted, rows of dials."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Animation, AnimationGroup

from netglow.netcore.digits import load_digits
from netglow.netcore.model import Checkpoint, Model
from netglow.netcore.network import Network
from netglow.netcore.study.training_path import Record, TrainingPath
from netglow.scenes.parts.images.cell_images import WeightImage
from netglow.scenes.props.learning.answer_table import AnswerTable
from netglow.scenes.props.learning.candidates import Candidates
from netglow.scenes.props.learning.dial_rows import DialRows
from netglow.scenes.props.learning.exam import Exam
from netglow.scenes.props.learning.history_plot import HistoryPlot
from netglow.scenes.props.learning.labelled_examples import LabelledExamples
from netglow.scenes.props.learning.mark_sheet import MarkSheet
from netglow.scenes.props.learning.training_curves import TrainingCurves
from netglow.scenes.stage.theme import DARK, rgb


def at(animation: Animation | AnimationGroup, share: float) -> None:
    animation.begin()
    animation.interpolate(share)


def network(shift: float) -> Network:
    return Network((np.full((10, 784), shift),), (np.arange(10.0) * shift,), ("sigmoid",))


# --- examples ---
@pytest.fixture
def examples() -> LabelledExamples:
    digits = load_digits()[1]
    return LabelledExamples(digits.images[:12], digits.labels[:12], DARK)


def test_an_example_taken_out_hangs_where_it_hung_and_leaves_a_gap(examples):
    picture = examples.picture(5)
    np.testing.assert_array_equal(picture.values, examples.thumbs.values[5])
    np.testing.assert_allclose(picture.get_center(), examples.thumbs.spots[5], atol=1e-9)
    assert picture.width == pytest.approx(examples.size)
    assert np.flatnonzero(examples.without(5).alpha == 0).tolist() == [5]
    assert examples.without(None).alpha.all()


def test_answers_stand_below_their_images(examples):
    labels = load_digits()[1].labels
    for k, answer in enumerate(examples.answers):
        assert answer.original_text == str(labels[k])
        spot = examples.thumbs.spots[k]
        assert answer.get_top()[1] < spot[1] - examples.size / 2
        assert answer.get_x() == pytest.approx(spot[0], abs=0.05)


def test_all_examples_gather_in_one_point(examples):
    at(examples.gather(np.array([2.0, 1.0, 0.0])), 1.0)
    assert np.abs(examples.thumbs.centres() - [2, 1, 0]).max() < 0.03


# --- the table of one answer ---
def test_differences_grow_to_what_the_table_shows():
    outputs, wanted = np.linspace(0.05, 0.95, 10), np.eye(10)[3]
    table = AnswerTable(
        outputs,
        wanted,
        outputs**2,
        [str(k) for k in range(10)],
        ["a", "b", "c", "d"],
        "sum",
        "formula",
        DARK,
    )
    assert table.total.value == pytest.approx((outputs**2).sum())
    grow = table.grow_differences()
    assert not table.bars.values.any()
    at(grow, 1.0)
    np.testing.assert_allclose(table.bars.values, np.abs(outputs - wanted))


def test_rows_of_dials_stand_at_their_outputs_and_keep_their_width():
    weights, y = np.arange(30.0).reshape(10, 3), np.linspace(2, -2, 10)
    dials = DialRows(weights, y, -3.0, 3.3, 0.21, 9.0, DARK)
    np.testing.assert_array_equal(dials.values, weights.ravel())
    np.testing.assert_allclose(dials.faces.centres()[:, 1], np.repeat(y, 3))
    assert dials.faces.get_left()[0] >= -3
    many = DialRows(np.zeros((10, 64)), y, -3.0, 3.3, 0.21, 9.0, DARK)
    assert -3 <= many.faces.get_left()[0] < many.faces.get_right()[0] <= 0.3


# --- the run ---
def test_a_path_is_real_at_checkpoints_and_straight_between_them():
    path = TrainingPath([Checkpoint(epoch, network(epoch)) for epoch in (0, 2, 10)])
    assert [path.epoch(share) for share in (0, 0.25, 0.5, 0.75, 1, 2)] == [0, 1, 2, 6, 10, 10]
    for share, value in ((0, 0), (0.25, 1), (0.5, 2), (0.75, 6), (1, 10)):
        now = path.network(share)
        assert (now.w[0] == value).all() and now.b[0][3] == 3 * value
    assert path.network(1.0) is path.networks[-1]


def test_a_record_quotes_the_history_and_asks_where_there_is_none():
    digits = load_digits()[1]
    checkpoints = tuple(Checkpoint(epoch, network(epoch / 1000)) for epoch in (0, 4))
    asked = Record(Model(network(4 / 1000), checkpoints), digits)
    share = [(digits.labels == answer).mean() for answer in (0, 9)]
    assert asked.epochs.tolist() == [0, 4] and asked.sample == len(digits)
    np.testing.assert_allclose(asked.accuracy, share)
    assert asked.at(3.9) == share[0] and asked.at(4) == share[1]


def test_curves_are_drawn_from_the_first_epoch_to_the_last():
    words = dict.fromkeys(("cost_title", "right_title", "epochs", "cost_end", "right_end"), "x")
    curves = TrainingCurves(np.array([4.0, 2, 1]), np.array([0.2, 0.5, 0.75]), words, DARK)
    assert (curves.cost.epoch, curves.accuracy.epoch) == (1, 1)
    np.testing.assert_array_equal(curves.accuracy.values[0], [20, 50, 75])
    assert curves.accuracy.y.high == 100
    for step in curves.draw(1).animations[:2]:
        at(step, 1.0)
    assert (curves.cost.epoch, curves.accuracy.epoch) == (1, 3)


@pytest.mark.parametrize("values", [[4.0, 2, 1], [0.2, 0.5, 0.58], [0.99] * 9, [0.1, 5, 5, 5]])
def test_what_a_curve_has_reached_is_written_beside_it(values):
    plot = HistoryPlot(
        [(np.array(values), "correct", 5)], "title", "epochs", (1.15, -1.95), (5.1, 3.9), DARK
    )
    note = plot.set_epoch(len(values)).end_note("58.4% at the end")
    x = np.linspace(note.get_left()[0], note.get_right()[0], 30)
    line = np.array(plot.lines[0].get_anchors())
    y = np.interp(x, line[:, 0], line[:, 1])
    assert (note.get_bottom()[1] > y).all() or (note.get_top()[1] < y).all()
    assert note.get_top()[1] < plot.y.line.get_end()[1]


# --- the exam ---
@pytest.mark.parametrize("count", [1, 10, 997, 1000])
def test_a_sheet_has_a_mark_for_every_answer_within_its_field(count):
    sheet = MarkSheet(count, DARK, np.zeros(3), 7.4, 5.7)
    assert len(sheet) == count and sheet.width <= 7.4 and sheet.height <= 5.7
    assert (np.diff(sheet.rows) >= 0).all()
    right = np.arange(count) % 3 > 0
    sheet.set_right(right)
    np.testing.assert_array_equal(sheet.fill == rgb(DARK.correct), np.tile(right[:, None], 3))
    np.testing.assert_array_equal(sheet.corner == 1, ~right)  # not told by colour alone


def test_the_score_counts_row_by_row_to_the_share_that_is_right():
    right = np.random.default_rng(0).random(200) < 0.7
    exam = Exam(200, ("% right", "right", "wrong"), np.zeros(3), DARK)
    mark = exam.mark(right)
    mark.begin()
    seen = []
    for share in (0.0, 0.3, 0.6, 1.0):
        mark.interpolate(share)
        seen.append(exam.score.value)
        assert exam.word.get_left()[0] > exam.score.get_right()[0]
    assert seen == sorted(seen) and seen[0] == 0
    assert seen[-1] == pytest.approx(100 * right.mean())
    exam.sheet.set_right(right)
    again = exam.mark(~right)
    again.begin()
    again.interpolate(0.0)
    assert exam.score.value == pytest.approx(100 * right.mean())  # from what it was


def test_one_candidate_is_selected_after_the_other():
    pictures = [WeightImage(np.eye(4) - 0.5, DARK, 3.0).shift([k, 0, 0]) for k in range(2)]
    two = Candidates(pictures, ["first", "second"], DARK, np.array([-6.4, 2.75, 0]))
    for go in two.gather():
        at(go.build(), 1.0)
    assert [p.width for p in pictures] == pytest.approx([two.size] * 2)
    for k in (0, -1):
        for step in two.select(k):
            at(step.build() if hasattr(step, "build") else step, 1.0)
        np.testing.assert_allclose(two.frame.get_center(), pictures[k].get_center(), atol=1e-6)
        assert pictures[k].visibility == 1 > pictures[-1 - k].visibility
