"""`check DB`: whether an archive is sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import EXISTING_DB, WriterCommand, example, json_option, wait_option
from scraper.cli.output import print_json
from scraper.text.prose import one_line

if TYPE_CHECKING:
    from scraper.model import Finding
    from scraper.run.check import Checkup


@click.command("check", cls=WriterCommand, epilog=example("check voices.db", "check voices.db --repair"))
@click.argument("db", type=EXISTING_DB)
@click.option(
    "--repair", is_flag=True, help="Mend what can be made anew: full-text indexes, seals, lists without posts."
)
@wait_option
@json_option
def command(db: Path, repair: bool, wait: int, as_json: bool) -> int:
    """Check that nothing in DB is damaged, lost or out of step.

    The database, each capture's bytes in voices.warc against its row, the seals of finished segments, the full-text
    indexes. One line a problem; exit code 1 if there is one. Nothing is written without --repair.
    """
    checkup = _repaired(db, wait) if repair else _checked(db)
    if as_json:
        print_json({"problems": checkup.problems, "notes": _notes(checkup), "holdings": checkup.holdings})
        return checkup.exit_code
    for finding in checkup.problems:
        click.echo(one_line(f"{finding.about}: {finding.what}{_advice(finding.remedy, repair)}"))
    for finding in _notes(checkup):
        click.echo(one_line(f"{finding.about}: {finding.what}"), err=True)
    click.echo(one_line(f"{db}: {_summary(checkup)}"), err=bool(checkup.problems))
    return checkup.exit_code


def _checked(db: Path) -> Checkup:
    from scraper.run.check import check_archive

    return check_archive(db)


def _repaired(db: Path, wait: int) -> Checkup:
    from scraper.run.check import repair_archive
    from scraper.run.watcher import Watcher
    from scraper.settings import Settings

    watcher = Watcher(note=lambda line: click.echo(one_line(line), err=True))
    return repair_archive(db, Settings(lock_wait=wait), watcher)


def _notes(checkup: Checkup) -> list[Finding]:
    return [finding for finding in checkup.findings if not finding.is_problem]


def _advice(remedy: str | None, tried: bool) -> str:
    return "; --repair makes it anew" if remedy and not tried else ""


def _summary(checkup: Checkup) -> str:
    held = checkup.holdings
    if held is None:
        return "too damaged to be read"
    amounts = (
        f"{held.posts:,} posts, {held.comments:,} comments, {held.captures:,} captures in {checkup.segments:,} segments"
    )
    count = len(checkup.problems)
    return f"{amounts}: {'sound' if not count else '1 problem' if count == 1 else f'{count} problems'}"
