"""Crawls of blogs that change meanwhile: what the archive tells of it is what happened, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.model import Crawl
from scraper.run.crawling.crawl import crawl
from scraper.run.crawling.crawler import CrawlOptions
from scraper.settings import Settings
from scraper.store.past.happenings import read_changes
from scraper.store.reader import ArchivedPost, Reader
from tests.web.blogs import Article, Remark, make_blog
from tests.web.more_themes import THEMES
from tests.web.server import Web
from tests.web.sites import BlogSite

HOST = "127.0.0.1"
SETTINGS = Settings(contact="me@example.org", allow_net=("127.0.0.0/8",))
SAID = "I have changed my mind about this, and now think that it is wrong."


@dataclass
class Diary:
    """A blog that is crawled again and again."""

    site: BlogSite
    db: Path

    def crawl(self) -> datetime:
        """A time after the crawl, and before the next one: archives tell seconds."""
        report = crawl(self.db, Crawl(self.site.base + "/"), CrawlOptions(0.0, readers=0), SETTINGS)
        assert report.exit_code in (0, 3)  # 3: a post is gone
        ended = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
        time.sleep((ended - datetime.now(UTC)).total_seconds() + 1.01)
        return ended

    def change(self, number: int, article: Article | None) -> None:
        """Puts the article in place of the one of this number, or takes that away."""
        kept = [article if each.number == number else each for each in self.site.blog.articles]
        self.site.publish(replace(self.site.blog, articles=tuple(each for each in kept if each is not None)))

    def url(self, article: Article) -> str:
        return self.site.base + self.site.theme.post(article)

    def told(self, since: datetime) -> dict[str | None, list[str]]:
        """What happened since, by URL."""
        return {each.url: sorted(change.what for change in each.changes) for each in read_changes(self.db, since)}


@pytest.fixture(params=THEMES, ids=lambda theme: theme.name)
def diary(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Diary]:
    with Web([HOST]) as web:
        site = BlogSite(request.param, web.base(HOST), make_blog(7, 8, long_thread=25), has_validators=False)
        web.put(HOST, site)
        yield Diary(site, tmp_path / "voices.db")


def test_what_happened_between_crawls_is_told_and_nothing_else(diary: Diary) -> None:
    articles = diary.site.blog.articles
    argued = next(each for each in articles if len(each.remarks) in range(3, 9))
    edited, gone, *_ = [each for each in articles if each is not argued]
    first = diary.crawl()
    before = _posts(diary.db)
    now = datetime.now(UTC) + timedelta(minutes=2)  # sitemaps say it to the minute
    diary.change(edited.number, replace(edited, paragraphs=(*edited.paragraphs, SAID), modified=now))
    answered = {each.parent for each in argued.remarks}
    lost = next(each for each in argued.remarks if each.number not in answered)
    new = Remark(990_001, "Olga Ferro", now, SAID)
    remarks = (*(each for each in argued.remarks if each is not lost), new)
    diary.change(argued.number, replace(argued, remarks=remarks, modified=now))
    diary.change(gone.number, None)
    diary.crawl()
    told = diary.told(first)
    assert told.pop(diary.url(edited)) == ["post_edited"]
    assert told.pop(diary.url(argued)) == ["comment_gone", "comment_new"]
    assert told.pop(diary.url(gone), ["post_gone"]) == ["post_gone"]  # it need not have been asked for yet
    assert told == {}
    with Reader(diary.db) as reader:
        for url, post in before.items():
            assert _without_places(reader.post(url, first)) == _without_places(post)
            assert reader.post(url, datetime(2099, 1, 1, tzinfo=UTC)) == reader.post(url)
        absent = [each for each in reader.post(diary.url(argued)).comments if each.not_seen_since]  # type: ignore[union-attr]
    assert [each.text for each in absent] == [lost.text]


def test_a_comment_of_a_long_thread_is_gone_once_all_its_pages_were_fetched(diary: Diary) -> None:
    long = max(diary.site.blog.articles, key=lambda each: len(each.remarks))
    answered = {each.parent for each in long.remarks}
    lost = next(each for each in long.remarks if each.number not in answered)
    first = diary.crawl()
    now = datetime.now(UTC) + timedelta(minutes=2)  # sitemaps say it to the minute
    remarks = tuple(each for each in long.remarks if each is not lost)
    diary.change(long.number, replace(long, remarks=remarks, modified=now))
    diary.crawl()
    assert diary.told(first) == {diary.url(long): ["comment_gone"]}


def _posts(db: Path) -> dict[str, ArchivedPost | None]:
    with Reader(db) as reader:
        return {each.url: reader.post(each.id) for each in reader.posts()}


def _without_places(post: ArchivedPost | None) -> object:
    """The post, its comments without the places that they have in the thread now."""
    assert post is not None
    comments = sorted((replace(each, position=0) for each in post.comments), key=lambda each: each.id)
    return replace(post, comments=tuple(comments))


def test_a_blog_is_unchanged_where_nothing_happened(diary: Diary) -> None:
    first = diary.crawl()
    diary.crawl()
    assert diary.told(first) == {}
