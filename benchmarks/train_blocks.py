"""Fits the block model (scraper/extract/blocks/block_model.py) on pages with human gold, and tells how well it does.

    OPENBLAS_NUM_THREADS=1 python benchmarks/train_blocks.py CORPORA [--cross-validate] [--out FOLDER]

CORPORA is the folder of the sets; only those that may be trained on are. `--cross-validate` fits five models, each
without one fold, and scores the text of that fold's pages, of the blocks alone and as the extractor has it; dragnet's
pages are measured and never learned from. Plain numpy, one core, some minutes for each model; the same seed gives the
same weights. `--out` writes blocks.npz and words.npz.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from unittest import mock

import numpy as np
from block_examples import SEGMENTS_COUNT, UNLABELLED, WORD, Example, block_weights, examples, page_bytes
from block_fit import fit
from block_lexicon import crossed, fit_odds

from scraper import extract_page
from scraper.extract.blocks import choice
from scraper.extract.blocks.block_model import Weights, score

LEARNED = ("aeb", "fundus", "wcxb", "traf")
MEASURED = ("dragnet",)
KNOWN = 3.0  # times what a block counts of which the gold tells more than the teachers
PARAGRAPH = 100  # characters of text; less may be a title or a line beside it
TEACHERS, TRUST = 4, 0.3  # models whose mean one learns from; its weight where there is gold


def distilled(pages: list[Example], seed: int = 0) -> Weights:
    """The weights of one model that learns from the gold, and from what several others say where there is none.

    The pages' rows have the columns of words that were fitted without them (block_lexicon.py).

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
        weight = block_weights(page.texts) * np.where(page.wanted >= 0, KNOWN, 1.0)
        weight *= max(page.weight.sum(), SEGMENTS_COUNT) / weight.sum()
        taught.append(replace(page, wanted=wanted, weight=weight))
    return fit(taught, seed)


def extracted(corpora: Path, page: Example, model: Weights) -> str:
    """The post's text as the extractor has it with these weights and the page's rows."""
    html = page_bytes(corpora, page.set, str(page.gold["id"]))
    with (
        mock.patch.object(choice, "weights", lambda: model),
        mock.patch.object(choice, "describe", lambda *_: page.rows),
    ):
        post = extract_page(html, page.gold.get("url")).post  # type: ignore[arg-type]
    return post.text if post else ""


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


def report_bounds(pages: list[Example]) -> None:
    """The same with every block right, and with every one but those before the first paragraph: title, date, byline."""

    def text(page: Example, *, lead: bool) -> str:
        right = [each for each, wanted in zip(page.texts, page.wanted, strict=True) if wanted > 0]
        first = next((at for at, each in enumerate(right) if len(each) > PARAGRAPH), 0)
        return "\n".join(right if lead else right[first:])

    print_line("every block right", [(page, text(page, lead=True)) for page in pages])
    print_line("and without title, date and byline", [(page, text(page, lead=False)) for page in pages])


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
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)  # and not after half an hour
    pages = [page for name in (*LEARNED, *UNLABELLED, *MEASURED) for page in examples(arguments.corpora, name)]
    print(f"{len(pages)} pages, {sum(len(page.texts) for page in pages)} blocks", file=sys.stderr, flush=True)
    learned = [page for page in pages if page.set not in MEASURED]
    if arguments.cross_validate:
        scored, texts = [], []
        for fold in range(5):
            taught = [page for page in learned if page.fold != fold]
            odds, model = fit_odds(taught), distilled(crossed(taught), arguments.seed)
            unseen = [page for page in pages if page.fold == fold and page.set not in UNLABELLED]
            left_out = [odds.described(page) for page in unseen]
            scored += [(page, score(page.rows, model)) for page in left_out]
            texts += [(page, extracted(arguments.corpora, page, model)) for page in left_out]
        report(scored)
        print_line("extracted", texts)
        report_bounds([page for page in pages if page.set not in UNLABELLED])
    if arguments.out:
        model = distilled(crossed(learned), arguments.seed)
        stored = {each.name: getattr(model, each.name).astype(np.float16) for each in fields(Weights)}
        for name in ("mean", "deviation"):
            stored[name] = getattr(model, name).astype(np.float32)
        np.savez_compressed(arguments.out / "blocks.npz", **stored)
        fit_odds(learned).write(arguments.out / "words.npz")
        for file in (arguments.out / "blocks.npz", arguments.out / "words.npz"):
            print(f"{file}: {file.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
