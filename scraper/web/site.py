"""An archive's pages: `Site`, which opens the archive for each request and lays the answer out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from scraper.errors import ArchiveError, InputError
from scraper.store.connection import named_errors
from scraper.store.reader import Reader
from scraper.web.asked import Answer, Asked
from scraper.web.wording import FILTERS

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
TEMPLATES, STATIC = FOLDER / "templates", FOLDER / "static"
SECONDS = 10.0  # that a page may take to be read
STEPS = 20_000  # of SQLite's between two looks at the clock: about a millisecond

Page = Callable[[Asked], Answer]


@dataclass(frozen=True)
class Site:
    """The pages of one archive."""

    archive: Path
    tables: str = "archive"  # what Datasette calls the database
    seconds: float = field(default=SECONDS)

    @cached_property
    def environment(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        loader = FileSystemLoader(TEMPLATES)
        environment = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.filters.update(FILTERS)
        environment.globals.update(self.common)
        return environment

    @property
    def common(self) -> dict[str, object]:
        """What every page says; Datasette's own ones too."""
        return {"archive_name": self.archive.stem, "tables_at": self.tables}

    def answer(self, page: Page, path: str, parts: Mapping[str, str], parameters: Mapping[str, str]) -> Answer:
        """What the page says, laid out; a page that says why, where the archive cannot be read."""
        try:
            with (
                Reader(self.archive) as reader,
                named_errors(self.archive),
                limited(reader.connection, self.seconds),
                reader.snapshot(),
            ):
                asked = Asked(path, parts, parameters, reader)
                answer = page(asked)
                return self._laid_out(answer, asked.text("q") or "")
        except (ArchiveError, InputError) as error:
            interrupted = "interrupted" in error.message
            said = f"This took more than {self.seconds:.0f} seconds." if interrupted else error.message
            problem = Answer("problem.html", {"title": "Could not be read", "message": said}, status=503)
            return self._laid_out(problem, "")

    def _laid_out(self, answer: Answer, typed: str) -> Answer:
        if not answer.template:
            return answer
        text = self.environment.get_template(answer.template).render(typed=typed, **answer.values)
        return Answer(status=answer.status, body=text.encode("utf-8", "replace"), headers=answer.headers)


@contextmanager
def limited(connection: Connection, seconds: float) -> Iterator[None]:
    """In the block, statements end with an error once so many seconds are over."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
