"""Commands, options and errors: what is said where, and the exit codes."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys

import numpy as np
import pytest

from netglow.netcore.digits import ASSETS
from netglow.netcore.model import load_model
from netglow.scenes.catalog import CLIPS
from netglow.scenes.stage.story import Story
from netglow.scenes.studio.ask.networks import wilson
from tests.studio.running import ROOT, command, environment, everything_in, netglow

COMMANDS = (
    "list",
    "render",
    "embed",
    "film",
    "train",
    "predict",
    "model",
    "import",
    "export",
    "bench",
    "profile",
    "sheet",
)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example(name, capsys):
    from netglow.scenes.studio.ask.cli import main

    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert f"netglow {name}" in capsys.readouterr().out.split("example:")[1]


@pytest.mark.parametrize("args", [["--help"], ["list"]])
def test_light_commands_import_nothing_heavy(args, tmp_path):
    code = (
        "import sys; from netglow.scenes.studio.ask.cli import main\n"
        f"try: main({args})\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'numba', 'manim', 'PIL', 'av'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_list_shows_the_catalog(says):
    code, out, err = says("list")
    rows = [line.split("\t") for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [row[0] for row in rows] == [clip.name for clip in CLIPS]
    assert [row[2] for row in rows] == [clip.title for clip in CLIPS]
    for row, clip in zip(rows, CLIPS, strict=True):
        minutes, seconds = map(int, row[1].split(":"))
        assert 60 * minutes + seconds == round(clip.seconds)


def test_list_shows_the_sections(says):
    _, out, _ = says("list", "ForwardPass", "Bias")
    rows = [line.split("\t") for line in out.splitlines()]
    assert ["ForwardPass", "read-the-answer", "Reading the answer"] in rows
    assert list(dict.fromkeys(row[0] for row in rows)) == ["ForwardPass", "Bias"]
    _, out, _ = says("list", "--sections")
    assert {line.split("\t")[0] for line in out.splitlines()} == {clip.name for clip in CLIPS}


@pytest.mark.parametrize("args", [["list", "--sections"], ["render", "--all", "--dry-run"]])
def test_what_draws_is_loaded_only_to_draw(args, tmp_path):
    """Manim and the compiler alone take more time than to find out that nothing is to be done."""
    code = (
        f"import sys; from netglow.scenes.studio.ask.cli import main; main({args})\n"
        "sys.exit(str({'numba', 'manim', 'scipy.ndimage', 'av'} & set(sys.modules) or ''))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.stderr.strip() == ""


def test_readme_table_is_the_catalog():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines if line.startswith("|")]
    names = {clip.name for clip in CLIPS}
    table = [[cell.strip("`* ") for cell in row] for row in rows]
    table = [row for row in table if names & set(row)]
    assert [next(cell for cell in row if cell in names) for row in table] == [
        clip.name for clip in CLIPS
    ]
    for row, clip in zip(table, CLIPS, strict=True):
        seconds = round(clip.seconds)
        assert clip.title in row
        assert {f"{seconds // 60}:{seconds % 60:02}", f"{seconds} s"} & set(row), row


def test_readme_states_the_exact_accuracy():
    readme = (ROOT / "README.md").read_text("utf-8")
    for path in sorted((ASSETS / "models").iterdir()):
        model = load_model(path)
        low, high = wilson(model.accuracy, model.accuracy_sample)
        start = f"| `assets/models/{path.name}`"
        row = next(line for line in readme.splitlines() if line.startswith(start))
        assert f"| {model.accuracy:.1%} | {low:.1%} to {high:.1%} |" in row
        assert f"{model.accuracy_sample:,} test images" in readme


WRONG_USE = [
    ([], "COMMAND"),
    (["rendr"], "render"),
    (["render"], "--all"),
    (["render", "ForwardPass", "--all"], "--all"),
    (["render", "ForwrdPass"], "did you mean ForwardPass"),
    (["render", "xyzzy"], "netglow list"),
    (["render", "ForwardPass", "-q", "z"], "l, m, h, p, k"),
    (["render", "ForwardPass", "--section", "xyzzy"], "the-edges, light-leaves-the-ink"),
    (["render", "ForwardPass", "--section", "a,,b"], "one,two"),
    (["render", "ForwardPass", "Bias", "--section", "two-mor"], "did you mean two-more"),
    (["render", "ForwardPass", "Bias", "--section", "two-more"], "Bias has no section"),
    (["embed"], "CLIP"),
    (["embed", "ForwrdPass"], "did you mean ForwardPass"),
    (["embed", "ForwardPass", "--section", "xyzzy"], "there are a-real-digit"),
    (["embed", "ForwardPass", "--html", "--markdown"], "not allowed with"),
    (["list", "ForwrdPass"], "did you mean ForwardPass"),
    (["render", "ForwardPass", "--digit", "12"], "0 to 9"),
    (["render", "ForwardPass", "--index", "-1"], "--index"),
    (["render", "ForwardPass", "--index", "100000"], "1000 test images"),
    (["render", "ForwardPass", "--digit", "3", "--index", "4"], "not allowed with"),
    (["render", "ForwardPass", "--format", "avi"], "webm"),
    (["render", "ForwardPass", "--theme", "blue"], "light"),
    (["render", "ForwardPass", "--lang", "xx"], "en"),
    (["render", "ForwardPass", "--jobs", "0"], "whole number"),
    (["film", "--chapters", "Nothing,ForwardPass"], "Nothing"),
    (["train", "--quick"], "--output"),
    (["train", "-o", "m.safetensors", "--sizes", "100-10"], "784-16-16-10"),
    (["train", "-o", "m.safetensors", "--sizes", "784-0-10"], "784-16-16-10"),
    (["train", "-o", "m.safetensors", "--epochs", "0"], "whole number"),
    (["predict"], "image file"),
    (["predict", "--index", "100000"], "1000 test images"),
]


@pytest.mark.parametrize(("args", "expected"), WRONG_USE, ids=lambda value: str(value)[:50])
def test_wrong_use(args, expected, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = says(*args)
    assert code == 2
    assert out == ""
    assert_one_line(err, expected)
    assert everything_in(tmp_path) == []


FAILURES = [
    (["render", "ForwardPass", "--model", "absent.safetensors"], "absent.safetensors"),
    (["render", "ForwardPass", "--model", "broken.safetensors"], "broken.safetensors"),
    (["render", "ForwardPass", "--image", "absent.png"], "absent.png"),
    (["render", "ForwardPass", "--image", "broken.png"], "broken.png"),
    (["render", "ForwardPass", "--image", "blank.png"], "blank.png"),
    (["render", "ForwardPass", "-o", "broken.png"], "broken.png"),
    (["film", "-o", "broken.png/film"], "broken.png"),
    (["train", "--quick", "-o", "no/such/folder/m.safetensors"], "no/such/folder"),
    (["train", "--quick", "-o", "."], "folder"),
    (["predict", "broken.png"], "broken.png"),
    (["predict", "absent.png"], "absent.png"),
    (["predict", "--digit", "3", "-o", "no/such/folder/a.png"], "no/such/folder"),
    (["model", "absent.safetensors"], "absent.safetensors"),
    (["model", "broken.safetensors"], "broken.safetensors"),
]


@pytest.mark.parametrize(("args", "expected"), FAILURES, ids=lambda value: str(value)[:50])
def test_failures(args, expected, says, tmp_path, monkeypatch):
    from PIL import Image

    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.safetensors").write_bytes(b"\x10\0\0\0\0\0\0\0{not a model")
    (tmp_path / "broken.png").write_bytes(b"not a picture")
    Image.new("L", (40, 40), 255).save("blank.png")
    before = everything_in(tmp_path)
    code, _, err = says(*args)
    assert code == 1
    assert_one_line(err, expected)
    assert everything_in(tmp_path) == before


def assert_one_line(err: str, expected: str) -> None:
    assert err.startswith("netglow: ")
    assert err.count("\n") == 1
    assert expected in err
    assert "Traceback" not in err


@pytest.mark.parametrize("choice", [{"index": 5}, {"digit": 7}])
def test_predict_equals_netcore(choice, says):
    ((name, value),) = choice.items()
    code, out, _ = says("predict", f"--{name}", value)
    story = Story.choose(**choice)
    shown = [float(number) for number in re.findall(r" (\d\.\d{4})", out)]
    assert code == 0
    assert shown == pytest.approx(story.trace.output, abs=5e-5)
    answer = story.network.class_names[story.trace.predicted]
    assert f"test image {story.index}, labelled {story.label}" in out
    assert f"the network reads {answer}" in out
    (marked,) = (line for line in out.splitlines() if line.endswith("<"))
    assert marked.split()[0] == answer


def test_predict_own_picture(says, drawing, tmp_path):
    from PIL import Image

    code, out, _ = says("predict", drawing, "-o", tmp_path / "both.png")
    assert code == 0
    assert "the network reads 7" in out
    assert out.count("\n") >= 14 + 10
    sheet = np.asarray(Image.open(tmp_path / "both.png"))
    assert sheet[5, 5] > 200  # given on light paper
    assert sheet[5, -5] == 0  # the network sees light ink on black
    assert everything_in(tmp_path) == ["both.png"]


def test_model_is_described(says):
    code, out, _ = says("model")
    model = load_model()
    assert code == 0
    for fact in (
        model.digest,
        "784 - 16 - 16 - 10",
        "13,002",
        "12,960",
        f"{model.accuracy:.1%}",
        f"{model.accuracy_sample:,} unseen",
        "sigmoid",
    ):
        assert fact in out


def test_train_then_use(tmp_path):
    trained = netglow(
        "train",
        "--quick",
        "--epochs",
        3,
        "--seed",
        5,
        "--sizes",
        "784-12-10",
        "-o",
        "my.safetensors",
        cwd=tmp_path,
    )
    assert trained.returncode == 0, trained.stderr
    assert everything_in(tmp_path) == ["my.safetensors"]
    model = load_model(tmp_path / "my.safetensors")
    assert model.network.sizes == (784, 12, 10)
    low, high = wilson(model.accuracy, model.accuracy_sample)
    assert f"{model.accuracy:.1%} of 1,000 unseen images right" in trained.stdout
    assert f"{low:.1%} to {high:.1%}" in trained.stdout
    predicted = netglow("predict", "--index", 0, "--model", "my.safetensors", cwd=tmp_path)
    assert model.digest[:12] in predicted.stdout


def test_training_stopped_keeps_the_best(tmp_path):
    path = tmp_path / "stopped.safetensors"
    args = command("train", "--quick", "--epochs", 60, "-o", path)
    with subprocess.Popen(
        args,
        cwd=tmp_path,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        sixth = run.stdout.readline()
        assert "epoch 6 of 60" in sixth
        run.send_signal(signal.SIGTERM)  # as Ctrl-C, but also where that is ignored
        out, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (0, "")
    assert "kept the best" in out
    model = load_model(path)
    best = model.meta["epochs_done"]  # perhaps not the latest
    assert 0 < best < 60 and f"so far, of epoch {best}" in out
    assert model.accuracy >= float(re.search(r"([\d.]+)% right", sixth)[1]) / 100 - 0.0005
    assert len(model.history["cost"]) == model.meta["epochs_done"]
    assert everything_in(tmp_path) == ["stopped.safetensors"]


def test_interval_of_a_share():
    low, high = wilson(0.957, 1000)  # by the formula of Wilson, 1927
    assert (low, high) == pytest.approx((0.9426, 0.9679), abs=1e-4)
    assert wilson(1.0, 1000)[1] == pytest.approx(1.0)


def test_names_of_the_command():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"netglow": "netglow.scenes.studio.ask.cli:main"}
    assert "pillow>=11,<13" in json.dumps(project["dependencies"])
