"""One clip: rendered in a folder of its own, then moved to its place when all of it is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.scenes.stage.captions import cues_of, load_script, to_srt, to_vtt
from netglow.scenes.studio.ask.choices import QUALITIES, Quality
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.record import describe_clip, publish, read_record, sections_of

if TYPE_CHECKING:
    from netglow.scenes.stage.captions import Cue
    from netglow.scenes.stage.scene import NetglowScene
    from netglow.scenes.stage.story import Story

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


def render_clip(job: Job, workspace: Path, on_frames: Callable[[int], None]) -> dict[str, Any]:
    """Render a clip into ``job.out``; returns its record.

    ``on_frames`` is called with the number of frames whenever some are written.
    """
    story = job.choices.story()
    folder = workspace / job.name
    finished = folder / "finished"
    finished.mkdir(parents=True)
    scene = _play(job, job.fmt, folder, story, on_frames)
    title = job.entry.title
    if job.section is not None:
        title = f"{scene.sections[0].title} ({title})"
    _save_picture(scene, finished / f"{job.name}.{job.fmt}", title)
    if job.fmt != "png":
        _save_poster(scene, finished / f"{job.name}.png")
        _save_captions(scene.cues, finished, job.name)
    files = sorted(path.name for path in finished.iterdir())
    record = describe_clip(job, job.entry.title, scene, story, files)
    publish(finished, job.record, record)
    return record


def render_poster(job: Job, workspace: Path) -> Path:
    """Render only a clip's poster, which takes seconds, and put it into ``job.out``.

    It has no record: the clip that comes after it replaces it.
    """
    folder = workspace / job.name / "poster"
    folder.mkdir(parents=True)
    scene = _play(job, "png", folder, job.choices.story())
    draft, target = folder / "poster.png", job.out / f"{job.name}.png"
    _save_poster(scene, draft)
    draft.replace(target)
    return target


def _play(
    job: Job, fmt: str, folder: Path, story: Story, on_frames: Callable[[int], None] | None = None
) -> NetglowScene:
    """The clip's scene after it was rendered."""
    from manim import tempconfig

    with tempconfig(settings(QUALITIES[job.quality], fmt, folder)):
        scene = job.scene(story=story, on_frame=on_frames)
        scene.render()
    return scene


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
        "encoder_queue_size": 4,  # pictures of 8 MB that wait at 1080p
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
    from netglow.scenes.studio.make import media

    movie = scene.renderer.file_writer.movie_file_path
    if fmt == ".mp4":
        media.join([(title, [movie])], target, title)
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


def _save_captions(cues: list[Cue], folder: Path, name: str) -> None:
    (folder / f"{name}.vtt").write_text(to_vtt(cues), "utf-8")
    (folder / f"{name}.srt").write_text(to_srt(cues), "utf-8")


def new_captions(job: Job, workspace: Path) -> dict[str, Any]:
    """Other words for the picture that is there: new captions and titles; returns its record."""
    record = read_record(job.record)
    script = load_script(job.entry.words, job.choices.lang)
    finished = workspace / job.name / "finished"
    finished.mkdir(parents=True)
    if job.fmt != "png":
        _save_captions(cues_of(script, sections_of(record)), finished, job.name)
    for section in record["sections"]:
        section["title"] = script.sections[section["name"]].title.format(**section["numbers"])
    if job.section is not None and record["sections"]:
        record["title"] = record["sections"][0]["title"]
    record["made_from"] = job.made_from
    publish(finished, job.record, record)
    return record
