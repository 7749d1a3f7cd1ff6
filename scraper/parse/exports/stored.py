"""An exported post as bytes of our own: `write_stored`, and `read_stored`, which reads them again.

An archive keeps each post of an export as such a record, and not the export itself: that holds the mail and network
addresses of those who commented, drafts, and at times the site's settings.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any, TypeVar, get_args

from scraper.parse.exports.values import ExportedComment, ExportedKind, ExportedPerson, ExportedPost

CONTENT_TYPE = "application/vnd.blog-to-sqlite.post+json"
FLAGS = frozenset({"breaks", "by_post_author", "comments_complete"})
T = TypeVar("T", ExportedComment, ExportedPerson)


def write_stored(post: ExportedPost) -> bytes:
    """The post as JSON; the same post gives the same bytes. What has no value is left out."""
    return json.dumps(_filled(asdict(post)), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def read_stored(payload: bytes) -> ExportedPost | None:
    """The post that `write_stored` wrote; None where it is none. Fails for no input: the bytes may be anybody's."""
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("kind") not in get_args(ExportedKind):
        return None
    values = {name: value for name, value in found.items() if _is_sound(name, value)}
    values |= {
        "authors": tuple(_each(found.get("authors"), ExportedPerson, "name")),
        "comments": tuple(_each(found.get("comments"), ExportedComment, None)),
        "tags": _strings(found.get("tags")),
        "categories": _strings(found.get("categories")),
    }
    known = {each.name for each in fields(ExportedPost)}
    values = {"url": "", "platform": "", **{name: value for name, value in values.items() if name in known}}
    return ExportedPost(**values)


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _filled(each) for name, each in value.items() if each not in (None, "", False, ())}
    return [_filled(each) for each in value] if isinstance(value, (list, tuple)) else value


def _is_sound(name: str, value: Any) -> bool:
    return isinstance(value, bool) if name in FLAGS else isinstance(value, str)


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _each(value: Any, kind: type[T], needed: str | None) -> list[T]:
    known = {each.name for each in fields(kind)}
    found: list[T] = []
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict) and (needed is None or isinstance(each.get(needed), str)):
            values = {name: inner for name, inner in each.items() if name in known and _is_sound(name, inner)}
            found.append(kind(**values))
    return found
