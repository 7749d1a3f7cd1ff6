"""`Readers`: pages read by processes of their own, so that fetching and writing go on meanwhile; `Processes` that read
whatever else.
"""

from __future__ import annotations

import importlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from scraper.model import RecipeText
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.importing.single import profile_in
from scraper.run.memory import MemoryKeeper, calm_collector
from scraper.run.reading import Knowledge, Linked, Source, read_linked
from scraper.run.recipes import LoadedRecipe, stored_recipes
from scraper.text.urls import blog_host

TOGETHER = 10  # jobs sent at a time: sending one, and waiting for it, takes as long as a short page
LARGE = 500_000  # bytes of jobs that are sent at once, however few: what comes of them waits in memory
LOTS_AHEAD = 5  # for each process, so that none waits while a batch is written
Job = TypeVar("Job")
Result = TypeVar("Result")
Given = TypeVar("Given")
Done = TypeVar("Done")


class Processes(Generic[Job, Result]):
    """Has jobs done in `jobs` processes, or with 0 in this one, in whatever order. A context manager; `read` gives a
    Future.

    `work` is a function of a module, which is given each job and what the archive at `path` knows of blogs; in this
    process `known` is. It ends with a Mishap where a job goes wrong, and so does a job of which its process dies.
    """

    def __init__(self, path: Path, jobs: int, known: Knowledge, work: Callable[[Job, Knowledge], Result]) -> None:
        self._path, self._known, self._work = path, known, work
        self._jobs = 0 if any(each.given for each in known.recipes) else jobs  # a function cannot be sent
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def read(self, job: Job) -> Future[Result | Mishap]:
        """What the job comes to; `result` tells it."""
        if not self._jobs:
            done: Future[Result | Mishap] = Future()
            done.set_result(self._work(job, self._known))
            return done
        return self._submit(_work_in_process, job)

    def result(self, future: Future[Result | Mishap], job: Job) -> Result | Mishap:
        """What came of this job; where its process died, maybe of another one, it is done once more, alone."""
        try:
            return future.result()
        except BrokenProcessPool:
            self._pool = None
        try:
            return self._running().submit(_work_in_process, self._work, job).result()
        except BrokenProcessPool:
            self._pool = None
            return Mishap("the process that read it died", "")

    def read_in_order(
        self, jobs: Iterable[Job], size_of: Callable[[Job], int] = lambda job: 0
    ) -> Iterator[Result | Mishap]:
        """What each job comes to, in their order; some are done ahead, TOGETHER of them sent at a time, or fewer of
        those that are large by their bytes.
        """
        if not self._jobs:
            yield from (self._work(job, self._known) for job in jobs)
            return
        under_way: deque[tuple[list[Job], Future[list[Result]]]] = deque()
        for lot in _in_lots(jobs, size_of):
            under_way.append((lot, self._submit(_all_in_process, lot)))
            if len(under_way) > LOTS_AHEAD * self._jobs:
                yield from self._lot(*under_way.popleft())
        for lot, future in under_way:
            yield from self._lot(lot, future)

    def _lot(self, lot: list[Job], future: Future[list[Result]]) -> Iterable[Result | Mishap]:
        """What a lot came to; where its process died, each is done once more, alone."""
        with suppress(BrokenProcessPool):
            return future.result()
        return (self.result(self.read(job), job) for job in lot)

    def _submit(
        self, function: Callable[[Callable[[Job, Knowledge], Result], Given], Done], given: Given
    ) -> Future[Done]:
        try:
            return self._running().submit(function, self._work, given)
        except BrokenProcessPool:
            self._pool = None
            return self._running().submit(function, self._work, given)

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            texts = tuple(each.text for each in self._known.recipes)
            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(self._path, texts)
            )
        return self._pool


def _in_lots(jobs: Iterable[Job], size_of: Callable[[Job], int]) -> Iterator[list[Job]]:
    """The jobs in lots of TOGETHER, or of fewer that are LARGE together."""
    lot: list[Job] = []
    size = 0
    for job in jobs:
        lot.append(job)
        size += size_of(job)
        if len(lot) == TOGETHER or size >= LARGE:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


class Readers(Processes[Source, Linked | Mishap]):
    """Reads the pages of a crawl, with their links."""

    def __init__(self, path: Path, jobs: int, recipes: tuple[LoadedRecipe, ...] = ()) -> None:
        super().__init__(path, jobs, Knowledge(recipes=recipes), read_page)


def read_page(source: Source, known: Knowledge) -> Linked | Mishap:
    """The page that the bytes show, with its links."""
    source = source if source.profile else replace(source, profile=known.profile_of(source.url))
    return attempt(lambda: read_linked(source, known.recipes), PAGE_SECONDS)


# ---- in a process of its own


@dataclass(slots=True)
class _Known:
    """What a process of the pool knows for all its pages; set up once, when it starts."""

    knowledge: Knowledge = field(default_factory=Knowledge)
    memory: MemoryKeeper = field(default_factory=MemoryKeeper)


_known = _Known()


def _start(path: Path, texts: tuple[RecipeText, ...]) -> None:
    """Sets the process up: it leaves signals to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    profile_of_host = lru_cache(maxsize=50)(partial(profile_in, path))
    _known.knowledge = Knowledge(lambda url: profile_of_host(blog_host(url) if url else None), stored_recipes(texts))
    importlib.import_module("scraper.extract.page")  # before the collector learns what is there to stay
    calm_collector()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work_in_process(work: Callable[[Job, Knowledge], Result], job: Job) -> Result:
    _known.memory.count()
    return work(job, _known.knowledge)


def _all_in_process(work: Callable[[Job, Knowledge], Result], jobs: list[Job]) -> list[Result]:
    return [_work_in_process(work, job) for job in jobs]
