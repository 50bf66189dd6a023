"""Networks in forms that other programs read, and Netglow, too.

``.safetensors``: ``0.weight``, ``0.bias``, ``2.weight``, ... (out, in), as ``torch.nn.Sequential``
of layers and activations calls them. ``.npz``: ``w0``, ``b0``, ``w1``, ... (out, in).
``.onnx``: from images (n, rows, columns), 0..1, to outputs (n, classes).
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import numpy as np
from safetensors.numpy import save

from netglow.netcore.formats.wire import field
from netglow.netcore.network import Network

OPS = {"sigmoid": "Sigmoid", "relu": "Relu", "tanh": "Tanh", "gelu": "Gelu", "softmax": "Softmax"}
OPSET = 13  # of the standard; the first with Gelu is 20
OPSET_WITH_GELU = 20
IR_VERSION = 8


def npz(network: Network) -> bytes:
    """The bytes of an .npz file."""
    arrays: dict[str, np.ndarray] = {}
    for l, (w, b) in enumerate(zip(network.w, network.b, strict=True)):
        arrays[f"w{l}"], arrays[f"b{l}"] = w.astype(np.float32), b.astype(np.float32)
    arrays["activations"] = np.array(network.activations)
    arrays["class_names"] = np.array(network.class_names)
    arrays["image_shape"] = np.array(network.image_shape)
    arrays["orientation"] = np.array("out-in")
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def safetensors(network: Network) -> bytes:
    """The bytes of a .safetensors file."""
    arrays = {}
    for l, (w, b) in enumerate(zip(network.w, network.b, strict=True)):
        arrays[f"{2 * l}.weight"] = np.ascontiguousarray(w, np.float32)
        arrays[f"{2 * l}.bias"] = np.ascontiguousarray(b, np.float32)
    about = {
        "activations": json.dumps(network.activations),
        "class_names": json.dumps(network.class_names),
        "image_shape": json.dumps(network.image_shape),
    }
    return bytes(save(arrays, about))


def onnx(network: Network) -> bytes:
    """The bytes of an .onnx file."""
    rows, columns = network.image_shape
    nodes = [_node("Flatten", ["image"], "a0", field(5, _whole("axis", 1)))]
    tensors = []
    for l, name in enumerate(network.activations):
        tensors += [_tensor(f"w{l}", network.w[l]), _tensor(f"b{l}", network.b[l])]
        turned = field(5, _whole("transB", 1))
        nodes.append(_node("Gemm", [f"a{l}", f"w{l}", f"b{l}"], f"z{l}", turned))
        out = "output" if l == len(network.w) - 1 else f"a{l + 1}"
        nodes.append(_activation(name, f"z{l}", out))
    graph = b"".join(field(1, node) for node in nodes) + field(2, "netglow")
    graph += b"".join(field(5, tensor) for tensor in tensors)
    graph += field(11, _value("image", ("n", rows, columns)))
    graph += field(12, _value("output", ("n", network.sizes[-1])))
    opset = OPSET_WITH_GELU if "gelu" in network.activations else OPSET
    names = field(1, "class_names") + field(2, json.dumps(network.class_names))
    return (
        field(1, IR_VERSION)
        + field(2, "netglow")
        + field(7, graph)
        + field(8, field(1, "") + field(2, opset))
        + field(14, names)
    )


def _node(op: str, inputs: list[str], output: str, attributes: bytes = b"") -> bytes:
    named = b"".join(field(1, name) for name in inputs) + field(2, output)
    return named + field(3, output) + field(4, op) + attributes


def _activation(name: str, before: str, after: str) -> bytes:
    if name.startswith("leaky_relu"):
        leak = float(name[11:-1]) if "(" in name else 0.01
        alpha = field(1, "alpha") + field(2, leak) + field(20, 1)
        return _node("LeakyRelu", [before], after, field(5, alpha))
    return _node(OPS[name], [before], after)


def _whole(name: str, value: int) -> bytes:
    """An attribute that is a whole number."""
    return field(1, name) + field(3, value) + field(20, 2)


def _tensor(name: str, array: np.ndarray) -> bytes:
    """A stored tensor of float32."""
    sides = b"".join(field(1, side) for side in array.shape)
    return sides + field(2, 1) + field(8, name) + field(9, array.astype("<f4").tobytes())


def _value(name: str, shape: tuple[str | int, ...]) -> bytes:
    """An input or output of float32; a side with a name may have any length."""
    sides = (field(2, side) if isinstance(side, str) else field(1, side) for side in shape)
    dimensions = field(2, b"".join(field(1, side) for side in sides))
    return field(1, name) + field(2, field(1, field(1, 1) + dimensions))


WRITERS: dict[str, Callable[[Network], bytes]] = {
    ".npz": npz,
    ".safetensors": safetensors,
    ".onnx": onnx,
}
