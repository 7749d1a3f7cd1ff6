"""`Example`: pages whose blocks are told apart by human gold, for train_blocks.py to learn from."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from unittest import mock

import numpy as np

from scraper import extract_page
from scraper.extract.blocks import block_features, choice
from scraper.extract.blocks.block_texts import BEGINNING
from scraper.extract.blocks.lexicon import name_words, text_words
from scraper.parse.block import Block
from scraper.parse.html import Document

UNLABELLED = ("postlight", "htmldate", "harvest")  # pages without gold for the text, which the teachers label
SEGMENTS_COUNT = 0.5  # weight of a page of which only segments are known
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])\w)+")
LONG = 6  # words of a block that is found in the gold by its words alone
NAMED: dict[tuple[int, str], tuple[int, str]] = {}  # each pair, so that it is held in memory once
REACH, SPREAD = 25, 3  # words that a short block may stand off a long one; more for each word of the blocks between
Words = list[str]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words in the order of the blocks, and the place of each one's block.

    A name of an element is a pair: 0 for the block's own element, 1 near around it, 2 farther out; the word.
    """

    words: list  # type: ignore[type-arg]
    blocks: list[int]


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
    words: tuple[Tokens, Tokens]  # of the texts, and of the names of elements around


def examples(corpora: Path, name: str) -> Iterator[Example]:
    """The pages of one set that have gold text or segments, as the extractor describes them."""
    with (corpora / name / "gold.jsonl").open(encoding="utf-8") as lines:
        for gold in map(json.loads, lines):
            if name not in UNLABELLED and not gold.get("text") and not gold.get("with"):
                continue
            html = page_bytes(corpora, name, gold["id"])
            taken: list[tuple[list[str], np.ndarray, tuple[Tokens, Tokens]]] = []
            original = block_features.describe

            def describe(document, weighed, texts, landmarks, original=original, taken=taken):  # type: ignore[no-untyped-def]
                rows = original(document, weighed, texts, landmarks)
                taken.append((texts, rows, (_of_texts(texts), _of_names(document, weighed))))
                return rows

            def unscored(rows, model):  # type: ignore[no-untyped-def]
                return np.zeros(len(rows))

            with (
                mock.patch.object(choice, "describe", describe),
                mock.patch.object(choice, "score", unscored),
                mock.patch.object(choice, "weights", lambda: None),
            ):
                extract_page(html, gold.get("url"))
            if not taken:
                continue
            texts, rows, words = taken[0]
            wanted = np.full(len(texts), -1.0)
            if name not in UNLABELLED:
                wanted = _by_text(gold["text"], texts) if gold.get("text") else _by_segments(gold, texts)
            weight = np.where(wanted >= 0, block_weights(texts), 0.0)
            weight *= (1.0 if gold.get("text") else SEGMENTS_COUNT) / max(weight.sum(), 1e-6)
            yield Example(name, gold["fold"], gold, texts, rows, wanted, weight, words)


def _of_texts(texts: list[str]) -> Tokens:
    found = [(word, at) for at, text in enumerate(texts) for word in text_words(text[:BEGINNING].casefold().split())]
    return Tokens([intern(word) for word, _ in found], [at for _, at in found])


def _of_names(document: Document, weighed: list[Block]) -> Tokens:
    words: list[tuple[int, str]] = []
    blocks: list[int] = []
    for at, block in enumerate(weighed):
        chain = [block.node, *block.node.ancestors()]
        for away, node in enumerate(chain[: -1 if chain[-1] is document.root else None]):
            step = 0 if away == 0 else 1 if away <= 2 else 2
            named = [NAMED.setdefault((step, word), (step, word)) for word in name_words(node.tag, node.names)]
            words += named
            blocks += [at] * len(named)
    return Tokens(words, blocks)


def block_weights(texts: list[str]) -> np.ndarray:
    """How much each block counts before its page's sum is taken: the root of its words."""
    return np.array([len(WORD.findall(text)) + 1 for text in texts], float) ** 0.5


def page_bytes(corpora: Path, name: str, page_id: str) -> bytes:
    return gzip.decompress((corpora / name / "pages" / f"{page_id}.html.gz").read_bytes())


def _by_text(gold: str, texts: list[str]) -> np.ndarray:
    """Which blocks stand in the gold text: long ones by their words, short ones also by where they stand."""
    words = WORD.findall(gold)
    own = [WORD.findall(text) for text in texts]
    spans = _spans_of_long(own, words)
    first = defaultdict(list)
    for place, word in enumerate(words):
        first[word].append(place)
    wanted = np.zeros(len(texts))
    wanted[list(spans)] = 1
    for at, these in enumerate(own):
        if 0 < len(these) < LONG:
            places = [place for place in first[these[0]] if words[place : place + len(these)] == these]
            if any(place in near for near in _near(at, own, spans, len(words)) for place in places):
                wanted[at] = 1
    return wanted


def _spans_of_long(own: Sequence[Words], words: Words) -> dict[int, tuple[int, int]]:
    """Which long blocks stand in the gold's words, and where: about their first and last word there."""
    threes: dict[tuple[str, ...], int] = {}
    for place in range(len(words) - 2):
        threes.setdefault(tuple(words[place : place + 3]), place)
    spans = {}
    for at, these in enumerate(own):
        if len(these) >= LONG:
            hits = sorted(threes[three] for three in zip(these, these[1:], these[2:], strict=False) if three in threes)
            if len(hits) >= 0.6 * (len(these) - 2):
                spans[at] = (hits[len(hits) // 10], hits[-1 - len(hits) // 10])
    return spans


def _near(at: int, own: Sequence[Words], spans: Mapping[int, tuple[int, int]], end: int) -> Iterator[range]:
    """Where in the gold's words a short block may begin: not far from the long ones before it and behind it."""
    before = max((each for each in spans if each < at), default=None)
    after = min((each for each in spans if each > at), default=None)
    low = spans[before][1] - 3 if before is not None else 0
    high = spans[after][0] + 3 if after is not None else end
    low, high = min(low, high), max(low, high)
    if before is not None:
        reach = REACH + SPREAD * sum(map(len, own[before + 1 : at]))
        yield range(low, min(low + reach, high + 1))
    if after is not None:
        reach = REACH + SPREAD * sum(map(len, own[at:after]))
        yield range(max(low, high - reach + 1), high + 1)


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
