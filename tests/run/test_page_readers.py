from __future__ import annotations

import os
import pickle
import signal
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path

import pytest

from scraper.model import Claim, Outlink, Removal
from scraper.run.boundary import Mishap
from scraper.run.readers import LOTS_AHEAD, TOGETHER, Readers, read_page
from scraper.run.reading import Knowledge, Linked, Source, read_linked
from scraper.store.archive import Archive

HTML = b"<html><body><article><h1>Bread</h1><p>Bread takes its time, and nobody should hurry it.</p></article></body></html>"
SOURCE = Source(HTML, "https://blog.example/bread", fetched_at=datetime(2024, 3, 20, tzinfo=UTC))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    Archive(tmp_path / "voices.db").close()
    return tmp_path / "voices.db"


class Deadly(str):
    """A URL whose receiver dies."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


def test_a_process_reads_what_this_one_would_have_read(archive: Path) -> None:
    with Readers(archive, 1) as readers:
        read = readers.result(readers.read(SOURCE), SOURCE)
    assert isinstance(read, Linked)
    assert read == read_linked(SOURCE)


def test_a_page_whose_process_died_is_read_once_more(archive: Path) -> None:
    with Readers(archive, 1) as readers:
        readers.result(readers.read(SOURCE), SOURCE)
        for process in active_children():
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
        assert isinstance(readers.result(readers.read(SOURCE), SOURCE), Linked)


def test_a_page_that_no_process_survives_is_a_mishap(archive: Path) -> None:
    with Readers(archive, 1) as readers:
        broken: Future[Linked | Mishap] = Future()
        broken.set_exception(BrokenProcessPool())
        deadly = Source(HTML, Deadly("https://blog.example/"))
        assert readers.result(broken, deadly) == Mishap("the process that read it died", "")
        assert isinstance(readers.result(readers.read(SOURCE), SOURCE), Linked)


def test_a_page_and_its_links_come_from_a_process_as_they_were_read() -> None:
    html = b'<title>Rye</title><nav><a href="/a/">All</a></nav><h1>Rye</h1><p>Bread takes time.</p><a rel=next href="/b/">B</a>'
    read = read_page(Source(html, "https://blog.example/2012/05/rye/"), Knowledge())
    assert isinstance(read, Linked)
    came = pickle.loads(pickle.dumps(read))
    assert came == read
    assert read.page.claims
    assert read.page.removals
    assert [type(each) for each in (*came.links, came.page.claims[0], came.page.removals[0])] == [
        *([Outlink] * 2), Claim, Removal,
    ]  # fmt: skip


def numbered(count: int, deadly: int | None = None) -> list[Source]:
    urls = [f"https://blog.example/{number}" for number in range(count)]
    return [replace(SOURCE, url=Deadly(url) if number == deadly else url) for number, url in enumerate(urls)]


@pytest.mark.parametrize("jobs", [0, 2])
def test_many_pages_come_in_their_order(archive: Path, jobs: int) -> None:
    with Readers(archive, jobs) as readers:
        read = [each for each in readers.read_in_order(numbered(55)) if isinstance(each, Linked)]
    assert [each.page.url for each in read] == [each.url for each in numbered(55)]


def test_of_many_pages_only_the_one_that_no_process_survives_is_a_mishap(archive: Path) -> None:
    with Readers(archive, 1) as readers:
        read = list(readers.read_in_order(numbered(25, deadly=7)))
    assert [number for number, each in enumerate(read) if isinstance(each, Mishap)] == [7]
    assert len(read) == 25


def test_no_more_is_asked_for_than_is_read_ahead(archive: Path) -> None:
    taken: list[Source] = []
    with Readers(archive, 1) as readers:
        reading = readers.read_in_order(taken.append(each) or each for each in numbered(200))
        next(reading)
        assert len(taken) == TOGETHER * (LOTS_AHEAD + 1)


def test_of_large_pages_few_are_read_ahead(archive: Path) -> None:
    taken: list[Source] = []
    with Readers(archive, 1) as readers:
        jobs = (taken.append(each) or each for each in numbered(30))
        reading = readers.read_in_order(jobs, lambda source: 200_000)
        next(reading)
        assert len(taken) == 3 * (LOTS_AHEAD + 1)  # a lot of three is large
        assert len(list(reading)) == 29
