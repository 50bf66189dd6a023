"""One clip: rendered in a folder of its own, then moved to its place when all of it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.scenes.stage.captions import cues_of, load_script, to_srt, to_vtt
from netglow.scenes.stage.narrator import soundtrack
from netglow.scenes.studio.ask.choices import QUALITIES, Quality
from netglow.scenes.studio.make.job import Job
from netglow.scenes.studio.make.record import describe_clip, publish, read_record, sections_of

if TYPE_CHECKING:
    from netglow.scenes.stage.captions import Cue, PlayedSection
    from netglow.scenes.stage.scene import NetglowScene
    from netglow.scenes.stage.story import Story
    from netglow.scenes.voice.soundtrack import Soundtrack
    from netglow.scenes.voice.tellers import Teller

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
    scene = _play(job, job.fmt, folder, story, on_frames, job.choices.teller())
    title = _title_of(job, scene.sections)
    _save_picture(job, scene, finished / f"{job.name}.{job.fmt}", title)
    if job.fmt != "png":
        _save_poster(scene, finished / f"{job.name}.png")
        _save_captions(scene.cues, finished, job.name)
    files = sorted(path.name for path in finished.iterdir())
    record = describe_clip(job, job.entry.title, scene, files)
    publish(finished, job.record, record)
    return record


def _title_of(job: Job, sections: Sequence[PlayedSection]) -> str:
    """What the file says it shows; a section also whose it is."""
    title = job.entry.title
    return title if job.section is None else f"{sections[0].title} ({title})"


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
    job: Job,
    fmt: str,
    folder: Path,
    story: Story,
    on_frames: Callable[[int], None] | None = None,
    teller: Teller | None = None,
) -> NetglowScene:
    """The clip's scene after it was rendered."""
    from manim import tempconfig

    from netglow.scenes.stage.burned import burn_captions

    with tempconfig(settings(QUALITIES[job.quality], fmt, folder)):
        scene = job.scene(story=story, on_frame=on_frames, teller=teller)
        if job.choices.captions == "burned" and fmt != "png":
            burn_captions(scene)
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


def _save_picture(job: Job, scene: NetglowScene, target: Path, title: str) -> None:
    """The clip itself, from what Manim wrote."""
    fmt = target.suffix
    if fmt == ".png":
        _save_poster(scene, target)
        return
    from netglow.scenes.studio.make import media

    movie = scene.renderer.file_writer.movie_file_path
    if fmt == ".gif":
        media.to_gif(movie, target)
        return
    _join(job, movie, target, title, scene.cues, scene.soundtrack)


def _join(
    job: Job, movie: Path, target: Path, title: str, cues: Sequence[Cue], sound: Soundtrack | None
) -> None:
    """The pictures of ``movie`` with the sound, and the captions if they are to be a track."""
    from netglow.scenes.studio.make import media

    track = cues if job.choices.captions == "track" else ()
    frames = None if sound is None else sound.mastered()
    media.join([(title, [movie])], target, title, track, job.choices.lang, frames)


def _save_poster(scene: NetglowScene, target: Path) -> None:
    from PIL import Image

    pixels = scene.poster_frame
    if pixels is None:
        pixels = scene.renderer.get_frame()
    Image.fromarray(pixels[..., :3].copy()).save(target)


def _save_captions(cues: Sequence[Cue], folder: Path, name: str) -> None:
    (folder / f"{name}.vtt").write_text(to_vtt(cues), "utf-8")
    (folder / f"{name}.srt").write_text(to_srt(cues), "utf-8")


def new_captions(job: Job, workspace: Path) -> dict[str, Any]:
    """Other words for the pictures that are there: captions and titles; returns the record."""
    record = read_record(job.record)
    script = load_script(job.entry.words, job.choices.lang)
    finished = workspace / job.name / "finished"
    finished.mkdir(parents=True)
    sections = sections_of(record)
    cues = cues_of(script, sections)
    if job.fmt != "png":
        _save_captions(cues, finished, job.name)
    for section in record["sections"]:
        section["title"] = script.fill(script.sections[section["name"]].title, section["numbers"])
    if job.section is not None and record["sections"]:
        record["title"] = record["sections"][0]["title"]
    if job.fmt in ("mp4", "webm"):
        sound = soundtrack(job.clip, script, sections, job.choices.teller(), record["duration"])
        title = _title_of(job, sections_of(record))
        _join(job, job.picture, finished / job.picture.name, title, cues, sound)
    record["captions"] = job.choices.captions
    record["made_from"] = job.made_from
    publish(finished, job.record, record)
    return record
