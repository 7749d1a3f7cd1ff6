"""`process`: many WARCs read into a folder of shards, one each, by as many processes or machines as there are."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from scraper.errors import ArchiveError, UsageError
from scraper.model import Visit
from scraper.run.boundary import PAGE_SECONDS
from scraper.run.importing.inputs import Input, find_inputs
from scraper.run.processing.shard import Form, NoShard, Task, make_shard
from scraper.run.processing.shelf import Shard, Shelf
from scraper.run.watcher import Watcher
from scraper.scale.engine import Engine, Lost, Serial
from scraper.settings import Settings
from scraper.text.prose import counted

EngineName = Literal["serial", "pool", "dask"]
MEMORY = 1024 * 1024 * 1024  # bytes that reading a page may take


@dataclass(frozen=True, slots=True)
class ProcessOptions:
    """How `process` goes about it. `scheduler` is an address of Dask's; `jobs` are processes of this machine.

    `page_seconds` is of CPU, `memory` in bytes; both bound the reading of one page.
    """

    engine: EngineName = "pool"
    jobs: int = 1
    scheduler: str | None = None
    form: Form = "sqlite"
    page_seconds: float = PAGE_SECONDS
    memory: int = MEMORY


@dataclass(slots=True)
class Processed:
    """What became of the WARCs. `states` are of the records in those that were read in this run."""

    shards: list[Shard] = field(default_factory=list)
    held: int = 0  # shards that were there already
    room_missing: str = ""  # what is said of the disk where the run stopped before that was full
    failed: dict[str, str] = field(default_factory=dict)  # why there is no shard, by the input

    @property
    def states(self) -> Counter[str]:
        """The records of this run's shards, by how they ended."""
        return sum((Counter(shard.states) for shard in self.shards), Counter())

    @property
    def exit_code(self) -> int:
        """0 done; 5 stopped before the disk was full; 3 some WARCs have no shard, or some of their records failed."""
        if self.room_missing:
            return 5
        return 3 if self.failed or self.states["failed"] or self.states["damaged"] else 0

    @property
    def counts(self) -> dict[str, object]:
        """All of it for --json."""
        slowest = max((shard.slowest for shard in self.shards if shard.slowest), key=_seconds, default=None)
        return {
            "inputs": len(self.shards) + self.held + len(self.failed),
            "made": len(self.shards),
            "held": self.held,
            "failed": len(self.failed),
            "records": sum(shard.records for shard in self.shards),
            "pages": sum(shard.pages for shard in self.shards),
            "cpu_seconds": round(sum(shard.cpu_seconds for shard in self.shards), 3),
            "peak_memory": max((shard.peak_memory for shard in self.shards), default=0),
            "states": dict(sorted(self.states.items())),
            "slowest": slowest,
        }


def process(
    paths: Sequence[Path],
    out: Path,
    options: ProcessOptions,
    settings: Settings,
    watcher: Watcher | None = None,
    told: Callable[[Shard], None] = lambda shard: None,
) -> Processed:
    """Makes a shard in `out` of each WARC at or below the paths that has none yet; what became of them.

    A run that was cut short goes on with what is unfinished. An interrupt ends it at once. Raises UsageError for a
    missing path and where there is no WARC, ArchiveError where nothing can be written (any more).
    """
    watcher = watcher or Watcher()
    found = list(find_inputs(paths))
    warcs = list(dict.fromkeys(each.path for each in found if each.kind == "warc"))
    if not warcs:
        raise UsageError("no WARC in it", " ".join(map(str, paths)))
    done = Processed()
    for each in found:
        _pass_over(each, done, watcher)
    tasks = list(_tasks(warcs, out, options, settings, done, watcher))
    if tasks:
        with _engine(options, len(tasks)) as engine, _at_once(watcher):
            for task, shard in engine.map(make_shard, tasks):
                if isinstance(shard, NoShard) and shard.is_short:
                    done.room_missing = shard.reason
                    break
                _take(task, shard, done, watcher, told)
    return done


def _tasks(
    warcs: Sequence[Path], out: Path, options: ProcessOptions, settings: Settings, done: Processed, watcher: Watcher
) -> Iterator[Task]:
    """What there is to do; finished shards are counted. The largest files first, so that none is long after all."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot be made: {error.strerror}", str(out)) from error
    shelf = Shelf(out.absolute())
    sizes = dict(_sizes(warcs, done, watcher))
    names = shelf.names_of(list(sizes))
    for warc in sorted(sizes, key=lambda each: -sizes[each]):
        shard = shelf.shard(names[warc])
        if shard is not None and shard.is_of(warc, options.form):
            done.held += 1
            continue
        yield Task(
            warc=warc.absolute(),
            name=names[warc],
            out=shelf.path,
            form=options.form,
            settings=settings,
            page_seconds=options.page_seconds,
            memory=options.memory,
            is_alone=options.engine != "serial",
        )


def _sizes(warcs: Sequence[Path], done: Processed, watcher: Watcher) -> Iterator[tuple[Path, int]]:
    """The size of each; one that is gone since it was found has failed."""
    for warc in warcs:
        try:
            yield warc, warc.stat().st_size
        except OSError as error:
            _fail(str(warc), f"cannot be read: {error.strerror}", done, watcher)


def _pass_over(each: Input, done: Processed, watcher: Watcher) -> None:
    """Tells of an input that is no WARC: one that was named has failed."""
    if each.kind == "warc" or not (each.named or each.kind == "failed"):
        return
    _fail(str(each.path), each.reason or "no WARC; `import` reads other files", done, watcher)


def _fail(path: str, reason: str, done: Processed, watcher: Watcher) -> None:
    done.failed[path] = reason
    watcher.tell(Visit(path, "failed", reason))


def _take(
    task: Task, shard: Shard | NoShard | Lost, done: Processed, watcher: Watcher, told: Callable[[Shard], None]
) -> None:
    if isinstance(shard, Shard):
        done.shards.append(shard)
        told(shard)
        watcher.tell(Visit(str(task.warc), "fetched", counted(shard.pages, "page")))
        return
    if isinstance(shard, NoShard) and shard.is_environment:
        raise ArchiveError(shard.reason)
    _fail(str(task.warc), shard.reason, done, watcher)


@contextmanager
def _engine(options: ProcessOptions, most: int) -> Iterator[Engine]:
    jobs = max(1, min(options.jobs, most))
    with closing(_opened(options, jobs)) as engine:
        yield engine


def _opened(options: ProcessOptions, jobs: int) -> Engine:
    if options.engine == "serial":
        return Serial()
    if options.engine == "pool":
        from scraper.scale.pool import Pool

        return Pool(jobs)
    from scraper.scale.cluster import Cluster

    return Cluster(options.scheduler, jobs)


@contextmanager
def _at_once(watcher: Watcher) -> Iterator[None]:
    """Lets an interrupt end the block at once: what is in hand is of no use until it is whole."""
    watcher.stop.at_once = True
    try:
        yield
    finally:
        watcher.stop.at_once = False


def _seconds(slowest: dict[str, object]) -> float:
    return float(str(slowest["seconds"]))


def default_jobs() -> int:
    """As many processes as this one may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
