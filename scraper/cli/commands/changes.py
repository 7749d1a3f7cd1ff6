"""`changes DB`: what happened to posts, comments and people, as their captures tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.options import EXISTING_DB, Since, example, json_option
from scraper.cli.output import json_text, print_text
from scraper.text.difference import shown_changes, word_changes
from scraper.text.prose import excerpt, fold, one_line

if TYPE_CHECKING:
    from scraper.store.past.happenings import Change, Changed

LENGTH = 100  # characters of a comment or bio that are shown of it
LONGEST = 600  # of what differs between two texts
INDENT = "  "
SAID = {
    "post_new": "new",
    "post_edited": "edited",
    "post_moved": "moved",
    "post_redated": "dated anew",
    "post_retagged": "tags changed",
    "post_gone": "gone from the web",
    "post_back": "back",
    "comment_new": "new comment",
    "comment_late": "comment that came late",
    "comment_edited": "edited comment",
    "comment_gone": "comment not there any more",
    "comment_back": "comment back",
    "comment_renamed": "commenter renamed",
    "comment_moved": "comment moved",
    "bio_new": "new bio",
    "bio_edited": "edited bio",
    "person_renamed": "renamed",
}


RENAMED = frozenset({"comment_renamed", "comment_moved", "person_renamed", "post_redated", "post_retagged"})


@click.command("changes", epilog=example("changes voices.db --since 7", "changes voices.db --since 2024-03-20 --json"))
@click.argument("db", type=EXISTING_DB)
@click.option(
    "--since",
    type=Since(),
    metavar="TIME|DAYS",
    help="Since this time (ISO 8601, UTC; also a year or month), or so many days ago (up to 999).",
)
@json_option
def command(db: Path, since: datetime | None, as_json: bool) -> None:
    """Say what happened, by blog and post.

    New posts, edited ones word by word ([-went-] {+came+}), those with another day or other tags, comments that are
    new, edited, or not there any more, posts that are gone, moved or back, new and edited bios, and people with new
    names. The days are those of the captures that show it. A failed fetch is no change. With --json one post or person
    a line.
    """
    from scraper.store.past.happenings import read_changes

    blog: str | None = ""
    changed = None
    for changed in read_changes(db, since):
        if as_json:
            click.echo(json_text(_record(changed)))
            continue
        if changed.blog != blog:
            blog = changed.blog
            print_text(one_line(blog or "(no blog)"))
        for line in _lines(changed):
            print_text(line)
    if changed is None:
        click.echo("nothing happened" + (f" since {since:%Y-%m-%d %H:%M} UTC" if since else ""), err=True)


def _record(changed: Changed) -> dict[str, Any]:
    changes = [{**asdict(change), "words": _words(change)} for change in changed.changes]
    return {**asdict(changed), "changes": changes}


def _words(change: Change) -> list[dict[str, str]] | None:
    """What differs between the two texts, place by place."""
    if not change.what.endswith("edited"):
        return None
    found = word_changes(change.before or "", change.after or "")
    return [{"old": " ".join(each.old), "new": " ".join(each.new)} for each in found]


def _lines(changed: Changed) -> Iterator[str]:
    """The post or person as a person reads of it: each thing in one line, of which no part can steer a terminal."""
    yield INDENT + _line(fold(changed.title or "(no title)"), changed.url)
    for _, group in groupby(changed.changes, key=_alike):
        yield INDENT * 2 + _told(list(group), changed)


def _alike(change: Change) -> tuple[object, ...]:
    """Renamings of one person's comments are told as one."""
    return (change.what, change.before, change.after) if change.what == "comment_renamed" else (id(change),)


def _told(alike: list[Change], changed: Changed) -> str:
    change = alike[0]
    day = (change.at or "(no time)")[:10]
    return _line(f"{day} {SAID[change.what]}", *_details(change, alike, changed))


def _details(change: Change, alike: list[Change], changed: Changed) -> Iterable[str | None]:
    if change.what == "post_new":
        return (f"with {_counted(changed.comments)}" if changed.comments else None,)
    if change.what == "post_moved":
        return (change.after,)
    if change.what.endswith("edited"):
        differing = shown_changes(change.before or "", change.after or "")
        return (change.author, excerpt(differing, LONGEST))
    if change.what in RENAMED:
        which = _counted(len(alike)) if change.what == "comment_renamed" and len(alike) > 1 else None
        return (f"{change.before} is now {change.after}", which)
    if change.comment_id is None and change.what != "bio_new":
        return ()
    return (change.author, excerpt(change.after or change.before or "", LENGTH))


def _counted(number: int) -> str:
    return f"{number:,} comment{'' if number == 1 else 's'}"


def _line(*parts: str | None) -> str:
    return one_line(fold(" · ".join(part for part in parts if part)))
