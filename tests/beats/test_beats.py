"""What is said, and what stands where in which colour, is what somebody has read and looked at.

If a clip is meant to look otherwise: ``python -m tests.beats.update CLIP``, and read what changed.
"""

from __future__ import annotations

import pytest

from netglow.scenes.catalog import CLIPS
from tests.beats.sheet import STORIES, differences, path_of, sheet
from tests.beats.stories import choices_of

KEPT = [(clip.name, s) for clip in CLIPS for s in STORIES if path_of(clip.name, s).exists()]


@pytest.mark.parametrize(("clip", "story"), KEPT, ids=lambda name: name)
def test_beats(play, clip, story):
    reference = path_of(clip, story).read_text("utf-8").splitlines()
    wrong = list(differences(sheet(play(clip, **choices_of(story))), reference))
    assert not wrong, "\n".join(wrong[:40])
