"""What a page is asked for, and what it answers: `Asked` and `Answer`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from scraper.store.reader import Reader
from scraper.text.prose import whole_characters

MOST = 10**15  # ids and numbers of pages; SQLite's integers are larger


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a page: the parts of its path, its parameters, and the archive open at one moment."""

    path: str
    parts: Mapping[str, str]
    parameters: Mapping[str, str]
    reader: Reader

    @property
    def key(self) -> int:
        """The id in the path."""
        return min(int(self.parts["key"][:16]), MOST)

    @property
    def page(self) -> int:
        """The number of the page of a long list, from 1."""
        return max(1, self.number("page") or 1)

    def text(self, name: str) -> str | None:
        """A parameter, as SQLite takes it; None where it is missing or empty."""
        return whole_characters(self.parameters.get(name, "")).strip() or None

    def number(self, name: str) -> int | None:
        """A parameter as a number; None where it is none."""
        value = self.parameters.get(name, "")
        return min(int(value[:16]), MOST) if value.isascii() and value.isdigit() else None

    def link(self, **changed: object) -> str:
        """The address of this page with other parameters; None takes one out. Another selection begins at page 1."""
        kept = {name: value for name, value in self.parameters.items() if name != "page"}
        query = {name: value for name, value in {**kept, **changed}.items() if value not in (None, "")}
        return f"{self.path}?{urlencode(query)}" if query else self.path


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as a template and its values; or bytes of another type; or another address to go to."""

    template: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def missing(what: str) -> Answer:
    """The answer where the archive has no such thing."""
    return Answer("problem.html", {"title": "Not in this archive", "message": what}, status=404)


def elsewhere(address: str) -> Answer:
    """A redirect to another of our pages."""
    return Answer(status=302, headers={"Location": address})
