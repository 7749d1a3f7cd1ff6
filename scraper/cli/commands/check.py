"""`check DB`: whether an archive is sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import EXISTING_DB, example, json_option
from scraper.cli.output import print_json, print_text
from scraper.text.prose import fold, printable

if TYPE_CHECKING:
    from scraper.model import Finding

COUNTED = ("segments", "captures", "posts", "comments")


@click.command("check", epilog=example("check voices.db", "check voices.db --repair"))
@click.argument("db", type=EXISTING_DB)
@click.option("--repair", is_flag=True, help="Mend what can be mended; the rest is listed all the same.")
@json_option
def command(db: Path, repair: bool, as_json: bool) -> int:
    """Check that an archive is sound.

    The database, its full-text indexes, and every capture in the WARC files beside it: each is read, and has to be
    what its row says. Nothing is changed without --repair, and other commands may write meanwhile.

    One line a problem, with what to do about it; the exit code is then 1.
    """
    tally: Counter[str] = Counter()
    mended, found = _repair(db, tally) if repair else ((), _check(db, tally))
    if as_json:
        return _print_as_json(tuple(mended), tuple(found), tally)
    for each in mended:
        print_text(fold(f"mended: {each.about}: {each.message}"))
    problems = sum(_print(each) for each in found)
    counts = ", ".join(_counted(tally[name], name) for name in COUNTED)
    print_text(f"{db}: {_counted(problems, 'problems') if problems else 'sound'}; {counts}")
    return 1 if problems else 0


def _check(db: Path, tally: Counter[str]) -> Iterable[Finding]:
    from scraper.run.check import check_archive

    return check_archive(db, tally)


def _repair(db: Path, tally: Counter[str]) -> tuple[Iterable[Finding], Iterable[Finding]]:
    from scraper.run.repair import repair_archive
    from scraper.run.watcher import Watcher
    from scraper.settings import Settings

    done = repair_archive(db, tally, Settings(), Watcher(note=_note))
    return done.mended, done.left


def _counted(number: int, names: str) -> str:
    return f"{number} {names.removesuffix('s') if number == 1 else names}"


def _print(finding: Finding) -> bool:
    """Whether the finding is a problem, once it is told: problems are results, notes are not."""
    line = f"{finding.about}: {finding.message}; {finding.advice}"
    if finding.is_note:
        _note(f"note: {line}")
    else:
        print_text(fold(line))
    return not finding.is_note


def _note(line: str) -> None:
    click.echo(printable(fold(line)), err=True)


def _print_as_json(mended: tuple[Finding, ...], found: tuple[Finding, ...], tally: Counter[str]) -> int:
    problems = [each for each in found if not each.is_note]
    said = {
        "sound": not problems,
        **{name: tally[name] for name in COUNTED},
        "problems": [_said(each) for each in problems],
        "notes": [_said(each) for each in found if each.is_note],
        "mended": [_said(each) for each in mended],
    }
    print_json(said)
    return 1 if problems else 0


def _said(finding: Finding) -> dict[str, str]:
    return {name: getattr(finding, name) for name in ("about", "message", "advice")}
