"""`export_captures`: the captures behind an archive's posts, in the formats of web archives."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import IO

from scraper.export.selection import select
from scraper.export.warc import Tell, export_warc


def export_captures(
    db: Path, form: str, file: IO[bytes], *, now: datetime, tell: Tell, condition: str | None = None
) -> int:
    """The number of captures written; with a condition (see `select`) those of the chosen posts' pages.

    `tell` gets a line for each that cannot be read.
    """
    ids = None
    if condition is not None:
        with select(db, condition) as selection:
            ids = selection.ids
    if form == "warc":
        return export_warc(db, file.write, name=f"{db.stem}.warc.gz", now=now, tell=tell, posts=ids)
    from scraper.export.wacz import export_wacz

    return export_wacz(db, file, now=now, tell=tell, posts=ids)
