"""The film's cards as jobs: title, a transition to every chapter, ending."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.scenes.catalog import Clip
from netglow.scenes.stage.captions import load_script
from netglow.scenes.studio.make.freshness import made_from_entry, mark_of
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.programs import OURS

if TYPE_CHECKING:
    from netglow.scenes.stage.scene import NetglowScene

CARDS = {
    "title": Clip("TitleCard", "cards.title_card", "Title", "", 6),
    "transition": Clip("Transition", "cards.transition", "Transition", "", 3),
    "ending": Clip("EndingCard", "cards.ending_card", "Ending", "", 7),
}
SPEAKING_CARDS = (CARDS["title"], CARDS["ending"])
_INVISIBLE = ("title", "narration")  # parts of a clip that leave no trace in its pictures


@dataclass(frozen=True)
class CardJob(Job):
    """One card to make.

    kind: a name of CARDS. ``number`` and ``heading`` are those of the chapter that follows, of
    ``chapters``. ``before`` and ``after``: the clips next to it, on disk when it is made.
    """

    kind: str = "title"
    number: int = 1
    chapters: int = 1
    heading: str = ""
    before: Path | None = None
    after: Path | None = None

    @property
    def entry(self) -> Clip:
        """What would stand in the catalog."""
        return CARDS[self.kind]

    def scene(self, **kwargs: Any) -> NetglowScene:
        """The card's scene, ready to be rendered."""
        from netglow.scenes.cards.card import Seam
        from netglow.scenes.studio.make.media import first_frame, last_frame

        before = None if self.before is None else last_frame(self.before)
        after = None if self.after is None else first_frame(self.after)
        seam = Seam(self.chapters, self.number, self.heading, before, after)
        card: Callable[..., NetglowScene] = self.entry.load()
        return card(seam, **kwargs)


def cards_of(chapters: Sequence[Job], out: Path) -> list[CardJob]:
    """The cards of a film: its title, the transitions in the chapters' order, its ending."""
    last = chapters[-1]
    cards = [_card("title", "title", out, last)]
    for number, (before, chapter) in enumerate(zip([None, *chapters], chapters, strict=False), 1):
        place = (number, len(chapters))
        cards.append(_card(f"to_{chapter.clip}", "transition", out, last, (before, chapter), place))
    return [*cards, _card("ending", "ending", out, last, (last, None))]


def _card(
    name: str,
    kind: str,
    out: Path,
    like: Job,
    neighbours: tuple[Job | None, Job | None] = (None, None),
    place: tuple[int, int] = (1, 1),
) -> CardJob:
    """A card with the settings of ``like``; ``place``: its number and that of all chapters."""
    (before, after), (number, chapters) = neighbours, place
    heading = "" if after is None else title_of(after)
    made = made_from_entry(CARDS[kind], like.choices, like.quality, like.fmt)
    made["files"] = made["files"] | {"scenes/studio/publish/cards.py": OURS.mark_of(Path(__file__))}
    made |= {
        "place in the film": f"{number} of {chapters}",
        "next chapter's title": heading,
        "chapter before": _pictures(before),
        "chapter after": _pictures(after),
    }
    common = (name, like.choices, like.quality, like.fmt, out, made)
    return CardJob(
        *common,
        kind=kind,
        number=number,
        chapters=chapters,
        heading=heading,
        before=None if before is None else before.picture,
        after=None if after is None else after.picture,
    )


def title_of(job: Job) -> str:
    """A clip's title in the language it is narrated in."""
    return load_script(job.entry.words, job.choices.lang).title


def _pictures(job: Job | None) -> str | None:
    """What decides a clip's pictures: the same mark, the same pictures."""
    if job is None:
        return None
    return mark_of([job.clip, {k: v for k, v in job.made_from.items() if k not in _INVISIBLE}])
