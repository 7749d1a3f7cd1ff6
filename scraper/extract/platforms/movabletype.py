"""Movable Type 3 to 7 and TypePad, 2003 to today.

Sources: the entry and comment templates of Movable Type's classic and Rainier themes, and TypePad's own.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

MOVABLE_TYPE = Platform(
    name="movabletype",
    valid_from=2003,
    valid_until=None,
    generator=r"(?:.*\b)?(?:movable ?type|typepad)\b",
    signs=(".comments-content .comment .comment-header .byline", ".entry-body ~ .entry-footer .post-footers"),
    kinds=(("body.mt-entry-archive, body.individual, #individual", "post"),),
    title=("#page-title.asset-name", ".asset-name", ".entry-header"),
    body=(".asset-content.entry-content", ".asset-content", ".entry-content", ".entry-body"),
    author=(".asset-meta .byline .author", ".asset-meta .vcard.author .fn", ".entry-footer .post-footers"),
    published=(".asset-meta abbr.published[title]", ".date-header", ".entry-footer .post-footers"),
    tags=(".asset-tags a[rel=tag]", ".entry-tags a[rel=tag]"),
    categories=(".entry-categories a", ".post-footers a[href*='/category']"),
    chrome=((".content-nav, .module-typelist, .asset-more-link, .entry-more-link", "menu"),),
    comments=CommentRules(
        region=("#comments", ".comments", "#comment-form", ".comments-open"),
        item=("div.comment[id^=comment-], article.comment[id^=comment-], li.comment[id^=comment-]", "div.comment"),
        identity=r"comment-(\w+)",
        author=(
            ".comment-header .author",
            ".byline .author",
            ".comment-author",
            ".comment-footer a[rel=nofollow]:not([href*='#comment-'])",
        ),
        date=("abbr.published[title]", ".comment-header .published", ".comment-footer a[href*='#comment-']"),
        body=(".comment-content",),
        permalink=(".byline a:has(abbr)", ".comment-footer a[href*='#comment-']", "a[href*='#comment-']"),
        avatar=(".comment-avatar img, .user-pic img, .comment-header img",),
        reply_to=(".byline a[href*='#comment-']:not(:has(abbr))",),
        furniture=(".comment-footer, .comment-header, .comment-reply",),
        pages=(".pagination-comments a, .comments-nav a",),
        count=(".comments-header", "#comments h2"),
    ),
    comment_page=(r"/comments/page/(\d+)/?$",),
)
