"""Archive a blog, whole: posts, people and comment threads in one SQLite file, the raw captures beside it.

    from scraper import Archive, extract_page, join_thread

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.errors import (
        ArchiveError,
        ArchiveLocked,
        ArchiveTooNew,
        InputError,
        MissingExtra,
        ScraperError,
        UsageError,
    )
    from scraper.extract.page import extract_page
    from scraper.extract.threads.thread import join_thread
    from scraper.model import Byline, Claim, Comment, Page, Person, Post, Removal, Thread, When
    from scraper.query.archive import Archive

__version__ = "0.1.0"

_HOME = {
    "Archive": "scraper.query.archive",
    "extract_page": "scraper.extract.page",
    "join_thread": "scraper.extract.threads.thread",
    **dict.fromkeys(
        ("Byline", "Claim", "Comment", "Page", "Person", "Post", "Removal", "Thread", "When"), "scraper.model"
    ),
    **dict.fromkeys(
        ("ArchiveError", "ArchiveLocked", "ArchiveTooNew", "InputError", "MissingExtra", "ScraperError", "UsageError"),
        "scraper.errors",
    ),
}

__all__ = [
    "Archive",
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveTooNew",
    "Byline",
    "Claim",
    "Comment",
    "InputError",
    "MissingExtra",
    "Page",
    "Person",
    "Post",
    "Removal",
    "ScraperError",
    "Thread",
    "UsageError",
    "When",
    "extract_page",
    "join_thread",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'scraper' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
