"""What a page holds: the post, its people, its comments, and why each block stayed or went. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.extract.page import extract_page, extract_text
    from scraper.extract.parts import join_parts
    from scraper.extract.thread import join_thread

__all__ = ["extract_page", "extract_text", "join_parts", "join_thread"]


def __getattr__(name: str) -> object:
    if name in ("extract_page", "extract_text"):
        from scraper.extract import page

        return getattr(page, name)
    if name == "join_parts":
        from scraper.extract.parts import join_parts

        return join_parts
    if name == "join_thread":
        from scraper.extract.thread import join_thread

        return join_thread
    raise AttributeError(name)
