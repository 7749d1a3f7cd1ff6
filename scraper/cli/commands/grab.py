"""`grab DB URL...`: these pages, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import (
    ArchivePath,
    Manner,
    Seconds,
    WriterCommand,
    example,
    recipe_option,
    wait_option,
    with_access,
    with_manner,
    with_settings,
)
from scraper.cli.running import run_with_progress

if TYPE_CHECKING:
    from scraper.settings import Settings


@click.command("grab", cls=WriterCommand, epilog=example("grab voices.db https://blog.example/2012/05/hello"))
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
@recipe_option
@wait_option
@with_settings
@with_access
@with_manner
def command(
    db: Path,
    urls: tuple[str, ...],
    delay: float,
    recipe_file: Path | None,
    wait: int,
    settings: Settings,
    manner: Manner,
) -> int:
    """Fetch these pages into DB, which is made if need be."""
    from scraper.run.grab import grab
    from scraper.run.recipes import load_recipe

    recipe = load_recipe(recipe_file) if recipe_file else None
    settings = replace(settings, lock_wait=wait)
    return run_with_progress(lambda watcher: grab(db, urls, settings, watcher, delay, recipe), manner, total=len(urls))
