"""Substack, 2018 to today: the comments that it puts into a post's page, and those of a thread's own page.

Source: the markup of its reader, of before and after its move to generated class names; the names of the comments'
parts stayed. Most pages show only the first comments; `/api/v1/post/ID/comments` has them all.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

SUBSTACK = Platform(
    name="substack",
    valid_from=2018,
    valid_until=None,
    signs=(".comment-list-items .comment-anchor, .single-post-container .available-content",),
    kinds=((".single-post-container, .comment-list-items .comment-anchor", "post"),),
    title=("h1.post-title",),
    subtitle=(".single-post-container h3.subtitle",),
    comments=CommentRules(
        region=("#discussion", ".comments-page", ".comment-list"),
        item=(".comment:has(> .comment-anchor)", ".comment:has(> .comment-content)"),
        identity=r"/comments?/(\d+)|comment-(\d+)",
        author=(
            ".commenter-name a, .commenter-name",
            ".comment-meta a[href*='/profile/'], .comment-meta a[href*='/@']",
        ),
        date=(".comment-timestamp", ".comment-meta a[title]", "a[href*='/comment/'][title]"),
        body=(".comment-body",),
        permalink=("a.comment-timestamp", "a[href*='/comment/']"),
        avatar=(".profile-img-wrap img, .user-head img, .comment-head img",),
        furniture=(".comment-meta, .comment-actions, .comment-head, .show-all-toggle",),
    ),
)
