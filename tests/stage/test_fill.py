"""Braces are filled as one writes."""

from __future__ import annotations

import numpy as np
import pytest

from netglow.scenes.stage.fill import filler

CASES = [
    ("{n}", 12960, "12,960"),
    ("{n}", np.int64(1000), "1,000"),
    ("{n}", "12960", "12960"),
    ("{n}", True, "True"),
    ("{n:.1%}", 0.957, "95.7%"),
    ("{n:.0f} percent", 38.4, "38 percent"),
    ("{n:.3f}", -0.5125, "−0.512"),
    ("{n:+.1f}", 2.0, "+2.0"),
    ("{n:.1f}", -0.04, "0.0"),
    ("{n:.0f}", np.float64(-0.4), "0"),
    ("{n:,.0f}", -12960.4, "−12,960"),
    ("{n:one}", 8, "an eight"),
    ("{n:One}", np.int64(3), "A three"),
    ("{n:many}", 6, "sixes"),
    ("{n:Name}", 0, "Zero"),
    ("{{n}}", 1, "{n}"),
]


@pytest.mark.parametrize(("text", "value", "filled"), CASES)
def test_english(text, value, filled):
    assert filler("en").fill(text, {"n": value}) == filled


def test_a_brace_without_a_value_is_an_error():
    with pytest.raises(KeyError, match="missing"):
        filler("en").fill("{missing}", {"n": 1})
