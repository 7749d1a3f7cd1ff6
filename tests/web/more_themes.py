"""Two more kinds of software: Blogger, and pages made by hand, whose feeds are Atom."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tests.web.blogs import Article, Blog, Remark
from tests.web.themes import Drupal, Sheet, Theme, WordPress, slug_of


class Blogger:
    name = "blogger"
    feed = "/feeds/posts/default"
    comment_feed: str | None = "/feeds/comments/default"

    def post(self, article: Article) -> str:
        return f"/{article.published:%Y/%m}/{article.slug}.html"

    def thread_page(self, article: Article, page: int) -> str:
        return self.post(article) + (f"?commentPage={page}" if page > 1 else "")

    def feed_page(self, page: int) -> str:
        return self.feed + (f"?start-index={(page - 1) * 10 + 1}&max-results=10" if page > 1 else "")

    def author(self, name: str) -> str | None:
        return f"/profile/{slug_of(name)}"

    def remark(self, number: int) -> str | None:
        return None

    def show(self, sheet: Sheet) -> str:
        article, base = sheet.article, sheet.base
        url = base + self.post(article)
        profile = f"{base}{self.author(article.author)}"
        thread = "".join(self._remark(sheet, each, url) for each in sheet.answers_to(None))
        others = "".join(
            f'<a href="{base}{target}#comments">{number}</a> '
            for number, target in enumerate(sheet.thread, 1)
            if number != sheet.page
        )
        return self._frame(
            sheet.blog,
            base,
            article.title,
            f"""<div class='date-outer'><h2 class='date-header'><span>{article.published:%A, %B %-d, %Y}</span></h2><div class='post-outer'><div class='post hentry'>
<h3 class='post-title entry-title'>{escape(article.title)}</h3><div class='post-body entry-content' id='post-body-{article.number}'>{sheet.prose}</div>
<div class='post-footer'><span class='post-author vcard'>Posted by <span class='fn'><a class='g-profile' href='{profile}'>{article.author}</a></span></span>
<span class='post-timestamp'>at <a class='timestamp-link' href='{url}'><abbr class='published' title='{article.published:%Y-%m-%dT%H:%M:%S+00:00}'>{article.published:%-I:%M %p}</abbr></a></span></div>
<div class='author-profile'><h4 class='author-name'>{article.author}</h4><p class='bio'>{escape(sheet.blog.bios[article.author])}</p></div></div>
<div class='comments' id='comments'><a name='comments'></a><h4>{len(article.remarks)} comments:</h4>
<div id='comment-holder'><div class='comment-thread toplevel-thread'><ol>{thread}</ol></div></div><div class='paging-control-container'>{others}</div></div></div></div>""",
            f"<link href='{url}' rel='canonical'/>",
            "item-view",
        )

    def _remark(self, sheet: Sheet, remark: Remark, url: str) -> str:
        inner = "".join(self._remark(sheet, each, url) for each in sheet.answers_to(remark.number))
        replies = f'<div class="comment-replies"><div class="comment-thread inline-thread"><ol class="thread-chrome">{inner}</ol></div></div>'
        return (
            f'<li class="comment" id="c{remark.number}"><div class="comment-block"><div class="comment-header"><cite class="user">{remark.author}</cite>'
            f'<span class="datetime secondary-text"><a rel="nofollow" href="{url}?showComment={int(remark.written.timestamp() * 1000)}#c{remark.number}">'
            f'{remark.written:%B %-d, %Y at %-I:%M %p}</a></span></div><p class="comment-content">{escape(remark.text)}</p>'
            f'<span class="comment-actions"><a class="comment-reply" href="#">Reply</a></span></div>{replies if inner else ""}</li>'
        )

    def listing(self, blog: Blog, base: str, articles: Sequence[Article], pager: str) -> str:
        items = "".join(
            f"<div class='date-outer'><h2 class='date-header'><span>{each.published:%A, %B %-d, %Y}</span></h2><div class='post hentry'>"
            f"<h3 class='post-title entry-title'><a href='{base}{self.post(each)}'>{escape(each.title)}</a></h3>"
            f"<div class='post-body entry-content'><p>{escape(each.paragraphs[0][:90])}</p><a href='{base}{self.post(each)}#more'>Read more</a></div></div></div>"
            for each in articles
        )
        return self._frame(blog, base, blog.name, f"{items}<div class='blog-pager' id='blog-pager'>{pager}</div>")

    def _frame(self, blog: Blog, base: str, title: str, main: str, head: str = "", view: str = "") -> str:
        return f"""<!DOCTYPE html><html><head><meta charset='utf-8'/><meta content='blogger' name='generator'/><title>{escape(blog.name)}: {escape(title)}</title>
<link rel="alternate" type="application/atom+xml" title="{escape(blog.name)} - Atom" href="{base}/feeds/posts/default"/>{head}</head>
<body class='{view}'><div id='header'><h1 class='title'><a href='{base}/'>{escape(blog.name)}</a></h1></div>
<div class='main section' id='main'><div class='widget Blog' id='Blog1'><div class='blog-posts hfeed'>{main}</div></div></div>
<div class='sidebar section'><a href='{base}/about/'>About</a> <a href='{base}/private/notes/'>Notes</a></div></body></html>"""


class Handmade:
    """No software: one page a post, whole threads, and a page that links to all."""

    name = "handmade"
    feed = "/atom.xml"
    comment_feed: str | None = None

    def post(self, article: Article) -> str:
        return f"/notes/{article.slug}.html"

    def thread_page(self, article: Article, page: int) -> str:
        assert page == 1
        return self.post(article)

    def feed_page(self, page: int) -> str:
        return self.feed if page == 1 else f"/atom-{page}.xml"

    def author(self, name: str) -> str | None:
        return None

    def remark(self, number: int) -> str | None:
        return None

    def show(self, sheet: Sheet) -> str:
        article = sheet.article
        thread = "".join(
            f'<li id="r{each.number}"><p class="who"><b>{each.author}</b>, {each.written:%-d %B %Y, %H:%M}</p><div class="said"><p>{escape(each.text)}</p></div></li>\n'
            for each in sheet.remarks
        )
        replies = f'<div id="replies"><h2>What readers said ({len(sheet.remarks)})</h2><ul class="replies">{thread}</ul></div>'
        return self._frame(
            sheet.blog,
            article.title,
            f"""<h1>{escape(article.title)}</h1>
<p class="signed">Written by <b>{article.author}</b> on {article.published:%-d %B %Y}</p>
<div class="story">{sheet.prose}</div>{replies if sheet.remarks else ""}""",
            "../",
        )

    def listing(self, blog: Blog, base: str, articles: Sequence[Article], pager: str) -> str:
        items = "".join(
            f'<li><a href="{base}{self.post(each)}">{escape(each.title)}</a>, {each.published:%-d %B %Y}</li>'
            for each in articles
        )
        return self._frame(blog, blog.name, f"<h1>{escape(blog.name)}</h1><ul>{items}</ul><p>{pager}</p>", f"{base}/")

    def _frame(self, blog: Blog, title: str, main: str, up: str) -> str:
        return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{escape(blog.name)}: {escape(title)}</title>
<link rel="alternate" type="application/atom+xml" href="{up}atom.xml"></head><body>
<div id="top"><a href="{up}">{escape(blog.name)}</a> | <a href="{up}about/">About</a> | <a href="{up}private/notes/">Notes</a></div>
<div id="page">{main}</div><div id="bottom">Made by hand.</div></body></html>"""


THEMES: tuple[Theme, ...] = (WordPress(), Drupal(), Blogger(), Handmade())
