"""A whole WordPress crawled over HTTP: all of it, then nothing, then what changed, each held against its own database."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.live.crawls import CONTACT, Crawl, crawl, is_sound, page_states, score
from tests.live.wordpress import WordPress

# Posts of the site, by their keys.
THREADED = 6  # 117 comments on seven pages, the last of which is full
QUIET = 22  # a short thread
EDITED, TRASHED, UNPUBLISHED = 3, 8, 9

TELLS_OF_OTHERS = re.compile(r"^/(robots\.txt|(.+/)?feed/|wp-sitemap[^/]*\.xml|wp-json/.*)$")
NEVER = re.compile(r"replytocom=|[?&]share=|^/wp-(login|admin)|^/xmlrpc\.php|/trackback/|[?&]s=|/embed")
WHOLE = (
    "title author date_day date_minute bio comment_p comment_r exact_threads parent parent_of_replies comment_author"
    " comment_date comment_url ping_kind"
).split()


@dataclass(frozen=True, slots=True)
class Changes:
    """What was done to the site, by the addresses of its posts."""

    threaded: str
    answered: str  # the comment's id on the site
    answer: str
    last_word: str
    quiet: str
    remark: str
    edited: str
    added: str
    gone: frozenset[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crawls")


@pytest.fixture(scope="module")
def scorer(shared: Path) -> Path:
    return shared / "tools" / "score_archive.py"


@pytest.fixture(scope="module")
def db(folder: Path) -> Path:
    return folder / "blog.db"


@pytest.fixture(scope="module")
def gold(wordpress: WordPress, folder: Path) -> list[dict[str, Any]]:
    return wordpress.write_gold(folder / "gold.jsonl")


@pytest.fixture(scope="module")
def first(wordpress: WordPress, gold: list[dict[str, Any]], db: Path) -> Crawl:
    return crawl(db, wordpress)


@pytest.fixture(scope="module")
def second(wordpress: WordPress, first: Crawl, db: Path) -> Crawl:
    return crawl(db, wordpress)


@pytest.fixture(scope="module")
def changes(wordpress: WordPress, gold: list[dict[str, Any]], second: Crawl) -> Changes:
    posts = {post["key"]: post for post in gold}
    answered = next(comment["id"] for comment in posts[THREADED]["comments"] if comment["parent"] is None)
    return Changes(
        threaded=posts[THREADED]["url"],
        answered=answered,
        answer=wordpress.add_comment(THREADED, "New Reader", "A late answer to the oldest of all remarks.", answered),
        last_word=wordpress.add_comment(THREADED, "Third Reader", "With this one there are eight pages of them."),
        quiet=posts[QUIET]["url"],
        remark=wordpress.add_comment(QUIET, "Second Reader", "Nobody has said anything here for years."),
        edited=wordpress.edit_post(EDITED, "<p>Years later, the author adds a sentence to it.</p>"),
        added=wordpress.add_post("The boat is back", "<p>It came in with the tide, and nobody was aboard.</p>"),
        gone=frozenset((wordpress.trash_post(TRASHED), wordpress.unpublish_post(UNPUBLISHED))),
    )


@pytest.fixture(scope="module")
def third(wordpress: WordPress, changes: Changes, db: Path) -> Crawl:
    return crawl(db, wordpress)


@pytest.fixture(scope="module")
def fourth(wordpress: WordPress, third: Crawl, db: Path) -> Crawl:
    return crawl(db, wordpress)


# ---- the whole site


def test_every_post_and_approved_comment_is_held(first: Crawl, gold: list[dict[str, Any]], scorer: Path) -> None:
    figures, extra = score(scorer, gold, first.exported)
    print(figures)
    assert first.code == 0, first.said
    assert_whole(figures)
    assert extra == set()


def test_the_site_was_asked_politely(first: Crawl) -> None:
    assert first.paths[0] == "/robots.txt"
    assert first.paths.count("/robots.txt") == 1
    assert {request.method for request in first.requests} == {"GET"}
    assert all(CONTACT in request.headers["user-agent"] for request in first.requests)
    assert not [path for path in first.paths if NEVER.search(path)]
    assert all(earlier.ended <= later.began for earlier, later in itertools.pairwise(first.requests))


def test_nothing_was_asked_for_twice_nor_much_that_is_not_needed(first: Crawl, gold: list[dict[str, Any]]) -> None:
    needed = sum(post["comment_pages"] for post in gold)
    listings = [path for path in first.paths if re.search(r"^/(tag|category)/|^/\d{4}/\d\d/$|^/page/", path)]
    print(f"{len(first.paths)} requests for {needed} pages of posts, {len(listings)} of them listings")
    assert len(set(first.paths)) == len(first.paths)
    assert len(listings) <= 2  # whether the sitemap names all posts is tried by the first and the oldest one
    assert len(first.paths) <= needed + 50


# ---- nothing has changed


def test_an_unchanged_site_is_asked_for_feeds_and_sitemaps_only(second: Crawl) -> None:
    assert second.code == 0, second.said
    assert second.requests
    assert [path for path in second.paths if not TELLS_OF_OTHERS.search(path)] == []


def test_its_feeds_answer_that_they_have_not_changed(second: Crawl) -> None:
    feeds = [request for request in second.requests if "feed" in request.path]
    assert {request.path for request in feeds} >= {"/feed/", "/comments/feed/"}
    assert {request.status for request in feeds} == {304}
    assert all({"if-none-match", "if-modified-since"} <= request.headers.keys() for request in feeds)


def test_none_of_its_answers_counts_as_new(second: Crawl) -> None:
    assert second.counts["not_modified"] == second.counts["inputs"] > 0


def test_no_row_of_content_changed(first: Crawl, second: Crawl) -> None:
    assert second.content == first.content


# ---- comments came, a post was written, edited, deleted, unpublished


def test_after_the_changes_the_archive_holds_what_the_site_holds(
    third: Crawl, changes: Changes, wordpress: WordPress, folder: Path, scorer: Path
) -> None:
    figures, extra = score(scorer, wordpress.write_gold(folder / "later.jsonl"), third.exported)
    print(figures)
    assert third.code == 0, third.said
    assert_whole(figures)
    assert extra == changes.gone


def test_exactly_the_changed_posts_changed(second: Crawl, third: Crawl, changes: Changes) -> None:
    before, after = without_times(second.exported), without_times(third.exported)
    assert after.keys() - before.keys() == {changes.added}
    assert before.keys() - after.keys() == set()
    changed = {url for url in before if before[url] != after[url]}
    assert changed == {changes.threaded, changes.quiet, changes.edited}


def test_a_new_answer_stands_under_what_it_answers(second: Crawl, third: Crawl, changes: Changes) -> None:
    held = {comment["platform_id"]: comment for comment in second.exported[changes.threaded]["comments"]}
    new = {comment["platform_id"]: comment for comment in new_comments(second, third, changes.threaded)}
    assert new.keys() == {changes.answer, changes.last_word}
    assert new[changes.answer]["parent"] == held[changes.answered]["id"]
    assert new[changes.answer]["text"] == "A late answer to the oldest of all remarks."
    assert new[changes.last_word]["parent"] is None


def test_a_new_remark_on_an_old_post_is_held(second: Crawl, third: Crawl, changes: Changes) -> None:
    (new,) = new_comments(second, third, changes.quiet)
    assert (new["platform_id"], new["author"], new["parent"]) == (changes.remark, "Second Reader", None)


def test_the_edited_post_has_its_new_text_and_keeps_the_old_as_a_revision(
    second: Crawl, third: Crawl, changes: Changes
) -> None:
    was, now = second.exported[changes.edited], third.exported[changes.edited]
    assert now["body"] == f"{was['body']}\nYears later, the author adds a sentence to it."
    assert now["comments"] == was["comments"]
    new = [row for row in third.content["revisions"] if row not in second.content["revisions"]]
    (post,) = (row for row in third.content["posts"] if row["url"] == changes.edited)
    assert [(row["post_id"], row["text"], row["cause"]) for row in new] == [(post["id"], was["body"], "changed")]


def test_deleted_and_unpublished_posts_are_gone_and_kept(
    second: Crawl, third: Crawl, changes: Changes, db: Path
) -> None:
    states = page_states(db)
    assert {url: states[url] for url in changes.gone} == dict.fromkeys(changes.gone, "gone")
    for url in changes.gone:
        assert without_times(third.exported)[url] == without_times(second.exported)[url]


def test_no_page_was_asked_for_without_need(third: Crawl, changes: Changes) -> None:
    pages = [path for path in third.paths if not TELLS_OF_OTHERS.search(path)]
    touched = [changes.threaded, changes.quiet, changes.edited, changes.added, *changes.gone]
    assert [
        path
        for path in pages
        if not any(re.search(f"{re.escape(path_of(url))}(comment-page-[0-9]+/)?$", path) for url in touched)
    ] == []


def test_afterwards_there_is_nothing_left_to_do(third: Crawl, fourth: Crawl, db: Path) -> None:
    assert fourth.code == 0, fourth.said
    assert [path for path in fourth.paths if not TELLS_OF_OTHERS.search(path)] == []
    assert fourth.content == third.content
    assert is_sound(db)


# ---- helpers


def assert_whole(figures: dict[str, Any]) -> None:
    """Every post, every comment in its place, and nothing that is not public."""
    assert (figures["missed"], figures["twice"]) == (0, 0)
    assert {name: figures[name] for name in WHOLE} == dict.fromkeys(WHOLE, 1.0)
    assert figures["body_f1"] >= 0.995
    found, in_all = figures["pings_found"].split("/")
    assert found == in_all
    assert figures["unapproved_leaked"].startswith("0/")


def without_times(exported: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        url: {name: value for name, value in post.items() if name != "captured_at"} for url, post in exported.items()
    }


def new_comments(before: Crawl, after: Crawl, url: str) -> Iterator[dict[str, Any]]:
    """Those that were not there; asserts that all others are as they were."""
    was = {comment["id"]: comment for comment in before.exported[url]["comments"]}
    now = {comment["id"]: comment for comment in after.exported[url]["comments"]}
    assert {key: now.get(key) for key in was} == was
    return (comment for key, comment in now.items() if key not in was)


def path_of(url: str) -> str:
    return url.split("/", 3)[3]
