"""The collector of circular garbage: it waits while a page is read, is as it was after, and finds next to nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from scraper import extract_page

COMMENTS = "".join(f'<li id="comment-{n}" class="comment"><cite>Ines {n}</cite><p>Words.</p></li>' for n in range(500))
PAGE = f"<title>A post</title><article><p>{'Words of it. ' * 50}</p></article><ol class=commentlist>{COMMENTS}</ol>"


@pytest.fixture
def collector() -> Iterator[None]:
    """Python's collector, whatever a test makes of it."""
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.fixture
def looks() -> Iterator[list[str]]:
    """The looks of the collector, as they begin and end."""
    seen: list[str] = []

    def note(phase: str, _: dict[str, int]) -> None:
        seen.append(phase)

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def test_the_collector_waits_while_a_page_is_read(collector: None, looks: list[str]) -> None:
    gc.enable()
    gc.collect()
    before = len(looks)
    page = extract_page(PAGE)
    assert len(page.comments) == 500
    assert len(looks) - before <= 2  # one, begun and ended, by the first object made afterwards


@pytest.mark.parametrize("is_on", [True, False])
def test_it_is_as_it_was_after(collector: None, is_on: bool) -> None:
    (gc.enable if is_on else gc.disable)()
    extract_page(PAGE)
    assert gc.isenabled() is is_on


def test_a_page_leaves_no_circles(collector: None) -> None:
    extract_page(PAGE)
    gc.collect()
    extract_page(PAGE)
    assert gc.collect() < 50
