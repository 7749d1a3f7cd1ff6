"""What a page holds: the post, its people, its comments, and why each block stayed or went. Pure."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.extract.exported import extract_export
    from scraper.extract.page import extract_page, extract_text
    from scraper.extract.parts import join_parts
    from scraper.extract.threads.stated_comments import read_stated
    from scraper.extract.threads.thread import join_thread

__all__ = ["extract_export", "extract_page", "extract_text", "join_parts", "join_thread", "read_stated"]
_HOME = {
    "extract_export": "exported",
    "extract_page": "page",
    "extract_text": "page",
    "join_parts": "parts",
    "join_thread": "threads.thread",
    "read_stated": "threads.stated_comments",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
