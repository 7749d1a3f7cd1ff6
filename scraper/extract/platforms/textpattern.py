"""Textpattern 4.0 to 4.8, 2005 to today.

Source: the `default` and `comments` forms of its own themes.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

TEXTPATTERN = Platform(
    name="textpattern",
    valid_from=2005,
    valid_until=None,
    generator=r"^textpattern",
    signs=("#comments-head, ol.comments .comment-anchor, .txpCommentInputForm, .comments_wrapper",),
    kinds=(("#comments-head, .comments_wrapper, .txpCommentInputForm", "post"),),
    title=("h1.entry-title", "article h1", "h3.title"),
    body=(".entry-content", "article [itemprop=articleBody]", ".article-content"),
    author=(".entry-meta .author, .p-author", "[itemprop=author]", ".author"),
    published=("time[itemprop=datePublished], .entry-meta time, .published",),
    comments=CommentRules(
        region=("#comments", ".comments_wrapper", "#comment-section", ".txpCommentInputForm"),
        item=(
            "ol.comments_wrapper > li, .comments_wrapper .comment",
            "article.comment[id^=c], li.comment[id^=c], li[id^=c0]",
        ),
        identity=r"(?:^|#)c(\d{3,})$",
        author=(".comment-name, .comment-heading .is-subject", "[itemprop=creator]", ".commenter, .comment-author"),
        date=("time[datetime]", ".comment-time, .comment-date, small"),
        body=(".comment-content, .comment-body", "[itemprop=text]", ".message"),
        permalink=("a.comment-anchor", "a[href*='#c']"),
        furniture=(".comment-heading, .comment-anchor",),
        count=("#comments-head",),
    ),
)
