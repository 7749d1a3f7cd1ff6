"""The days that a page shows, and how likely each is the post's own by where it stands: `near_title`, `in_dated`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from scraper.model import When
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.date_labels import Said, said_of
from scraper.text.dates import find_times, read_time

# A year with a day beside it, or numbers like '14.5.12'; a digit first, which makes the search quick.
DAY = re.compile(
    r"\d(?:\d?\D{1,20}(?:[12٠-٩۰-۹]\d{3}|['’]\d\d)(?!\d)|\d{3}(?:\D{1,3}\d|\d{4}(?!\d))"
    r"|\d?[./-]\d\d?[./-]\d\d(?!\d))"
)
# Classes and ids of elements that show when something appeared: words that begin with these, and some that end so. Each
# alternative begins with a letter, which makes the search quick.
DATED = re.compile(
    "|".join(
        rf"{word}(?<![a-z]{word}){end}"
        for word, end in (
            ("date", "(?!picker)"), ("datum", ""), ("time", ""), ("published", ""), ("pubdate", ""), ("posted", ""),
            ("fecha", ""), ("publishdat", ""), ("data", "(?= )"),
        )
    )
    + "|date(?=[ _-])|"
    + "|".join(f"{word}[_-]?(?:date|time)" for word in ("post", "pub", "item", "news", "article", "entry"))
)  # fmt: skip
PRECISE = ("day", "minute", "second")
BEFORE, CLOSE, AFTER = 12, 30, 60  # elements before and after the title that are looked through
LONGEST_PIECE = 120  # characters of a piece of text that is looked into; of a longer one, only
BEGINNING = 100  # these
LONGEST_PARTS, MOST_PARTS = 24, 10  # characters and elements of a day whose day, month and year are elements
MOST_DATED = 200  # elements that speak of dates
LONGEST_TIME = 80  # characters of a time element
LONGEST_AROUND, FARTHEST_AROUND = (
    160,
    4,
)  # characters of the elements around a day that may say what it is; and how many
LABEL = 40  # characters before a day that may say what it is

# How much speaks for a day: where it stands from the title, in elements, and what is beside it.
PLACES = ((-12, -7, 2.5), (-6, -1, 3.5), (0, 5, 4.5), (6, 12, 4.0), (13, 30, 3.0))
ELSEWHERE = 1.0
SAID: dict[Said, float] = {"published": 2.0, "modified": -3.0, "other": -4.0, "nothing": 0.0}
IN_DATED, STATED = 2.0, 0.5  # in an element that speaks of dates; in its machine-readable attribute
ALONE, ALMOST_ALONE, IN_PROSE = 1.0, 0.5, -5.0
OPENING, DATELINE = -0.5, -2.0  # '(14.05.2012) The baker ...' and 'BERLIN, 14 May 2012 - The baker ...' below the title
IN_THREAD, IN_CHROME, NEAR_IN_CHROME, IN_QUOTE, IN_LINK = -10.0, -4.0, -2.5, -2.0, -1.0
CHROME = frozenset("menu header footer widget related search advert popup cookie_notice share newsletter jobs".split())
FIRM = frozenset("menu header footer search popup cookie_notice".split())  # also where it stands close before the title
LISTING = CHROME | {"template"}
MANY, LISTED = 3, -8.0  # so many days in one block of these are those of what it lists


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A day on the page, how much speaks for it, and what the words before it say; `distance` is from the title."""

    when: When
    node: Node
    text: str
    score: float
    distance: int | None
    said: Said


def near_title(document: Document, title: Node | None, after: int, day_first: bool | None) -> list[ShownDate]:
    """The days shown around the title, what most speaks for first. `day_first` is that of `read_time`."""
    if title is None:
        return []
    found = _days_in(document.nodes[max(0, title.index - BEFORE) : title.end + after], title, day_first)
    return sorted(_without_lists(list(found)), key=lambda shown: -shown.score)


def in_dated(document: Document, title: Node | None, day_first: bool | None) -> list[ShownDate]:
    """The days anywhere on the page in elements whose tag, class or id speaks of dates, in page order."""
    first = max(0, title.index - BEFORE) if title else 0  # farther above is the page's head, with the day of today
    dated = (node for node in document.nodes[first:] if node.tag == "time" or _speaks_of_dates(node.names))
    return _without_lists(list(_days_in(islice(_with_parts(dated), MOST_DATED), title, day_first)))


def _with_parts(dated: Iterable[Node]) -> Iterator[Node]:
    """The elements that speak of dates, each with those right below it where it has no text of its own."""
    for node in dated:
        yield node
        if not node.strings_here:
            yield from (each for each in node.below if not _is_dated(each))


def _without_lists(found: list[ShownDate]) -> list[ShownDate]:
    """The days, of which many in one block of chrome count for less, and many different ones in places alike."""
    if len(found) < MANY:
        return found
    blocks = [next((id(up) for up in each.node.ancestors() if up.label in LISTING), 0) for each in found]
    paths = [each.node.path for each in found]
    sizes = Counter(blocks)
    alike = Counter(path for path, _ in {(path, each.when.iso) for path, each in zip(paths, found, strict=True)})
    return [
        replace(each, score=each.score + LISTED) if (block and sizes[block] >= MANY) or alike[path] >= MANY else each
        for block, path, each in zip(blocks, paths, found, strict=True)
    ]


def _days_in(nodes: Iterable[Node], title: Node | None, day_first: bool | None) -> Iterator[ShownDate]:
    for node in nodes:
        if _may_show(node):
            for text, stated in _texts(node):
                yield from _in_text(node, text, stated, title, day_first)


def _may_show(node: Node) -> bool:
    """A quick look that spares most elements the rest."""
    here = node.strings_here
    for piece in here:
        if DAY.search(piece, 0, LONGEST_PIECE):
            return True
    if node.tag != "time" and (here or not _is_dated(node)):
        return False
    return _is_small(node)


def _is_small(node: Node) -> bool:
    return node.end - node.index <= MOST_PARTS and node.text_length < (
        LONGEST_TIME if node.tag == "time" else LONGEST_PARTS
    )


def _texts(node: Node) -> Iterator[tuple[str, str | None]]:
    """The pieces of text that may show a day, each with what the element states for machines."""
    if node.tag == "time" and _is_small(node):
        yield node.text(), node.get("datetime")
    elif not node.strings_here:
        yield " ".join(node.pieces()), None  # the day, the month and the year in an element each
    else:
        for piece in node.strings_here:
            if DAY.search(piece, 0, LONGEST_PIECE):
                text = " ".join(piece[: 2 * LONGEST_PIECE].split())
                yield text if len(text) <= LONGEST_PIECE else text[:BEGINNING], None


def _in_text(
    node: Node, text: str, stated: str | None, title: Node | None, day_first: bool | None
) -> Iterator[ShownDate]:
    when = read_time(stated, day_first=day_first) if stated else None
    read = read_time(text, day_first=day_first) if when is None or when.utc_offset == 0 else None
    if when is None or _is_next_day(read, when):
        when = read
    alone = when is not None and when.local is not None
    found = (
        [(max(0, text.find(when.shown)), len(text), when)] if alone and when else find_times(text, day_first=day_first)
    )
    last = 0
    for start, end, each in found:
        if each.local is not None and each.precision in PRECISE:
            said = _said(node, text, text[last:start])
            beside = 0 if alone else len(text) - (end - start)
            distance = _distance(node, title)
            score = SAID[said] + STATED * bool(stated) + _setting(start, beside, distance)
            score += _standing(node, distance, title)
            yield ShownDate(each, node, text, score, distance, said)
        last = end


def _is_next_day(read: When | None, stated: When) -> bool:
    """Whether an element shows the day before or after the one that it states in UTC."""
    if read is None or read.local is None or stated.local is None or read.precision not in PRECISE:
        return False
    return abs((read.local.date() - stated.local.date()).days) == 1


def _distance(node: Node, title: Node | None) -> int | None:
    if title is None:
        return None
    return node.index - title.end if node.index >= title.end else min(0, node.index - title.index)


def _said(node: Node, text: str, before: str) -> Said:
    """What the words before a day say of it: those in its own text, else those before it in the elements around."""
    up = node.parent
    for _ in range(FARTHEST_AROUND):
        if before.strip(" |·-–—•,:(") or up is None or up.text_length > LONGEST_AROUND:
            break
        around = up.text()
        before = around[: around.find(text)] if text in around else ""
        up = up.parent
    said = said_of(before[-LABEL:])
    return "modified" if said == "nothing" and _is_changed(node.names) else said


def _is_changed(names: str) -> bool:
    """Whether classes call it the time of a change: 'updated' only where it is hidden, as hAtom calls any time so."""
    return "modif" in names or ("updated" in names and "hidden" in names)


def _standing(node: Node, distance: int | None, title: Node | None) -> float:
    """What the element's place on the page says for a day in it."""
    score = next(
        (weight for first, last, weight in PLACES if distance is not None and first <= distance <= last), ELSEWHERE
    )
    close = distance is not None and -12 <= distance <= 20
    dated = _is_dated(node) or (node.parent is not None and _is_dated(node.parent))
    around = [node, *node.ancestors()]
    labels = {up.label for up in around if up.label and not (up.label == "footer" and _is_of_article(up, title))}
    tags = {up.tag for up in around[:4]}
    if dated:
        score += IN_DATED
    elif "a" in {up.tag for up in around[:3]}:
        score += IN_LINK
    if "comments" in labels:
        score += IN_THREAD
    if labels & CHROME:
        excused = close and "related" not in labels and ((distance or 0) >= 0 or not labels & FIRM)
        score += NEAR_IN_CHROME if excused else IN_CHROME
    elif title is not None and any(up.tag == "header" and not up.contains(title) for up in around):
        score += IN_CHROME
    if "blockquote" in tags or ("td" in tags and not close):
        score += IN_QUOTE
    return score


def _is_of_article(foot: Node, title: Node | None) -> bool:
    """Whether it is the foot of the article that the title heads."""
    article = next((up for up in foot.ancestors() if up.tag == "article"), None)
    return foot.tag == "footer" and title is not None and article is not None and article.contains(title)


def _setting(start: int, beside: int, distance: int | None) -> float:
    """What the text beside a day says for it; a day in running text is none of the post."""
    if beside == 0:
        return ALONE
    if beside <= 30:
        return ALMOST_ALONE
    if beside <= 60:
        return 0.0
    below_title = distance is not None and 0 <= distance <= 12
    return IN_PROSE if not below_title or start > 30 else OPENING if start <= 1 else DATELINE


def _is_dated(node: Node) -> bool:
    return node.tag == "time" or (bool(node.names) and _speaks_of_dates(node.names))


@lru_cache(maxsize=4096)
def _speaks_of_dates(names: str) -> bool:
    return bool(DATED.search(names))
