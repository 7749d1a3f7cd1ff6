"""`export_archive`: an archive in another form, there when it is whole; `export_text`: the same to a function."""

from __future__ import annotations

from pathlib import Path

from scraper.export.destination import made_file, made_folder
from scraper.export.formats import Format, Write, load_exporter
from scraper.export.selection import select


def export_archive(
    db: Path, dest: Path, form: Format, *, condition: str | None = None, key: bytes | None = None
) -> int:
    """The number of posts written to `dest`, a file or a folder; see `select` for `condition` and `key`.

    Raises UsageError where something else is in the place, or the condition is none, MissingExtra, and what reading an
    archive raises.
    """
    exporter = load_exporter(form)
    with select(db, condition, key) as selection:
        if form.makes == "folder":
            with made_folder(dest, db, form.name) as folder:
                return exporter(selection, folder)
        with made_file(dest, db, form.name) as path:
            if form.makes == "file":
                return exporter(selection, path)
            with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
                return exporter(selection, file.write)


def export_text(db: Path, form: Format, write: Write, *, condition: str | None = None, key: bytes | None = None) -> int:
    """The same for a format that is one text, which `write` gets piece by piece."""
    exporter = load_exporter(form)
    with select(db, condition, key) as selection:
        return exporter(selection, write)
