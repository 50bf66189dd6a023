"""Pages for the web: what lies in the folder, what is printed, what a real browser shows."""

from __future__ import annotations

import dataclasses
import functools
import http.server
import json
import re
import shutil
import threading
from html.parser import HTMLParser
from pathlib import Path

import pytest

from netglow.netcore.model import load_model
from netglow.scenes.facts.forward_pass import index_of
from netglow.scenes.stage.story import Story
from netglow.scenes.stage.theme import DARK, LIGHT
from netglow.scenes.studio.ask.choices import QUALITIES
from netglow.scenes.studio.publish import embed as module
from netglow.scenes.studio.publish import pages
from netglow.scenes.studio.publish.pages import Embedded
from tests.studio.publish.browser import browser
from tests.studio.running import SECTION, everything_in, netglow

MADE = [f"{SECTION}.{ending}" for ending in ("md", "mp4", "png", "vtt")]
FILES = sorted([*MADE, "embed.json", "index.html", "snippet.html", "snippet.md"])
NASTY = "Is 3 < 4 & \"so\" 'on'? *No* [not](x) `it` </title><script>alert(1)</script>"


def embed(*args: object, cwd: Path):
    done = netglow("embed", *args, "-q", "t", cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def made(section, tmp_path_factory):
    """A section of a clip in a folder, and what was printed."""
    cwd = tmp_path_factory.mktemp("embed")
    shutil.copytree(section, cwd, dirs_exist_ok=True)
    done = embed("ForwardPass", "--section", "read-the-answer", cwd=cwd)
    return cwd, cwd / "media" / "embed" / SECTION, done.stdout


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


# --- the folder ---
def test_everything_a_page_needs_is_there(made):
    _, folder, _ = made
    assert everything_in(folder) == FILES
    record = json.loads(read(folder, "embed.json"))
    assert record["files"] == sorted(set(FILES) - {"embed.json"})
    for name in re.findall(r'(?:src|poster|href)="(?!data:)([^"]*)"', read(folder, "index.html")):
        assert (folder / name).is_file(), name


def test_the_snippets_are_printed_and_lie_in_the_folder(made):
    _, folder, out = made
    assert read(folder, "snippet.html") in out
    assert read(folder, "snippet.md") in out
    assert str(Path("media") / "embed" / SECTION / "index.html") in out


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_one_snippet_alone_can_be_piped_on(kind, made):
    cwd, folder, _ = made
    done = embed("ForwardPass", "--section", "read-the-answer", f"--{kind}", cwd=cwd)
    assert done.stdout == read(folder, {"html": "snippet.html", "markdown": "snippet.md"}[kind])
    assert "up to date" in done.stderr


def test_the_page_says_what_netcore_says(made):
    _, folder, _ = made
    text, model = plain(read(folder, "index.html")), load_model()
    story = Story.choose().at(index_of(Story.choose()))  # one that is hard to read
    assert f"{story.source}, a handwritten {story.label} that" in text
    assert f"reads as {story.trace.predicted}." in text
    assert f"model {model.digest[:12]}, reads {model.accuracy:.1%} of 1,000 images" in text
    assert f"It's the {NAMES[story.trace.predicted]}, so that's what the network reads." in text
    second = story.trace.output.argsort()[-2]
    assert f"the {NAMES[second]} glows as well" in text


def test_the_transcript_says_what_the_captions_say(made):
    _, folder, _ = made
    words = re.findall(r"^(?!WEBVTT|.*-->).+$", read(folder, f"{SECTION}.vtt"), re.MULTILINE)
    assert len(words) >= 3
    for text in (read(folder, f"{SECTION}.md"), plain(read(folder, "snippet.html"))):
        assert " ".join(words) in text


def test_up_to_date_and_made_again_where_something_is_missing(made):
    cwd, folder, _ = made
    args = ("ForwardPass", "--section", "read-the-answer")
    before = {p: p.stat().st_mtime_ns for p in folder.iterdir()}
    assert "index.html is up to date" in embed(*args, cwd=cwd).stdout
    assert {p: p.stat().st_mtime_ns for p in folder.iterdir()} == before
    (folder / f"{SECTION}.vtt").unlink()
    assert "index.html is up to date" not in embed(*args, cwd=cwd).stdout
    assert everything_in(folder) == FILES


def test_dry_run_makes_nothing(tmp_path):
    done = embed("ForwardPass", "--section", "read-the-answer", "--dry-run", cwd=tmp_path)
    assert "would render" in done.stdout
    assert everything_in(tmp_path) == []


def test_several_sections_on_one_page_replace_what_was_there(made, tmp_path):
    cwd, _, _ = made
    folder, two = tmp_path / "page", "read-the-answer,a-real-digit"
    embed("ForwardPass", "--section", "read-the-answer", "-o", folder, cwd=cwd)
    embed("ForwardPass", "--section", two, "--title", NASTY, "-o", folder, cwd=cwd)
    page = read(folder, "index.html")
    assert page.count("<video ") == 2
    assert texts(page, "h1") == [NASTY]
    assert texts(page, "title") == [NASTY]
    assert texts(page, "h2") == ["Reading the answer", "A tricky digit"]
    embed("ForwardPass", "--section", "a-real-digit", "-o", folder, cwd=cwd)
    assert {name.split(".")[1] for name in everything_in(folder) if name.startswith("F")} == {
        "a-real-digit"
    }


def test_a_page_of_somebody_else_is_not_overwritten(says, tmp_path):
    (tmp_path / "index.html").write_text("mine")
    code, _, err = says("embed", "ForwardPass", "-q", "t", "-o", tmp_path)
    assert (code, err.count("\n")) == (1, 1)
    assert "index.html is not from netglow embed" in err
    assert everything_in(tmp_path) == ["index.html"]


def test_a_fault_on_the_way_leaves_the_old_page(made, monkeypatch, says):
    cwd, folder, _ = made
    monkeypatch.chdir(cwd)
    before = {name: (folder / name).read_bytes() for name in FILES}
    monkeypatch.setattr(pages, "transcript", lambda clip: 1 / 0)
    code, _, err = says(
        "embed", "ForwardPass", "--section", "read-the-answer", "-q", "t", "--title", "Another"
    )
    assert (code, err.count("\n")) == (1, 1)
    assert {name: (folder / name).read_bytes() for name in everything_in(folder)} == before


# --- the text ---
class _Reader(HTMLParser):
    """Open elements, and the text in each; ValueError where an end does not fit."""

    EMPTY = ("meta", "link", "source", "track", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.attributes: list[dict[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        self.attributes.append(dict(attrs))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            raise ValueError(f"</{tag}> does not fit")

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))


def parsed(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def texts(page: str, tag: str) -> list[str]:
    return [text for inside, text in parsed(page).texts if inside == tag]


def plain(page: str) -> str:
    return " ".join("".join(text for _, text in parsed(page).texts).split())


def nasty(name: str = "A.b") -> Embedded:
    return Embedded(
        name,
        NASTY,
        NASTY,
        NASTY,
        "en",
        (1280, 720),
        75.4,
        [(NASTY, 61.2, NASTY)],
        True,
        f"WEBVTT\n\n00:00.000 --> 00:01.000\n{NASTY}\n",
    )


NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
LABELS = module.load_script(module.WORDS).labels


def test_nothing_from_outside_becomes_html():
    for text in (pages.page([nasty()], NASTY, DARK, LABELS), pages.snippet([nasty()], LABELS)):
        assert "<script" not in text
        assert plain(text).count(NASTY) >= 4
        assert any(
            LABELS["video"].format(title=NASTY) in a.values() for a in parsed(text).attributes
        )


def test_nothing_from_outside_becomes_markdown():
    for text in (pages.markdown([nasty()], LABELS), pages.transcript(nasty())):
        assert not re.search(r"(?<!\\)[*`<&]", text.replace("**", ""))
        assert "\\[not\\](x)" in text


def test_a_light_clip_has_a_light_page():
    page = pages.page([nasty()], "T", LIGHT, LABELS)
    assert f"--background: {LIGHT.background};" in page
    assert "color-scheme: light" in page


def test_minutes_and_seconds():
    assert [pages.clock(s) for s in (0, 9.9, 61.2, 600)] == ["0:00", "0:09", "1:01", "10:00"]


# --- in a browser ---
@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


class Opened:
    """A page, and everything it complained of."""

    def __init__(self, chromium, url: str, width: int = 1280) -> None:
        self.page, self.complaints = chromium.new_page(), []
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(url)
        self.page.wait_for_function("document.querySelector('video').readyState >= 1")

    def ask(self, what: str):
        """A JavaScript expression about the video ``v`` and its track ``t``."""
        return self.page.evaluate(f"(() => {{ {self.SETUP} return {what} }})()")

    def wait_for(self, what: str) -> None:
        self.page.wait_for_function(f"(() => {{ {self.SETUP} return {what} }})()", timeout=20_000)

    SETUP = "const v = document.querySelector('video'), t = v.textTracks[0];"


@pytest.fixture
def opened(chromium, made):
    """``index.html`` as a double click opens it."""
    page = Opened(chromium, (made[1] / "index.html").as_uri())
    yield page
    page.page.close()


def test_from_disk_it_speaks_and_has_captions_to_choose(opened, made):
    assert opened.page.url.startswith("file://")
    captions = opened.ask("[t.mode, t.kind, t.language, t.label]")
    assert captions == ["disabled", "captions", "en", "English"]
    assert opened.ask("[v.muted, v.autoplay, v.controls]") == [False, False, True]
    opened.page.evaluate("document.querySelector('video').textTracks[0].mode = 'showing'")
    opened.wait_for("t.cues && t.cues.length > 0")
    shown = opened.ask("[...t.cues].map(c => c.getCueAsHTML().textContent)")
    blocks = read(made[1], f"{SECTION}.vtt").strip().split("\n\n")[1:]
    assert shown == [block.split("\n", 1)[1] for block in blocks]
    opened.page.evaluate("document.querySelector('video').muted = true")
    opened.page.evaluate("document.querySelector('video').play()")
    opened.wait_for("v.currentTime > 0.5 && t.activeCues.length === 1")
    assert opened.ask("t.activeCues[0].text") == shown[0]
    assert opened.ask("v.webkitAudioDecodedByteCount") > 0
    size = QUALITIES["t"]
    assert opened.ask("[v.videoWidth, v.videoHeight]") == [size.width, size.height]
    assert opened.ask("v.error") is None
    assert opened.complaints == []


def test_where_nobody_speaks_the_captions_are_shown_at_once():
    silent = dataclasses.replace(nasty(), speaks=False)
    assert " default>" in pages.page([silent], "T", DARK, LABELS)
    assert " default>" not in pages.page([nasty()], "T", DARK, LABELS)


def test_from_disk_the_poster_and_the_transcript_are_there(opened):
    width = opened.page.evaluate("""async () => {
        const image = new Image(); image.src = document.querySelector('video').poster;
        await image.decode(); return image.naturalWidth }""")
    assert width == QUALITIES["t"].width
    assert opened.page.locator("details p").first.is_visible()
    assert opened.page.locator("video").get_attribute("aria-label")
    assert opened.page.locator("html").get_attribute("lang") == "en"
    assert opened.page.title() == "Reading the answer"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_and_does_not_jump(chromium, made, width):
    opened = Opened(chromium, (made[1] / "index.html").as_uri(), width)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    box = opened.page.locator("video").bounding_box()
    size = QUALITIES["t"]
    assert box["width"] / box["height"] == pytest.approx(size.width / size.height, rel=0.01)
    assert box["width"] > 0.6 * width
    moved = opened.page.evaluate("""() => new Promise(done => {
        let sum = 0;
        new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value })
            .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300) })""")
    assert moved < 0.01
    opened.page.close()


def test_the_snippet_shows_captions_from_a_server(chromium, made):
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    handler = functools.partial(quiet, directory=str(made[1]))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        opened = Opened(chromium, f"http://127.0.0.1:{server.server_port}/snippet.html")
        opened.page.evaluate("document.querySelector('video').textTracks[0].mode = 'showing'")
        opened.wait_for("t.cues && t.cues.length >= 2")
        assert opened.page.locator("details p").first.is_hidden()
        opened.page.close()
        server.shutdown()
