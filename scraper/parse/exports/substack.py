"""Substack's export (https://support.substack.com/hc/en-us/articles/360037466012): `read_substack`.

A ZIP file with a table of all posts and their texts beside it. Those that are published are taken, whoever may read
them; the lists of subscribers and of who opened which mail are never read. Posts have no addresses: those are made of
their names, below the blog's address, which is the one given or the one by which posts link to each other; else posts
are known by their ids.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import quote

from scraper.parse.exports.home import find_home
from scraper.parse.exports.values import Exported, ExportedPost, LeftOut
from scraper.text.urls import resolve

POSTS = "posts.csv"
MOST_ROWS = 200_000


def read_substack(table: bytes, text_of: Callable[[str], str | None], base: str | None = None) -> Iterator[Exported]:
    """What the export holds, in the order of its table. Never fails.

    :param text_of: gives the HTML of a post by its file's name, or None.
    :param base: the blog's address.
    """
    if base is None:
        base = _home(table, text_of)
    try:
        for number, row in enumerate(_rows(table)):
            if number == MOST_ROWS:
                yield LeftOut(POSTS, "damaged: larger than any blog is", damaged=True)
                return
            yield _exported(row, text_of, base)
    except csv.Error as error:
        yield LeftOut(POSTS, f"damaged: {error}", damaged=True)


def _rows(table: bytes) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(io.StringIO(table.decode("utf-8-sig", "replace").replace("\0", "")))


def _home(table: bytes, text_of: Callable[[str], str | None]) -> str | None:
    """The blog's address, by how its posts link to each other."""
    try:
        idents = [(row.get("post_id") or "").strip() for row in islice(_rows(table), MOST_ROWS)]
    except csv.Error:
        return None
    texts = (text_of(f"{ident}.html") or "" for ident in idents if ident)
    return find_home(texts, (f"p/{ident.partition('.')[2]}" for ident in idents if "." in ident))


def _exported(row: dict[str, str], text_of: Callable[[str], str | None], base: str | None) -> Exported:
    ident = (row.get("post_id") or "").strip()
    title = (row.get("title") or "").strip()
    if (row.get("is_published") or "").strip().lower() != "true":
        return LeftOut(title or ident or "a row of the table", "not published: draft")
    html = text_of(f"{ident}.html") if ident else None
    if html is None:
        return LeftOut(title or ident, "damaged: its text is not in the export, or cannot be read", damaged=True)
    slug = ident.partition(".")[2]
    placed = resolve(f"{base.rstrip('/')}/", f"p/{quote(slug)}") if base and slug else None
    return ExportedPost(
        url=placed or f"urn:substack:{quote(ident)}",
        kind="post",
        platform="substack",
        title=title or None,
        subtitle=(row.get("subtitle") or "").strip() or None,
        published=(row.get("post_date") or "").strip() or None,
        html=html,
    )
