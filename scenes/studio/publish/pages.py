"""Text for web pages: HTML, Markdown and transcripts; whatever is put into them is escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from netglow.scenes.stage.theme import Theme

Labels = Mapping[str, str]


@dataclass(frozen=True)
class Embedded:
    """A clip as a page shows it; ``spoken``: title, start in seconds and text of every section.

    Captions are there to choose; where nobody ``speaks`` they are shown at once.
    """

    name: str
    title: str
    shows: str
    facts: str
    language: str
    size: tuple[int, int]
    seconds: float
    spoken: list[tuple[str, float, str]]
    speaks: bool
    vtt: str


def snippet(clips: Sequence[Embedded], labels: Labels) -> str:
    """HTML to paste into a page that lies beside the files."""
    return "\n".join(_figure(clip, labels, f"{quote(clip.name)}.vtt") for clip in clips)


def page(clips: Sequence[Embedded], title: str, theme: Theme, labels: Labels) -> str:
    """A whole page that shows its captions from a disk, too.

    Browsers load a track's file only from a server, so the captions stand in the page itself.
    """
    alone = len(clips) == 1
    figures = []
    for clip in clips:
        head = "" if alone and clip.title == title else f"<h2>{escape(clip.title)}</h2>\n"
        captions = "data:text/vtt;charset=utf-8," + quote(clip.vtt, safe="")
        figures.append(head + _figure(clip, labels, captions, is_open=alone))
    body = "\n".join(f"<article>\n{figure}</article>" for figure in figures)
    return _PAGE.format(
        language=escape(clips[0].language),
        title=escape(title),
        about=escape(clips[0].shows),
        style=_style(theme),
        body=body,
        made_with=escape(labels["made_with"]),
    )


def _figure(clip: Embedded, labels: Labels, captions: str, is_open: bool = False) -> str:
    file, (width, height) = quote(clip.name), clip.size
    spoken = "\n".join(
        f"    <p><strong>{escape(title)}</strong> <small>{clock(start)}</small><br>\n"
        f"    {escape(text)}</p>"
        for title, start, text in clip.spoken
    )
    return _FIGURE.format(
        file=file,
        width=width,
        height=height,
        captions=escape(captions),
        language=escape(clip.language),
        in_language=escape(labels["language"]),
        shown="" if clip.speaks else " default",
        label=escape(labels["video"].format(title=clip.title)),
        no_video=escape(labels["no_video"]),
        shows=escape(clip.shows),
        facts=escape(clip.facts),
        transcript=escape(labels["transcript"]),
        opened=" open" if is_open else "",
        spoken=spoken,
    )


def markdown(clips: Sequence[Embedded], labels: Labels) -> str:
    """Markdown to paste: the poster leads to the clip; captions and transcript below."""
    return "\n".join(
        f"[![{_plain(clip.title)}]({file}.png)]({file}.mp4)\n\n"
        f"**{_plain(clip.title)}** ({clock(clip.seconds)}). {_plain(clip.shows)} "
        f"[{labels['transcript']}]({file}.md), [{labels['captions']}]({file}.vtt)\n"
        for clip in clips
        for file in [quote(clip.name)]
    )


def transcript(clip: Embedded) -> str:
    """The narration as Markdown: a heading a section, with its time."""
    blocks = [f"# {_plain(clip.title)}", _plain(clip.shows)]
    for title, start, text in clip.spoken:
        blocks += [f"## {_plain(title)} ({clock(start)})", _plain(text)]
    return "\n\n".join([*blocks, _plain(clip.facts)]) + "\n"


def clock(seconds: float) -> str:
    """Minutes and seconds: 1:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>&|#])", r"\\\1", text)


def _style(theme: Theme) -> str:
    roles = ("background", "panel", "text", "muted", "faint", "positive")
    colours = "".join(f" --{role}: {getattr(theme, role)};" for role in roles)
    scheme = "light" if theme.is_light else "dark"
    return f":root {{ color-scheme: {scheme};{colours} }}\n{_CSS}"


_FIGURE = """\
<figure class="netglow" lang="{language}" style="margin: 0">
  <video controls playsinline preload="metadata" poster="{file}.png" width="{width}" \
height="{height}" aria-label="{label}" style="display: block; width: 100%; height: auto; \
aspect-ratio: {width} / {height}">
    <source src="{file}.mp4" type="video/mp4">
    <track kind="captions" src="{captions}" srclang="{language}" label="{in_language}"{shown}>
    <a href="{file}.mp4">{no_video}</a>
  </video>
  <figcaption>{shows} <small>{facts}</small></figcaption>
  <details{opened}>
    <summary>{transcript}</summary>
{spoken}
  </details>
</figure>
"""

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{about}">
<link rel="icon" href="data:,">
<style>
{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
<footer>{made_with}</footer>
</body>
</html>
"""

_CSS = """\
* { box-sizing: border-box; }
body { margin: 0; background: var(--background); color: var(--text);
  font: 1.0625rem/1.6 Inter, system-ui, -apple-system, "Segoe UI", sans-serif;
  overflow-wrap: break-word; }
main, footer { max-width: 60rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2rem); }
h1 { margin: clamp(1.5rem, 5vw, 3rem) 0 1.25rem; font-size: clamp(1.6rem, 5vw, 2.4rem);
  line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
h2 { margin: 3rem 0 1rem; font-size: 1.4rem; line-height: 1.3; text-wrap: balance; }
video { border-radius: 0.6rem; background: #000; outline: 1px solid var(--faint); }
figcaption { margin: 1rem 0 1.5rem; max-width: 42rem; }
figcaption small { display: block; margin-top: 0.4rem; font-size: 0.9rem; color: var(--muted); }
details { border-top: 1px solid var(--faint); padding: 1rem 0; }
summary { cursor: pointer; font-weight: 600; }
summary:focus-visible { outline: 2px solid var(--positive); outline-offset: 4px; }
details p { margin: 1.2rem 0 0; max-width: 42rem; }
details small { color: var(--muted); margin-left: 0.3em; font-variant-numeric: tabular-nums; }
footer { padding-top: 1rem; padding-bottom: 2.5rem; font-size: 0.9rem; color: var(--muted); }
"""
