"""Make reference stills anew: ``python -m tests.stills.update [clip …]`` (all without a name)."""

from __future__ import annotations

import sys
import tempfile

from tests.chapters.playing import play_chapter
from tests.stills.compare import save, small
from tests.stills.stills import STILLS, choices_of, reference


def main(names: list[str]) -> int:
    known = {clip for clip, _ in STILLS}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no clip {', '.join(unknown)}; there are: {', '.join(sorted(known))}")
        return 2
    for clip, theme in STILLS:
        if names and clip not in names:
            continue
        with tempfile.TemporaryDirectory() as media:
            poster = play_chapter(clip, media, **choices_of(theme)).poster_frame
        path = reference(clip, theme)
        save(small(poster), path)
        print(f"{path}  {path.stat().st_size / 1000:.1f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
