"""`coverage DB`: what is held of each crawled blog, and what is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.numbers import WholeNumber
from scraper.cli.options import EXISTING_DB, example, json_option
from scraper.cli.output import print_json, print_table, print_text
from scraper.text.prose import counted

if TYPE_CHECKING:
    from scraper.store.crawls.coverage import BlogCoverage, MissingPost, ShortThread, Trouble

SHOWN = 20
LISTED_BY = {"feed": "feeds", "sitemap": "sitemaps", "interface": "interfaces", "archive": "archive pages and links"}
STATES = {"waiting": "not asked for yet", "no_post": "no post there", "moved": "moved", "left_out": "left out"}

Line = tuple[str, str, str, str]


@click.command("coverage", epilog=example("coverage voices.db", "coverage voices.db --json --limit 0"))
@click.argument("db", type=EXISTING_DB)
@click.option(
    "--limit",
    type=WholeNumber(0),
    metavar="N",
    default=SHOWN,
    show_default=True,
    help="How much is listed of what a blog lacks, by kind; 0: all.",
)
@json_option
def command(db: Path, limit: int, as_json: bool) -> None:
    """Say how much of each crawled blog is held, and what is missing.

    First posts held of those known, by what tells of them, comments held of those declared, and what became of all
    pages. Then each post that is known and not held, with the reason and the next try (a 'missing page' may be a post);
    each post with fewer comments than it declares; and what went wrong, by reason.
    """
    from scraper.store.crawls.coverage import read_coverage

    blogs = read_coverage(db, limit or None)
    if as_json:
        print_json(blogs)
        return
    if not blogs:
        click.echo("no blog is crawled in it yet; `crawl` begins one", err=True)
        return
    if not sys.stdout.isatty():
        print_table(("blog", "", "how much", ""), (line for blog in blogs for line in _lines(blog)))
        return
    for blog in blogs:
        print_text(blog.blog)
        print_table(("", "how much", ""), (line[1:] for line in _lines(blog)))


def _lines(blog: BlogCoverage) -> Iterator[Line]:
    """All there is to say of one blog: which, of what, how much or which one, and why."""
    yield blog.blog, "posts", _held(blog.posts.held, blog.posts.known), _rest_of_posts(blog)
    for each in blog.sources:
        if each.known:
            yield blog.blog, f"posts in {LISTED_BY[each.source]}", _held(each.held, each.known), ""
    comments = blog.comments
    short = f"{comments.missing:,} missing under {counted(comments.threads_short, 'post')}" if comments.missing else ""
    elsewhere = f"{comments.threads_elsewhere:,} threads live elsewhere" if comments.threads_elsewhere else ""
    yield blog.blog, "comments", f"{comments.held:,} held, {comments.declared:,} declared", _join(short, elsewhere)
    yield blog.blog, "pages", _held(blog.pages.answered, blog.pages.known, "answered"), _rest_of_pages(blog)
    for post in blog.missing_posts:
        yield blog.blog, f"missing {post.role}", post.url, _why(post)
    yield from _more(blog, "missing post", blog.posts.known - blog.posts.held, len(blog.missing_posts))
    for thread in blog.short_threads:
        yield blog.blog, "short thread", thread.url, _how_short(thread)
    yield from _more(blog, "short thread", comments.threads_short, len(blog.short_threads))
    for trouble in blog.troubles:
        yield blog.blog, trouble.kind.replace("_", " "), _counted(trouble), _tried(trouble)


def _held(number: int, known: int, word: str = "held") -> str:
    return f"{number:,} of {known:,} {word}"


def _rest_of_posts(blog: BlogCoverage) -> str:
    posts = blog.posts
    return _join(
        *(
            f"{number:,} {said}" if number else ""
            for number, said in (
                (posts.waiting, "not asked for yet"),
                (posts.failed, "failed"),
                (posts.refused, "refused"),
                (posts.gone, "gone before"),
                (posts.without, "without a post"),
                (posts.held_gone, "of those held are gone from the web"),
            )
        )
    )


def _rest_of_pages(blog: BlogCoverage) -> str:
    pages = blog.pages
    numbers = (
        (pages.waiting, "not asked for yet"),
        (pages.reserve, "in reserve"),
        (pages.failed, "failed"),
        (pages.refused, "refused"),
        (pages.gone, "gone"),
        (pages.left_out, "left out"),
    )
    return _join(*(f"{number:,} {said}" if number else "" for number, said in numbers))


def _why(post: MissingPost) -> str:
    said = _join(STATES.get(post.state, post.state), post.reason or "", mark=": ")
    return _join(said, f"next try {post.next_try}" if post.next_try and post.state != "waiting" else "", mark="; ")


def _how_short(thread: ShortThread) -> str:
    return _join(
        f"{thread.held:,} of {thread.declared:,} comments", f"kept by {thread.service}" if thread.service else ""
    )


def _counted(trouble: Trouble) -> str:
    return f"{trouble.number:,} {'address' if trouble.number == 1 else 'addresses'}"


def _tried(trouble: Trouble) -> str:
    again = f"next try {trouble.next_try}" if trouble.next_try else ""
    return _join(trouble.reason or "", again, f"such as {trouble.example}", mark="; ")


def _more(blog: BlogCoverage, what: str, number: int, shown: int) -> Iterator[Line]:
    if shown < number:
        yield blog.blog, what, f"and {number - shown:,} more", "--limit 0 lists all"


def _join(*parts: str, mark: str = ", ") -> str:
    return mark.join(filter(None, parts))
