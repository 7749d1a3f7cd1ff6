"""Crawls that have to show something to be let in, and crawls through a proxy."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.crawling import ROOT, arguments, rows
from tests.web.pictures import HTML, Pages, home, png, post
from tests.web.server import Answer, Request, Web

BLOG, CDN, PROXY = "127.0.0.1", "127.0.0.2", "127.0.0.3"
PASSWORD, COOKIE = "open-sesame", "c0ffee"
NAMED = "http://blog.example.org"


class Closed(Pages):
    """Lets in who has the password and the cookie; sets a cookie that nobody is to send back."""

    def answer(self, request: Request) -> Answer:
        let_in = request.header("Authorization") and f"sid={COOKIE}" == request.header("Cookie")
        if not let_in:
            return Answer(
                401, (("Content-Type", HTML), ("WWW-Authenticate", 'Basic realm="blog"')), b"<p>Who is it?</p>"
            )
        answer = super().answer(request)
        return Answer(answer.status, (*answer.headers, ("Set-Cookie", "tracked=yes; Path=/")), answer.body)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web([BLOG, CDN, PROXY]) as web:
        blog, cdn = Closed(), Pages()
        web.put(BLOG, blog)
        web.put(CDN, cdn)
        base, far = web.base(BLOG), web.base(CDN)
        for number in (1, 2):
            blog.put(
                f"/2012/05/kettle-and-lantern-{number}/", post(base, number, (f"{base}/up.png",), f"{far}/ann.png")
            )
        blog.put("/", home(base))
        blog.pages["/up.png"] = Answer(302, (("Location", f"{far}/up.png"),))
        cdn.put("/ann.png", png(9), "image/png")
        cdn.put("/up.png", png(8), "image/png")
        yield web


def call(*words: str, password: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    environment.pop("BLOG_TO_SQLITE_PASSWORD", None)
    if password:
        environment["BLOG_TO_SQLITE_PASSWORD"] = password
    command = [sys.executable, "-m", "scraper", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


@pytest.fixture
def cookies(tmp_path: Path) -> Path:
    path = tmp_path / "cookies.txt"
    path.write_text(f"{BLOG}\tFALSE\t/\tFALSE\t0\tsid\t{COOKIE}\n{CDN}\tFALSE\t/\tFALSE\t0\tother\tsecret\n")
    return path


def test_a_blog_behind_a_password_and_a_cookie_is_crawled_and_nobody_else_sees_them(
    web: Web, tmp_path: Path, cookies: Path
) -> None:
    db = tmp_path / "voices.db"
    access = ("--cookies", str(cookies), "--auth", f"{BLOG}:{web.port}:ann")
    ended = call(*arguments("crawl", db, web.base(BLOG) + "/", *access, "--media", "all", "-v"), password=PASSWORD)
    assert ended.returncode == 0, ended.stderr
    assert rows(db, "SELECT count(*) FROM posts WHERE kind = 'post'") == [(2,)]
    far = [each.request for each in web.log if each.host == CDN]
    assert {each.target for each in far} == {"/robots.txt", "/ann.png", "/up.png"}
    assert [each for each in far if each.header("Cookie") or each.header("Authorization")] == []
    assert {each.request.header("Cookie") for each in web.log if each.host == BLOG} == {f"sid={COOKIE}"}
    encoded = "YW5uOm9wZW4tc2VzYW1l"  # ann:open-sesame
    stored = db.read_bytes() + b"".join(gzip.decompress(each.read_bytes()) for each in tmp_path.glob("*.warc/*.gz"))
    assert b"kettle" in stored
    for secret in (PASSWORD, COOKIE, encoded):
        assert secret.encode() not in stored
        assert secret not in ended.stdout + ended.stderr


@pytest.mark.parametrize("more", [(), ("--dry-run",)], ids=["crawled", "rehearsed"])
def test_a_password_in_the_blog_s_address_is_shown_to_its_host_and_stored_nowhere(
    web: Web, tmp_path: Path, cookies: Path, more: tuple[str, ...]
) -> None:
    db = tmp_path / "voices.db"
    seed = web.base(BLOG).replace("//", f"//ann:{PASSWORD}@") + "/"
    ended = call(*arguments("crawl", db, seed, "--cookies", str(cookies), "--media", "all", "-v", *more))
    assert ended.returncode == 0, ended.stderr
    assert {each.request.header("Authorization") for each in web.log if each.host == BLOG} == {
        "Basic YW5uOm9wZW4tc2VzYW1l"
    }
    assert [each for each in web.log if each.host == CDN and each.request.header("Authorization")] == []
    stored = db.read_bytes() if db.exists() else b""
    stored += b"".join(gzip.decompress(each.read_bytes()) for each in tmp_path.glob("*.warc/*.gz"))
    assert more or b"kettle" in stored
    assert PASSWORD.encode() not in stored
    assert PASSWORD not in ended.stdout + ended.stderr


def test_a_password_may_stand_in_a_file(web: Web, tmp_path: Path, cookies: Path) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    access = ("--cookies", str(cookies), "--auth", f"{BLOG}:{web.port}:ann", "--password-file", str(file))
    words = ["grab", str(tmp_path / "g.db"), web.base(BLOG) + "/", *access, "--allow-net", "127.0.0.0/8"]
    ended = call(*words)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    "access",
    [("--auth", "127.0.0.1:ann"), ("--auth", "ann"), ("--auth", "elsewhere.example:ann", "--password-file", "PW")],
)
def test_access_that_cannot_work_is_refused_before_anything_is_asked(
    web: Web, tmp_path: Path, access: tuple[str, ...]
) -> None:
    (tmp_path / "pw").write_text(PASSWORD)
    words = [str(tmp_path / "pw") if word == "PW" else word for word in access]
    ended = call(*arguments("crawl", tmp_path / "voices.db", web.base(BLOG) + "/", *words))
    assert ended.returncode == 2 and PASSWORD not in ended.stderr
    assert web.log == [] and not (tmp_path / "voices.db").exists()


def test_a_crawl_goes_through_a_proxy_which_gets_names_that_were_judged(web: Web, tmp_path: Path) -> None:
    proxy = Pages()
    web.put(PROXY, proxy)
    inside = ("http://127.0.0.1:1/a.png", "http://0x7f.1/b.png", "http://printer.local/c.png", "http://localhost/d.png")
    proxy.put(f"{NAMED}/", home(NAMED))
    proxy.put(f"{NAMED}/2012/05/kettle-and-lantern-1/", post(NAMED, 1, inside, f"{NAMED}/ann.png"))
    proxy.put(f"{NAMED}/2012/05/kettle-and-lantern-2/", post(NAMED, 2, (), f"{NAMED}/ann.png"))
    proxy.put(f"{NAMED}/ann.png", png(9), "image/png")
    db = tmp_path / "voices.db"
    options = ("--proxy", web.base(PROXY).replace("//", "//ann:secret@"), "--media", "all")
    ended = call("crawl", str(db), NAMED + "/", "--contact", "ann@example.org", "--delay", "0", *options)
    assert ended.returncode == 0, ended.stderr
    assert rows(db, "SELECT count(*) FROM posts WHERE kind = 'post'") == [(2,)]
    assert {each.host for each in web.log} == {PROXY}
    assert {each.target.startswith(NAMED + "/") for each in web.log} == {True}
    assert rows(db, "SELECT state, count(*) FROM media GROUP BY 1 ORDER BY 1") == [("fetched", 1), ("refused", 4)]
    assert rows(db, "SELECT count(*) FROM run_events WHERE message LIKE 'through a proxy: names were judged%'") == [
        (1,)
    ]
    assert "secret" not in str(rows(db, "SELECT * FROM runs"))
