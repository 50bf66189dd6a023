"""One forward pass over a data set serves all that is asked about it."""

from __future__ import annotations

import numpy as np

from netglow.netcore.network import forward
from netglow.netcore.study import evaluation, facts
from netglow.netcore.study.evaluation import Evaluation, evaluate
from netglow.scenes.stage.story import Story


def test_it_is_what_forward_says_of_each_image(default_model, unseen):
    found = Evaluation(default_model.network, unseen)
    assert found.accuracy == default_model.accuracy
    for k in range(0, len(unseen), 97):
        trace = forward(default_model.network, unseen.images[k])
        assert found.predictions[k] == trace.predicted
        assert found.correct[k] == (trace.predicted == unseen.labels[k])
        np.testing.assert_allclose(found.trace.output[k], trace.output, atol=1e-12)


def test_everything_about_a_story_takes_one_pass(monkeypatch):
    passes = []
    run = evaluation.forward_batch
    monkeypatch.setattr(evaluation, "forward_batch", lambda *a: passes.append(1) or run(*a))
    evaluate.cache_clear()
    story = Story.choose(digit=8)  # found by its output
    facts.accuracy(story.network, story.digits)
    facts.confusion(story.network, story.digits)
    facts.first_wrong(story.network, story.digits)
    facts.weighted_sums(story.network, story.digits, 0)
    assert story.evaluation.accuracy == facts.accuracy(story.network, story.digits)
    assert len(passes) == 1


def test_stories_share_the_digits_and_what_is_known_of_them():
    one, other = Story.choose(digit=1), Story.choose(digit=2)
    assert one.digits is other.digits and one.training is other.training
    assert len(one.training) == 9000 and one.training.checksum == one.digits.checksum
