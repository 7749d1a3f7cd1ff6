"""A thread that was drawn by lot, and what all engines that print it have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.extract.pages import PROSE

HEAD = "<title>Slow bread</title>"


@dataclass(frozen=True)
class Said:
    """One comment; those that answer it come behind it."""

    number: int
    author: str
    words: str
    day: int
    parent: int | None
    depth: int

    @property
    def iso(self) -> str:
        return f"2012-05-{self.day:02}T10:04:00+00:00"

    @property
    def weekday(self) -> str:
        return date(2012, 5, self.day).strftime("%a")

    @property
    def shown(self) -> str:
        return f"May {self.day}, 2012 at 10:04 AM"


Thread = list[Said]
Item = Callable[[Said, str], str]


def nested(thread: Thread, item: Item, parent: int | None = None) -> str:
    """The comments below one, each with its answers inside it."""
    below = [said for said in thread if said.parent == parent]
    return "".join(item(said, nested(thread, item, said.number)) for said in below)


def flat(thread: Thread, item: Callable[[Said], str]) -> str:
    return "".join(map(item, thread))


def page(head: str, body: str, comments: str) -> str:
    return f"<html><head>{HEAD}{head}</head>{body.replace('@PROSE@', PROSE).replace('@COMMENTS@', comments)}</html>"
