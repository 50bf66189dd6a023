"""What is said for what is written."""

from __future__ import annotations

import pytest

from netglow.scenes.stage.captions import languages, load_script
from netglow.scenes.voice import spelling
from netglow.scenes.voice.spelling import Speller, speller

ENGLISH = {
    "The sum is −0.512.": "The sum is minus zero point five one two.",
    "It is 28 × 28 pixels.": "It is twenty-eight by twenty-eight pixels.",
    "16×784 weights": "sixteen by seven hundred and eighty-four weights",
    "12,960 weights": "twelve thousand, nine hundred and sixty weights",
    "79.0% of 1,000": "seventy-nine percent of one thousand",
    "95.7 percent": "ninety-five point seven percent",
    "in 1958, and 1958 images": (
        "in nineteen fifty-eight, and one thousand, nine hundred and fifty-eight images"
    ),
    "σ(z) is σ of z": "sigma of z is sigma of z",
    "a⁽¹⁾ = σ(W a⁽⁰⁾ + b)": "eigh one equals sigma of W times eigh zero, plus b",
    "z − 10": "z minus ten",
    "5 + −3": "five plus minus three",
    "the 3rd of them": "the third of them",
    "a 784-16-16-10 network": "a seven eighty-four, sixteen, sixteen, ten network",
    "a 12-8-4 network": "a twelve, eight, four network",
    "1.000 and 0.50": "one and zero point five",
    "from 0–5, or 10-20": "from zero to five, or ten to twenty",
    "ReLU, and ReLUs": "rel you, and rel youse",
    "a “three”": "a three",
    "> 0.999": "more than zero point nine nine nine",
    "A neuron's sum.": "A neuron's sum.",
    "12 ≈ 12.5": "twelve about twelve point five",
}


@pytest.mark.parametrize(("written", "said"), ENGLISH.items())
def test_english(written, said):
    assert speller("en")(written) == said


def test_nothing_unspeakable_is_left_in_any_words_file():
    for language in languages():
        for path in sorted((spelling.ASSETS / "lang" / language).glob("*.toml")):
            script = load_script(path.stem, language)
            for name, section in script.sections.items():
                for i in range(len(section.say)):
                    said = script.aloud(section.spoken(i))
                    left = [c for c in said if not (c.isalpha() or c in " ,.;:?!'’-—…{}_()")]
                    assert not left, f"{path.name} {name}: {left} in {said!r}"


def test_a_language_without_a_file_only_has_its_numbers_spelled():
    assert Speller("de")("12 von 0,5 σ") == "zwölf von null,fünf σ"
    assert Speller("xx")("12 σ") == "12 σ"  # not even those: the engine may know


def test_a_broken_file_says_where(tmp_path, monkeypatch):
    (tmp_path / "speech").mkdir()
    (tmp_path / "speech/en.toml").write_text("[words\n")
    monkeypatch.setattr(spelling, "ASSETS", tmp_path)
    with pytest.raises(ValueError, match=r"en\.toml: not valid TOML: .*; mend the file"):
        Speller("en")
