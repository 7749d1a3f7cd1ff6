"""`remove DB BLOG`: a crawled blog out of an archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import EXISTING_DB, WriterCommand, base_settings, example, json_option, wait_option
from scraper.cli.output import print_json
from scraper.cli.running import say

if TYPE_CHECKING:
    from scraper.store.crawls.removing import Removal

EXAMPLES = example("remove voices.db https://blog.example/", "remove voices.db blog.example --yes")


@click.command("remove", cls=WriterCommand, epilog=EXAMPLES)
@click.argument("db", type=EXISTING_DB)
@click.argument("blog", metavar="BLOG")
@click.option("--yes", is_flag=True, help="Do not ask.")
@wait_option
@json_option
def command(db: Path, blog: str, yes: bool, wait: int, as_json: bool) -> int:
    """Take a crawled blog out of DB: its posts, comments, people and pages, and all that is known of its addresses.

    BLOG is where its crawl starts, or its host. What other blogs have too stays. First it is said how much that is,
    and on a terminal asked; elsewhere nothing is done without --yes.

    The records of its pages stay in the WARC files beside DB. Later runs leave them alone, but a database that is made
    anew from these files has the blog again.
    """
    from scraper.run.crawling.remove import preview_removal, remove_blog
    from scraper.run.session import await_turn
    from scraper.run.watcher import Watcher

    settings, watcher = base_settings(lock_wait=wait), Watcher(note=say, tell_wait=say)
    if yes or sys.stdin.isatty():
        await_turn(db, settings, watcher)
    crawl, removal = preview_removal(db, blog)
    say(f"{crawl.url}: {_amounts(removal)}")
    if not yes:
        if not sys.stdin.isatty():
            say("nothing was removed; --yes does it without asking")
            return 2
        if not click.confirm("Remove it?", err=True):
            say("nothing was removed")
            return 0
    removed = remove_blog(db, crawl.url, settings, watcher)
    if as_json:
        print_json(removed)
    files = len(removed.segments)
    kept = f"{files} WARC {'file' if files == 1 else 'files'} in {db.with_suffix('.warc')}"
    say(f"removed; records of its captures stay in {kept}")
    return 0


def _amounts(removal: Removal) -> str:
    numbers = (
        (removal.posts, "post and other page", "posts and other pages"),
        (removal.comments, "comment", "comments"),
        (removal.people, "person", "people"),
        (removal.captures, "capture", "captures"),
        (removal.addresses, "known address", "known addresses"),
    )
    return ", ".join(f"{number:,} {one if number == 1 else more}" for number, one, more in numbers)
