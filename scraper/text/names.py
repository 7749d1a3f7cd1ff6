"""Names of people in bylines: `person_name` for one, `split_names` for several."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from scraper.text import name_words
from scraper.text.date_words import roles
from scraper.text.given_names import GIVEN
from scraper.text.introductions import OPENERS, byline_of, without_glue
from scraper.text.name_words import words_in
from scraper.text.prose import fold
from scraper.text.relative_words import phrases

MAX_WORDS = 6
MAX_LENGTH = 60
LONGEST_BYLINE = 300  # characters
_ADDRESS = re.compile(r"@|://|\bwww\.|\b[\w-]+\.(?:com|org|net|edu|gov|info|io|co|de|fr|uk|blog|me)\b", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\d!?;:<>{}\[\]=_#$%*+|\\/…~^©®™]")
_BRACKETS = re.compile(r"\s*[(\[（][^)\]）]*(?:[)\]）]|\Z)")
_HANDLE = re.compile(r"[^\W\d_][\w.-]{1,24}\Z")
_AT_HANDLE = re.compile(r"\s+\(?@\w+\)?\Z")
_ROLE_END = re.compile(
    r"(?:leiter|sprecher|redakteur|referent|direktor|experte|chef|autor|journalist|expert)(?:in|s)?\Z"
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa"})
_TAIL = re.compile(r"\s*(?:[|·•»›].*|\s[-–—]+\s.*|\s[-–—]+)\Z")  # what stands behind a name
# Before a date or a section of another element.
_DANGLING = re.compile(r"\s+(?:on|at|in|under|unter|sous|um|am|den|le|à|el|il|op|em|w|в|στις)\Z")
_NEXT_LABEL = re.compile(r"\s+([^\W\d_]+)\s?[:：]\s*[^\s:：].*\Z", re.DOTALL)  # 'Jane Doe Photos: John Roe'
_SECTIONS = re.compile(r"\s[|·•»›]\s")
_ON_DATE = re.compile(r"\s+(?:on|at|am|le|el|il|op|den|in|στις|dnia|,)\s+(?:\S+\s+){0,3}?\S*\d.*\Z", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(?:Jr|Sr|[^\W\d_])\.\Z")
_ELISION = re.compile(r"[^\W\d_]{1,2}['’][^\W\d_]")  # d'Arc
_LAST_FIRST = re.compile(r"[^\W\d_][\w'’-]+, [^\W\d_][\w'’.-]+(?: [^\W\d_]\.?)?\Z")
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0e7f\u10a0-\u10ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SEPARATORS = re.compile(
    r"\s+(?:im Gespräch mit|in conversation with)\s+"
    r"|\s*[;、，,/・]\s*(?:(?:[Aa]nd|AND|und|et|y|e|og|och|en|&)\s+)?"
    r"|\s+(?:And|AND|" + "|".join(map(re.escape, name_words.AND)) + r")\s+|\s*[和与與]\s*"
)
_MAYBE_SEPARATORS = re.compile(rf"\s+(?:{'|'.join(name_words.AND_OR_NAME)})\s+")


def person_name(text: str | None) -> str | None:
    """The name, if the text names one person as a byline does; None for roles, sites, addresses, dates and prose.

    'By', 'Posted by' and their like in other languages are cut off, and so are roles and dates behind the name.

    >>> person_name("Posted by Jane Doe, Staff Writer")
    'Jane Doe'
    >>> person_name("von Hans Müller"), person_name("admin"), person_name("Read more")
    ('Hans Müller', None, None)
    """
    return _person_name(_short(text)) if text else None


@lru_cache(maxsize=1_000)
def _person_name(text: str) -> str | None:
    byline = byline_of(text)
    if byline is None:
        return None
    name, introduced = byline
    return _name(_without_tail(name), introduced)


def split_names(text: str | None) -> tuple[str, ...]:
    """The names in a byline, in order; what is no name is left out.

    >>> split_names("By Jane Doe, John Roe and Ann Poe")
    ('Jane Doe', 'John Roe', 'Ann Poe')
    """
    return _split_names(_short(text)) if text else ()


def _short(text: str) -> str:
    """The text, at most a little longer than a byline can be: what is remembered must be short."""
    return text if len(text) <= 2 * LONGEST_BYLINE else fold(text)[: 2 * LONGEST_BYLINE]


@lru_cache(maxsize=1_000)
def _split_names(text: str) -> tuple[str, ...]:
    byline = byline_of(text, limit=LONGEST_BYLINE)
    if byline is None:
        return ()
    joined, introduced = byline
    joined = _DANGLING.sub("", _before_label(joined).rstrip(" |")) if introduced else joined
    joined = _ON_DATE.sub("", _BRACKETS.sub("", joined))
    if _LAST_FIRST.match(joined) and _name(joined, introduced):
        return (joined,)
    parts = _before_asides([part for part in _SEPARATORS.split(joined) if part])
    if len(parts) > 1 and not introduced and not _split_maybe(parts[0], introduced):
        return ()  # 'Some Press Ltd., London'
    parts = [part for place, part in enumerate(parts) if not place or not _speaks_of_office(part)]
    names = [name for part in parts for name in _split_maybe(part, introduced)]
    if any(" " in name or CJK.search(name) for name in names):  # then a single word is a place or a title
        names = [name for name in names if " " in name or CJK.search(name)]
    return tuple(dict.fromkeys(names))


def _before_label(text: str) -> str:
    """The text up to a label of something else that stands in the same line."""
    found = _NEXT_LABEL.search(text)
    return text[: found.start()] if found and (_CASELESS.search(found[1]) or found[1].lower() in _labels()) else text


@cache
def _labels() -> frozenset[str]:
    dates = (
        "date datum fecha data dato published posted updated aktualisiert дата просмотров опубликовано tarih".split()
    )
    return words_in(name_words.NOT_AUTHORS) | words_in(name_words.OTHER_WORK) | frozenset(dates)


def _before_asides(parts: list[str]) -> list[str]:
    """The parts up to one with a mark behind which sections stand, and before a word that says what somebody is.

    Behind that word stands where, or somebody else: 'Jane Doe, text, John Roe, photos'.
    """
    for place, part in enumerate(parts):
        if place and part.isalpha() and part.islower() and not parts[0][0].islower():
            others = [each for each in parts[place + 1 :] if each.partition(" ")[0].lower() in GIVEN]
            return [*parts[:place], *(each for each in others if not _speaks_of_office(each))]
        if _SECTIONS.search(part):
            return parts[: place + 1]  # 'Jane Doe | Bread, Travel'
    return parts


def _speaks_of_office(part: str) -> bool:
    return any(
        _ROLE_END.search(word.lower()) or word.lower() in _offices() or word.lower() in words_in(name_words.NO_PERSON)
        for word in part.split()
    )


def _split_maybe(part: str, introduced: bool) -> list[str]:
    """The names in a part that may hold two joined by a word which also stands inside names ('Ortega y Gasset')."""
    halves = _MAYBE_SEPARATORS.split(part)
    if len(halves) == 1 or any(" " not in half for half in halves):
        halves = [part]
    return [name for half in halves if (name := _name(_without_tail(half), introduced))]


def _without_tail(name: str) -> str:
    """The name without what stands behind it: roles, places in brackets, a date."""
    name = _TAIL.sub("", _ON_DATE.sub("", _BRACKETS.sub("", _AT_HANDLE.sub("", name))))
    name = _without_office(name)
    head, comma, rest = name.partition(",")
    if comma:
        role = any(word.lower().strip(".") in words_in(name_words.ROLES) for word in rest.split())
        if role or not _LAST_FIRST.match(name):
            name = head
    while name.rpartition(" ")[2].lower() in ("published", "updated", "posted"):
        name = name.rpartition(" ")[0]
    middle = len(name) // 2
    if len(name) > 6 and name[:middle] == name[middle + 1 :] and name[middle] == " ":  # once for screen readers
        name = name[:middle]
    first, _, last = name.rpartition(" ")
    if " " in first and last.lower().strip(".") in name_words.CREDENTIALS:
        name = first
    return name.strip(" ,|-–—•·:" if _ABBREVIATED.search(name) else " ,.|-–—•·:")


def _without_office(name: str) -> str:
    """The name behind an office: 'Chefredakteurin Jane Doe', 'Senior Politics Reporter Jane Doe'."""
    words = name.split()
    for place in range(min(len(words), MAX_WORDS) - 3, -1, -1):
        word = words[place].lower()
        if _ROLE_END.search(word) or word in _offices_before():
            return " ".join(words[place + 1 :])
    return name


@cache
def _offices_before() -> frozenset[str]:
    return words_in(name_words.ROLES) - _titles()


def _name(name: str, introduced: bool) -> str | None:
    """The text if it is a person's name and nothing else."""
    if not name or len(name) > MAX_LENGTH or _ADDRESS.search(name):
        return None
    if _FORBIDDEN.search(name):
        return name if introduced and _HANDLE.match(name) else None  # 'by c1ph4'
    words = name.replace(",", "").split()
    if len(words) > MAX_WORDS or not any(character.isalpha() for character in name):
        return None
    if _is_no_person(words) or not all(_is_name_word(word) for word in words):
        return None
    if _CASELESS.search(name):
        return name if len(name) <= (12 if CJK.search(name) and " " not in name else MAX_LENGTH) else None
    if len(words) == 1:
        return name if 2 <= len(name) <= 25 else None
    return name if _has_capitals(words, introduced) else None


def _is_no_person(words: list[str]) -> bool:
    """Whether the words are an office, page furniture or part of a sentence."""
    lower = [word.lower() for word in words]
    if OPENERS.issuperset(lower) and not (len(lower) == 2 and lower[0] in name_words.ALSO_PARTICLES):
        return True
    if len(words) == 1:
        return _is_no_single_name(lower[0])
    if lower[-1] in _offices() or lower[0] in ("the", "a", "an") or lower[0] in name_words.GROUPS:
        return True
    if not _conjunctions().isdisjoint(words):
        return True
    stops, names_too = _stops(), words_in(name_words.ALSO_NAMES)
    if any(
        small in stops and not (small in names_too and word != small) for word, small in zip(words, lower, strict=True)
    ):
        return True
    return _furniture().issuperset(lower)


@cache
def _titles() -> frozenset[str]:
    return name_words.CREDENTIALS | words_in(name_words.ALSO_NAMES)


@cache
def _stops() -> frozenset[str]:
    return words_in(name_words.FUNCTION) - words_in(name_words.PARTICLES)


@cache
def _offices() -> frozenset[str]:
    return words_in(name_words.ORGANISATION) | words_in(name_words.ROLES)


@cache
def _furniture() -> frozenset[str]:
    return words_in(name_words.NO_PERSON) | words_in(name_words.ROLES)


@cache
def _conjunctions() -> frozenset[str]:
    """In lower case, as they stand between names: 'Dan' is a given name."""
    return frozenset(name_words.AND) | {"And", "AND", "Und"}


def _is_no_single_name(word: str) -> bool:
    parts = re.split(r"[-_]", word)
    if len(parts) > 1 and any(part in name_words.HOUSE for part in parts):
        return True
    if (
        word in OPENERS
        or word in words_in(name_words.NO_PERSON)
        or word in words_in(name_words.ROLES)
        or word in phrases()
        or word in ("on", "in")
        or (word in _stops() and word not in words_in(name_words.ALSO_NAMES))
    ):
        return True
    return (len(word) > 5 or len(word) == 2) and _is_date_word(word)  # 'Jan' is a name


def _is_date_word(word: str) -> bool:
    return any(role in ("month", "weekday") for role, _ in roles().get(word, ()))


def _is_name_word(word: str) -> bool:
    """Letters, with an inner hyphen or apostrophe; a dot only behind an initial or a short title ('J.', 'Dr.')."""
    if word.endswith(("'s", "’s")) and len(word) > 3:
        return False
    if "." in word.rstrip("."):
        return all(len(part) <= 2 for part in word.rstrip(".").split("."))  # 'J.R.'
    if word.endswith(".") and len(word) > 5:
        return False
    return any(character.isalpha() for character in word)


def _has_capitals(words: list[str], introduced: bool) -> bool:
    """Whether the words are written as names are; after 'by' all may be lower-case ('by bell hooks')."""
    particles = words_in(name_words.PARTICLES)
    if all(not word[0].islower() or word.lower() in particles or _ELISION.match(word) for word in words):
        return introduced or any(word[0].isupper() for word in words)
    return introduced and len(words) <= 3 and all(word == word.lower() for word in words)


def plain(name: str) -> str:
    """A name in lower case, without accents and with 'ue' for 'ü', as addresses have it."""
    folded = fold(name).lower().translate(_UMLAUTS)
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))


@lru_cache(maxsize=1_000)
def signed_names(text: str, introduced: bool = False) -> tuple[str, ...]:
    """The people in a short text that stands where a byline may stand; `introduced` where a by-word stands before."""
    if "。" in text:  # a sentence
        return ()
    names = split_names(f"by {without_glue(text)}" if introduced else text)
    if any(map(str.isdigit, text)):  # then 'Sat' is a day
        names = tuple(name for name in names if not _is_date_word(name.lower()))
    return names
