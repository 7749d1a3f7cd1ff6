"""Comments that have no element of their own but a run of siblings: `with_siblings`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from scraper.extract.threads.record import Record, around
from scraper.parse.node import Node
from scraper.text.dates import find_times, read_time

LONGEST_LINE = 100  # characters of a text that is tried as a time
MOST_LOOKED_AT = 12  # short texts with a digit that are tried as a time
LEAST_TEXT = 12  # characters of a comment outside links
SAMPLE = 30  # comments of a thread that tell how its template is built
MOST_PARTS = 200  # siblings of one comment
NUMBERS = re.compile(r"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{20,}|\d+")  # and longer identifiers
DIGIT = re.compile(r"\d")
# What is a time although it does not say which: a time of day, a day or month that may be either.
# Each begins with a digit, what stands before it is looked up behind that: so the places without one are passed over.
SOME_TIME = re.compile(
    r"\d(?:(?<![^\s@]\d)(?:(?<=[0-2])\d)?[:.][0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?)?$"
    r"|(?<!\d\d)\d?([./-])\d\d?\1(?:19|20)?\d\d(?!\d))",
    re.I,
)
AUTHOR = (  # who, in a comment whose id or class speaks for it
    "[class*=author], [id*=author], [class*=username], [class*=commenter], [class*=poster], [class*=nick], .fn, .by, "
    ".byline, cite"
)
TIMES = (
    "time, abbr[title], [itemprop=datePublished], [itemprop=dateCreated], [itemprop=commentTime], .dt-published, "
    "[typeof] [property$=datePublished], [typeof] [property$=dateCreated]"
)
WORDS = "[class*=body], [class*=Body], [class*=text], [class*=content], [class*=message]"
ENDS = frozenset("h1 h2 h3 h4 h5 h6 form script style nav footer".split())


def with_siblings(records: list[Record], *, are_heads: bool = False) -> list[Record]:
    """The records, those that hold only the beginning of a comment with the siblings that hold the rest of it.

    A `dt` has its `dd`s; anything else, where most lack a time or words of their own, all up to the next record.

    :param are_heads: whether they are known to be beginnings, whatever they hold.
    """
    partial = [record for record in records if record.node.tag == "dt"]
    if not partial:
        tried = records[:SAMPLE]
        if not are_heads and 2 * sum(map(is_likely, tried)) > len(tried):
            return records
        partial = records  # a day in the words of some makes them no whole comments
    starts = {id(record.node) for record in records}
    holding = around(records)
    runs = [list(_rest(record.node, starts, holding)) for record in partial]
    ends = [run[-1] for run in runs[:-1] if run]
    end_in_times = not are_heads and 2 * sum(shows_time(node.pieces()) for node in ends) > len(ends)
    last = None if end_in_times else _most_common(ends)
    for place, (record, run) in enumerate(zip(partial, runs, strict=True)):
        is_last = place + 1 == len(runs) or partial[place + 1].node.parent is not record.node.parent
        _extend(record, _up_to(run, last) if is_last and record.node.tag != "dt" else run)
    return nested_anew([record for record in records if record.text_length])


def nested_anew(records: list[Record]) -> list[Record]:
    """The records without those that are only a part of another, the others nested in each other anew."""
    kept: list[Record] = []
    open_: list[Record] = []
    for record in records:
        while open_ and open_[-1].end <= record.node.index:
            open_.pop()
        if open_ and record.identity in (None, open_[-1].identity):
            continue
        record.nested = []
        if open_:
            open_[-1].nested += record.parts
        kept.append(record)
        open_.append(record)
    return kept


def _extend(record: Record, run: list[Node]) -> None:
    if record.node.text_length:
        record.more = run
    elif run:  # an empty anchor
        record.node, record.more = run[0], run[1:]


def _rest(node: Node, starts: set[int], holding: set[int]) -> Iterator[Node]:
    """The siblings after a comment's first element that show text, up to the next comment, heading or form."""
    is_term = node.tag == "dt"
    count = 0
    for each in node.following():
        if each.tag != "dd" if is_term else id(each) in starts or id(each) in holding or each.tag in ENDS:
            return
        if each.text_length:
            yield each
            count += 1
            if count == MOST_PARTS:
                return


def _most_common(nodes: list[Node]) -> tuple[str, str] | None:
    most = Counter(map(kind, nodes)).most_common(1)
    return most[0][0] if most else None


def kind(node: Node) -> tuple[str, str]:
    """The tag and classes, numbers off: what elements of one role in a template share."""
    return node.tag, NUMBERS.sub("", " ".join(node.names.split()))


def _up_to(run: list[Node], last: tuple[str, str] | None) -> list[Node]:
    """A run without what follows the thread: up to the kind of element that ends the others, else to a time."""
    for place, node in enumerate(run):
        if kind(node) == last if last else shows_time(node.pieces()):
            return run[: place + 1]
    return run[:1]


def is_likely(record: Record, least: int = LEAST_TEXT) -> bool:
    """Whether a comment shows a time of its own (a thread's records are anchored on them), and not only links.

    :param least: characters outside links that it must have.
    """
    if record.text_length - record.link_length < least:
        return False
    if record.select(TIMES):
        return True
    if record.thread is None:  # to look its selectors up for it alone takes longer than to read its texts
        return shows_time(record.pieces()) or _is_signed(record)
    return _is_signed(record) or shows_time(record.pieces())


def _is_signed(record: Record) -> bool:
    """Whether an element whose id or class speaks of a comment shows who wrote it."""
    is_named = record.identity is not None or (" comment " in record.node.names and bool(record.select(WORDS)))
    return is_named and bool(record.select(AUTHOR))


def shows_time(pieces: Iterable[str]) -> bool:
    """Whether one of the first short texts with a digit is a time or holds one."""
    left = MOST_LOOKED_AT
    for text in pieces:
        if 3 < len(text) <= LONGEST_LINE and DIGIT.search(text):
            if SOME_TIME.search(text) or read_time(text) or find_times(text):
                return True
            left -= 1
            if not left:
                break
    return False
