"""`runs DB`: the story of each run that wrote to an archive; `runs DB ID`: what one of them had to say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.numbers import WholeNumber
from scraper.cli.options import EXISTING_DB, example, json_option
from scraper.cli.output import json_text, print_json, print_table, span_text
from scraper.text.prose import one_line

if TYPE_CHECKING:
    from scraper.store.run_log import Run

SHOWN = 30
EXITS = {  # what a person is told of each exit code
    0: "done",
    1: "failed",
    2: "usage",
    3: "done, some failed",
    4: "locked",
    5: "stopped by a budget",
    130: "interrupted",
    143: "terminated",
}


@click.command("runs", epilog=example("runs voices.db", "runs voices.db 12"))
@click.argument("db", type=EXISTING_DB)
@click.argument("run_id", metavar="[ID]", type=WholeNumber(1), required=False)
@click.option(
    "--limit", type=WholeNumber(0), metavar="N", default=SHOWN, show_default=True, help="The last N runs; 0: all."
)
@json_option
def command(db: Path, run_id: int | None, limit: int, as_json: bool) -> None:
    """List the runs that wrote to DB, the newest first; with ID, what one of them had to say.

    Of each run: its ID, when it began (UTC), how long it took, the command, what it did, and how it ended with its
    exit code. Of one run: version and settings (on stderr), and each of its events, with the time, how grave it is, and
    what it is about.
    """
    if run_id is not None:
        _tell_run(db, run_id, as_json)
        return
    from scraper.store.run_log import read_runs

    runs = read_runs(db, limit or None)
    if as_json:
        print_json(runs)
        return
    if not runs:
        click.echo("nothing was written to it by a run", err=True)
        return
    print_table(("id", "began", "took", "command", "what it did", "how it ended"), map(_row, runs))


def _tell_run(db: Path, run_id: int, as_json: bool) -> None:
    from scraper.errors import UsageError
    from scraper.store.run_log import read_events, read_run

    run = read_run(db, run_id)
    if run is None:
        raise UsageError("no run of this id; `runs` lists them", str(run_id))
    events = read_events(db, run_id)
    if as_json:
        print_json({"run": run, "events": events})
        return
    click.echo(one_line(" · ".join(str(cell) for cell in _row(run) if cell != "")), err=True)
    settings = ", ".join(f"{name} {json_text(value)}" for name, value in run.settings if value not in (None, []))
    click.echo(one_line(f"version {run.version}; {settings}"), err=True)
    print_table(
        ("at", "level", "about", "message"),
        ((f"{each.at:%Y-%m-%d %H:%M:%S}", each.level, each.url or "", each.message) for each in events),
    )


def _row(run: Run) -> tuple[object, ...]:
    from scraper.run.report import Report

    took = span_text(run.seconds) if run.seconds is not None else ""
    did = Report.of(dict(run.counts)).summary if run.counts else ""
    return run.id, f"{run.started_at:%Y-%m-%d %H:%M:%S}", took, run.command, did, _end(run)


def _end(run: Run) -> str:
    """How the run ended, for a person."""
    if run.exit_code is not None:
        reason = f": {run.stop_reason}" if run.stop_reason else ""
        return f"{run.exit_code} {EXITS.get(run.exit_code, 'stopped')}{reason}"
    return "was killed" if run.finished_at else "still at work, or was killed"
