"""`list DB`: the posts of an archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import EXISTING_DB, example, json_option
from scraper.cli.output import print_json, print_table

if TYPE_CHECKING:
    from scraper.store.reader import PostSummary


@click.command("list", epilog=example("list voices.db"))
@click.argument("db", type=EXISTING_DB)
@json_option
def command(db: Path, as_json: bool) -> None:
    """List the posts, newest first.

    With date, author, title, comments held of those declared, and URL.
    """
    from scraper.store.reader import Reader

    with Reader(db) as reader:
        posts = list(reader.posts())
    if as_json:
        print_json(posts)
        return
    print_table(("id", "date", "author", "title", "comments", "URL"), (_row(post) for post in posts))


def _row(post: PostSummary) -> tuple[object, ...]:
    declared = "?" if post.comments_declared is None else post.comments_declared
    day = (post.published or "")[:10]
    return post.id, day, post.author, post.title, f"{post.comments_held}/{declared}", post.url
