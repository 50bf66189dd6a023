"""All shots in all ways, interleaved, each in a process of its own; a table and a JSON file."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from netglow.scenes.bench import WAYS
from netglow.scenes.studio.ask.choices import QUALITIES, Failure
from netglow.scenes.studio.make.freshness import versions

SHOTS = {
    "S1": "784 pixels fill and flow into the input column",
    "S2": "a forward pass along all 12,960 edges",
    "S3": "all 13,002 parameters move in every frame",
    "F": "a whole chapter, ForwardPass",
}
CHAPTER = "ForwardPass"


def measure_all(
    shots: Iterable[str], quality: str, rounds: int, note: Callable[[str], None]
) -> dict[str, Any]:
    """Median of every number over the rounds; a chapter has no plain version."""
    jobs = [(shot, way) for shot in shots for way in WAYS if (shot, way) != ("F", "plain")]
    found: dict[tuple[str, str], list[dict[str, float]]] = {job: [] for job in jobs}
    for turn in range(rounds):
        for shot, way in jobs:
            note(f"round {turn + 1} of {rounds}: {shot} {way}")
            found[shot, way].append(_measure(shot, way, quality))
    shape = QUALITIES[quality]
    return {
        "size": [shape.width, shape.height],
        "fps": shape.fps,
        "rounds": rounds,
        "processors": os.cpu_count(),
        "processor": _processor(),
        "versions": versions(),
        "shots": {
            shot: {way: _middle(found[shot, way]) for way in WAYS if (shot, way) in found}
            for shot in shots
        },
    }


def _measure(shot: str, way: str, quality: str) -> dict[str, float]:
    name = CHAPTER if shot == "F" else shot
    command = [sys.executable, "-m", "netglow.scenes.bench.measure", name, way, quality]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["for an unknown reason"])[-1]
        raise Failure(f"benchmark {shot} {way} failed: {reason}")
    numbers: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return numbers


def _middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    middle = {key: median(r[key] for r in rounds) for key in rounds[0]}
    return {
        "frames": middle["frames"],
        "frames_per_second": round(middle["frames"] / middle["seconds"], 2),
        "cpu_seconds": round(middle["cpu"], 2),
        "megabytes": round(middle["megabytes"]),
    }


def _processor() -> str:
    """The processor's name, where the system names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


_COLUMNS = (
    "shot",
    "plain fps",
    "Netglow fps",
    "encode only fps",
    "of encoding",
    "times plain",
    "CPU s",
    "MB",
)


def table(results: dict[str, Any]) -> Table:
    """The results as a table; the ratios say how much of the encoder's speed is reached."""
    width, height = results["size"]
    title = f"{width}x{height} at {results['fps']}, {results['processors']} processors"
    made = Table(title=title, box=None, header_style="bold")
    for name in _COLUMNS:
        made.add_column(name, justify="left" if name == "shot" else "right")
    for shot, ways in results["shots"].items():
        made.add_row(shot, *_cells(ways))
    return made


def _cells(ways: dict[str, Any]) -> list[str]:
    """One row, without the shot's name; a dash where there is no plain version."""
    speed = {way: numbers["frames_per_second"] for way, numbers in ways.items()}
    plain = speed.get("plain")
    return [
        f"{plain:.2f}" if plain else "-",
        f"{speed['netglow']:.1f}",
        f"{speed['encode']:.1f}",
        f"{speed['netglow'] / speed['encode']:.0%}",
        f"{speed['netglow'] / plain:.1f}" if plain else "-",
        f"{ways['netglow']['cpu_seconds']:.1f}",
        f"{ways['netglow']['megabytes']:.0f}",
    ]
