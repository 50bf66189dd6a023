"""WhyLayers: what is called a loop, a line, an edge is one; and a hope is called a hope."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from netglow.netcore.digits import ASSETS, load_digits
from netglow.netcore.model import save_model
from netglow.netcore.training import QUICK, train
from netglow.scenes.engine.batches import Cells
from netglow.scenes.parts.images.cell_images import PixelImage
from netglow.scenes.parts.images.loose_ink import LooseInk
from netglow.scenes.parts.network.edges import Flow, LayerEdges
from netglow.scenes.parts.network.neurons import Neurons
from netglow.scenes.props.why_layers.patch_neurons import PatchNeurons
from netglow.scenes.props.why_layers.tag import Tag
from netglow.scenes.stage.theme import rgb
from tests.chapters.facts.cutting import pixels, shut_in
from tests.chapters.playing import last_shown

CLIP = "WhyLayers"
CHOICES = [{}, {"model": ASSETS / "models" / "relu.safetensors"}, {"digit": 7, "theme": "light"}]
HOPED = (
    "a-neuron-each",
    "lights-up",
    "reads-off",
    "a-ring-of-edges",
    "layer-by-layer",
    "small-steps",
)


@pytest.fixture(
    scope="module", params=[*CHOICES, "wide"], ids=["default", "relu", "seven-light", "wide"]
)
def scene(play, request):
    if request.param == "wide":
        return play(CLIP, model=request.getfixturevalue("wide"))
    return play(CLIP, **request.param)


def at(scene, moment: str, kind: type) -> list:
    """What of a kind is on the screen at a moment."""
    return [t for t in scene.shown if t.moment == moment and isinstance(t.mobject, kind)]


def middle(thing) -> tuple[float, float]:
    return (thing.box[0] + thing.box[1]) / 2, (thing.box[2] + thing.box[3]) / 2


# --- what the pieces are ---
def test_a_loop_shuts_paper_in_and_a_line_does_not(scene):
    facts = scene.facts
    for loop in (*facts.loops, facts.upper, facts.lower):
        assert len(shut_in(pixels(loop))) >= 1
    for line in facts.lines:
        assert not shut_in(pixels(line))
        y, x = np.nonzero(line)
        assert np.hypot(np.ptp(y), np.ptp(x)) > 8  # a long one


def test_below_is_below_and_the_top_is_the_top(scene):
    """In every image that a neuron for a loop near the top is said to light up for."""
    facts, height = scene.facts, scene.facts.nines.shape[1]
    pairs = [*zip(facts.loops, facts.lines, strict=True), (facts.upper, facts.lower)]
    for above, below in pairs:
        rows = [np.nonzero(mask)[0].mean() for mask in (above, below)]
        assert rows[0] < height / 2 < rows[1]
        assert np.nonzero(above)[0].min() < height / 4


def test_images_are_real_ones_of_their_digits(scene):
    facts, digits = scene.facts, scene.story.digits
    windows = np.lib.stride_tricks.sliding_window_view(
        digits.images, facts.eight.shape, axis=(1, 2)
    )
    for digit, images in ((9, facts.nines), (8, facts.eight[None])):
        of = windows[digits.labels == digit]
        for image in images:
            assert (of == image).all(axis=(3, 4)).any()
    assert len({image.tobytes() for image in facts.nines}) == 3


def test_two_digits_fall_into_two_pieces_each_one_above_the_other(scene):
    """On the left the nine, on the right the eight; the gap lies between their pieces."""
    inks = at(scene, "loops-and-lines end", LooseInk) or [
        t for t in scene.shown if t.moment == "loops-and-lines end" and t.kind == "LooseInk"
    ]
    assert len(inks) == 4
    loop, line, upper, lower = inks
    for above, below in ((loop, line), (upper, lower)):
        assert above.box[2] > below.box[3] + 0.1
    assert middle(loop)[0] < 0 and middle(line)[0] < 0 < min(middle(upper)[0], middle(lower)[0])
    one = scene.facts
    sizes = [mask.sum() for mask in (one.loops[0], one.lines[0], one.upper, one.lower)]
    assert [len(ink.mobject) for ink in inks] == sizes


# --- what lights up for what ---
def stack(scene, moment: str) -> tuple[list, Neurons]:
    """The three patches from the top down, and their discs."""
    discs = next(t.mobject for t in at(scene, moment, Neurons) if len(t.mobject) == 3)
    inside = []
    for centre in discs.centres():
        patches = [
            t
            for t in at(scene, moment, PixelImage)
            if np.hypot(*(np.array(middle(t)) - centre[:2])) < 0.05
        ]
        inside.append(patches[0].value)
    return inside, discs


def test_circles_hold_what_they_stand_for_from_the_top_down(scene):
    patches, discs = stack(scene, "lights-up 2")
    assert (np.diff(discs.centres()[:, 1]) < 0).all()
    for patch, piece in zip(patches, scene.facts.pieces, strict=True):
        np.testing.assert_array_equal(patch, piece)


@pytest.mark.parametrize(
    "moment,image,lit",
    [
        ("lights-up 1", "nine", [1, 0, 0]),
        ("lights-up 2", "nine", [1, 1, 0]),
        ("lights-up end", "eight", [1, 0, 1]),
        ("reads-off 1", "nine", [1, 1, 0]),
        ("reads-off end", "eight", [1, 0, 1]),
    ],
)
def test_a_neuron_is_lit_if_its_piece_is_in_the_image(scene, moment, image, lit):
    """At the end of every sentence."""
    discs = [t for t in scene.shown if t.moment == moment and np.shape(t.value) == (3,)]
    np.testing.assert_array_equal(discs[0].value, lit)
    largest = max(at(scene, moment, PixelImage), key=lambda t: t.box[1] - t.box[0])
    wanted = [scene.facts.eight] if image == "eight" else scene.facts.nines
    assert any(np.array_equal(largest.value, one) for one in wanted)
    assert largest.box[1] < discs[0].box[0]  # the image on the left, what looks at it on the right


@pytest.mark.parametrize("moment,digit,other", [("reads-off 1", 9, 8), ("reads-off end", 8, 9)])
def test_the_output_with_all_its_pieces_is_the_brightest(scene, moment, digit, other):
    """The other one has the loop, too, and is half lit; and the names stand beside them."""
    lights = next(t for t in scene.shown if t.moment == moment and np.shape(t.value) == (10,))
    wanted = np.zeros(10)
    wanted[digit], wanted[other] = 1, 0.5
    np.testing.assert_array_equal(lights.value, wanted)
    names = [t for t in scene.shown if t.moment == moment and t.text in list("0123456789")]
    for name in names:
        assert abs(middle(name)[1] - lights.mobject.centres()[int(name.text), 1]) < 0.06
        assert 0 < middle(name)[0] - lights.mobject.centres()[0, 0] < 0.8
    assert len(names) == 10


def test_half_way_light_has_not_reached_the_outputs(scene):
    made = LayerEdges(scene.facts.makes, np.zeros((3, 3)), np.ones((10, 3)), scene.theme)
    flow = Flow(made, scene.facts.sent[0])
    flow.begin()
    flow.interpolate(0.5)
    lit = made.glow.reshape(10, 3) > 0
    np.testing.assert_array_equal(lit, scene.facts.makes * [1, 1, 0] > 0)
    assert (made.head[made.glow > 0] < 1).all()


def test_ink_flies_into_its_circle_and_is_gone(scene):
    """Half-way it is between the two."""
    image = PixelImage(scene.facts.nines[0], scene.theme, 4.0).shift([-4.0, 0, 0])
    neurons = PatchNeurons(
        scene.facts.pieces, np.array([[2.0, y, 0] for y in (2, 0, -2)]), 0.9, scene.theme
    )
    ink = LooseInk(image, scene.facts.loops[0])
    fly = neurons.receive(ink, 0, run_time=1.0)
    fly._setup_scene(scene)
    fly.begin()
    fly.interpolate(0.4)
    assert -4 < ink.get_center()[0] < 2
    fly.interpolate(0.8 - 1e-6)
    lit = neurons.patches[0].centres()[neurons.patches[0].values.ravel() > 0]
    np.testing.assert_allclose(np.sort(ink.centres(), axis=0), np.sort(lit, axis=0), atol=1e-3)
    fly.interpolate(1.0)
    assert ink.visibility == pytest.approx(0)


# --- small edges and layers ---
def test_small_edges_make_the_ring_and_stand_where_they_were(scene):
    facts = scene.facts
    np.testing.assert_array_equal(facts.ring.sum(axis=0), facts.loops[0])
    np.testing.assert_array_equal(facts.row.sum(axis=0), facts.lines[0])
    np.testing.assert_array_equal(facts.ring_parts.sum(axis=0), facts.ring_image > 0)
    for ink, part, along in zip(scene.ring.inks, facts.ring_parts, scene.along, strict=True):
        assert len(ink) == part.sum()
        assert along.get_length() > 0.8
    for bit, mask in zip(facts.bits, [*facts.ring, *facts.row], strict=True):
        np.testing.assert_array_equal(np.sort(bit[bit > 0]), np.sort(facts.nines[0][mask]))


def test_every_column_stands_under_its_word(scene):
    """Pixels, edges, pieces, digit from the left to the right; each arrives with its light."""
    hoped = scene.hoped
    columns = [hoped.image, hoped.small, hoped.large, hoped.lights]
    for word, column in zip(("pixels", "edges", "pieces", "digit"), columns, strict=True):
        text = next(
            t for t in scene.shown if t.moment == "small-steps end" and t.text == scene.words(word)
        )
        assert middle(text)[0] == pytest.approx(column.get_center()[0], abs=0.05)
        assert text.box[2] > column.get_top()[1]
    assert [hoped.made_of[0][k].sum() for k in range(2)] == [5, 2]
    for edges, ends in zip(hoped.edges, (hoped.small, hoped.large, hoped.outputs), strict=True):
        assert (edges.points[1::2, 0] > edges.points[::2, 0]).all()
        assert ends is not None


def test_layers_are_lit_one_after_the_other(scene):
    """What the sentence is about is lit, and what comes later is not there yet or dark."""
    name = next(s.name for s in scene.sections if s.name.startswith("layer-by-layer"))
    lit = []
    for k in (1, 2, "end"):
        shown = [t for t in scene.shown if t.moment == f"{name} {k}" if t.value is not None]
        sums = {np.shape(t.value)[0]: t.value.sum() for t in shown if np.ndim(t.value) == 1}
        lit.append([sums.get(n, 0) for n in (7, 2, 10)])
    assert lit[:2] == [[7, 0, 0], [7, 2, 0]]
    assert lit[2] == [7, 2, 1.5]


# --- a hope ---
def test_a_hope_is_marked_for_as_long_as_it_is_one(scene):
    mark = scene.words("hope")
    for moment in dict.fromkeys(t.moment for t in scene.shown):
        texts = [t.text for t in scene.shown if t.moment == moment]
        section, when = moment.split(" ")
        if section.startswith(HOPED):
            assert mark in texts or (section.startswith("a-neuron-each") and when == "0")
        if section == "a-hope":
            assert (mark in texts) == (when == "1")
        if section.startswith(("why", "loops", "speech", "one")):
            assert mark not in texts, moment
    assert isinstance(last_shown(scene, Tag), Tag)


def test_the_cutting_is_owned_up_to_while_it_is_seen(scene):
    for moment in ("loops-and-lines 1", "loops-and-lines end"):
        assert scene.words("cut") in [t.text for t in scene.shown if t.moment == moment]


def test_question_marks_stand_over_their_layers(scene):
    """Edges over the first of the hidden layers, loops and lines over the last; none lies apart."""
    layers = scene.facts.hidden_layers
    names = {1: ["both"], 2: ["small", "large"]}[layers]
    asked = [t for t in scene.shown if t.moment == "a-hope 1" and t.text in map(scene.words, names)]
    assert [t.text for t in asked] == [scene.words(name) for name in names]
    hidden = scene.diagram.neurons[:-1]
    for text, layer in zip(asked, hidden, strict=True):
        assert middle(text)[0] == pytest.approx(layer.get_center()[0], abs=0.05)
        assert text.colour == scene.theme.attention.lower()


@pytest.mark.parametrize("choices", CHOICES, ids=["default", "relu", "seven-light"])
def test_it_begins_where_the_chapter_before_ended(play, choices):
    """The same image, all of it lit, and a frame around each hidden layer, at the same places."""
    scene, before = play(CLIP, **choices), play("ForwardPass", **choices)
    kinds = ("PixelImage", "Neurons", "LayerEdges", "Bars", "RoundedRectangle")

    def seen(chapter, moment):
        things = [t for t in chapter.shown if t.moment == moment and t.kind.startswith(kinds)]
        sums = [np.sum(t.value) if isinstance(t.value, np.ndarray) else 0.0 for t in things]
        return {
            (t.kind, round(middle(t)[0], 1)): (*t.box, much)
            for t, much in zip(things, sums, strict=True)
        }

    mine = seen(scene, f"{scene.sections[0].name} 1")
    last = seen(before, f"{before.sections[-1].name} end")
    assert mine.keys() == last.keys()
    for thing, numbers in mine.items():
        assert numbers == pytest.approx(last[thing], abs=0.03), thing


def test_hidden_layers_are_in_attention_when_it_comes_back_to_them(scene):
    """Only hidden neurons have the colour."""
    neurons = [t.mobject for t in sorted(at(scene, "a-hope 1", Neurons), key=middle)]
    assert len(neurons) == scene.facts.hidden_layers + 1
    for k, layer in enumerate(neurons):
        is_hidden = k < scene.facts.hidden_layers
        assert np.allclose(layer.stroke, rgb(scene.theme.attention)) == is_hidden


def test_it_ends_with_one_neuron_beside_one_edge(scene):
    seen = [t for t in scene.shown if t.moment == "one-neuron end"]
    neuron, edge = (
        next(t for t in seen if isinstance(t.mobject, k)) for k in (Neurons, PixelImage)
    )
    assert len(seen) == 2 and len(neuron.mobject) == 1 and not neuron.value.any()
    np.testing.assert_array_equal(edge.value, scene.facts.bits[scene.facts.edge])
    assert edge.box[1] < neuron.box[0]
    assert all(isinstance(t.mobject, Cells) for t in seen)


# --- other networks and images ---
@pytest.mark.parametrize("hidden", [(), (12, 12, 12)], ids=["none", "three"])
def test_networks_with_other_layers(play, tmp_path, hidden):
    path = tmp_path / "other.safetensors"
    save_model(path, train(*load_digits(), QUICK.with_changes(hidden=hidden, epochs=1)))
    other = play(CLIP, model=path)
    names = [section.name for section in other.sections]
    wanted = ["why-layers-none", "a-neuron-each-none", "layer-by-layer-fewer"]
    if hidden:
        wanted = ["why-layers", "a-neuron-each", "layer-by-layer-more"]
    assert set(wanted) <= set(names)
    texts = [t.text for t in other.shown if t.moment == "a-hope 1"]
    assert texts.count("?") == (1 if hidden else 0)
    assert (other.words("small") in texts) == bool(hidden)


def test_an_own_drawing_stands_before_the_network(play, tmp_path):
    drawing = Image.new("L", (120, 120), 255)
    ImageDraw.Draw(drawing).line([(40, 20), (80, 30), (50, 100)], fill=0, width=9)
    drawing.save(tmp_path / "own.png")
    own = play(CLIP, image=tmp_path / "own.png")
    images = [t.value for t in at(own, "why-layers 1", PixelImage)]
    np.testing.assert_array_equal(images[0], own.story.image)
