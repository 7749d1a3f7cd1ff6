"""`Engine`: what has a function done over tasks; and `Serial`, which does so in this very process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose process died each time that it was tried; `reason` is one line."""

    reason: str


class Engine(Protocol):
    """`work` is a function of a module, pure but for the files that it makes; tasks and results can be pickled.

    It has to bear being called twice for one task, and to return what goes wrong as a value: a process in which it
    raises is as good as dead.
    """

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Lost]]:
        """Each task with what came of it, in the order in which they end."""
        ...

    def close(self) -> None:
        """Ends what is still under way at once; twice is once."""
        ...


class Serial:
    """One task after the other in this process, which ends with the first that kills it."""

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Lost]]:
        """Each task with what came of it, in their order."""
        for task in tasks:
            yield task, work(task)

    def close(self) -> None:
        """Nothing is under way."""
