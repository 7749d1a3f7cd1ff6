from __future__ import annotations

import pytest

from scraper.run import memory
from scraper.run.memory import MemoryKeeper


def test_free_memory_goes_back_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[int] = []
    monkeypatch.setattr(memory, "_trim", lambda: given_back.append)
    keeper = MemoryKeeper()
    for _ in range(2 * memory.EVERY + 1):
        keeper.count()
    assert given_back == [0, 0]


def test_a_system_without_the_call_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(name: str | None) -> object:
        raise OSError("none here")

    monkeypatch.setattr(memory.ctypes, "CDLL", no_library)
    assert memory._trim.__wrapped__()(0) is None
