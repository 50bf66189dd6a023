"""What can be said to ``netglow``: commands and options.

Only light modules are imported here; each command imports what it needs when it runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from netglow.scenes.studio.ask import options, values
from netglow.scenes.studio.ask.choices import FORMATS, UsageError


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see: {self.prog} --help)")


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("clips", nargs="*", metavar="CLIP", help="show the sections of these")
    parser.add_argument("--sections", action="store_true", help="show the sections of all clips")
    parser.set_defaults(run=lambda args: _commands().list_clips(args))


def _render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("clips", nargs="*", metavar="CLIP", help="names as netglow list shows them")
    parser.add_argument("--all", action="store_true", help="all clips")
    options.section_option(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="mp4",
        help="mp4 (default), webm, gif, or png: only the poster, at once",
    )
    options.picture_options(parser, "m (for gif: l)")
    options.output_option(parser)
    parser.set_defaults(run=lambda args: _commands().render(args))


def _embed(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("clips", nargs="+", metavar="CLIP", help="names as netglow list shows them")
    options.section_option(parser)
    add("--title", metavar="TEXT", help="the page's heading; default the clip's title")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--html", action="store_true", help="print only the HTML to paste")
    one.add_argument("--markdown", action="store_true", help="print only the Markdown to paste")
    options.picture_options(parser, "m")
    add(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        help="the page's folder; default media/embed/CLIP",
    )
    options.media_option(parser)
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
    options.picture_options(parser, "m")
    options.output_option(parser)
    parser.set_defaults(run=lambda args: _commands().film(args))


def _sheet(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("clip", metavar="CLIP", help="a name as netglow list shows it")
    options.section_option(parser)
    every = "seconds from one still to the next; default 1"
    add("--every", metavar="SECONDS", type=values.seconds, default=1.0, help=every)
    add(
        "--columns", metavar="N", type=values.count(1), default=5, help="stills in a row; default 5"
    )
    options.picture_options(parser, "that of the clip if it is there, else l")
    target = "the picture to write; default media/sheets/CLIP.png"
    add("-o", "--output", metavar="FILE.png", type=Path, help=target)
    options.media_option(parser)
    parser.set_defaults(run=lambda args: _commands().sheet(args))


def _script(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("clips", nargs="*", metavar="CLIP", help="names as netglow list shows them")
    parser.add_argument("--all", action="store_true", help="the whole film, its cards too")
    parser.add_argument("--csv", action="store_true", help="a table for programs, not Markdown")
    options.shown_options(parser)
    parser.set_defaults(run=lambda args: _voices().script(args))


def _train(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("-o", "--output", metavar="FILE", type=Path, required=True, help="the model file to write")
    add("--quick", action="store_true", help="done in seconds; reads fewer digits correctly")
    add("--relu", action="store_true", help="ReLU in the hidden layers instead of the sigmoid")
    add("--seed", type=values.count(0), metavar="N", help="another start, another network")
    add("--epochs", type=values.count(1), metavar="N", help="how often it sees all training images")
    add("--sizes", type=values.sizes, metavar="784-16-16-10", help="units in each layer")
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
    options.test_image(group)
    options.model_option(parser)
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


def _import(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "file",
        metavar="FILE",
        type=Path,
        help="a dense network: .pt, .pth, .keras, .h5, .onnx, .skops, .npz, .safetensors, .json",
    )
    add("-o", "--output", metavar="FILE", type=Path, required=True, help="the model file to write")
    options.import_options(parser)
    unseen = "it never saw Netglow's 1,000 test digits: count how many it reads"
    add("--unseen", action="store_true", help=unseen)
    add("--force", action="store_true", help="replace a file that is there")
    parser.set_defaults(run=lambda args: _exchange().import_model(args))


def _export(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("model", metavar="MODEL", type=Path, help="a model file")
    kinds = "the file to write: .npz, .safetensors or .onnx"
    add("-o", "--output", metavar="FILE", type=Path, required=True, help=kinds)
    add("--force", action="store_true", help="replace a file that is there")
    parser.set_defaults(run=lambda args: _exchange().export_model(args))


def _bench(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--shots", metavar="S1,S2", type=lambda text: text.split(","), help="only these; S1-S3, F")
    add("--full", action="store_true", help="1080p60 instead of 720p30; takes much longer")
    add(
        "--rounds",
        metavar="N",
        type=values.count(1),
        default=1,
        help="medians of N rounds; default 1",
    )
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
    options.story_options(parser, "m")
    parser.set_defaults(run=lambda args: _commands().profile(args))


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __init__(self, option_strings: list[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"netglow {version('netglow')}")
        parser.exit()


def _commands() -> ModuleType:
    from netglow.scenes.studio.ask import commands

    return commands


def _voices() -> ModuleType:
    from netglow.scenes.studio.ask import voices

    return voices


def _exchange() -> ModuleType:
    from netglow.scenes.studio.ask import exchange

    return exchange


def _networks() -> ModuleType:
    from netglow.scenes.studio.ask import networks

    return networks


@dataclass(frozen=True)
class Command:
    """One command: what it does, an example, and the function that adds its options."""

    name: str
    add_options: Callable[[argparse.ArgumentParser], None]
    what: str
    example: str


COMMANDS = (
    Command(
        "list",
        _list,
        "show the clips with their titles and lengths, or the sections of some",
        "netglow list ForwardPass",
    ),
    Command(
        "render",
        _render,
        "render clips into DIR/clips, each with poster, captions and a .json record of it",
        "netglow render ForwardPass --section read-the-answer -q h",
    ),
    Command(
        "embed",
        _embed,
        "put clips into a folder with a web page, captions, transcripts and text to paste",
        "netglow embed ForwardPass -o lesson/forward-pass",
    ),
    Command(
        "film",
        _film,
        "render all chapters and join them into DIR/film.mp4",
        "netglow film -q m --chapters WhatIsANeuron,ForwardPass",
    ),
    Command(
        "sheet",
        _sheet,
        "show a clip as one picture: stills with time and caption",
        "netglow sheet ForwardPass --section read-the-answer --every 0.5",
    ),
    Command(
        "script",
        _script,
        "print what is said in clips, to be recorded: file name, sentence, seconds there are",
        "netglow script ForwardPass --csv > forward-pass.csv",
    ),
    Command(
        "train", _train, "train a network and save it", "netglow train --quick -o my.safetensors"
    ),
    Command(
        "predict",
        _predict,
        "show what the network reads in an image",
        "netglow predict my-seven.png",
    ),
    Command("model", _model, "describe a model file", "netglow model my.safetensors"),
    Command(
        "import",
        _import,
        "keep another program's dense network as a model file",
        "netglow import mnist.pt --activations relu,softmax -o mine.safetensors",
    ),
    Command(
        "export",
        _export,
        "write a model's weights as a file that other programs read",
        "netglow export mine.safetensors -o mine.onnx",
    ),
    Command(
        "bench",
        _bench,
        "measure the drawing speed against plain Manim and against encoding alone",
        "netglow bench --shots S1,S2 -o bench.json",
    ),
    Command(
        "profile",
        _profile,
        "show where the time of a clip's frame goes",
        "netglow profile ForwardPass --section read-the-answer -q h",
    ),
)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; the chosen command's function is in ``run``."""
    parser: argparse.ArgumentParser = _Parser(
        prog="netglow",
        description="Animated explainers of a really trained neural network.",
        epilog="examples:\n  " + "\n  ".join(command.example for command in COMMANDS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        made = commands.add_parser(
            command.name,
            help=command.what,
            description=command.what[0].upper() + command.what[1:] + ".",
            epilog=f"example:\n  {command.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_options(made)
    return parser
