"""A blog as its host serves it: every address it has, its robots.txt, validators, and the moods of its server."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate
from itertools import groupby

from tests.web import feeds
from tests.web.blogs import Article, Blog, Remark
from tests.web.server import Answer, Headers, Request
from tests.web.themes import Sheet, Theme

PER_LISTING = 5
PER_FEED = 10
PER_THREAD_PAGE = 10
PER_SITEMAP = 12
HTML, XML, TEXT = "text/html; charset=utf-8", "application/xml", "text/plain; charset=utf-8"
FEED_TYPES = {"rss": "application/rss+xml; charset=UTF-8", "atom": "application/atom+xml; charset=UTF-8"}


@dataclass(frozen=True, slots=True)
class Manners:
    """What a host asks of its visitors: the text of its robots.txt, and what that means for ours.

    `forbidden` matches the targets that may not be asked for; an empty `robots` stands for none (404).
    """

    robots: str = ""
    forbidden: str | None = None
    crawl_delay: float = 0.0

    def forbids(self, target: str) -> bool:
        return self.forbidden is not None and re.match(self.forbidden, target) is not None


@dataclass(frozen=True, slots=True)
class Ways:
    """How the posts of a blog can be found, besides the links from page to page; what is not served is a 404."""

    has_feed: bool = True
    sitemap: str | None = "/sitemap.xml"
    has_archives: bool = True
    pages_feed: bool = True


ETAGS: tuple[Callable[[str], str | None], ...] = (
    lambda digest: f'"{digest}"',
    lambda digest: f'W/"{digest}"',
    lambda digest: f"{digest}-gzip",  # without quotes, as some servers send it
    lambda digest: None,
    lambda digest: f"\"{digest[:6]} {digest[6:]};x='é'\"",
)
DATES: tuple[Callable[[datetime], str | None], ...] = (
    lambda at: format_datetime(at, usegmt=True),
    format_datetime,  # +0000 for GMT
    lambda at: None,
    lambda at: f"{at:%a, %d %b %Y %H:%M:%S} gmt",
)


@dataclass(frozen=True, slots=True)
class Resource:
    content_type: str
    body: bytes
    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> Headers:
        stated = (("Content-Type", self.content_type), ("ETag", self.etag), ("Last-Modified", self.modified))
        return tuple((name, value) for name, value in stated if value)

    def is_known_to(self, request: Request) -> bool:
        """Whether the client has this already, by the validators that it sends (RFC 9110, 13.2.2)."""
        if (stated := request.header("If-None-Match")) is not None:
            return stated == self.etag
        stated = request.header("If-Modified-Since")
        return stated is not None and stated == self.modified


@dataclass(slots=True)
class BlogSite:
    """Serves a blog in a theme. `moods` are answers that are given instead, by the number of the request, from 0.

    With `has_validators` off every answer is whole and, in its bytes alone, another.
    """

    theme: Theme
    base: str
    blog: Blog
    manners: Manners = Manners()
    ways: Ways = Ways()
    has_validators: bool = True
    moods: dict[int, Callable[[], Answer]] = field(default_factory=dict)
    requests: int = 0
    resources: dict[str, Resource] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.publish(self.blog)

    def publish(self, blog: Blog) -> None:
        """Serve the blog as it is now."""
        self.blog = blog
        found = dict(self._resources())
        if self.has_validators:
            posts = self.posts
            self.resources = {target: _validated(target, *each, target in posts) for target, each in found.items()}
        else:
            self.resources = {target: Resource(kind, body) for target, (kind, body, _) in found.items()}

    def answer(self, request: Request) -> Answer:
        self.requests += 1
        if mood := self.moods.pop(self.requests - 1, None):
            return mood()
        resource = self.resources.get(request.target)
        if resource is None:
            return Answer(404, (("Content-Type", HTML),), b"<title>Not found</title><p>There is no such page.</p>")
        if resource.is_known_to(request):
            return Answer(304, resource.headers)
        made = b"" if self.has_validators or resource.content_type != HTML else b"\n<!-- made %d -->" % self.requests
        return Answer(200, resource.headers, resource.body + made)

    # ---- what there is

    @property
    def directories(self) -> set[str]:
        """The targets that tell of posts: feeds, sitemaps and lists."""
        lists = {target for target, _ in self._listings()} | {target for target, _ in self._directories()}
        return lists & set(self.resources)

    @property
    def posts(self) -> set[str]:
        """The targets of all pages of posts, those of their threads too."""
        return {target for article in self.blog.articles for target in self._thread(article)}

    def _resources(self) -> Iterator[tuple[str, tuple[str, bytes, datetime]]]:
        newest = max((each.latest for each in self.blog.articles), default=datetime(2011, 1, 1, tzinfo=UTC))
        for article in self.blog.articles:
            for page, target in enumerate(self._thread(article), 1):
                yield target, (HTML, self._page(article, page).encode(), article.latest)
                for remark in self._thread_pages(article)[page - 1]:  # the page that it stands on, once more
                    if own := self.theme.remark(remark.number):
                        yield own, (HTML, self._page(article, page).encode(), article.latest)
        for name in self.blog.bios:
            if own := self.theme.author(name):
                by = [each for each in self.blog.articles[::-1] if each.author == name]
                yield own, (HTML, self._listing(by, "").encode(), newest)
        for target, listing in self._listings():
            yield target, (HTML, listing.encode(), newest)
        for target, (kind, body) in self._directories():
            yield target, (kind, body, newest)
        about = self.theme.listing(
            self.blog, self.base, (), "<p>This is a house by the sea, and these are its notes.</p>"
        )
        yield "/about/", (HTML, about.encode(), newest)
        if self.manners.forbidden:
            yield "/private/notes/", (HTML, self._listing(self.blog.articles[:3], "").encode(), newest)
        if self.manners.robots:
            robots = self.manners.robots.replace("{base}", self.base)
            yield "/robots.txt", (TEXT, robots.encode(), newest)

    def _thread_pages(self, article: Article) -> list[list[Remark]]:
        """The comments by page; an answer stands on the page of the comment that began its thread."""
        roots: dict[int, int] = {}
        for each in article.remarks:
            roots[each.number] = roots[each.parent] if each.parent is not None else each.number
        starts = [each.number for each in article.remarks if each.parent is None]
        if self.theme.name == "handmade" or len(article.remarks) <= PER_THREAD_PAGE:
            return [list(article.remarks)]
        pages = [starts[place : place + PER_THREAD_PAGE] for place in range(0, len(starts), PER_THREAD_PAGE)]
        return [[each for each in article.remarks if roots[each.number] in page] for page in pages]

    def _thread(self, article: Article) -> tuple[str, ...]:
        return tuple(self.theme.thread_page(article, page + 1) for page in range(len(self._thread_pages(article))))

    def _page(self, article: Article, page: int) -> str:
        remarks = self._thread_pages(article)[page - 1]
        return self.theme.show(Sheet(self.blog, self.base, article, remarks, page, self._thread(article)))

    def _listings(self) -> Iterator[tuple[str, str]]:
        newest = self.blog.articles[::-1]
        yield from self._paged("/", newest)
        if self.ways.has_archives:
            for month, group in groupby(newest, lambda each: f"{each.published:%Y/%m}"):
                yield f"/{month}/", self._listing(list(group), "")
            for name in sorted({each.category for each in newest}):
                yield from self._paged(f"/category/{name.lower()}/", [each for each in newest if each.category == name])

    def _paged(self, root: str, articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
        pages = [articles[place : place + PER_LISTING] for place in range(0, len(articles), PER_LISTING)] or [()]
        for number, each in enumerate(pages, 1):
            newer = f'<a href="{self.base}{root}{_page(number - 1)}">Newer posts</a> ' if number > 1 else ""
            older = (
                f'<a class="next" rel="next" href="{self.base}{root}{_page(number + 1)}">Older posts</a>'
                if number < len(pages)
                else ""
            )
            months = sorted({f"{article.published:%Y/%m}" for article in articles}, reverse=True)
            links = "".join(f'<li><a href="{self.base}/{month}/">{month}</a></li>' for month in months)
            archives = f"<ul>{links}</ul>" if root == "/" and number == 1 and self.ways.has_archives else ""
            yield root + _page(number), self._listing(each, newer + older + archives)

    def _listing(self, articles: Sequence[Article], pager: str) -> str:
        return self.theme.listing(self.blog, self.base, articles, pager)

    def _directories(self) -> Iterator[tuple[str, tuple[str, bytes]]]:
        if self.ways.has_feed:
            yield from self._feeds()
        if self.ways.sitemap:
            yield from self._sitemaps(self.ways.sitemap)

    def _feeds(self) -> Iterator[tuple[str, tuple[str, bytes]]]:
        kind = "rss" if self.theme.name in ("wordpress", "drupal") else "atom"
        write = feeds.rss if kind == "rss" else feeds.atom
        newest = self.blog.articles[::-1]
        count = max(1, -(-len(newest) // PER_FEED)) if self.ways.pages_feed else 1
        for page in range(1, count + 1):
            shown = newest[(page - 1) * PER_FEED : page * PER_FEED]
            entries = [(self.base + self.theme.post(each), each) for each in shown]
            following = self.base + self.theme.feed_page(page + 1) if page < count else None
            yield self.theme.feed_page(page), (FEED_TYPES[kind], write(self.blog, self.base, entries, following))
        if self.theme.comment_feed:
            said = [(self.base + self.theme.post(each), each, remark) for each in newest for remark in each.remarks]
            said = sorted(said, key=lambda each: (each[2].written, each[2].number))[: -PER_FEED - 1 : -1]
            write_comments = feeds.comments_rss if kind == "rss" else feeds.comments_atom
            yield self.theme.comment_feed, (FEED_TYPES[kind], write_comments(self.blog, self.base, said))

    def _sitemaps(self, index: str) -> Iterator[tuple[str, tuple[str, bytes]]]:
        folder = index.rpartition("/")[0]
        parts: list[tuple[str, datetime]] = []
        articles = self.blog.articles
        for number, place in enumerate(range(0, len(articles), PER_SITEMAP), 1):
            part = articles[place : place + PER_SITEMAP]
            target = f"{folder}/posts-{number}.xml.gz"
            parts.append((self.base + target, max(each.latest for each in part)))
            entries = [(self.base + self.theme.post(each), each.latest) for each in part]
            yield target, ("application/x-gzip", feeds.zipped(feeds.url_set(entries)))
        yield index, (XML, feeds.sitemap_index(parts))


def _validated(target: str, kind: str, body: bytes, at: datetime, is_post: bool) -> Resource:
    """The validators of an address: of one form or another, each address its own."""
    choice = int.from_bytes(hashlib.sha256(target.encode()).digest()[:4], "big")
    digest = hashlib.sha256(body).hexdigest()[:16]
    etag = ETAGS[choice % len(ETAGS)](digest)
    modified = DATES[choice // 16 % len(DATES)](at)
    if etag is None and not is_post:  # a post that is taken back leaves no later time on a listing
        etag = ETAGS[0](digest)
    if etag is None and modified is None:
        modified = DATES[0](at)
    return Resource(kind, body, etag, modified)


def _page(number: int) -> str:
    return f"page/{number}/" if number > 1 else ""


# ---- moods


def busy(status: int, seconds: int) -> Callable[[], Answer]:
    """An answer that asks to come back in so many seconds."""
    return lambda: Answer(status, (("Retry-After", str(seconds)), ("Content-Type", HTML)), b"<p>Too many visitors.</p>")


def busy_until(status: int, seconds: int) -> Callable[[], Answer]:
    """As `busy`, the instant given as a date."""

    def answer() -> Answer:
        until = formatdate(int(time.time()) + seconds + 1, usegmt=True)
        return Answer(status, (("Retry-After", until), ("Content-Type", HTML)), b"<p>Closed for an hour.</p>")

    return answer
