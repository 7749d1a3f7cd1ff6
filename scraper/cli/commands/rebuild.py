"""`rebuild DB --from DIR.warc`: a lost database, from the WARC files."""

from __future__ import annotations

import os
from pathlib import Path

import click

from scraper.cli.options import (
    ArchivePath,
    Manner,
    WriterCommand,
    base_settings,
    example,
    readers_option,
    recipe_option,
    wait_option,
    with_manner,
)
from scraper.cli.running import HELD, run_with_progress


@click.command("rebuild", cls=WriterCommand, epilog=example("rebuild voices.db --from voices.warc"))
@click.argument("db", type=ArchivePath())
@click.option(
    "--from",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the lost archive's segments.",
)
@readers_option
@recipe_option
@wait_option
@with_manner
def command(db: Path, folder: Path, jobs: int | None, recipe_file: Path | None, wait: int, manner: Manner) -> int:
    """Make DB anew from the WARC files of an archive whose database is lost.

    Segments in another folder than the one beside DB are copied there. Posts, comments, people, their history and all
    captures come back as this version reads them. What is in no WARC file does not: crawls with their settings and
    known addresses, robots.txt, recipes, earlier runs, addresses without a capture.

    Interrupted or killed, the same call goes on.
    """
    from scraper.run.recipes import load_recipe
    from scraper.run.upkeep.rebuild import rebuild

    recipe = load_recipe(recipe_file) if recipe_file else None
    settings, readers = base_settings(lock_wait=wait), os.cpu_count() or 1 if jobs is None else jobs
    return run_with_progress(
        lambda watcher: rebuild(db, folder, settings, watcher, recipe, readers=readers), manner, fine=HELD
    )
