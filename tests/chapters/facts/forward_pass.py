"""ForwardPass once more: which digit is hard to read, what lights up, what is read wrongly."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.chapters.facts.raw import Raw, raw_of


def table(raw: Raw) -> dict[str, Any]:
    place = raw.index if raw.chosen else hardest(raw)
    image = raw.pixels if place is None else raw.images[place]
    label = None if place is None else int(raw.labels[place])
    layers = [a[0] for a in raw.pass_of(image[None])[1]]
    out = layers[-1]
    ranking = sorted(range(10), key=lambda k: -out[k])
    best, second = out[ranking[0]], out[ranking[1]]
    torn = bool(best >= 0.5 and second >= best / 2)
    here = raw.meta.get("data_checksum") == raw_of().meta["data_checksum"]
    sums = np.array([plus_and_minus(row, image) for row in raw.w[0]])
    lit, dark = pair(sums, layers[0], raw.b[0])
    others = [raw.confident((ranking[0] + more) % 10) for more in (4, 1)]
    judged = [int(answer) == int(digit) for answer, digit in zip(raw.answers, raw.labels)]  # noqa: B905
    return {
        "image": image,
        "label": label,
        "predicted": ranking[0],
        "runner": ranking[1],
        "first": sorted(ranking[:2])[0],
        "second": sorted(ranking[:2])[1],
        "best": best,
        "next_best": second,
        "best_stated": written(best),
        "next_stated": written(second),
        "is_torn": torn,
        "is_right": None if label is None else ranking[0] == label,
        "opening": "-own" if place is None else "" if torn else "-unseen" if here else "-plain",
        "belief": belief(best, second),
        "edges": sum(w.shape[0] * w.shape[1] for w in raw.w),
        "moved": lit,
        "unmoved": dark,
        "balances": np.zeros((2, 2)) if lit is None else np.array([sums[lit], sums[dark]]),
        "more": np.array([raw.images[i] for i in others]),
        "more_labels": [int(raw.labels[i]) for i in others],
        "more_answers": [int(raw.outputs[i].argmax()) for i in others],
        "more_stated": [written(max(raw.outputs[i])) for i in others],
        **mistake(raw, judged),
        "reads": np.array(judged),
        "n": 1000,
        "right": judged.count(True),
        "errors": judged.count(False),
        "accuracy": judged.count(True) / 1000,
        "is_unseen": here,
        "reads_well": judged.count(True) >= 800,
    }


def sections(t: dict[str, Any]) -> list[str]:
    one_hidden = t["edges"] == 784 * 32 + 32 * 10
    verdict = {True: ["what-was-meant"], False: ["what-was-meant-wrong"], None: []}
    names = [
        "a-real-digit" + t["opening"],
        "the-edges",
        "light-leaves-the-ink",
        "some-light-up-any" if t["moved"] is None else "some-light-up",
        *([] if one_hidden else ["the-next-layer"]),
        "the-outputs-straight" if one_hidden else "the-outputs",
        "read-the-answer" + t["belief"],
        *verdict[t["is_right"]],
        "two-more",
    ]
    if t["mistake"] is None:
        names.append("never-wrong")
    else:
        names.append("one-it-gets-wrong" if t["is_sure"] else "one-it-gets-wrong-mild")
    names.append("how-often" if t["is_unseen"] else "how-often-any")
    names.append("what-do-they-look-for" + ("" if t["reads_well"] else "-weak"))
    return names


def drawn(t: dict[str, Any], raw: Raw) -> list[Any]:
    """Everything that pictures may hold; numbers and arrays."""
    shown = [t["image"], *t["more"]] + ([] if t["mistake"] is None else [t["mistake"]])
    found: list[Any] = [*raw.w, t["reads"], *t["balances"], *shown, np.zeros((28, 28))]
    for image in shown:
        layers = [a[0] for a in raw.pass_of(image[None])[1]]
        sent = [image.ravel(), *layers]
        found += [w * a for w, a in zip(raw.w, sent, strict=False)]
        found += layers
    if t["moved"] is not None:  # while two neurons are looked at, the others are not lit yet
        first = raw.pass_of(t["image"][None])[1][0][0]
        for looked_at in ([t["moved"]], [t["moved"], t["unmoved"]]):
            found.append(np.where(np.isin(np.arange(len(first)), looked_at), first, 0))
    return found


def labels(t: dict[str, Any], raw: Raw) -> dict[str, list[dict[str, Any]]]:
    """What fills the labels that are used for several things."""
    stated = [t["best_stated"], t["next_stated"], *t["more_stated"]]
    answers = [t["predicted"], *t["more_answers"]]
    meant = [] if t["label"] is None else [t["label"]]
    if t["mistake"] is not None:
        stated.append(t["mistake_stated"])
        answers.append(t["mistake_answer"])
        meant.append(t["mistake_label"])
    return {
        "guess": [{"digit": t["first"]}, {"digit": t["second"]}],
        "output": [{"stated": text} for text in stated],
        "read_as": [{"digit": digit} for digit in answers],
        "meant": [{"digit": digit} for digit in meant] or [{"digit": 0}],
    }


LITERALS: list[str] = []


def hardest(raw: Raw) -> int:
    """Of the images read rightly, no threes, the one whose two largest outputs are nearest."""
    leads = {}
    for i, out in enumerate(raw.outputs):
        if out.argmax() == raw.labels[i] and raw.labels[i] != 3:
            top = sorted(out)[-2:]
            leads[i] = (top[1] < 0.5, top[1] - top[0])
    return min(leads, key=lambda i: leads[i]) if leads else int(raw.index or 0)


def mistake(raw: Raw, judged: list[bool]) -> dict[str, Any]:
    wrong = [i for i in range(1000) if not judged[i]]
    if not wrong:
        names = ("mistake", "mistake_label", "mistake_answer", "mistake_stated")
        return dict.fromkeys(names) | {"is_sure": False}
    worst = max(wrong, key=lambda i: max(raw.outputs[i]))
    return {
        "mistake": raw.images[worst],
        "mistake_label": int(raw.labels[worst]),
        "mistake_answer": int(raw.answers[worst]),
        "mistake_stated": written(max(raw.outputs[worst])),
        "is_sure": max(raw.outputs[worst]) > 0.9,
    }


def plus_and_minus(weights: np.ndarray, image: np.ndarray) -> tuple[float, float]:
    products = [w * p for w, p in zip(weights, image.ravel(), strict=True)]
    return sum(p for p in products if p > 0), -sum(p for p in products if p < 0)


def pair(
    sums: np.ndarray, lights: np.ndarray, biases: np.ndarray
) -> tuple[int, int] | tuple[None, None]:
    """Neurons whose light follows from what arrives, whatever the bias adds or takes away."""
    top = lights.max()
    lit, dark = {}, {}
    for k, (plus, minus) in enumerate(sums):
        if plus - minus > abs(biases[k]) and lights[k] >= 0.5 * top and lights[k] > 0:
            lit[k] = plus / (plus + minus)
        if minus - plus > abs(biases[k]) and lights[k] <= 0.1 * top:
            dark[k] = plus / (plus + minus)
    if not lit or not dark:
        return None, None
    return max(lit, key=lambda k: lit[k]), min(dark, key=lambda k: dark[k])


def belief(best: float, second: float) -> str:
    if best < 0.5:
        return "-faint"
    if second >= best / 2:
        return ""
    return "-firm" if best >= 0.9 and second < 0.1 else "-clear"


def written(output: float) -> str:
    text = f"{output:.2f}"
    if text == "1.00" and output < 1:
        return "> 0.99"
    return "< 0.01" if text == "0.00" and output > 0 else text
