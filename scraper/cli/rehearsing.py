"""What `crawl` and `update` do with --dry-run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Manner
from scraper.cli.output import print_json, print_table
from scraper.cli.running import drawn_by_blog, say, watch

if TYPE_CHECKING:
    from scraper.model import Crawl
    from scraper.run.crawling.crawler import CrawlOptions
    from scraper.run.crawling.rehearsal import Planned
    from scraper.settings import Settings

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="List what would be fetched, and what not and why; none of it is stored."
)


def tell_rehearsal(db: Path, wanted: Crawl | None, options: CrawlOptions, settings: Settings, manner: Manner) -> int:
    """Prints what a crawl of the blog, or of all blogs in the archive, would do; the exit code."""
    from scraper.run.crawling.rehearsal import rehearse

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
