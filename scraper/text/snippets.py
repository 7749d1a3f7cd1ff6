"""The place in a text where what was looked for stands, marked: `snippet`.

FTS5's own function compares each place of a word with every other, so that a page which says one word 20,000 times
would take seconds, and a longer one hours. This one reads a text once, and not all of a very long one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

from scraper.text.bigrams import RUN
from scraper.text.prose import fold

WIDTH = 160  # characters, about
ASIDE = 40  # of them before the first place
MOST_READ = 100_000  # characters of a text in which is looked
MOST_PLACES = 200  # of which the best are taken

_SIGN = r"[\W_]+"
_EDGES = (r"(?<![^\W_])", r"(?![^\W_])")


class _Bases(dict[int, str]):
    """Each character in lower case without its accent, always one character."""

    def __missing__(self, code: int) -> str:
        self[code] = base = (unicodedata.normalize("NFKD", chr(code))[:1].lower() or " ")[0]
        return base


_BASES = _Bases()


def snippet(texts: Sequence[str | None], terms: Sequence[str], marks: tuple[str, str] = ("[", "]")) -> str:
    r"""The piece of these texts in which most of the terms stand, which `marks` enclose; of equals the last text's.

    Case and accents do not count. Where no term stands it is the beginning of the last text.

    >>> snippet(["Bread", "We bake brèad,\nand nothing else."], ["bread"])
    'We bake [brèad], and nothing else.'
    """
    pattern = _pattern(terms)
    best: tuple[int, str, list[tuple[int, int]]] = (0, "", [])
    for text in reversed(texts):
        if text and pattern:
            composed = unicodedata.normalize("NFC", text[:MOST_READ])
            number, places = _best_places(composed, pattern)
            if number > best[0]:
                best = (number, composed, places)
    if not best[0]:
        return _cut(texts[-1] or "", 0, [], marks) if texts else ""
    return _cut(best[1], max(0, best[2][0][0] - ASIDE), best[2], marks)


def _pattern(terms: Sequence[str]) -> re.Pattern[str] | None:
    """Finds each term, as a group of its own; of scripts without spaces within words too."""
    groups = []
    for term in terms:
        words = [re.escape(word) for word in re.split(_SIGN, _plain(unicodedata.normalize("NFC", term))) if word]
        edges = ("", "") if RUN.search(term) else _EDGES
        if words:
            groups.append(f"({edges[0]}{_SIGN.join(words)}{edges[1]})")
    return re.compile("|".join(groups)) if groups else None


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_BASES)


def _best_places(text: str, pattern: re.Pattern[str]) -> tuple[int, list[tuple[int, int]]]:
    """How many different terms stand near each other at most, and where."""
    found = list(islice(pattern.finditer(_plain(text)), MOST_PLACES))
    best: tuple[int, list[tuple[int, int]]] = (0, [])
    for at, first in enumerate(found):
        near = [each for each in found[at:] if each.end() <= first.start() + WIDTH - ASIDE or each is first]
        number = len({each.lastindex for each in near})
        if number > best[0]:
            best = (number, [each.span() for each in near])
    return best


def _cut(text: str, start: int, places: list[tuple[int, int]], marks: tuple[str, str]) -> str:
    """The text from about `start` on, cut between words, its white space folded."""
    end = max(start + WIDTH, places[-1][1] if places else 0)
    if start:
        start = _space_after(text, start, places[0][0])
    pieces, at = [], start
    for first, last in places:
        pieces += [text[at:first], marks[0], text[first:last], marks[1]]
        at = last
    if end < len(text):
        space = text.rfind(" ", at, end)
        end = space if space > at else end
    pieces.append(text[at:end])
    return ("…" if start else "") + fold("".join(pieces)) + ("…" if end < len(text) else "")


def _space_after(text: str, start: int, limit: int) -> int:
    space = text.find(" ", start, limit)
    return start if space < 0 else space + 1
