"""From any picture of a digit to MNIST's form: the network must still read it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from netglow.netcore.digits import prepare_drawing
from netglow.netcore.network import forward, forward_batch
from netglow.netcore.study.facts import first_confident


def large(image: np.ndarray, zoom: int = 6) -> np.ndarray:
    return np.clip(ndimage.zoom(image, zoom, order=1), 0, 1)


def on_page(ink: np.ndarray, shape: tuple[int, int], at: tuple[int, int]) -> np.ndarray:
    page = np.zeros(shape)
    page[at[0] : at[0] + ink.shape[0], at[1] : at[1] + ink.shape[1]] = ink
    return page


def photo(image: np.ndarray, noise: np.random.Generator) -> np.ndarray:
    """Dark on paper, lit from one side, with the grain of a sensor."""
    page = 1 - 0.6 * on_page(large(image, 5), (220, 180), (40, 20))
    light = np.linspace(0.65, 0.95, 180) * np.linspace(0.9, 1, 220)[:, None]
    return np.clip(page * light + noise.normal(0, 0.02, page.shape), 0, 1)


@pytest.fixture(scope="module")
def three(default_model, unseen):
    """A clear 3, as the data set holds it."""
    return unseen.images[first_confident(default_model.network, unseen, 3)]


REDRAWN = {
    "inverted": lambda image, noise: 1 - image,
    "large": lambda image, noise: large(image),
    "large dark on light": lambda image, noise: 1 - large(image),
    "in a corner": lambda image, noise: 1 - on_page(large(image, 5), (300, 400), (5, 240)),
    "small on a large page": lambda image, noise: on_page(large(image, 2), (400, 400), (300, 30)),
    "thick": lambda image, noise: ndimage.grey_dilation(large(image), (9, 9)),
    "thin": lambda image, noise: ndimage.grey_erosion(large(image, 8), (5, 5)),
    "photo": photo,
}


@pytest.mark.parametrize("how", REDRAWN)
def test_redrawn_digits_are_read_nearly_as_well_as_the_originals(how, default_model, unseen, rng):
    images, labels = unseen.images[:160], unseen.labels[:160]
    network = default_model.network
    original = (forward_batch(network, images).predictions == labels).mean()
    redrawn = np.stack([prepare_drawing(REDRAWN[how](image, rng)).after for image in images])
    found = (forward_batch(network, redrawn).predictions == labels).mean()
    assert found >= original - 0.05, f"{found:.1%} of them instead of {original:.1%}"


def test_result_has_mnists_form(unseen, rng):
    for image in unseen.images[:40]:
        after = prepare_drawing(1 - on_page(large(image, 4), (200, 300), (60, 20))).after
        assert after.shape == (28, 28) and after.min() == 0 and after.max() == 1
        rows, columns = (np.flatnonzero(after.any(axis)) for axis in (1, 0))
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
        # Rounded to whole pixels, the centre of mass is the middle.
        assert np.abs(np.array(ndimage.center_of_mass(after)) - 13.5).max() <= 0.5 + 1e-9
        assert len(np.unique(after[(after > 0) & (after < 1)])) > 1  # anti-aliased


def test_aspect_is_kept():
    bar = on_page(np.ones((120, 24)), (200, 200), (40, 80))
    after = prepare_drawing(bar).after
    assert after.any(1).sum() == 20 and after.any(0).sum() == pytest.approx(4, abs=1)
    wide = prepare_drawing(bar.T).after
    np.testing.assert_allclose(wide, after.T, atol=1e-12)


def test_dark_on_light_and_light_on_dark_are_the_same_drawing(three):
    page = on_page(large(three), (220, 260), (20, 60))
    np.testing.assert_allclose(
        prepare_drawing(1 - page).after, prepare_drawing(page).after, atol=1e-9
    )


def test_bytes_and_floats_are_the_same_drawing(three):
    page = np.rint(large(three) * 255).astype(np.uint8)
    np.testing.assert_allclose(
        prepare_drawing(page).after, prepare_drawing(page / 255).after, atol=1e-9
    )
    np.testing.assert_array_equal(
        prepare_drawing(page > 127).after, prepare_drawing((page > 127) * 1.0).after
    )


def test_colour_and_alpha(three, default_model):
    ink = large(three)
    grey = prepare_drawing(ink).after
    full, none = np.ones_like(ink), np.zeros_like(ink)
    pictures = {
        "blue on cream": np.stack([0.9 - 0.8 * ink, 0.85 - 0.7 * ink, 0.7 - 0.2 * ink], axis=-1),
        "black, see-through paper": np.stack([none, none, none, ink], axis=-1),
        "white, see-through paper": np.stack([full, full, full, ink], axis=-1),
        "grey with alpha": np.stack([none, ink], axis=-1),
        "opaque": np.stack([ink, ink, ink, full], axis=-1),
        "one channel": ink[..., None],
    }
    for name, picture in pictures.items():
        after = prepare_drawing(picture).after
        assert np.abs(after - grey).max() < 0.12, name
        assert forward(default_model.network, after).predicted == 3, name


def test_image_already_in_mnists_form_is_kept_as_it_is(unseen):
    kept = 0
    for image in unseen.images[:100]:
        drawing = prepare_drawing(image)
        np.testing.assert_array_equal(drawing.before, image)
        kept += np.array_equal(drawing.after, image)
    assert kept >= 95


def test_drawing_keeps_the_picture_and_cannot_be_changed(three):
    page = 1 - large(three)
    drawing = prepare_drawing(page)
    np.testing.assert_allclose(drawing.before, page)
    assert page.flags.writeable
    for array in (drawing.before, drawing.after):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_specks_of_dust_are_left_out(three):
    page = on_page(large(three), (300, 300), (60, 60))
    clean = prepare_drawing(page).after
    page[5:8, 5:8] = 1
    page[290:292, 150:153] = 1
    np.testing.assert_allclose(prepare_drawing(page).after, clean, atol=0.02)


@pytest.mark.parametrize("mode", ["L", "1", "RGB", "RGBA", "LA", "P", "I;16"])
def test_files_in_many_modes(mode, three, default_model, tmp_path):
    page = np.rint(255 - 255 * large(three)).astype(np.uint8)
    path = tmp_path / "three.png"
    if mode == "I;16":
        Image.fromarray(page.astype(np.uint16) * 257).save(path)
    else:
        Image.fromarray(page).convert(mode).save(path)
    for source in (path, str(path)):
        drawing = prepare_drawing(source)
        assert drawing.before.shape == page.shape
        assert forward(default_model.network, drawing.after).predicted == 3


def test_photo_lies_the_way_its_camera_says(three, default_model, tmp_path):
    page = Image.fromarray(np.rint(255 - 255 * large(three)).astype(np.uint8))
    exif = Image.Exif()
    exif[0x0112] = 6  # stored turned left: to be turned right by 90 degrees
    page.rotate(90, expand=True).save(tmp_path / "turned.jpg", exif=exif, quality=95)
    drawing = prepare_drawing(tmp_path / "turned.jpg")
    assert forward(default_model.network, drawing.after).predicted == 3


NOTHING = "no ink found"
NOT_SO = "expected"


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (np.zeros((50, 50)), NOTHING),
        (np.ones((50, 50)), NOTHING),
        (np.full((28, 28), 0.5), NOTHING),
        (np.zeros((30, 30, 4)), NOTHING),
        (np.indices((40, 40))[0] / 39, NOTHING),  # a gradient is light, not ink
        (np.random.default_rng(0).random((60, 60)) * 0.05, NOTHING),
        (np.full((40, 40), np.nan), NOT_SO),
        (np.full((40, 40), np.inf), NOT_SO),
        (np.full((40, 40), 1.5), NOT_SO),
        (np.full((40, 40), -0.1), NOT_SO),
        (np.zeros((1, 40)), NOT_SO),
        (np.zeros((0, 40)), NOT_SO),
        (np.zeros((40, 40, 5)), NOT_SO),
        (np.zeros((2, 40, 40, 3)), NOT_SO),
        (np.zeros(784), NOT_SO),
        (np.float64(0.5), NOT_SO),
    ],
)
def test_what_shows_no_digit_is_refused_in_one_line(picture, said):
    with pytest.raises(ValueError) as error:
        prepare_drawing(picture)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_faults_of_files_name_the_file_in_one_line(tmp_path, three):
    sound = tmp_path / "sound.png"
    Image.fromarray(np.rint(255 * large(three)).astype(np.uint8)).save(sound)
    blob = sound.read_bytes()
    for name, content in (("text.png", b"no image"), ("empty.png", b""), ("cut.png", blob[:200])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ValueError) as error:
            prepare_drawing(tmp_path / name)
        assert str(error.value) == (
            f"{tmp_path / name}: not an image that can be read; give a PNG or JPEG"
        )
    Image.new("L", (60, 60), 255).save(tmp_path / "blank.png")
    with pytest.raises(ValueError, match=r"blank\.png: no ink found"):
        prepare_drawing(tmp_path / "blank.png")
    with pytest.raises(OSError, match=r"none\.png"):
        prepare_drawing(tmp_path / "none.png")
    with pytest.raises(OSError):
        prepare_drawing(tmp_path)
