"""How a fetch is brought to an end: `Stopped` says why, `Deadline` when."""

from __future__ import annotations

import threading
import time


class Stopped(Exception):
    """A fetch that goes no further, or a target that is none. Whoever asked turns it into a Denied or a Failed.

    Not an OSError on purpose: the HTTP library passes it through instead of wrapping it.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Deadline(threading.local):
    """The instant at which the fetch under way in this thread must be over; its sockets share it."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._ends = 0.0

    def start(self, seconds: float) -> None:
        """Begin again: the fetch that starts now may take this long."""
        self._seconds = seconds
        self._ends = time.monotonic() + seconds

    def timeout(self, longest: float) -> float:
        """Seconds that the next step may block, at most `longest`; raises Stopped where none are left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Stopped("timeout", f"not done in {self._seconds:g} s")
        return min(left, longest)
