"""What stands before a name: `byline_of` cuts it off, `begins_byline` and `ends_in_by` say whether it is there."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.text import name_words
from scraper.text.date_words import roles
from scraper.text.name_words import words_in
from scraper.text.prose import fold

_IN_SECTION = re.compile(r"\s+(?:in|under|filed)\s+[A-Z].*\Z")  # 'by Jane Doe in News'
_LABEL = re.compile(r"[^\W\d_]+\s?[:：/／]\s?(?!/)")
# A label, a button or an office whose element ends where the name begins, or begins where it ends: 'ByJane Doe',
# 'Jane DoeFollow', 'Jane DoeReporter'.
_GLUED = re.compile(
    r"^(?:Post )?(?:Author|Autor|By|Von|Par|Por)(?=[A-ZÀ-Þ][a-zß-ÿ])"
    r"|(?<=[a-zß-ÿ])(?:Follow|Folgen|Reporter|Editor|Writer|Author|Contributor|Correspondent|Columnist"
    r"|(?:Redakteur|Journalist|Autor)(?:in)?)$"
)
# The words that introduce a name by themselves ('by', 'von', 'Autor'), and those with which a byline may begin.
BY_WORDS = words_in(name_words.BY) | (name_words.ALSO_PARTICLES - {"a", "de"})
GREEK_ARTICLES = frozenset({"ο", "η", "τον", "την", "τη"})
OPENERS = words_in(name_words.BY) | words_in(name_words.VERBS) | name_words.ALSO_PARTICLES
# A by-word behind a date or a time: 'Posted 14 May 2012 by Jane Doe'; a label there.
_BEHIND_DATE = re.compile(
    r"(?<=\s)(?:(?:by|von|par|por|door|przez|av|af)\s|(?:文|作者|撰文|記者|글|author|autor|auteur|autore)\s?[:：])\s*",
    re.I,
)
_DATE_FIRST = 48  # characters that a verb, a date and a time take
_LONGEST_BY = 12  # and a by-word
_NO_DATE = re.compile(r"[^\W\d_]{11,}|[.!?]\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_JOINS = frozenset(("&", "und", "and", "et", "y", ""))


def byline_of(text: str | None, limit: int = 100) -> tuple[str, bool] | None:
    """The text behind its introduction, and whether there was one; None where no name can be."""
    folded = without_glue(fold(text or "").strip(" ,|-–—•·:~"))
    if not folded or len(folded) > limit or "://" in folded or "www." in folded:
        return None
    words = folded.split(" ")
    both, _, other = words[0].rstrip(":").partition("/")
    if other and {both.lower(), other.lower()} <= words_in(name_words.BY):  # 'Autorin/Autor'
        words[0] = both
    if words[0].lower().rstrip(":") in words_in(name_words.NOT_AUTHORS):
        return None
    behind_date = _behind_date(folded)
    if behind_date:
        return _IN_SECTION.sub("", behind_date), True
    head, colon, behind = folded.partition(":")
    if colon and behind and len(head) < 30 and all(_introduces(word) for word in head.split()):  # 'Text & Fotos:'
        return behind.strip(), True
    count = _introduction(words)
    if count:
        return _IN_SECTION.sub("", " ".join(words[count:])).lstrip(":：/ "), True
    label = _LABEL.match(folded)
    if label and label[0].rstrip(" :：/／").lower() in words_in(name_words.BY):
        return folded[label.end() :], True
    return folded, False


@lru_cache(maxsize=4096)
def begins_byline(text: str) -> bool:
    """Whether the text begins as a byline does, with a by-word or a label, and has something behind it.

    >>> begins_byline("By Jane Doe"), begins_byline("Jane Doe"), begins_byline("By")
    (True, False, False)
    """
    first = text.partition(" ")[0]
    if not first[:1].isalnum():
        first = text.lstrip(" ,|-–—•·:~([").partition(" ")[0]
    if first.lower() not in OPENERS and "/" not in first:
        head = text[:20]
        if ":" not in head and "：" not in head:
            found = _BEHIND_DATE.search(text, 0, _DATE_FIRST + _LONGEST_BY)
            return found is not None and _behind_date(fold(text)) is not None
    byline = byline_of(text)
    return byline is not None and byline[1]


def ends_in_by(text: str) -> bool:
    """Whether a name may follow: the text ends in by-words, and they begin it or stand behind a date or a mark.

    >>> ends_in_by("14 May 2012 | posted by"), ends_in_by("14 May 2012"), ends_in_by("a poem written by")
    (True, False, False)
    """
    return _ends_in_by(text[-80:])


@lru_cache(maxsize=4096)
def _ends_in_by(text: str) -> bool:
    word = text[-24:].rpartition(" ")[2]
    if not word.isalnum():
        behind = text[-24:].rstrip(" :：&/\t\r\n\xa0").rpartition(" ")[2]
        word = behind if behind.lower() in BY_WORDS else (behind.split() or [""])[-1].rpartition("/")[2]
    if word.lower() not in BY_WORDS:
        return False
    words = text.replace("/", " / ").split()
    while words and (words[-1].rstrip(":：").lower() in OPENERS or words[-1] in ":：&/"):
        words.pop()
    return not words or not words[-1][-1].isalnum() or any(c.isdigit() for word in words[-2:] for c in word)


def is_by_another(text: str) -> bool:
    """Whether the text says that who is named next only reviewed, edited, translated or pictured the post.

    >>> is_by_another("Medically reviewed by"), is_by_another("Written by")
    (True, False)
    """
    folded = text[-60:].strip().lower()
    words = folded.rstrip(" :：").split()[-3:]
    if words and words[-1] in BY_WORDS:
        words.pop()
    elif not folded.endswith((":", "：")):
        return False
    return bool(words) and words[-1] in words_in(name_words.OTHER_WORK)


def _behind_date(text: str) -> str | None:
    """What stands behind the by-word in a text that begins with a date, or a verb and a date, and little else."""
    found = _BEHIND_DATE.search(text, 0, _DATE_FIRST + _LONGEST_BY)
    before = text[: found.start()] if found else ""
    if found is None or len(before) > _DATE_FIRST or sum(map(str.isdigit, before)) < 3 or _NO_DATE.search(before):
        return None
    words = [word for word in re.findall(r"[^\W\d_]+", before.lower()) if len(word) > 2]
    is_date = all(word in roles() or word in OPENERS or word in ("the", "date") for word in words)
    return text[found.end() :] if is_date else None


def without_glue(text: str) -> str:
    """A byline without the label or button that stands at its name without a space."""
    return _GLUED.sub("", text)


def _introduces(word: str) -> bool:
    small = word.strip("/").lower()
    return small in OPENERS or small in words_in(name_words.NOT_AUTHORS) or small in _JOINS


def _introduction(words: list[str]) -> int:
    """How many words at the start introduce the name: 'Posted by' 2, 'Jane' 0."""
    place = 0
    while place < min(len(words) - 1, 5) and words[place].lower().rstrip(":") in words_in(name_words.VERBS):
        place += 1
    for at in range(place, -1, -1):
        word = words[at].lower().rstrip(":：")
        if at + 1 >= len(words):
            continue
        if word in words_in(name_words.BY) or word in name_words.ALSO_PARTICLES:
            if at == 0 and word in name_words.ONLY_AFTER_VERBS and not _is_scandinavian(words):
                return 0
            if at == 0 and word in name_words.ALSO_PARTICLES and words[0] != word and len(words) < 3:
                return 0  # 'Di Canio', 'Von Hagen'
            return at + (2 if words[at + 1] in GREEK_ARTICLES and at + 2 < len(words) else 1)
    return 1 if place and words[place - 1].endswith(":") else 0


def _is_scandinavian(words: list[str]) -> bool:
    """Whether a capital 'Av' or 'Af' stands before a whole name: 'Av Kari Nordmann'."""
    return words[0] in ("Av", "Af") and len(words) > 2 and all(word[:1].isupper() for word in words[1:3])
