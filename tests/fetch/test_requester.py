from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from scraper.fetch.deadline import Stopped
from scraper.fetch.requester import Requester
from scraper.settings import Settings
from tests.fetch.conftest import Site, write_answer


@pytest.fixture
def requester() -> Iterator[Requester]:
    with Requester(Settings(allow_net=("127.0.0.0/8",), contact="me@example.org")) as opened:
        yield opened


def ask(requester: Requester, url: str, **options: Any) -> Any:
    requester.start()
    return requester.ask(url, max_bytes=1_000_000, **options)


def test_validators_are_sent_byte_for_byte(requester: Requester, site: Site) -> None:
    site.answers["/a"] = write_answer(b"", "304 Not Modified")
    stated = {"If-None-Match": 'W/"caf\xe9  -gzip"', "If-Modified-Since": "Tue, 14 May 2012 10:04:00 GMT"}
    assert ask(requester, f"{site.url}/a", headers=stated).status == 304
    head = site.head_of("/a")
    assert b'If-None-Match: W/"caf\xe9  -gzip"\r\n' in head
    assert b"If-Modified-Since: Tue, 14 May 2012 10:04:00 GMT\r\n" in head


def test_a_redirect_is_an_answer_like_any_other(requester: Requester, site: Site) -> None:
    site.answers["/a"] = write_answer(b"", "301 Moved Permanently", "Location: /b")
    assert ask(requester, f"{site.url}/a").status == 301
    assert site.paths == ["/a"]


def test_cookies_that_a_server_sets_are_not_sent_back(requester: Requester, site: Site) -> None:
    site.answers["/a"] = write_answer(b"x", "200 OK", "Set-Cookie: id=1; Path=/")
    ask(requester, f"{site.url}/a")
    ask(requester, f"{site.url}/a")
    assert all(b"cookie" not in head.lower() for head in site.requests)


def test_threads_share_connections_and_no_deadline(requester: Requester, site: Site) -> None:
    site.answers["/a"] = write_answer(b"x" * 1000)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda number: ask(requester, f"{site.url}/a"), range(20)))
    assert {(each.status, len(each.body), each.request_head[:6]) for each in found} == {(200, 1000, b"GET /a")}


def test_abort_ends_what_is_under_way(requester: Requester, site: Site) -> None:
    asked, over = threading.Event(), threading.Event()

    def hold(wire: Any) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        wire.flush()
        asked.set()
        over.wait(20)

    site.answers["/a"] = hold
    found: list[Any] = []

    def work() -> None:
        try:
            found.append(ask(requester, f"{site.url}/a"))
        except Stopped as stop:
            found.append(stop)

    thread = threading.Thread(target=work)
    thread.start()
    assert asked.wait(10)
    requester.abort()
    thread.join(10)
    over.set()
    assert len(found) == 1
    assert isinstance(found[0], Stopped) or found[0].truncated == "disconnect"


def test_who_asks_without_a_start_has_no_time(requester: Requester, site: Site) -> None:
    run: Callable[[], Any] = lambda: requester.ask(f"{site.url}/a", max_bytes=10)  # noqa: E731
    with pytest.raises(Stopped, match="not done in"):
        run()


def test_a_head_request_has_no_body_and_keeps_its_length(requester: Requester, site: Site) -> None:
    site.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
    found = ask(requester, f"{site.url}/", method="HEAD")
    assert (found.body, found.headers) == (b"", (("Content-Length", "99"),))
