"""Lemmy, 2019 to today.

Sources: src/shared/components/post/post-listing.tsx and comment/comment-node.tsx of lemmy-ui, which serves whole pages.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

LEMMY = Platform(
    name="lemmy",
    valid_from=2019,
    valid_until=None,
    signs=(".lemmy-site, #root .comment-node .md-div",),
    kinds=(
        (".main-content-wrapper .home, .post-listings, .community", "listing"),
        (".post-listing, #postContent", "post"),
    ),
    title=(".post-listing h1",),
    comments=CommentRules(
        is_topic=True,
        opening=(".post-listing",),
        opening_body=("#postContent",),
        item=("li.comment:has(> .comment-node)", ".comment-node[id^=comment-]"),
        identity=r"comment[-/](\d+)|/post/\d+/(\d+)",
        author=(".person-listing > span:first-of-type", ".person-listing"),
        author_link=(".person-listing",),
        date=(".moment-time",),
        body=(".comment-content .md-div, .comment-content, .md-div",),
        permalink=("a[href*='/comment/'], a[href^='/post/']",),
        furniture=(".comment-bottom-btns",),
    ),
)
