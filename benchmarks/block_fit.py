"""`fit`: the weights of the block model, by plain numpy, for train_blocks.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from block_examples import Example

from scraper.extract.blocks.block_features import NUMBERS, WIDTHS
from scraper.extract.blocks.block_model import FAR, NEAR, Weights, beside, scaled

WIDTH = 32  # of each layer
EPOCHS, RATE, DECAY, AVERAGE = 16, 3e-3, 1e-2, 0.98
DROP, DROP_COLUMN, DROP_GROUP = 0.2, 0.05, 0.3  # so that no single sign is relied upon
BATCH = 3_500  # blocks
Parts = dict[str, np.ndarray]


def fit(pages: list[Example], seed: int = 0) -> Weights:
    """The weights that tell the blocks of these pages apart: Adam, averaged over the last steps."""
    random = np.random.default_rng(seed)
    numbers = np.concatenate([page.rows[:, :NUMBERS] for page in pages])
    known = {"mean": numbers.mean(0), "deviation": numbers.std(0) + 1e-3}
    parts = {name: part.astype(np.float32) for name, part in known.items()}
    learned = _at_start(pages[0].rows.shape[1], random)
    at_start = Weights(**parts, **learned)
    inputs = {
        id(page): np.concatenate([scaled(page.rows, at_start), page.rows[:, NUMBERS:]], 1, dtype=np.float32)
        for page in pages
    }
    adam = _Adam(learned)
    for epoch in range(EPOCHS):
        rate = RATE * (0.5 * (1 + np.cos(np.pi * epoch / EPOCHS)) + 0.02)
        order = [pages[place] for place in random.permutation(len(pages))]
        for batch in _batches(order):
            laid = _laid_out([(inputs[id(page)], page) for page in batch], random)
            adam.step(_slopes(adam.parts, laid, random), rate)
    return Weights(**parts, **adam.averaged)


def _at_start(columns: int, random: np.random.Generator) -> Parts:
    """The parts that are learned, drawn by chance."""

    def drawn(*shape: int, scale: float | None = None) -> np.ndarray:
        return random.normal(size=shape) * (scale or shape[0] ** -0.5)

    parts = {
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
    return {name: part.astype(np.float32) for name, part in parts.items()}


class _Adam:
    """`parts` on their way down the slopes, and `averaged` over the last steps of it."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self._steps = dict(parts), 0
        self.averaged = {name: part.copy() for name, part in parts.items()}
        self._first = {name: np.zeros_like(part) for name, part in parts.items()}  # moments of the slopes
        self._second = {name: np.zeros_like(part) for name, part in parts.items()}

    def step(self, slopes: Parts, rate: float) -> None:
        self._steps += 1
        keep = min(AVERAGE, self._steps / (self._steps + 10))
        for name, slope in slopes.items():
            self._first[name] = 0.9 * self._first[name] + 0.1 * slope
            self._second[name] = 0.99 * self._second[name] + 0.01 * slope * slope
            move = self._first[name] / (1 - 0.9**self._steps)
            move = move / (np.sqrt(self._second[name] / (1 - 0.99**self._steps)) + 1e-8)
            self.parts[name] = (self.parts[name] * (1 - rate * DECAY) - rate * move).astype(np.float32)
            self.averaged[name] = self.averaged[name] * keep + self.parts[name] * (1 - keep)


def _batches(pages: list[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for page in pages:
        if batch and sum(len(each.texts) for each in batch) + len(page.texts) > BATCH:
            yield batch
            batch = []
        batch.append(page)
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Laid:
    """The blocks of a batch one below the other, with a gap behind each page; `live` is 0 in the gaps."""

    rows: np.ndarray
    live: np.ndarray
    wanted: np.ndarray
    weight: np.ndarray
    of_page: np.ndarray  # 1 in the column of the block's page


def _laid_out(batch: list[tuple[np.ndarray, Example]], random: np.random.Generator) -> _Laid:
    """The batch with some signs of each page hidden."""
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
    return _Laid(rows, live, wanted, weight, of_page)


@dataclass(frozen=True, slots=True)
class _Layers:
    """What each layer takes in and gives, and where it lets slopes through."""

    mean: np.ndarray  # makes of blocks the means of their pages
    means: np.ndarray
    first_mask: np.ndarray
    near_rows: np.ndarray
    near_mask: np.ndarray
    far_rows: np.ndarray
    far_mask: np.ndarray
    joined: np.ndarray


def _through(parts: Parts, laid: _Laid, random: np.random.Generator) -> _Layers:
    """The batch on its way through the model, some units of which are hidden."""

    def dropped(shape: tuple[int, ...]) -> np.ndarray:
        return (random.random(shape) >= DROP).astype(np.float32) / (1 - DROP)

    mean = laid.of_page / (laid.of_page.sum(0) + 1)
    first_in = laid.rows @ parts["first"] + parts["first_offset"]
    first_mask = (first_in > 0) * laid.live * dropped(first_in.shape)
    one = first_in * first_mask
    near_rows = beside(one, NEAR)
    means = mean.T @ one
    near_in = near_rows @ parts["near"] + laid.of_page @ (means @ parts["page"]) + parts["near_offset"]
    near_mask = (near_in > 0) * laid.live * dropped(near_in.shape)
    two = near_in * near_mask
    far_rows = beside(two, FAR)
    far_in = far_rows @ parts["far"] + parts["far_offset"]
    far_mask = (far_in > 0) * laid.live
    joined = np.concatenate([one, two, far_in * far_mask], 1)
    return _Layers(mean, means, first_mask, near_rows, near_mask, far_rows, far_mask, joined)


def _slopes(parts: Parts, laid: _Laid, random: np.random.Generator) -> Parts:
    """The loss's slope for each part."""
    made = _through(parts, laid, random)
    odds = made.joined @ parts["last"] + parts["last_offset"]
    slope = ((1 / (1 + np.exp(-odds)) - laid.wanted) * laid.weight / laid.weight.sum()).astype(np.float32)
    to_joined = np.outer(slope, parts["last"])
    to_three = to_joined[:, 2 * WIDTH :] * made.far_mask
    to_two = (to_joined[:, WIDTH : 2 * WIDTH] + _back(to_three @ parts["far"].T, FAR)) * made.near_mask
    to_means = laid.of_page.T @ to_two
    by_means = made.mean @ (to_means @ parts["page"].T)
    to_one = (to_joined[:, :WIDTH] + _back(to_two @ parts["near"].T, NEAR) + by_means) * made.first_mask
    return {
        "first": laid.rows.T @ to_one,
        "first_offset": to_one.sum(0),
        "near": made.near_rows.T @ to_two,
        "page": made.means.T @ to_means,
        "near_offset": to_two.sum(0),
        "far": made.far_rows.T @ to_three,
        "far_offset": to_three.sum(0),
        "last": made.joined.T @ slope,
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
