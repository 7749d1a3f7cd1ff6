"""When a comment was written, as far as its element lets one know: `Clock`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from scraper.extract.platforms.rules import Selectors
from scraper.extract.threads.record import Record
from scraper.model import When
from scraper.parse.node import Node
from scraper.text.dates import Rounding, find_times, read_time

LONGEST_LINE = 120  # characters of an element that shows a comment's time
LONGEST_TITLE = 60  # characters of a title that may state the time in full
# Attributes that may hold an ISO 8601 time; the last two are those of the scripts Livestamp and Tippy.
STATED = ("datetime", "content", "title", "data-time", "data-date", "data-livestamp", "data-tippy-content")
WRITTEN_OUT = ("title", "data-tippy-content")  # that hold one as people read it
DIGIT = re.compile(r"\d")
NUMERIC = re.compile(r"(?<![\d/-])(\d\d?)[/-](\d\d?)[/-](?:19|20)?\d\d(?![\d/-])")
MOST_ASKED = 200  # comments of a thread that tell in which order it writes the numbers of a date
ISO = re.compile(r"\d{4}-\d\d-\d\d")


def order_of_dates(records: Iterable[Record]) -> bool | None:
    """Whether a thread writes the day before the month: what the dates tell that can be read in one way only.

    None where they tell nothing, or not the same.
    """
    told = {order for record in islice(records, MOST_ASKED) for piece in record.pieces() for order in _orders(piece)}
    return told.pop() if len(told) == 1 else None


def _orders(piece: str) -> Iterator[bool]:
    if len(piece) > LONGEST_LINE:
        return
    for found in islice(NUMERIC.finditer(piece), 2):
        day = next((when.local for _, _, when in find_times(piece) if when.local), None)
        if day is not None and found[1] != found[2] and {int(found[1]), int(found[2])} == {day.day, day.month}:
            yield int(found[1]) == day.day


def _shown_in(node: Node) -> str:
    """The element's text; of a long one only what stands directly in it, since whole comments may be nested there."""
    return node.text() if node.text_length <= LONGEST_LINE else node.own_text()


@dataclass(frozen=True, slots=True)
class Clock:
    """Reads the times of one page: against its capture, not before its post, rounded as its platform rounds."""

    fetched_at: datetime | None
    fetched_before: datetime | None
    not_before: When | None
    rounding: Rounding
    day_first: bool | None = None  # what settles '03/04/2012', if anything does

    def read(self, text: str) -> When | None:
        """The time that the whole text is, or None."""
        return read_time(
            text,
            fetched_at=self.fetched_at,
            fetched_before=self.fetched_before,
            not_before=self.not_before,
            rounding=self.rounding,
            day_first=self.day_first,
        )

    def find(self, text: str) -> list[tuple[int, int, When]]:
        """The times inside a text, each with its start and end."""
        return find_times(
            text,
            fetched_at=self.fetched_at,
            fetched_before=self.fetched_before,
            not_before=self.not_before,
            rounding=self.rounding,
            day_first=self.day_first,
        )

    def of(self, record: Record, selectors: Selectors, body: Node | None = None) -> tuple[Node | None, When | None]:
        """The first element of these selectors that shows a time, and the time.

        :param body: what holds the comment's own words; a text that is all of them is no time: '3 days ago', says Bob.
        """
        for node in record.each(selectors):
            if node.text_length > LONGEST_LINE and node.get("datetime") is None:
                continue
            when = self.shown_by(node) if node.tag != "a" else self._linked(node)
            if when is not None:
                return self._to_the_minute(record, node, when)
        return self._among_lines(record, body)

    def _among_lines(self, record: Record, body: Node | None) -> tuple[Node | None, When | None]:
        """The first short text of the comment that is a time, else the first that holds one to the minute, else any."""
        lines = [(node, text) for node, text in record.short_texts(LONGEST_LINE) if DIGIT.search(text)]
        if body is not None and body is not record.node:
            lines = [line for line in lines if not (body.contains(line[0]) and len(line[1]) >= body.text_length)]
        if (
            record.more and record.node.tag != "dt"
        ):  # what ends a run of siblings speaks of it, what stands within may not
            lines.sort(key=lambda line: not record.more[-1].contains(line[0]))
        for node, text in lines:
            when = self.read(text)
            if when is not None:
                return self._to_the_minute(record, node, self.shown_by(node) or when)
        first: tuple[Node, When] | None = None
        for node, text in lines:
            times = self.find(text)
            if times and times[0][2].precision in ("minute", "second"):
                return node, times[0][2]
            if times and first is None:
                first = node, times[0][2]
        return self._to_the_minute(record, *first) if first else (None, None)

    def _to_the_minute(self, record: Record, node: Node, when: When | None) -> tuple[Node | None, When | None]:
        if when is None:
            return None, None
        return (node, when) if when.precision != "day" else self._with_time_of_day(record, node, when)

    def shown_by(self, node: Node) -> When | None:
        """The element's machine-readable time if it has one, else the time its text shows."""
        text = _shown_in(node)
        for name in STATED:
            value = node.get(name)
            if value and (ISO.match(value) or (name in WRITTEN_OUT and len(value) <= LONGEST_TITLE)):
                when = self.read(value)
                if when is not None and when.local is not None:
                    shows_other = 0 < len(text) <= LONGEST_LINE and text != when.shown
                    return replace(when, shown=text) if shows_other else when
        if not text:
            return None
        return self.read(text) or next((when for _, _, when in self.find(text)), None)

    def _linked(self, link: Node) -> When | None:
        """The time that a link's whole text is, or the exact one that its title is."""
        text, title = _shown_in(link), link.get("title")
        when = self.read(text)
        stated = self.read(title) if when is not None and title and len(title) <= LONGEST_TITLE else None
        is_exact = stated is not None and stated.local is not None and stated.precision in ("minute", "second")
        return replace(stated, shown=text) if stated is not None and is_exact else when

    def _with_time_of_day(self, record: Record, node: Node, day: When) -> tuple[Node, When]:
        """The same day with its time of day, where that stands in an element beside the date."""
        for up in node.ancestors():
            if not record.holds(up) or (up is record.node and not record.more) or up.text_length > LONGEST_LINE:
                break
            found = [when for _, _, when in self.find(up.text()) if when.precision in ("minute", "second")]
            if len(found) == 1 and found[0].local and day.local and found[0].local.date() == day.local.date():
                return up, found[0]
        return node, day
