"""The odds of single words (scraper/extract/blocks/lexicon.py), fitted by plain numpy for train_blocks.py.

A word's weight is that of a logistic regression over all blocks of which the gold tells. The model would trust what the
words say of pages that they were learned from too much; so each page's columns come of words fitted without its fold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from block_examples import Example, Tokens

from scraper.extract.blocks.block_features import ODDS

SITES = 6  # that use a word, at least
MOST_TEXT, MOST_NAMES = 4_000, 3_000  # words that are kept, those that move most
TEXT_PENALTY, NAME_PENALTY = 33.0, 100.0  # of a weight's square, where all blocks together count as many as they are
STEPS, RATE = 120, 0.08


@dataclass(frozen=True, slots=True)
class Odds:
    """The weight of each word of a text, and of each name the three that its place gives it."""

    text: dict[str, float]
    names: dict[str, tuple[float, ...]]

    def columns(self, page: Example) -> np.ndarray:
        """What they say of each block of the page, as the extractor's rows have it."""
        columns = np.zeros((len(page.texts), 4))
        texts, names = page.words
        for word, at in zip(texts.words, texts.blocks, strict=True):
            columns[at, 0] += self.text.get(word, 0.0)
        for (step, word), at in zip(names.words, names.blocks, strict=True):
            if word in self.names:
                columns[at, 1 + step] += self.names[word][step]
        return columns

    def described(self, page: Example) -> Example:
        """The page with these columns in its rows."""
        rows = page.rows.copy()
        rows[:, ODDS] = self.columns(page)
        return replace(page, rows=rows)

    def write(self, file: Path) -> None:
        """Writes them as the extractor reads them."""
        np.savez_compressed(
            file,
            text_words=np.frombuffer("\n".join(self.text).encode(), np.uint8),
            text_odds=np.array(list(self.text.values()), np.float16),
            name_words=np.frombuffer("\n".join(self.names).encode(), np.uint8),
            name_odds=np.array(list(self.names.values()), np.float16),
        )


def fit_odds(pages: Sequence[Example]) -> Odds:
    """The odds that these pages teach."""
    names = _fitted(pages, 1, NAME_PENALTY, MOST_NAMES)
    by_name: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for (step, word), weight in names.items():
        by_name[word][step] = weight
    text = _fitted(pages, 0, TEXT_PENALTY, MOST_TEXT)
    return Odds(dict(sorted(text.items())), {word: tuple(by_name[word]) for word in sorted(by_name)})


def crossed(pages: Sequence[Example]) -> list[Example]:
    """The pages with columns by words that were fitted to the pages of all other folds."""
    of_fold = {fold: fit_odds([page for page in pages if page.fold != fold]) for fold in {p.fold for p in pages}}
    return [of_fold[page.fold].described(page) for page in pages]


def _fitted(pages: Sequence[Example], which: int, penalty: float, most: int) -> dict:  # type: ignore[type-arg]
    """The weights of the words in texts (0) or of names (1) that move most, by Adam over all blocks at once."""
    pages = [page for page in pages if page.weight.any()]
    places = _vocabulary(pages, which)
    ids, blocks, wanted, weight = _laid_out(pages, which, places)
    weight = weight * (len(weight) / weight.sum())
    parts = np.zeros(len(places) + 1)  # the last is what all blocks have in common
    first, second = np.zeros_like(parts), np.zeros_like(parts)
    for step in range(1, STEPS + 1):
        odds = np.bincount(blocks, parts[ids], len(wanted)) + parts[-1]
        away = (1 / (1 + np.exp(-odds)) - wanted) * weight
        slope = np.append(np.bincount(ids, away[blocks], len(places)), away.sum())
        slope += penalty * parts
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
        rate = RATE * (0.5 * (1 + np.cos(np.pi * step / STEPS)) + 0.01)
        parts -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    moved = np.sqrt(np.bincount(ids, weight[blocks], len(places))) * np.abs(parts[:-1])
    kept = set(np.argsort(-moved, kind="stable")[:most].tolist())
    return {word: float(np.float16(parts[at])) for word, at in places.items() if at in kept}


def _vocabulary(pages: Sequence[Example], which: int) -> dict:  # type: ignore[type-arg]
    """The words of several sites, each with its place; none that is the name of a site."""
    sites = defaultdict(set)
    labels = set()
    for page in pages:
        host = urlsplit(str(page.gold.get("url") or "")).hostname or str(page.gold["id"])
        labels.update(host.split("."))
        for word in set(page.words[which].words):
            sites[word].add(host)
    several = (word for word, hosts in sites.items() if len(hosts) >= SITES)
    return {word: at for at, word in enumerate(sorted(w for w in several if _plain(w) not in labels))}


def _plain(word: str | tuple[int, str]) -> str:
    return (word if isinstance(word, str) else word[1]).strip("^$.~<()[]\"'“”:,")


def _laid_out(pages: Sequence[Example], which: int, places: dict) -> tuple[np.ndarray, ...]:  # type: ignore[type-arg]
    """Each word of a block with a label by its place, the block's place, and for each block what it is and counts."""
    ids: list[int] = []
    blocks: list[int] = []
    count = 0
    for page in pages:
        labelled = page.wanted >= 0
        at_block = (count + np.cumsum(labelled) - 1).tolist()
        tokens: Tokens = page.words[which]
        for word, at in zip(tokens.words, tokens.blocks, strict=True):
            if labelled[at] and word in places:
                ids.append(places[word])
                blocks.append(at_block[at])
        count += int(labelled.sum())
    wanted = np.concatenate([page.wanted[page.wanted >= 0] for page in pages]) > 0.5
    weight = np.concatenate([page.weight[page.wanted >= 0] for page in pages])
    return np.array(ids), np.array(blocks), wanted.astype(float), weight
