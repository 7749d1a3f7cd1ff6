"""Who may ask, and how; and that nothing an archive says is run, loaded, followed or written."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import socket
import sqlite3
import time

import pytest

from scraper.web.shield import Names
from tests.web_page.archives import EVIL_URL
from tests.web_page.conftest import Served

HOSTILE_PAGES = (
    "/", "/blogs/1", "/blogs/1?month=%3Cscript%3E&tag=%22%3E%3Cscript%3E", "/posts/1", "/posts/2", "/posts/3", "/posts/1/history",
    "/posts", "/people", "/people/1", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/search?q=Kettle", "/search?q=pwned", "/captures/1", "/health", "/runs/1",
    "/signed?name=%3Cscript%3E", "/archive/posts", "/archive/posts/1", "/archive/comments", "/archive?sql=select+'%3Cscript%3Ealert(1)%3C/script%3E'",
)  # fmt: skip
SQL_WRITES = (
    "delete from posts", "with x as (select 1) delete from posts", "insert into tags values (9, 'x')", "drop table posts",
    "pragma user_version=3", "pragma query_only=0", "vacuum", "attach database '/tmp/served.db' as x", "explain delete from posts; delete from posts",
    "select load_extension('x')", "select writefile('/tmp/served', 'x')", "select 1; delete from posts",
)  # fmt: skip


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1.rebound.example", "localhost.example", "8.8.8.8", "", "[::2]", "127.0.0.1@x.example",
                                  "0x7f000001.example:80", "169.254.169.254"])  # fmt: skip
def test_other_names_are_refused(demo: Served, host: str) -> None:
    answer, text = demo.ask("/", Host=host)
    assert answer.status in (400, 421)
    assert "Eleven kinds of fog" not in text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "LOCALHOST", "[::1]:80", "127.8.8.8"])
def test_its_own_names_are_answered(demo: Served, host: str) -> None:
    assert demo.ask("/", Host=host)[0].status == 200


def test_no_host_and_two_hosts_are_refused(demo: Served) -> None:
    for head in (b"GET / HTTP/1.0\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", demo.port), timeout=10) as wire:
            wire.sendall(head)
            answer = wire.recv(65_536)
        assert b" 200 " not in answer.split(b"\r\n", 1)[0]


def test_a_server_open_to_a_network_is_asked_by_number_or_by_a_stated_name() -> None:
    names = Names(frozenset({"archive.example"}), any_address=True)
    assert names.allow("10.0.0.7:8001") and names.allow("archive.example")
    assert not names.allow("rebound.example")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_reading(demo: Served, method: str) -> None:
    answer, _ = demo.ask("/archive", method)
    assert answer.status in (400, 405)


def test_other_sites_cannot_load_what_is_here(demo: Served) -> None:
    assert (
        demo.ask("/archive.json?sql=select+1", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0].status == 403
    )
    answer, _ = demo.ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Origin="http://evil.example")
    assert answer.status == 200
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("sql", SQL_WRITES)
def test_sql_cannot_write(demo: Served, sql: str) -> None:
    from urllib.parse import quote

    before = hashlib.sha256(demo.archive.read_bytes()).hexdigest()
    answer, _ = demo.ask(f"/archive.json?sql={quote(sql)}")
    assert answer.status == 400
    assert hashlib.sha256(demo.archive.read_bytes()).hexdigest() == before


def test_private_addresses_are_null_to_every_query(demo: Served) -> None:
    with contextlib.closing(sqlite3.connect(demo.archive)) as writer, writer:
        writer.execute("INSERT INTO private_contacts SELECT min(id), 'ann@mail.example', '192.0.2.7' FROM comments")
    try:
        for target in ("/archive/private_contacts.json", "/archive.json?sql=select+*,email||ip+from+private_contacts"):
            answer, body = demo.ask(target)
            assert answer.status == 200
            assert json.loads(body)["rows"]
            assert "ann@mail" not in body
            assert "192.0.2.7" not in body
        assert "private_contacts" not in demo.ask("/archive")[1]
    finally:
        with contextlib.closing(sqlite3.connect(demo.archive)) as writer, writer:
            writer.execute("DELETE FROM private_contacts")


def test_sql_has_a_time_limit(demo: Served) -> None:
    began = time.monotonic()
    endless = "with+recursive+x(n)+as+(select+1+union+all+select+n%2B1+from+x)+select+count(*)+from+x"
    answer, _ = demo.ask(f"/archive.json?sql={endless}")
    assert answer.status == 400
    assert time.monotonic() - began < 15
    assert demo.ask("/archive.json?sql=select+length(randomblob(900000000))")[0].status == 400


@pytest.mark.parametrize("page", HOSTILE_PAGES)
def test_hostile_texts_stay_texts(hostile: Served, page: str) -> None:
    answer, text = hostile.ask(page)
    assert answer.status in (200, 404)
    assert "<script" not in text.lower()
    assert not re.search(r"<[a-z][^<>]*\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', text), re.I)
    assert EVIL_URL not in re.findall(r'(?:href|src|action)="([^"]*)"', text)
    for address in re.findall(r'\ssrc="([^"]*)"', text):
        assert address.startswith("/")
    if not page.startswith("/archive"):
        assert "\0" not in text and "\x1b" not in text
        assert "\u202e" not in re.sub(r'(?s)<div class="(?:body|said-there).*?</div>', "", text)


def test_a_capture_outside_of_its_folder_is_not_read(hostile: Served) -> None:
    answer, text = hostile.ask("/captures/1/source")
    assert answer.status == 503
    assert "root:" not in text


@pytest.mark.parametrize(
    "target", ["//evil.example/", "http://evil.example/", "/\\evil.example/", "///evil.example/x/"]
)
def test_no_address_leads_to_another_host(demo: Served, target: str) -> None:
    answer, _ = demo.ask(target)
    assert answer.status in (400, 404, 421) and "Location" not in answer.headers


def test_paths_lead_out_of_no_folder(demo: Served) -> None:
    for path in (
        "/static/../site.py",
        "/static/%2e%2e/site.py",
        "/static/..%2f..%2fsettings.py",
        "/static//etc/passwd",
    ):
        answer, text = demo.ask(path)
        assert answer.status in (400, 403, 404) and "import" not in text
