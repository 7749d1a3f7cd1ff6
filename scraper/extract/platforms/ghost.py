"""Ghost 1 to 5, 2017 to today. It has no thread in its pages: its own comments and those of services come by script.

Sources: post.hbs of the themes Casper 2 to 5 and Source, and the `comments`, `authors` and `tags` helpers. Where the
comments are kept is told by extract/threads/comment_services.py.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

GHOST = Platform(
    name="ghost",
    valid_from=2017,
    valid_until=None,
    generator=r"^ghost\b",
    kinds=(
        ("body.post-template", "post"),
        ("body.home-template, body.tag-template, body.paged", "listing"),
        ("body.author-template", "listing"),
        ("body.page-template, body.error-template", "other"),
    ),
    title=("h1.gh-article-title, h1.article-title, h1.post-full-title", "h1"),
    subtitle=(".gh-article-excerpt, .article-excerpt, .post-full-custom-excerpt",),
    author=(
        ".gh-article-author-name a, .gh-article-author-name, .author-name a",
        ".post-full-byline-content .author-name",
    ),
    published=("time.gh-article-meta-date, .gh-article-meta-content time, .byline-meta-date, .post-full-meta-date",),
    section=(".gh-article-tag, .article-tag a, .post-full-meta a[href*='/tag/']",),
    comments=CommentRules(region=(".gh-comments, .article-comments, .post-full-comments",)),
)
