"""Write the beat sheets of clips anew: ``python -m tests.beats.update CLIP…``; then read them.

A story that looks like the default one has no sheet.
"""

from __future__ import annotations

import sys
import tempfile

from netglow.scenes.studio.ask.choices import find_clips
from tests.beats.sheet import STORIES, path_of, sheet
from tests.beats.stories import choices_of
from tests.chapters.playing import play_chapter


def main(names: list[str]) -> None:
    """Play the clips with each story, and write what was on the screen."""
    with tempfile.TemporaryDirectory() as media:
        for clip in find_clips(names):
            for story in STORIES:
                lines = sheet(play_chapter(clip.name, media, **choices_of(story)))
                path, text = path_of(clip.name, story), "\n".join(lines) + "\n"
                path.unlink(missing_ok=True)
                default = path_of(clip.name, "default")
                if story == "default" or text != default.read_text("utf-8"):
                    path.write_text(text, "utf-8")
                    print(f"{path.name}: {len(lines)} lines")


if __name__ == "__main__":
    main(sys.argv[1:])
