"""Reddit's older pages, 2008 to today.

Source: the markup of the comment pages of old.reddit.com as served.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

REDDIT = Platform(
    name="reddit",
    valid_from=2008,
    valid_until=None,
    signs=("body.comments-page #siteTable .thing.link, .commentarea .thing.comment",),
    kinds=(("body.comments-page", "post"), (".listing-page", "listing")),
    title=("#siteTable .thing.link a.title", "a.title"),
    section=(".pagename a, .redditname a",),
    comments=CommentRules(
        is_topic=True,
        opening=("#siteTable .thing.link",),
        opening_body=(".expando .usertext-body .md", ".usertext-body .md"),
        item=(".commentarea .thing.comment",),
        identity=r"t1_(\w+)$|/comments/\w+/[^/]*/(\w+)/?",
        author=(".tagline .author",),
        date=(".tagline time[datetime]", ".tagline time"),
        body=(".usertext-body .md",),
        permalink=("a.bylink, a.permalink",),
        hidden=(".morechildren", ".deleted .grayed .md:empty"),
        deleted=(".deleted",),
        votes=(".tagline .score.unvoted",),
        furniture=(".flat-list, .expand, .midcol",),
    ),
)
