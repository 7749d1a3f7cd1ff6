"""What a page leads to: `page_leads`, from what it declares, its pagers, its lists of posts, and its other links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from scraper.discover.apis import wordpress_comments, wordpress_posts
from scraper.discover.feeds import COMMENT_PARAMETERS, is_comment_feed
from scraper.discover.pager_words import PAGER_MARKS, PAGER_WORDS
from scraper.discover.places import is_about, is_feed, is_file, is_home, is_sitemap, listing_kind
from scraper.discover.queries import parameter
from scraper.discover.service_threads import thread_address
from scraper.model import Lead, LeadRole, LeadSource, Outlink, Page
from scraper.text.urls import resolve, same_site, url_key, without_fragment, without_query

FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/rss+xml",
})  # fmt: skip
FORMATS = re.compile(r"rss2?|atom|rdf|json|xml|feed|alt=|[\W_]", re.I)  # in which the feeds of one thing differ
FEED_END = re.compile(r"/(?:feed|rss|atom)(?:/(?:rss2?|atom|rdf))?(?:\.xml)?/?(?=$|\?)", re.I)
PARTIAL = frozenset({"category", "tag", "author", "date"})
API_ROOT = "https://api.w.org/"
TURNS = frozenset({"next", "prev", "previous"})
ANSWERING = ("replytocom", "showComment")  # a page of comments with a form for an answer open, or at one of them
PAID_OR_STRANGE = frozenset({"ugc", "sponsored"})
TOLD_BY_READERS = frozenset({"post", "home"})  # what links in comments may lead to
COMMENT_PAGE = re.compile(r"/comment-page-\d+(/?)$|[?&](?:cpage|replytocom|showComment)=")
COMMENT_PLACE = re.compile(r"/comment/\d+/?$")  # Drupal's address of one comment, which leads on to its page
POST_ID = re.compile(r"/wp/v2/posts/(\d{1,10})/?$")
HREF = re.compile(r'href="([^"]{1,2000})"')


class Rank(IntEnum):
    """The order of a page's leads."""

    FEED = 0
    COMMENT_FEED = 1
    API = 2
    POST_OF_PAGE = 3
    COMMENT_PAGE = 4
    POST_PAGE = 5
    PAGER = 6
    DATE = 7
    CATEGORY = 8
    TAG = 9
    AUTHOR_LIST = 10
    POST = 11
    AUTHOR = 12
    ABOUT = 13
    OTHER = 14


LISTS = {
    "pager": Rank.PAGER, "date": Rank.DATE, "archive": Rank.DATE, "category": Rank.CATEGORY, "tag": Rank.TAG,
    "author": Rank.AUTHOR_LIST,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Ranked:
    rank: Rank
    lead: Lead


def page_leads(
    page: Page,
    outlinks: Iterable[Outlink],
    is_ours: Callable[[Lead], bool],
    is_post_url: Callable[[str], bool],
    may_be_ours: Callable[[str], bool] = lambda url: True,
    is_left_out: Callable[[str], bool] = lambda url: False,
) -> tuple[Lead, ...]:
    """The leads in the order of Rank and, of one rank, of the page; each address once, as what it is first taken for.

    Of several formats of one feed the first is named. A post's feed of comments and interface for comments are named
    where the page shows that it has not all. Links that stand in comments lead only to posts of this blog and to its
    first page, those marked as readers' or paid for nowhere; files are no leads.

    :param is_ours: whether a lead belongs to the blog that is crawled.
    :param is_post_url: whether a URL looks like those of this blog's posts.
    :param may_be_ours: whether a URL's host leaves it open that it belongs to the blog; of others nothing is looked at.
    :param is_left_out: whether the operator leaves a URL out, whatever it is; nor is anything of those.
    """
    if page.url is None:
        return ()
    links = tuple(outlinks)
    near = [link for link in _near(links, may_be_ours) if link.declared or not is_left_out(link.url)]
    ranked = [*_declared(page, links), *_parts(page), *_shown(page, near, is_post_url), *_people(page)]
    known = {url_key(page.url)}
    leads: list[Lead] = []
    for each in sorted(ranked, key=lambda each: each.rank):
        key = url_key(each.lead.url)
        if key not in known:
            known.add(key)
            if is_ours(each.lead):
                leads.append(each.lead)
    return tuple(leads)


def _near(links: Iterable[Outlink], may_be_ours: Callable[[str], bool]) -> Iterator[Outlink]:
    """The links to hosts that may be the blog's, and all that are declared."""
    judged: dict[str, bool] = {}
    for link in links:
        host = link.url.split("/", 3)[2]
        is_near = judged.get(host)
        if is_near is None:
            is_near = judged[host] = may_be_ours(link.url)
        if is_near or link.declared:
            yield link


def _as(rank: Rank, url: str, role: LeadRole, source: LeadSource) -> _Ranked:
    return _Ranked(rank, Lead(url, role, source))


# ---- what the page declares


def _declared(page: Page, links: Iterable[Outlink]) -> Iterator[_Ranked]:
    declared = [link for link in links if link.declared]
    yield from _feeds(page, declared)
    yield from _interfaces(page, declared)
    for named in (page.canonical_url, page.post_url):
        if named and page.url and same_site(named, page.url):
            role: LeadRole = "post" if page.kind == "post" else "listing" if page.kind == "listing" else "page"
            yield _as(Rank.POST_OF_PAGE, without_fragment(named), role, "declared")


def _feeds(page: Page, declared: Iterable[Outlink]) -> Iterator[_Ranked]:
    """The blog's feeds and those of comments; those of one category or author say nothing that the blog's does not."""
    seen: set[str] = set()
    for link in declared:
        if "alternate" not in link.rel or link.media_type not in FEED_TYPES:
            continue
        kind = FORMATS.sub("", link.url.partition("//")[2])
        if kind in seen or _is_of_list(link.url):
            continue
        seen.add(kind)
        if not _is_of_comments(link.url, page):
            yield _as(Rank.FEED, link.url, "feed", "declared")
        elif not _is_own(link.url, page) or _has_more(page):
            yield _as(Rank.COMMENT_FEED, link.url, "comment_feed", "declared")


def _is_of_list(url: str) -> bool:
    return listing_kind(FEED_END.sub("/", url)) in PARTIAL


def _is_own(url: str, page: Page) -> bool:
    """Whether a feed is of this post alone: its address begins with the post's, or has its number, or Blogger's."""
    begins = bool(page.post_url) and not is_home(page.post_url or "") and url.startswith(page.post_url or "")
    number = parameter(url, "p")
    return (
        begins
        or (number is not None and number == parameter(page.post_url or "", "p"))
        or re.search(r"/feeds/\d+/comments/", url) is not None
    )


def _is_of_comments(url: str, page: Page) -> bool:
    return is_comment_feed(url) or (page.kind == "post" and _is_own(url, page))


def _has_more(page: Page) -> bool:
    """Whether there are comments of the post that the page does not show, by its pager or its own count."""
    return page.kind == "post" and page.comments_complete is False


def _interfaces(page: Page, declared: Iterable[Outlink]) -> Iterator[_Ranked]:
    """WordPress's and Discourse's, where the page names them, and that of the service which keeps its comments."""
    root = next((link.url for link in declared if API_ROOT in link.rel), None)
    if root is not None:
        yield _as(Rank.API, wordpress_posts(root), "post_api", "declared")
        ident = _post_id(declared)
        if ident is not None and _has_more(page):
            yield _as(Rank.API, wordpress_comments(root, ident), "comment_api", "declared")
    if page.platform == "discourse" and page.is_topic and page.post_url:
        yield _as(Rank.API, f"{page.post_url.rstrip('/')}.json", "comment_api", "declared")
    thread = thread_address(page)
    if thread is not None:
        yield _as(Rank.API, thread, "comment_api", "service")


def _post_id(declared: Iterable[Outlink]) -> int | None:
    """WordPress's number of the post: in its short link, or in that to the post as JSON."""
    for link in declared:
        number = parameter(link.url, "p") if "shortlink" in link.rel else None
        if number is None and "alternate" in link.rel:
            found = POST_ID.search(parameter(link.url, "rest_route") or link.url)
            number = found[1] if found else None
        if number and number.isascii() and number.isdecimal() and len(number) <= 10:
            return int(number)
    return None


# ---- what belongs to the post


def _parts(page: Page) -> Iterator[_Ranked]:
    for url in page.comment_pages:
        yield _as(Rank.COMMENT_PAGE, without_query(url, ANSWERING), "comment_page", "pager")
    for url in page.post_pages:
        yield _as(Rank.POST_PAGE, url, "post_page", "pager")


def _people(page: Page) -> Iterator[_Ranked]:
    signers = [byline.url for byline in page.post.bylines] if page.post else []
    for url in (*signers, *(person.url for person in page.people)):
        if url and not is_home(url) and url.startswith(("http://", "https://")):
            yield _as(Rank.AUTHOR, without_fragment(url), "author", "link")


# ---- what it shows


def _shown(page: Page, links: Iterable[Outlink], is_post_url: Callable[[str], bool]) -> Iterator[_Ranked]:
    in_comments = _comment_links(page)
    has_feed = any(link.declared and link.media_type in FEED_TYPES for link in links)
    for link in links:
        if link.declared and TURNS.isdisjoint(link.rel):
            continue
        if not PAID_OR_STRANGE.isdisjoint(link.rel) or is_file(link.url):
            continue
        found = _shown_lead(page, link, is_post_url, has_feed)
        if found and (found.lead.role in TOLD_BY_READERS or not in_comments or url_key(link.url) not in in_comments):
            yield found


def _shown_lead(page: Page, link: Outlink, is_post_url: Callable[[str], bool], has_feed: bool) -> _Ranked | None:
    """What one link leads to; None for what the page's own declarations say better."""
    url, turns = link.url, _turns(link)
    if is_feed(url) or is_sitemap(url):
        role: LeadRole = "sitemap" if is_sitemap(url) else "comment_feed" if is_comment_feed(url) else "feed"
        return None if has_feed and role != "sitemap" else _as(Rank.FEED, url, role, "link")
    if COMMENT_PAGE.search(url):
        url = COMMENT_PAGE.sub(r"\1", without_query(url, COMMENT_PARAMETERS))
        return _as(Rank.POST, url, "post", "link") if is_post_url(url) else None
    if COMMENT_PLACE.search(url):
        return None
    if is_post_url(url):
        of_list: LeadSource = "archive" if page.kind == "listing" else "link"
        return _as(Rank.POST, url, "post", "pager" if turns else of_list)
    return _list_lead(page, url, turns) or _other_lead(page, link)


def _list_lead(page: Page, url: str, turns: bool) -> _Ranked | None:
    """A list of posts, or what is beside the page in one."""
    kind = listing_kind(url)
    if kind is not None:
        source: LeadSource = "pager" if kind == "pager" or turns else "link"
        return _as(LISTS[kind], url, "author" if kind == "author" else "listing", source)
    if not turns:
        return None
    if page.kind == "post":  # its 'next' is the post beside it
        return _as(Rank.POST, url, "post", "pager")
    return _as(Rank.PAGER, url, "listing", "pager")


def _other_lead(page: Page, link: Outlink) -> _Ranked | None:
    if is_home(link.url):
        return _as(Rank.OTHER, link.url, "home", "link")
    if link.in_heading and page.kind == "listing":
        return _as(Rank.POST, link.url, "post", "archive")
    if "nofollow" in link.rel:
        return None
    return _as(Rank.ABOUT if is_about(link.url) else Rank.OTHER, link.url, "page", "link")


def _turns(link: Outlink) -> bool:
    """Whether the link leads on from list to list, by its relation or its words."""
    if not TURNS.isdisjoint(link.rel):
        return True
    words = link.text.strip(PAGER_MARKS).lower()
    return words in PAGER_WORDS


def _comment_links(page: Page) -> frozenset[str]:
    """The keys of all addresses that stand in the comments, or are theirs or their authors'."""
    found: set[str] = set()
    for comment in page.comments:
        found.update(url for url in (comment.author_url, comment.permalink) if url)
        if "href=" in comment.html:
            found.update(HREF.findall(comment.html))
    addresses = (resolve(page.url, url.replace("&amp;", "&")) for url in found)
    return frozenset(url_key(url) for url in addresses if url)
