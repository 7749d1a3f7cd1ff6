"""`export DB DEST --to FORMAT`: an archive in another form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from scraper.cli.options import EXISTING_DB, example


@click.command("export", epilog=example("export voices.db - --to jsonl | jq .title"))
@click.argument("db", type=EXISTING_DB)
@click.argument("dest", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--to", "form", type=click.Choice(["jsonl"]), required=True, help="The format.")
def command(db: Path, dest: str, form: str) -> None:
    """Write the archive in another form.

    DEST '-' is stdout. jsonl: one post with its comments a line, other pages with a text too.
    """
    from scraper.export.jsonl import export_jsonl
    from scraper.store.reader import Reader

    with Reader(db) as reader, _destination(dest, db) as file:
        export_jsonl(reader, lambda line: file.write(line.encode()))


def _own_files(db: Path) -> list[Path]:
    """The database and what stands beside it, as far as it is there."""
    names = (db, *(Path(f"{db}{end}") for end in ("-wal", "-shm", "-journal", ".lock")))
    return [path for path in names if path.exists()]


@contextmanager
def _destination(dest: str, db: Path) -> Iterator[IO[bytes]]:
    """A file to write to; one with a name appears under that name when it is whole, and not before."""
    if dest == "-":
        yield sys.stdout.buffer
        return
    path = Path(dest)
    if any(path.exists() and path.samefile(own) for own in _own_files(db)):
        raise click.BadParameter(f"that is the archive itself: {path}", param_hint="'DEST'")
    if path.exists() and not path.is_file():
        raise click.BadParameter(f"not a regular file: {path}; '-' is stdout", param_hint="'DEST'")
    if not path.parent.is_dir():
        raise click.BadParameter(f"no such folder: {path.parent}", param_hint="'DEST'")
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
