"""The formats of an export: `FORMATS`, a table, and `load_exporter`, what writes one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from scraper.errors import MissingExtra
from scraper.plugins import installed

if TYPE_CHECKING:
    from scraper.export.selection import Selection

Makes = Literal["text", "file", "folder"]  # text can go to stdout
Write = Callable[[str], object]
# What an exporter is given besides the posts: a Write, or the Path of an empty file or folder, as its format makes. It
# returns the number of posts that it wrote.
Exporter = Callable[["Selection", Any], int]


@dataclass(frozen=True, slots=True)
class Format:
    """`exporter` is 'module:function', an `Exporter`; it is imported when it is asked for."""

    name: str
    makes: Makes
    exporter: str
    about: str


_TABLE: dict[str, tuple[Makes, str, str]] = {
    "jsonl": ("text", "scraper.export.jsonl:write_jsonl", "one post with its comments a line"),
    "markdown": ("folder", "scraper.export.markdown:write_markdown", "a file for each post, comments below"),
    "html": ("folder", "scraper.export.static_site:write_site", "pages to open from a disk, with a search"),
    "epub": ("file", "scraper.export.epub:write_epub", "a book, with a chapter for each post and its thread"),
    "csv": ("folder", "scraper.export.csv_tables:write_csv", "posts.csv, comments.csv and people.csv"),
    "parquet": ("folder", "scraper.export.parquet:write_parquet", "the same tables, for analysis"),
    "sqlite": ("file", "scraper.export.sqlite_subset:write_sqlite", "an archive of these posts only"),
    "wxr": ("text", "scraper.export.wxr:write_wxr", "posts and threads for WordPress to import"),
    "bibtex": ("text", "scraper.export.bibtex:write_bibtex", "posts and comments, to cite"),
    "csl-json": ("text", "scraper.export.csl:write_csl", "the same for Zotero, Pandoc and others"),
}
FORMATS = {name: Format(name, *row) for name, row in _TABLE.items()}
FORMATS_OF_CAPTURES = {  # not of posts, but of the bytes that they were read from (see captures.py)
    "warc": "the captures as one WARC file, each record as it stands beside DB",
    "wacz": "the same as a package that ReplayWeb.page and pywb replay",
}
EXTRAS = {"markdown": "markdownify", "parquet": "pyarrow"}  # what a format's extra, which is called as it is, brings


@lru_cache(maxsize=1)
def all_formats() -> dict[str, Format]:
    """All by their names; those of plug-ins come last, and replace none of ours."""
    return {form.name: form for form in installed("blog_to_sqlite.formats", Format)} | FORMATS


def load_exporter(form: Format) -> Exporter:
    """The function that writes this format. Raises MissingExtra where its package is not installed."""
    if form.name in EXTRAS:
        try:
            import_module(EXTRAS[form.name])
        except ImportError as error:
            needed = f"needs the extra: pip install 'blog-to-sqlite[{form.name}]'"
            raise MissingExtra(needed, f"--to {form.name}") from error
    module, _, function = form.exporter.partition(":")
    exporter: Exporter = getattr(import_module(module), function)
    return exporter
