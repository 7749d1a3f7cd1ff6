"""The key of the pseudonyms: `read_key` from a file that the user names, `kept_key` from the one beside an archive."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from scraper.errors import UsageError

LEAST = 16  # bytes


def read_key(path: Path) -> bytes:
    """The key in this file, white space around it left out. Raises UsageError for one that can be guessed."""
    key = path.read_bytes().strip()
    if len(key) < LEAST:
        raise UsageError(f"a key takes at least {LEAST} bytes", str(path))
    return key


def kept_key(db: Path) -> tuple[Path, bool, bytes]:
    """The file beside the archive, whether it was made just now, for its owner only, and the key in it."""
    path = Path(f"{db}.pseudonyms")
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path, False, read_key(path)
    with os.fdopen(file, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(32) + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    return path, True, read_key(path)
