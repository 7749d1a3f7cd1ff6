"""What a page does wrong becomes a value; what is no page's fault goes on up."""

from __future__ import annotations

import signal
import threading

import pytest

from scraper.errors import ArchiveError
from scraper.run.boundary import Mishap, attempt


def spin() -> int:
    number = 0
    while number >= 0:
        number += 1
    return number


def test_work_that_takes_too_long_is_given_up() -> None:
    found = attempt(spin, seconds=0.05)
    assert isinstance(found, Mishap)
    assert found.message == "PageTooSlow: gave up after 0.05 s of CPU"
    assert "in spin" in found.traceback


def test_the_limit_ends_with_the_work() -> None:
    before = signal.getsignal(signal.SIGPROF)
    assert attempt(lambda: 7, seconds=5) == 7
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is before


def test_in_another_thread_work_is_done_without_a_limit() -> None:
    found: list[int | Mishap] = []
    thread = threading.Thread(target=lambda: found.append(attempt(lambda: 7, seconds=5)))
    thread.start()
    thread.join()
    assert found == [7]


def test_a_bug_is_a_mishap_with_its_traceback() -> None:
    found = attempt(lambda: dict[str, int]()["a"])
    assert isinstance(found, Mishap) and found.message == "KeyError: 'a'"
    assert "KeyError" in found.traceback


def test_a_page_that_takes_all_memory_is_a_mishap_of_its_own() -> None:
    def read() -> None:
        raise MemoryError

    found = attempt(read, seconds=5)
    assert isinstance(found, Mishap) and found.message.startswith("MemoryError")


@pytest.mark.parametrize("error", [OSError("disk full"), MemoryError(), ArchiveError("damaged", "x.db")])
def test_a_broken_environment_is_no_pages_fault(error: Exception) -> None:
    def work() -> None:
        raise error

    with pytest.raises(type(error)):
        attempt(work)
