"""What a post said before: its wordings with what differs, its comments' too, and the captures that tell."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.store.versions import Version, read_rewordings, read_sightings, read_tombstones, read_versions
from scraper.text.difference import WordChange, word_changes
from scraper.web.asked import Answer, Asked, missing

MOST = 200  # rows of each list


@dataclass(frozen=True, slots=True)
class Step:
    """A wording, and what it changed of the one before; none for the first."""

    version: Version
    title_changes: tuple[WordChange, ...]
    changes: tuple[WordChange, ...]
    is_first: bool


def page(asked: Asked) -> Answer:
    """The history of the post of this id."""
    post = asked.reader.head(asked.key)
    if post is None:
        return missing("No post has this number.")
    connection = asked.reader.connection
    rewordings = read_rewordings(connection, post.id, MOST)
    values = {
        "post": post,
        "steps": _steps(read_versions(connection, post.id)),
        "rewordings": [(each, word_changes(each.before, each.after)) for each in rewordings],
        "sightings": read_sightings(connection, post.id, MOST),
        "tombstones": read_tombstones(connection, post.id, MOST),
        "most": MOST,
    }
    return Answer("history.html", values)


def _steps(versions: list[Version]) -> list[Step]:
    """Newest first."""
    steps: list[Step] = []
    before: dict[int | None, Version] = {}
    for version in versions[-MOST:]:
        last = before.get(version.page)
        titles = word_changes(last.title or "", version.title or "") if last else ()
        steps.append(Step(version, titles, word_changes(last.text, version.text) if last else (), last is None))
        before[version.page] = version
    return steps[::-1]
