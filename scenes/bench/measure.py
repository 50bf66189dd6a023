"""One shot, one way, one process: ``python -m netglow.scenes.bench.measure S2 netglow h``.

Prints one line of JSON. The clock runs from the scene's construction to the closed file; imports
and the loading of compiled kernels come before it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from netglow.scenes.bench.memory import peak_megabytes
from netglow.scenes.catalog import CLIPS, clip_named
from netglow.scenes.engine.writer import ClipEncoder, ClipWriter
from netglow.scenes.studio.ask.choices import QUALITIES
from netglow.scenes.studio.make.render import settings

if TYPE_CHECKING:
    from manim import Scene

    from netglow.scenes.stage.scene import NetglowScene

HELD_MEGABYTES = 400  # frames kept in memory between two stretches of encoding


class EncodeOnly(ClipWriter):
    """Keeps the frames of a stretch in memory, then encodes them with the clock running."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.held: list[tuple[np.ndarray, int]] = []
        self.seconds = self.cpu = 0.0
        self.encoder: ClipEncoder | None = None

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        pass

    def begin_animation(self, *args: Any, **kwargs: Any) -> None:
        pass

    def end_animation(self, allow_write: bool = False) -> None:
        pass

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        self.held.append((pixels, repeat))
        self.frames_written += repeat
        if len(self.held) * pixels.nbytes > HELD_MEGABYTES * 1e6:
            self.encode_held()

    def encode_held(self) -> ClipEncoder:
        """Encode what is held with the clock running; returns the encoder."""
        start, cpu = time.perf_counter(), time.process_time()
        if self.encoder is None:
            target = self.partial_movie_directory / "encoded.mp4"
            self.encoder = ClipEncoder(target=target, spec=self.video_encoder, spare=self.spare)
        for pixels, repeat in self.held:
            self.encoder.write_frame(pixels, repeat=repeat)
        self.seconds += time.perf_counter() - start
        self.cpu += time.process_time() - cpu
        self.held.clear()
        return self.encoder

    def finish(self) -> None:
        encoder = self.encode_held()
        start, cpu = time.perf_counter(), time.process_time()
        encoder.finish()
        self.seconds += time.perf_counter() - start
        self.cpu += time.process_time() - cpu


def measure(shot: str, way: str, quality: str) -> dict[str, float]:
    """Frames, seconds, CPU seconds and peak memory (MB) of one shot."""
    from manim import tempconfig

    from netglow.scenes.bench import shots

    with tempfile.TemporaryDirectory() as folder:
        with tempconfig(settings(QUALITIES["t"], "mp4", Path(folder))):
            shots.S2().render()  # loads the compiled kernels
        with tempconfig(settings(QUALITIES[quality], "mp4", Path(folder))):
            start, cpu = time.perf_counter(), time.process_time()
            scene = _scene_class(shot, way)()
            scene.render()
            seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
            frames = round(scene.renderer.time * QUALITIES[quality].fps)
            writer = scene.renderer.file_writer
            if isinstance(writer, EncodeOnly):
                seconds, cpu = writer.seconds, writer.cpu
    return {"frames": frames, "seconds": seconds, "cpu": cpu, "megabytes": peak_megabytes()}


def _scene_class(shot: str, way: str) -> type[Scene]:
    """A shot or a chapter, ready to be drawn in one of the WAYS."""
    from netglow.scenes.bench import plain, shots

    if way == "plain":
        found: type[Scene] = getattr(plain, shot)
        return found
    scene: type[NetglowScene] = clip_named(shot).load() if _is_clip(shot) else getattr(shots, shot)
    if way == "encode":
        scene.writer_class = EncodeOnly
    return scene


def _is_clip(shot: str) -> bool:
    return shot in {clip.name for clip in CLIPS}


if __name__ == "__main__":
    json.dump(measure(*sys.argv[1:4]), sys.stdout)
