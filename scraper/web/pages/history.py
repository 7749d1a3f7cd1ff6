"""What a post said before: its wordings with what differs, its comments' too, and the captures that tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.store.lookup.versions import (
    Wording,
    count_rewordings,
    list_wordings,
    read_rewordings,
    read_sightings,
    read_tombstones,
    read_words,
)
from scraper.text.difference import WordChange, word_changes
from scraper.web.asked import Answer, Asked, missing
from scraper.web.pager import Pager

STEPS, REWORDINGS = 20, 30  # on a page
MOST = 200  # rows of each other list


@dataclass(frozen=True, slots=True)
class Step:
    """A wording, and what it changed of the one before; of the first one how many words it had."""

    wording: Wording
    title_changes: tuple[WordChange, ...]
    changes: tuple[WordChange, ...]
    first_words: int | None


def page(asked: Asked) -> Answer:
    """The history of the post of this id; `?page=` is of its wordings, `?comments=` of those of comments."""
    post = asked.reader.head(asked.key)
    if post is None:
        return missing("No post has this number.")
    connection = asked.reader.connection
    wordings = list_wordings(connection, post.id)[::-1]
    pager = Pager.of(asked.page, len(wordings), STEPS)
    reworded = Pager.of(asked.number("comments") or 1, count_rewordings(connection, post.id), REWORDINGS)
    rewordings = read_rewordings(connection, post.id, reworded.offset, REWORDINGS)
    values = {
        "post": post,
        "steps": _steps(asked, post.id, wordings[pager.offset : pager.offset + STEPS + 1])[:STEPS],
        "pager": pager,
        "rewordings": [(each, word_changes(each.before, each.after)) for each in rewordings],
        "reworded_pager": reworded,
        "sightings": read_sightings(connection, post.id, MOST),
        "tombstones": read_tombstones(connection, post.id, MOST),
        "most": MOST,
        "link": asked.link,
    }
    return Answer("history.html", values)


def _steps(asked: Asked, post_id: int, wordings: Sequence[Wording]) -> list[Step]:
    """What each of these, the newest first, changed of the one behind it."""
    words = read_words(asked.reader.connection, post_id, [each.capture_id for each in wordings])
    steps: list[Step] = []
    for at, wording in enumerate(wordings):
        now = words[wording.capture_id]
        before = wordings[at + 1] if at + 1 < len(wordings) and wordings[at + 1].page == wording.page else None
        if before is None:
            steps.append(Step(wording, (), (), len(now.text.split())))
            continue
        then = words[before.capture_id]
        titles = word_changes(then.title or "", now.title or "")
        steps.append(Step(wording, titles, word_changes(then.text, now.text), None))
    return steps
