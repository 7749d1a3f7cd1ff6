"""What a page asks of robots: `find_directives`, from its `meta` elements and its X-Robots-Tag headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scraper.parse.html import Document

ELEMENTS = 'meta[name="robots" i]'
HEADER = "x-robots-tag"
# Directives that have a value behind a colon; any other word there names the robot that is spoken to.
VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def find_directives(document: Document, headers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What is asked of all robots, in lower case, each once: ('noindex', 'noarchive', 'max-snippet:-1').

    What a header asks of one robot by name is not for us.
    """
    stated = [node.get("content") or "" for node in document.select(ELEMENTS)]
    stated += [value for name, value in headers if name.lower() == HEADER]
    return tuple(dict.fromkeys(each for text in stated for each in read_directives(text)))


def read_directives(text: str) -> Iterator[str]:
    """The directives for everybody in one statement.

    >>> list(read_directives("NoIndex, googlebot: noarchive, nofollow")), list(read_directives("max-snippet:-1"))
    (['noindex'], ['max-snippet:-1'])
    """
    for part in text.lower().split(","):
        name, colon, value = part.strip().partition(":")
        name, value = name.strip(), value.strip()
        if colon and name not in VALUED:  # a robot's name; what follows is for it too
            return
        if name:
            yield f"{name}:{value}" if colon else name
