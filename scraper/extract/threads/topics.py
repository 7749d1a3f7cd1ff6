"""The topic of a forum: which of its messages is the post, and which answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from scraper.extract.layout.render import Rendered
from scraper.extract.platforms.rules import CommentRules
from scraper.extract.threads.comment_times import order_of_dates
from scraper.extract.threads.comments import Context, read_comments, read_opening
from scraper.extract.threads.record import Record, number_of
from scraper.extract.threads.records import Records
from scraper.model import Comment
from scraper.parse.html import Document
from scraper.parse.node import Node

NUMBER = re.compile(r"(?:\w+ )?#\s?(\d{1,7})(?: \w+:?)?")
POSITION = "[itemprop=position]"
MOST_LOOKED_AT = 40  # short texts of a message in which its number may stand
LONGEST_NUMBER = 30  # characters


@dataclass(frozen=True, slots=True)
class Topic:
    """The message that opened a topic, None where this page does not show it, and the others."""

    opening: Record | None
    answers: Records


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening message as the post: who wrote it and when, its words, and where those stand."""

    message: Comment
    body: Rendered
    node: Node | None


def find_topic(found: Records, document: Document, *, is_later_page: bool) -> Topic | None:
    """The topic that these records are the messages of; None where they are comments.

    The first message is the opening one on the topic's first page, and where a message shows its number only if that
    is the first.

    :param is_later_page: whether the page's address says that it is not the topic's first.
    """
    if not found.rules.is_topic:
        return None
    records = found.records
    for css in found.rules.opening:
        node = document.body.select_one(css)
        if node is not None:
            answers = tuple(record for record in records if record.node is not node)
            nested = [record.node for record in answers if node.contains(record.node)]
            own = next((record for record in records if record.node is node), None)
            return Topic(own or Record(node, number_of(node), nested), replace(found, records=answers))
    if not records:
        return None
    if found.rules.opening or is_later_page or _goes_on(records):
        return Topic(None, found)
    return Topic(records[0], replace(found, records=records[1:]))


def read_topic(topic: Topic, generic: CommentRules, context: Context) -> tuple[Opening | None, tuple[Comment, ...]]:
    """The opening message, and the others as its comments: those that answer it alone answer the post."""
    day_first = order_of_dates(topic.answers.records)  # what cannot be read may give way to the day somebody joined
    if day_first is not None:
        context = replace(context, clock=replace(context.clock, day_first=day_first))
    if topic.opening is None:
        return None, read_comments(topic.answers, generic, context)
    message, body, node = read_opening(topic.opening, topic.answers.rules, generic, context)
    if message.author:
        context = replace(context, post_authors=context.post_authors | {message.author.casefold()})
    comments = read_comments(topic.answers, generic, context)
    named = {ref for ref in (message.id, message.permalink) if ref}
    return Opening(message, body, node), tuple(
        replace(each, parent_ref=None) if each.parent_ref in named else each for each in comments
    )


def _goes_on(records: tuple[Record, ...]) -> bool:
    """Whether the messages number themselves in order, and do not begin with the first."""
    numbers = [_number(record) for record in records[:2]]
    first = numbers[0]
    return first is not None and first > 1 and (len(numbers) == 1 or numbers[1] == first + 1)


def _number(record: Record) -> int | None:
    """Which message of its topic it is, as it says: '#26'; no number that is its id."""
    stated = (node.text().strip(" #") for node in record.select(POSITION))
    for text in stated:
        if text.isdecimal():
            return int(text[:7])
    for text in islice(record.node.pieces(), MOST_LOOKED_AT):
        found = NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST_NUMBER else None
        if found and found[1] not in (record.identity, *_ids_in(record)):
            return int(found[1])
    return None


def _ids_in(record: Record) -> Iterator[str]:
    return (node.get("id") or "" for node in islice(record.select("[id]"), MOST_LOOKED_AT))
