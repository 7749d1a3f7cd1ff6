"""The formats of an export: `FORMATS`, a table, and `load_exporter`, what writes one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from scraper.errors import MissingExtra

if TYPE_CHECKING:
    from scraper.export.selection import Selection

Write = Callable[[str], object]
# What an exporter is given besides the posts: a Write, or the Path of an empty file or folder, as its format makes. It
# returns the number of posts that it wrote.
Exporter = Callable[["Selection", Any], int]


@dataclass(frozen=True, slots=True)
class Format:
    """`exporter` is 'module:function'; it is imported when it is asked for."""

    name: str
    makes: Literal["text", "file", "folder"]  # text can go to stdout
    exporter: str
    about: str
    needs: str | None = None  # the module that an extra of the same name as the format brings


FORMATS = {
    each.name: each
    for each in (
        Format("jsonl", "text", "scraper.export.jsonl:write_jsonl", "one post with its comments a line"),
        Format(
            "markdown", "folder", "scraper.export.markdown:write_markdown", "one file a post, comments below", "markdownify"
        ),
        Format("html", "folder", "scraper.export.static_site:write_site", "pages to open from a disk, with a search"),
        Format("epub", "file", "scraper.export.epub:write_epub", "a book, one chapter a post with its thread"),
        Format("csv", "folder", "scraper.export.csv_tables:write_csv", "posts.csv, comments.csv and people.csv"),
        Format(
            "parquet", "folder", "scraper.export.parquet:write_parquet", "the same tables for analysis", "pyarrow"
        ),
        Format("bibtex", "text", "scraper.export.bibtex:write_bibtex", "posts and comments, to cite"),
        Format("csl-json", "text", "scraper.export.csl:write_csl", "the same for Zotero and others"),
    )
}


def load_exporter(form: Format) -> Exporter:
    """The function that writes this format. Raises MissingExtra where its package is not installed."""
    if form.needs is not None:
        try:
            import_module(form.needs)
        except ImportError as error:
            raise MissingExtra(
                f"needs the extra: pip install 'blog-to-sqlite[{form.name}]'", f"--to {form.name}"
            ) from error
    module, _, function = form.exporter.partition(":")
    exporter: Exporter = getattr(import_module(module), function)
    return exporter
