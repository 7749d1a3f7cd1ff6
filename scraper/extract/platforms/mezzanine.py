"""Mezzanine 1.0 to 6, 2011 to today.

Source: blog_post_detail.html, comment.html and comments.html of its templates. Its ages are Django's timesince.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

MEZZANINE = Platform(
    name="mezzanine",
    valid_from=2011,
    valid_until=None,
    signs=("#comments .comment > .media-body .reply, .blog-post-info + .post-meta, #blog-post-meta",),
    title=("h1",),
    author=("h6.post-meta a[href*='/author/']", "#blog-post-meta a[href*='/author/']"),
    published=("h6.post-meta", "#blog-post-meta"),
    comments=CommentRules(
        region=("#comments",),
        item=(".comment[id^=comment-], div.comment.media",),
        identity=r"comment-(\d+)",
        author=("h5 a, .media-heading a, .comment-name", ".media-heading"),
        date=("h5 time, .media-heading time, time", "h5, .media-heading"),
        body=(".comment-body, .media-body > p",),
        permalink=("a[href*='#comment-']",),
        avatar=("img.gravatar, .media-avatar img",),
        furniture=(".reply, .media-heading, h5, .rating-form",),
        count=("#comments h3",),
    ),
)
