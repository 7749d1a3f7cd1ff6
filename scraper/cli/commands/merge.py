"""`merge DB OTHER...`: other archives into one."""

from __future__ import annotations

import os
from pathlib import Path

import click

from scraper.cli.options import (
    EXISTING_DB,
    ArchivePath,
    Manner,
    WriterCommand,
    base_settings,
    example,
    readers_option,
    wait_option,
    with_manner,
)
from scraper.cli.running import HELD, run_with_progress


@click.command("merge", cls=WriterCommand, epilog=example("merge voices.db laptop.db old/voices.db"))
@click.argument("db", type=ArchivePath())
@click.argument("others", metavar="OTHER...", nargs=-1, required=True, type=EXISTING_DB)
@readers_option
@wait_option
@with_manner
def command(db: Path, others: tuple[Path, ...], jobs: int | None, wait: int, manner: Manner) -> int:
    """Take all that the archives OTHER hold into DB, which is made if need be.

    Captures come with their WARC records, and posts, comments, people and their history are as if DB had seen all of
    them itself: of two captures the later one counts. Crawls, known addresses, recipes and what was forgotten come
    too, runs do not. The others are only read.

    Merging again changes nothing; interrupted or killed, the same call goes on.
    """
    from scraper.run.upkeep.merge import merge

    settings, readers = base_settings(lock_wait=wait), os.cpu_count() or 1 if jobs is None else jobs
    return run_with_progress(lambda watcher: merge(db, others, settings, watcher, readers=readers), manner, fine=HELD)
