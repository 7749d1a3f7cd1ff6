"""`export_wxr`: posts with their threads as WordPress exports and imports them, WXR 1.2.

What is known of a time and WordPress has no field for (days without a clock, bounds) stands in fields of our own beside
it, which our own import reads: `_archived_published` and its fellows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import urlsplit

from scraper.export.selection import Selection
from scraper.export.wxr_values import MODIFIED, PUBLISHED, SUBJECT, Clock, Names, body, clock, comment_body, slug
from scraper.export.xml import Xml
from scraper.store.archive import utc_now
from scraper.store.reader import ArchivedPost, ThreadComment

Write = Callable[[str], object]
SPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(slots=True)
class _Site:
    """What is told before the posts: whose they are, and what they are filed under."""

    authors: Names = field(default_factory=lambda: Names("author"))  # by the key of the person
    categories: Names = field(default_factory=lambda: Names("category"))
    tags: Names = field(default_factory=lambda: Names("tag"))
    hosts: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        return _commonest(self.hosts)


def export_wxr(posts: Callable[[], Iterator[ArchivedPost]], write: Write, *, now: datetime) -> int:
    """The number of posts written; `posts` is gone through twice, since WordPress wants all names before them."""
    site = _look_through(posts())
    xml = Xml(write)
    write('<?xml version="1.0" encoding="UTF-8" ?>\n')
    spaces = {f"xmlns:{name}": space for name, space in SPACES.items()}
    number = 0
    with xml.element("rss", {"version": "2.0", **spaces}), xml.element("channel"):
        _write_site(xml, site, now)
        for post in posts():
            _write_post(xml, post, site)
            number += 1
    return number


def write_wxr(selection: Selection, write: Write) -> int:
    """`export_wxr` of what was selected."""
    return export_wxr(selection.posts, write, now=utc_now())


def _look_through(posts: Iterator[ArchivedPost]) -> _Site:
    site = _Site()
    for post in posts:
        for signer in post.signers:
            site.authors.add(signer.person_id, signer.name)
        for name in post.categories:
            site.categories.add(name, name)
        for name in post.tags:
            site.tags.add(name, name)
        parts = urlsplit(post.url)
        if parts.netloc:
            site.hosts[f"{parts.scheme}://{parts.netloc}"] += 1
        site.names.update(filter(None, [post.site_name]))
        site.languages.update(filter(None, [post.language]))
    return site


def _commonest(found: Counter[str]) -> str:
    """What most say; of several the first in the alphabet."""
    return min(found, key=lambda each: (-found[each], each), default="")


def _write_site(xml: Xml, site: _Site, now: datetime) -> None:
    xml.text("title", _commonest(site.names))
    xml.text("link", site.url)
    xml.text("description", "")
    xml.text("pubDate", format_datetime(now.astimezone(UTC)))
    xml.text("language", _commonest(site.languages))
    xml.text("wp:wxr_version", "1.2")
    xml.text("wp:base_site_url", site.url)
    xml.text("wp:base_blog_url", site.url)
    for author in site.authors.all():
        named = {"author_login": author.slug, "author_email": ""}
        named |= {"author_display_name": escape(author.name, quote=False)}
        named |= {"author_first_name": "", "author_last_name": ""}
        _write_record(xml, "author", ("author_id", author.id), named)
    for category in site.categories.all():
        named = {"category_nicename": category.slug, "category_parent": ""}
        named["cat_name"] = escape(category.name, quote=False)
        _write_record(xml, "category", ("term_id", category.id), named)
    for tag in site.tags.all():
        named = {"tag_slug": tag.slug, "tag_name": escape(tag.name, quote=False)}
        _write_record(xml, "tag", ("term_id", len(site.categories) + tag.id), named)


def _write_record(xml: Xml, element: str, number: tuple[str, int], named: dict[str, str]) -> None:
    with xml.element(f"wp:{element}"):
        xml.text(f"wp:{number[0]}", str(number[1]))
        for name, value in named.items():
            xml.cdata(f"wp:{name}", value)


def _write_post(xml: Xml, post: ArchivedPost, site: _Site) -> None:
    published, modified = clock(post.published), clock(post.modified)
    signers = [site.authors.get(signer.person_id) for signer in post.signers]
    with xml.element("item"):
        _write_words(xml, post, signers[0].slug if signers else "", published.utc)
        _write_row(xml, post, published, modified)
        for category in post.categories:
            _write_term(xml, "category", site.categories.get(category).slug, category)
        for tag in post.tags:
            _write_term(xml, "post_tag", site.tags.get(tag).slug, tag)
        if len(signers) > 1:
            for each in signers:
                _write_term(xml, "author", each.slug, each.name)
        _write_meta(xml, "wp:postmeta", {PUBLISHED: published.known, MODIFIED: modified.known})
        numbers = _numbers(post.comments)
        for comment in post.comments:
            _write_comment(xml, comment, numbers, signers[0].id if signers and comment.by_post_author else 0)


def _write_words(xml: Xml, post: ArchivedPost, creator: str, published: datetime | None) -> None:
    """What an item of any feed has."""
    xml.cdata("title", escape(post.title or "", quote=False))
    xml.text("link", post.url)
    if published is not None:
        xml.text("pubDate", format_datetime(published))
    xml.cdata("dc:creator", creator)
    xml.text("guid", post.url, {"isPermaLink": "false"})
    xml.text("description", "")
    xml.cdata("content:encoded", body(post.html, post.text))
    xml.cdata("excerpt:encoded", escape(post.subtitle or "", quote=False))


def _write_row(xml: Xml, post: ArchivedPost, published: Clock, modified: Clock) -> None:
    """What WordPress has in its row of a post."""
    xml.text("wp:post_id", str(post.id))
    xml.cdata("wp:post_date", published.local)
    xml.cdata("wp:post_date_gmt", published.gmt)
    xml.cdata("wp:post_modified", modified.local)
    xml.cdata("wp:post_modified_gmt", modified.gmt)
    xml.cdata("wp:comment_status", "closed")
    xml.cdata("wp:ping_status", "closed")
    xml.cdata("wp:post_name", _name_of(post))
    xml.cdata("wp:status", "publish")
    xml.text("wp:post_parent", "0")
    xml.text("wp:menu_order", "0")
    xml.cdata("wp:post_type", "post" if post.kind == "post" else "page")
    xml.cdata("wp:post_password", "")
    xml.text("wp:is_sticky", "0")


def _numbers(comments: Sequence[ThreadComment]) -> dict[int | None, int]:
    """The comments' numbers by their keys: those that their own platform gave them, if it numbers them; else the keys.

    Those who read WXR hold them for unique within their post.
    """
    found = (each.platform_id or "" for each in comments)
    stated = [int(each) for each in found if _NUMBER.fullmatch(each)]
    keys = [each.id for each in comments]
    return dict(zip(keys, stated if len(set(stated)) == len(keys) else keys, strict=True))


def _write_term(xml: Xml, domain: str, nicename: str, name: str) -> None:
    xml.cdata("category", escape(name, quote=False), {"domain": domain, "nicename": nicename})


def _write_comment(xml: Xml, comment: ThreadComment, numbers: dict[int | None, int], user: int) -> None:
    at: Clock = clock(comment.published)
    link = comment.author_url or ""
    is_bare = comment.kind != "comment" and not comment.text  # a ping of which only its title and link are known
    with xml.element("wp:comment"):
        xml.text("wp:comment_id", str(numbers[comment.id]))
        xml.cdata("wp:comment_author", escape(comment.author or "", quote=False))
        xml.cdata("wp:comment_author_email", "")
        xml.text("wp:comment_author_url", link if re.match("https?://", link, re.I) else "")
        xml.cdata("wp:comment_author_IP", "")
        xml.cdata("wp:comment_date", at.local)
        xml.cdata("wp:comment_date_gmt", at.gmt)
        xml.cdata("wp:comment_content", "" if is_bare else comment_body(comment.html, comment.text))
        xml.cdata("wp:comment_approved", "1")
        xml.cdata("wp:comment_type", comment.kind)
        xml.text("wp:comment_parent", str(numbers.get(comment.parent_id, 0)))
        xml.text("wp:comment_user_id", str(user))
        _write_meta(xml, "wp:commentmeta", {PUBLISHED: at.known, SUBJECT: comment.subject})


def _write_meta(xml: Xml, name: str, values: dict[str, str | None]) -> None:
    for key, value in values.items():
        if value is not None:
            with xml.element(name):
                xml.cdata("wp:meta_key", key)
                xml.cdata("wp:meta_value", value)


def _name_of(post: ArchivedPost) -> str:
    """What the post's address ends with, which WordPress makes its own from."""
    steps = [step for step in urlsplit(post.url).path.split("/") if step]
    return slug(re.sub(r"\.\w{1,5}$", "", steps[-1]) if steps else "") or slug(post.title or "") or f"post-{post.id}"
