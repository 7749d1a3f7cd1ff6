"""A post that stands on several pages: the numbers in their addresses, and its text put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from scraper.model import Image, Link, Post
from scraper.text.prose import fold
from scraper.text.urls import path_of, without_fragment, without_query

MOST = 99  # pages of one post
PATHS = (  # what the number's part of a path looks like; group 1 is the number
    re.compile(r"/page/(\d{1,2})/?$"),
    re.compile(r"/(\d{1,2})/?$"),  # WordPress, for <!--nextpage-->
    re.compile(r"[-_]page[-_]?(\d{1,2})(?=\.\w{2,5}$|/?$)"),
)
PARAMETERS = frozenset({"page", "pg", "seite", "pagina", "pagenum"})


@dataclass(frozen=True, slots=True)
class Part:
    """What one page holds of its post."""

    number: int  # from 1
    text: str
    html: str
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()


def numbered(url: str) -> Iterator[tuple[str, int]]:
    """The ways to read the URL as a page of a post: the address of the post's first page, and the number.

    >>> list(numbered("https://blog.example/hello/2/"))
    [('https://blog.example/hello/', 2)]
    >>> list(numbered("https://blog.example/hello-page-3.html"))
    [('https://blog.example/hello.html', 3)]
    >>> list(numbered("https://blog.example/?p=7&page=2"))
    [('https://blog.example/?p=7', 2)]
    """
    url = without_fragment(url)
    path = path_of(url)
    for pattern in PATHS:
        found = pattern.search(path)
        if found and found.start() > 0 and 1 <= int(found[1]) <= MOST:
            start = url.index(path, url.index("//") + 2 if "//" in url else 0)
            bare = path[: found.start()] + (path[found.end() :] or "/" * path.endswith("/"))
            yield url[:start] + bare + url[start + len(path) :], int(found[1])
            break
    query = url.partition("?")[2]
    for name, value in dict(parse_qsl(query)).items() if query else ():
        if name in PARAMETERS and value.isdecimal() and len(value) < 3 and 1 <= int(value) <= MOST:
            yield without_query(url, {name}), int(value)


def part_of(post: Post, number: int) -> Part:
    return Part(number, post.text, post.html, post.images, post.links)


def joined(parts: Iterable[Part]) -> Part:
    """All parts as one, in the order of their numbers. What a page says that one before it said is not said twice."""
    kept: list[Part] = []
    known: set[str] = set()
    for part in sorted(parts, key=lambda each: each.number):
        words = fold(part.text)
        if words not in known:
            kept.append(part)
            known.add(words)
    return Part(
        kept[0].number if kept else 1,
        "\n".join(part.text for part in kept if part.text),
        "\n".join(part.html for part in kept if part.html),
        tuple(dict.fromkeys(image for part in kept for image in part.images)),
        tuple(link for part in kept for link in part.links),
    )
