"""One clip: rendered in a folder of its own, then moved to its place when all of it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.studio.choices import QUALITIES, Choices, Quality, find_clips
from scenes.studio.sidecar import describe_clip, publish, read_sidecar, sections_of

if TYPE_CHECKING:
    from scenes.stage.captions import Cue
    from scenes.stage.scene import NetglowScene

# Fine light on a dark ground shows bands at the encoders' own settings. A GIF is made from an
# almost lossless video with full colour resolution.
ENCODERS: dict[str, dict[str, Any]] = {
    "mp4": {"format": "mp4", "video_encoder_options": {"crf": "18", "preset": "medium"}},
    "webm": {
        "format": "webm",
        "video_encoder_options": {
            "crf": "28",
            "b": "0",
            "deadline": "good",
            "cpu-used": "5",
            "row-mt": "1",
            "tile-columns": "2",
            "threads": "4",
        },
    },
    "gif": {
        "format": "mp4",
        "pixel_format": "yuv444p",
        "video_encoder_options": {"crf": "6", "preset": "veryfast"},
    },
    "png": {"format": "png"},  # Manim then jumps over the motion
}


@dataclass(frozen=True)
class Job:
    """One clip to make: <out>/<clip>.<fmt> and what belongs to it."""

    clip: str
    choices: Choices
    quality: str
    fmt: str
    out: Path
    made_from: dict[str, Any] = field(compare=False)

    @property
    def sidecar(self) -> Path:
        return self.out / f"{self.clip}.json"

    @property
    def picture(self) -> Path:
        return self.out / f"{self.clip}.{self.fmt}"

    @property
    def frames(self) -> int:
        """About how many frames there will be."""
        (clip,) = find_clips([self.clip])
        return 1 if self.fmt == "png" else round(clip.seconds * QUALITIES[self.quality].fps)


def render_clip(job: Job, workspace: Path, on_frames: Callable[[int], None]) -> dict[str, Any]:
    """Render a clip into ``job.out``; gives what its .json says.

    workspace: a folder on the same file system as ``job.out``, removed by the caller.
    on_frames is called with the number of frames whenever some are written.
    """
    from manim import tempconfig

    story = job.choices.story()
    (clip,) = find_clips([job.clip])
    folder = workspace / job.clip
    finished = folder / "finished"
    finished.mkdir(parents=True)
    with tempconfig(settings(QUALITIES[job.quality], job.fmt, folder)):
        scene = clip.load()(story=story, on_frame=on_frames)
        scene.render()
        _save_picture(scene, finished / f"{job.clip}.{job.fmt}", clip.title)
    if job.fmt != "png":
        _save_poster(scene, finished / f"{job.clip}.png")
        _save_captions(scene.cues, finished / job.clip)
    told = describe_clip(job, clip.title, scene, story, sorted(p.name for p in finished.iterdir()))
    publish(finished, job.sidecar, told)
    return told


def settings(quality: Quality, fmt: str, folder: Path) -> dict[str, Any]:
    """Manim's configuration for one job; nothing of a manim.cfg near by shines through."""
    encoder = {"video_codec": "auto", "pixel_format": "auto", "video_encoder_options": {}}
    return {
        "verbosity": "CRITICAL",
        "progress_bar": "none",
        "notify_outdated_version": False,
        "media_dir": str(folder),
        "input_file": "",
        "output_file": "",
        "renderer": "cairo",
        "dry_run": False,
        "preview": False,
        "save_sections": False,
        "from_animation_number": 0,
        "upto_animation_number": -1,
        "disable_caching": True,
        "disable_caching_warning": True,
        "pixel_width": quality.width,
        "pixel_height": quality.height,
        "frame_rate": quality.fps,
        "frame_height": 8.0,
        "frame_width": 8.0 * quality.width / quality.height,
        "background_opacity": 1.0,
        **encoder,
        **ENCODERS[fmt],
    }


def _save_picture(scene: NetglowScene, target: Path, title: str) -> None:
    """The clip itself, from what Manim wrote."""
    fmt = target.suffix
    if fmt == ".png":
        _save_poster(scene, target)
        return
    from scenes.studio import media

    movie = scene.renderer.file_writer.movie_file_path
    if fmt == ".mp4":
        media.join([(movie, title)], target, title)
    elif fmt == ".gif":
        media.to_gif(movie, target)
    else:
        movie.replace(target)


def _save_poster(scene: NetglowScene, target: Path) -> None:
    from PIL import Image

    pixels = scene.poster_frame
    if pixels is None:
        pixels = scene.renderer.get_frame()
    Image.fromarray(pixels[..., :3].copy()).save(target)


def _save_captions(cues: list[Cue], stem: Path) -> None:
    from scenes.stage.captions import to_srt, to_vtt

    stem.with_suffix(".vtt").write_text(to_vtt(cues), "utf-8")
    stem.with_suffix(".srt").write_text(to_srt(cues), "utf-8")


def retell(job: Job, workspace: Path) -> dict[str, Any]:
    """Other words for the picture there is: new captions and titles; gives what its .json says."""
    from scenes.stage.captions import cues_of, load_script

    told = read_sidecar(job.sidecar)
    (clip,) = find_clips([job.clip])
    script = load_script(clip.module, job.choices.lang)
    finished = workspace / job.clip / "finished"
    finished.mkdir(parents=True)
    if job.fmt != "png":
        _save_captions(cues_of(script, sections_of(told)), finished / job.clip)
    for section in told["sections"]:
        section["title"] = script.beats[section["name"]].title.format(**section["numbers"])
    told["made_from"] = job.made_from
    publish(finished, job.sidecar, told)
    return told
