"""`backup DB DEST`: a copy of the database, and the list of the WARC files that belong to it."""

from __future__ import annotations

from pathlib import Path

import click

from scraper.cli.options import EXISTING_DB, example, json_option, quiet_option
from scraper.cli.output import print_json
from scraper.text.prose import one_line

PARTLY = 3  # exit code: done, but some records failed


@click.command("backup", epilog=example("backup voices.db /mnt/backups/voices-2024-03-20.db"))
@click.argument("db", type=EXISTING_DB)
@click.argument("dest", type=click.Path(path_type=Path))
@quiet_option
@json_option
def command(db: Path, dest: Path, quiet: bool, as_json: bool) -> int:
    """Copy the database to DEST, and list its WARC files beside it.

    DEST.json has the length and SHA-256 of DEST and of each WARC file that it refers to. Those are for you to copy:
    finished ones never change. Nothing is overwritten, and other commands may write meanwhile.
    `check DB --backup DEST` holds both against the list.
    """
    from scraper.run.upkeep.backup import back_up

    backup = back_up(db, dest)
    for each in backup.missing:
        click.echo(one_line(f"{each.file}: missing, so the backup cannot list it"), err=True)
    if as_json:
        print_json(backup)
    elif not quiet:
        number, length = len(backup.segments), sum(each.length or 0 for each in backup.segments)
        files = f"{number:,} WARC {'file' if number == 1 else 'files'} of {length:,} bytes"
        click.echo(one_line(f"{dest}: {backup.database.length:,} bytes; {files} listed in {dest.name}.json"))
    return PARTLY if backup.missing else 0
