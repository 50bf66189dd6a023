"""What can be said to ``netglow``: commands and options.

Only light modules are imported here; each command imports what it needs when it runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from netglow.scenes.studio.ask.choices import FORMATS, QUALITIES, THEMES, UsageError

EXAMPLES = {
    "list": "netglow list ForwardPass",
    "render": "netglow render ForwardPass --section read-the-answer -q h",
    "sheet": "netglow sheet ForwardPass --section the-threads",
    "embed": "netglow embed ForwardPass -o lesson/forward-pass",
    "film": "netglow film -q m --chapters WhatIsANeuron,ForwardPass",
    "train": "netglow train --quick -o my.safetensors",
    "predict": "netglow predict my-seven.png",
    "model": "netglow model my.safetensors",
    "bench": "netglow bench --shots S1,S2 -o bench.json",
    "profile": "netglow profile ForwardPass --section read-the-answer -q h",
}
QUALITY_HELP = "l 480p15, m 720p30, h 1080p60, p 1440p60, k 2160p60"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see: {self.prog} --help)")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; the chosen command's function is in ``run``."""
    parser = _Parser(
        prog="netglow",
        description="Animated explainers of a really trained neural network.",
        epilog="examples:\n  " + "\n  ".join(EXAMPLES.values()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _list(
        _command(
            commands,
            "list",
            "show the clips with their titles and lengths, or the sections of some",
        )
    )
    _render(
        _command(
            commands,
            "render",
            "render clips into DIR/clips, each with poster, "
            "captions and a .json that tells what it shows",
        )
    )
    _sheet(
        _command(
            commands,
            "sheet",
            "draw a contact sheet: one still a second of a clip, with its captions",
        )
    )
    _embed(
        _command(
            commands,
            "embed",
            "put clips into a folder with a web page, captions, transcripts and text to paste",
        )
    )
    _film(_command(commands, "film", "render all chapters and join them into DIR/film.mp4"))
    _train(_command(commands, "train", "train a network and save it"))
    _predict(_command(commands, "predict", "show what the network answers to an image"))
    _model(_command(commands, "model", "describe a model file"))
    _bench(
        _command(
            commands,
            "bench",
            "measure the drawing speed against plain Manim and against encoding alone",
        )
    )
    _profile(_command(commands, "profile", "show where the time of a clip's frame goes"))
    return parser


def _command(commands: argparse._SubParsersAction, name: str, what: str) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=what,
        description=what[0].upper() + what[1:] + ".",
        epilog=f"example:\n  {EXAMPLES[name]}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("clips", nargs="*", metavar="CLIP", help="show the sections of these")
    parser.add_argument("--sections", action="store_true", help="show the sections of all clips")
    parser.set_defaults(run=lambda args: _commands().list_clips(args))


def _render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("clips", nargs="*", metavar="CLIP", help="names as netglow list shows them")
    parser.add_argument("--all", action="store_true", help="all clips")
    _section_option(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="mp4",
        help="mp4 (default), webm, gif, or png: only the poster, at once",
    )
    _picture_options(parser, "m (for gif: l)")
    parser.set_defaults(run=lambda args: _commands().render(args))


def _sheet(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("clip", metavar="CLIP", help="a name as netglow list shows it")
    add("--section", metavar="NAME", help="only this section (netglow list CLIP shows the names)")
    add("--every", metavar="SECONDS", type=_seconds, default=1.0, help="default 1")
    add("--columns", metavar="N", type=_count(1), default=4, help="stills beside each other: 4")
    add("-o", "--output", metavar="FILE.png", type=Path, help="default DIR/sheets/CLIP.png")
    _story_options(parser, "l")
    _media_option(parser)
    parser.set_defaults(
        run=lambda args: _commands().sheet(args), jobs=None, force=False, dry_run=False
    )


def _embed(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("clips", nargs="+", metavar="CLIP", help="names as netglow list shows them")
    _section_option(parser)
    add("--title", metavar="TEXT", help="the page's heading; default the clip's title")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--html", action="store_true", help="print only the HTML to paste")
    one.add_argument("--markdown", action="store_true", help="print only the Markdown to paste")
    _picture_options(parser, "m", output=None)
    _media_option(parser)
    parser.set_defaults(run=lambda args: _commands().embed(args))


def _film(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--chapters",
        metavar="A,B",
        type=lambda text: text.split(","),
        help="only these clips, in this order",
    )
    parser.add_argument(
        "--no-cards",
        action="store_true",
        help="only the chapters, without title, transitions and ending",
    )
    _picture_options(parser, "m")
    parser.set_defaults(run=lambda args: _commands().film(args))


def _train(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("-o", "--output", metavar="FILE", type=Path, required=True, help="the model file to write")
    add("--quick", action="store_true", help="done in seconds; reads fewer digits correctly")
    add("--relu", action="store_true", help="ReLU in the hidden layers instead of the sigmoid")
    add("--seed", type=_count(0), metavar="N", help="another start, another network")
    add("--epochs", type=_count(1), metavar="N", help="how often it sees all training images")
    add("--sizes", type=_sizes, metavar="784-16-16-10", help="units in each layer")
    parser.set_defaults(run=lambda args: _networks().train(args))


def _predict(parser: argparse.ArgumentParser) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "image",
        nargs="?",
        metavar="IMAGE",
        type=Path,
        help="your own picture of a digit: any size, dark on light or light on dark",
    )
    _test_image(group)
    _model_option(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE.png",
        type=Path,
        help="save the picture before and after it is brought to 28x28",
    )
    parser.set_defaults(run=lambda args: _networks().predict(args))


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="a model file (the default model if none is named)",
    )
    parser.set_defaults(run=lambda args: _networks().describe_model(args.file))


def _bench(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--shots", metavar="S1,S2", type=lambda text: text.split(","), help="only these; S1-S3, F")
    add("--full", action="store_true", help="1080p60 instead of 720p30; takes much longer")
    add("--rounds", metavar="N", type=_count(1), default=1, help="medians of N rounds; default 1")
    add(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        default=Path("media/bench.json"),
        help="default media/bench.json",
    )
    parser.set_defaults(run=lambda args: _commands().bench(args))


def _profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("clip", metavar="CLIP", help="a name as netglow list shows it")
    parser.add_argument(
        "--section",
        metavar="NAME",
        help="only this section's frames (netglow list CLIP shows the names)",
    )
    _story_options(parser, "m")
    parser.set_defaults(run=lambda args: _commands().profile(args))


def _picture_options(
    parser: argparse.ArgumentParser, quality: str, output: Path | None = Path("media")
) -> None:
    add = parser.add_argument
    _story_options(parser, quality)
    told = "default media" if output else "the page's folder; default media/embed/CLIP"
    add("-o", "--output", metavar="DIR", type=Path, default=output, help=told)
    add("--jobs", metavar="N", type=_count(1), help="clips rendered at once; default: all cores")
    again = parser.add_mutually_exclusive_group()
    again.add_argument("--force", action="store_true", help="render also what is up to date")
    again.add_argument(
        "--dry-run", action="store_true", help="only say what would be rendered, and why"
    )


def _story_options(parser: argparse.ArgumentParser, quality: str) -> None:
    add = parser.add_argument
    add(
        "-q",
        "--quality",
        type=_quality,
        metavar="l|m|h|p|k",
        help=f"{QUALITY_HELP}; default {quality}",
    )
    _model_option(parser)
    group = parser.add_mutually_exclusive_group()
    _test_image(group)
    group.add_argument(
        "--image", metavar="FILE", type=Path, help="show your own picture of a digit"
    )
    add("--theme", choices=THEMES, default="dark", help="default dark")
    add("--lang", default="en", metavar="CODE", help="language of all words; default en")


def _media_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--media",
        metavar="DIR",
        type=Path,
        default=Path("media"),
        help="where clips are rendered, in DIR/clips; default media",
    )


def _section_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--section",
        metavar="NAME[,NAME]",
        action="extend",
        type=_names,
        help="only these sections, each a clip of its own (netglow list CLIP shows the names); "
        "all: every section",
    )


def _test_image(group: argparse._MutuallyExclusiveGroup) -> None:
    group.add_argument(
        "--digit",
        metavar="0-9",
        type=_digit,
        help="the first test image of this digit that is read with confidence",
    )
    group.add_argument("--index", metavar="N", type=_count(0), help="test image number N")


def _model_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="FILE", type=Path, help="another network's model file")


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __init__(self, option_strings: list[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"netglow {version('netglow')}")
        parser.exit()


def _count(least: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
        return int(text)

    return whole


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0.1")
    return seconds


def _digit(text: str) -> int:
    if text not in tuple("0123456789"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a digit from 0 to 9")
    return int(text)


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of names such as one,two")
    return names


def _quality(text: str) -> str:
    if text not in QUALITIES:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of l, m, h, p, k")
    return text


def _sizes(text: str) -> tuple[int, ...]:
    """Hidden sizes out of "784-16-16-10"; the ends are given by the images and the classes."""
    parts = text.split("-")
    good = all(p.isdecimal() and 0 < int(p) <= 4096 for p in parts)
    if not good or len(parts) < 3 or (parts[0], parts[-1]) != ("784", "10"):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a list of layers such as 784-16-16-10, from 784 to 10"
        )
    return tuple(int(p) for p in parts[1:-1])


def _commands() -> ModuleType:
    from netglow.scenes.studio.ask import commands

    return commands


def _networks() -> ModuleType:
    from netglow.scenes.studio.ask import networks

    return networks
