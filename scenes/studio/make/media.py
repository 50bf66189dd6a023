"""Videos as packets and frames: joining without re-encoding, and GIFs with a palette."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import av
import numpy as np

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
) -> None:
    """Put mp4 files one behind the other into one, without re-encoding.

    parts: the title of each chapter with its files, all encoded alike; ValueError if they are
    not. The result has chapter marks, the cues as a caption track that players can show, and its
    index in front, so that it plays while it loads.
    """
    with av.open(str(target), "w", options={"movflags": "+faststart"}) as out:
        out.metadata["title"] = title
        joined, at = None, Fraction(0)
        chapters: list[Chapter] = []
        for number, (name, paths) in enumerate(parts):
            start = at
            for path in paths:
                with av.open(str(path)) as part:
                    source = part.streams.video[0]
                    joined = joined or _Joined(out, source, path, cues, language)
                    joined.check(source, path)
                    at += joined.copy(part, source, at)
            chapters.append(_chapter(number, name, start, at))
        if len(parts) > 1:
            out.set_chapters(chapters)


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
    """The streams of a file that others are copied into."""

    def __init__(
        self,
        out: av.container.OutputContainer,
        source: av.VideoStream,
        path: Path,
        cues: Sequence[Cue],
        language: str,
    ) -> None:
        self.out, self.first, self.kind = out, path, _kind_of(source)
        self.stream = out.add_stream_from_template(source)
        self.captions = _Captions(out, cues, language) if cues else None

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
            if self.captions:
                self.captions.mux_until(packet.dts * tick)
            packet.stream = self.stream
            self.out.mux(packet)
            packets += 1
        return packets / _known(source.average_rate)


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


class _Captions:
    """A track of timed text (3GPP 26.245, mov_text) beside the video."""

    def __init__(
        self, out: av.container.OutputContainer, cues: Sequence[Cue], language: str
    ) -> None:
        self.out, self.left = out, list(cues)
        self.stream = out.add_stream("mov_text")
        self.stream.time_base = _MILLISECOND
        self.stream.codec_context.subtitle_header = _CAPTION_STYLE.encode() + b"\0"
        self.stream.metadata["language"] = _THREE_LETTERS.get(language, "und")

    def mux_until(self, seconds: Fraction) -> None:
        """Write the cues that begin before a time; packets must stand in order."""
        while self.left and self.left[0].start <= seconds:
            cue = self.left.pop(0)
            text = cue.text.encode()
            packet = av.Packet(len(text).to_bytes(2, "big") + text)
            packet.stream, packet.time_base = self.stream, _MILLISECOND
            packet.pts = packet.dts = round(cue.start * 1000)
            packet.duration = round((cue.end - cue.start) * 1000)
            self.out.mux(packet)


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
