"""What a process does for its memory in a long run: `calm_collector`, and `MemoryKeeper` that gives it back."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from functools import lru_cache

EVERY = 20  # pages; giving back takes about a millisecond
COLLECTED = 1_000  # pages; a look for circular garbage takes about 100 ms


def calm_collector() -> None:
    """Lets Python look for circular garbage seldom: pages leave none, and each full look costs as much as ten pages.

    A page in hand has up to 200,000 objects, which are not worth a look either.
    """
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)


class MemoryKeeper:
    """Counts pages. A large one leaves holes in the C library's memory, which it keeps, and grows by.

    What little garbage in circles there is, a calm collector would let grow: by 3 MB every 1,000 pages.
    """

    def __init__(self) -> None:
        self._pages = 0

    def count(self) -> None:
        """One page more; now and then free memory goes back to the system."""
        self._pages += 1
        if self._pages % COLLECTED == 0:
            gc.collect()
        if self._pages % EVERY == 0:
            _trim()(0)


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], object]:
    """`malloc_trim` of the GNU C library; elsewhere a function that does nothing."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return lambda pad: None
