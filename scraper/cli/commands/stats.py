"""`stats DB`: how much an archive holds, of when and of whom."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.bars import bar_chart, in_columns
from scraper.cli.numbers import WholeNumber
from scraper.cli.options import EXISTING_DB, example, json_option
from scraper.cli.output import NARROWEST, print_json, print_table, print_text, span_text
from scraper.text.prose import counted, one_line

if TYPE_CHECKING:
    from scraper.store.lookup.statistics import Delays, Statistics

MOST = 1_000_000

Line = tuple[object, ...]


@click.command("stats", epilog=example("stats voices.db", "stats voices.db --blog blog.example --top 50 --json"))
@click.argument("db", type=EXISTING_DB)
@click.option("--blog", metavar="HOST", help="Only this blog.")
@click.option("--top", type=WholeNumber(0, MOST), metavar="N", default=10, show_default=True, help="So many people.")
@json_option
def command(db: Path, blog: str | None, top: int, as_json: bool) -> None:
    """Say how much is held, of when and of whom.

    Posts and comments by month, who wrote most of them, how long people waited for a comment and for an answer (where
    both times are known to the minute), and how much of each crawled blog is held. Pings, which are pingbacks and
    trackbacks, are counted apart. A terminal shows the months as charts; elsewhere each is a line.
    """
    from scraper.store.lookup.statistics import read_statistics

    found = read_statistics(db, blog, top)
    if as_json:
        print_json(found)
        return
    if not sys.stdout.isatty():
        print_table((), _lines(found))
        return
    print_text(_sentence(found))
    _draw("posts", {each.month: each.posts for each in found.months})
    _draw("comments", {each.month: each.comments for each in found.months})
    _tables(found)


def _lines(found: Statistics) -> Iterator[Line]:
    """All of it, one thing a line: what it is, its name, and its numbers."""
    for name in ("blogs", "posts", "other_pages", "comments", "pings", "authors", "commenters"):
        yield name.replace("_", " "), "", getattr(found, name)
    for month in found.months:
        yield "month", month.month, month.posts, month.comments
    if found.posts_without_month or found.comments_without_month:
        yield "month", "unknown", found.posts_without_month, found.comments_without_month
    for author in found.top_authors:
        yield "author", author.name, author.posts, author.comments_received, author.blog
    for each in found.top_commenters:
        yield "commenter", each.name, each.comments, each.posts, each.blog
    for name, delays in _delays(found):
        yield f"seconds to {name}", f"{delays.number:,} known", delays.lower, delays.median, delays.upper
    for held in found.coverage:
        yield "held posts", held.blog, held.posts_held, held.posts_known
        yield "held comments", held.blog, held.comments_held, held.comments_declared


def _delays(found: Statistics) -> Iterator[tuple[str, Delays]]:
    for name, delays in (("first comment", found.first_comments), ("answer", found.answers)):
        if delays:
            yield name, delays


def _sentence(found: Statistics) -> str:
    numbers = (
        (found.blogs, "blog"),
        (found.posts, "post"),
        (found.other_pages, "other page"),
        (found.comments, "comment"),
        (found.pings, "ping"),
        (found.authors, "author"),
        (found.commenters, "commenter"),
    )
    return ", ".join(f"{number:,} {name}{'' if number == 1 else 's'}" for number, name in numbers)


def _draw(name: str, numbers: dict[str, int]) -> None:
    width = max(shutil.get_terminal_size().columns - 1, NARROWEST)
    column, labels, columns = in_columns(numbers, width)
    most = max(columns, default=0)
    if not most:
        return
    click.echo()
    print_text(f"{name} a {column}, at most {most:,} ({labels[columns.index(most)]})")
    for line in bar_chart(columns):
        click.echo(line.rstrip())
    left = len(labels) - len(labels[0])
    click.echo(f"{labels[0]}{labels[-1]:>{left}}" if left > len(labels[-1]) else labels[0])


def _tables(found: Statistics) -> None:
    if found.top_authors:
        click.echo()
        rows = [(each.name, f"{each.posts:,}", f"{each.comments_received:,}", each.blog) for each in found.top_authors]
        print_table(("author", "posts", "comments received", "blog"), rows)
    if found.top_commenters:
        click.echo()
        people = [(each.name, f"{each.comments:,}", f"{each.posts:,}", each.blog) for each in found.top_commenters]
        print_table(("commenter", "comments", "posts", "blog"), people)
    if found.first_comments or found.answers:
        click.echo()
    for name, delays in _delays(found):
        quarters = f"a quarter within {span_text(delays.lower)}, three within {span_text(delays.upper)}"
        print_text(f"{name} after {span_text(delays.median)} (half of {delays.number:,}; {quarters})")
    if found.coverage:
        click.echo()
    for held in found.coverage:
        posts = f"{held.posts_held:,} of {counted(held.posts_known, 'post')}"
        comments = f"{counted(held.comments_held, 'comment')} of {held.comments_declared:,} declared"
        print_text(one_line(f"{held.blog}: {posts}, {comments}"))
