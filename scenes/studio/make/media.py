"""Videos as packets and frames: joining, sound and captions beside them, GIFs with a palette."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import av
import numpy as np
from av.stream import Disposition
from av.subtitles.stream import SubtitleStream

from netglow.scenes.voice.sound import RATE

if TYPE_CHECKING:
    from av.container.core import Chapter

    from netglow.scenes.stage.captions import Cue

_T = TypeVar("_T")
_MILLISECOND = Fraction(1, 1000)

# What players need to know of captions in an mp4: white, in the middle at the bottom.
_CAPTION_STYLE = (
    "[Script Info]\r\nScriptType: v4.00+\r\n\r\n[V4+ Styles]\r\nFormat: Name, Fontname, "
    "Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
    "Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, "
    "Alignment, MarginL, MarginR, MarginV, Encoding\r\nStyle: Default,Sans,16,&Hffffff,"
    "&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0\r\n\r\n[Events]\r\nFormat: "
    "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n"
)
_THREE_LETTERS = {"de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "pt": "por"}


def join(
    parts: Sequence[tuple[str, Sequence[Path]]],
    target: Path,
    title: str,
    cues: Sequence[Cue] = (),
    language: str = "en",
    sound: Iterable[av.AudioFrame] | None = None,
) -> None:
    """Put videos one behind the other into one, without re-encoding the pictures.

    parts: the title of each chapter with its files, all encoded alike; ValueError if they are
    not. target: an mp4 or a webm, as they are. The result has chapter marks, the cues as a caption
    track that players can show, and ``sound`` (stereo frames, as long as the pictures) encoded as
    one track; sound of the parts is left out. An mp4 has its index in front, so that it plays
    while it loads.
    """
    kind = _CONTAINERS[target.suffix]
    with av.open(str(target), "w", options=kind.options) as out:
        out.metadata["title"] = title
        joined, at = None, Fraction(0)
        chapters: list[Chapter] = []
        for number, (name, paths) in enumerate(parts):
            start = at
            for path in paths:
                with av.open(str(path)) as part:
                    source = part.streams.video[0]
                    if joined is None:
                        joined = _Joined(out, source, path)
                        joined.beside = _beside(out, kind, cues, language, sound)
                    joined.check(source, path)
                    at += joined.copy(part, source, at)
            chapters.append(_chapter(number, name, start, at))
        if joined is not None:
            joined.finish()
        if len(parts) > 1:
            out.set_chapters(chapters)
    if kind.captions == "mov_text" and cues and sound is not None:
        _switch_off_captions(target)


@dataclass(frozen=True)
class _Container:
    """What goes into a kind of file: its captions' and its sound's codec."""

    captions: str
    sound: str
    bit_rate: int
    options: dict[str, str]


_CONTAINERS = {
    ".mp4": _Container("mov_text", "aac", 160_000, {"movflags": "+faststart"}),
    ".webm": _Container("webvtt", "libopus", 96_000, {"fflags": "+bitexact"}),
}


def _chapter(number: int, title: str, start: Fraction, end: Fraction) -> Chapter:
    """A chapter mark, from start to end in seconds."""
    return {
        "id": number,
        "start": round(start * 1000),
        "end": round(end * 1000),
        "time_base": _MILLISECOND,
        "metadata": {"title": title},
    }


class _Joined:
    """The pictures of a file that others are copied into, and what is written beside them."""

    def __init__(
        self, out: av.container.OutputContainer, source: av.VideoStream, path: Path
    ) -> None:
        self.out, self.first, self.kind = out, path, _kind_of(source)
        self.stream = out.add_stream_from_template(source)
        self.beside: list[_Sound | _Captions] = []

    def check(self, source: av.VideoStream, path: Path) -> None:
        """ValueError for a video that a decoder could not go on with."""
        kind = _kind_of(source)
        other = next((name for name in kind if kind[name] != self.kind[name]), None)
        if other is not None:
            raise ValueError(
                f"{path} cannot be joined to {self.first}: another {other}; "
                "render them again with --force"
            )

    def copy(
        self, part: av.container.InputContainer, source: av.VideoStream, at: Fraction
    ) -> Fraction:
        """Copy a video's packets to ``at`` seconds and later; returns its length in seconds."""
        tick = _known(source.time_base)
        shift, packets = round(at / tick), 0
        for packet in part.demux(source):
            if packet.dts is None:  # the demuxer's empty closing packet
                continue
            packet.pts = _known(packet.pts) + shift
            packet.dts += shift
            for track in self.beside:
                track.mux_until(packet.dts * tick)
            packet.stream = self.stream
            self.out.mux(packet)
            packets += 1
        return packets / _known(source.average_rate)

    def finish(self) -> None:
        """Write what is left beside the pictures."""
        for track in self.beside:
            track.mux_until(None)


def _beside(
    out: av.container.OutputContainer,
    kind: _Container,
    cues: Sequence[Cue],
    language: str,
    sound: Iterable[av.AudioFrame] | None,
) -> list[_Sound | _Captions]:
    """The tracks beside the pictures: sound, captions."""
    tracks: list[_Sound | _Captions] = []
    if sound is not None:
        tracks.append(_Sound(out, kind, sound, language))
    if cues:
        tracks.append(_Captions(out, kind, cues, language, shown=sound is None))
    return tracks


def _known(value: _T | None) -> _T:
    """What every video that an encoder wrote states, and a broken one may not."""
    if value is None:
        raise ValueError("the video has no frame rate or times; render it again with --force")
    return value


def _kind_of(source: av.VideoStream) -> dict[str, object]:
    """What must be the same in all files that are joined without re-encoding."""
    context = source.codec_context
    return {
        "codec": context.name,
        "size": (context.width, context.height),
        "pixel format": context.pix_fmt,
        "frame rate": source.average_rate,
        "time base": source.time_base,
        "encoder setting": bytes(context.extradata or b""),
    }


class _Sound:
    """A track of sound beside the video, encoded in one go."""

    def __init__(
        self,
        out: av.container.OutputContainer,
        kind: _Container,
        sound: Iterable[av.AudioFrame],
        language: str,
    ) -> None:
        self.out, self.left = out, iter(sound)
        self.stream = cast(av.AudioStream, out.add_stream(kind.sound, rate=RATE))
        self.stream.codec_context.layout = "stereo"
        self.stream.codec_context.bit_rate = kind.bit_rate
        self.stream.metadata["language"] = _THREE_LETTERS.get(language, "und")
        self.stream.disposition = Disposition.default
        self._seconds = Fraction(0)

    def mux_until(self, seconds: Fraction | None) -> None:
        """Encode what sounds before a time, or all that is left; packets must stand in order."""
        while seconds is None or self._seconds <= seconds:
            frame = next(self.left, None)
            if frame is None:
                break
            self._seconds += Fraction(frame.samples, RATE)
            self.out.mux(self.stream.encode(frame))
        if seconds is None:
            self.out.mux(self.stream.encode())


class _Captions:
    """A track of timed text beside the video: 3GPP 26.245 (mov_text) or WebVTT."""

    def __init__(
        self,
        out: av.container.OutputContainer,
        kind: _Container,
        cues: Sequence[Cue],
        language: str,
        shown: bool,
    ) -> None:
        self.out, self.left, self.codec = out, list(cues), kind.captions
        self.stream = cast(SubtitleStream, out.add_stream(kind.captions))
        self.stream.time_base = _MILLISECOND
        self.stream.codec_context.subtitle_header = _CAPTION_STYLE.encode() + b"\0"
        self.stream.metadata["language"] = _THREE_LETTERS.get(language, "und")
        self.stream.disposition = Disposition.captions | (Disposition.default if shown else 0)

    def mux_until(self, seconds: Fraction | None) -> None:
        """Write the cues that begin before a time, or all; packets must stand in order."""
        while self.left and (seconds is None or self.left[0].start <= seconds):
            cue = self.left.pop(0)
            text = cue.text.encode()
            if self.codec == "mov_text":
                text = len(text).to_bytes(2, "big") + text
            packet = av.Packet(text)
            packet.stream, packet.time_base = self.stream, _MILLISECOND
            packet.pts = packet.dts = round(cue.start * 1000)
            packet.duration = round((cue.end - cue.start) * 1000)
            self.out.mux(packet)


def _switch_off_captions(path: Path) -> None:
    """Clear the flag that has players show an mp4's captions unasked.

    FFmpeg sets it for the first track of every kind, whatever its disposition says. The flag is
    the last bit of the track header (ISO 14496-12, 8.3.2); the track with captions is the one
    whose handler is ``sbtl``.
    """
    with path.open("r+b") as file:
        at = 0
        while size := int.from_bytes(file.read(4)):
            if file.read(4) == b"moov":
                index = file.read(size - 8)
                track = index.rfind(b"trak", 0, index.find(b"sbtl"))
                flags = index.find(b"tkhd", track) + 4 + 3  # after its name: version, 3 of flags
                file.seek(at + 8 + flags)
                file.write(bytes([index[flags] & ~1]))
                return
            at += size
            file.seek(at)


def first_frame(path: Path) -> np.ndarray:
    """The first picture of a video: (height, width, 3) uint8, sRGB."""
    with av.open(str(path)) as video:
        return pixels_of(next(video.decode(video=0)))


def last_frame(path: Path) -> np.ndarray:
    """The last picture of a video: (height, width, 3) uint8, sRGB."""
    with av.open(str(path)) as video:
        stream = video.streams.video[0]
        video.seek(stream.duration or 0, stream=stream)  # to the last key frame
        *_, last = video.decode(stream)
        return pixels_of(last)


# Y, Cb and Cr of 0 to 1 and around 0, to red, green and blue (BT.709)
_TO_RGB = np.array([[1, 0, 1.5748], [1, -0.1873, -0.4681], [1, 1.8556, 0]], np.float32)


def pixels_of(frame: av.VideoFrame) -> np.ndarray:
    """A frame as the encoder was given it, rounded: encoded once more, it is the same.

    FFmpeg's own conversion to RGB cuts off, which would make the picture a shade darker.
    """
    y, cb, cr = frame.to_ndarray(format="yuv444p").astype(np.float32)
    parts = np.stack([(y - 16) / 219, (cb - 128) / 224, (cr - 128) / 224], axis=-1)
    rounded: np.ndarray = np.clip(np.rint(255 * (parts @ _TO_RGB.T)), 0, 255)
    return rounded.astype(np.uint8)


def to_gif(source: Path, target: Path) -> None:
    """Turn a video into an endless GIF with the 256 colours that suit it best.

    Two passes over the file: one graph for both would hold every frame in memory.
    """
    palette = _palette(source)
    with av.open(str(source)) as video, av.open(str(target), "w", options={"loop": "0"}) as out:
        frames = video.streams.video[0]
        stream = out.add_stream("gif", rate=frames.average_rate)
        stream.width, stream.height, stream.pix_fmt = frames.width, frames.height, "pal8"
        graph = av.filter.Graph()
        picture = graph.add_buffer(template=frames)
        colours = graph.add_buffer(
            width=palette.width,
            height=palette.height,
            format=palette.format,
            time_base=_known(frames.time_base),
        )
        use = graph.add("paletteuse", "dither=bayer:bayer_scale=4:diff_mode=rectangle")
        sink = graph.add("buffersink")
        picture.link_to(use, 0, 0)
        colours.link_to(use, 0, 1)
        use.link_to(sink)
        graph.configure()
        colours.push(palette)
        colours.push(None)
        for number, frame in enumerate(_through(graph, picture, video.decode(frames))):
            frame.pts, frame.time_base = number, 1 / _known(frames.average_rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


def _palette(source: Path) -> av.VideoFrame:
    with av.open(str(source)) as video:
        frames = video.streams.video[0]
        graph = av.filter.Graph()
        picture = graph.add_buffer(template=frames)
        make, sink = graph.add("palettegen", "stats_mode=full"), graph.add("buffersink")
        picture.link_to(make)
        make.link_to(sink)
        graph.configure()
        (palette,) = _through(graph, picture, video.decode(frames))
    palette.pts = 0
    return palette


def _through(
    graph: av.filter.Graph, source: av.filter.context.FilterContext, frames: Iterable[av.VideoFrame]
) -> Iterator[av.VideoFrame]:
    """Frames that come out of a filter graph as others go in."""
    for frame in chain(frames, [None]):
        source.push(frame)
        while True:
            try:
                yield graph.vpull()
            except av.error.BlockingIOError:
                break
            except av.error.EOFError:
                return
