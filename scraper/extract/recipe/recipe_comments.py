"""The comments that a recipe returned, as `Comment`s."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from scraper.extract.layout.render import Rendered
from scraper.extract.threads.comment_times import Clock
from scraper.extract.threads.nesting import rooted
from scraper.model import Comment, When
from scraper.text.prose import fold
from scraper.text.urls import resolve

KEYS = ("id", "permalink", "parent", "author", "author_url", "published", "subject", "body")
Body: TypeAlias = Callable[[object], Rendered]


def recipe_comments(value: object, base: str | None, clock: Clock, body: Body) -> tuple[Comment, ...]:
    """The comments in their order. Raises ValueError for what cannot be comments."""
    if not isinstance(value, list | tuple):
        raise ValueError(f"has to be a list of dicts, not {type(value).__name__}")
    stated = [_checked(each, index, len(value)) for index, each in enumerate(value)]
    parents = [parent if isinstance(parent := each.get("parent"), int) else None for each in stated]
    nested = rooted(parents, [0] * len(stated))
    return tuple(
        _comment(each, index, place, base, clock, body(each.get("body") or ""))
        for index, (each, place) in enumerate(zip(stated, nested, strict=True))
    )


def _checked(stated: object, index: int, count: int) -> Mapping[str, object]:
    if not isinstance(stated, Mapping):
        raise ValueError(f"has to be a list of dicts; its item {index} is {type(stated).__name__}")
    for key, value in stated.items():
        if key not in KEYS:
            raise ValueError(f"{key!r} is nothing of a comment; there are {', '.join(KEYS)}")
        if key == "parent":
            if value is not None and not (isinstance(value, int) and 0 <= value < count):
                raise ValueError(f"parent has to be the index of another comment, not {value!r}")
        elif key != "body" and value is not None and not isinstance(value, str):
            raise ValueError(f"{key} has to be text, not {type(value).__name__}")
    return stated


def _comment(
    stated: Mapping[str, object], index: int, place: tuple[int | None, int], base: str | None, clock: Clock,
    body: Rendered,
) -> Comment:  # fmt: skip
    def text(key: str) -> str | None:
        return fold(str(stated.get(key) or "")) or None

    def address(key: str) -> str | None:
        found = text(key)
        return resolve(base, found) if found else None

    return Comment(
        id=text("id"),
        permalink=address("permalink"),
        parent=place[0],
        parent_ref=None,
        position=index,
        depth=place[1],
        author=text("author"),
        author_url=address("author_url"),
        avatar_url=None,
        by_post_author=False,
        subject=text("subject"),
        published=_time(text("published"), clock),
        html=body.html,
        text=body.text,
    )


def _time(shown: str | None, clock: Clock) -> When | None:
    if shown is None:
        return None
    return clock.read(shown) or next((when for _, _, when in clock.find(shown)), None)
