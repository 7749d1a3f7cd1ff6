"""One frozen Settings, handed down as it is; files and environment are read in cli/ only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from scraper import __version__

RenderChoice = Literal["none", "needed", "always"]

USER_AGENT = f"blog-to-sqlite/{__version__} (archives blogs; obeys robots.txt)"


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A header that lets its sender in, for one host (with its port, if that is not the usual one). Stored nowhere."""

    host: str
    header: str
    value: str
    path: str = "/"  # and what is below it
    https_only: bool = False
    with_subdomains: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Budgets and habits of one run. Sizes in bytes, times in seconds."""

    user_agent: str = USER_AGENT
    contact: str | None = None  # an address or URL of the operator, added to the User-Agent
    proxy: str | None = None
    render: RenderChoice = (
        "none"  # which pages a browser shows first: those that say nothing without their scripts, or all
    )
    secrets: tuple[Secret, ...] = field(default=(), repr=False)
    allow_net: tuple[str, ...] = ()  # CIDR or host names that the address guard lets through
    max_wire_bytes: int = 32 * 1024 * 1024
    max_media_bytes: int = 20 * 1024 * 1024  # of one picture
    max_page_bytes: int = 64 * 1024 * 1024  # after decompression
    connect_timeout: float = 15.0
    read_timeout: float = 30.0
    deadline: float = 120.0  # for one response, redirects included
    keep_noarchive: bool = False  # whether a crawl stores pages that ask not to be archived
    max_redirects: int = 10
    segment_bytes: int = 1024 * 1024 * 1024
    min_free_bytes: int = 100 * 1024 * 1024  # on the archive's disk; a run stops before there is less
    lock_wait: float = 0.0  # until another process that writes to the archive has ended


ABOUT = {  # the keys of a settings file, and what each is for: docs/settings.md
    "user_agent": "How the program introduces itself to servers; the contact is added.",
    "contact": "Your address or site, sent in the User-Agent; as `--contact`.",
    "proxy": "Fetch through this proxy; as `--proxy`.",
    "render": "Which pages a browser shows first: those that say nothing without their scripts, or all; as `--render`.",
    "allow_net": "Private networks (CIDR) or hosts that may be fetched from; those of `--allow-net` are added.",
    "max_wire_bytes": "Largest answer, as it comes.",
    "max_media_bytes": "Largest picture.",
    "max_page_bytes": "Largest page or file once it is unpacked.",
    "connect_timeout": "Seconds for a connection.",
    "read_timeout": "Seconds between two pieces of an answer.",
    "deadline": "Seconds for one answer, redirects included.",
    "keep_noarchive": "Whether a crawl stores pages that ask not to be archived; as `--keep-noarchive`.",
    "max_redirects": "Redirects in a row that are followed.",
    "segment_bytes": "Size at which a WARC file is finished and the next one begun.",
    "min_free_bytes": "Free space on the archive's disk below which a run stops, with exit code 5; 0: none.",
}
