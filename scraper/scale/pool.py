"""`Pool`: tasks done in processes of this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import TypeVar

from scraper.scale.child import Child
from scraper.scale.engine import Lost

Task = TypeVar("Task")
Result = TypeVar("Result")


class Pool:
    """`jobs` processes at a time, each with one task; a task whose process dies is tried again."""

    def __init__(self, jobs: int) -> None:
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="child")
        self._own = threading.local()
        self._children: list[Child] = []
        self._closed = False

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Lost]]:
        """Each task with what came of it, in the order in which they end."""
        futures: dict[Future[Result | Lost], Task] = {}
        for task in tasks:
            futures[self._threads.submit(self._do, work, task)] = task
        for future in as_completed(futures):
            yield futures[future], future.result()

    def close(self) -> None:
        """Ends all processes, and gives up what has not begun."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.close()
        self._threads.shutdown(wait=True)

    def _do(self, work: Callable[[Task], Result], task: Task) -> Result | Lost:
        child = getattr(self._own, "child", None)
        if child is None:
            child = self._own.child = Child()
            self._children.append(child)
        if self._closed:
            return Lost("stopped before it began")
        return child.do(work, task)
