"""What each command does. Heavy imports stand inside, so that light commands stay quick."""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from scenes.catalog import CLIPS
from scenes.studio.choices import Choices, Failure, UsageError, find_clips, one_line
from scenes.studio.report import bars, console

if TYPE_CHECKING:
    from netcore.model import Model
    from netcore.training import Progress, Recipe
    from scenes.studio.render import Job


def list_clips() -> None:
    """The clips in film order: a table in a terminal, tabs between the columns elsewhere."""
    out = console()
    if not out.is_terminal:
        for clip in CLIPS:
            print(clip.name, _minutes(clip.seconds), clip.title, sep="\t")
        return
    table = Table("clip", "length", "title", "shows", box=None, header_style="bold")
    for clip in CLIPS:
        table.add_row(clip.name, _minutes(clip.seconds), clip.title, clip.shows)
    out.print(table)


def _minutes(seconds: float) -> str:
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"


def render(args: argparse.Namespace) -> None:
    """Render the named clips."""
    if args.all == bool(args.clips):
        raise UsageError("name clips or say --all, one of both (netglow list shows the names)")
    names = [clip.name for clip in CLIPS] if args.all else args.clips
    quality = args.quality or ("l" if args.format == "gif" else "m")
    _make(args, names, quality, args.format)


def film(args: argparse.Namespace) -> None:
    """Render the chapters and join them."""
    names = args.chapters or [clip.name for clip in CLIPS]
    jobs, stale = _make(args, names, args.quality or "m", "mp4")
    from scenes.studio.film import make_film

    if args.dry_run:
        console().print("film: would be joined anew" if stale else "film: no clip would change")
        return
    path, told, new = make_film(jobs, args.output, args.force)
    chapters = len(told["clips"])
    length = f"{chapters} chapter{'s' * (chapters > 1)}, {_minutes(told['duration'])}"
    console().print(f"film: {path} {'' if new else 'is up to date '}({length})", markup=False)


def _make(
    args: argparse.Namespace, names: list[str], quality: str, fmt: str
) -> tuple[list[Job], bool]:
    """Make the clips that need it; gives all of them, and whether one was made."""
    clips = find_clips(names)
    from scenes.studio import jobs
    from scenes.studio.freshness import made_from
    from scenes.studio.render import Job

    choices = Choices(args.model, args.digit, args.index, args.image, args.theme, args.lang)
    story = choices.story()  # a wrong choice is told once, before anything starts
    if story.drawing is not None:
        from scenes.studio import terminal

        terminal.picture(console(), story.drawing, story.image)
    out = args.output / "clips"
    todo = [
        Job(clip.name, choices, quality, fmt, out, made_from(clip.name, choices, quality, fmt))
        for clip in clips
    ]
    return todo, jobs.run(todo, out, args.jobs or jobs.cores(), args.force, args.dry_run)


def train(args: argparse.Namespace) -> None:
    """Train with a progress bar; Ctrl-C keeps and saves the best so far."""
    from netcore.digits import load_digits
    from netcore.model import save_model
    from netcore.training import train as run

    recipe, out = _recipe(args), console()
    _check_writable(args.output)
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
    out.print(f"{args.output}: {_accuracy(model)}; digest {model.digest[:12]}", markup=False)


def _recipe(args: argparse.Namespace) -> Recipe:
    from netcore.training import DEFAULT, QUICK, RELU

    recipe = QUICK if args.quick else RELU if args.relu else DEFAULT
    changes: dict[str, object] = {}
    if args.quick and args.relu:
        changes |= {"name": "quick relu", "activation": RELU.activation}
    for name, value in (("seed", args.seed), ("epochs", args.epochs), ("hidden", args.sizes)):
        if value is not None:
            changes[name] = value
    return recipe.with_changes(**changes)


def _check_writable(path: Path) -> None:
    """Better to learn it before minutes of training than after."""
    try:
        if path.is_dir():
            raise IsADirectoryError(0, "is a folder")
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise Failure(f"cannot write {path}: {error.strerror or one_line(error)}") from None


def predict(args: argparse.Namespace) -> None:
    """The ten outputs as bars; an own picture before and after."""
    if args.image is None and args.index is None and args.digit is None:
        raise UsageError("name an image file, --index N or --digit D")
    from scenes.studio import terminal

    story = Choices(args.model, args.digit, args.index, args.image).story()
    out = console()
    before = story.image if story.drawing is None else story.drawing
    if story.drawing is not None:
        terminal.picture(out, before, story.image)
    names, answer = story.network.class_names, story.trace.predicted
    truth = "" if story.label is None else f", labelled {names[story.label]}"
    out.print(f"{story.source}{truth}: the network answers {names[answer]}", markup=False)
    terminal.bars(out, names, story.trace.output, answer)
    out.print(f"model {story.model.digest[:12]}, {_accuracy(story.model)}")
    if args.output is not None:
        _check_writable(args.output)
        terminal.save_picture(args.output, before, story.image)
        out.print(f"before and after: {args.output}", markup=False)


def describe_model(path: Path | None) -> None:
    """What a model file holds and where it comes from."""
    from netcore.model import DEFAULT_MODEL, load_model

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
        "accuracy": _accuracy(model),
        "data": f"{meta.get('data', 'unknown')} (SHA-256 {str(meta.get('data_checksum'))[:12]}...)",
        "seed": meta.get("seed", "unknown"),
        "recipe": _recipe_words(meta.get("recipe")),
        "checkpoints": "epochs " + ", ".join(map(str, epochs)) if epochs else "none",
    }
    for name, value in rows.items():
        console().print(f"{name:12} {value}", markup=False)


def _recipe_words(recipe: object) -> str:
    if not isinstance(recipe, dict):
        return str(recipe or "unknown")
    told = ((key, value) for key, value in recipe.items() if not isinstance(value, dict | list))
    words = ", ".join(f"{key} {value}" for key, value in told if key != "seed")
    return words + (", deformed images" if isinstance(recipe.get("augmentation"), dict) else "")


def _accuracy(model: Model) -> str:
    n = model.accuracy_sample
    if not n:
        return "accuracy not measured"
    low, high = wilson(model.accuracy, n)
    return (
        f"{model.accuracy:.1%} of {n:,} unseen images right (95% interval {low:.1%} to {high:.1%})"
    )


def wilson(share: float, n: int) -> tuple[float, float]:
    """95% interval of a share 0..1 counted on n items (Wilson, 1927)."""
    z = 1.959964
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def bench(args: argparse.Namespace) -> None:
    """Measure, print a table, write a JSON file."""
    import json

    from scenes.bench import run

    shots = args.shots or list(run.SHOTS)
    if unknown := [shot for shot in shots if shot not in run.SHOTS]:
        raise UsageError(f"there is no shot {unknown[0]!r}; choose of {', '.join(run.SHOTS)}")
    args.output.parent.mkdir(parents=True, exist_ok=True)
    _check_writable(args.output)
    out = console()
    for shot in shots:
        out.print(f"{shot}: {run.SHOTS[shot]}", markup=False)
    quality = "h" if args.full else "m"
    with out.status("measuring") as status:
        told = run.measure_all(shots, quality, args.rounds, status.update)
    out.print(run.table(told))
    args.output.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    out.print(f"results: {args.output}", markup=False)
