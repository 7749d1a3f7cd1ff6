"""Fits the block model (scraper/extract/blocks/block_model.py) on pages with human gold, and tells how well it does.

    OPENBLAS_NUM_THREADS=1 python benchmarks/train_blocks.py CORPORA [--cross-validate] [--out WEIGHTS]

CORPORA is the folder of the sets; only those that may be trained on are. `--cross-validate` fits five models, each
without one fold, and scores the text of that fold's pages, of the blocks alone and as the extractor has it; dragnet's
pages are measured and never learned from. Plain numpy, one core, five fits of half a minute for each model; the same
seed gives the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from unittest import mock

import numpy as np

from scraper import extract_page
from scraper.extract.blocks import block_features, content
from scraper.extract.blocks.block_features import NUMBERS, WIDTHS
from scraper.extract.blocks.block_model import FAR, NEAR, Weights, beside, scaled, score

LEARNED = ("aeb", "fundus", "wcxb", "traf")
UNLABELLED = ("postlight", "htmldate", "harvest")  # pages without gold for the text, which the teachers label
MEASURED = ("dragnet",)
KNOWN = 3.0  # times what a block counts of which the gold tells more than the teachers
TEACHERS, TRUST = 4, 0.3  # models whose mean one learns from; its weight where there is gold
WIDTH = 32  # of each layer
EPOCHS, RATE, DECAY, AVERAGE = 16, 3e-3, 1e-2, 0.98
DROP, DROP_COLUMN, DROP_GROUP = 0.2, 0.05, 0.3  # so that no single sign is relied upon
BATCH = 3_500  # blocks
SEGMENTS_COUNT = 0.5  # weight of a page of which only segments are known
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])\w)+")
LONG = 6  # words of a block that is found in the gold by its words alone


@dataclass(eq=False)
class Example:
    """One page: its blocks' rows and texts, and what of them belongs to the post (1, 0, or -1 for unknown)."""

    set: str
    fold: int
    gold: dict[str, list[str] | str]
    texts: list[str]
    rows: np.ndarray
    wanted: np.ndarray
    weight: np.ndarray


def examples(corpora: Path, name: str) -> Iterator[Example]:
    """The pages of one set that have gold text or segments, as the extractor describes them."""
    with (corpora / name / "gold.jsonl").open(encoding="utf-8") as lines:
        for gold in map(json.loads, lines):
            if name not in UNLABELLED and not gold.get("text") and not gold.get("with"):
                continue
            html = page_bytes(corpora, name, gold["id"])
            taken: list[tuple[list[str], np.ndarray]] = []
            original = block_features.describe

            def describe(document, weighed, texts, landmarks, original=original, taken=taken):  # type: ignore[no-untyped-def]
                rows = original(document, weighed, texts, landmarks)
                taken.append((texts, rows))
                return rows

            def unscored(rows, model):  # type: ignore[no-untyped-def]
                return np.zeros(len(rows))

            with (
                mock.patch.object(content, "describe", describe),
                mock.patch.object(content, "score", unscored),
                mock.patch.object(content, "weights", lambda: None),
            ):
                extract_page(html, gold.get("url"))
            if not taken:
                continue
            texts, rows = taken[0]
            wanted = np.full(len(texts), -1.0)
            if name not in UNLABELLED:
                wanted = _by_text(gold["text"], texts) if gold.get("text") else _by_segments(gold, texts)
            weight = np.where(wanted >= 0, _weights(texts), 0.0)
            weight *= (1.0 if gold.get("text") else SEGMENTS_COUNT) / max(weight.sum(), 1e-6)
            yield Example(name, gold["fold"], gold, texts, rows, wanted, weight)


def _weights(texts: list[str]) -> np.ndarray:
    """How much each block counts before its page's sum is taken: the root of its words."""
    return np.array([len(WORD.findall(text)) + 1 for text in texts], float) ** 0.5


def page_bytes(corpora: Path, name: str, page_id: str) -> bytes:
    return gzip.decompress((corpora / name / "pages" / f"{page_id}.html.gz").read_bytes())


def extracted(corpora: Path, page: Example, model: Weights) -> str:
    """The post's text as the extractor has it with these weights."""
    html = page_bytes(corpora, page.set, str(page.gold["id"]))
    with mock.patch.object(content, "weights", lambda: model):
        post = extract_page(html, page.gold.get("url")).post  # type: ignore[arg-type]
    return post.text if post else ""


def _by_text(gold: str, texts: list[str]) -> np.ndarray:
    """Which blocks stand in the gold text: long ones by their words, short ones also by where they stand."""
    words = WORD.findall(gold)
    threes: dict[tuple[str, ...], int] = {}
    for place in range(len(words) - 2):
        threes.setdefault(tuple(words[place : place + 3]), place)
    first = defaultdict(list)
    for place, word in enumerate(words):
        first[word].append(place)
    own = [WORD.findall(text) for text in texts]
    wanted = np.zeros(len(texts))
    spans: dict[int, tuple[int, int]] = {}
    for at, these in enumerate(own):
        if len(these) >= LONG:
            hits = sorted(threes[three] for three in zip(these, these[1:], these[2:], strict=False) if three in threes)
            if len(hits) >= 0.6 * (len(these) - 2):
                wanted[at] = 1
                spans[at] = (hits[len(hits) // 10], hits[-1 - len(hits) // 10])
    anchors = sorted(spans)
    for at, these in enumerate(own):
        if 0 < len(these) < LONG:
            before = max((each for each in anchors if each < at), default=None)
            after = min((each for each in anchors if each > at), default=None)
            low = spans[before][1] - 3 if before is not None else 0
            high = spans[after][0] + 3 if after is not None else len(words)
            low, high = min(low, high), max(low, high)
            start = before + 1 if before is not None else max(0, (after or 0) - 6)
            stop = after if after is not None else min(len(own), (before or 0) + 6)
            reach_down = 25 + 3 * sum(map(len, own[start:at]))
            reach_up = 25 + 3 * sum(map(len, own[at:stop]))
            for place in first[these[0]]:
                if words[place : place + len(these)] == these and low <= place <= high:
                    near = (before is not None and place - low < reach_down) or (
                        after is not None and high - place < reach_up
                    )
                    if near:
                        wanted[at] = 1
    return wanted


def _by_segments(gold: dict, texts: list[str]) -> np.ndarray:  # type: ignore[type-arg]
    """What is known where people only marked segments that must, and must not, be in the text."""
    wanted = np.full(len(texts), -1.0)
    comments = [each["text"] if isinstance(each, dict) else each for each in gold.get("comments") or ()]
    kept = [" ".join(each.split()) for each in gold.get("with") or ()]
    not_kept = [" ".join(each.split()) for each in [*(gold.get("without") or ()), *comments]]
    for at, text in enumerate(texts):
        if any(each in text or (len(text) > 30 and text in each) for each in kept):
            wanted[at] = 1
        if any(each in text or (len(text) > 12 and text in each) for each in not_kept):
            wanted[at] = 0
    return wanted


def distilled(pages: list[Example], seed: int = 0) -> Weights:
    """The weights of one model that learns from the gold, and from what several others say where there is none.

    Several agree more closely with pages that none has seen than one does, and cost as many times more to ask.
    """
    teachers = [
        fit([page for page in pages if page.set in LEARNED], seed * TEACHERS + each) for each in range(TEACHERS)
    ]
    taught = []
    for page in pages:
        odds = np.mean([score(page.rows, teacher) for teacher in teachers], 0)
        said = 1 / (1 + np.exp(-odds))
        wanted = np.where(page.wanted >= 0, (1 - TRUST) * page.wanted + TRUST * said, said)
        weight = _weights(page.texts) * np.where(page.wanted >= 0, KNOWN, 1.0)
        weight *= max(page.weight.sum(), SEGMENTS_COUNT) / weight.sum()
        taught.append(replace(page, wanted=wanted, weight=weight))
    return fit(taught, seed)


def fit(pages: list[Example], seed: int = 0) -> Weights:
    """The weights that tell the blocks of these pages apart: Adam, averaged over the last steps."""
    random = np.random.default_rng(seed)
    numbers = np.concatenate([page.rows[:, :NUMBERS] for page in pages])
    parts: dict[str, np.ndarray] = {"mean": numbers.mean(0), "deviation": numbers.std(0) + 1e-3}
    columns = pages[0].rows.shape[1]

    def drawn(*shape: int, scale: float | None = None) -> np.ndarray:
        return random.normal(size=shape) * (scale or shape[0] ** -0.5)

    parts |= {
        "first": drawn(columns, WIDTH),
        "first_offset": np.zeros(WIDTH),
        "near": drawn(len(NEAR) * WIDTH, WIDTH),
        "page": drawn(WIDTH, WIDTH),
        "near_offset": np.zeros(WIDTH),
        "far": drawn(len(FAR) * WIDTH, WIDTH),
        "far_offset": np.zeros(WIDTH),
        "last": drawn(3 * WIDTH, scale=0.1),
        "last_offset": np.zeros(()),
    }
    parts = {name: part.astype(np.float32) for name, part in parts.items()}
    learned = [name for name in parts if name not in ("mean", "deviation")]
    at_start = Weights(**parts)
    inputs = {
        id(page): np.concatenate([scaled(page.rows, at_start), page.rows[:, NUMBERS:]], 1, dtype=np.float32)
        for page in pages
    }
    first_moment = {name: np.zeros_like(parts[name]) for name in learned}
    second_moment = {name: np.zeros_like(parts[name]) for name in learned}
    averaged = {name: parts[name].copy() for name in learned}
    step = 0
    for epoch in range(EPOCHS):
        rate = RATE * (0.5 * (1 + np.cos(np.pi * epoch / EPOCHS)) + 0.02)
        order = [pages[place] for place in random.permutation(len(pages))]
        for batch in _batches(order):
            step += 1
            slopes = _slopes(parts, [(inputs[id(page)], page) for page in batch], random)
            keep = min(AVERAGE, step / (step + 10))
            for name in learned:
                slope = slopes[name]
                first_moment[name] = 0.9 * first_moment[name] + 0.1 * slope
                second_moment[name] = 0.99 * second_moment[name] + 0.01 * slope * slope
                move = first_moment[name] / (1 - 0.9**step)
                move = move / (np.sqrt(second_moment[name] / (1 - 0.99**step)) + 1e-8)
                parts[name] = (parts[name] * (1 - rate * DECAY) - rate * move).astype(np.float32)
                averaged[name] = averaged[name] * keep + parts[name] * (1 - keep)
    return Weights(**{**parts, **averaged})


def _batches(pages: list[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for page in pages:
        if batch and sum(len(each.texts) for each in batch) + len(page.texts) > BATCH:
            yield batch
            batch = []
        batch.append(page)
    if batch:
        yield batch


def _slopes(
    parts: dict[str, np.ndarray], batch: list[tuple[np.ndarray, Example]], random: np.random.Generator
) -> dict[str, np.ndarray]:
    """The loss's slope for each part, with some signs of each page hidden."""
    gap = max(FAR)
    total = sum(len(rows) + gap for rows, _ in batch)
    rows = np.zeros((total, batch[0][0].shape[1]), np.float32)
    live = np.zeros((total, 1), np.float32)
    wanted, weight = np.zeros(total, np.float32), np.zeros(total, np.float32)
    of_page = np.zeros((total, len(batch)), np.float32)
    at = 0
    for place, (own, page) in enumerate(batch):
        part = slice(at, at + len(own))
        rows[part] = own * _shown(own.shape[1], random)
        live[part] = 1
        wanted[part], weight[part] = np.maximum(page.wanted, 0), page.weight
        of_page[part, place] = 1
        at += len(own) + gap
    rows *= random.random((1, rows.shape[1])) >= DROP_COLUMN
    mean = of_page / (of_page.sum(0) + 1)

    def dropped(shape: tuple[int, ...]) -> np.ndarray:
        return (random.random(shape) >= DROP).astype(np.float32) / (1 - DROP)

    first_in = rows @ parts["first"] + parts["first_offset"]
    first_mask = (first_in > 0) * live * dropped(first_in.shape)
    one = first_in * first_mask
    near_rows = beside(one, NEAR)
    means = mean.T @ one
    near_in = near_rows @ parts["near"] + of_page @ (means @ parts["page"]) + parts["near_offset"]
    near_mask = (near_in > 0) * live * dropped(near_in.shape)
    two = near_in * near_mask
    far_rows = beside(two, FAR)
    far_in = far_rows @ parts["far"] + parts["far_offset"]
    far_mask = (far_in > 0) * live
    three = far_in * far_mask
    joined = np.concatenate([one, two, three], 1)
    odds = joined @ parts["last"] + parts["last_offset"]
    slope = ((1 / (1 + np.exp(-odds)) - wanted) * weight / weight.sum()).astype(np.float32)

    to_joined = np.outer(slope, parts["last"])
    to_three = to_joined[:, 2 * WIDTH :] * far_mask
    to_two = (to_joined[:, WIDTH : 2 * WIDTH] + _back(to_three @ parts["far"].T, FAR)) * near_mask
    to_pages = (of_page.T @ to_two) @ parts["page"].T
    to_one = (to_joined[:, :WIDTH] + _back(to_two @ parts["near"].T, NEAR) + mean @ to_pages) * first_mask
    return {
        "first": rows.T @ to_one,
        "first_offset": to_one.sum(0),
        "near": near_rows.T @ to_two,
        "page": means.T @ (of_page.T @ to_two),
        "near_offset": to_two.sum(0),
        "far": far_rows.T @ to_three,
        "far_offset": to_three.sum(0),
        "last": joined.T @ slope,
        "last_offset": slope.sum(),
    }


def _shown(columns: int, random: np.random.Generator) -> np.ndarray:
    """Ones for the columns that a page shows this time: whole groups of words and tags are hidden at times."""
    shown = np.ones(columns, np.float32)
    at = NUMBERS
    for width in WIDTHS:
        if random.random() < DROP_GROUP:
            shown[at : at + width] = 0
        at += width
    return shown


def _back(slopes: np.ndarray, offsets: tuple[int, ...]) -> np.ndarray:
    """The reverse of `beside`: each row's slopes added up from where it stood."""
    reach, width = max(offsets), slopes.shape[1] // len(offsets)
    total = np.zeros((len(slopes) + 2 * reach, width), np.float32)
    for place, offset in enumerate(offsets):
        total[reach + offset : reach + offset + len(slopes)] += slopes[:, place * width : (place + 1) * width]
    return total[reach : reach + len(slopes)]


def text_f1(pages: list[tuple[Example, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over runs of four words, as evaluate.py has them."""

    def fours(text: str) -> Counter[tuple[str, ...]]:
        words = WORD.findall(text)
        return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()

    precision, recall = [], []
    for page, text in pages:
        ours, gold = fours(text), fours(str(page.gold["text"]))
        common = sum((ours & gold).values())
        if ours:
            precision.append(common / sum(ours.values()))
        if gold:
            recall.append(common / sum(gold.values()))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return p, r, 2 * p * r / (p + r)


def segment_f1(pages: list[tuple[Example, str]]) -> tuple[float, float, float]:
    """The same over segments that must, and must not, be in the text."""
    found = missing = leaked = 0
    for page, text in pages:
        for each in page.gold.get("with") or ():
            hit = " ".join(each.split()) in text
            found, missing = found + hit, missing + (not hit)
        leaked += sum(" ".join(each.split()) in text for each in page.gold.get("without") or ())
    return found / (found + leaked), found / (found + missing), 2 * found / (2 * found + leaked + missing)


def report(scored: list[tuple[Example, np.ndarray]]) -> None:
    """Precision, recall and F1 of the blocks alone, all pages taken for posts, at several odds."""
    for threshold in (-0.4, 0.0, 0.4, 0.8):
        texts = [
            (page, "\n".join(text for text, odd in zip(page.texts, odds, strict=True) if odd > threshold))
            for page, odds in scored
        ]
        print_line(f"odds > {threshold:4}", texts)


def print_line(head: str, texts: list[tuple[Example, str]]) -> None:
    line = [head]
    for name in (*LEARNED, *MEASURED):
        pages = [(page, " ".join(text.split()) if name == "traf" else text) for page, text in texts if page.set == name]
        if pages:
            measure = segment_f1 if name == "traf" else text_f1
            line.append(f"{name} {' '.join(f'{value:.3f}' for value in measure(pages))}")
    print(" | ".join(line), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    pages = [page for name in (*LEARNED, *UNLABELLED, *MEASURED) for page in examples(arguments.corpora, name)]
    print(f"{len(pages)} pages, {sum(len(page.texts) for page in pages)} blocks", file=sys.stderr, flush=True)
    if arguments.cross_validate:
        scored, texts = [], []
        for fold in range(5):
            model = distilled(
                [page for page in pages if page.set not in MEASURED and page.fold != fold], arguments.seed
            )
            left_out = [page for page in pages if page.fold == fold and page.set not in UNLABELLED]
            scored += [(page, score(page.rows, model)) for page in left_out]
            texts += [(page, extracted(arguments.corpora, page, model)) for page in left_out]
        report(scored)
        print_line("extracted", texts)
    if arguments.out:
        model = distilled([page for page in pages if page.set not in MEASURED], arguments.seed)
        stored = {each.name: getattr(model, each.name).astype(np.float16) for each in fields(Weights)}
        for name in ("mean", "deviation"):
            stored[name] = getattr(model, name).astype(np.float32)
        np.savez_compressed(arguments.out, **stored)
        print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
