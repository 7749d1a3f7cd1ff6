"""`RunLog`: a file that says what runs do, line by line, as text or JSON, rotated by its size."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from scraper.cli.output import json_text
from scraper.cli.running import say
from scraper.errors import UsageError
from scraper.text.prose import one_line

LogFormat = Literal["text", "json"]
MOST_BYTES = 10 * 1024 * 1024  # of one file
KEPT = 5  # older files: FILE.1 is the newest of them


class RunLog:
    """Appends to the file at `path`; a context manager. One process at a time may write to it."""

    def __init__(self, path: Path, form: LogFormat) -> None:
        self._form = form
        try:
            self._handler = _Rotating(path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"cannot be written: {error.strerror}", str(path)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._handler.close()

    def write(self, level: str, event: str, **fields: Any) -> None:
        """One line, with the present time; fields that are None are left out."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = {name: value for name, value in fields.items() if value is not None}
        if self._form == "json":
            line = json_text({"at": now, "level": level, "event": event, **told})
        else:
            said = " ".join(f"{name}={_text(value)}" for name, value in told.items())
            line = one_line(f"{now} {level.upper()} {event} {said}")
        self._handler.emit(logging.makeLogRecord({"msg": line}))


class _Rotating(RotatingFileHandler):
    """Says once that the disk takes no more, and goes on: a log is no reason for a run to fail."""

    _failed = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, RUF100
        self._tell()

    def close(self) -> None:
        try:
            super().close()
        except OSError:  # what was written last, and held back
            self._tell()

    def _tell(self) -> None:
        if not self._failed:
            self._failed = True
            say(f"{self.baseFilename}: the log cannot be written any more")


def _text(value: Any) -> str:
    """The value as one word, or in quotes."""
    text = value if isinstance(value, str) else json.dumps(value)
    return text if text and not any(each in text for each in ' "=') else json.dumps(text, ensure_ascii=False)
