"""The head of a WARC record, both ways: `read_header` and `write_header`. Pure.

Writing is WARC 1.1 (ISO 28500:2017). Reading forgives what tools of the years since 0.17 have written: bare newlines,
folded lines, Latin-1, angle brackets around the target URI, spaces in it, dates without seconds or with nanoseconds.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

VERSION = b"WARC/1.1\r\n"
FETCHED_AT = "Archive-Fetched-At"  # fields of our own, of a saved file: when it came from the web, as far as is known
FETCHED_BEFORE = "Archive-Fetched-Before"
PAYLOAD_SHA256 = "Archive-Payload-SHA256"  # and of a revisit: what the payload was, which it does not hold
PAYLOAD_LENGTH = "Archive-Payload-Length"
FORGOTTEN = "Archive-Forgotten"  # and of a record whose content was taken out on request: when
FORGOTTEN_PARTS = "Archive-Forgotten-Parts"  # or parts of it
COPIED_FROM = (
    "copiedFrom"  # and in the record that opens a segment: the ids of those that opened what was merged into it
)
_VERSION = re.compile(r"WARC/\d[\d.]*\s*\Z")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,9}))?)?)?(?:Z|\+00:?00)?\Z")


@dataclass(frozen=True, slots=True)
class Header:
    """The named fields of a record in their order; `get` finds the first of a name, whatever its case."""

    version: str
    fields: tuple[tuple[str, str], ...]
    _first: dict[str, str]

    def get(self, name: str) -> str | None:
        """The field's value, or None."""
        return self._first.get(name.lower())

    @property
    def kind(self) -> str:
        """WARC-Type in lower case; empty where there is none."""
        return (self.get("WARC-Type") or "").lower()

    @property
    def length(self) -> int | None:
        """The block's length in bytes as stated; None where it is not stated or no number."""
        value = self.get("Content-Length") or ""
        return int(value) if re.fullmatch(r"[0-9]{1,18}", value) else None

    @property
    def payload(self) -> tuple[str, int] | None:
        """Digest and length of the payload that a revisit of ours stands for; None where it states no such thing."""
        sha256, length = self.get(PAYLOAD_SHA256), self.get(PAYLOAD_LENGTH) or ""
        return (sha256, int(length)) if sha256 and re.fullmatch(r"[0-9]{1,18}", length) else None

    @property
    def url(self) -> str | None:
        """The target URI without the brackets that wget writes, spaces escaped; None where there is none."""
        return escape_spaces((self.get("WARC-Target-URI") or "").strip("<> \t")) or None

    @property
    def date(self) -> datetime | None:
        """WARC-Date, aware UTC, cut to microseconds; None where it is not readable."""
        return read_date(self.get("WARC-Date") or "")


def read_header(head: bytes) -> Header | None:
    """The header of a record from its bytes up to the empty line, or None where they are no WARC header."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    first, *lines = split_lines(text)
    if not _VERSION.match(first):
        return None
    fields = read_fields(lines)
    return Header(first.strip(), fields, {name.lower(): value for name, value in reversed(fields)})


def split_lines(text: str) -> list[str]:
    """The lines of a head, whether CR LF or a bare LF ends them, without the empty ones at its end."""
    return text.rstrip("\r\n").replace("\r\n", "\n").split("\n")


def read_fields(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Name and value of each line 'Name: value'; a line that starts with white space goes on with the one before."""
    fields: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        if name[:1] in (" ", "\t") and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
        elif colon:
            fields.append((name.strip(), value.strip()))
    return tuple(fields)


def write_header(fields: Iterable[tuple[str, str | None]], length: int) -> bytes:
    """The head of a record of `length` bytes, empty line included; fields that are None are left out."""
    lines = [f"{name}: {_one_line(value)}\r\n" for name, value in fields if value is not None]
    return VERSION + "".join(lines).encode() + b"Content-Length: %d\r\n\r\n" % length


def read_date(text: str) -> datetime | None:
    """A WARC-Date (also without separators, as in ARC) as aware UTC, or None."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    fraction = (match[7] or "0").ljust(6, "0")[:6]
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second, int(fraction), UTC)
    except ValueError:
        return None


def write_date(moment: datetime) -> str:
    """A WARC-Date to the microsecond, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write_digest(*parts: bytes) -> str:
    """The labelled digest of the parts joined, as WARC tools expect it: SHA-1 in base 32."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return f"sha1:{base64.b32encode(digest.digest()).decode()}"


def escape_spaces(url: str) -> str:
    """The URL as it may stand in a field: white space and control characters percent-encoded."""
    return re.sub(r"[\x00-\x20\x7f]", lambda found: f"%{ord(found[0]):02X}", url)


def _one_line(value: str) -> str:
    """A value that cannot start a field of its own."""
    return re.sub(r"[\r\n]+\s*", " ", value)
