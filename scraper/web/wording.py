"""How values read on a page: times at their precision, numbers, sizes, names. Pure; for the templates."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from scraper.store.planning.times import Time
from scraper.text.prose import excerpt, fold, one_line, printable

MONTHS = "January February March April May June July August September October November December".split()
LONGEST = 300  # characters of a name or title in a list
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")
MARKS = ("\ue000", "\ue001")  # around what was found: for private use, so that hardly any text has them
_MARKS = re.compile(f"([{MARKS[0]}{MARKS[1]}])")
SIZES = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB"))


def line(text: object, limit: int = LONGEST) -> str:
    """Text of one line that steers nothing: white space folded, cut, control characters and overrides made visible."""
    return one_line(excerpt(str(text or ""), limit))


def whole_line(text: object) -> str:
    """The same, as long as it is."""
    return one_line(fold(str(text or "")))


def web_address(url: object) -> str | None:
    """The URL if it is one of http or https: no other kind becomes a link."""
    text = str(url or "")
    return text if text.lower().startswith(("http://", "https://")) else None


def language(tag: object) -> str | None:
    """A language tag, if it is one: a screen reader goes by it."""
    return str(tag) if _LANGUAGE.fullmatch(str(tag or "")) else None


def host_of(url: object) -> str:
    """The host of a URL, for a link's words."""
    try:
        return line(urlsplit(str(url or "")).hostname or url, 80)
    except ValueError:
        return line(url, 80)


def number(value: int | None) -> str:
    """With separators of thousands."""
    return "–" if value is None else f"{value:,}"


def counted(value: int, one: str, many: str | None = None) -> str:
    """The number with its noun.

    >>> counted(1, "post"), counted(1200, "reply", "replies")
    ('1 post', '1,200 replies')
    """
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def size(value: int) -> str:
    """Bytes in a unit that people read."""
    for unit, name in SIZES:
        if value >= unit:
            return f"{value / unit:,.1f} {name}"
    return counted(value, "byte")


def day(iso: str | None) -> str:
    """An ISO 8601 time at its precision, as people write it.

    >>> day("2012"), day("2012-05"), day("2012-05-14"), day("2012-05-14T10:04+02:00"), day("2012-05-14T08:04:00Z")
    ('2012', 'May 2012', '14 May 2012', '14 May 2012, 10:04 +02:00', '14 May 2012, 08:04 UTC')
    """
    if not iso:
        return "undated"
    date, _, clock = iso.partition("T")
    parts = date.split("-")
    if len(parts) > 1 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        parts[1] = MONTHS[int(parts[1]) - 1]
        parts[-1] = parts[-1].removeprefix("0")
    said = " ".join(reversed(parts))
    if not clock:
        return said
    zone = clock[8:] if clock[5:6] == ":" else clock[5:]
    return f"{said}, {clock[:5]}{' UTC' if zone == 'Z' else f' {zone}' if zone else ''}"


def when(time: Time) -> Markup:
    """What is known of a time: the time itself, or the bounds that it lies in with the page's own words; no more."""
    if time.iso and time.precision != "interval":
        return Markup('<time datetime="{}">{}</time>').format(time.iso, day(time.iso))
    said = Markup(" <span class=said>(“{}”)</span>").format(line(time.shown, 60)) if time.shown else Markup("")
    bounds = _bounds(time)
    if not bounds:
        return Markup('<span class="undated">undated{}</span>').format(said)
    return Markup('<span class="interval" title="The page gives no exact time">{}{}</span>').format(bounds, said)


def _bounds(time: Time) -> str:
    first, last = (each[:10] if each else None for each in (time.earliest, time.latest))
    if first and last:
        return day(first) if first == last else f"between {day(first)} and {day(last)}"
    if last:
        return f"before {day(last)}"
    return f"after {day(first)}" if first else ""


def paragraphs(text: str) -> Markup:
    """Plain text whose lines are blocks."""
    blocks = (Markup("<p>{}</p>").format(block) for block in text.replace("\0", "").split("\n") if block.strip())
    return Markup("\n").join(blocks)


def marked(snippet: str) -> Markup:
    """A snippet with what was found in it marked; it stands between MARKS.

    >>> print(marked("a \ue000<b>\ue001 [c]"))
    a <mark>&lt;b&gt;</mark> [c]
    """
    pieces: list[Markup] = []
    is_open = False
    for piece in _MARKS.split(line(snippet, 1_000)):
        if piece in MARKS:
            if (piece == MARKS[0]) != is_open:
                pieces.append(Markup("<mark>") if piece == MARKS[0] else Markup("</mark>"))
                is_open = piece == MARKS[0]
        else:
            pieces.append(escape(piece))
    return Markup("").join([*pieces, Markup("</mark>")] if is_open else pieces)


def in_query(value: object) -> str:
    """The value as a part of a query."""
    return quote(str(value or ""), safe="")


FILTERS = {
    "line": line, "whole_line": whole_line, "printable": printable, "web": web_address, "host": host_of,
    "language": language, "number": number, "counted": counted, "size": size, "day": day, "when": when,
    "paragraphs": paragraphs, "marked": marked, "in_query": in_query,
}  # fmt: skip
