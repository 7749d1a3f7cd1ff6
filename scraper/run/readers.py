"""`Readers`: pages read by processes of their own, so that fetching and writing go on meanwhile."""

from __future__ import annotations

import importlib
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.model import Profile, RecipeText
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.memory import MemoryKeeper, calm_collector
from scraper.run.reading import Linked, Source, read_linked
from scraper.run.recipes import LoadedRecipe, stored_recipes
from scraper.run.single import profile_in
from scraper.text.urls import blog_host


class Readers:
    """Reads pages in `jobs` processes, or with 0 in this one. A context manager; `read` gives a Future.

    Processes know what the archive at `path` has learned of blogs, and its recipes. Where one dies of a page, the page
    is a Mishap.
    """

    def __init__(self, path: Path, jobs: int, recipes: tuple[LoadedRecipe, ...] = ()) -> None:
        self._path, self._recipes = path, recipes
        self._jobs = 0 if any(each.given for each in recipes) else jobs  # a function cannot be sent
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def read(self, source: Source) -> Future[Linked | Mishap]:
        """The page that the bytes show, with its links; `result` tells it."""
        if not self._jobs:
            done: Future[Linked | Mishap] = Future()
            done.set_result(attempt(lambda: read_linked(source, self._recipes), PAGE_SECONDS))
            return done
        try:
            return self._running().submit(_read_in_process, source)
        except BrokenProcessPool:
            self._pool = None
            return self._running().submit(_read_in_process, source)

    def result(self, future: Future[Linked | Mishap], source: Source) -> Linked | Mishap:
        """What came of reading this page; where its process died, maybe of another one, it is read once more, alone."""
        try:
            return future.result()
        except BrokenProcessPool:
            self._pool = None
        try:
            return self._running().submit(_read_in_process, source).result()
        except BrokenProcessPool:
            self._pool = None
            return Mishap("the process that read it died", "")

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            texts = tuple(each.text for each in self._recipes)
            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(self._path, texts)
            )
        return self._pool


# ---- in a process of its own


@dataclass(slots=True)
class _Known:
    """What a process of the pool knows for all its pages; set up once, when it starts."""

    profile_of: Callable[[str | None], Profile | None] = lambda host: None
    recipes: tuple[LoadedRecipe, ...] = ()
    memory: MemoryKeeper = field(default_factory=MemoryKeeper)


_known = _Known()


def _start(path: Path, texts: tuple[RecipeText, ...]) -> None:
    """Sets the process up: it leaves signals to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _known.profile_of = lru_cache(maxsize=50)(partial(profile_in, path))
    _known.recipes = stored_recipes(texts)
    importlib.import_module("scraper.extract.page")  # before the collector learns what is there to stay
    calm_collector()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _read_in_process(source: Source) -> Linked | Mishap:
    host = blog_host(source.url) if source.url else None
    known = replace(source, profile=_known.profile_of(host))
    _known.memory.count()
    return attempt(lambda: read_linked(known, _known.recipes), PAGE_SECONDS)
