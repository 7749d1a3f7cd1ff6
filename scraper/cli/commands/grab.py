"""`grab DB URL...`: these pages, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.numbers import Seconds
from scraper.cli.options import (
    ArchivePath,
    BeginOfMoment,
    EndOfMoment,
    Manner,
    WebAddress,
    WriterCommand,
    example,
    recipe_option,
    wait_option,
    with_access,
    with_manner,
    with_settings,
)
from scraper.cli.running import run_with_progress
from scraper.text.mementos import WAYBACK

if TYPE_CHECKING:
    from scraper.settings import Settings


EXAMPLES = example(
    "grab voices.db https://blog.example/2012/05/hello",
    "grab voices.db --wayback 'http://blog.example/*' --until 2015-12-31",
)


@click.command("grab", cls=WriterCommand, epilog=EXAMPLES)
@click.argument("db", type=ArchivePath())
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option(
    "--delay",
    type=Seconds(),
    metavar="SECONDS",
    default=1.0,
    show_default=True,
    help="Least time between two requests to the same servers; 0: none.",
)
@click.option("--wayback", is_flag=True, help="Take the copies that a web archive has, of whatever time.")
@click.option(
    "--wayback-server",
    "server",
    type=WebAddress(),
    metavar="URL",
    default=WAYBACK,
    show_default=True,
    help="With --wayback: the archive; an address with a path is a collection of pywb.",
)
@click.option("--since", type=BeginOfMoment(), metavar="DAY", help="With --wayback: only copies of this day or later.")
@click.option("--until", type=EndOfMoment(), metavar="DAY", help="With --wayback: only copies of this day or earlier.")
@recipe_option
@wait_option
@with_settings
@with_access
@with_manner
def command(
    db: Path,
    urls: tuple[str, ...],
    delay: float,
    wayback: bool,
    server: str,
    since: datetime | None,
    until: datetime | None,
    recipe_file: Path | None,
    wait: int,
    settings: Settings,
    manner: Manner,
) -> int:
    """Fetch these pages into DB, which is made if need be.

    With --wayback they come from a web archive, all its copies of each, as of when they were made; a URL that ends in
    '*' stands for all that begin so. What DB has already is not asked for again.
    """
    from scraper.errors import UsageError
    from scraper.run.crawling.grab import grab
    from scraper.run.crawling.mementos import MementoOptions, grab_mementos
    from scraper.run.recipes import load_recipe

    recipe = load_recipe(recipe_file) if recipe_file else None
    settings = replace(settings, lock_wait=wait)
    if wayback:
        options = MementoOptions(server, since, until, delay)
        return run_with_progress(lambda watcher: grab_mementos(db, urls, options, settings, watcher, recipe), manner)
    if since or until or server != WAYBACK:
        raise UsageError("--since, --until and --wayback-server are for --wayback")
    return run_with_progress(lambda watcher: grab(db, urls, settings, watcher, delay, recipe), manner, total=len(urls))
