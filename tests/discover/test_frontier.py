from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.discover.frontier import (
    GONE_REST,
    LATER,
    LONGEST_REST,
    PRIORITIES,
    SHORTEST_REST,
    TRIES,
    after_failure,
    after_good_answer,
    after_last_try,
    only_lists,
    place_leads,
    unlisted,
)
from scraper.model import Address, Lead, LeadRole, LeadSource
from scraper.text.hosting import politeness_group
from scraper.text.urls import url_key

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
BLOG = "https://blog.example"


def address(path: str = "/", role: LeadRole = "post", source: LeadSource = "link", **values: Any) -> Address:
    url = BLOG + path
    given: dict[str, Any] = {"due_at": None, "priority": PRIORITIES[role], "id": 1, "found_at": NOW}
    return Address(1, url, url_key(url), role, source, "blog.example", None, **(given | values))


def place(parent: Address, *leads: Lead, known: tuple[Address, ...] = (), refused: str | None = None) -> list[Address]:
    by_key = {each.url_key: each for each in known}
    return place_leads(parent, leads, by_key, lambda lead: refused, politeness_group, NOW)


def lead(path: str, role: LeadRole = "post", source: LeadSource = "link", updated: datetime | None = None) -> Lead:
    return Lead(BLOG + path, role, source, updated)


# ---- what is named


def test_a_new_address_is_due_at_once_and_knows_who_named_it() -> None:
    (placed,) = place(address("/", "home", depth=2), lead("/a", "post", "feed"))
    assert (placed.due_at, placed.found_on, placed.depth, placed.id) == (NOW, f"{BLOG}/", 3, 0)
    assert not placed.every_run


def test_what_tells_of_others_is_asked_for_in_each_run() -> None:
    home = address("/", "home")
    placed = place(home, lead("/feed/", "feed"), lead("/map.xml", "sitemap"), lead("/comments/feed/", "comment_feed"))
    assert [each.every_run for each in placed] == [True, True, True]


def test_a_feed_of_one_posts_comments_is_kept_in_reserve() -> None:
    (placed,) = place(address("/a", "post"), lead("/a/feed/", "comment_feed", "declared"))
    assert (placed.due_at, placed.every_run) == (None, False)


def test_what_may_never_be_asked_for_is_never_due() -> None:
    (placed,) = place(address(), lead("/2099/01/", "listing"), refused="a calendar")
    assert (placed.refusal, placed.due_at) == ("a calendar", None)


def test_who_knows_better_what_an_address_is_has_the_say() -> None:
    known = address("/a", "page", "link")
    (placed,) = place(address("/feed/", "feed", id=9), lead("/a", "post", "feed"), known=(known,))
    assert (placed.role, placed.source, placed.priority) == ("post", "feed", PRIORITIES["post"])
    assert place(address("/", "home", id=9), lead("/a", "page", "guess"), known=(placed,)) == []


def test_a_known_address_is_due_when_it_changed_since_it_was_asked() -> None:
    known = address("/a", source="sitemap", checked_at=NOW - timedelta(days=3), due_at=NOW + timedelta(days=30))
    sitemap = address("/map.xml", "sitemap", id=9)
    changed = lead("/a", "post", "sitemap", NOW - timedelta(days=1))
    (placed,) = place(sitemap, changed, known=(known,))
    assert (placed.due_at, placed.stated_at) == (NOW, changed.updated)
    before = lead("/a", "post", "sitemap", NOW - timedelta(days=9))
    (placed,) = place(sitemap, before, known=(known,))
    assert placed.due_at == known.due_at


def test_a_feed_goes_on_only_while_all_that_it_lists_is_news() -> None:
    feed = address("/feed/", "feed", id=9)
    following = lead("/feed/?paged=2", "feed", "feed")
    placed = place(feed, lead("/a", "post", "feed"), following)
    assert (placed[-1].due_at, placed[-1].priority, placed[-1].every_run) == (NOW, LATER, False)
    held = address("/a", source="feed", checked_at=NOW - timedelta(days=1))
    assert (
        place(feed, lead("/a", "post", "feed"), lead("/b", "post", "feed"), following, known=(held,))[-1].due_at is None
    )


def test_a_comment_feed_leads_to_the_pages_of_its_comments_but_not_to_the_only_one_of_a_thread() -> None:
    feed = address("/comments/feed/", "comment_feed", id=9)
    (placed,) = place(feed, lead("/a/comment-page-3/", "comment_page", "feed", NOW))
    assert placed.due_at == NOW
    only = lead("/a/comment-page-1/", "comment_page", "feed", NOW)
    assert place(feed, only) == []
    known = address("/a/comment-page-1/", "comment_page", "pager", checked_at=NOW - timedelta(days=1))
    (placed,) = place(feed, only, known=(known,))
    assert placed.due_at == NOW


def test_what_a_sitemap_lists_no_more_is_looked_after() -> None:
    held, gone = address("/a", id=2), address("/b", id=3, due_at=NOW + timedelta(days=9))
    (missed,) = unlisted([held, gone], frozenset({held.url_key}), NOW, is_window=False)
    assert (missed.url, missed.due_at) == (gone.url, NOW)


def test_what_has_grown_too_old_for_a_feed_is_not_missed() -> None:
    old, taken, new = (address(path, id=number, stated_at=NOW - timedelta(days=age)) for number, (path, age) in
                       enumerate((("/old", 9), ("/taken", 3), ("/kept", 5)), 2))  # fmt: skip
    missed = unlisted([old, taken, new], frozenset({new.url_key}), NOW, is_window=True)
    assert [each.url for each in missed] == [taken.url]


# ---- when again


def test_a_page_rests_a_quarter_of_its_age_within_bounds() -> None:
    def rest(age: timedelta) -> float | None:
        return after_good_answer(address(), True, NOW - age, NOW).rest

    assert rest(timedelta(days=8)) == timedelta(days=2).total_seconds()
    assert rest(timedelta(minutes=5)) == SHORTEST_REST.total_seconds()
    assert rest(timedelta(days=4000)) == LONGEST_REST.total_seconds()


def test_a_page_rests_longer_each_time_nothing_is_new_and_never_for_ever() -> None:
    page, rests = after_good_answer(address(), True, NOW, NOW), []
    for _ in range(30):
        page = after_good_answer(page, False, None, NOW + timedelta(days=1))
        rests.append(page.rest or 0)
    assert rests == sorted(rests)
    assert rests[-1] == LONGEST_REST.total_seconds()


def test_a_page_with_news_is_asked_sooner() -> None:
    quiet = address(rest=timedelta(days=40).total_seconds())
    assert (after_good_answer(quiet, True, NOW, NOW).rest or 0) <= timedelta(days=20).total_seconds()


def test_a_page_that_is_gone_is_looked_after_once_a_month_and_a_list_that_has_ended_not_at_all() -> None:
    assert after_good_answer(address(), True, None, NOW, is_gone=True).due_at == NOW + GONE_REST
    last = address("/feed/?paged=9", "feed", "pager")
    assert only_lists(last)
    assert after_good_answer(last, True, None, NOW, is_gone=True).due_at is None


def test_a_feed_that_was_good_is_asked_for_in_each_run_though_it_fails_for_once() -> None:
    feed = address("/feed/", "feed", "declared", every_run=True, payload_sha256="1f")
    assert after_good_answer(feed, True, None, NOW, is_gone=True).every_run
    never = address("/feed/", "feed", "guess", every_run=True)
    gone = after_good_answer(never, True, None, NOW, is_gone=True)
    assert not gone.every_run
    assert after_good_answer(gone, True, None, NOW).every_run  # it is there after all


def test_what_failed_is_tried_again_after_all_others_and_three_times_a_run() -> None:
    page = address()
    for _ in range(TRIES - 1):
        page = after_failure(page, NOW)
        assert (page.due_at, page.priority > max(PRIORITIES.values())) == (NOW, True)
    page = after_failure(page, NOW)
    assert (page.due_at, page.priority) == (NOW + timedelta(days=1), PRIORITIES["post"])


def test_each_run_that_fails_doubles_the_time_to_the_next_up_to_a_month() -> None:
    page, days = address(), []
    for _ in range(7):
        page = after_last_try(page, NOW)
        days.append(((page.due_at or NOW) - NOW).days)
    assert days == [1, 2, 4, 8, 16, 30, 30]


@pytest.mark.parametrize("role", ["feed", "sitemap", "post_api", "listing"])
def test_what_only_tells_of_others_has_no_visit_of_its_own(role: LeadRole) -> None:
    assert after_good_answer(address("/x", role), True, None, NOW).due_at is None


def test_a_good_answer_forgets_the_failures() -> None:
    page = replace(after_failure(address(), NOW), hops=3)
    page = after_good_answer(page, True, NOW, NOW)
    assert (page.tries, page.hops, page.priority) == (0, 0, PRIORITIES["post"])
