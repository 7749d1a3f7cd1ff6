"""Pages that scripts make, in a real Chromium, which has no way to the network but ours."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from scraper.capture.records import read_record
from scraper.errors import MissingExtra
from scraper.fetch.browser import BROWSERS
from scraper.model import Crawl
from scraper.run.crawling import rendering
from scraper.run.crawling.crawl import CrawlOptions, crawl
from scraper.run.crawling.grab import grab
from scraper.run.crawling.rendering import Renderer, need_renderer
from scraper.run.report import Report
from scraper.settings import RenderChoice, Secret, Settings
from tests.run.soundness import assert_sound
from tests.web.crawling import CONTACT, ROOT, call, rows, tracebacks
from tests.web.pictures import TEXT, Pages, png
from tests.web.server import Answer, Web

has_browser = bool(importlib.util.find_spec("playwright")) and any(map(shutil.which, BROWSERS))
needs_browser = pytest.mark.skipif(not has_browser, reason="no playwright (extra 'render') or no Chromium here")

BLOG, OTHER, SECRET = "127.0.0.1", "127.0.0.2", "127.0.0.9"
SHELL = """<!DOCTYPE html><html><head><title>Kettles</title></head><body><div id="app"></div>
<img src="/logo.png"><link rel="stylesheet" href="/style.css"><script src="/app.js"></script>
<script src="http://{other}/library.js"></script></body></html>"""
APP = """
const urls = ['/posts.json', '/private/x.json', 'http://{secret}/inside.json', 'http://10.0.0.1/y', '/leads-in.json'];
const results = [];
async function run() {
  for (const url of urls) {
    try { const answer = await fetch(url, {cache: 'no-store'}); results.push(url + ' ' + await answer.text()); }
    catch (error) { results.push(url + ' blocked'); }
  }
  try { await fetch('/posted', {method: 'POST', body: 'x'}); } catch (error) { results.push('post blocked'); }
  try { new WebSocket('ws://' + location.host + '/socket'); } catch (error) {}
  try { navigator.serviceWorker && navigator.serviceWorker.register('/worker.js').catch(() => 0); } catch (error) {}
  navigator.sendBeacon('/beacon', 'x');
  new Image().src = '/tracker.png';
  const frame = document.createElement('iframe'); frame.src = '/frame'; document.body.appendChild(frame);
  document.cookie = 'mine=1';
  const posts = JSON.parse(results[0].slice('/posts.json '.length));
  const name = location.pathname;
  const post = posts[name];
  document.getElementById('app').innerHTML = post
    ? `<article><h1>${post.title}</h1><p class="byline">By <a rel="author" href="/author/ann/">Ann Lee</a></p>
       <time datetime="2012-05-14">14 May 2012</time><div class="entry-content"><p>${post.text}</p><p>${post.text}</p></div></article>`
    : Object.keys(posts).map((url) => `<h2><a href="${url}">${posts[url].title}</a></h2><p>${posts[url].text}</p>`).join('');
  document.body.insertAdjacentHTML('beforeend', `<pre id="log">${results.slice(1).join('|')}</pre>`);
  location.href = '/navigated';
}
run();
"""
POSTS = ("/2012/05/kettle-and-lantern-1/", "/2012/05/kettle-and-lantern-2/")


@pytest.fixture
def web() -> Iterator[Web]:
    with Web([BLOG, OTHER, SECRET]) as web:
        blog, other, inside = Pages(), Pages(), Pages()
        for host, site in ((BLOG, blog), (OTHER, other), (SECRET, inside)):
            web.put(host, site)
        port = web.port
        shell = SHELL.replace("{other}", f"{OTHER}:{port}").encode()
        for target in ("/", *POSTS):
            blog.put(target, shell)
        blog.put("/robots.txt", b"User-agent: *\nDisallow: /private/", "text/plain")
        blog.put("/app.js", APP.replace("{secret}", f"{SECRET}:{port}").encode(), "text/javascript")
        entries = ", ".join(
            f'"{url}": {{"title": "Kettle {n}", "text": "{TEXT} No. {n}."}}' for n, url in enumerate(POSTS)
        )
        blog.put("/posts.json", f"{{{entries}}}".encode(), "application/json")
        blog.put("/private/x.json", b"private", "application/json")
        blog.pages["/leads-in.json"] = Answer(302, (("Location", f"http://{SECRET}:{port}/inside.json"),))
        blog.put("/logo.png", png(1), "image/png")
        other.put("/library.js", b"window.library = 1", "text/javascript")
        inside.put("/inside.json", b"inside", "application/json")
        inside.pages["/inside.json"] = Answer(
            200, (("Content-Type", "application/json"), ("Access-Control-Allow-Origin", "*")), b"inside"
        )
        yield web


def run(web: Web, db: Path, render: RenderChoice, delay: float = 0.0) -> Report:
    settings = Settings(contact=CONTACT, allow_net=(BLOG, OTHER), render=render)
    return crawl(db, Crawl(web.base(BLOG) + "/"), CrawlOptions(delay=delay, readers=0), settings)


def targets(web: Web, host: str, since: int = 0) -> list[str]:
    return [each.target for each in web.log[since:] if each.host == host]


def test_without_being_told_to_no_page_is_rendered(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path / "v.db", "none")
    assert "/app.js" not in targets(web, BLOG)


@needs_browser
def test_a_blog_that_scripts_make_is_crawled_whole(web: Web, tmp_path: Path) -> None:
    db = tmp_path / "v.db"
    report = run(web, db, "needed")
    assert report.exit_code == 0, report
    found = rows(db, "SELECT title, text FROM posts WHERE kind = 'post' ORDER BY title")
    assert [title for title, _ in found] == ["Kettle 0", "Kettle 1"]
    assert all("nobody asked about the lantern" in text for _, text in found)
    assert tracebacks(db) == []
    assert_sound(db)


@needs_browser
def test_the_browser_asks_for_scripts_and_their_data_and_for_nothing_that_is_forbidden(
    web: Web, tmp_path: Path
) -> None:
    run(web, tmp_path / "v.db", "needed")
    asked = set(targets(web, BLOG))
    assert {"/app.js", "/posts.json", "/leads-in.json"} <= asked
    forbidden = {
        *("/private/x.json", "/logo.png", "/style.css", "/tracker.png", "/posted", "/socket", "/worker.js", "/beacon"),
        *("/frame", "/navigated", "/favicon.ico"),
    }
    assert asked & forbidden == set()
    assert targets(web, SECRET) == [], "an address that the guard closes, asked for by a script or behind a redirect"
    assert set(targets(web, OTHER)) == {"/robots.txt", "/library.js"}
    assert targets(web, BLOG).count("/app.js") == 1, "a script is asked for once in a run"
    assert {each.request.method for each in web.log} == {"GET"}
    agents = {each.request.header("User-Agent") for each in web.log}
    assert len(agents) == 1 and CONTACT in (agents.pop() or "")
    assert {each.request.header("Cookie") for each in web.log} == {None}


@needs_browser
def test_the_browsers_requests_keep_the_pace(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path / "v.db", "needed", delay=0.15)
    for host in (BLOG, OTHER):
        log = [each for each in web.log if each.host == host]
        pauses = [later.began - (each.ended or each.began) for each, later in pairwise(log)]
        assert min(pauses, default=1) >= 0.149


@needs_browser
def test_what_was_shown_stands_beside_the_raw_answer_as_a_conversion_of_it(web: Web, tmp_path: Path) -> None:
    db = tmp_path / "v.db"
    run(web, db, "needed")
    sql = """
SELECT warc_file, warc_offset, status, captures.id = pages.capture_id FROM captures JOIN pages ON pages.id = page_id
WHERE captures.url LIKE '%kettle-and-lantern-1/' ORDER BY captures.id"""
    (file, at, status, is_read), (shown_file, shown_at, no_status, shown_is_read) = rows(db, sql)
    raw, shown = read_record(tmp_path / file, at), read_record(tmp_path / shown_file, shown_at)
    assert (status, is_read, no_status, shown_is_read) == (200, 0, None, 1)
    assert (raw.kind, shown.kind) == ("response", "conversion")
    assert shown.header.get("WARC-Refers-To") == raw.record_id
    assert b"Kettle 0" in shown.payload and b"Kettle 0" not in raw.payload
    from warcio.checker import Checker

    checker = Checker(type("Options", (), {"inputs": [str(tmp_path / file)], "verbose": False})())
    checker.process_all()
    assert not checker.exit_value


@needs_browser
def test_a_second_crawl_renders_again_and_changes_nothing(web: Web, tmp_path: Path) -> None:
    db = tmp_path / "v.db"
    run(web, db, "needed")
    before = rows(db, "SELECT * FROM posts"), rows(db, "SELECT count(*) FROM captures WHERE status IS NULL")
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE frontier SET due_at = found_at WHERE role <> 'sitemap'")
    connection.close()
    since = len(web.log)
    run(web, db, "needed")
    assert "/posts.json" in targets(web, BLOG, since)
    assert (rows(db, "SELECT * FROM posts"), rows(db, "SELECT count(*) FROM captures WHERE status IS NULL")) == before


@needs_browser
def test_a_rendered_page_comes_back_from_its_segment_alone(web: Web, tmp_path: Path) -> None:
    db = tmp_path / "v.db"
    run(web, db, "needed")
    found = rows(db, "SELECT url, title, text FROM posts WHERE kind = 'post' ORDER BY url")
    for path in tmp_path.glob("v.db*"):
        path.unlink()
    grab(db, [], Settings(allow_net=(BLOG,)))
    assert rows(db, "SELECT url, title, text FROM posts WHERE kind = 'post' ORDER BY url") == found
    assert_sound(db)


@needs_browser
def test_a_rendered_page_is_imported_from_anothers_segment(web: Web, tmp_path: Path) -> None:
    run(web, tmp_path / "v.db", "needed")
    other = tmp_path / "other.db"
    assert call("import", str(other), str(tmp_path / "v.warc")).returncode == 0
    assert rows(other, "SELECT title FROM posts WHERE kind = 'post' ORDER BY 1") == [("Kettle 0",), ("Kettle 1",)]
    assert_sound(other)


@needs_browser
def test_grab_renders_too_and_shows_no_secret_to_scripts(web: Web, tmp_path: Path) -> None:
    db = tmp_path / "v.db"
    secret = Secret(BLOG, "Cookie", "sid=1", with_subdomains=False)
    settings = Settings(allow_net=(BLOG, OTHER), render="needed", secrets=(secret,))
    report = grab(db, [web.base(BLOG) + POSTS[0]], settings, delay=0)
    assert report.exit_code == 0
    assert rows(db, "SELECT title FROM posts WHERE kind = 'post'") == [("Kettle 0",)]
    with_cookie = {each.target for each in web.log if each.request.header("Cookie")}
    assert with_cookie == {"/robots.txt", POSTS[0]}
    assert_sound(db)


@needs_browser
def test_a_script_that_never_ends_costs_its_page_no_more_than_its_time(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "PATIENCE", 6.0)
    site = web.sites[BLOG]
    assert isinstance(site, Pages)
    site.put(POSTS[0], b"<title>x</title><div></div><script>while (true) {}</script>")
    began = time.monotonic()
    db = tmp_path / "v.db"
    grab(db, [web.base(BLOG) + each for each in POSTS], Settings(allow_net=(BLOG, OTHER), render="needed"), delay=0)
    assert time.monotonic() - began < 60
    assert rows(db, "SELECT count(*) FROM run_events WHERE message LIKE 'not rendered: timeout%'") == [(1,)]
    assert rows(db, "SELECT title FROM posts WHERE kind = 'post'") == [("Kettle 1",)]


@needs_browser
def test_a_browser_does_not_outlive_a_run_that_was_killed(web: Web, tmp_path: Path) -> None:
    site = web.sites[BLOG]
    assert isinstance(site, Pages)
    hanging = b"<title>x</title><div></div><script src='/app.js'></script><script>while (true) {}</script>"
    site.put(POSTS[0], hanging)
    words = ["grab", str(tmp_path / "v.db"), web.base(BLOG) + POSTS[0], "--render", "--allow-net", BLOG, "--delay", "0"]
    with tempfile.TemporaryDirectory() as short:  # Chromium's sockets are in it, whose paths have 107 bytes at most
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "TMPDIR": short}
        run = subprocess.Popen([sys.executable, "-m", "scraper", *words], env=environment)
        wait_until(lambda: "/app.js" in targets(web, BLOG), 60)
        assert commands_with(f"{short}/playwright"), "the browser's profile is in the temporary folder"
        run.kill()
        run.wait()
        wait_until(lambda: not commands_with(f"{short}/playwright"), 60)


def commands_with(word: str) -> list[str]:
    """The command lines of running processes that have the word in them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [line for line in found if word in line]


def wait_until(is_so: Callable[[], object], seconds: float) -> None:
    ends_at = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends_at
        time.sleep(0.1)


def test_rendering_without_its_extra_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="render"):
        need_renderer("needed")
    need_renderer("none")


def test_only_pages_with_scripts_are_rendered() -> None:
    from scraper.extract import extract_page

    renderer = Renderer(Settings(render="needed"))
    always = Renderer(Settings(render="always"))
    shell, plain = b"<title>a</title><div></div><script>1</script>", b"<title>a</title><p>x</p>"
    whole = f"<title>a</title><article><h1>a</h1><p>{TEXT}</p><p>{TEXT}</p></article><SCRIPT>1</SCRIPT>".encode()
    pages = {html: extract_page(html, "http://blog.example/2012/a") for html in (shell, plain, whole)}
    assert [renderer.wants(html, page) for html, page in pages.items()] == [True, False, False]
    assert [always.wants(html, page) for html, page in pages.items()] == [True, False, True]
    assert not renderer.wants(shell, None)
