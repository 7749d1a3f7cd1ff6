"""Squarespace 5 to 7.1, 2009 to today.

Sources: the journal-entry template of Squarespace 5, and the comment markup that 6 and 7 put into saved pages.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

SQUARESPACE = Platform(
    name="squarespace",
    valid_from=2009,
    valid_until=None,
    generator=r"^squarespace",
    signs=(".squarespace-comments, .sqs-block-content, .journal-entry-wrapper",),
    kinds=(("body.view-item, .journal-entry-wrapper ~ .comment-wrapper, .squarespace-comments", "post"),),
    title=(".entry-title", ".BlogItem-title", ".journal-entry-text .title, h2.title"),
    body=(".blog-item-content", ".entry-content .sqs-layout", ".BlogItem .sqs-layout", ".journal-entry-text .body"),
    author=(".blog-author-name, .Blog-meta-item--author, .entry-author",),
    published=("time.dt-published, time.published, .Blog-meta-item--date", ".journal-entry-tag-post-title .posted-on"),
    tags=(".entry-tags a[rel=tag], .blog-item-tag",),
    chrome=((".squarespace-social-buttons, .pagination", "share"),),
    comments=CommentRules(
        region=(".squarespace-comments", ".comments-wrapper", ".comment-wrapper, .caption-comments"),
        item=(
            ".squarespace-comments .comment[id^=comment-]",
            ".comment-wrapper .comment-body, .comment-wrapper .comment",
        ),
        identity=r"comment-([0-9a-f]{20,})|comment(\d+)",
        author=(".author, .commenter-name", ".signature .author, .post-author-name"),
        date=(".date, .comment-date", ".signature .posted-on, .post-date"),
        body=(".comment-body", ".body"),
        permalink=("a[href*='#comment']",),
        avatar=(".comment-avatar img, .avatar img",),
        furniture=(".comment-header, .comment-footer, .comment-like-button, .reply, .signature",),
        count=(".comment-count",),
    ),
)
