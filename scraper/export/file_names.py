"""`file_stem`: the name of a post's file, which every system takes and which never leads out of a folder."""

from __future__ import annotations

import re
from unicodedata import normalize

from scraper.store.planning.times import Time

_DAY = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")
LONGEST = 80  # bytes of the title's part: 255 are allowed


def file_stem(published: Time, title: str | None, key: int) -> str:
    """The day as far as it is known, words of the title, and the archive's key, which makes it the only one.

    Letters and digits only, so that it is neither hidden, nor a device of Windows, nor a path; the same each time.

    >>> file_stem(Time("2012-05-14T10:04"), "../../etc/passwd & more", 7)
    '2012-05-14-etc-passwd-more-7'
    >>> file_stem(Time(), None, 8)
    'undated-8'
    """
    day = _DAY.match(published.iso or "")
    return "-".join(filter(None, (day[0] if day else "undated", _slug(title or ""), str(key))))


def _slug(text: str) -> str:
    """The letters and digits of the text in small letters, with '-' for all between them."""
    composed = normalize("NFC", text[: 4 * LONGEST]).casefold()
    words = "".join(character if character.isalnum() else " " for character in composed).split()
    return "-".join(words).encode()[:LONGEST].decode(errors="ignore").strip("-")
