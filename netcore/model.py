"""The model file: a trained network with its checkpoints, history and provenance.

One .safetensors file. Tensors (float32): ``w.0``, ``b.0``, ...; ``checkpoint.w.0`` with all
checkpoints stacked, ...; ``checkpoint.epoch`` (int64); ``history.cost``, ... one number an epoch.
Metadata: every value is JSON text.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save as to_safetensors

from netglow.netcore.digits import ASSETS
from netglow.netcore.formats import front, limits
from netglow.netcore.formats.hints import NONE, Hints
from netglow.netcore.network import Network, frozen
from netglow.netcore.refusal import ModelError, plain

__all__ = [
    "DEFAULT_MODEL",
    "HISTORY",
    "RELU_MODEL",
    "Checkpoint",
    "Model",
    "ModelError",
    "load_model",
    "save_model",
]
FORMAT = 1
HISTORY = ("cost", "train_accuracy", "test_accuracy")
PROVENANCE = ("data", "data_checksum", "seed", "recipe", "accuracy", "accuracy_sample")
INPUT_SCALE = "0..1, 1 = ink"
STRUCTURE = ("sizes", "activations", "class_names", "image_shape", "input_scale")
DEFAULT_MODEL = ASSETS / "models" / "default.safetensors"
RELU_MODEL = ASSETS / "models" / "relu.safetensors"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The network after so many epochs; epoch 0 is before training."""

    epoch: int
    network: Network


@dataclass(frozen=True, eq=False)
class Model:
    """A network and where it came from.

    checkpoints: in order of epochs, the last one being the network itself;
    history: "cost", "train_accuracy", "test_accuracy", each (epochs,); may be empty arrays;
    meta: data, data_checksum, seed, recipe, accuracy, accuracy_sample and free extras; of an
    imported network source (format, file, sha256) and notes, what was done to it.
    """

    network: Network
    checkpoints: tuple[Checkpoint, ...] = ()
    history: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "checkpoints", tuple(self.checkpoints))
        put(self, "history", {key: frozen(self.history.get(key, ())) for key in HISTORY})
        put(self, "meta", dict(self.meta))

    @property
    def accuracy(self) -> float:
        """Share of unseen images answered correctly, 0..1; NaN if never measured."""
        return float(self.meta.get("accuracy", "nan"))

    @property
    def accuracy_sample(self) -> int:
        """How many unseen images that was measured on; 0 if never."""
        return int(self.meta.get("accuracy_sample", 0))

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over the tensors as stored and the metadata that matter."""
        mark = hashlib.sha256()
        for key, tensor in sorted(_tensors(self).items()):
            mark.update(f"{key} {tensor.dtype} {tensor.shape}\n".encode() + tensor.tobytes())
        matters = {
            key: text
            for key, text in _metadata(self).items()
            if key in STRUCTURE or key in PROVENANCE
        }
        mark.update(json.dumps(matters, sort_keys=True).encode())
        return mark.hexdigest()


def _tensors(model: Model) -> dict[str, NDArray[Any]]:
    layers = range(len(model.network.w))
    out = {}
    for l in layers:
        out[f"w.{l}"], out[f"b.{l}"] = model.network.w[l], model.network.b[l]
    out |= {f"history.{key}": values for key, values in model.history.items()}
    if model.checkpoints:
        for l in layers:
            out[f"checkpoint.w.{l}"] = np.stack([c.network.w[l] for c in model.checkpoints])
            out[f"checkpoint.b.{l}"] = np.stack([c.network.b[l] for c in model.checkpoints])
    out = {key: np.ascontiguousarray(value, dtype=np.float32) for key, value in out.items()}
    out["checkpoint.epoch"] = np.array([c.epoch for c in model.checkpoints], dtype=np.int64)
    return out


def _metadata(model: Model) -> dict[str, str]:
    network = model.network
    values = {
        **model.meta,
        "format": FORMAT,
        "sizes": network.sizes,
        "activations": network.activations,
        "class_names": network.class_names,
        "image_shape": network.image_shape,
        "input_scale": INPUT_SCALE,
    }
    return {key: json.dumps(value, sort_keys=True) for key, value in sorted(values.items())}


def save_model(path: str | Path, model: Model) -> None:
    """Write the file in one step: there is the whole new file or the old one, never a part.

    Raises OSError if the folder cannot be written to.
    """
    path = Path(path)
    blob = to_safetensors(_tensors(model), _metadata(model))
    # The library writes metadata in random order; the same model shall give the same bytes.
    length = int.from_bytes(blob[:8], "little")
    header = json.dumps(json.loads(blob[8 : 8 + length]), sort_keys=True, separators=(",", ":"))
    header_bytes = header.encode()
    header_bytes += b" " * (-len(header_bytes) % 8)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(len(header_bytes).to_bytes(8, "little") + header_bytes + blob[8 + length :])
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)  # mkstemp makes it private
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def load_model(path: str | Path | None = None, hints: Hints = NONE) -> Model:
    """Read and check a model file; None means the default model in assets/.

    Another program's file is imported (see netcore/formats); ``hints`` tell what it does not say
    itself, and change nothing in a file of Netglow's own. Raises ModelError with one line for
    anything that is not a whole, sound network.
    """
    path = DEFAULT_MODEL if path is None else Path(path)
    try:
        if front.is_foreign(path):
            found = front.read(path, hints)
            return Model(found.network, meta=found.meta)
        if path.stat().st_size > limits.FILE:
            raise OSError(f"more than {limits.FILE:,} bytes")
        with safe_open(path, "numpy") as file:
            text = file.metadata() or {}
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    except FileNotFoundError:
        raise ModelError(f"{path}: no such model file; make one with: netglow train") from None
    except (OSError, SafetensorError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path}: expected a .safetensors model or one of {front.OTHERS}, found something else "
            f"or only a part of one ({plain(error, 90)}); copy it again or train anew"
        ) from None
    return _Content(path, tensors, text).model()


@dataclass(frozen=True)
class _Content:
    """What a file holds; its methods take out what a model needs and check it."""

    path: Path
    tensors: dict[str, NDArray[Any]]
    text: dict[str, str]

    def need(self, fine: object, expected: str, found: object) -> None:
        """Raise ModelError unless it is fine."""
        if not fine:
            raise ModelError(
                f"{self.path}: expected {expected}, found {plain(found, 90)}; "
                "train or import it anew"
            )

    def model(self) -> Model:
        """The whole model."""
        meta = self.metadata()
        structure = {key: meta.pop(key) for key in STRUCTURE}
        epochs = self.tensor("checkpoint.epoch", (None,), "i")
        self.need((np.diff(epochs) > 0).all(), "checkpoint epochs that rise", epochs.tolist())
        history = {key: self.tensor(f"history.{key}", (None,)) for key in HISTORY}
        lengths = {len(values) for values in history.values()}
        self.need(len(lengths) == 1, "history curves of one length", sorted(lengths))
        (network,) = self.networks("", (), structure)
        networks = self.networks("checkpoint.", epochs.shape, structure)
        checkpoints = map(Checkpoint, epochs.tolist(), networks)
        return Model(network, tuple(checkpoints), history, meta)

    def metadata(self) -> dict[str, Any]:
        """All metadata but the format, as values; those of STRUCTURE are there and sound."""
        other = "a .safetensors file without Netglow's metadata"
        self.need("format" in self.text, "a Netglow model", other)
        meta: dict[str, Any] = {}
        for key, value in self.text.items():
            try:
                meta[key] = json.loads(value)
            except (ValueError, RecursionError):
                self.need(False, f"JSON in metadata {key!r}", repr(value[:40]))
        version = meta.pop("format")
        made = f"{version!r} (made by another Netglow version?)"
        self.need(version == FORMAT, f"format {FORMAT}", made)
        for key in STRUCTURE:
            self.need(key in meta, f"metadata {key!r}", "none")
        sizes, names, shape = meta["sizes"], meta["activations"], meta["image_shape"]
        sound = _counts(sizes) and len(sizes) >= 2
        self.need(sound, "sizes of two or more layers", sizes)
        sound = _texts(names) and len(names) == len(sizes) - 1
        self.need(sound, f"names of {len(sizes) - 1} activations", names)
        sound = _counts(shape) and len(shape) == 2
        self.need(sound, "image_shape of (rows, columns)", shape)
        self.need(_texts(meta["class_names"]), "a list of class names", meta["class_names"])
        scale = meta["input_scale"]
        self.need(scale == INPUT_SCALE, f"input_scale {INPUT_SCALE!r}", repr(scale))
        share, sample = meta.get("accuracy", 0.0), meta.get("accuracy_sample", 0)
        self.need(isinstance(share, int | float), "accuracy as a number", share)
        self.need(isinstance(sample, int), "accuracy_sample as a whole number", sample)
        return meta

    def tensor(self, key: str, shape: tuple[int | None, ...], kind: str = "f") -> NDArray[Any]:
        """A tensor of finite numbers of this shape (None: any length) and kind of dtype."""
        self.need(key in self.tensors, f"a tensor {key!r}", "none")
        value = self.tensors[key]
        fits = len(value.shape) == len(shape) and all(
            want in (None, have) for want, have in zip(shape, value.shape, strict=True)
        )
        wanted = str(shape).replace("None", "any")
        self.need(fits, f"{key} of shape {wanted}", tuple(value.shape))
        name = "float" if kind == "f" else "integer"
        self.need(value.dtype.kind == kind, f"{key} as {name}", value.dtype)
        self.need(np.isfinite(value).all(), f"finite numbers in {key}", "NaN or infinity")
        return value

    def networks(
        self, prefix: str, stacked: tuple[int, ...], structure: dict[str, Any]
    ) -> list[Network]:
        """The network whose tensors' names begin so, or all that are stacked (count,) in them."""
        if 0 in stacked:
            return []
        sizes = structure["sizes"]
        pairs = list(enumerate(zip(sizes[1:], sizes[:-1], strict=True)))
        w = [self.tensor(f"{prefix}w.{l}", (*stacked, *pair)) for l, pair in pairs]
        b = [self.tensor(f"{prefix}b.{l}", (*stacked, pair[0])) for l, pair in pairs]
        layers = zip(*w, strict=True), zip(*b, strict=True)
        several = zip(*layers, strict=True) if stacked else [(w, b)]
        names, shape = structure["activations"], structure["image_shape"]
        classes = structure["class_names"]
        try:
            return [
                Network(tuple(w), tuple(b), tuple(names), tuple(shape), tuple(classes))
                for w, b in several
            ]
        except (ValueError, TypeError) as error:
            raise ModelError(f"{self.path}: {plain(error)}; train or import it anew") from None


def _counts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(n, int) and n > 0 for n in values)


def _texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(text, str) for text in values)
