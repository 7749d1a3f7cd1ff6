"""`schedule DB`: what keeps an archive up to date by itself, for cron or systemd."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from scraper.cli.commands.update import command as update
from scraper.cli.options import EXISTING_DB, example, json_option
from scraper.cli.output import print_json
from scraper.cli.units import Job, crontab_line, is_sayable, quiet_time, service_unit, timer_unit

WRITTEN = ("log", "metrics")  # options of `update` that name files which it writes
PARTS = ("crontab", "service", "timer")
EXAMPLES = example(
    "schedule voices.db",
    "schedule voices.db --only service -- --max-time 3600 --log /var/log/voices.log",
)


@click.command("schedule", epilog=EXAMPLES)
@click.argument("db", type=EXISTING_DB)
@click.argument("more", metavar="[-- OPTION...]", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--at", metavar="HH:MM", help="When, each day; by default at a time in the small hours that DB's path gives."
)
@click.option("--only", type=click.Choice(PARTS), help="Print one of them alone, as it goes into its file.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, db: Path, more: tuple[str, ...], at: str | None, only: str | None, as_json: bool
) -> None:
    """Print what runs `update DB` each day: a line for crontab -e, or else a service and a timer of systemd.

    Nothing is installed. The first line of each unit says which file it belongs into; then
    `systemctl enable --now NAME.timer`. Options behind -- are those of `update`.

    The timer catches up what was missed, and waits up to half an hour longer by chance. The service may write to DB's
    folder alone, and to where --log and --metrics are; with --render take out RestrictNamespaces.
    """
    job = _job(ctx, Path(os.path.abspath(db)), more, at)
    _warn(db)
    parts = {"name": job.name, "crontab": crontab_line(job), "service": service_unit(job), "timer": timer_unit(job)}
    if as_json:
        print_json(parts)
    elif only:
        click.echo(parts[only].rstrip("\n"))
    else:
        click.echo(f"# crontab -e\n{parts['crontab']}\n\n{parts['service']}\n{parts['timer']}".rstrip("\n"))


def _warn(db: Path) -> None:
    """Says where `update` would have nothing to do, as far as the archive can be read by now."""
    from scraper.errors import ScraperError
    from scraper.store.connection import reading
    from scraper.store.crawls.crawl_rows import load_crawls

    with suppress(ScraperError), reading(db) as connection:
        if not load_crawls(connection):
            click.echo("no blog is crawled in it yet; `crawl` begins one, before the first night", err=True)


def _job(ctx: click.Context, db: Path, more: tuple[str, ...], at: str | None) -> Job:
    told = update.make_context("update", [str(db), *more], parent=ctx.parent).params
    config = ctx.find_root().obj
    named = ("--config", os.path.abspath(config)) if config else ()
    for each in told.values():
        if isinstance(each, Path) and not each.is_absolute():  # cron and systemd begin elsewhere
            raise click.UsageError(f"give {each} with its whole path")
    writes = tuple(told[name].parent for name in WRITTEN if told[name])
    words = (*_program(), *named, "update", str(db), "--quiet", *more)
    if not is_sayable(words):
        raise click.UsageError("a name with control characters in it cannot stand in a crontab or unit")
    hour, minute = _clock(at) if at else quiet_time(db)
    return Job(words, db, getpass.getuser(), hour, minute, writes)


def _program() -> tuple[str, ...]:
    """How this program is called from anywhere."""
    installed = Path(sys.executable).with_name("blog-to-sqlite")
    return (str(installed),) if os.access(installed, os.X_OK) else (sys.executable, "-m", "scraper")


def _clock(text: str) -> tuple[int, int]:
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60 and len(text) <= 5):
        raise click.BadParameter(f"{text!r} is not a time of day like 04:23", param_hint="'--at'")
    return int(hour), int(minute)
