"""`reparse DB`: all captures read again by today's extractor."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import (
    EXISTING_DB,
    Manner,
    WriterCommand,
    base_settings,
    example,
    readers_option,
    recipe_option,
    wait_option,
    with_manner,
)
from scraper.cli.output import print_json, print_table
from scraper.cli.running import bar, say, watch

if TYPE_CHECKING:
    from scraper.run.report import Report
    from scraper.store.upkeep.reparse import Changes

NAMES = {"post": "posts", "comment": "comments", "person": "people", "bio": "bios", "revision": "revisions"}


@click.command("reparse", cls=WriterCommand, epilog=example("reparse voices.db --dry-run", "reparse voices.db"))
@click.argument("db", type=EXISTING_DB)
@click.option("--dry-run", is_flag=True, help="Say what would change; DB is not touched.")
@readers_option
@recipe_option
@wait_option
@with_manner
def command(db: Path, dry_run: bool, jobs: int | None, recipe_file: Path | None, wait: int, manner: Manner) -> int:
    """Read all captures of DB again, as this version reads them, without the network.

    Posts, comments, people and the rest become what a new archive of the same captures would have; texts that change
    are kept as revisions. What is not found any more stays, and is counted as gone; so do the rows of captures out
    of which something was forgotten, which are not read. Interrupted or killed, the next call goes on.

    One line for each field that changed: what it is of, the field ('new': the row itself), and on how many rows.
    """
    from scraper.run.recipes import load_recipe
    from scraper.run.upkeep.reparse import reparse

    recipe = load_recipe(recipe_file) if recipe_file else None
    settings, readers = base_settings(lock_wait=wait), os.cpu_count() or 1 if jobs is None else jobs
    found = watch(
        lambda watcher: reparse(db, settings, watcher, recipe, readers=readers, is_rehearsal=dry_run),
        manner,
        bar(None, manner.quiet),
        fine=("fetched", "skipped"),
    )
    if isinstance(found, int):
        return found
    if manner.as_json:
        print_json({**found.report.counts, "changes": _by_kind(found.changes)})
    else:
        rows = [(NAMES[what], field, number) for (what, field), number in _in_order(found.changes)]
        if rows:
            print_table(("of", "field", "rows"), rows)
    if not manner.quiet or found.report.exit_code:
        summary = _summary(found.report.counts, found.changes) + _stopped(found.report, dry_run)
        say(("dry run, nothing is stored: " if dry_run else "") + summary)
    return found.report.exit_code


def _summary(counts: dict[str, int], changes: Changes) -> str:
    read, failed, others, masked = (counts.get(name, 0) for name in ("read", "failed", "no page", "forgotten"))
    parts = [
        f"{read:,} {'capture' if read == 1 else 'captures'} read",
        f"{others:,} that hold no page" if others else "",
        f"{masked:,} left alone since something was forgotten out of them" if masked else "",
    ]
    parts.append(f"{failed:,} that could not be read" if failed else "")
    gone = [f"{number:,} {NAMES[what]} gone, and kept" for (what, field), number in changes.items() if field == "gone"]
    return ", ".join(filter(None, [*parts, *gone])) + ("" if changes else "; nothing changed")


def _stopped(report: Report, dry_run: bool) -> str:
    """Why it ended before all was read, and what becomes of the rest."""
    if report.stop_reason is None:
        return ""
    reason = f": {report.stop_reason}" if report.stopped_by is None else f" by {report.stop_reason}"
    return f"; stopped{reason}{'' if dry_run else '; the next reparse goes on'}"


def _in_order(changes: Changes) -> list[tuple[tuple[str, str], int]]:
    """By kind, and of each kind what changed most first."""
    kinds = list(NAMES)
    return sorted(changes.items(), key=lambda each: (kinds.index(each[0][0]), -each[1], each[0][1]))


def _by_kind(changes: Changes) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (what, field), number in _in_order(changes):
        found.setdefault(NAMES[what], {})[field] = number
    return found
