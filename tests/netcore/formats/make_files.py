"""Makes the files of this folder's tests with the libraries themselves, and keeps their answers.

Netglow needs none of these libraries; make an environment for them that can be thrown away::

    python3 -m venv /tmp/makers
    /tmp/makers/bin/pip install torch keras scikit-learn skops skl2onnx onnxscript safetensors h5py
    /tmp/makers/bin/python tests/netcore/formats/make_files.py

For each file, ``files/answers.npz`` has the shares that its library gives to the classes, for 200
digits: the first of Netglow's test digits, or those of scikit-learn's 8 x 8 digits (from the UCI
repository, CC BY 4.0) that stand in ``files/digits8.npz``.
"""

from __future__ import annotations

import io
import json
import os
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
import h5py
import keras
import numpy as np
import onnx
import safetensors.torch
import skops.io
import torch
from skl2onnx import to_onnx
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier
from torch import nn

FILES = Path(__file__).parent / "files"
DIGITS = Path(__file__).parents[3] / "assets" / "digits.npz"
COUNT = 200
WORDS = np.array(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
answers: dict[str, np.ndarray] = {}


def data() -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """(images, labels, shown images) of both sets; large ones 0..1, small ones 0..16."""
    with np.load(DIGITS) as found:
        images = found["images"].reshape(len(found["images"]), -1).astype(np.float32) / 255
        labels, is_test = found["labels"].astype(int), found["is_test"]
    small, names = load_digits(return_X_y=True)
    large = images[~is_test], labels[~is_test], images[is_test][:COUNT]
    return large, (small[:-COUNT], names[:-COUNT], small[-COUNT:])


def trained(net: nn.Module, x: np.ndarray, y: np.ndarray, epochs: int = 4) -> nn.Module:
    torch.manual_seed(1)
    step = torch.optim.Adam(net.parameters(), 0.01)
    images, labels = torch.tensor(x, dtype=torch.float32), torch.tensor(y)
    for _ in range(epochs):
        for batch in torch.randperm(len(y)).split(64):
            step.zero_grad()
            nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
            step.step()
    return net.eval()


def answer(name: str, net: nn.Module, x: np.ndarray) -> None:
    with torch.no_grad():
        answers[name] = net(torch.tensor(x, dtype=torch.float32)).softmax(-1).numpy()


def mlp(inputs: int, activation: nn.Module, *after: nn.Module) -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(inputs, 12), activation, nn.Linear(12, 10), *after)


class Named(nn.Module):
    """Layers whose names say nothing of their order."""

    def __init__(self) -> None:
        super().__init__()
        self.entry, self.answer = nn.Linear(64, 12), nn.Linear(12, 10, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.answer(torch.tanh(self.entry(x)))


def with_torch(large: tuple[np.ndarray, ...], small: tuple[np.ndarray, ...]) -> None:
    x, y, shown = large
    net = trained(mlp(784, nn.ReLU()), x, y)
    torch.save(net.state_dict(), FILES / "torch.pt")
    answer("torch.pt", net, shown)

    # Mean and standard deviation, a wrapper's names, 16-bit numbers, within a checkpoint.
    net = trained(mlp(784, nn.Sigmoid()), (x - 0.13) / 0.31, y).to(torch.bfloat16)
    state = {f"module.{name}": tensor for name, tensor in net.state_dict().items()}
    torch.save({"epoch": 4, "state_dict": state}, FILES / "torch_checkpoint.pth")
    answer("torch_checkpoint.pth", net.float(), (shown - 0.13) / 0.31)

    x, y, shown = small
    net = trained(Named(), x / 16, y)
    safetensors.torch.save_file(net.state_dict(), FILES / "torch.safetensors")
    answer("torch.safetensors", net, shown / 16)
    torch.save(net, FILES / "torch_whole.pt")  # to be refused
    torch.save(net.state_dict(), FILES / "torch_old.pt", _use_new_zipfile_serialization=False)

    net = trained(mlp(64, nn.LeakyReLU(0.1), nn.LogSoftmax(1)), x, y)
    net = nn.Sequential(nn.Flatten(), *net)
    example = torch.zeros(2, 8, 8)
    names = {"dynamic_axes": {"images": {0: "n"}}, "input_names": ["images"]}
    torch.onnx.export(net, example, FILES / "torch_script.onnx", dynamo=False, **names)
    answer("torch_script.onnx", net, shown.reshape(-1, 8, 8))

    # Before opset 20 there is no Gelu: it is written out, with the error function.
    net = trained(mlp(64, nn.GELU()), x / 16, y)
    names = {"dynamic_axes": {"images": {0: "n"}}, "input_names": ["images"], "opset_version": 17}
    torch.onnx.export(net, torch.zeros(2, 64), FILES / "torch_erf.onnx", dynamo=False, **names)
    answer("torch_erf.onnx", net, shown / 16)

    net = nn.Sequential(nn.Flatten(), *trained(mlp(784, nn.GELU()), *large[:2]))
    example = (torch.zeros(2, 1, 28, 28),)
    torch.onnx.export(net, example, FILES / "torch.onnx", dynamo=True, external_data=False)
    _without_traces(FILES / "torch.onnx")
    answer("torch.onnx", net, large[2].reshape(-1, 1, 28, 28))


def _without_traces(path: Path) -> None:
    """Takes out in which lines of whose programs each node was made."""
    model = onnx.load(path)
    for part in (model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input):
        del part.metadata_props[:]
    onnx.save(model, path)


def with_sklearn(small: tuple[np.ndarray, ...]) -> None:
    x, y, shown = small
    pack = {"compression": zipfile.ZIP_DEFLATED}
    made = {}
    for name, activation, labels in (
        ("sklearn", "relu", y),
        ("sklearn_words", "tanh", WORDS[y]),
        ("sklearn_binary", "logistic", y > 4),
        ("sklearn_linear", "identity", y),
    ):
        clf = MLPClassifier((12,), activation=activation, max_iter=30, random_state=0)
        made[name] = clf.fit(x, labels)
        skops.io.dump(clf, FILES / f"{name}.skops", **pack)
        answers[f"{name}.skops"] = clf.predict_proba(shown)
    for name in ("sklearn", "sklearn_binary"):
        clf = made[name]
        clf = clf if name == "sklearn" else MLPClassifier((12,), random_state=0).fit(x, y > 4)
        graph = to_onnx(clf, x[:1].astype(np.float32))
        (FILES / f"{name}.onnx").write_bytes(graph.SerializeToString())
        answers[f"{name}.onnx"] = clf.predict_proba(shown)
    clf = made["sklearn"]
    arrays = {}
    for i, (w, b) in enumerate(zip(clf.coefs_, clf.intercepts_, strict=True)):
        arrays |= {f"W{i}": w.astype(np.float32), f"b{i}": b.astype(np.float32)}
    np.savez_compressed(FILES / "numpy.npz", **arrays)
    answers["numpy.npz"] = clf.predict_proba(shown)


def with_keras(large: tuple[np.ndarray, ...], small: tuple[np.ndarray, ...]) -> None:
    keras.utils.set_random_seed(0)
    layers = keras.layers
    x, y, shown = large
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(12, "relu"),
            layers.Dropout(0.1),
            layers.Dense(10, "softmax"),
        ]
    )
    _fit(model, x.reshape(-1, 28, 28), y, "keras", shown.reshape(-1, 28, 28))

    x, y, shown = small
    given = keras.Input((8, 8))
    out = layers.Flatten()(layers.Rescaling(1 / 8, offset=-1)(given))
    out = layers.LeakyReLU()(layers.Dense(12, name="first")(out))
    out = layers.Activation("tanh")(layers.Dense(12, name="second")(out))
    out = layers.Softmax()(layers.Dense(10, use_bias=False)(out))
    shown = shown.reshape(-1, 8, 8)
    _fit(keras.Model(given, out), x.reshape(-1, 8, 8), y, "keras_chain", shown)


def _fit(model: keras.Model, x: np.ndarray, y: np.ndarray, name: str, shown: np.ndarray) -> None:
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    model.fit(x, y, epochs=4, batch_size=64, verbose=0)
    bare = type(model).from_config(model.get_config())  # without what the optimizer remembers
    bare.set_weights(model.get_weights())
    for suffix in ("keras", "h5"):
        bare.save(FILES / f"{name}.{suffix}")
        answers[f"{name}.{suffix}"] = np.asarray(bare.predict(shown, verbose=0))


def with_network2(small: tuple[np.ndarray, ...]) -> None:
    """As the textbook's network2.py learns and saves: plain gradient descent, cross-entropy."""
    x, y, shown = small
    rng = np.random.default_rng(0)
    sizes = [64, 12, 10]
    biases = [rng.normal(size=(n, 1)) for n in sizes[1:]]
    weights = [rng.normal(size=(n, m)) / np.sqrt(m) for m, n in zip(sizes, sizes[1:], strict=False)]
    for _ in range(20):
        for batch in np.array_split(rng.permutation(len(y)), len(y) // 10):
            a = [x[batch].T / 16]
            for w, b in zip(weights, biases, strict=True):
                a.append(1 / (1 + np.exp(-(w @ a[-1] + b))))
            delta = (a[2] - np.eye(10)[y[batch]].T) / len(batch)
            deltas = [weights[1].T @ delta * a[1] * (1 - a[1]), delta]
            for l, found in enumerate(deltas):
                weights[l] -= 0.5 * found @ a[l].T
                biases[l] -= 0.5 * found.sum(axis=1, keepdims=True)
    saved = {
        "sizes": sizes,
        "weights": [w.tolist() for w in weights],
        "biases": [b.tolist() for b in biases],
        "cost": "CrossEntropyCost",
    }
    (FILES / "network2.json").write_text(json.dumps(saved))
    a = shown.T / 16
    for w, b in zip(weights, biases, strict=True):
        a = 1 / (1 + np.exp(-(w @ a + b)))
    answers["network2.json"] = a.T


def small_h5(name: str, change: Callable[[h5py.Group], object], **how: str) -> None:
    """A network 4-2 in the way of older Keras: texts of one length, other kinds of numbers."""
    layer = {"name": "d", "units": 2, "activation": "sigmoid", "use_bias": True}
    layers = [{"class_name": "Dense", "config": layer}]
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": layers}}
    with h5py.File(FILES / f"h5_{name}.h5", "w", **how) as file:
        file.attrs["model_config"] = np.bytes_(json.dumps(config))
        group = file.create_group("model_weights/d")
        group.attrs["weight_names"] = np.array([b"d/kernel:0", b"d/bias:0"])
        inner = group.create_group("d")
        inner["bias:0"] = np.array([0.5, -0.5], ">f4")
        change(inner)


def with_h5py() -> None:
    w, place = np.arange(8.0).reshape(4, 2) / 8, [("/etc/passwd", 0, 64)]
    layout = h5py.VirtualLayout((4, 2), "f8")
    layout[:] = h5py.VirtualSource("/etc/passwd", "w", (4, 2))
    small_h5("older", lambda group: group.create_dataset("kernel:0", data=w))
    small_h5("latest", lambda group: group.create_dataset("kernel:0", data=w), libver="latest")
    small_h5("packed", lambda group: group.create_dataset("kernel:0", data=w, compression=9))
    small_h5("chunks", lambda group: group.create_dataset("kernel:0", data=w, chunks=(2, 2)))
    small_h5(
        "huge", lambda group: group.create_dataset("kernel:0", (2**40, 2), "f4", chunks=(2, 2))
    )
    small_h5("whole", lambda group: group.create_dataset("kernel:0", data=w.astype(int)))
    small_h5("external", lambda g: g.create_dataset("kernel:0", (4, 2), "f8", external=place))
    small_h5("virtual", lambda group: group.create_virtual_dataset("kernel:0", layout))
    links = {"link": h5py.ExternalLink("/etc/passwd", "w"), "soft": h5py.SoftLink("/w")}
    for name, link in links.items():
        small_h5(name, lambda group, link=link: group.__setitem__("kernel:0", link))


def main() -> None:
    warnings.simplefilter("ignore")
    FILES.mkdir(exist_ok=True)
    large, small = data()
    with_torch(large, small)
    with_sklearn(small)
    with_keras(large, small)
    with_network2(small)
    with_h5py()
    np.savez_compressed(FILES / "digits8.npz", images=small[2].astype(np.uint8))
    packed = io.BytesIO()
    np.savez_compressed(packed, **{name: a.astype(np.float32) for name, a in answers.items()})
    (FILES / "answers.npz").write_bytes(packed.getvalue())
    for path in FILES.iterdir():
        path.chmod(0o644)
    for name, found in answers.items():
        right = found.argmax(1)
        print(f"{name:24} {(FILES / name).stat().st_size:7} bytes, classes {np.unique(right).size}")
    print("onnx", onnx.__version__, "keras", keras.__version__, "torch", torch.__version__)


if __name__ == "__main__":
    main()
