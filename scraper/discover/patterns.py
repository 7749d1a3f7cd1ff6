"""Which URLs are a blog's posts, by those that are known to be: `learn_patterns`.

A pattern is a path, or path and query, in which stand `{year}` `{month}` `{day}`, `{number}`, `{slug}` (a name, never
a number alone), `{words}` (a slug of two words or more), `{word}` (a name of somebody or something), `{page}` (html,
php and the like), or names divided by bars; a star is for any folders before it. It can be shown and stored.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from scraper.discover.post_addresses import CERTAIN, FILES, LIKELY, LISTS, NO_POSTS
from scraper.text.urls import url_key

LONGEST_URL = 2_000
OF_ANY_BLOG = (*CERTAIN, *LIKELY)
FEWEST = 3  # posts of one shape that teach something
SMALLEST_SHARE = 0.02  # of all posts
MOST_TAUGHT = 5_000  # posts looked at
MOST_VALUES = 20  # names that a folder of posts may have, where it must be named
MOST_WRONG = 0.02  # of what a pattern matches among the known URLs
FOLDED = 0.7  # so many slugs of two words or more, and a slug at the root must have two

_NAME = r"(?=[^/?&=]*[^\d/?&=.])[^/?&=]+"
_PIECES = {
    "year": r"(?:19[89]|20\d)\d",
    "month": r"(?:0?[1-9]|1[0-2])",
    "day": r"(?:0?[1-9]|[12]\d|3[01])",
    "number": r"\d{1,19}",
    "slug": f"({_NAME})",
    "words": r"((?=[^/?&=]*[^\d/?&=._-])[^/?&=_-]+[-_][^/?&=]+)",
    "word": f"({_NAME})",
    "page": r"(?:[xs]?html?|phtml|php\d?|aspx?|jsp|cfm|cgi)",
}
_PLACEHOLDER = re.compile(r"(\{[^{}]+\})")
_FOLDERS = r"((?:/[^/?]+){0,4})"
_YEAR = re.compile(_PIECES["year"] + r"\Z", re.ASCII)
_MONTH = re.compile(_PIECES["month"] + r"\Z", re.ASCII)
_DAY = re.compile(_PIECES["day"] + r"\Z", re.ASCII)
_NUMBER = re.compile(r"\d+\Z", re.ASCII)
_DATED_SLUG = re.compile(r"((?:19[89]|20\d)\d)-(\d\d)-(\d\d)-(.+)\Z", re.ASCII)
_NUMBERED_SLUG = re.compile(r"(\d+)-(.+)\Z", re.ASCII)
_PAGE = re.compile(r"\." + _PIECES["page"] + r"\Z", re.IGNORECASE)
_ENDING = re.compile(r"\.([a-z0-9]{2,5})\Z")
_WORDS = re.compile(_PIECES["words"] + r"\Z")
_KINDS = frozenset({"year", "month", "day", "number", "text"})


@dataclass(frozen=True, slots=True)
class PostPatterns:
    """How the addresses of a blog's posts look. `learned` are from its own posts, most frequent first."""

    learned: tuple[str, ...] = ()

    def matches(self, url: str) -> bool:
        """Whether the URL looks like one of the blog's posts. Rather no than a wrong yes. Never raises.

        >>> PostPatterns(("/notes/{slug}/",)).matches("https://example.org/notes/hello")
        True
        >>> PostPatterns().matches("https://example.org/2012/05/hello.html")
        True
        """
        return self.pattern_of(url) is not None

    def pattern_of(self, url: str) -> str | None:
        """The pattern that the URL fits, as the reason to give; None if there is none."""
        address = _address(url)
        if address is None:
            return None
        patterns = (*self.learned, *CERTAIN) if self.learned else OF_ANY_BLOG
        if not _any_of(patterns).match(address):
            return None
        return next((pattern for pattern in patterns if _fits(pattern, address)), None)


def learn_patterns(post_urls: Iterable[str], other_urls: Iterable[str] = ()) -> PostPatterns:
    """The patterns of a blog's posts, from URLs that are posts and some that are not.

    A shape that fewer than three posts have teaches nothing. What fits URLs that are no posts as well is drawn
    narrower, and given up if that does not help. The order of the URLs does not matter.
    """
    posts = sorted({address for url in post_urls if (address := _address(url))})[:MOST_TAUGHT]
    others = sorted({address for url in other_urls if (address := _address(url))} - set(posts))[:MOST_TAUGHT]
    groups: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for address in posts:
        kinds, values = zip(*_parts(address), strict=True)
        groups[kinds].append(values)
    fewest = max(FEWEST, len(posts) * SMALLEST_SHARE)
    learned: Counter[str] = Counter()
    for kinds, rows in groups.items():
        if len(rows) >= fewest and (pattern := _narrowed(kinds, rows, others)):
            learned[pattern] += len(rows)
    return PostPatterns(tuple(sorted(learned, key=lambda pattern: (-learned[pattern], pattern))))


def _narrowed(kinds: tuple[str, ...], rows: list[tuple[str, ...]], others: list[str]) -> str | None:
    """The widest pattern for these posts that leaves the others out."""
    for names_folders, needs_words in ((False, False), (False, True), (True, False), (True, True)):
        pattern = _pattern(kinds, rows, names_folders, needs_words)
        if pattern is None:
            continue
        right = sum(_fits(pattern, "".join(row)) for row in rows)
        wrong = sum(_fits(pattern, address) for address in others)
        if right >= max(FEWEST, len(rows) / 2) and wrong <= MOST_WRONG * right:
            return pattern
    return None


def _pattern(kinds: tuple[str, ...], rows: list[tuple[str, ...]], names_folders: bool, needs_words: bool) -> str | None:
    columns = [sorted(set(values)) for values in zip(*rows, strict=True)]
    varied = [place for place, kind in enumerate(kinds) if kind == "text" and len(columns[place]) > 1]
    pattern = ""
    for place, (kind, values) in enumerate(zip(kinds, columns, strict=True)):
        if len(values) == 1 and kind != "year":
            pattern += values[0]
        elif kind != "text":
            pattern += "{" + kind + "}"
        elif place == varied[-1]:
            is_anchored = names_folders or _is_anchored(kinds, columns)
            needs_words = needs_words or (not is_anchored and _share_of_words(rows, place) >= FOLDED)
            pattern += "{words}" if needs_words else "{slug}"
        elif not names_folders:
            pattern += "{slug}"
        elif len(values) <= MOST_VALUES:
            pattern += "{" + "|".join(values) + "}"
        else:
            return None
    return pattern if "{" in pattern else None


def _is_anchored(kinds: tuple[str, ...], columns: list[list[str]]) -> bool:
    """Whether something else than the slug tells a post's address from that of any page."""
    return any(
        kind in ("year", "number") or (kind == "text" and len(values) == 1) or kind.startswith("?")
        for kind, values in zip(kinds, columns, strict=True)
    )


def _share_of_words(rows: list[tuple[str, ...]], place: int) -> float:
    return sum(_WORDS.match(row[place]) is not None for row in rows) / len(rows)


def _address(url: str) -> str | None:
    """Path and query of an http(s) URL's identity, without a slash at the end; None for what is none, or too long."""
    if len(url) > LONGEST_URL:
        return None
    key = url_key(url)
    if not key.startswith(("http://", "https://")):
        return None
    path, mark, query = key.partition("?")
    path = "/" + path.split("/", 3)[3].rstrip("/") if path.count("/") > 2 else "/"
    if not query:
        return path
    query = query.replace("%2F", "/").removesuffix("=")  # '?q=node/1', '?/archives/1-hello.html'
    return path + mark + query if query else path


def _parts(address: str) -> list[tuple[str, str]]:
    """The address in pieces, each with its kind; joined they are the address. What is no value is its own kind."""
    path, mark, query = address.partition("?")
    parts: list[tuple[str, str]] = []
    before = ""
    for segment in path.split("/")[1:]:
        parts.append(("/", "/"))
        pieces = _pieces(segment, before)
        before = pieces[0][0] if len(pieces) == 1 else ""
        parts.extend(pieces)
    for number, parameter in enumerate(query.split("&") if mark else ()):
        name, equals, value = parameter.partition("=")
        lead = ("&" if number else "?") + name + equals
        parts.append((lead, lead))
        if value:
            parts.append(("number" if _NUMBER.match(value) else "text", value))
    return parts


def _pieces(segment: str, before: str) -> list[tuple[str, str]]:
    """A segment's name and ending, the name by its kind, which depends on what the segment before was."""
    found = _PAGE.search(segment)
    name, ending = (segment[: found.start()], segment[found.start() :]) if found else (segment, "")
    tail = [(ending, ending)] if ending else []
    if dated := _DATED_SLUG.match(name):
        year, month, day, slug = dated.groups()
        hyphen = ("-", "-")
        return [("year", year), hyphen, ("month", month), hyphen, ("day", day), hyphen, ("text", slug), *tail]
    if _NUMBER.match(name):
        return [(_number_kind(name, before), name), *tail]
    if numbered := _NUMBERED_SLUG.match(name):
        return [("number", numbered[1]), ("-", "-"), ("text", numbered[2]), *tail]
    return [("text", name), *tail] if name else tail


def _number_kind(name: str, before: str) -> str:
    if before == "year" and _MONTH.match(name):
        return "month"
    if before == "month" and _DAY.match(name):
        return "day"
    return "year" if _YEAR.match(name) else "number"


def _fits(pattern: str, address: str) -> bool:
    found = _compiled(pattern).match(address)
    if found is None:
        return False
    names = [name.lower() for name in found.groups() if name and not name.startswith("/")]
    folders = [folder.lower() for group in found.groups() if group and group[0] == "/" for folder in group.split("/")]
    if any(folder in LISTS for folder in folders):
        return False
    return not any(name in NO_POSTS or _is_file(name) for name in names)


def _is_file(name: str) -> bool:
    """Whether a name ends as files do; the endings of pages stand in the pattern, if posts have them."""
    ending = _ENDING.search(name)
    return ending is not None and (ending[1] in FILES or _PAGE.search(name) is not None)


@lru_cache(maxsize=64)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What fits at least one of the patterns, as far as expressions tell: most addresses of a page fit none."""
    anywhere = "|".join(_written(pattern) for pattern in patterns if pattern.startswith("*"))
    at_root = "|".join(_written(pattern) for pattern in patterns if not pattern.startswith("*"))
    choices = [f"{_FOLDERS}(?:{anywhere})" if anywhere else "", at_root]
    return re.compile(f"(?:{'|'.join(filter(None, choices))})/?\\Z", re.ASCII)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile((_FOLDERS if pattern.startswith("*") else "") + _written(pattern) + r"/?\Z", re.ASCII)


def _written(pattern: str) -> str:
    """The pattern as an expression, without the folders before it and the slash at its end."""
    text = ""
    for piece in _PLACEHOLDER.split(pattern.removeprefix("*").rstrip("/")):
        if not piece.startswith("{"):
            text += re.escape(piece)
        elif piece[1:-1] in _PIECES:
            text += _PIECES[piece[1:-1]]
        else:
            text += "(?:" + "|".join(map(re.escape, piece[1:-1].split("|"))) + ")"
    return text
