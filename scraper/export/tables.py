"""The tables of an export as rows: `POSTS`, `COMMENTS` and `PEOPLE` say which columns they have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from scraper.export.selection import Selection
from scraper.store.lookup.selecting import ArchivedPerson
from scraper.store.reader import ArchivedPost, ThreadComment

Kind = Literal["text", "whole", "truth", "texts"]  # texts: a list of them


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind
    value: Callable[[Any], Any]


def _plainly(names: str, kind: Kind = "text") -> tuple[Column, ...]:
    """Columns that are called as the values' attributes."""
    return tuple(Column(name, kind, attrgetter(name)) for name in names.split())


def _time(name: str) -> tuple[Column, ...]:
    """A time as the archive's own rows have it: `name` is ISO 8601 at its precision, the bounds are UTC."""
    ends = {"iso": "", "earliest": "_earliest", "latest": "_latest", "precision": "_precision", "shown": "_shown"}
    return tuple(Column(name + end, "text", attrgetter(f"{name}.{of}")) for of, end in ends.items())


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment with what a table says of its post."""

    post: ArchivedPost
    comment: ThreadComment


def _of_comment(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(replace(each, value=_through_comment(each.value)) for each in columns)


def _through_comment(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: value(row.comment)


POSTS = (
    *_plainly("id", "whole"),
    *_plainly("url kind title subtitle section language site_name"),
    Column("authors", "texts", lambda post: [signer.name for signer in post.signers]),
    *_time("published"),
    *_time("modified"),
    *_plainly("categories tags", "texts"),
    *_plainly("text html"),
    *_plainly("declared_comment_count view_count", "whole"),
    Column("comments_held", "whole", lambda post: post.comments_held),
    *_plainly("withheld captured_at gone_since"),
)
COMMENTS = (
    *_of_comment(_plainly("id", "whole")),
    Column("post_id", "whole", lambda row: row.post.id),
    Column("post_url", "text", lambda row: row.post.url),
    *_of_comment(_plainly("parent_id", "whole")),
    *_of_comment(_plainly("platform_id permalink kind state author author_url avatar_url")),
    *_of_comment(_plainly("by_post_author", "truth")),
    *_of_comment(_plainly("subject")),
    *_of_comment(_time("published")),
    *_of_comment(_plainly("text html not_seen_since captured_at")),
)
PEOPLE = (
    *_plainly("id", "whole"),
    *_plainly("name url blog"),
    *_plainly("profiles", "texts"),
    *_plainly("bio_text bio_source picture_url picture_alt"),
)


class Table(Protocol):
    """What rows are added to, within a `with` block."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None, /
    ) -> None: ...

    def add(self, row: ArchivedPost | CommentRow | ArchivedPerson) -> None: ...


def fill_tables(selection: Selection, make: Callable[[str, tuple[Column, ...]], Table]) -> int:
    """The number of posts. `make` is called for each table with its name and columns."""
    number = 0
    with make("posts", POSTS) as posts, make("comments", COMMENTS) as comments, make("people", PEOPLE) as people:
        for number, post in enumerate(selection.posts(), 1):  # noqa: B007
            posts.add(post)
            for comment in post.comments:
                comments.add(CommentRow(post, comment))
        for person in selection.people():
            people.add(person)
    return number


def values(columns: tuple[Column, ...], row: ArchivedPost | CommentRow | ArchivedPerson) -> list[Any]:
    """The row's value in each column."""
    return [column.value(row) for column in columns]
