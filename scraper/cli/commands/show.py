"""`show DB URL|ID`: one post with its author's bio and its thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.options import EXISTING_DB, EndOfMoment, example, json_option
from scraper.cli.output import WITHHELD, print_json, print_text
from scraper.errors import UsageError
from scraper.text.prose import fold

if TYPE_CHECKING:
    from scraper.store.planning.times import Time
    from scraper.store.reader import ArchivedPost, ThreadComment

INDENT = "    "
DEEPEST = 12  # steps; further ones would leave no room for words


@click.command(
    "show",
    epilog=example(
        "show voices.db https://blog.example/2012/05/hello",
        "show voices.db https://blog.example/2012/05/hello --as-of 2024-03-20",
    ),
)
@click.argument("db", type=EXISTING_DB)
@click.argument("post", metavar="URL|ID")
@click.option(
    "--as-of",
    type=EndOfMoment(),
    metavar="TIME",
    help="As the captures of then show it, up to this time or the end of this day (ISO 8601, UTC).",
)
@json_option
def command(db: Path, post: str, as_of: datetime | None, as_json: bool) -> None:
    """Show one post with its thread.

    URL is an address of the post, or of one of its comments. ID is its number, post:NUMBER, or comment:NUMBER for the
    post of a comment.

    Who wrote it, the bio, the text, and the comments as a tree of answers. A comment that a later visit of the whole
    thread did not find says so.
    """
    from scraper.export.jsonl import post_record
    from scraper.store.reader import Reader

    with Reader(db) as reader:
        found = reader.post(post, as_of)
        is_later = found is None and as_of is not None and reader.post(post) is not None
    if is_later:
        raise UsageError("no capture of this post is as old; `changes` shows since when there are any", post)
    if found is None:
        raise UsageError("no such post in the archive; `list --all` shows what there is", post)
    if as_json:
        print_json(_record(found, post_record(found)))
        return
    for line in _lines(found):
        print_text(line)


def _record(post: ArchivedPost, record: dict[str, Any]) -> dict[str, Any]:
    """The post as it is exported, and what of it is gone."""
    comments = zip(record["comments"], post.comments, strict=True)
    shown = [{**each, "not_seen_since": comment.not_seen_since} for each, comment in comments]
    return {"id": post.id, **record, "comments": shown, "gone_since": post.gone_since}


def _lines(post: ArchivedPost) -> Iterator[str]:
    """The post as a person reads it."""
    yield fold(post.title or "(no title)")
    names = ", ".join(signer.name for signer in post.signers)
    yield fold(" · ".join(filter(None, [names, _when(post.published), post.url])))
    for signer in post.signers:
        if signer.bio_text:
            yield ""
            yield from (f"{INDENT}{fold(line)}" for line in signer.bio_text.split("\n"))
    yield f"\n{post.text}"
    if post.missing_pages:
        yield f"\n(not held: page {', '.join(map(str, post.missing_pages))} of this post)"
    if post.withheld:
        yield f"\n(not all of it: {WITHHELD[post.withheld]})"
    if post.gone_since:
        yield f"\n(gone from the web since {post.gone_since[:10]})"
    yield f"\n{_how_many(post)}"
    yield from _tree(post.comments)


def _how_many(post: ArchivedPost) -> str:
    """How many comments there are of those that the page declares; those that went since are none of these."""
    declared = post.declared_comment_count
    lost = sum(comment.not_seen_since is not None and not comment.is_empty for comment in post.comments)
    places = len(post.comments) - post.comments_held
    line = f"Comments: {post.comments_held - lost}" + ("" if declared is None else f" of {declared} declared")
    line += f", {lost} not there any more" if lost else ""
    return line + (f", {places} forgotten or deleted" if places else "")


def _tree(comments: Iterable[ThreadComment]) -> Iterator[str]:
    """The comments, each below the one that it answers and one step further in."""
    answers: dict[int | None, list[ThreadComment]] = {}
    for comment in comments:
        answers.setdefault(comment.parent_id, []).append(comment)
    left = [(comment, 1) for comment in reversed(answers.get(None, []))]
    while left:
        comment, depth = left.pop()
        margin = INDENT * min(depth, DEEPEST)
        when = _when(comment.published)
        name = comment.author or ("(forgotten)" if comment.is_empty else "(no name)")
        yield f"\n{margin}" + fold(" · ".join(filter(None, [name, when, comment.subject])))
        if not comment.is_empty:
            yield from (f"{margin}{line}" for line in comment.text.split("\n"))
        if comment.not_seen_since:
            yield f"{margin}(not there any more on {comment.not_seen_since[:10]})"
        left += [(answer, depth + 1) for answer in reversed(answers.get(comment.id, []))]


def _when(time: Time) -> str | None:
    """The time; one that is only known as an interval as it was shown, with the days that it means."""
    if time.iso or not time.shown:
        return time.iso
    first, last = (time.earliest or "")[:10], (time.latest or "")[:10]
    if not last:
        return time.shown
    return f"{time.shown} ({f'{first} to {last}' if first else f'by {last}'})"
