"""`Manifest`: every record of one input, and how it ended, as lines of JSON."""

from __future__ import annotations

import json
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.model import Visit

NO_CAPTURE = "no capture"  # the state of a record that is not what a URL was captured as


@dataclass(slots=True)
class Entry:
    """A record by its place in the input. `seconds` is the CPU time that reading its page took."""

    offset: int
    kind: str | None
    url: str | None
    seconds: float = 0.0


@dataclass(slots=True)
class Tally:
    """What a manifest adds up to; `states` counts its lines by how they ended, so their sum is the records."""

    states: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    slowest: Entry | None = None


class Manifest:
    """Lines in the order in which records end, which is theirs but for those that wait for their transaction."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._waiting: deque[Entry] = deque()
        self.tally = Tally()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def wait(self, entry: Entry) -> None:
        """The record is to be written; `end_first` says how that ended."""
        self._waiting.append(entry)

    def end_first(self, visit: Visit) -> None:
        """How the record ended that waits longest."""
        self.end(self._waiting.popleft(), visit.state, visit.reason, is_page=visit.page is not None)

    def end(self, entry: Entry, state: str, reason: str | None = None, *, is_page: bool = False) -> None:
        """How the record ended."""
        line = {
            "offset": entry.offset,
            "type": entry.kind,
            "url": entry.url,
            "state": state,
            "reason": reason,
            "seconds": round(entry.seconds, 4) or None,
        }
        self._file.write(json.dumps({name: value for name, value in line.items() if value is not None}) + "\n")
        self.tally.states[state] += 1
        self.tally.pages += is_page
        if entry.seconds and (self.tally.slowest is None or entry.seconds > self.tally.slowest.seconds):
            self.tally.slowest = entry
