"""Lobsters, 2012 to today.

Source: the story and comment templates of the site's published source.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

LOBSTERS = Platform(
    name="lobsters",
    valid_from=2012,
    valid_until=None,
    signs=(".comments_subtree > .comment[data-shortid], #story_comments",),
    kinds=((".story_content, .comments_subtree", "post"),),
    title=(".story .link a", ".story .u-url"),
    tags=(".story .tags a.tag, .story a.tag",),
    comments=CommentRules(
        is_topic=True,
        opening=(".story[data-shortid]", ".story"),
        opening_body=(".story_text",),
        item=("li.comments_subtree:has(> .comment[data-shortid])",),
        identity=r"#?c_(\w+)$|/c/(\w+)",
        author=(".byline a[href^='/~'], .byline a[href^='/u/']", ".byline .u-author"),
        date=(".byline time[datetime]", ".byline span[title]", ".byline [title]"),
        body=(".comment_text",),
        permalink=(".byline a[href*='#c_']", ".byline a[href^='/c/']"),
        avatar=(".byline img.avatar",),
        votes=(".voters .score, .voters .upvoter",),
        furniture=(".comment_actions, .voters",),
    ),
)
