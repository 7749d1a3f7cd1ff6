"""What a run leaves for those who watch over it: `--log`, `--metrics` and `--on-failure`."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.access import PASSWORD
from scraper.cli.running import Listener, say
from scraper.errors import ScraperError
from scraper.text.prose import one_line

if TYPE_CHECKING:
    from scraper.cli.logs import LogFormat, RunLog
    from scraper.model import Visit
    from scraper.run.report import Report

PREFIX = "BLOG_TO_SQLITE_"
INTERRUPTED = (0, 130, 143)  # exit codes of which nobody is told


@dataclass(frozen=True, slots=True)
class Watch:
    """Where a run is to be told of, as the options say."""

    log: Path | None = None
    log_format: LogFormat = "text"
    metrics: Path | None = None
    on_failure: tuple[str, ...] = ()


class Operation(Listener):
    """One run of a verb on an archive, told of while it goes on and when it has ended, however it ends."""

    def __init__(self, watch: Watch, verb: str, db: Path) -> None:
        self._watch, self._verb, self._db = watch, verb, db
        self._log: RunLog | None = None
        self._report: Report | None = None
        self._began = time.time()

    def run(self, work: Callable[[Listener], int]) -> int:
        """The exit code of the work, which is given this to tell of itself."""
        with ExitStack() as stack:
            if self._watch.log is not None:
                from scraper.cli.logs import RunLog

                self._log = stack.enter_context(RunLog(self._watch.log, self._watch.log_format))
                self._log.write("info", "begin", command=self._verb, archive=os.path.abspath(self._db))
            try:
                code = work(self)
            except BaseException as error:
                self._end(_code_of(error), str(error) if isinstance(error, ScraperError) else type(error).__name__)
                raise
            self._end(code, self._report.stop_reason if self._report else None)
            return code

    def tell(self, visit: Visit) -> None:
        if self._log is not None:
            level = "warning" if visit.state == "failed" else "info"
            self._log.write(level, "page", state=visit.state, url=visit.url, reason=visit.reason)

    def note(self, line: str) -> None:
        if self._log is not None:
            self._log.write("warning", "note", message=line)

    def end(self, report: Report) -> None:
        self._report = report

    def _end(self, code: int, reason: str | None) -> None:
        counts = self._report.counts if self._report else {}
        if self._log is not None:
            level = "info" if code in INTERRUPTED else "error"
            self._log.write(level, "end", exit_code=code, reason=reason, counts=counts)
        if self._watch.metrics is not None:
            from scraper.cli.metrics import Measured, write_metrics

            seconds = time.time() - self._began
            measured = Measured(os.path.abspath(self._db), self._verb, code, time.time(), seconds, self._report)
            try:
                write_metrics(self._watch.metrics, measured)
            except OSError as error:
                say(f"{self._watch.metrics}: no metrics written: {error.strerror}")
        is_well = self._report is not None and code == self._report.exit_code and self._report.is_well
        if self._watch.on_failure and code not in INTERRUPTED and not is_well:
            self._call(code, reason, counts)

    def _call(self, code: int, reason: str | None, counts: dict[str, int]) -> None:
        """Runs the operator's command, without a shell; it reads what happened, and what it prints goes to stderr."""
        archive, summary = os.path.abspath(self._db), self._report.summary if self._report else ""
        lines = (f"{self._verb} {archive} ended with exit code {code}", reason or "", summary)
        said = "".join(f"{one_line(line)}\n" for line in lines if line)
        told = {
            "EXIT_CODE": str(code),
            "VERB": self._verb,
            "ARCHIVE": archive,
            "REASON": reason or summary,
            "COUNTS": json.dumps(counts),
            **{f"COUNT_{name.upper().replace(' ', '_')}": str(number) for name, number in counts.items()},
        }
        environment = {name: value for name, value in os.environ.items() if name != PASSWORD}
        environment |= {PREFIX + name: value.replace("\0", "") for name, value in told.items()}
        try:
            ended = subprocess.run(
                self._watch.on_failure,
                env=environment,
                input=said.encode("utf-8", "backslashreplace"),
                stdout=2,
                check=False,
            )
        except OSError as error:
            say(f"--on-failure: {self._watch.on_failure[0]} cannot be run: {error.strerror}")
            return
        if ended.returncode:
            say(f"--on-failure: {self._watch.on_failure[0]} ended with {ended.returncode}")


def with_operation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --log, --log-format, --metrics and --on-failure; the command gets them as `operation`, a Watch."""

    @wraps(command)
    def run(
        *, log: Path | None, log_format: LogFormat, metrics: Path | None, on_failure: tuple[str, ...], **others: Any
    ) -> Any:
        return command(operation=Watch(log, log_format, metrics, on_failure), **others)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


class NewFile(click.Path):
    """A file that may be written: the folder that is to hold it must be there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            self.fail(f"no such folder: {path.parent}", param, ctx)
        return path


class Words(click.ParamType[tuple[str, ...]]):
    """A command line, split as a shell would, and never given to one."""

    name = "command"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        try:
            words = tuple(shlex.split(str(value)))
        except ValueError as error:
            self.fail(f"cannot be split into words: {error}", param, ctx)
        if not words:
            self.fail("names no command", param, ctx)
        return words


def _code_of(error: BaseException) -> int:
    if isinstance(error, ScraperError):
        return error.exit_code
    return 130 if isinstance(error, KeyboardInterrupt) else 1


_OPTIONS = (
    click.option(
        "--log", type=NewFile(), metavar="FILE", help="Add what the run does to FILE, which is rotated at 10 MB."
    ),
    click.option(
        "--log-format",
        type=click.Choice(("text", "json")),
        default="text",
        show_default=True,
        help="Lines of text, or one JSON object a line.",
    ),
    click.option(
        "--metrics",
        type=NewFile(),
        metavar="FILE",
        help="Write the run's figures for Prometheus' node exporter (*.prom).",
    ),
    click.option(
        "--on-failure",
        type=Words(),
        default=(),
        metavar="COMMAND",
        help="Run this, without a shell, where the exit code is 1 to 5 and not only a budget ended; its input, and"
        " BLOG_TO_SQLITE_EXIT_CODE and others, say why.",
    ),
)
