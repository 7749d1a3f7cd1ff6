"""How WordPress wants names, times and texts: `Names`, `clock`, `body`, `comment_body`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from scraper.export.jsonl import estimate_day
from scraper.parse.exports.wxr import OURS
from scraper.store.planning.times import Time

PUBLISHED, MODIFIED, SUBJECT = OURS
NO_CLOCK = "0000-00-00 00:00:00"
_KEPT = re.compile(r"(<pre\b.*?</pre\s*>)", re.I | re.S)  # in which lines are lines
LONGEST = 180  # characters of a slug: WordPress takes 200 bytes


@dataclass(frozen=True, slots=True)
class Named:
    """An author, a category or a tag: its number, the name of its address, and the one that people read."""

    id: int
    slug: str
    name: str


class Names:
    """Names, each with a slug that no other has, in the order in which they came."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._found: dict[Hashable, Named] = {}
        self._slugs: set[str] = set()

    def __len__(self) -> int:
        return len(self._found)

    def add(self, key: Hashable, name: str) -> None:
        """Takes note of the name, if nothing has come under this key."""
        if key in self._found:
            return
        number = len(self._found) + 1
        made = slug(name) or f"{self._kind}-{number}"
        if made in self._slugs:
            made = f"{made}-{number}"
        while made in self._slugs:
            made += "x"
        self._slugs.add(made)
        self._found[key] = Named(number, made, name)

    def get(self, key: Hashable) -> Named:
        return self._found[key]

    def all(self) -> Iterator[Named]:
        yield from self._found.values()


def slug(name: str) -> str:
    """The name as a part of an address.

    >>> slug("Brot & Bücher!"), slug("新聞")
    ('brot-bucher', '')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as WordPress has it, the wall clock and the same in UTC, and what is known where that is not the same.

    `known` is ISO 8601 (of a month: 'May 2012'), or two moments with a slash between them; None where the two clocks
    say all there is to say.
    """

    local: str = NO_CLOCK
    gmt: str = NO_CLOCK
    known: str | None = None
    utc: datetime | None = None


def clock(time: Time) -> Clock:
    """The time; without a zone only the wall clock, without a clock the beginning of the likeliest day.

    >>> clock(Time("2012-05-14T10:04:00+02:00")).gmt, clock(Time("2012-05-14")).local, clock(Time("2012-05-14")).known
    ('2012-05-14 08:04:00', '2012-05-14 00:00:00', '2012-05-14')
    """
    try:
        return _clock(time)
    except ValueError:  # a row that nobody of ours wrote
        return Clock()


def _clock(time: Time) -> Clock:
    if time.iso is not None and "T" in time.iso:
        stated = datetime.fromisoformat(time.iso)
        local = f"{stated.replace(tzinfo=None).isoformat(' ', 'seconds')}"
        known = None if time.precision == "second" else time.iso
        if stated.tzinfo is None:
            return Clock(local, NO_CLOCK, known)
        try:
            utc = stated.astimezone(UTC)
        except OverflowError:
            return Clock(local, NO_CLOCK, time.iso)
        return Clock(local, f"{utc.replace(tzinfo=None).isoformat(' ', 'seconds')}", known, utc)
    bounds = f"{time.earliest or '..'}/{time.latest or '..'}" if time.earliest or time.latest else None
    known = bounds if time.precision == "interval" else time.iso or bounds
    if time.iso is not None and len(time.iso) == len("2012-05"):
        known = f"{datetime.fromisoformat(f'{time.iso}-01'):%B %Y}"  # as our import, and anybody, reads a month
    day = estimate_day(time)
    return Clock(datetime.fromisoformat(day).isoformat(" ", "seconds") if day else NO_CLOCK, NO_CLOCK, known)


def body(html: str, text: str) -> str:
    """A post's HTML as a block that WordPress neither lays out anew nor looks for codes in."""
    if not html and not text:
        return ""
    inside = (html or _paragraphs(text)).replace("<!--", "&lt;!--").replace("[", "&#91;")
    return f"<!-- wp:html -->\n{inside}\n<!-- /wp:html -->"


def comment_body(html: str, text: str) -> str:
    """A comment's HTML; its lines, which WordPress would take for breaks, run on."""
    pieces = _KEPT.split(html or _paragraphs(text))
    return "".join(each if place % 2 else re.sub(r"\s*\n\s*", " ", each) for place, each in enumerate(pieces)).strip()


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())
