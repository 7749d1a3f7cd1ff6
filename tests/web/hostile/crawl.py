"""The hostile web, served and crawled: short budgets, many hosts at one time, one archive."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

from scraper.run.crawling.crawl import CrawlOptions, update
from scraper.settings import Settings
from tests.web.crawling import CONTACT, enlist
from tests.web.hostile.cases import CaseSite
from tests.web.hostile.table import CASES
from tests.web.server import Answer, Request, Web

HOSTS = [f"127.0.1.{number + 1}" if number < 200 else f"127.0.3.{number - 199}" for number in range(len(CASES))]
CANARY = "127.0.2.1"  # nobody is to be led here
MOST_SECONDS = 120.0
BUDGETS = {
    "contact": CONTACT,
    "allow_net": ("127.0.1.0/24", "127.0.3.0/24"),
    "connect_timeout": 1.0,
    "read_timeout": 0.7,
    "deadline": 1.0,
    "max_wire_bytes": 12_000_000,
    "max_page_bytes": 12_000_000,
}


class Silent:
    """The canary: whoever asks it is in the log."""

    def answer(self, request: Request) -> Answer:
        return Answer(200, (("Content-Type", "text/html"),), b"<p>The secret.</p>")


def put_cases(web: Web, folder: Path) -> dict[str, CaseSite]:
    """Puts each case on a host of its own; gives its site by the case's name."""
    web.put(CANARY, Silent())
    sites: dict[str, CaseSite] = {}
    for number, (host, case) in enumerate(zip(HOSTS, CASES, strict=True)):
        context = _certified(folder) if case.has_tls else None
        base = f"{'https' if context else 'http'}://{host}:{web.port}"
        sites[case.name] = CaseSite(case, base, web.base(CANARY), number)
        web.put(host, sites[case.name], context)
    return sites


def crawl_all(db: Path, sites: dict[str, CaseSite]) -> tuple[int, float]:
    """The exit code of one run over all of them, and its seconds."""
    closed = _closed_port()
    for site in sites.values():
        site.closed = closed
    starts = [site.fill(site.case.start) for site in sites.values()]
    enlist(db, starts, **BUDGETS)
    start = time.monotonic()
    report = update(db, CrawlOptions(delay=0.0, seconds=MOST_SECONDS, fetchers=32, readers=2), Settings(**BUDGETS))  # type: ignore[arg-type]
    return report.exit_code, time.monotonic() - start


def _closed_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.1.250", 0)) as sock:
        return int(sock.getsockname()[1])


def _certified(folder: Path) -> ssl.SSLContext | None:
    """A certificate that only its owner vouches for; None where there is no openssl to make one with."""
    if not shutil.which("openssl"):
        return None
    request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subprocess.run([*request.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
