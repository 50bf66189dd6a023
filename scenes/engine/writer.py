"""One encoder for the whole clip: no drain between plays, colours converted and labelled once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from manim import config
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from netglow.scenes.engine.kernels import Frame

_BT709 = 1  # primaries, transfer and matrix of high-definition video
_SEGMENT = "clip"
_SPARE = 8  # pictures that wait to be painted over, at most


class ClipEncoder(VideoSegmentEncoder):
    """Encodes RGBA frames as BT.709 video; a held frame is converted once.

    The frames are its own from then on; once converted they go to ``spare``.
    """

    def __init__(self, *, target: Path, spec: Any, spare: deque[Frame]) -> None:
        super().__init__(target=target, spec=spec)
        self._video = cast(av.VideoStream, self._stream)  # Manim asked for a video codec
        self.spare = spare
        self._reformat = VideoReformatter().reformat  # a new one for every frame takes longer
        context = self._video.codec_context
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = ColorRange.MPEG

    def write_frame(self, pixels: Frame, *, repeat: int = 1) -> None:
        """Encode a picture (h, w, 4) ``repeat`` times; RuntimeError if that fails."""
        self._validate_frame(pixels, repeat)
        try:
            frame = self.convert(pixels)
            self.spare.append(pixels)
            for _ in range(repeat):
                frame.pts = self._next_pts
                self._next_pts += 1
                self._container.mux(self._video.encode(frame))
        except BaseException as error:
            raise self._operation_error("encode", error) from error

    def convert(self, pixels: Frame) -> av.VideoFrame:
        """The picture in the colours of the video."""
        frame = self._reformat(
            av.VideoFrame.from_numpy_buffer(pixels, format="rgba"),
            format=self.spec.pixel_format,
            src_color_range=ColorRange.JPEG,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
        )
        rate: Fraction = self.spec.frame_rate
        frame.time_base = 1 / rate
        return frame


def laid_on(pixels: Frame, over: Frame) -> Frame:
    """A picture (h, w, 4) with a smaller one, whose alpha counts, at its lower edge."""
    result = pixels.copy()
    height, width = over.shape[:2]
    top, left = len(pixels) - height, (pixels.shape[1] - width) // 2
    under = result[top:, left : left + width, :3]
    alpha = over[..., 3:].astype(np.uint16)
    mixed = over[..., :3] * alpha + under * (255 - alpha)
    under[:] = ((mixed + 127) // 255).astype(np.uint8)
    return result


class ClipWriter(SceneFileWriter):
    """Manim's file writer with a single segment a clip, and a call for every frame written.

    ``laid_over`` gives what lies over a frame, by its number: a picture (h, w, 4) as high as it
    is to reach from the lower edge, the same object as long as it is the same; or None.

    With ``--save_sections`` it falls back to Manim's own segment for every play.
    """

    on_frame: Callable[[int], None] | None = None
    laid_over: Callable[[int], Frame | None] | None = None
    frames_written = 0

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.spare: deque[Frame] = deque(maxlen=_SPARE)  # done with, to be painted over

    @property
    def _single(self) -> bool:
        return self.output_spec.is_video and not self.output_spec.save_sections

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        if not self._single:
            super().add_partial_movie_file(hash_animation)
        elif hash_animation and not self.partial_movie_files:
            super().add_partial_movie_file(_SEGMENT)

    def begin_animation(
        self, allow_write: bool = False, *, animation_index: int, file_path: Any = None
    ) -> None:
        if not self._single:
            super().begin_animation(
                allow_write, animation_index=animation_index, file_path=file_path
            )
        elif allow_write and self._current_encode_job is None:
            self.open_partial_movie_stream(animation_index=0)

    def end_animation(self, allow_write: bool = False) -> None:
        if not self._single:
            super().end_animation(allow_write)

    def write_frame(self, pixels: Frame, *, repeat: int = 1) -> None:
        """Hand a picture (h, w, 4) to the encoder; it is the writer's from then on."""
        if self.laid_over is None:
            self._write(pixels, repeat)
            return
        numbers = range(self.frames_written, self.frames_written + repeat)
        pictures = [self.laid_over(number) for number in numbers]
        for _, same in groupby(pictures, key=id):
            over, *more = same
            frame = pixels.copy() if over is None else laid_on(pixels, over)
            self._write(frame, 1 + len(more))
        self.spare.append(pixels)

    def _write(self, pixels: Frame, repeat: int) -> None:
        super().write_frame(pixels, repeat=repeat)
        self.frames_written += repeat
        if self.on_frame is not None:
            self.on_frame(repeat)

    def finish(self) -> None:
        if self._single and self._current_encode_job is not None:
            self.close_partial_movie_stream()
        super().finish()

    def release(self) -> None:
        """Let go of the pictures to be painted over, and of who is called for every frame."""
        self.spare.clear()
        self.on_frame = self.laid_over = None

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        if config.transparent or self.video_encoder is None:
            return super()._create_segment_encoder(target)
        return ClipEncoder(target=target, spec=self.video_encoder, spare=self.spare)
