"""Which voices there are."""

from __future__ import annotations

import subprocess
import sys

import pytest

from netglow.scenes.voice import choose, registry
from netglow.scenes.voice.choose import teller_of
from netglow.scenes.voice.registry import default_voice, engines, listed, voice_named
from netglow.scenes.voice.speech import VoiceError
from netglow.scenes.voice.tellers import Recordings, Speaker
from tests.studio.running import environment
from tests.voice.voices import Broken, Hum, install_parrot


@pytest.fixture
def only(monkeypatch):
    """``only(name=Engine)``: these are the engines there are."""

    monkeypatch.setattr(choose, "speaker_named", choose.speaker_named.__wrapped__)

    def set_to(**found):
        named = {name.replace("_", "-"): engine for name, engine in found.items()}
        monkeypatch.setattr(registry, "engines", lambda: named)

    return set_to


def test_netglow_brings_four():
    assert set(engines()) >= {"hibari", "espeak-ng", "kokoro", "piper"}


def test_another_package_adds_a_voice_and_it_speaks(tmp_path):
    install_parrot(tmp_path)
    program = """
import sys
from netglow.scenes.voice.choose import teller_of
from netglow.scenes.studio.ask.cli import main
print(len(teller_of("parrot:0.2", "de").tell("A.b.1", "hello")))
sys.exit(main(["render", "--voices"]))
"""
    env = environment() | {"PYTHONPATH": str(tmp_path), "NETGLOW_SPEECH": str(tmp_path / "kept")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    length, *table = done.stdout.splitlines()
    assert int(length) == pytest.approx(5 * 480 * 2, abs=100)
    assert "parrot[:LEVEL]\tsays every letter as a tone\tready" in table
    assert any(line.startswith("hibari\t") and line.endswith("\tready") for line in table)


def test_a_broken_package_takes_no_other_voice_with_it(tmp_path, monkeypatch):
    install_parrot(tmp_path)
    (tmp_path / "parrot_voice.py").write_text("import nothing_of_that_name")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = engines.__wrapped__()
    assert "parrot" not in found and "hibari" in found


def test_names():
    assert voice_named("espeak-ng:en-gb").voice == "en-gb"
    with pytest.raises(VoiceError, match=r"no voice 'hibbari'; choose one of .*hibari.*--voices"):
        voice_named("hibbari")
    with pytest.raises(VoiceError, match="takes nothing after its name, found 'x'"):
        voice_named("hibari:x")
    with pytest.raises(VoiceError, match=r"piper needs a file: piper:FILE\.onnx"):
        voice_named("piper")
    with pytest.raises(VoiceError, match=r"no/such\.onnx: there is no such file"):
        voice_named("piper:no/such.onnx")
    with pytest.raises(VoiceError, match="kokoro needs a folder"):
        voice_named("kokoro")
    with pytest.raises(VoiceError, match=r"no/such/\*\.onnx: there is no such file"):
        voice_named("kokoro:no/such")


def test_the_voice_of_a_language(only):
    only(hibari=Hum, espeak_ng=Hum)
    assert default_voice("en") == "hibari"
    only(espeak_ng=Hum)
    assert default_voice("en") == "espeak-ng"
    with pytest.raises(VoiceError, match=r"no voice 'hibari'.*espeak-ng does not speak 'fi'"):
        default_voice("fi")


def test_the_list_says_what_is_missing(only):
    class Missing(Hum):
        @property
        def version(self) -> str:
            raise VoiceError("pip install hum")

    only(hum=Hum, mum=Missing)
    assert [state for *_, state in listed()] == ["ready", "pip install hum"]


def test_who_tells(tmp_path, only):
    only(hum=Hum, hibari=Broken)
    assert teller_of("none", "en") is None
    assert isinstance(teller_of("hum", "en"), Speaker)
    folder = teller_of(str(tmp_path), "en", "hum")
    assert isinstance(folder, Recordings) and folder.fill.name == "hum"
    with pytest.raises(VoiceError, match="hum does not speak the language 'sv'"):
        teller_of("hum", "sv")
    with pytest.raises(VoiceError, match="no lungs"):
        teller_of("hibari", "en").load()
