"""`crawl DB URL`: a whole blog; again, only what is new, changed or due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.operation import Operation, Watch, with_operation
from scraper.cli.options import (
    ArchivePath,
    BeginOfMoment,
    EndOfMoment,
    Manner,
    WriterCommand,
    example,
    recipe_option,
    wait_option,
    with_access,
    with_crawling,
    with_manner,
    with_settings,
)
from scraper.cli.rehearsing import dry_run_option, tell_rehearsal
from scraper.cli.running import run_crawl

if TYPE_CHECKING:
    from scraper.run.crawling.crawler import CrawlOptions
    from scraper.settings import Settings

EXAMPLES = example(
    "crawl voices.db https://blog.example/ --contact you@example.org",
    "crawl voices.db https://example.org/blog/ --exclude '*/tag/*' --since 2012-01-01",
)


@click.command("crawl", cls=WriterCommand, epilog=EXAMPLES)
@click.argument("db", type=ArchivePath())
@click.argument("url", metavar="URL")
@click.option("--include", multiple=True, metavar="PATTERN", help="Only posts whose address matches; repeatable.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="No address that matches; repeatable.")
@click.option(
    "--since", type=BeginOfMoment(), metavar="DAY", help="Only posts of this day or later, as far as it is known."
)
@click.option(
    "--until", type=EndOfMoment(), metavar="DAY", help="Only posts of this day or earlier, as far as it is known."
)
@with_settings
@dry_run_option
@with_crawling
@recipe_option
@wait_option
@with_access
@with_operation
@with_manner
def command(
    db: Path,
    url: str,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    dry_run: bool,
    options: CrawlOptions,
    recipe_file: Path | None,
    wait: int,
    settings: Settings,
    operation: Watch,
    manner: Manner,
) -> int:
    """Fetch a whole blog into DB, which is made if need be; again, only what is new, changed or due.

    What belongs to the blog is told by URL: its host, or the folder that it names. Patterns are globs, or regular
    expressions behind 're:'.

    With --dry-run the first page, feeds, sitemaps and robots.txt are asked for, and listed with what is due after them:
    a line a URL that says 'fetch' with what it is taken for and what named it, or 'leave' with the reason.
    """
    from scraper.model import Crawl
    from scraper.run.crawling.crawl import crawl
    from scraper.run.recipes import load_recipe

    recipe = load_recipe(recipe_file) if recipe_file else None
    days = (since.date() if since else None, until.date() if until else None)
    wanted = Crawl(url, include, exclude, *days)
    settings = replace(settings, lock_wait=wait)
    if dry_run:
        return tell_rehearsal(db, wanted, options, settings, manner)
    return Operation(operation, "crawl", db).run(
        lambda listener: run_crawl(
            lambda watcher: crawl(db, wanted, options, settings, watcher, recipe), manner, listener
        )
    )
