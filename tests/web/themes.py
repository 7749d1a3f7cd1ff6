"""How four kinds of software show a blog: addresses, a post's page with its thread, and where their feeds are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from tests.web.blogs import Article, Blog, Remark


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page is made of; `remarks` are those of this page of the thread, `thread` the links to the others."""

    blog: Blog
    base: str
    article: Article
    remarks: Sequence[Remark]
    page: int
    thread: tuple[str, ...]  # the targets of all pages of the thread, this one among them

    @property
    def prose(self) -> str:
        return "\n".join(f"<p>{escape(text)}</p>" for text in self.article.paragraphs)

    def answers_to(self, parent: int | None) -> Iterator[Remark]:
        """The comments of this page that answer this one; None: those that answer none of this page."""
        here = {remark.number for remark in self.remarks}
        return (each for each in self.remarks if (each.parent if each.parent in here else None) == parent)


class Theme(Protocol):
    """Methods give targets, but for `show` and `listing`. `remark` is one comment's own address, if it has one."""

    name: str
    feed: str  # target of the feed of posts
    comment_feed: str | None

    def post(self, article: Article) -> str: ...
    def thread_page(self, article: Article, page: int) -> str: ...
    def feed_page(self, page: int) -> str: ...
    def author(self, name: str) -> str | None: ...
    def remark(self, number: int) -> str | None: ...
    def show(self, sheet: Sheet) -> str: ...
    def listing(self, blog: Blog, base: str, articles: Sequence[Article], pager: str) -> str: ...


def slug_of(name: str) -> str:
    return name.lower().replace(" ", "-")


class WordPress:
    name = "wordpress"
    feed = "/feed/"
    comment_feed: str | None = "/comments/feed/"

    def post(self, article: Article) -> str:
        return f"/{article.published:%Y/%m}/{article.slug}/"

    def thread_page(self, article: Article, page: int) -> str:
        return self.post(article) + (f"comment-page-{page}/" if page > 1 else "")

    def feed_page(self, page: int) -> str:
        return self.feed + (f"?paged={page}" if page > 1 else "")

    def author(self, name: str) -> str | None:
        return f"/author/{slug_of(name)}/"

    def remark(self, number: int) -> str | None:
        return None

    def show(self, sheet: Sheet) -> str:
        article, base = sheet.article, sheet.base
        url = base + self.post(article)
        head = (
            f'<link rel="canonical" href="{base}{sheet.thread[sheet.page - 1]}">\n'
            f'<link rel="alternate" type="application/rss+xml" title="Comments" href="{url}feed/">'
        )
        count = len(article.remarks)
        author = f"{base}{self.author(article.author)}"
        others = "".join(
            f'<a href="{base}{target}#comments">{"Older" if number < sheet.page else "Newer"} Comments</a>'
            for number, target in enumerate(sheet.thread, 1)
            if number in (sheet.page - 1, sheet.page + 1)
        )
        pages = (
            f'<nav class="navigation comment-navigation"><div class="nav-links">{others}</div></nav>' if others else ""
        )
        return self._frame(
            sheet.blog,
            base,
            "post-template-default single single-post",
            article.title,
            f"""<article id="post-{article.number}" class="post-{article.number} post type-post status-publish hentry">
<header class="entry-header"><h1 class="entry-title">{escape(article.title)}</h1></header>
<div class="entry-content">{sheet.prose}
<div class="author-info"><div class="author-description"><h2 class="author-title"><span class="author-heading">Author:</span> {article.author}</h2>
<p class="author-bio">{escape(sheet.blog.bios[article.author])} <a class="author-link" href="{author}" rel="author">View all posts by {article.author}</a></p></div></div></div>
<footer class="entry-footer"><span class="byline"><span class="author vcard"><a class="url fn n" href="{author}">{article.author}</a></span></span>
<span class="posted-on"><a href="{url}" rel="bookmark"><time class="entry-date published" datetime="{article.published:%Y-%m-%dT%H:%M:%S+00:00}">{article.published:%B %-d, %Y}</time></a></span>
<span class="cat-links"><a href="{base}/category/{article.category.lower()}/" rel="category tag">{article.category}</a></span></footer></article>
<div id="comments" class="comments-area"><h2 class="comments-title">{count} thoughts on &ldquo;{escape(article.title)}&rdquo;</h2>
{pages}<ol class="comment-list">{"".join(self._remark(sheet, each, url) for each in sheet.answers_to(None))}</ol>{pages}</div>""",
            head,
        )

    def _remark(self, sheet: Sheet, remark: Remark, url: str) -> str:
        inner = "".join(self._remark(sheet, each, url) for each in sheet.answers_to(remark.number))
        return (
            f'<li id="comment-{remark.number}" class="comment"><article id="div-comment-{remark.number}" class="comment-body">'
            f'<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{remark.author}</b> <span class="says">says:</span></div>'
            f'<div class="comment-metadata"><a href="{sheet.base}{sheet.thread[sheet.page - 1]}#comment-{remark.number}">'
            f'<time datetime="{remark.written:%Y-%m-%dT%H:%M:%S+00:00}">{remark.written:%B %-d, %Y at %H:%M}</time></a></div></footer>'
            f'<div class="comment-content"><p>{escape(remark.text)}</p></div>'
            f'<div class="reply"><a rel="nofollow" class="comment-reply-link" href="{url}?replytocom={remark.number}#respond">Reply</a></div></article>'
            + (f'<ol class="children">{inner}</ol>' if inner else "")
            + "</li>"
        )

    def listing(self, blog: Blog, base: str, articles: Sequence[Article], pager: str) -> str:
        items = "".join(
            f'<article class="post hentry"><h2 class="entry-title"><a href="{base}{self.post(each)}" rel="bookmark">{escape(each.title)}</a></h2>'
            f'<time class="entry-date published" datetime="{each.published:%Y-%m-%d}">{each.published:%B %-d, %Y}</time>'
            f'<div class="entry-summary"><p>{escape(each.paragraphs[0][:90])}&hellip;</p></div></article>'
            for each in articles
        )
        return self._frame(
            blog,
            base,
            "home blog",
            blog.name,
            f'{items}<nav class="navigation pagination"><div class="nav-links">{pager}</div></nav>',
        )

    def _frame(self, blog: Blog, base: str, classes: str, title: str, main: str, head: str = "") -> str:
        return f"""<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>{escape(title)} &#8211; {escape(blog.name)}</title>
<link rel="alternate" type="application/rss+xml" title="Feed" href="{base}/feed/">
<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="{base}/comments/feed/">
<meta name="generator" content="WordPress 6.1.1">{head}</head><body class="{classes}">
<header id="masthead" class="site-header"><p class="site-title"><a href="{base}/" rel="home">{escape(blog.name)}</a></p>
<nav id="site-navigation"><ul class="menu"><li><a href="{base}/">Home</a></li><li><a href="{base}/about/">About</a></li></ul></nav></header>
<main id="main" class="site-main">{main}</main>
<footer class="site-footer"><a href="{base}/wp-login.php">Log in</a> <a href="{base}/private/notes/">Notes</a></footer></body></html>"""


class Drupal:
    name = "drupal"
    feed = "/rss.xml"
    comment_feed: str | None = None

    def post(self, article: Article) -> str:
        return f"/blog/{article.slug}"

    def thread_page(self, article: Article, page: int) -> str:
        return self.post(article) + (f"?page={page - 1}" if page > 1 else "")

    def feed_page(self, page: int) -> str:
        return self.feed + (f"?page={page - 1}" if page > 1 else "")

    def author(self, name: str) -> str | None:
        return f"/users/{slug_of(name)}"

    def remark(self, number: int) -> str | None:
        return f"/comment/{number}"

    def show(self, sheet: Sheet) -> str:
        article = sheet.article
        pager = "".join(
            f'<li class="pager-item"><a title="Go to page {number}" href="{target}">{number}</a></li>'
            if number != sheet.page
            else f'<li class="pager-current">{number}</li>'
            for number, target in enumerate(sheet.thread, 1)
        )
        pages = f'<h2 class="element-invisible">Pages</h2><div class="item-list"><ul class="pager">{pager}</ul></div>'
        thread = "".join(self._remark(sheet, each) for each in sheet.answers_to(None))
        count = f'<span property="sioc:num_replies" content="{len(article.remarks)}" datatype="xsd:integer" class="rdf-meta element-hidden"></span>'
        return self._frame(
            sheet.blog,
            f"page-node page-node-{article.number + 1} node-type-blog",
            article.title,
            f"""<h1 class="title" id="page-title">{escape(article.title)}</h1>
<div id="node-{article.number + 1}" class="node node-blog node-full clearfix">{count}<div class="meta submitted">
<span property="dc:date dc:created" content="{article.published:%Y-%m-%dT%H:%M:%S+00:00}" datatype="xsd:dateTime" rel="sioc:has_creator">Submitted by <a href="{self.author(article.author)}" class="username">{article.author}</a> on {article.published:%a, %m/%d/%Y - %H:%M}</span></div>
<div class="content clearfix"><div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">{sheet.prose}</div></div></div></div>
<div class="author-bio"><h4 class="author-name">{article.author}</h4><div class="field-name-field-bio"><p>{escape(sheet.blog.bios[article.author])}</p></div></div>
<div id="comments" class="comment-wrapper"><h2 class="title">Comments</h2>{thread}{pages if len(sheet.thread) > 1 else ""}</div></div>""",
            f'<link rel="canonical" href="{self.post(article)}"><link rel="shortlink" href="/node/{article.number + 1}">',
        )

    def _remark(self, sheet: Sheet, remark: Remark) -> str:
        inner = "".join(self._remark(sheet, each) for each in sheet.answers_to(remark.number))
        link = f"{self.remark(remark.number)}#comment-{remark.number}"
        return (
            f'<a id="comment-{remark.number}"></a><div class="comment clearfix"><h3><a href="{link}" class="permalink" rel="bookmark">Entry {remark.number}</a></h3>'
            f'<div class="submitted"><span property="dc:date dc:created" content="{remark.written:%Y-%m-%dT%H:%M:%S+00:00}" datatype="xsd:dateTime">'
            f'Submitted by <span class="username">{remark.author}</span> on {remark.written:%a, %m/%d/%Y - %H:%M}</span></div>'
            f'<div class="content"><div class="field field-name-comment-body"><p>{escape(remark.text)}</p></div></div>'
            f'<ul class="links inline"><li><a href="/comment/reply/{sheet.article.number + 1}/{remark.number}">reply</a></li></ul></div>'
            + (f'<div class="indented">{inner}</div>' if inner else "")
        )

    def listing(self, blog: Blog, base: str, articles: Sequence[Article], pager: str) -> str:
        items = "".join(
            f'<div class="node node-blog node-teaser"><h2><a href="{self.post(each)}">{escape(each.title)}</a></h2>'
            f'<div class="submitted">Submitted by {each.author} on {each.published:%a, %m/%d/%Y - %H:%M}</div>'
            f'<div class="content"><p>{escape(each.paragraphs[0][:90])}</p></div></div>'
            for each in articles
        )
        return self._frame(blog, "front page-frontpage", blog.name, f'{items}<ul class="pager">{pager}</ul>')

    def _frame(self, blog: Blog, classes: str, title: str, main: str, head: str = "") -> str:
        return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | {escape(blog.name)}</title>
<link rel="alternate" type="application/rss+xml" title="{escape(blog.name)} RSS" href="/rss.xml"><meta name="Generator" content="Drupal 7 (http://drupal.org)">{head}</head>
<body class="html {classes}"><div id="header"><div id="site-name"><a href="/" rel="home">{escape(blog.name)}</a></div>
<ul id="main-menu-links" class="links"><li><a href="/">Home</a></li><li><a href="/about/">About</a></li><li><a href="/user/login">Log in</a></li></ul></div>
<div id="content" class="column">{main}</div><div id="footer"><a href="/private/notes/">Notes</a></div></body></html>"""
