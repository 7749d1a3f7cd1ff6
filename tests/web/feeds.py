"""A blog's feeds and sitemaps as XML."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.web.blogs import Article, Blog, Remark

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def rss(blog: Blog, base: str, entries: Iterable[tuple[str, Article]], following: str | None) -> bytes:
    """The articles at their addresses, each whole; `following` is the address of the feed's next page."""
    items = "".join(
        f"<item><title>{escape(each.title)}</title><link>{url}</link><guid isPermaLink='true'>{url}</guid>"
        f"<dc:creator>{each.author}</dc:creator><pubDate>{format_datetime(each.published)}</pubDate>"
        f"<category>{each.category}</category><slash:comments>{len(each.remarks)}</slash:comments>"
        f"<content:encoded>{escape(_markup(each))}</content:encoded></item>"
        for url, each in entries
    )
    link = f'<atom:link rel="next" href="{escape(following)}"/>' if following else ""
    return _rss(blog, base, link + items)


def comments_rss(blog: Blog, base: str, entries: Iterable[tuple[str, Article, Remark]]) -> bytes:
    items = "".join(
        f"<item><title>Comment on {escape(article.title)} by {remark.author}</title><link>{url}#comment-{remark.number}</link>"
        f"<guid isPermaLink='false'>{url}#comment-{remark.number}</guid><dc:creator>{remark.author}</dc:creator>"
        f"<pubDate>{format_datetime(remark.written)}</pubDate><content:encoded>&lt;p&gt;{escape(remark.text)}&lt;/p&gt;</content:encoded></item>"
        for url, article, remark in entries
    )
    return _rss(blog, base, items)


def atom(blog: Blog, base: str, entries: Sequence[tuple[str, Article]], following: str | None) -> bytes:
    items = "".join(
        f'<entry><id>tag:{url}</id><title>{escape(each.title)}</title><link rel="alternate" href="{url}"/><author><name>{each.author}</name></author>'
        f"<published>{each.published.isoformat()}</published><updated>{each.modified.isoformat()}</updated>"
        f'<content type="html">{escape(_markup(each))}</content></entry>'
        for url, each in entries
    )
    return _atom(blog, base, items, following)


def comments_atom(blog: Blog, base: str, entries: Iterable[tuple[str, Article, Remark]]) -> bytes:
    items = "".join(
        f"<entry><id>tag:{url},{remark.number}</id><title>{escape(remark.text[:40])}</title>"
        f'<link rel="alternate" href="{url}?showComment={int(remark.written.timestamp() * 1000)}#c{remark.number}"/>'
        f"<author><name>{remark.author}</name></author><published>{remark.written.isoformat()}</published>"
        f"<updated>{remark.written.isoformat()}</updated>"
        f'<content type="html">{escape(remark.text)}</content></entry>'
        for url, _, remark in entries
    )
    return _atom(blog, base, items, None)


def url_set(entries: Iterable[tuple[str, datetime | None]]) -> bytes:
    """A sitemap of these addresses, each with the time of its last change."""
    urls = "".join(f"<url><loc>{escape(url)}</loc>{_last_change(at)}</url>\n" for url, at in entries)
    return f'{DECLARATION}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def sitemap_index(entries: Iterable[tuple[str, datetime | None]]) -> bytes:
    maps = "".join(f"<sitemap><loc>{escape(url)}</loc>{_last_change(at)}</sitemap>\n" for url, at in entries)
    return (
        f'{DECLARATION}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode()
    )


def zipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _last_change(at: datetime | None) -> str:
    return f"<lastmod>{at.isoformat()}</lastmod>" if at else ""


def _markup(article: Article) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in article.paragraphs)


def _rss(blog: Blog, base: str, inside: str) -> bytes:
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:atom="http://www.w3.org/2005/Atom"'
    )
    return (
        f'{DECLARATION}<rss version="2.0" {spaces}><channel><title>{escape(blog.name)}</title><link>{base}/</link>'
        f"<description>Notes</description>{inside}</channel></rss>"
    ).encode()


def _atom(blog: Blog, base: str, inside: str, following: str | None) -> bytes:
    link = f'<link rel="next" href="{escape(following)}"/>' if following else ""
    updated = max((each.latest for each in blog.articles), default=None)
    return (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(blog.name)}</title><id>{base}/</id>{link}'
        f"<updated>{updated.isoformat() if updated else ''}</updated>{inside}</feed>"
    ).encode()
