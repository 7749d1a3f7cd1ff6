"""`crawl DB URL`: a whole blog; again, only what is new, changed or due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import (
    ArchivePath,
    Manner,
    Moment,
    WriterCommand,
    example,
    recipe_option,
    wait_option,
    with_access,
    with_crawling,
    with_manner,
    with_settings,
)
from scraper.cli.output import print_json, print_table
from scraper.cli.running import drawn_by_blog, run_crawl, say, watch

if TYPE_CHECKING:
    from scraper.model import Crawl
    from scraper.run.crawler import CrawlOptions
    from scraper.run.rehearsal import Planned
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
@click.option("--since", type=Moment(), metavar="DAY", help="Only posts of this day or later, as far as it is known.")
@click.option("--until", type=Moment(), metavar="DAY", help="Only posts of this day or earlier, as far as it is known.")
@with_settings
@click.option("--dry-run", is_flag=True, help="List what would be fetched, and what not and why; none of it is stored.")
@with_crawling
@recipe_option
@wait_option
@with_access
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
    manner: Manner,
) -> int:
    """Fetch a whole blog into DB, which is made if need be; again, only what is new, changed or due.

    What belongs to the blog is told by URL: its host, or the folder that it names. Patterns are globs, or regular
    expressions behind 're:'.

    With --dry-run the first page, feeds, sitemaps and robots.txt are asked for, and listed with what is due after them:
    a line a URL that says 'fetch' with what it is taken for and what named it, or 'leave' with the reason.
    """
    from scraper.model import Crawl
    from scraper.run.crawl import crawl
    from scraper.run.recipes import load_recipe

    recipe = load_recipe(recipe_file) if recipe_file else None
    days = (since.date() if since else None, until.date() if until else None)
    wanted = Crawl(url, include, exclude, *days)
    settings = replace(settings, lock_wait=wait)
    if dry_run:
        return _rehearse(db, wanted, options, settings, manner)
    return run_crawl(lambda watcher: crawl(db, wanted, options, settings, watcher, recipe), manner)


def _rehearse(db: Path, wanted: Crawl, options: CrawlOptions, settings: Settings, manner: Manner) -> int:
    """Prints what the crawl would do."""
    from scraper.run.rehearsal import rehearse

    found = watch(lambda watcher: rehearse(db, wanted, options, settings, watcher), manner, drawn_by_blog(manner.quiet))
    if isinstance(found, int):
        return found
    if manner.as_json:
        print_json({"fetch": found.planned, "leave": found.left_out})
    else:
        rows = [("fetch", each.role, each.url, _named(each)) for each in found.planned]
        rows += [("leave", each.role, each.url, each.reason) for each in found.left_out]
        print_table(("", "taken for", "URL", "named by, or why not"), rows)
    if not manner.quiet or found.report.exit_code:
        urls = "1 URL" if len(found.planned) == 1 else f"{len(found.planned):,} URLs"
        say(f"would fetch {urls} and leave {len(found.left_out):,}; nothing is stored")
    return found.report.exit_code


def _named(planned: Planned) -> str:
    return f"{planned.source} on {planned.found_on}" if planned.found_on else planned.source
