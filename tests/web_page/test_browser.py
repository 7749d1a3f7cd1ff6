"""The pages in Chromium: no console message, no request that leaves the machine, nothing that keeps people out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.web_page.conftest import Served, rows

DESK, PHONE = {"width": 1200, "height": 1000}, {"width": 390, "height": 844}
PAGES = ("/", "/blogs/1", "/posts/2", "/posts/2/history", "/posts", "/people", "/people/1", "/search?q=bell", "/captures/1", "/health", "/runs/1",
         "/archive", "/archive/posts", "/archive/posts/1", "/archive?sql=select+id,title+from+posts")  # fmt: skip
SHOWN = {"/": "home", "/blogs/1": "blog", "/posts/2": "post", "/search?q=bell": "search", "/captures/1": "capture"}
SERIOUS = ("serious", "critical")


@contextmanager
def looking(browser: Any, site: str, **options: Any) -> Iterator[tuple[Any, list[str]]]:
    """A page, and the list of what went wrong on it."""
    context = browser.new_context(**options)
    wrong: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: request.url.startswith(site) or wrong.append(f"request: {request.url}"))
    # What is still on its way when the next page is gone to is no failure.
    page.on(
        "requestfailed", lambda each: "ABORTED" in each.failure or wrong.append(f"failed: {each.url} {each.failure}")
    )
    try:
        yield page, wrong
    finally:
        context.close()


def violations(page: Any, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds to be serious or worse; by all of its rules, or by these."""
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]} ({each['nodes'][0].get('failureSummary', '')[:200]})"
        for each in found
        if each["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_quiet_and_open_to_all(demo: Served, browser: Any, screenshots: Path, page: str) -> None:
    with looking(browser, demo.site, viewport=DESK, color_scheme="light") as (tab, wrong):
        tab.goto(demo.site + page)
        assert violations(tab) == []
        _picture(tab, screenshots, page, "light")
        tab.emulate_media(color_scheme="dark")
        assert violations(tab, ("color-contrast",)) == []
        _picture(tab, screenshots, page, "dark")
        tab.set_viewport_size(PHONE)
        assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        tab.emulate_media(color_scheme="light")
        _picture(tab, screenshots, page, "phone")
        assert wrong == []


def _picture(tab: Any, folder: Path, page: str, name: str) -> None:
    if page in SHOWN:
        tab.screenshot(path=folder / f"{SHOWN[page]}-{name}.png")


def test_answers_fold_and_open_without_scripts(demo: Served, browser: Any, screenshots: Path) -> None:
    ((key,),) = rows(demo.archive, "SELECT id FROM posts WHERE url LIKE '%eleven-kinds%'")
    with looking(browser, demo.site, java_script_enabled=False, viewport=DESK) as (tab, wrong):
        tab.goto(f"{demo.site}/posts/{key}")
        answer = tab.locator(".answers .comment").first
        assert answer.is_visible()
        answer.scroll_into_view_if_needed()
        tab.screenshot(path=screenshots / "thread-open.png")
        tab.locator("details summary").first.focus()
        tab.keyboard.press("Enter")
        assert not answer.is_visible()
        tab.get_by_role("link", name="Fold all answers").click()
        assert not tab.locator(".answers .comment").first.is_visible()
        tab.locator("details summary").first.click()
        assert tab.locator(".answers .comment").first.is_visible()
        assert wrong == []


def test_a_link_to_a_folded_answer_opens_it(demo: Served, browser: Any) -> None:
    ((key, parent),) = rows(
        demo.archive,
        "SELECT id, post_id FROM comments WHERE parent_id IS NOT NULL AND post_id < 9000 AND state = 'visible' LIMIT 1",
    )
    with looking(browser, demo.site) as (tab, wrong):
        tab.goto(f"{demo.site}/posts/{parent}?answers=closed#c{key}")
        assert tab.locator(f"#c{key}").is_visible()
        tab.goto(f"{demo.site}/comments/{key}")
        assert tab.url.endswith(f"#c{key}")
        assert wrong == []


def test_a_search_is_typed_and_led_to(demo: Served, browser: Any) -> None:
    with looking(browser, demo.site) as (tab, wrong):
        tab.goto(demo.site)
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == "Skip to content"
        tab.get_by_role("searchbox").first.fill("bell")
        tab.keyboard.press("Enter")
        tab.wait_for_url(re.compile("/search"))
        assert tab.locator("mark").count() > 0
        tab.locator("ol.posts a").first.click()
        tab.wait_for_url(re.compile("/posts/"))
        assert wrong == []


def test_a_long_thread_is_shown_within_seconds(demo: Served, browser: Any) -> None:
    with looking(browser, demo.site) as (tab, wrong):
        tab.goto(f"{demo.site}/posts/9000?page=2", timeout=10_000)
        assert tab.locator(".comment").count() == 200
        assert wrong == []


@pytest.mark.parametrize("page", ["/", "/blogs/1", "/posts/1", "/posts/2", "/posts/3", "/posts/1/history", "/people/1",
                                  "/search?q=Kettle", "/captures/1", "/runs/1", "/archive/posts"])  # fmt: skip
def test_hostile_texts_run_nothing_and_break_no_layout(hostile: Served, browser: Any, page: str) -> None:
    with looking(browser, hostile.site, viewport=PHONE) as (tab, wrong):
        tab.goto(hostile.site + page)
        assert tab.evaluate("window.pwned") is None
        assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert tab.evaluate("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == tab.evaluate(
            "document.querySelectorAll('[id]').length"
        )
        assert tab.locator("a[href^='javascript']").count() == 0
        assert page not in ("/", "/posts/1") or violations(tab) == []
        assert wrong == []


def test_a_capture_of_another_platform_is_quiet_too(captured: Served, browser: Any) -> None:
    ((longest,),) = rows(
        captured.archive, "SELECT post_id FROM comments GROUP BY post_id ORDER BY count(*) DESC LIMIT 1"
    )
    with looking(browser, captured.site, viewport=DESK, color_scheme="dark") as (tab, wrong):
        for page in ("/", "/blogs/1", "/captures/9", "/health", f"/posts/{longest}"):
            tab.goto(captured.site + page)
        assert violations(tab) == []
        assert wrong == []
