"""What the command line says about voices: which there are, which one speaks, what it reads."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netglow.scenes.catalog import CLIPS
from netglow.scenes.studio.ask.choices import Choices, Failure, UsageError, find_clips, one_line
from netglow.scenes.studio.ask.report import console, rows
from netglow.scenes.studio.ask.showable import check_shown

if TYPE_CHECKING:
    from rich.console import Console

    from netglow.scenes.catalog import Clip

NONE = "none"
SILENT_FORMATS = ("gif", "png")
_NAMED = 5  # missing recordings named one by one


def show_voices() -> None:
    """A table of the engines that are installed."""
    from netglow.scenes.voice.registry import listed

    rows(
        ("--voice", "what it is", "state"),
        [
            *listed(),
            ("FOLDER", "your own recordings, named as netglow script shows", "ready"),
            (NONE, "no sound; sentences stay as long as they take to read", "ready"),
        ],
    )


def voice_of(args: argparse.Namespace, fmt: str, say: Console) -> tuple[str, str | None]:
    """The voice, and the one that fills its gaps, that an invocation asks for.

    A language whose own voice is not there is silent, and a line says why. UsageError for a
    voice that was named and is not there.
    """
    from netglow.scenes.voice.choose import is_folder, teller_of
    from netglow.scenes.voice.registry import default_voice
    from netglow.scenes.voice.speech import VoiceError

    if fmt in SILENT_FORMATS or args.voice == NONE:
        return NONE, None
    try:
        if args.voice is None:
            return default_voice(args.lang), None
    except VoiceError as error:
        say.print(f"no voice, so this will be silent: {error}", markup=False)
        return NONE, None
    try:
        voice, fill = args.voice, None
        if is_folder(voice):
            if not Path(voice).is_dir():
                raise VoiceError(f"{voice}: there is no such folder of recordings")
            fill = default_voice(args.lang) if args.fill == "" else args.fill
        teller_of(voice, args.lang, fill)
        return voice, fill
    except VoiceError as error:
        raise UsageError(one_line(error)) from None


def why_silent(choices: Choices) -> str | None:
    """Why the voice cannot speak on this machine, found out by loading it; None if it can."""
    from netglow.scenes.voice.speech import VoiceError
    from netglow.scenes.voice.tellers import Speaker

    teller = choices.teller()
    try:
        if isinstance(teller, Speaker):
            teller.load()
    except VoiceError as error:
        return one_line(error)
    return None


def check_recordings(choices: Choices, parts: Iterable[tuple[Clip, str | None]], out: Path) -> None:
    """Failure that names the sentences that a folder of recordings lacks and nobody fills.

    parts: clips, whole or a section, whose sections are looked up in ``out``.
    """
    from netglow.scenes.voice.tellers import Recordings

    teller = choices.teller()
    if not isinstance(teller, Recordings) or teller.fill is not None:
        return
    missing = teller.missing(
        place for clip, section in parts for place in _places(clip, section, choices, out)
    )
    if missing:
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        raise Failure(
            f"{teller.folder}: no recordings of {', '.join(missing[:_NAMED])}{more}; "
            "record them (netglow script shows the sentences) or add --fill"
        )


def _places(clip: Clip, section: str | None, choices: Choices, out: Path) -> list[str]:
    """The names of the sentences of a clip, or of one of its sections."""
    from netglow.scenes.stage.captions import load_script
    from netglow.scenes.stage.narrator import place_of
    from netglow.scenes.studio.make.sections import played

    sections = load_script(clip.words, choices.lang).sections
    names = [section] if section is not None else list(sections)
    if section is None and clip in CLIPS:  # a card plays all of them
        names = played(clip, choices, out)
    return [place_of(clip.name, s, i) for s in names for i in range(len(sections[s].say))]


def script(args: argparse.Namespace) -> None:
    """Print the sentences of clips as somebody reads them who records them."""
    if args.all == bool(args.clips):
        raise UsageError("name clips or say --all, one of both (netglow list shows the names)")
    from netglow.scenes.studio.publish.cards import SPEAKING_CARDS

    title, ending = SPEAKING_CARDS
    clips = [title, *CLIPS, ending] if args.all else find_clips(args.clips)
    choices = Choices(args.model, args.digit, args.index, args.image, lang=args.lang)
    check_shown([clip for clip in clips if clip in CLIPS], choices.story().network, args.model)
    with console(stderr=True).status("looking for the sentences"):
        told = [(clip, _lines(clip, choices)) for clip in clips]
    if args.csv:
        table = csv.writer(sys.stdout)
        table.writerow(("file", "sentence", "seconds"))
        table.writerows(line for _, lines in told for line in lines)
        return
    for clip, lines in told:
        print(f"# {clip.title}\n")
        for file, sentence, seconds in lines:
            print(f"**{file}** ({seconds} s)  \n{sentence}\n")


def _lines(clip: Clip, choices: Choices) -> Sequence[tuple[str, str, str]]:
    """File name, sentence and the seconds it has when nobody speaks, of all that a clip says."""
    from netglow.scenes.stage.narrator import place_of
    from netglow.scenes.studio.make.sections import play_undrawn

    scene = play_undrawn(clip, choices)
    return [
        (
            f"{place_of(clip.name, section.name, i)}.wav",
            scene.script.fill(sentence, section.numbers),
            f"{end - start:.1f}",
        )
        for section in scene.sections
        for i, (sentence, (start, end)) in enumerate(
            zip(scene.narrator.script.sections[section.name].say, section.sentences, strict=True)
        )
    ]
