"""What a document states of one comment, before it is read: `Stated`; and values of JSON that may be anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scraper.model import CommentKind
from scraper.parse.feed import MOST_CHARACTERS
from scraper.text.prose import whole_characters


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says of one comment, as it stands there; empty where it says nothing."""

    ident: str | None = None
    permalink: str = ""
    parent_ref: str | None = None
    author: str = ""
    author_url: str = ""
    avatar_url: str = ""
    published: str = ""
    html: str = ""
    kind: CommentKind = "comment"
    post_url: str = ""


def is_object(value: Any) -> bool:
    """Whether the value is a JSON object."""
    return isinstance(value, dict)


def object_of(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """The value if it is a text, of a bounded length, else an empty one."""
    return whole_characters(value[:MOST_CHARACTERS]) if isinstance(value, str) else ""


def number_of(value: Any) -> str | None:
    """The value as it is written, if it is a whole number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
