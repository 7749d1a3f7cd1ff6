"""What a page asks of robots: `find_directives`, from its `meta` elements and its X-Robots-Tag headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scraper.parse.html import Document

US = "blog-to-sqlite"
ELEMENTS = f'meta[name="robots" i], meta[name="{US}" i]'
HEADER = "x-robots-tag"
# Directives that have a value behind a colon; any other word there names the robot that is spoken to.
_ROBOT = re.compile(r"[a-z][a-z0-9_-]*")
_WORD = re.compile(r"[a-z][a-z_-]*")
VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def find_directives(document: Document | None, headers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What is asked of all robots or of us, in lower case, each once: ('noindex', 'noarchive', 'max-snippet:-1').

    What a header asks of another robot by name is not for us. `document` is None for what is no page.
    """
    stated = [node.get("content") or "" for node in document.select(ELEMENTS)] if document is not None else []
    stated += [value for name, value in headers if name.lower() == HEADER]
    return tuple(dict.fromkeys(each for text in stated for each in read_directives(text)))


def read_directives(text: str) -> Iterator[str]:
    """The directives for everybody, or for us, in one statement.

    >>> list(read_directives("NoIndex, googlebot: noarchive, nofollow")), list(read_directives("max-snippet:-1"))
    (['noindex'], ['max-snippet:-1'])
    >>> list(read_directives("unavailable_after: Wed, 25-Jun-25 15:00:00 UTC, noarchive"))
    ['unavailable_after:wed', 'noarchive']
    """
    is_for_us = True
    for part in text.lower().split(","):
        name, colon, value = part.strip().partition(":")
        name, value = name.strip(), value.strip()
        if colon and name not in VALUED:
            if _ROBOT.fullmatch(name):  # what follows is for this one
                is_for_us, name, colon = name == US, value, ""
            else:  # the rest of a date
                continue
        if name and is_for_us and (colon or _WORD.fullmatch(name)):
            yield f"{name}:{value}" if colon else name
