"""`update DB`: what is new, changed or due of all blogs in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.operation import Operation, Watch, with_operation
from scraper.cli.options import (
    ArchivePath,
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


@click.command("update", cls=WriterCommand, epilog=example("update voices.db -q"))
@click.argument("db", type=ArchivePath())  # one that is not there is told by --on-failure, too
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
    dry_run: bool,
    options: CrawlOptions,
    recipe_file: Path | None,
    wait: int,
    settings: Settings,
    operation: Watch,
    manner: Manner,
) -> int:
    """Fetch what is new, changed or due of all blogs that were crawled into DB. Made for cron: see --quiet.

    With --dry-run only feeds, sitemaps and the like are asked for, and what would be after them is listed.
    """
    from scraper.run.crawling.crawl import update
    from scraper.run.recipes import load_recipe

    recipe = load_recipe(recipe_file) if recipe_file else None
    settings = replace(settings, lock_wait=wait)
    if dry_run:
        return tell_rehearsal(db, None, options, settings, manner)
    return Operation(operation, "update", db).run(
        lambda listener: run_crawl(lambda watcher: update(db, options, settings, watcher, recipe), manner, listener)
    )
