"""Textpattern 4.0 to 4.8, 2005 to today.

Sources: the forms `default`, `comments` and `comments_display` of its own themes up to four-point-nine, and of older
ones.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

TEXTPATTERN = Platform(
    name="textpattern",
    valid_from=2005,
    valid_until=None,
    generator=r"^textpattern",
    signs=("#comments-head, ol.comments .comment-anchor, .txpCommentInputForm, .comments_wrapper",),
    kinds=(
        ("body.article-page", "post"),
        ("body.front-page, body.listing-page, body.category-page, body.author-page", "listing"),
        ("body.search-page, body.error-page", "other"),
        ("#comments-head, .comments_wrapper, .txpCommentInputForm", "post"),
    ),
    title=("h1[itemprop~=headline]", "h1.entry-title", "article h1", "h3.title"),
    body=(".entry-content", "article [itemprop=articleBody]", ".article-content"),
    author=("[itemprop=author] [itemprop=name]", ".entry-meta .author, .p-author", "[itemprop=author]", ".author"),
    published=("time[itemprop=datePublished], .entry-meta time, .published",),
    categories=("[itemprop=keywords] a", ".entry-categories a"),
    comment_count=("[itemprop=discussionUrl] [itemprop=userInteractionCount]", "[itemprop=discussionUrl]"),
    chrome=(("article > p:has(> time[itemprop=datePublished]), article > p:has(> [itemprop=author])", "byline"),),
    comments=CommentRules(
        region=("#comments-head", "#comments", ".comments_wrapper", "#comment-section", ".txpCommentInputForm"),
        item=(
            "article[itemtype$='/Comment'], article.comments",
            ".comments-list > li",
            "ol.comments_wrapper > li, .comments_wrapper .comment",
            "article.comment[id^=c], li.comment[id^=c], li[id^=c0]",
        ),
        identity=r"(?:^|#)c(\d{3,})$",
        author=(
            ".comment-author [itemprop=name], .comment-author",
            ".comment-name, .comment-heading .is-subject",
            "[itemprop=creator]",
            ".commenter, .comment-author",
        ),
        date=("time[datetime]", ".comment-time, .comment-date, small"),
        body=(".comment-content, .comment-body", "[itemprop=text]", ".message"),
        permalink=(".comment-anchor a[href]", "a.comment-anchor", "a[href*='#c']"),
        by_post_author=(".comments-author", ".comment-admin"),
        furniture=(".comment-heading, .comment-anchor, .is-author, .footnote",),
        count=("#comments-head > h2, #comments-head > h3", "#comments-head"),
    ),
)
