"""Mezzanine 1.0 to 6, 2011 to today.

Source: blog_post_list.html, blog_post_detail.html, comment.html and comments.html of its templates. Its ages are
Django's `timesince`, which leaves a smaller unit out only where there is none of it.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

MEZZANINE = Platform(
    name="mezzanine",
    valid_from=2011,
    valid_until=None,
    signs=(
        "link[href$='/css/mezzanine.css']",
        "#comments .comment > .media-body .reply, .blog-post-info + .post-meta, #blog-post-meta",
    ),
    kinds=(
        ("h2 + h6.post-meta, h2 + .post-meta, h3 + h6.post-meta", "listing"),
        ("h6.post-meta, #blog-post-meta, .blog-post-info", "post"),
        ("link[href$='/css/mezzanine.css']", "other"),
    ),
    title=("h1",),
    author=("h6.post-meta a[href*='/author/']", "#blog-post-meta a[href*='/author/']"),
    published=("h6.post-meta", "#blog-post-meta"),
    comment_count=("a[href$='#comments']",),
    chrome=(
        (".rating, .share-twitter, .share-facebook", "share"),
        ("ul.tags", "taxonomy"),
        ("ul.pager, p:has(> a[href$='#comments'])", "menu"),
    ),
    rounding="django",
    comments=CommentRules(
        region=("#comments",),
        item=(".comment[id^=comment-], div.comment.media",),
        identity=r"comment-(\d+)",
        author=("h5 a, .media-heading a, .comment-name", ".media-heading"),
        date=("h5 time, .media-heading time, time", ".media-heading .timespan, .timespan", "h5, .media-heading"),
        body=(".comment-body, .media-body > p",),
        permalink=("a[href*='#comment-']",),
        avatar=("img.gravatar, .media-avatar img",),
        by_post_author=(".comment-author",),
        hidden=(".glyphicon-warning-sign",),
        deleted=(".glyphicon-remove-circle",),
        furniture=(".reply, .media-heading, h5, .rating-form",),
        count=("#comments h3",),
    ),
)
