"""What the verbs that write have in common on the command line: signals, progress, and the line at the end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

import click

from scraper.cli.options import Manner
from scraper.cli.output import print_json
from scraper.text.prose import one_line

if TYPE_CHECKING:
    from scraper.model import Visit
    from scraper.run.crawling.progress import BlogProgress
    from scraper.run.report import Report
    from scraper.run.watcher import Stop, Watcher

T = TypeVar("T")
GOOD = ("fetched", "not_modified", "skipped")
HELD = (*GOOD, "gone")  # of captures that an archive has: that pages are gone is what it holds of them
EXPECTED = ("gone", "refused")  # of a crawl: what a blog leads to need not be there, or be for everybody
Drawn = tuple[Callable[[], None], "Callable[[Sequence[BlogProgress]], None] | None"]  # by input, and by blog


class Listener:
    """Somebody else who is told what a run does; this one is nobody."""

    def tell(self, visit: Visit) -> None:
        """How one input ended."""

    def note(self, line: str) -> None:
        """What the run found that is about no input."""

    def end(self, report: Report) -> None:
        """The run has come to its end."""


NOBODY = Listener()


def run_with_progress(
    work: Callable[[Watcher], Report], manner: Manner, total: int | None = None, fine: Sequence[str] = GOOD
) -> int:
    """Runs `work` and returns its exit code. Progress is drawn on stderr if that is a terminal, and nowhere else.

    Inputs in other states than those that are `fine` get a line on stderr, all of them with `verbose`; the last line
    has the counts. A run that went well says nothing with `quiet`.
    """
    report = watch(work, manner, bar(total, manner.quiet), fine)
    if isinstance(report, int):
        return report
    return _told(report, manner, is_quiet=manner.quiet)


def run_crawl(work: Callable[[Watcher], Report], manner: Manner, listener: Listener = NOBODY) -> int:
    """Runs a crawl and returns its exit code. Progress is drawn by blog on a terminal.

    Elsewhere, which is in cron, a run that went well says nothing; with `verbose` it has a line a page, and one with
    the counts. That pages are gone or refused is no failure of the crawl, and is told with `verbose` only.
    """
    drawn, is_quiet = drawn_by_blog(manner.quiet), manner.quiet or not (manner.verbose or sys.stderr.isatty())
    manner = replace(manner, quiet=is_quiet)
    report = watch(work, manner, drawn, fine=(*GOOD, *EXPECTED), listener=listener)
    if isinstance(report, int):
        return report
    listener.end(report)
    return _told(report, manner, is_quiet)


def _told(report: Report, manner: Manner, is_quiet: bool) -> int:
    """The exit code, once the end of the run is told."""
    if manner.as_json:
        print_json(report.counts)
    if not (is_quiet and report.is_well):
        say(report.summary)
    return report.exit_code


def watch(
    work: Callable[[Watcher], T], manner: Manner, drawn: AbstractContextManager[Drawn], fine: Sequence[str] = GOOD,
    listener: Listener = NOBODY, kept: str = "all finished pages are saved",
) -> T | int:  # fmt: skip
    """What `work` returns, with signals listened to and progress drawn; the exit code where it was interrupted.

    Inputs in other states than those that are `fine` are told, and all of them with `verbose`; after an interrupt,
    what is `kept`.
    """
    from scraper.run.memory import calm_collector
    from scraper.run.watcher import Stop, Watcher

    calm_collector()
    stop = Stop()
    with _listening(stop), drawn as (advance, progress):
        teller = _Teller(listener, advance, () if manner.verbose else fine)
        tell_wait = _nobody_told if manner.quiet else say
        try:
            result = work(Watcher(stop, teller.tell, teller.note, progress=progress, tell_wait=tell_wait))
        except KeyboardInterrupt:
            say(f"interrupted; {kept}")
            return 128 + (stop.signal or signal.SIGINT)
    if teller.was_closed:
        say("an address that is not public is fetched from only where --allow-net names it")
    return result


@dataclass(slots=True)
class _Teller:
    """Says on stderr how inputs ended that did not end as expected, and lets a listener know of all.

    `untold` are the states that need no line. `was_closed` says whether an address was not public.
    """

    listener: Listener
    advance: Callable[[], None]
    untold: Sequence[str]
    was_closed: bool = False

    def tell(self, visit: Visit) -> None:
        self.listener.tell(visit)
        is_closed = visit.state == "refused" and "address: " in (visit.reason or "")
        self.was_closed |= is_closed
        if is_closed or visit.state not in self.untold:
            reason = f" ({visit.reason})" if visit.reason else ""
            say(f"{visit.state}: {visit.url}{reason}")
        self.advance()

    def note(self, line: str) -> None:
        self.listener.note(line)
        say(line)


def say(line: str) -> None:
    """Writes one line to stderr that cannot steer a terminal."""
    click.echo(one_line(line), err=True)


@contextmanager
def _listening(stop: Stop) -> Iterator[None]:
    """Notes the first interrupt for the run to stop at the next page; a second one ends it at once.

    So does the first one, while the run has nothing in hand.
    """

    def note(number: int, frame: FrameType | None) -> None:
        at_once = stop.at_once or stop.signal is not None
        stop.signal = number
        if at_once:
            raise KeyboardInterrupt
        os.write(2, b"stopping after the page in hand; once more to stop at once\n")  # echo is not reentrant

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def bar(total: int | None, quiet: bool) -> Iterator[Drawn]:
    """A bar of inputs."""
    if quiet or not sys.stderr.isatty():
        yield _nothing, None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("pages", total=total)
        yield lambda: progress.advance(task), None


@contextmanager
def drawn_by_blog(quiet: bool) -> Iterator[Drawn]:
    """A table of blogs, drawn anew while a crawl goes on."""
    if quiet or not sys.stderr.isatty():
        yield _nothing, None
        return
    from rich.console import Console

    from scraper.cli.progress import blog_table

    with blog_table(Console(stderr=True)) as draw:
        yield _nothing, draw


def _nothing() -> None:
    """Nothing is drawn input by input."""


def _nobody_told(line: str) -> None:
    """Nobody is told."""
