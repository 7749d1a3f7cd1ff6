"""`Renderer`: pages as they stand once their scripts have run, for those that say nothing without."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

from scraper.capture.coding import decode_body
from scraper.errors import MissingExtra
from scraper.fetch.browser import RenderJob, Shown, SubAnswer, SubRequest, serve_browser
from scraper.fetch.requester import user_agent_of
from scraper.model import Exchange, Page
from scraper.run.outcomes import header
from scraper.run.reading import Source
from scraper.settings import RenderChoice, Settings

Ask = Callable[[str, Mapping[str, str]], Exchange | None]  # by the rules for all requests; None: it may not be asked

RENDERED_TYPE = "text/html; charset=utf-8"
SHORTEST = 100  # characters of a post that was there without scripts
MOST_REQUESTS = 60  # of one page
MOST_SCRIPTS = 200  # kept in memory, so that the scripts of a blog are asked for once in a run
LARGEST_SCRIPT = 2_000_000  # bytes of one that is kept
PATIENCE = 30.0  # seconds in which the browser itself says nothing: then it hangs
LONGEST = 600.0  # seconds for one page, waits for its servers included


def need_renderer(choice: RenderChoice) -> None:
    """MissingExtra where the extra that rendering takes is not installed."""
    if choice != "none" and importlib.util.find_spec("playwright") is None:
        raise MissingExtra("needs the extra: pip install 'blog-to-sqlite[render]'", "--render")


class Renderer:
    """Renders pages under these settings; a context manager. The browser starts with the first page."""

    def __init__(self, settings: Settings) -> None:
        self._choice, self._settings = settings.render, settings
        self._process: SpawnProcess | None = None
        self._wire: Connection | None = None
        self._scripts: dict[str, SubAnswer] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def wants(self, payload: bytes, page: Page | None) -> bool:
        """Whether the page is to be rendered: it has scripts, and without them no post and no list of posts.

        Always, all pages that have scripts.
        """
        if self._choice == "none" or page is None or b"<script" not in payload.lower():
            return False
        if self._choice == "always":
            return True
        return page.kind != "listing" and (page.post is None or len(page.post.text.strip()) < SHORTEST)

    def render(self, exchange: Exchange, payload: bytes, ask: Ask) -> bytes | str:
        """The page's HTML in UTF-8 once its scripts have run; or why there is none."""
        declared = header(exchange.headers, "content-type") or "text/html"
        try:
            wire = self._running()
            wire.send(RenderJob(exchange.url, payload, declared))
            shown = self._talk(wire, ask)
        except (EOFError, OSError) as error:
            shown = Shown(None, f"the browser ended: {error or type(error).__name__}")
        if shown.html is None:
            self._stop()
            return shown.why
        body = shown.html.encode("utf-8", "replace")
        return body if len(body) <= self._settings.max_page_bytes else "larger than a page may be"

    def _talk(self, wire: Connection, ask: Ask) -> Shown:
        """Answers what the page's scripts ask for, one thing after the other, until the page is shown."""
        ends_at = time.monotonic() + LONGEST
        requests = 0
        while wire.poll(PATIENCE) and time.monotonic() < ends_at:
            said = wire.recv()
            if not isinstance(said, SubRequest):
                return said if isinstance(said, Shown) else Shown(None, "the browser said what it should not")
            requests += 1
            wire.send(self._answer(said, ask) if requests <= MOST_REQUESTS else None)
        return Shown(None, "timeout: its scripts did not come to an end")

    def _answer(self, request: SubRequest, ask: Ask) -> SubAnswer | None:
        if request.url in self._scripts:
            return self._scripts[request.url]
        exchange = ask(request.url, {name.title(): value for name, value in request.headers})
        if exchange is None or exchange.truncated:
            return None
        body = decode_body(exchange.body, exchange.headers, self._settings.max_page_bytes).data
        answer = SubAnswer(exchange.status, exchange.headers, body)
        if request.kind == "script" and exchange.status == 200 and len(body) <= LARGEST_SCRIPT:
            if len(self._scripts) >= MOST_SCRIPTS:
                self._scripts.clear()
            self._scripts[request.url] = answer
        return answer

    def _running(self) -> Connection:
        if self._wire is None:
            spawn = get_context("spawn")
            self._wire, theirs = spawn.Pipe()
            self._process = spawn.Process(
                target=serve_browser, args=(theirs, user_agent_of(self._settings)), daemon=True
            )
            self._process.start()
            theirs.close()
        return self._wire

    def _stop(self) -> None:
        """Ends the browser, which the next page starts anew."""
        if self._wire is not None:
            self._wire.close()
        if self._process is not None:
            self._process.join(2)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        self._wire = self._process = None


def rendered_source(source: Source, html: bytes) -> Source:
    """What is to be read in place of the page as it came."""
    return replace(source, payload=html, headers=(("Content-Type", RENDERED_TYPE),))
