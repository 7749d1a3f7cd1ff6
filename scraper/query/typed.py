"""What a person typed into a search box, taken apart: `read_typed`, `misread`. Any text is a search, none an error."""

from __future__ import annotations

import re
from itertools import islice
from typing import Literal

from scraper.store.lookup.wanted import Field, Part, Wanted
from scraper.text.prose import fold

MOST_PARTS = 64  # what is typed beyond them is left unread
LONGEST = 200  # characters of one part
LONGEST_TYPED = 20_000  # characters of all that is typed

_UNBINDABLE = re.compile("[\0\ud800-\udfff]")  # SQLite ends a text at NUL; half a surrogate pair has no UTF-8 form
_PART = re.compile(r'(-?)(?:(author|tag|blog|in|after|before):)?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)
_DAY = re.compile(r"(?:18|19|20|21)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_KINDS: dict[str, Literal["posts", "comments"]] = {
    "post": "posts",
    "posts": "posts",
    "comment": "comments",
    "comments": "comments",
}
_TAKEN = {
    "in": "takes posts or comments",
    **dict.fromkeys(("after", "before"), "takes a year, month or day, like 2012, 2012-05 or 2012-05-14"),
}
_FIELDS: dict[str, Field] = {"author": "author", "tag": "tag", "blog": "blog"}


def read_typed(words: str) -> Wanted:
    """What is wanted: words and "quoted phrases", all of which have to be there, and what narrows the search.

    `author:`, `tag:` and `blog:` take a word or a quoted phrase, `in:` posts or comments, `after:` and `before:` a
    year, month or day: from its beginning on, and up to its beginning. A minus before a part is for what must not be
    there. What looks like one of these and is none is a word like all others.

    >>> read_typed('"slow food" -bread author:Ann in:comments after:2012-05').after
    '2012-05'
    >>> [part.value for part in read_typed('c++ in:spring after:lunch').parts]
    ['c++', 'in:spring', 'after:lunch']
    """
    parts: list[Part] = []
    within: Literal["posts", "comments"] | None = None
    after = before = None
    for minus, name, phrase, word in _PART.findall(_UNBINDABLE.sub(" ", words[:LONGEST_TYPED])):
        name, value = name.lower(), fold(phrase or word)[:LONGEST].strip()
        narrows = not minus and _is_fit(name, value)
        if narrows and name == "in":
            within = _KINDS[value.lower()]
        elif narrows and name == "after":
            after = max(after or "", value)
        elif narrows:
            before = min(before or "9999", value)
        elif value and len(parts) < MOST_PARTS:
            typed = value if name in _FIELDS or not name else f"{name}:{value}"
            parts.append(Part(_FIELDS.get(name, "text"), typed, bool(minus)))
    return Wanted(tuple(parts), within, after, before)


def misread(words: str) -> list[str]:
    """What looks like a way to narrow the search and is looked for as a word, each with what it would take.

    >>> misread("bread in:spring -in:posts after:2012 yeas*")
    ['in:spring takes posts or comments', 'yeas* (a * stands for nothing)']
    """
    typed = (
        (minus, name.lower(), phrase or word) for minus, name, phrase, word in _PART.findall(words[:LONGEST_TYPED])
    )
    notes = (_note(name, value) for minus, name, value in typed if not minus)
    return list(islice(filter(None, notes), MOST_PARTS))


def _note(name: str, value: str) -> str | None:
    if name in _TAKEN and not _is_fit(name, fold(value)):
        return f"{name}:{value} {_TAKEN[name]}"
    is_cut = value.endswith("*") and value.strip("*").isalnum()
    return f"{value} (a * stands for nothing)" if not name and is_cut else None


def _is_fit(name: str, value: str) -> bool:
    """Whether `in:`, `after:` or `before:` has a value that it takes."""
    if name == "in":
        return value.lower() in _KINDS
    return name in _TAKEN and _DAY.fullmatch(value) is not None
