"""Videos as packets and frames: joining without re-encoding, and GIFs with a palette."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import av

if TYPE_CHECKING:
    from scenes.stage.captions import Cue


# What players are told of captions in an mp4: white, in the middle at the bottom.
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
    parts: Sequence[tuple[Path, str]],
    target: Path,
    title: str,
    cues: Sequence[Cue] = (),
    language: str = "en",
) -> None:
    """Put mp4 files one behind the other into one, without re-encoding.

    parts: files of the same size, rate and codec, each with the title of its chapter. The result
    has chapter marks, the cues as a caption track that players can show, and its index in front,
    so that it plays while it loads.
    """
    with av.open(str(target), "w", options={"movflags": "+faststart"}) as out:
        out.metadata["title"] = title
        stream, captions, at, chapters = None, None, Fraction(0), []
        for number, (path, name) in enumerate(parts):
            with av.open(str(path)) as part:
                source = part.streams.video[0]
                if stream is None:
                    stream = out.add_stream_from_template(source)
                    captions = _Captions(out, cues, language) if cues else None
                end = at + _copy(part, source, out, stream, at, captions)
            chapters.append(
                {
                    "id": number,
                    "start": round(at * 1000),
                    "end": round(end * 1000),
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": name},
                }
            )
            at = end
        if len(parts) > 1:
            out.set_chapters(chapters)


def _copy(
    part: av.container.InputContainer,
    source: av.VideoStream,
    out: av.container.OutputContainer,
    stream: av.VideoStream,
    at: Fraction,
    captions: _Captions | None,
) -> Fraction:
    """Copy a video's packets to ``at`` seconds and later; gives its length in seconds."""
    tick = Fraction(source.time_base)
    shift, packets = round(at / tick), 0
    for packet in part.demux(source):
        if packet.dts is None:  # the demuxer's empty closing packet
            continue
        packet.pts += shift
        packet.dts += shift
        if captions:
            captions.mux_until(packet.dts * tick)
        packet.stream = stream
        out.mux(packet)
        packets += 1
    return packets / Fraction(source.average_rate)


class _Captions:
    """A track of timed text (3GPP 26.245, mov_text) beside the video."""

    def __init__(
        self, out: av.container.OutputContainer, cues: Sequence[Cue], language: str
    ) -> None:
        self.out, self.left = out, list(cues)
        self.stream = out.add_stream("mov_text")
        self.stream.time_base = Fraction(1, 1000)
        self.stream.codec_context.subtitle_header = _CAPTION_STYLE.encode() + b"\0"
        self.stream.metadata["language"] = _THREE_LETTERS.get(language, "und")

    def mux_until(self, seconds: Fraction) -> None:
        """Write the cues that begin before a time; packets must stand in order."""
        while self.left and self.left[0].start <= seconds:
            cue = self.left.pop(0)
            text = cue.text.encode()
            packet = av.Packet(len(text).to_bytes(2, "big") + text)
            packet.stream, packet.time_base = self.stream, self.stream.time_base
            packet.pts = packet.dts = round(cue.start * 1000)
            packet.duration = round((cue.end - cue.start) * 1000)
            self.out.mux(packet)


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
            time_base=frames.time_base,
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
            frame.pts, frame.time_base = number, 1 / Fraction(frames.average_rate)
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
                yield graph.pull()
            except av.error.BlockingIOError:
                break
            except av.error.EOFError:
                return
