"""The engines themselves, each where it is installed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from netglow.scenes.voice.engines.espeak import ESpeak
from netglow.scenes.voice.engines.hibari import Hibari
from netglow.scenes.voice.engines.kokoro import Kokoro
from netglow.scenes.voice.engines.piper import Piper
from netglow.scenes.voice.speech import Voice, VoiceError

TEXT = "A neuron is a thing that holds a number."


def assert_speaks(voice: Voice, shortest: float = 1.5) -> None:
    """It says what it is told, the same twice, and more for more."""
    voice.load()
    one, again = voice.speak(TEXT, "en"), voice.speak(TEXT, "en")
    np.testing.assert_array_equal(one.samples, again.samples)
    assert one.samples.dtype == np.float32 and one.samples.ndim == 1
    assert np.isfinite(one.samples).all() and 0.01 < np.abs(one.samples).max() <= 1.5
    assert shortest < len(one.samples) / one.rate < 6
    twice = voice.speak(f"{TEXT} {TEXT}", "en")
    assert len(twice.samples) > 1.6 * len(one.samples)
    assert voice.version == voice.version


def test_hibari():
    voice = Hibari("")
    assert voice.speaks("en") and not voice.speaks("de")
    assert "hibari-tts" in voice.version and "onnxruntime" in voice.version
    assert_speaks(voice)


def test_hibari_needs_nothing_from_outside(monkeypatch):
    """Its voice is inside the package: no socket is opened."""

    def refuse(*_):
        raise AssertionError("it asked for the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    voice = Hibari("")
    voice.load()
    assert len(voice.speak(TEXT, "en").samples)


def test_hibari_that_is_not_installed_says_what_to_do(monkeypatch):
    from importlib.metadata import PackageNotFoundError

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("netglow.scenes.voice.engines.hibari.version", missing)
    with pytest.raises(VoiceError, match="hibari-tts is not installed; pip install hibari-tts"):
        _ = Hibari("").version


def test_hibari_that_cannot_load_says_so(monkeypatch):
    monkeypatch.setattr("hibari.Hibari", lambda: 1 / 0)
    with pytest.raises(VoiceError, match="the voice hibari cannot load: division by zero"):
        Hibari("").load()


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_espeak():
    voice = ESpeak("")
    assert voice.speaks("de") and not voice.speaks("xx")
    assert voice.version.startswith("eSpeak NG 1")
    assert_speaks(voice)
    german, english = voice.speak(TEXT, "de"), voice.speak(TEXT, "en")
    assert len(german.samples) != len(english.samples)
    with pytest.raises(VoiceError, match="espeak-ng failed"):
        ESpeak("xx").load()


def test_espeak_that_is_not_installed_says_so(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert not ESpeak("").speaks("en")
    with pytest.raises(VoiceError, match="install the program espeak-ng"):
        _ = ESpeak("").version


def tiny_graph(path: Path, inputs: dict[str, tuple[int, list]], samples_a_token: int) -> None:
    """An ONNX file with these inputs whose output is a tone, so long a token of the first.

    inputs: the type and the shape of each.
    """
    onnx = pytest.importorskip("onnx")
    from onnx import TensorProto, helper, numpy_helper

    def constant(name, value):
        return numpy_helper.from_array(np.asarray(value), name)

    first = next(iter(inputs))
    nodes = [
        helper.make_node("Cast", [first], ["as_real"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["as_real"], ["column"], perm=[1, 0]),
        helper.make_node("MatMul", ["column", "tone"], ["pieces"]),
        helper.make_node("Reshape", ["pieces", "shape"], ["long"]),
        helper.make_node("Sin", ["long"], ["audio"]),
    ]
    tone = np.linspace(0, 60, samples_a_token, dtype=np.float32)[None]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(n, kind, shape) for n, (kind, shape) in inputs.items()],
        [helper.make_tensor_value_info("audio", TensorProto.FLOAT, None)],
        [constant("tone", tone), constant("shape", np.array([1, 1, -1], np.int64))],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(path))


def test_piper(tmp_path):
    """With a voice file of Piper's form; what it says is only tones."""
    pytest.importorskip("piper")
    onnx = pytest.importorskip("onnx")
    whole, real = onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
    shapes = {"input": (whole, [1, None]), "input_lengths": (whole, [1]), "scales": (real, [3])}
    tiny_graph(tmp_path / "v.onnx", shapes, 800)
    with pytest.raises(VoiceError, match=r"v\.onnx\.json: there is no such file"):
        Piper(str(tmp_path / "v.onnx"))
    letters = {c: [i + 3] for i, c in enumerate(" abcdefghijklmnopqrstuvwxyzɐəɪʊɹŋðθʃʒæɑɔɛʌˈˌː.,")}
    config = {
        "audio": {"sample_rate": 22_050},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "num_symbols": 256,
        "num_speakers": 1,
        "phoneme_id_map": {"_": [0], "^": [1], "$": [2], **letters},
    }
    (tmp_path / "v.onnx.json").write_text(json.dumps(config))
    voice = Piper(str(tmp_path / "v.onnx"))
    assert "piper-tts" in voice.version
    assert_speaks(voice)
    (tmp_path / "v.onnx").write_bytes(b"no voice")
    with pytest.raises(VoiceError, match=r"v\.onnx: not a voice that Piper can load"):
        Piper(str(tmp_path / "v.onnx")).load()


def test_kokoro(tmp_path):
    """With files of Kokoro's form; what it says is only tones."""
    pytest.importorskip("kokoro_onnx")
    onnx = pytest.importorskip("onnx")
    whole, real = onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
    shapes = {"tokens": (whole, [1, None]), "style": (real, [1, 256]), "speed": (real, [1])}
    tiny_graph(tmp_path / "kokoro.onnx", shapes, 1600)
    with pytest.raises(VoiceError, match=r"voices\*\.bin: there is no such file"):
        Kokoro(str(tmp_path))
    with (tmp_path / "voices-v1.0.bin").open("wb") as file:
        np.savez(file, af_heart=np.zeros((510, 1, 256), np.float32))
    voice = Kokoro(str(tmp_path))
    assert voice.speaks("en") and voice.speaks("fr") and not voice.speaks("de")
    assert "kokoro-onnx" in voice.version
    assert_speaks(voice)
    with pytest.raises(VoiceError, match=r"no voice 'am_bob'; it has af_heart"):
        Kokoro(f"{tmp_path}:am_bob").load()
    (tmp_path / "kokoro.onnx").write_bytes(b"no model")
    with pytest.raises(VoiceError, match=r"kokoro\.onnx: Kokoro cannot load it"):
        Kokoro(str(tmp_path)).load()


@pytest.mark.parametrize(
    ("module", "engine", "argument", "extra"),
    [("piper", Piper, "v.onnx", "piper"), ("kokoro", Kokoro, ".", "kokoro")],
)
def test_an_extra_that_is_missing_is_named(module, engine, argument, extra, tmp_path, monkeypatch):
    for name in ("v.onnx", "v.onnx.json", "voices.bin"):
        (tmp_path / name).write_text("")
    from importlib.metadata import PackageNotFoundError

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("netglow.scenes.voice.engines.files.version", missing)
    with pytest.raises(VoiceError, match=rf"pip install 'netglow\[{extra}\]'"):
        engine(str(tmp_path / argument)).load()
