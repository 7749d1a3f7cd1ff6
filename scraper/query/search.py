"""`search`: the posts and comments that a person looks for; `count_by_facet`: how many, by blog, year and kind."""

from __future__ import annotations

from scraper.query.typed import read_typed
from scraper.store.lookup.hits import Hit, HitCounts
from scraper.store.reader import Reader


def search(
    reader: Reader, words: str, limit: int = 20, offset: int = 0, *, marks: tuple[str, str] = ("[", "]")
) -> list[Hit]:
    """The best posts and comments with all that `words` ask for (see `read_typed`), best first, from the offset on.

    In snippets `marks` enclose what was found. Without a word to look for the newest come first; nothing is found where
    nothing is asked for. No text raises.
    """
    return reader.find(read_typed(words), limit, offset, marks)


def count_by_facet(reader: Reader, words: str) -> HitCounts:
    """How many posts and comments `search` finds, by blog, year and kind."""
    return reader.count_found(read_typed(words))
