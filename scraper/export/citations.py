"""`citations`: a post and each of its comments as something to cite, with what is known of its date and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from scraper.export.plain import plain_line
from scraper.export.polyglot import safe_link
from scraper.store.planning.times import Time
from scraper.store.reader import ArchivedPost, ThreadComment
from scraper.text.prose import excerpt

LONGEST_TITLE = 500
DAY = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*(?: [^\W\d_]+(?:[-'’.][^\W\d_]*)*){1,3}")


@dataclass(frozen=True, slots=True)
class Dated:
    """`day` has the parts that are known, of three numbers; `last` as well where it is one of the days up to then."""

    day: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    shown: str = ""  # the words on the page, where they are not a date

    @property
    def is_circa(self) -> bool:
        return bool(self.last)


@dataclass(frozen=True, slots=True)
class Citation:
    key: str  # ASCII; the same in each export of one archive
    kind: str  # post, about, other; comment, pingback, trackback
    authors: tuple[str, ...]
    title: str
    site: str
    url: str | None
    dated: Dated
    accessed: tuple[int, ...]  # the day of the capture
    language: str
    note: str


def citations(post: ArchivedPost) -> Iterator[Citation]:
    """The post, then its comments."""
    yield _post(post)
    for comment in post.comments:
        yield _comment(post, comment)


def is_full_name(name: str) -> bool:
    """Whether a name may be taken apart into given and family names; what is not sure stays whole."""
    return len(name) <= 100 and _NAME.fullmatch(name) is not None


def dated_of(time: Time) -> Dated:
    """The date at its precision.

    >>> dated_of(Time("2012-05")).day, dated_of(Time("2012-05-14T10:04+02:00")).day
    ((2012, 5), (2012, 5, 14))
    >>> dated_of(Time(None, "2012-08-01T00:00:00Z", "2012-08-31T00:00:00Z", "interval", "11 years ago")).last
    (2012, 8, 31)
    """
    if day := _day(time.iso):
        return Dated(day)
    shown = excerpt(plain_line(time.shown))
    first, last = _day((time.earliest or "")[:10]), _day((time.latest or "")[:10])
    if not first or not last:
        return Dated((), (), shown)
    return Dated(first, last, shown) if first != last else Dated(first)


def _day(iso: str | None) -> tuple[int, ...]:
    found = DAY.match(iso or "")
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _post(post: ArchivedPost) -> Citation:
    authors = tuple(name for signer in post.signers if (name := plain_line(signer.name)))
    title = excerpt(plain_line(post.title), LONGEST_TITLE) or "(no title)"
    dated = dated_of(post.published)
    return Citation(
        _key(authors, dated, f"post-{post.id}"),
        post.kind,
        authors,
        title,
        _site(post),
        safe_link(post.url),
        dated,
        _day(post.captured_at),
        plain_line(post.language),
        _about(dated, post.captured_at),
    )


def _comment(post: ArchivedPost, comment: ThreadComment) -> Citation:
    author = plain_line(comment.author)
    on = excerpt(plain_line(post.title), LONGEST_TITLE) or "(no title)"
    dated = dated_of(comment.published)
    captured_at = comment.captured_at or post.captured_at
    what = comment.kind.capitalize()
    return Citation(
        _key((author,), dated, f"comment-{comment.id}"),
        comment.kind,
        (author,) if author else (),
        excerpt(plain_line(comment.subject), LONGEST_TITLE) or f"{what} on “{on}”",
        _site(post),
        safe_link(comment.permalink) or safe_link(post.url),
        dated,
        _day(captured_at),
        "",
        ". ".join(filter(None, (f"{what} on “{on}”" if comment.subject else "", _about(dated, captured_at)))),
    )


def _site(post: ArchivedPost) -> str:
    return excerpt(plain_line(post.site_name), LONGEST_TITLE)


def _about(dated: Dated, captured_at: str | None) -> str:
    """What a date that is only bounds rests on."""
    if not dated.shown:
        return ""
    words = f"Dated “{dated.shown}”"
    if captured_at:
        words += f" when captured on {captured_at[:10]}"
    if dated.is_circa:
        words += f", that is between {iso_day(dated.day)} and {iso_day(dated.last)}"
    return plain_line(words)


def iso_day(day: tuple[int, ...]) -> str:
    """As much of the date as there is."""
    return "-".join(f"{part:02d}" for part in day)


def _key(authors: tuple[str, ...], dated: Dated, end: str) -> str:
    name = normalize("NFKD", authors[0].split(" ")[-1]) if authors and authors[0] else ""
    slug = "".join(character for character in name if character.isascii() and character.isalnum()).lower()[:20]
    return "-".join(filter(None, (slug, str(dated.day[0]) if dated.day else "", end)))
