"""Pages as web archives show them, with a toolbar put in and links rewritten: `as_captured` takes both off.

The Wayback Machine and pywb mark what they put into a page. Where a page was saved with it, by a browser or another
tool, the post is to be read as it was, and its links lead where they led.
"""

from __future__ import annotations

import re

MARKS = (b"WAYBACK TOOLBAR INSERT", b"__wm.wombat(", b"wm-ipp-base", b"<!-- WB Insert -->", b"wbinfo.timestamp")
_PUT_IN = re.compile(
    rb"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.{0,200000}?<!-- END WAYBACK TOOLBAR INSERT -->"
    rb"|<!-- WB Insert -->.{0,50000}?<!-- End WB Insert -->"
    rb"|<script\b[^>]{0,300}(?:archive\.org|/_static/|/static/)[^>]{0,300}>.{0,20000}?"
    rb"<!-- End Wayback Rewrite JS Include -->",
    re.S,
)
# The whole of a rewritten address, so that an address of another memento within it stays as it was.
_REWRITTEN = re.compile(
    rb"(?:(?:https?:)?//[\w.:-]{1,260})?(?:/[\w-]{1,60}){1,2}/\d{14}(?:[a-z]{2}_)?/"
    rb"((?:https?:)?//?[^\s\"'<>()]{1,4000}|mailto:[^\s\"'<>]{1,400})"
)


def is_rewritten(page: bytes) -> bool:
    """Whether the page bears the marks of an archive's own pages."""
    return any(mark in page for mark in MARKS)


def as_captured(page: bytes) -> bytes:
    """The page without what the archive put in, its links as they were; any other page unchanged.

    >>> as_captured(b'<!-- BEGIN WAYBACK TOOLBAR INSERT -->x<!-- END WAYBACK TOOLBAR INSERT -->'
    ...     b'<a href="/web/20120320100405/http://blog.example/a">')
    b'<a href="http://blog.example/a">'
    """
    if not is_rewritten(page):
        return page
    return _REWRITTEN.sub(lambda found: _whole(found[1]), _PUT_IN.sub(b"", page))


def _whole(address: bytes) -> bytes:
    """The address with both slashes of its scheme."""
    return re.sub(rb"\A(https?):/(?!/)", rb"\1://", address)
