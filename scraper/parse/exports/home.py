"""Where the blog of an export is, when the export does not say: `find_home`, by how its posts link to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from scraper.text.entities import unescape

FEWEST = 2  # posts that are linked to
_ADDRESS = re.compile(r"https?://[^\s\"'<>()]{4,2000}")


def find_home(texts: Iterable[str], paths: Iterable[str]) -> str | None:
    """The address of the host that has posts at these paths, by links in the texts; None where they do not tell.

    Other sites may have a page at the path of one post, but hardly at those of several.

    >>> find_home(['<a href="https://blog.example/p/rye">', "https://blog.example/p/oat?x=1"], ["/p/rye", "/p/oat"])
    'https://blog.example/'
    """
    known = {_path(path) for path in paths} - {""}
    found: dict[str, set[str]] = {}
    for text in texts:
        for address in _ADDRESS.findall(text):
            try:
                parts = urlsplit(unescape(address))
            except ValueError:
                continue
            if (path := _path(parts.path)) in known:
                found.setdefault(f"{parts.scheme}://{parts.netloc.lower()}/", set()).add(path)
    by_posts = sorted(((len(linked), home) for home, linked in found.items()), reverse=True)
    is_clear = len(by_posts) == 1 or (len(by_posts) > 1 and by_posts[0][0] > by_posts[1][0])
    return by_posts[0][1] if is_clear and by_posts[0][0] >= FEWEST else None


def _path(path: str) -> str:
    """The path as it is compared: however it is escaped, and whether a slash ends it or not."""
    return unquote(path).strip("/")
