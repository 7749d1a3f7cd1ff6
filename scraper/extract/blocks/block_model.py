"""A small model that tells the post's blocks from the rest: `score`.

Three layers over the rows of block_features.py: each block alone, then with three neighbours on either side and the
page's mean, then with those four and eight blocks away. benchmarks/train_blocks.py fits it and writes the weights;
docs/extraction.md says what was tried and what it gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = "data/blocks.npz"
NEAR = (-3, -2, -1, 0, 1, 2, 3)  # the blocks that the second layer looks at, and the third
FAR = (-8, -4, 0, 4, 8)
# Products of more multiplications are shared out among threads by OpenBLAS, which then wait for each other longer than
# the product takes, on every page.
MOST_ALONE = 1 << 18
LARGEST = 4.0  # standard deviations; what lies further out says no more


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted model: means and deviations of the first columns, and each layer's matrix and offsets."""

    mean: np.ndarray
    deviation: np.ndarray
    first: np.ndarray
    first_offset: np.ndarray
    near: np.ndarray
    page: np.ndarray
    near_offset: np.ndarray
    far: np.ndarray
    far_offset: np.ndarray
    last: np.ndarray
    last_offset: np.ndarray


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that are shipped."""
    import numpy as np

    with resources.files("scraper.extract").joinpath(WEIGHTS).open("rb") as file:
        stored: Any = np.load(file, allow_pickle=False)
        return Weights(**{name: stored[name].astype(np.float32) for name in stored.files})


def score(rows: np.ndarray, model: Weights) -> np.ndarray:
    """For each block of one page the log odds that it is the post's."""
    import numpy as np

    numbers, split = scaled(rows, model), len(model.mean)
    first = _times(numbers, model.first[:split]) + _times(rows[:, split:], model.first[split:])
    one = np.maximum(first + model.first_offset, 0)
    page = one.sum(0) / (len(one) + 1) @ model.page
    two = np.maximum(_times(beside(one, NEAR), model.near) + page + model.near_offset, 0)
    three = np.maximum(_times(beside(two, FAR), model.far) + model.far_offset, 0)
    last = model.last.reshape(3, -1)
    return np.asarray(one @ last[0] + two @ last[1] + three @ last[2] + model.last_offset)


def _times(rows: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """The product of the two, a strip of rows at a time."""
    import numpy as np

    product = np.empty((len(rows), matrix.shape[1]), np.float32)
    height = MOST_ALONE // matrix.size
    for top in range(0, len(rows), height):
        np.matmul(rows[top : top + height], matrix, out=product[top : top + height])
    return product


def scaled(rows: np.ndarray, model: Weights) -> np.ndarray:
    """The first columns of the rows in standard deviations from the mean; the others are 0 and 1."""
    import numpy as np

    numbers = rows[:, : len(model.mean)] - model.mean
    numbers /= model.deviation
    np.maximum(np.minimum(numbers, LARGEST, out=numbers), -LARGEST, out=numbers)
    return np.asarray(numbers)


def beside(rows: np.ndarray, offsets: tuple[int, ...]) -> np.ndarray:
    """Each row with those at these offsets from it, side by side; zeros where there is none."""
    import numpy as np

    count, width = rows.shape
    side = np.zeros((count, len(offsets) * width), rows.dtype)
    for place, offset in enumerate(offsets):
        first, end = max(0, -offset), count - max(0, offset)  # of the rows that have one there
        if first < end:
            side[first:end, place * width : (place + 1) * width] = rows[first + offset : end + offset]
    return side
