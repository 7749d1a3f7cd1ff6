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
@click.option("--all", "all_kinds", is_flag=True, help="Also about pages and other pages with a text.")
@json_option
def command(db: Path, all_kinds: bool, as_json: bool) -> None:
    """List the posts, newest first.

    With date, author, title, comments held of those declared, and URL; with --all also the kind of page.
    """
    from scraper.store.reader import Reader

    with Reader(db) as reader:
        posts = list(reader.posts(all_kinds=all_kinds))
    if as_json:
        print_json(posts)
        return
    if not posts:
        click.echo("nothing held" if all_kinds else "no posts held; --all lists other pages too", err=True)
        return
    titles = ("id", *(("kind",) if all_kinds else ()), "date", "author", "title", "comments", "URL")
    print_table(titles, (_row(post, all_kinds) for post in posts))


def _row(post: PostSummary, with_kind: bool) -> tuple[object, ...]:
    declared = "?" if post.comments_declared is None else post.comments_declared
    day = (post.published or "")[:10]
    kind = (post.kind,) if with_kind else ()
    return post.id, *kind, day, post.author, post.title, f"{post.comments_held}/{declared}", post.url
