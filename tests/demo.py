"""A small archive of two invented blogs, for what the documentation shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scraper.model import Byline, Comment, Page, Person, Post, When
from scraper.store.archive import Archive
from tests.store.conftest import make_comment, make_page, make_visit

ANN = Person("Ann Lee", "https://bread.example/ann", "Ann has baked since 1990.")
MORAG = Person("Morag Reid", "https://tide.example/about", "Morag counts waves.")


def make_demo(path: Path) -> None:
    """Two blogs, each visited twice; between the visits a comment was edited and another taken away."""
    with Archive(path, now=lambda: datetime(2024, 3, 1, tzinfo=UTC)) as archive:
        for visit, day in ((0, 1), (1, 20)):
            at = datetime(2024, 3, day, 12, tzinfo=UTC)
            pages = (_rye(visit), _oven(), _storms(), _harbour())
            archive.record([make_visit(page, at) for page in pages], now=at)


def _rye(visit: int) -> Page:
    edited = "Rye needs a night." if visit == 0 else "Rye needs two nights."
    comments = [
        _comment(0, "Bob", "Does it keep?", "2012-05-14T11:00"),
        _comment(1, "Ann Lee", "For a week, Bob.", "2012-05-14T12:30", parent=0, by_post_author=True),
        _comment(2, "Cy", edited, "2012-05-15T09:00", parent=1),
        _comment(3, "Bob", "Then I shall bake rye again.", "2012-05-16T08:00", parent=1),
        _comment(4, "Dee", "Buy my flour!", "2012-06-01T08:00"),
    ]
    text = "Rye bread takes its time, and nobody should hurry it.\nA sourdough wants rest."
    post = _post("Slow rye", text, "2012-05-14T10:00", ANN, ("rye", "sourdough"), 5 - visit)
    return _page("https://bread.example/slow-rye", post, ANN, comments[: 5 - visit])


def _oven() -> Page:
    comments = [
        _comment(0, "Cy", "Mine smokes.", "2013-01-03T10:00"),
        _comment(1, "Bob", "Open the flue.", "2013-01-03T10:20", parent=0),
    ]
    post = _post("An oven of clay", "Clay, sand and straw: an oven in a day.", "2013-01-02T10:00", ANN, ("ovens",))
    return _page("https://bread.example/oven", post, ANN, comments)


def _storms() -> Page:
    comments = [_comment(0, "Bob", "We lost the shed.", "2013-02-11T07:45")]
    text = "Three storms in a week. No bread in the shop."
    return _page(
        "https://tide.example/storms", _post("Storms", text, "2013-02-10T18:00", MORAG, ("sea",)), MORAG, comments
    )


def _harbour() -> Page:
    post = _post("潮の音", "港の図書館で本を読む。", "2014-07-01T09:00", MORAG, ("sea", "books"))
    return _page("https://tide.example/harbour", post, MORAG, [])


def _page(url: str, post: Post, person: Person, comments: list[Comment]) -> Page:
    return make_page(post, url=url, people=(person,), comments=tuple(comments), comments_complete=True)


def _post(title: str, text: str, at: str, person: Person, tags: tuple[str, ...], declared: int | None = None) -> Post:
    html = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    bylines = (Byline(person.name or "", person.url),)
    return Post(title, None, bylines, _minute(at), html=html, text=text, tags=tags, declared_comment_count=declared)


def _comment(number: int, author: str, text: str, at: str, parent: int | None = None, **values: Any) -> Comment:
    depth = 0 if parent is None else 1 + (parent > 0)
    named: dict[str, Any] = {"id": str(number + 1), "parent": parent, "depth": depth, "position": number}
    return make_comment(text, author=author, published=_minute(at), **named, **values)


def _minute(text: str) -> When:
    local = datetime.fromisoformat(text)
    start = local.replace(tzinfo=UTC)
    return When(start, start + timedelta(minutes=1), local, 0, "minute", text)
