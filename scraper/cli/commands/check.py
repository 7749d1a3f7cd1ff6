"""`check DB`: whether an archive is sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import (
    EXISTING_DB,
    WriterCommand,
    base_settings,
    example,
    json_option,
    quiet_option,
    wait_option,
)
from scraper.cli.output import print_json
from scraper.cli.running import say
from scraper.text.prose import one_line

if TYPE_CHECKING:
    from scraper.model import Finding
    from scraper.run.upkeep.check import Checkup


@click.command("check", cls=WriterCommand, epilog=example("check voices.db", "check voices.db --repair"))
@click.argument("db", type=EXISTING_DB)
@click.option("--repair", is_flag=True, help="Mend what can be mended; the rest is listed all the same.")
@click.option(
    "--backup",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold this backup and the WARC files against its list too.",
)
@wait_option
@quiet_option
@json_option
def command(db: Path, repair: bool, backup: Path | None, wait: int, quiet: bool, as_json: bool) -> int:
    """Check that nothing in DB is damaged, lost or out of step.

    The database, its full-text indexes, and every capture in the WARC files beside it: each is read, and has to be
    what its row says. One line a problem, with what to do about it; the exit code is then 1.

    Nothing is changed without --repair, and other commands may write meanwhile.
    """
    if repair and backup is not None:
        raise click.UsageError("--repair mends nothing of what a backup lists; leave --backup away")
    checkup = _repaired(db, wait) if repair else _checked(db, backup)
    if as_json:
        _print_as_json(checkup)
        return checkup.exit_code
    for each in checkup.mended:
        click.echo(one_line(f"mended: {each.about}: {each.what}"))
    for each in checkup.problems:
        click.echo(one_line(_line(each)))
    if quiet and not checkup.problems:
        return checkup.exit_code
    for each in _notes(checkup):
        click.echo(one_line(f"note: {_line(each)}"), err=True)
    click.echo(one_line(f"{db}: {_summary(checkup)}"), err=bool(checkup.problems))
    return checkup.exit_code


def _checked(db: Path, backup: Path | None) -> Checkup:
    from scraper.run.upkeep.check import check_archive

    return check_archive(db, backup)


def _repaired(db: Path, wait: int) -> Checkup:
    from scraper.run.upkeep.check import repair_archive
    from scraper.run.watcher import Watcher

    watcher = Watcher(note=say, tell_wait=say)
    return repair_archive(db, base_settings(lock_wait=wait), watcher)


def _line(finding: Finding) -> str:
    return f"{finding.about}: {finding.what}; {finding.advice}"


def _notes(checkup: Checkup) -> list[Finding]:
    return [finding for finding in checkup.findings if not finding.is_problem]


def _print_as_json(checkup: Checkup) -> None:
    findings = {"problems": checkup.problems, "notes": _notes(checkup), "mended": checkup.mended}
    lists = {name: [_said(each) for each in found] for name, found in findings.items()}
    print_json({**lists, "holdings": checkup.holdings, "segments": checkup.segments})


def _said(finding: Finding) -> dict[str, str]:
    return {"about": finding.about, "what": finding.what, "advice": finding.advice}


def _summary(checkup: Checkup) -> str:
    held = checkup.holdings
    if held is None:
        return "too damaged to be read"
    rows = ((held.posts, "posts"), (held.comments, "comments"), (held.captures, "captures"))
    amounts = f"{', '.join(_counted(*each) for each in rows)} in {_counted(checkup.segments, 'segments')}"
    return f"{amounts}: {_counted(len(checkup.problems), 'problems') if checkup.problems else 'sound'}"


def _counted(number: int, names: str) -> str:
    return f"{number:,} {names.removesuffix('s') if number == 1 else names}"
