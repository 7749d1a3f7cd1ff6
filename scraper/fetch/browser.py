"""Chromium in a process of its own: `serve_browser`, which gives back what a page shows once its scripts have run.

The browser has no way to the network: every request that it makes is handed over to whoever started the process, who
answers by the same rules as for any other. Behind that stand a proxy that is not there and names that cannot be
resolved, for what a browser does unasked. It gets scripts, and the data that they ask for by GET; no pictures, styles,
fonts, frames, sockets, service workers or downloads, no cookies, and nothing may be posted or navigated to.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import time
from dataclasses import dataclass, field
from multiprocessing import parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

BROWSERS = ("chromium", "chromium-browser", "google-chrome")  # of the system, before one that playwright has installed
WANTED = frozenset({"script", "xhr", "fetch"})  # kinds of requests that are handed over
PASSED_ON = frozenset({"accept", "origin"})  # headers of such a request
HELD_BACK = frozenset({  # headers of the answer that no longer fit it, or that are none of the page's business
    "content-encoding", "content-length", "transfer-encoding", "location", "set-cookie", "strict-transport-security",
})  # fmt: skip
QUIET = 0.5  # seconds without a request, after which a page is taken as it is
LONGEST = 10.0  # seconds of the page's own time that it may go on asking
ARGUMENTS = (
    "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking", "--disable-component-update", "--disable-domain-reliability",
    "--dns-prefetch-disable", "--no-pings", "--disable-sync", "--disable-gpu",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RenderJob:
    """A page to be shown: its address, its bytes without codings, and the media type that its server stated."""

    url: str
    payload: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class SubRequest:
    """What a page's script asks for."""

    url: str
    kind: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SubAnswer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """The page's HTML as it stood in the end; None where there is none, and why."""

    html: str | None
    why: str = ""


def serve_browser(wire: Connection, user_agent: str) -> None:
    """Renders one job after the other that comes over the wire, until it is closed.

    For each: any number of SubRequests, to be answered by a SubAnswer or None, and then what the page Shows.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        _serve(wire, user_agent)


def _serve(wire: Connection, user_agent: str) -> None:
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        executable = next(filter(None, map(shutil.which, BROWSERS)), None)
        try:
            browser = playwright.chromium.launch(
                executable_path=executable, args=list(ARGUMENTS), chromium_sandbox=os.geteuid() != 0
            )
        except Error as error:
            wire.recv()
            wire.send(Shown(None, f"no browser: {_first_line(error)}"))
            return
        while True:
            job: RenderJob = wire.recv()
            context = browser.new_context(
                user_agent=user_agent, service_workers="block", accept_downloads=False, ignore_https_errors=False
            )
            try:
                shown = _Visit(context, wire, job).show()
            except Error as error:
                shown = Shown(None, _first_line(error))
            wire.send(shown)
            context.close()


@dataclass  # without slots: playwright notes things on whose methods it calls
class _Visit:
    """One page in the browser. The time in which an answer is waited for is not the page's."""

    context: Any
    wire: Connection
    job: RenderJob
    began: float = field(default_factory=time.monotonic)
    waited: float = 0.0
    asked_at: float = 0.0
    is_open: bool = False

    def show(self) -> Shown:
        self.context.route("**/*", self._route)
        self.context.route_web_socket("**/*", _close_socket)
        page = self.context.new_page()
        page.on("dialog", _dismiss)
        page.on("popup", _close)
        page.goto(self.job.url, wait_until="domcontentloaded", timeout=0)
        self.asked_at = time.monotonic()
        while time.monotonic() - self.asked_at < QUIET and self._own_time() < LONGEST:
            page.wait_for_timeout(50)
        return Shown(page.content())

    def _own_time(self) -> float:
        return time.monotonic() - self.began - self.waited

    def _route(self, route: Any) -> None:
        request = route.request
        if not self.is_open and request.is_navigation_request() and request.url == _without_fragment(self.job.url):
            self.is_open = True
            route.fulfill(status=200, headers={"content-type": self.job.content_type}, body=self.job.payload)
            return
        if request.is_navigation_request():  # no content: the page stays, where a failure would take its place
            route.fulfill(status=204)
            return
        is_wanted = request.resource_type in WANTED and request.method == "GET" and self._own_time() < LONGEST
        if not is_wanted or not request.url.startswith(("http://", "https://")):
            route.abort("blockedbyclient")
            return
        answer = self._ask(request)
        if answer is None:
            route.abort("blockedbyclient")
            return
        headers = {name: value for name, value in answer.headers if name.lower() not in HELD_BACK}
        route.fulfill(status=answer.status, headers=headers, body=answer.body)

    def _ask(self, request: Any) -> SubAnswer | None:
        began = time.monotonic()
        passed = tuple((name, value) for name, value in request.headers.items() if name.lower() in PASSED_ON)
        self.wire.send(SubRequest(request.url, request.resource_type, passed))
        answer: SubAnswer | None = self.wire.recv()
        self.asked_at = time.monotonic()
        self.waited += self.asked_at - began
        return answer


def _end_with_parent() -> None:
    """Ends this process with the one that started it, also while a page's script holds it; the browser ends with it."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _close_socket(socket: Any) -> None:
    socket.close()


def _dismiss(dialog: Any) -> None:
    dialog.dismiss()


def _close(page: Any) -> None:
    page.close()


def _without_fragment(url: str) -> str:
    return url.partition("#")[0]


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
