"""`forget DB PERSON|URL`: a take-down."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import EXISTING_DB, WriterCommand, base_settings, example, json_option, wait_option
from scraper.cli.output import print_json
from scraper.cli.running import say

if TYPE_CHECKING:
    from scraper.run.upkeep.forget import Preview

EXAMPLES = example(
    "forget voices.db https://blog.example/2012/05/hello --dry-run",
    "forget voices.db https://blog.example/2012/05/hello#comment-12",
    "forget voices.db 'Jane Doe' --yes",
)
LABELS = {"comments_emptied": "comments that leave an empty place", "captures_cleared": "captures that show it"}
NOTHING_HELD = 3  # exit code: done, but there was nothing that could go


@click.command("forget", cls=WriterCommand, epilog=EXAMPLES)
@click.argument("db", type=EXISTING_DB)
@click.argument("what", metavar="PERSON|URL")
@click.option("--posts", is_flag=True, help="Also the posts that the person signs; else they stay without the name.")
@click.option(
    "--mentions/--no-mentions",
    default=None,
    help="Whether the name goes out of what others write; else where it has several words.",
)
@click.option("--dry-run", is_flag=True, help="Only say how much would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@wait_option
@json_option
def command(
    db: Path, what: str, posts: bool, mentions: bool | None, dry_run: bool, yes: bool, wait: int, as_json: bool
) -> int:
    """Take a person, a post or a comment out of DB for good, and out of the WARC files beside it.

    PERSON is a name as it is shown, a profile's URL, or person:ID. URL is a post's, a comment's permalink, or any
    other page's; post:ID and comment:ID work too. First it is said how much that is, and on a terminal asked;
    elsewhere nothing is done without --yes. It cannot be undone.

    Of a comment an empty place stays, so that its answers do. Captures that show what goes lose all that they hold.
    No later crawl, import, reparse or rebuild takes it in again: what the archive remembers of it are digests.
    Backups and copies elsewhere are not touched. Of an address that is not held the exit code is 3,
    of a name that nobody has 2: a typing error?
    """
    from scraper.run.session import await_turn
    from scraper.run.upkeep.forget import forget, preview_forgetting
    from scraper.run.watcher import Watcher
    from scraper.store.takedowns.forget_target import Wish

    wish = Wish(what, posts=posts, mentions=mentions)
    settings, watcher = base_settings(lock_wait=wait), Watcher(note=say, tell_wait=say)
    if not dry_run and (yes or sys.stdin.isatty()):
        await_turn(db, settings, watcher)
    preview = preview_forgetting(db, wish, say)
    for line in _lines(preview):
        say(line)
    if dry_run:
        if as_json:
            print_json(preview)
        return 0
    refused = None if yes else _asked()
    if refused is not None:
        return refused
    done = forget(db, wish, settings, watcher)
    if done is None:
        say("stopped; nothing was changed")
        return 130
    if as_json:
        print_json(done)
    if not preview.is_known:
        return NOTHING_HELD
    say(f"forgotten; {done.records:,} WARC {'record' if done.records == 1 else 'records'} changed or removed")
    say("backups, exports and other copies still have it")
    return 0


def _asked() -> int | None:
    """The exit code where a person does not agree, or there is nobody to ask; None where they do."""
    if not sys.stdin.isatty():
        say("nothing was changed; --yes does it without asking")
        return 2
    if not click.confirm("Forget it? This cannot be undone.", err=True):
        say("nothing was changed")
        return 0
    return None


def _lines(preview: Preview) -> list[str]:
    if not preview.is_known:
        return ["nothing of it is in the archive; once forgotten, it is not taken in"]
    lines = [f"{preview.kind}:"]
    for name, number in preview.counts.items():
        table = name.removesuffix("_changed").replace("_", " ")
        label = LABELS.get(name, f"{table} with words taken out" if name.endswith("_changed") else table)
        lines.append(f"  {label}: {number:,}")
    records = {
        "with words taken out": preview.records_mended,
        "emptied": preview.records_cleared,
        "removed": preview.records_removed,
    }
    lines.append(f"  WARC records {', '.join(f'{what}: {number:,}' for what, number in records.items())}")
    return lines
