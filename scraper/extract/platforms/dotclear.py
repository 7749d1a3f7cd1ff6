"""Dotclear 2, 2006 to today.

Sources: post.html, _entry-content.html and _entry-feedback.html of its template sets mustek, currywurst and dotty, on
which its themes stand. The older ones print comments as `dt` and `dd`; answers are not nested.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

DOTCLEAR = Platform(
    name="dotclear",
    valid_from=2006,
    valid_until=None,
    signs=("body[class^='dc-'] .post-title, body[class^='dc-'] #content", ".post-info ~ .post-content, #ping-url"),
    kinds=(
        ("body.dc-post", "post"),
        ("body.dc-page, body.dc-search, body.dc-404", "other"),
        ("body[class^='dc-']", "listing"),
    ),
    title=(".post-title",),
    body=(".post-content",),
    declares_author=True,
    author=(".post-author a, .post-author", ".post-info a[href*='author']"),
    published=(".post-date time", ".post-info"),
    tags=(".post-tags a, .post-tags-list a",),
    categories=(".post-cat a", ".post-info a[href*='category/']"),
    chrome=(
        (".post-info, .post-meta, .post-info-co", "byline"),
        (".post-tags, .post-tags-list", "taxonomy"),
        ("#navlinks, .navlinks", "menu"),
        ("#ping-url, .send-ping, #comments-feed", "trackbacks"),
        ("#attachments, .post-attachments", "tool"),
    ),
    comments=CommentRules(
        region=("#comments, #pings", ".post-feedback", "#comment-form", ".send-ping"),
        item=("#comments li[id^=c], #pings li[id^=c]", "#comments dt[id^=c], #pings dt[id^=c]"),
        identity=r"(?:^|#)(c\d+)$",
        author=(".comment-info a[rel]",),
        author_link=(".comment-info a[rel]", "dt a[rel]"),
        date=(".comment-info time",),
        body=(".comment-content", "dd"),
        permalink=("a.comment-number, a.ping-number",),
        by_post_author=(".me",),
        ping=(".ping",),
        ping_region=(".pings",),
        furniture=(".comment-info",),
        count=(".feedback__comments > h3",),
    ),
)
