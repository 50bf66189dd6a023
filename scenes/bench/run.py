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
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Failure(f"benchmark {shot} {way} failed: {reason}")
    return json.loads(done.stdout.splitlines()[-1])


def _middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    told = {key: median(r[key] for r in rounds) for key in rounds[0]}
    return {
        "frames": told["frames"],
        "frames_per_second": round(told["frames"] / told["seconds"], 2),
        "cpu_seconds": round(told["cpu"], 2),
        "megabytes": round(told["megabytes"]),
    }


def _processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def table(told: dict[str, Any]) -> Table:
    """The results as a table; the ratios say how much of the encoder's speed is reached."""
    width, height = told["size"]
    made = Table(
        title=f"{width}x{height} at {told['fps']}, {told['processors']} processors",
        box=None,
        header_style="bold",
    )
    for name in (
        "shot",
        "plain fps",
        "Netglow fps",
        "encode only fps",
        "of encoding",
        "times plain",
        "CPU s",
        "MB",
    ):
        made.add_column(name, justify="left" if name == "shot" else "right")
    for shot, ways in told["shots"].items():
        ours, encode, plain = ways["ours"], ways["encode"], ways.get("plain")
        speed = ours["frames_per_second"]
        made.add_row(
            shot,
            f"{plain['frames_per_second']:.2f}" if plain else "-",
            f"{speed:.1f}",
            f"{encode['frames_per_second']:.1f}",
            f"{speed / encode['frames_per_second']:.0%}",
            f"{speed / plain['frames_per_second']:.1f}" if plain else "-",
            f"{ours['cpu_seconds']:.1f}",
            f"{ours['megabytes']:.0f}",
        )
    return made
