"""What the commands about a network do: train it, let it read, describe it."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.netcore.refusal import plain
from netglow.scenes.studio.ask.choices import Choices, UsageError
from netglow.scenes.studio.ask.report import bars, console
from netglow.scenes.studio.make.workspace import check_writable

if TYPE_CHECKING:
    from netglow.netcore.model import Model
    from netglow.netcore.training import Progress, Recipe


def train(args: argparse.Namespace) -> None:
    """Train with a progress bar; Ctrl-C keeps and saves the best so far."""
    from netglow.netcore.digits import load_digits
    from netglow.netcore.model import save_model
    from netglow.netcore.training import train as run

    recipe, out = _recipe(args), console()
    check_writable(args.output)
    with bars(out) as shown:
        task = shown.add_task("training", total=recipe.epochs, unit="epochs")

        def on_epoch(now: Progress) -> None:
            right = f"{now.test_accuracy:.1%} right"
            shown.update(task, completed=now.epoch, description=f"training, {right}")
            tenths = (now.epoch * 10 // now.epochs, (now.epoch - 1) * 10 // now.epochs)
            if not out.is_terminal and tenths[0] > tenths[1]:
                out.print(f"epoch {now.epoch} of {now.epochs}: {right}, {now.seconds:.0f} s")

        model = run(*load_digits(), recipe, on_epoch)
    save_model(args.output, model)
    done = int(model.meta["epochs_done"])
    if done < recipe.epochs:
        out.print(f"stopped early: kept the best network so far, of epoch {done}")
    out.print(f"{args.output}: {accuracy_words(model)}; digest {model.digest[:12]}", markup=False)


def _recipe(args: argparse.Namespace) -> Recipe:
    from netglow.netcore.training import DEFAULT, QUICK, RELU

    recipe = QUICK if args.quick else RELU if args.relu else DEFAULT
    changes: dict[str, object] = {}
    if args.quick and args.relu:
        changes |= {"name": "quick relu", "activation": RELU.activation}
    for name, value in (("seed", args.seed), ("epochs", args.epochs), ("hidden", args.sizes)):
        if value is not None:
            changes[name] = value
    return recipe.with_changes(**changes)


def predict(args: argparse.Namespace) -> None:
    """The ten outputs as bars; your own picture before and after."""
    if args.image is None and args.index is None and args.digit is None:
        raise UsageError("name an image file, --index N or --digit D")
    from netglow.scenes.studio.ask import terminal

    story = Choices(args.model, args.digit, args.index, args.image).story()
    out = console()
    before = story.image if story.drawing is None else story.drawing
    if story.drawing is not None:
        terminal.picture(out, before, story.image)
    names, predicted = [plain(n) for n in story.network.class_names], story.trace.predicted
    truth = "" if story.label is None else f", labelled {names[story.label]}"
    out.print(f"{plain(story.source)}{truth}: the network reads {names[predicted]}", markup=False)
    terminal.bars(out, names, story.trace.output.tolist(), predicted)
    out.print(f"model {story.model.digest[:12]}, {accuracy_words(story.model)}")
    if args.output is not None:
        check_writable(args.output)
        terminal.save_picture(args.output, before, story.image)
        out.print(f"before and after: {args.output}", markup=False)


def describe_model(path: Path | None) -> None:
    """What a model file holds and where it comes from."""
    from netglow.netcore.model import DEFAULT_MODEL, load_model

    model = load_model(path)
    network, meta = model.network, model.meta
    epochs = [checkpoint.epoch for checkpoint in model.checkpoints]
    rows = {
        "file": path or DEFAULT_MODEL,
        "digest": model.digest,
        "sizes": " - ".join(map(str, network.sizes)),
        "activations": ", ".join(network.activations),
        "parameters": f"{network.parameter_count:,} ({network.edge_count:,} of them weights)",
        "classes": " ".join(network.class_names),
        "accuracy": accuracy_words(model),
        "source": _source_words(meta.get("source")),
        "notes": "; ".join(map(str, meta["notes"])) if isinstance(meta.get("notes"), list) else "",
        "data": _data_words(meta),
        "seed": meta.get("seed", "unknown"),
        "recipe": _recipe_words(meta.get("recipe")),
        "checkpoints": "epochs " + ", ".join(map(str, epochs)) if epochs else "none",
    }
    for name, value in rows.items():
        if value != "":
            console().print(f"{name:12} {plain(value)}", markup=False)


def _data_words(meta: Mapping[str, Any]) -> str:
    mark = meta.get("data_checksum")
    return f"{meta.get('data', 'unknown')}" + (f" (SHA-256 {str(mark)[:12]}...)" if mark else "")


def _source_words(source: object) -> str:
    """Which file an imported network comes from; nothing for one that was trained here."""
    if not isinstance(source, dict):
        return ""
    if "sha256" not in source:
        return f"{source.get('class')} ({source.get('format')})"
    mark = str(source["sha256"])[:12]
    return f"{source.get('file')} ({source.get('format')}, SHA-256 {mark}...)"


def _recipe_words(recipe: object) -> str:
    if not isinstance(recipe, dict):
        return str(recipe or "unknown")
    plain = ((key, value) for key, value in recipe.items() if not isinstance(value, dict | list))
    words = ", ".join(f"{key} {value}" for key, value in plain if key != "seed")
    return words + (", deformed images" if isinstance(recipe.get("augmentation"), dict) else "")


def accuracy_words(model: Model) -> str:
    n = model.accuracy_sample
    if not n:
        return "accuracy not measured"
    low, high = wilson(model.accuracy, n)
    return (
        f"{model.accuracy:.1%} of {n:,} unseen images right (95% interval {low:.1%} to {high:.1%})"
    )


def wilson(accuracy: float, n: int) -> tuple[float, float]:
    """95% interval of an accuracy 0..1 counted on n items (Wilson, 1927)."""
    z = 1.959964
    middle = (accuracy + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(accuracy * (1 - accuracy) / n + z * z / (4 * n * n))
    return middle - half, middle + half
