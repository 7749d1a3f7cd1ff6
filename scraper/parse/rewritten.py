"""Pages as web archives show them, with a toolbar put in and links rewritten: `as_captured` takes both off.

The Wayback Machine and pywb mark what they put into a page. Where a page was saved with it, by a browser or another
tool, the post is to be read as it was, and its links lead where they led.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MARKS = (
    b"<!-- BEGIN WAYBACK TOOLBAR INSERT",
    b"<!-- WB Insert -->",
    b"__wm.wombat(",
    b"wbinfo.timestamp",
    b"wm-ipp-base",
)
# A mark is one where it is no part of what the page says: a comment, in a script, or the id of an element.
_MARKED = re.compile(
    rb"<!-- (?:BEGIN WAYBACK TOOLBAR INSERT|WB Insert -->)"
    rb"|<script\b(?:(?!</?script\b).){0,20000}?(?:__wm\.wombat\(|wbinfo\.timestamp)"
    rb"|<div\b[^<>]{0,300}?\bid=[\"']?wm-ipp-base\b",
    re.S | re.I,
)
_PUT_IN = (  # how what is put in begins and ends, and the most bytes of it
    (re.compile(rb"<!-- BEGIN WAYBACK TOOLBAR INSERT -->"), b"<!-- END WAYBACK TOOLBAR INSERT -->", 200_000),
    (re.compile(rb"<!-- WB Insert -->"), b"<!-- End WB Insert -->", 50_000),
    (
        re.compile(rb"<script\b[^<>]{0,300}?(?:archive\.org|/_static/|/static/)[^<>]{0,300}>"),
        b"<!-- End Wayback Rewrite JS Include -->",
        20_000,
    ),
)
# The whole of a rewritten address, so that an address of another memento within it stays as it was.
_REWRITTEN = re.compile(
    rb"(?:(?:https?:)?//[\w.:-]{1,260})?(?:/[\w-]{1,60}){1,2}/\d{14}(?:[a-z]{2}_)?/"
    rb"((?:https?:)?//?[^\s\"'<>()]{1,4000}|mailto:[^\s\"'<>]{1,400})"
)


def is_rewritten(page: bytes) -> bool:
    """Whether the page bears the marks of an archive's own pages."""
    return any(mark in page for mark in MARKS) and _MARKED.search(page) is not None


def as_captured(page: bytes) -> bytes:
    """The page without what the archive put in, its links as they were; any other page unchanged.

    >>> as_captured(b'<!-- BEGIN WAYBACK TOOLBAR INSERT -->x<!-- END WAYBACK TOOLBAR INSERT -->'
    ...     b'<a href="/web/20120320100405/http://blog.example/a">')
    b'<a href="http://blog.example/a">'
    """
    if not is_rewritten(page):
        return page
    for begin, end, longest in _PUT_IN:
        page = b"".join(_without(page, begin, end, longest))
    return _REWRITTEN.sub(lambda found: _whole(found[1]), page)


def _without(page: bytes, begin: re.Pattern[bytes], end: bytes, longest: int) -> Iterator[bytes]:
    """What stands before, between and behind the parts that begin and end so."""
    kept, last = 0, page.find(end)
    for found in begin.finditer(page):
        if found.start() < kept:
            continue
        if last < found.end():
            last = page.find(end, found.end())
        if last < 0:
            break
        if last - found.end() <= longest:
            yield page[kept : found.start()]
            kept = last + len(end)
    yield page[kept:]


def _whole(address: bytes) -> bytes:
    """The address with both slashes of its scheme."""
    return re.sub(rb"\A(https?):/(?!/)", rb"\1://", address)
