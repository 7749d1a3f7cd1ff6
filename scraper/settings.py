"""One frozen Settings, handed down as it is; files and environment are read in cli/ only."""

from __future__ import annotations

from dataclasses import dataclass

from scraper import __version__

USER_AGENT = f"blog-to-sqlite/{__version__} (archives blogs; obeys robots.txt)"


@dataclass(frozen=True, slots=True)
class Settings:
    """Budgets and habits of one run. Sizes in bytes, times in seconds."""

    user_agent: str = USER_AGENT
    contact: str | None = None  # an address or URL of the operator, added to the User-Agent
    proxy: str | None = None
    allow_net: tuple[str, ...] = ()  # CIDR or host names that the address guard lets through
    max_wire_bytes: int = 32 * 1024 * 1024
    max_page_bytes: int = 64 * 1024 * 1024  # after decompression
    connect_timeout: float = 15.0
    read_timeout: float = 30.0
    deadline: float = 120.0  # for one response, redirects included
    keep_noarchive: bool = False  # whether a crawl stores pages that ask not to be archived
    max_redirects: int = 10
    segment_bytes: int = 1024 * 1024 * 1024
    lock_wait: float = 0.0  # until another process that writes to the archive has ended
