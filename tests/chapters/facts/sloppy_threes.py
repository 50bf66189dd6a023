"""SloppyThrees once more: who shares how much ink with whom."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts.raw import Raw


def table(raw: Raw) -> dict[str, Any]:
    place = raw.confident(3) if raw.index is None else raw.index
    digit = int(raw.labels[place])
    page, chips = most_ink(raw.images[place]), most_varied(raw.images[place])
    sets = {d: sorted_by_ink(raw, d) for d in range(10)}
    mine = sets[digit]
    images = [raw.images[i] for i in mine]
    here = mine.index(place)
    own = [share(images[i], images[k]) for i in range(len(mine)) for k in range(i)]
    mean = sum(own) / len(own)
    to_mine = [share(images[here], other) for other in images]
    partner = min((i for i in range(len(mine)) if i != here), key=lambda i: abs(to_mine[i] - mean))
    strangers = {
        d: [share(one, raw.images[k]) for one in images for k in sets[d]]
        for d in range(10)
        if d != digit
    }
    other = max(strangers, key=lambda d: np.mean(strangers[d]))
    first, second = (images[i] > 0.5 for i in (here, partner))
    return {
        "digit": digit,
        "image": raw.images[place],
        "page_rows": range(page[0], page[0] + 7),
        "page_columns": range(page[1], page[1] + 16),
        "chip_row": chips[0],
        "chip_columns": range(chips[1], chips[1] + 7),
        "pixels": 784,
        "alike": np.array(images),
        "count": int((raw.labels == digit).sum()),
        "place": here,
        "partner": partner,
        "both": np.count_nonzero(first * second),
        "only_image": np.count_nonzero(first) - np.count_nonzero(first * second),
        "only_partner": np.count_nonzero(second) - np.count_nonzero(first * second),
        "either": np.count_nonzero(first + second),
        "least_ink": 0.5,
        "pair_share": np.count_nonzero(first * second) / np.count_nonzero(first + second),
        "own_mean": mean,
        "other": other,
        "unlike": np.array([raw.images[i] for i in sets[other]]),
        "other_count": len(sets[other]),
        "other_mean": np.mean(strangers[other]),
        "closer": np.mean([s > mean for s in strangers[other]]),
        "nearly_the_same": mean - np.mean(strangers[other]) <= 0.06,
    }


def sections(t: dict[str, Any]) -> list[str]:
    return [
        "can-you-read-this",
        "all-of-them",
        "one-over-the-other",
        "all-compared" if t["nearly_the_same"] else "all-compared-apart",
        "and-yet",
        "the-dare",
        "the-empty-page",
    ]


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    page = t["image"][np.ix_(t["page_rows"], t["page_columns"])]
    first, second = t["image"] > 0.5, t["alike"][t["partner"]] > 0.5
    return [
        t["image"],
        t["alike"],
        np.delete(t["alike"], t["place"], axis=0),
        t["unlike"],
        t["alike"][t["partner"]],
        1 * first,
        2 * second,
        first + 2 * second,
        t["only_image"],
        t["only_partner"],
        t["both"],
        100 * t["own_mean"],
        100 * t["other_mean"],
        [t["own_mean"]],
        [t["other_mean"]],
        page.ravel(),
        *page.ravel(),
        *t["image"][t["chip_row"], t["chip_columns"]],
        *raw.w,
        *[np.zeros(len(b)) for b in raw.b],
    ]


LITERALS = ["def read(pixels):", "return digit", "%"]


def most_ink(image: np.ndarray) -> tuple[int, int]:
    """Top left of the window of 7 by 16 with the most ink, then greys, then nearest the middle."""
    merits = {
        (i, k): (
            np.count_nonzero(part := image[i : i + 7, k : k + 16]),
            np.count_nonzero((part > 0.05) & (part < 0.95)),
            -abs(i - 10.5) - abs(k - 6),
        )
        for i in range(22)
        for k in range(13)
    }
    return max(merits, key=lambda place: merits[place])


def most_varied(image: np.ndarray) -> tuple[int, int]:
    """Row and first column of the 7 neighbours with the most different numbers of two places."""
    runs = {(i, k): image[i, k : k + 7] for i in range(28) for k in range(22)}
    return max(runs, key=lambda at: (len({f"{v:.2f}" for v in runs[at]}), runs[at].std()))


def sorted_by_ink(raw: Raw, digit: int) -> list[int]:
    places = [i for i in range(len(raw.labels)) if raw.labels[i] == digit]
    return sorted(places, key=lambda i: raw.images[i].sum())


def share(one: np.ndarray, other: np.ndarray) -> float:
    """Pixels brighter than a half in both, of those in either."""
    a, b = one > 0.5, other > 0.5
    return float(np.count_nonzero(a & b) / np.count_nonzero(a | b))
