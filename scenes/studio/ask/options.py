"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from netglow.scenes.studio.ask import values
from netglow.scenes.studio.ask.choices import CAPTIONS, THEMES

QUALITY_HELP = "l 480p15, m 720p30, h 1080p60, p 1440p60, k 2160p60"


def picture_options(parser: argparse.ArgumentParser, quality: str) -> None:
    """What is drawn and how, who speaks, and what is rendered anew."""
    story_options(parser, quality)
    voice_options(parser)
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=values.count(1),
        help="clips rendered at once; default: as many as cores and memory allow",
    )
    again = parser.add_mutually_exclusive_group()
    again.add_argument("--force", action="store_true", help="render also what is up to date")
    again.add_argument(
        "--dry-run", action="store_true", help="only say what would be rendered, and why"
    )


def story_options(parser: argparse.ArgumentParser, quality: str) -> None:
    """Quality, model, image, theme and language."""
    parser.add_argument(
        "-q",
        "--quality",
        type=values.quality,
        metavar="l|m|h|p|k",
        help=f"{QUALITY_HELP}; default {quality}",
    )
    shown_options(parser)
    parser.add_argument("--theme", choices=THEMES, default="dark", help="default dark")


def shown_options(parser: argparse.ArgumentParser) -> None:
    """What a clip is about: model, image and language."""
    add = parser.add_argument
    model_option(parser)
    group = parser.add_mutually_exclusive_group()
    test_image(group)
    group.add_argument(
        "--image", metavar="FILE", type=Path, help="show your own picture of a digit"
    )
    add("--lang", default="en", metavar="CODE", help="language of all words; default en")


def voice_options(parser: argparse.ArgumentParser) -> None:
    """Who speaks, and where the captions are."""
    add = parser.add_argument
    add(
        "--voice",
        metavar="NAME|FOLDER|none",
        help="who speaks: a name that --voices shows, a folder of recordings (netglow script shows "
        "how they are called), or none; default the voice of the language",
    )
    fill = "the voice that says what a folder of recordings lacks; default the language's"
    add("--fill", metavar="NAME", nargs="?", const="", help=fill)
    add("--voices", action=_Voices, help="show the voices there are and exit")
    where = "a track to be switched on (default), drawn into the picture, or none in the video"
    add("--captions", choices=CAPTIONS, default="track", help=where)


class _Voices(argparse.Action):
    """Shows the voices; what finds them is imported only then."""

    def __init__(self, option_strings: list[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from netglow.scenes.studio.ask.voices import show_voices

        show_voices()
        parser.exit()


def output_option(parser: argparse.ArgumentParser) -> None:
    """The folder everything goes to."""
    default = Path("media")
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, default=default, help="default media"
    )


def media_option(parser: argparse.ArgumentParser) -> None:
    """The folder of the clips, where the output goes elsewhere."""
    parser.add_argument(
        "--media",
        metavar="DIR",
        type=Path,
        default=Path("media"),
        help="where clips are rendered, in DIR/clips; default media",
    )


def section_option(parser: argparse.ArgumentParser) -> None:
    """Sections instead of the whole clip."""
    parser.add_argument(
        "--section",
        metavar="NAME[,NAME]",
        action="extend",
        type=values.names,
        help="only these sections, each a clip of its own (netglow list CLIP shows the names); "
        "all: every section",
    )


def test_image(group: argparse._MutuallyExclusiveGroup) -> None:
    """The two ways to choose a test image."""
    group.add_argument(
        "--digit",
        metavar="0-9",
        type=values.digit,
        help="the first test image of this digit that is read with confidence",
    )
    group.add_argument("--index", metavar="N", type=values.count(0), help="test image number N")


def model_option(parser: argparse.ArgumentParser) -> None:
    """Another network."""
    parser.add_argument("--model", metavar="FILE", type=Path, help="another network's model file")


def import_options(parser: argparse.ArgumentParser) -> None:
    """What another program's file does not say itself."""
    add = parser.add_argument
    add(
        "--activations",
        metavar="NAME[,NAME]",
        type=values.names,
        help="what follows each layer, or all hidden layers and the output: relu,softmax; out of "
        "sigmoid, relu, tanh, leaky_relu, gelu, softmax, identity",
    )
    add("--classes", metavar="A,B,...|FILE", type=values.classes, help="names of the outputs")
    add("--image-shape", metavar="8x8", type=values.image_shape, help="rows and columns")
    add(
        "--input-scale",
        metavar="0-255|MEAN,STD",
        type=values.input_scale,
        help="what the network was trained on: numbers for no ink and full ink, or mean and "
        "standard deviation; default 0-1",
    )
    add(
        "--orientation",
        choices=("out-in", "in-out"),
        help="how weights lie, if neither names nor shapes tell: a row for each output, as in "
        "PyTorch (out-in), or for each input, as in Keras (in-out)",
    )
