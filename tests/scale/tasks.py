"""What the engines are given to do: functions of a module, since they go to other processes."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def square(number: int) -> int:
    return number * number


def slow_square(number: int) -> int:
    time.sleep(0.15)
    return number * number


def die_at_first(marker: Path) -> str:
    """Ends its process unless the marker is there."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return marker.name


def die(number: int) -> int:
    os._exit(number)


def die_or_square(number: int) -> int:
    return die(1) if number == 3 else square(number)


def print_much(number: int) -> int:
    print("no result " * 10_000)
    return number


def wait_and_let_go(started: Path) -> int:
    """Waits, and notes that it was told to end."""
    try:
        return wait_for_ever(started)
    finally:
        started.with_name("let go").touch()


def wait_for_ever(started: Path) -> int:
    started.write_text(str(os.getpid()))
    time.sleep(600)
    return 0
