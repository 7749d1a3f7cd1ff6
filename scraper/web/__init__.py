"""An archive as web pages: Datasette with pages of our own before its tables. Loads nothing from anywhere else."""

from __future__ import annotations

import importlib.util

from scraper.errors import MissingExtra


def need_web() -> None:
    """MissingExtra where what the pages take is not installed."""
    if importlib.util.find_spec("datasette") is None:
        raise MissingExtra("needs the extra: pip install 'blog-to-sqlite[web]'", "serve")
