"""What `--cookies` and `--auth` name, read: the only place where a password or a cookie comes in."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.errors import UsageError

if TYPE_CHECKING:
    from scraper.settings import Secret

PASSWORD = "BLOG_TO_SQLITE_PASSWORD"


def read_secrets(cookies: Path | None, auth: str | None, password_file: Path | None) -> tuple[Secret, ...]:
    """The operator's secrets. UsageError for what cannot be read or is not given; it never shows a value."""
    from scraper.fetch.access import basic_auth, read_cookies

    found: tuple[Secret, ...] = ()
    if cookies is not None:
        found += read_cookies(_read(cookies), datetime.now(UTC), str(cookies))
    if auth is not None:
        host, _, user = auth.rpartition(":")
        if not host or not user:
            raise UsageError("give --auth as HOST:USER", "--auth")
        password = _read(password_file).rstrip("\r\n") if password_file else os.environ.get(PASSWORD)
        if password is None:
            raise UsageError(f"no password: put it into {PASSWORD}, or into a file for --password-file", "--auth")
        found += (basic_auth(host, user, password),)
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("not UTF-8", str(path)) from error
