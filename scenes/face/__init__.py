"""Netglow: animated explainers of a really trained neural network.

Everything a scene or a notebook of one's own needs, under one name; what is listed here stays
stable. A name is loaded when it is first used, so ``import netglow`` costs next to nothing::

    from netglow import NetworkDiagram, Scene, forward
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netglow.netcore.digits import Digits, load_digits, prepare_drawing
    from netglow.netcore.estimators import from_sklearn
    from netglow.netcore.model import Model, ModelError, load_model, save_model
    from netglow.netcore.network import Network, Trace, forward, forward_batch
    from netglow.netcore.recipe import Recipe
    from netglow.netcore.study.evaluation import Evaluation, evaluate
    from netglow.netcore.study.facts import (
        accuracy,
        confusion,
        contributions,
        first_confident,
        first_wrong,
        products,
    )
    from netglow.netcore.training import train
    from netglow.scenes.parts.images.cell_images import PixelImage, WeightImage
    from netglow.scenes.parts.images.matrix import Matrix
    from netglow.scenes.parts.images.thumbnails import Thumbnails
    from netglow.scenes.parts.images.weight_wall import WeightWall
    from netglow.scenes.parts.motion.wave import Wave
    from netglow.scenes.parts.network.big_neuron import BigNeuron
    from netglow.scenes.parts.network.edges import Dim, Flow, LayerEdges
    from netglow.scenes.parts.network.network_diagram import NetworkDiagram
    from netglow.scenes.parts.network.network_pass import NetworkPass
    from netglow.scenes.parts.network.neurons import LightUp, Neurons
    from netglow.scenes.parts.plots.axis import Axis
    from netglow.scenes.parts.plots.bars import Bars
    from netglow.scenes.parts.plots.curve import Curve
    from netglow.scenes.parts.plots.histogram import Histogram
    from netglow.scenes.stage.scene import NetglowScene as Scene
    from netglow.scenes.stage.story import Story
    from netglow.scenes.stage.text import Number, formula, label
    from netglow.scenes.stage.theme import THEMES, Theme

# Where each name is defined; a test holds this to the imports above.
_HOMES = {
    "netcore.digits": ("Digits", "load_digits", "prepare_drawing"),
    "netcore.estimators": ("from_sklearn",),
    "netcore.model": ("Model", "ModelError", "load_model", "save_model"),
    "netcore.network": ("Network", "Trace", "forward", "forward_batch"),
    "netcore.recipe": ("Recipe",),
    "netcore.study.evaluation": ("Evaluation", "evaluate"),
    "netcore.study.facts": (
        "accuracy",
        "confusion",
        "contributions",
        "first_confident",
        "first_wrong",
        "products",
    ),
    "netcore.training": ("train",),
    "scenes.parts.images.cell_images": ("PixelImage", "WeightImage"),
    "scenes.parts.images.matrix": ("Matrix",),
    "scenes.parts.images.thumbnails": ("Thumbnails",),
    "scenes.parts.images.weight_wall": ("WeightWall",),
    "scenes.parts.motion.wave": ("Wave",),
    "scenes.parts.network.big_neuron": ("BigNeuron",),
    "scenes.parts.network.edges": ("Dim", "Flow", "LayerEdges"),
    "scenes.parts.network.network_diagram": ("NetworkDiagram",),
    "scenes.parts.network.network_pass": ("NetworkPass",),
    "scenes.parts.network.neurons": ("LightUp", "Neurons"),
    "scenes.parts.plots.axis": ("Axis",),
    "scenes.parts.plots.bars": ("Bars",),
    "scenes.parts.plots.curve": ("Curve",),
    "scenes.parts.plots.histogram": ("Histogram",),
    "scenes.stage.scene": ("Scene",),
    "scenes.stage.story": ("Story",),
    "scenes.stage.text": ("Number", "formula", "label"),
    "scenes.stage.theme": ("THEMES", "Theme"),
}
_RENAMED = {"Scene": "NetglowScene"}
HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in HOME_OF:
        raise AttributeError(f"module 'netglow' has no attribute {name!r}")
    value = getattr(import_module(f"netglow.{HOME_OF[name]}"), _RENAMED.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
