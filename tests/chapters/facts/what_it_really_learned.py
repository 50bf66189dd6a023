"""WhatItReallyLearned once more: edges slid over every neuron, digits shuffled and pushed."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts.raw import Raw, for_training
from tests.chapters.facts.sloppy_threes import most_varied

WAYS = [(-1, 0), (1, 0), (0, -1), (0, 1)]  # up, down, left, right


def table(raw: Raw) -> dict[str, Any]:
    return {**of_edges(raw), **of_mistakes(raw), **of_noise(raw), **of_pushes(raw), **of_page(raw)}


def of_edges(raw: Raw) -> dict[str, Any]:
    weights = [row.reshape(28, 28) for row in raw.w[0]]
    found = [best_edge(image) for image in weights]
    shares = [share for share, _, _ in found]
    ranking = sorted(range(len(shares)), key=lambda j: (shares[j], j))
    best, middle = ranking[-1], ranking[(len(ranking) - 1) // 2]
    verdict = "some" if shares[best] > 0.5 else "half" if shares[best] >= 1 / 3 else ""
    return {
        "n": len(weights),
        "weights": np.array(weights),
        "edges": np.array([edge for _, edge, _ in found]),
        "edge_shares": np.array(shares),
        "edge_boxes": np.array([box for _, _, box in found]),
        "closest": best,
        "closest_share": shares[best],
        "typical": middle,
        "typical_share": shares[middle],
        "verdict": "edges" if shares[middle] >= 0.5 else verdict,
    }


def best_edge(image: np.ndarray) -> tuple[float, np.ndarray, tuple[int, int, int]]:
    """Share of the squares, the edge alone, and where it is, of the best of all small edges."""
    best, alone, box = 0.0, np.zeros((28, 28)), (0, 0, 0)
    for size in (5, 7, 9):
        windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
        for pattern in patterns(size):
            fits = np.tensordot(windows, pattern, 2)
            i, k = divmod(int(np.abs(fits).argmax()), fits.shape[1])
            if abs(fits[i, k]) > best * (1 + 1e-12):
                best, box = abs(fits[i, k]), (i, k, size)
                alone = np.zeros((28, 28))
                alone[i : i + size, k : k + size] = fits[i, k] * pattern
    return best**2 / (image**2).sum(), alone, box


def patterns(size: int) -> list[np.ndarray]:
    """Steps and lines in eight directions, in a disc, with mean 0 and length 1."""
    middle, made = (size - 1) / 2, []
    for eighth in range(8):
        angle = np.pi * eighth / 8
        for kind in ("step", "line"):
            pattern, inside = np.zeros((size, size)), []
            for i in range(size):
                for k in range(size):
                    x, y = k - middle, i - middle
                    if np.hypot(x, y) <= size / 2:
                        along = x * np.cos(angle) + y * np.sin(angle)
                        step = max(-1.0, min(1.0, 2 * along))
                        line = 1.0 if abs(along) <= 1 else -1.0
                        pattern[i, k] = step if kind == "step" else line
                        inside.append((i, k))
            level = np.mean([pattern[at] for at in inside])
            for at in inside:
                pattern[at] -= level
            made.append(pattern / np.sqrt((pattern**2).sum()))
    return made


def of_mistakes(raw: Raw) -> dict[str, Any]:
    answers = raw.answers
    wrong = [i for i in range(len(raw.labels)) if answers[i] != raw.labels[i]]
    surest_first = sorted(wrong, key=lambda i: -raw.outputs[i].max())
    shown = surest_first if len(wrong) <= 45 else surest_first[:40]
    right = len(answers) - len(wrong)
    return {
        "images": raw.images,
        "small_images": sum(raw.images[:, i::2, k::2] for i in (0, 1) for k in (0, 1)) / 4,
        "count": len(answers),
        "is_right": answers == raw.labels,
        "share_right": right / len(answers),
        "in_hundred": max(k for k in range(100) if k / 100 < right / len(answers)),
        "reads_well": right >= 0.9 * len(answers),
        "wrong": len(wrong),
        "mistakes": shown,
        "shown": len(shown),
        "truths": raw.labels[shown],
        "answers": answers[shown],
        "surest_truth": int(raw.labels[shown[0]]),
        "surest_answer": int(answers[shown[0]]),
        "surest_outputs": raw.outputs[shown[0]],
    }


def of_noise(raw: Raw) -> dict[str, Any]:
    """Every digit twice, its pixels shuffled by the generator with the seed 0, all in one go."""
    orders = np.random.default_rng(0).permuted(np.tile(np.arange(784), (2000, 1)), axis=1)
    flat = np.concatenate([raw.images, raw.images]).reshape(2000, 784)
    shuffled = np.array([pixels[order] for pixels, order in zip(flat, orders, strict=True)])
    outputs = raw.pass_of(shuffled)[1][-1]
    largest = outputs.max(axis=1)
    place = int(largest.argmax())
    above = sum(value > 0.9 for value in largest)
    source = place % 1000
    return {
        "noise_count": 2000,
        "noise_largest": largest,
        "noise_above": above,
        "noise_one_in": int(np.rint(2000 / above)) if above else 0,
        "limit": 0.9,
        "noise_place": place,
        "noise_digit": int(raw.labels[source]),
        "noise_from": raw.images[source],
        "noise_before": raw.outputs[source],
        "noise_order": orders[place],
        "noise": shuffled[place].reshape(28, 28),
        "noise_outputs": outputs[place],
        "noise_answer": int(outputs[place].argmax()),
    }


def of_pushes(raw: Raw) -> dict[str, Any]:
    pushed = {way: [push(raw.pixels[None], way, k)[0] for k in range(5)] for way in WAYS}
    outputs = {way: raw.pass_of(np.array(images))[1][-1] for way, images in pushed.items()}
    before = int(outputs[WAYS[0]][0].argmax())
    changed = [(k, way) for k in range(1, 5) for way in WAYS if outputs[way][k].argmax() != before]
    weakest = min(WAYS, key=lambda way: outputs[way][4][before])
    steps, way = changed[0] if changed else (4, weakest)
    shares = [
        np.mean([np.mean(answers(raw, push(raw.images, way, k)) == raw.labels) for way in WAYS])
        for k in range(5)
    ]
    recipe = raw.meta.get("recipe", {})
    return {
        "image": raw.pixels,
        "label": raw.label,
        "way": way,
        "pushed": steps,
        "pushed_outputs": outputs[way][: steps + 1],
        "before": before,
        "after": int(outputs[way][steps].argmax()),
        "changes": bool(changed),
        "learned_moved": (recipe.get("augmentation") or {}).get("shift", 0.0),
        "shares": np.array(shares),
        "in_place": shares[0],
        "far": 4,
        "far_away": shares[4],
        "moved_images": np.array(pushed[way]),
    }


def push(images: np.ndarray, way: tuple[int, int], k: int) -> np.ndarray:
    """Images (n, 28, 28) cut out of a larger dark one, k pixels on."""
    wide = np.pad(images, ((0, 0), (4, 4), (4, 4)))
    top, left = 4 - k * way[0], 4 - k * way[1]
    return wide[:, top : top + 28, left : left + 28]


def answers(raw: Raw, images: np.ndarray) -> np.ndarray:
    return raw.pass_of(images)[1][-1].argmax(axis=1)


def of_page(raw: Raw) -> dict[str, Any]:
    row, first = most_varied(raw.pixels)
    numbers: list[float] = []
    for w, b in zip(raw.w, raw.b, strict=True):
        numbers += [*w.ravel(), *b]
    return {
        "chip_row": row,
        "chip_columns": range(first, first + 7),
        "inputs": 784,
        "parameters": sum(w.size + b.size for w, b in zip(raw.w, raw.b, strict=True)),
        "numbers": np.array(numbers),
        "examples": for_training()[0][:100].copy(),
    }


def sections(t: dict[str, Any]) -> list[str]:
    still = t["reads_well"] and t["verdict"] != "edges"
    mistakes = "mistakes" if t["wrong"] == t["shown"] else "mistakes-some"
    noise = {0: "no-idea-unsure", 1: "no-idea-one"}.get(t["noise_above"], "no-idea")
    pushed = "-holds"
    if t["changes"]:
        pushed = "" if t["learned_moved"] >= 1 else "-unknown"
    if t["changes"] and t["pushed"] == 1:
        pushed = "-at-once"
    return [
        "one-promise",
        "two-of-them",
        "verdict" + (t["verdict"] and "-" + t["verdict"]),
        "it-reads" if still else "it-reads-plain",
        "mistakes-one" if t["wrong"] == 1 else mistakes,
        "no-idea-often" if 3 * t["noise_above"] > 4000 else noise,
        f"pushed{pushed}",
        "does-it-understand",
        "which-first",
    ]


def labels(t: dict[str, Any], raw: Raw) -> dict[str, list[dict[str, Any]]]:
    return {
        "pixels": [{"k": k} for k in (2, 3, 4)],
        "share": [{"share": share} for share in t["shares"]],
    }


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    chips = t["image"][t["chip_row"], t["chip_columns"]]
    outputs = [t["surest_outputs"], t["noise_before"], t["noise_outputs"], *t["pushed_outputs"]]
    return [
        *raw.w,
        t["image"],
        t["edges"],
        t["weights"],
        t["weights"] - t["edges"],
        t["edge_shares"],
        *t["weights"][[t["closest"], t["typical"]]],
        *t["edges"][[t["closest"], t["typical"]]],
        t["small_images"],
        t["images"][t["mistakes"]],
        t["images"][t["mistakes"][0]],
        *outputs,
        *[output.max() for output in outputs],
        t["noise_from"],
        t["noise"],
        t["noise_largest"],
        t["image"],
        t["image"] / 4,  # its shadow
        *t["moved_images"],
        t["shares"],
        chips,
        *chips,
        t["numbers"],
        t["examples"],
        t["examples"][:10],
    ]


LITERALS = ["def read(pixels):", "return digit"]
