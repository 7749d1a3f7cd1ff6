"""HTML of the archive as a page may show it: `shown_html`. Sanitised again, whatever the database says.

A database is data that people pass on: that its HTML was sanitised when it was stored is not to be relied on. Pictures
are shown from the archive or not at all, and ids cannot meet those of the page around.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape

from scraper.extract.layout.render import sanitise
from scraper.text.entities import unescape

_TOKEN = re.compile(r'<a(?=[\s>])|</a>|<img((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_SOURCE = re.compile(r'<img\b[^<]*?\bsrc="([^"]*)"')


def shown_html(html: str, pictures: Mapping[str, str], prefix: str) -> str:
    """The HTML with its pictures from `pictures` (address in the post: address here), others as links to them.

    Each id, and each link to one, begins with `prefix`.
    """
    cleaned = sanitise(html, _rewriter(pictures, prefix))
    return _with_links(cleaned) if "<img" in cleaned else cleaned


def picture_addresses(html: str) -> Iterable[str]:
    """The addresses of the pictures in it."""
    return (unescape(address) for address in _SOURCE.findall(html)) if "<img" in html else ()


def _rewriter(pictures: Mapping[str, str], prefix: str) -> Callable[[str, str, str], str | None]:
    def rewrite(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return prefix + value
        if name == "src":
            return pictures.get(value) or f"missing:{value}"
        if name == "href" and value.startswith("#"):
            return f"#{prefix}{value[1:]}"
        if name in ("href", "cite") and not value.lower().startswith(("http://", "https://", "mailto:")):
            return None  # nothing of an archive leads into the pages that show it
        return value

    return rewrite


def _with_links(html: str) -> str:
    """Pictures that are not held become links, or words where they are in a link already."""
    open_links = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal open_links
        token = found[0]
        if token.startswith("<a"):
            open_links += 1
        elif token == "</a>":
            open_links = max(0, open_links - 1)
        else:
            return _picture(dict(_ATTRIBUTE.findall(found[1] or "")), bool(open_links))
        return token

    return _TOKEN.sub(replaced, html)


def _picture(attributes: dict[str, str], in_link: bool) -> str:
    """`attributes` are as they stand in HTML: escaped."""
    source, alt = attributes.get("src", ""), attributes.get("alt", "")
    if source and not source.startswith("missing:"):
        return f'<img src="{source}" alt="{alt}" loading="lazy">'
    address = source.removeprefix("missing:")
    words = f'<span class="no-picture">Picture not held{": " + alt if alt else ""}</span>'
    if in_link or not address.lower().startswith(("http://", "https://")):
        return words
    return f'<a href="{escape(unescape(address))}" rel="nofollow noopener noreferrer">{words}</a>'
