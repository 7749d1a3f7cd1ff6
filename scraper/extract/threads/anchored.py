"""Threads without a name that tells: `find_anchored` takes the times in them for their comments' anchors.

Bodies differ, but each comment of a thread shows its time at the same place of the template (MiBAT, CIKM 2010).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import islice, pairwise

from scraper.extract.threads.comment_words import PROFILE_LINK
from scraper.extract.threads.record import Record, share
from scraper.extract.threads.runs import DIGIT, ENDS, LEAST_TEXT, LONGEST_LINE, MOST_PARTS, is_likely, kind, nested_anew
from scraper.extract.threads.scopes import scopes
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.dates import find_times, read_time
from scraper.text.urls import path_of

COMMENTS = re.compile(r"comment|kommentar|coment|reactie|respon[sd]", re.I)
AMBIGUOUS = re.compile(r"\W*\d\d?([./-])\d\d?\1(?:19|20)\d\d\W*")  # a day and a month in some order
LINKED_HEADINGS = ", ".join(f"h{level} a[href], a[href] h{level}" for level in (1, 2, 3, 4))
ROWS = frozenset({"table", "tr", "td"})
WHOLE = 0.5  # share of the page's text that no thread of one comment has
PINGED = re.compile("(?:ping|track)back", re.I)
HEADLINE = 30  # characters of a link that leads to another page, where the rest of an entry is shorter
TITLE = 3  # words of a link, from which it is no name
MOST_ANCHORS = 20_000
MOST_SCOPES = 30


def find_anchored(document: Document, regions: list[Node], beside: set[int]) -> list[Record]:
    """The comments of the first part of the page that holds some: a region of comments, or what follows a heading."""
    tried: list[tuple[int, int]] = []
    for container, start, end in islice(scopes(document, regions), MOST_SCOPES):
        if any(first <= start and end <= last for first, last in tried):
            continue
        tried.append((start, end))
        anchors = _anchors(document, start, end, beside)
        if len(anchors) > 1 or (anchors and _tells_one(container, anchors[0])):
            records = _records(document, container, start, end, anchors)
            if records:
                return records
    return []


def _anchors(document: Document, start: int, end: int, beside: set[int]) -> list[Node]:
    """The elements of the most frequent role that show a time."""
    found: list[Node] = []
    for node in document.nodes[start:end]:
        if node.tag in ENDS or node.label is not None:
            continue
        text = node.own_text()
        if node.tag == "time" and not DIGIT.search(text):
            text = node.get("datetime") or ""
        if not 3 < len(text) <= LONGEST_LINE or not DIGIT.search(text):
            continue
        if any(up.tag == "blockquote" for up in islice(node.ancestors(), 3)):
            continue  # a post of a network that is shown in the page
        if _shows_day(text) and not node.is_within(beside):
            found.append(node)
            if len(found) > MOST_ANCHORS:
                break
    roles = [_role(node) for node in found]
    most = Counter(roles).most_common(1)
    return [node for node, role in zip(found, roles, strict=True) if role == most[0][0]] if most else []


def _shows_day(text: str) -> bool:
    if AMBIGUOUS.fullmatch(text):
        return True
    whole = read_time(text)
    found = [whole] if whole else [when for _, _, when in find_times(text)]
    return any(when.precision not in ("year", "month") for when in found)


def _tells_one(container: Node, anchor: Node) -> bool:
    """Whether the only time of a region is that of a comment, and the region no wrapper of the page."""
    is_part = container.text_length < WHOLE * container.document.body.text_length
    return is_part and COMMENTS.search(container.names) is not None and container.select_one("h1") is None


def _role(node: Node) -> tuple[str, ...]:
    return (*kind(node), *(kind(node.parent)[:1] if node.parent else ()))


def _records(document: Document, container: Node, start: int, end: int, anchors: list[Node]) -> list[Record]:
    units = [
        _unit(
            anchor,
            anchors[place - 1].index if place else -1,
            anchors[place + 1].index if place + 1 < len(anchors) else end,
            container,
            start,
        )
        for place, anchor in enumerate(anchors)
    ]
    units = _items(anchors, container) or units
    usual = Counter(map(kind, units)).most_common(1)[0][0]
    records: list[Record] = []
    for unit, anchor in zip(units, anchors, strict=True):
        records.append(Record(_as_usual(unit, anchor, usual), f"{len(records)}"))
    whole = sum(
        unit.text_length - anchor.text_length >= LEAST_TEXT for unit, anchor in zip(units, anchors, strict=True)
    )
    if 2 * whole <= len(records):
        _extend(document, container, start, end, records)
    records = share(nested_anew(records))
    for record in records:
        record.identity = None  # it told them from parts of each other
    good = [record for record in records if is_likely(record)]
    if usual[0] in ROWS or any(record.node.select_one("h1") is not None for record in good):
        return []  # a table of results, or the page as a whole
    lists = sum(_is_listed(record, anchors) for record in good)
    if 2 * lists > len(good) or 2 * len(set(filter(None, map(_led_to, good)))) > len(good):
        return []
    return good if 2 * len(good) > len(records) else []


def _items(anchors: list[Node], container: Node) -> list[Node]:
    """The list items that the anchors stand in, where each has its own and some are nested in others: answers."""
    items: list[Node] = []
    for anchor in anchors:
        item = next((up for up in (anchor, *anchor.ancestors()) if up.tag == "li"), None)
        if item is None or not container.contains(item):
            return []
        items.append(item)
    are_own = len({id(item) for item in items}) == len(items)
    return items if are_own and any(one.contains(other) for one, other in pairwise(items)) else []


def _as_usual(unit: Node, anchor: Node, usual: tuple[str, str]) -> Node:
    """The element of the kind that the others are: where nothing is nested in a comment, its unit is larger."""
    if kind(unit) == usual:
        return unit
    within = [up for up in anchor.ancestors() if unit.contains(up) and kind(up) == usual]
    if within:
        return within[-1]
    return unit.parent if unit.parent is not None and kind(unit.parent) == usual else unit


def _is_listed(record: Record, anchors: list[Node]) -> bool:
    """Whether it is an entry of a list: a link with its day, or a heading or headline that links to a page."""
    place = bisect_left(anchors, record.node.index, key=lambda each: each.index)
    time = anchors[place] if place < len(anchors) and record.holds(anchors[place]) else None
    words = record.text_length - record.link_length - (time.text_length - time.link_length if time else 0)
    if words < LEAST_TEXT or record.select(LINKED_HEADINGS):
        return True
    if any(map(PINGED.match, record.pieces())):
        return False
    return any(link.text_length > max(HEADLINE, words) for link in record.select("a[href]"))


def _led_to(record: Record) -> str | None:
    """The other page that a record's first words lead to, if they are the title of one and nobody's name."""
    first = next((node for node in record.subtree() if node.text_length and node.strings_here), None)
    link = next((up for up in (first, *first.ancestors()) if up.tag == "a"), None) if first is not None else None
    href = link.get("href") or "" if link is not None else ""
    if link is None or len(link.text().split()) < TITLE or "#" in href or PROFILE_LINK.search(href):
        return None
    return path_of(href)


def _unit(anchor: Node, before: int, after: int, container: Node, start: int) -> Node:
    """The largest element around an anchor that holds no other."""
    unit = anchor
    for up in anchor.ancestors():
        if up is container or up.index <= before or up.end > after or up.index < start:
            break
        unit = up
    return unit


def _extend(document: Document, container: Node, start: int, end: int, records: list[Record]) -> None:
    """Gives each line with a time the siblings that belong to it: those before it, or those after it."""
    stops = {id(record.node) for record in records}
    before = [_siblings(document, record.node, stops, start, -1) for record in records]
    after = [_siblings(document, record.node, stops, start, 1) for record in records]
    if before[0] and (not after[-1] or _nearest(before[0]) & _nearest(*before[1:])):
        for record, run in zip(records, before, strict=True):
            run.reverse()
            record.node, record.more = (run[0], [*run[1:], record.node]) if run else (record.node, [])
        return
    usual = max((len(run) for run in after[:-1]), default=1)
    for record, run in zip(records, after, strict=True):
        record.more = run if record is not records[-1] else run[:usual]


def _nearest(*runs: list[Node]) -> set[tuple[str, str]]:
    return {kind(run[0]) for run in runs if run}


def _siblings(document: Document, node: Node, stops: set[int], start: int, step: int) -> list[Node]:
    found: list[Node] = []
    parent = node.parent
    if parent is None:
        return found
    beside = parent.below
    place = bisect_left(beside, node.index, key=lambda each: each.index) + step
    while 0 <= place < len(beside) and len(found) < MOST_PARTS:
        each = beside[place]
        if id(each) in stops or each.tag in ENDS or each.index < start:
            break
        found.append(each)
        place += step
    return found
