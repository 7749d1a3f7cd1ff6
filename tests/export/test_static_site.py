"""The site in a real Chromium, opened from a disk."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS
from scraper.fetch.browser import BROWSERS

has_browser = bool(importlib.util.find_spec("playwright")) and any(map(shutil.which, BROWSERS))
needs_browser = pytest.mark.skipif(not has_browser, reason="no playwright (extra 'render') or no Chromium here")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = next(found for each in BROWSERS if (found := shutil.which(each)))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


class Watched:
    """A page, with what its console said and what it asked for."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = browser.new_page(**options)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))


@needs_browser
def test_a_reader_finds_a_post_by_date_by_person_and_by_search(made_blog: Path, browser: Any, tmp_path: Path) -> None:
    export_archive(made_blog, tmp_path / "site", FORMATS["html"])
    watched = Watched(browser, viewport={"width": 375, "height": 800}, color_scheme="dark")
    page = watched.page
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.click("text=2012")
    page.click("text=Slow bread")
    assert page.inner_text("h1") == "Slow bread: Bob Stone's way"
    assert page.locator("li.comment li.comment li.comment").inner_text().startswith("Ann Lee")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("text=Ann Lee >> nth=0")
    assert "Ann bakes." in page.inner_text("main")
    page.click("text=Search")
    page.fill("#words", "WÍNTER ry")
    page.wait_for_function("document.querySelector('#number').innerText !== ''")
    assert page.inner_text("#number") == "1 post"
    page.fill("#words", "elsewhere")
    page.click("#results a")
    assert page.inner_text("h1") == "Slow bread: Bob Stone's way"
    page.goto((tmp_path / "site" / "search.html").as_uri() + "?q=no+such+word")
    page.wait_for_function("document.querySelector('#number').innerText !== ''")
    assert page.inner_text("#number") == "0 posts"
    assert watched.said == []
    assert all(url.startswith("file:") for url in watched.asked)


@needs_browser
def test_no_page_keeps_anybody_out(made_blog: Path, browser: Any, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core comes with the extra 'dev'")
    export_archive(made_blog, tmp_path / "site", FORMATS["html"])
    page = browser.new_page(color_scheme="dark")
    for path in sorted((tmp_path / "site").rglob("*.html")):
        page.goto(path.as_uri())
        found = axe.Axe().run(page).response["violations"]
        assert [violation["id"] for violation in found] == [], path.name


@needs_browser
def test_every_page_of_a_hostile_archive_is_quiet(hostile: Path, browser: Any, tmp_path: Path) -> None:
    export_archive(hostile, tmp_path / "site", FORMATS["html"])
    watched = Watched(browser)
    for path in sorted((tmp_path / "site").rglob("*.html")):
        watched.page.goto(path.as_uri())
    watched.page.goto((tmp_path / "site" / "search.html").as_uri() + "?q=<script>alert(1)</script>")
    watched.page.fill("#words", "alert")
    assert watched.page.inner_text("#number") == "10 posts"
    assert watched.page.locator("#results script, #results img").count() == 0
    assert watched.said == []
    assert all(url.startswith("file:") for url in watched.asked)


@needs_browser
def test_a_site_is_read_without_scripts(made_blog: Path, browser: Any, tmp_path: Path) -> None:
    export_archive(made_blog, tmp_path / "site", FORMATS["html"])
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((tmp_path / "site" / "search.html").as_uri())
    assert "takes JavaScript" in page.inner_text("main")
    page.click("text=All posts")
    page.click("text=Rye")
    assert "Rye is for winter." in page.inner_text("main")


def test_a_large_archive_has_its_words_in_several_files(
    made_blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.export.site_search.MOST", 10)
    export_archive(made_blog, tmp_path / "site", FORMATS["html"])
    search = (tmp_path / "site" / "search.html").read_text(encoding="utf-8")
    assert all(f'src="assets/words-{number}.js"' in search for number in (1, 2, 3))
    assert len(list((tmp_path / "site" / "assets").glob("words-*.js"))) == 3
