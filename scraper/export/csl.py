"""`write_csl`: posts and comments as CSL JSON, which Zotero, Pandoc and others read."""

from __future__ import annotations

from typing import Any

from scraper.export.citations import Citation, citations, is_full_name
from scraper.export.formats import Write
from scraper.export.jsonl import json_line
from scraper.export.selection import Selection

TYPES = {"post": "post-weblog", "about": "webpage", "other": "webpage"}  # comments, pingbacks and trackbacks: 'post'


def write_csl(selection: Selection, write: Write) -> int:
    """The number of posts. One item a line."""
    number = 0
    before = "[\n"
    for number, post in enumerate(selection.posts(), 1):  # noqa: B007
        for citation in citations(post):
            write(before + json_line(_item(citation)).rstrip())
            before = ",\n"
    write("\n]\n" if number else "[]\n")
    return number


def _item(citation: Citation) -> dict[str, Any]:
    item = {
        "id": citation.key,
        "type": TYPES.get(citation.kind, "post"),
        "genre": citation.kind.capitalize() if citation.kind not in TYPES else None,
        "title": citation.title,
        "author": [_name(author) for author in citation.authors],
        "container-title": citation.site,
        "issued": _issued(citation),
        "accessed": {"date-parts": [list(citation.accessed)]} if citation.accessed else None,
        "URL": citation.url,
        "language": citation.language,
        "note": citation.note,
    }
    return {name: value for name, value in item.items() if value}


def _issued(citation: Citation) -> dict[str, Any] | None:
    dated = citation.dated
    if dated.is_circa:
        return {"date-parts": [list(dated.day), list(dated.last)], "circa": True}
    if dated.day:
        return {"date-parts": [list(dated.day)]}
    return {"literal": dated.shown} if dated.shown else None


def _name(name: str) -> dict[str, str]:
    if not is_full_name(name):
        return {"literal": name}
    given, _, family = name.rpartition(" ")
    return {"given": given, "family": family}
