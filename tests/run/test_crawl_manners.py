"""Twenty blogs, crawled three times: all that they hold, nothing that they would not want, and no more than is needed.

The second time nothing is new; before the third one, there is a post and a comment more, a post is another, and one is
gone. 20 hosts of 40 posts are 1,000 pages and more; with .02 s between requests, or what robots.txt asks for, and a
second or two where a host wants to be left alone, the three crawls take what a thousand pages take to be read.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.run.soundness import assert_sound
from tests.web.blogs import Remark, make_article, remark_text
from tests.web.crawling import CONTACT, arguments, call, content, enlist, rows, tracebacks
from tests.web.gold import Held, gold_of, held_in
from tests.web.judge import Terms, judge
from tests.web.server import Logged, Web
from tests.web.sites import BlogSite
from tests.web.worlds import HOSTS, twenty_blogs

ARTICLES = 40
DELAY = 0.02
TOLD_OF_CHANGES = frozenset({0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15})  # hosts with a sitemap
TOLD_OF_COMMENTS = frozenset({4})  # hosts without one, that declare a feed of comments
Content = dict[str, set[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Crawl:
    """One crawl: how it ended, what it asked for, and what the blogs and the archive held after it."""

    ended: subprocess.CompletedProcess[str]
    log: list[Logged]
    gold: Held
    held: Held
    content: Content
    gone: set[str]


@dataclass(frozen=True, slots=True)
class Edits:
    """What happened between the second crawl and the third: addresses of posts, and the words of the comment."""

    written: set[str]
    commented: dict[str, str]
    edited: set[str]
    deleted: set[str]


@dataclass(frozen=True, slots=True)
class Story:
    db: Path
    log: list[Logged]
    sites: list[BlogSite]
    first: Crawl
    second: Crawl
    edits: Edits
    third: Crawl


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    db = tmp_path_factory.mktemp("manners") / "voices.db"
    with Web(HOSTS) as web:
        sites = twenty_blogs(web, ARTICLES)
        enlist(db, [site.base + "/" for site in sites])
        first = crawl_once(db, web, sites)
        second = crawl_once(db, web, sites)
        edits = edit(sites)
        third = crawl_once(db, web, sites)
        yield Story(db, web.log, sites, first, second, edits, third)


def crawl_once(db: Path, web: Web, sites: list[BlogSite]) -> Crawl:
    run = web.begin_run()
    ended = call(*arguments("update", db, delay=DELAY))
    gone = {url for (url,) in rows(db, "SELECT url FROM pages WHERE state = 'gone'")}
    return Crawl(ended, web.of_run(run), gold_of(sites), held_in(db), content(db), gone)


def edit(sites: list[BlogSite]) -> Edits:
    """A new post, a comment, an edited post and a deleted one, on hosts that let one know of it in different ways."""
    lot, now = random.Random(9), datetime.now(UTC)
    edits = Edits(set(), {}, set(), set())
    for number, site in enumerate(sites):
        articles = site.blog.articles
        blog = site.blog
        if number % 2 == 0:
            new = replace(make_article(lot, ARTICLES, list(blog.bios), 4), published=now, modified=now, remarks=())
            blog = blog.with_article(new)
            edits.written.add(site.base + site.theme.post(new))
        if number in TOLD_OF_CHANGES:
            old = articles[5]
            blog = blog.with_article(
                replace(old, paragraphs=(*old.paragraphs[:-1], "All of it is different now, and better."), modified=now)
            )
            edits.edited.add(site.base + site.theme.post(old))
            gone = articles[9]
            blog = blog.without_article(gone.number)
            edits.deleted.add(site.base + site.theme.post(gone))
        if number in TOLD_OF_CHANGES or number in TOLD_OF_COMMENTS:
            old = articles[6]
            remark = Remark(1000 + old.number * 100 + 90, "Late Reader", now, remark_text(lot, 90 + number))
            blog = blog.with_article(replace(old, remarks=(*old.remarks, remark)))
            edits.commented[site.base + site.theme.post(old)] = remark.text
        site.publish(blog)
    return edits


# ---- the first crawl


def test_every_post_and_comment_of_twenty_blogs_is_held(story: Story) -> None:
    assert story.first.ended.returncode == 0, story.first.ended  # also where robots.txt disallows some addresses
    assert len(story.first.log) >= 1000
    assert story.first.held == story.first.gold


def test_no_rule_of_good_manners_is_broken_in_three_crawls(story: Story) -> None:
    manners = dict(zip(HOSTS, (site.manners for site in story.sites), strict=True))
    assert judge(story.log, Terms(DELAY, manners, contact=CONTACT)) == []


def test_no_more_is_asked_for_than_there_is_to_know(story: Story) -> None:
    """Each post once, its thread, and what leads to posts; not a page again for each of its comments."""
    asked = {(each.host, each.target) for each in story.first.log if each.answer.status != 404}
    needed = 0
    for host, site in zip(HOSTS, story.sites, strict=True):
        remarks = {site.theme.remark(each.number) for article in site.blog.articles for each in article.remarks}
        assert [target for each, target in asked if each == host and target in remarks] == []
        needed += len(site.posts | site.directories)
    assert len(story.first.log) < 1.2 * needed


def test_hosts_that_were_busy_were_waited_for(story: Story) -> None:
    assert sorted({each.answer.status for each in story.first.log if each.sent("Retry-After")}) == [429, 503]


# ---- the second


def test_a_second_crawl_asks_for_what_tells_of_news_and_for_little_else(story: Story) -> None:
    assert story.second.ended.returncode == 0, story.second.ended
    posts = {(host, target) for host, site in zip(HOSTS, story.sites, strict=True) for target in site.posts}
    assert [each for each in story.second.log if (each.host, each.target) in posts] == []
    assert len(story.second.log) < len(story.first.log) / 5


def test_a_second_crawl_is_answered_not_modified_where_there_are_validators(story: Story) -> None:
    """But for addresses that an earlier crawl had not asked for."""
    known = {(each.host, each.target) for each in story.first.log}
    with_validators = {host for host, site in zip(HOSTS, story.sites, strict=True) if site.has_validators}
    again = [each for each in story.second.log if (each.host, each.target) in known and each.host in with_validators]
    assert {each.answer.status for each in again} <= {304, 404}
    assert len(again) >= 20


def test_a_second_crawl_changes_no_row_of_content(story: Story) -> None:
    assert story.second.content == story.first.content


# ---- the third


def test_a_third_crawl_finds_all_that_is_new(story: Story) -> None:
    assert story.third.ended.returncode == 0, story.third.ended
    assert story.third.held == story.third.gold


def test_a_third_crawl_stores_exactly_the_changes(story: Story) -> None:
    before, after, edits = story.second.held, story.third.held, story.edits
    assert after.keys() - before.keys() == edits.written
    assert before.keys() - after.keys() == edits.deleted
    changed = {url for url in before.keys() & after.keys() if before[url] != after[url]}
    assert changed == edits.edited | edits.commented.keys()
    assert story.third.gone - story.second.gone == edits.deleted


def test_what_was_deleted_and_what_was_edited_away_is_kept(story: Story) -> None:
    posts = {row[0] for row in rows(story.db, "SELECT url FROM posts")}
    assert story.edits.deleted <= posts
    old = {url for (url,) in rows(story.db, "SELECT url FROM revisions JOIN posts ON posts.id = revisions.post_id")}
    assert old == story.edits.edited
    assert len(story.third.content["comments"]) == len(story.second.content["comments"]) + len(story.edits.commented)


def test_the_archive_is_sound_and_no_page_brought_a_bug_to_light(story: Story) -> None:
    assert_sound(story.db)
    assert tracebacks(story.db) == []
