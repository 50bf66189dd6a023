"""What the commands do that bring networks in from other programs, and take them there."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from netglow.netcore.refusal import plain
from netglow.scenes.studio.ask.choices import Failure, UsageError
from netglow.scenes.studio.ask.networks import accuracy_words
from netglow.scenes.studio.ask.report import console
from netglow.scenes.studio.make.workspace import check_writable, write_whole

if TYPE_CHECKING:
    from netglow.netcore.model import Model


def import_model(args: argparse.Namespace) -> None:
    """Read another program's file, and keep what is in it as a model file."""
    from netglow.netcore.formats.front import is_foreign
    from netglow.netcore.formats.hints import Hints
    from netglow.netcore.model import load_model, save_model

    _check_free(args.output, args.force)
    model = load_model(
        args.file,
        Hints(
            tuple(args.activations) if args.activations else None,
            tuple(args.classes) if args.classes else None,
            args.image_shape,
            args.input_scale,
            args.orientation,
        ),
    )
    if not is_foreign(args.file):
        raise Failure(f"{args.file}: this is Netglow's own kind of file; use it as it is")
    if args.unseen:
        model = _measured(model, args.file)
    save_model(args.output, model)
    out, network = console(), model.network
    layers = " - ".join(map(str, network.sizes))
    functions = ", ".join(network.activations)
    out.print(f"{args.output}: {layers} ({functions}); {accuracy_words(model)}", markup=False)
    for note in model.meta["notes"]:
        out.print(f"note: {plain(note)}", markup=False)


def _measured(model: Model, path: Path) -> Model:
    """The same with the share of Netglow's test digits that it reads."""
    from netglow.netcore.digits import load_digits
    from netglow.netcore.study.facts import accuracy

    _, test = load_digits()
    network = model.network
    fits = network.image_shape == test.images.shape[1:]
    if not fits or network.class_names != tuple("0123456789"):
        rows, columns = network.image_shape
        raise UsageError(
            f"{path}: --unseen needs a network for 28 x 28 images of the digits 0 to 9, this one "
            f"is for {rows} x {columns} and the classes {plain(' '.join(network.class_names), 80)}"
        )
    found = {"accuracy": accuracy(network, test), "accuracy_sample": len(test)}
    return replace(model, meta={**model.meta, **found})


def export_model(args: argparse.Namespace) -> None:
    """Write a model's weights in another program's form."""
    from netglow.netcore.formats.export import WRITERS
    from netglow.netcore.model import load_model

    suffix = args.output.suffix.lower()
    if suffix not in WRITERS:
        raise UsageError(f"{args.output}: expected a name that ends in {', '.join(WRITERS)}")
    _check_free(args.output, args.force)
    model = load_model(args.model)
    write_whole(args.output, WRITERS[suffix](model.network))
    sizes = " - ".join(map(str, model.network.sizes))
    console().print(f"{args.output}: {sizes}", markup=False)


def _check_free(path: Path, force: bool) -> None:
    """Raise Failure if there is a file already that may not be replaced, or no way to write one."""
    check_writable(path)
    if path.exists() and not force:
        raise Failure(f"{path}: there is a file of this name; choose another, or add --force")
