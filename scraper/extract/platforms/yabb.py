"""YaBB 2, 2005 to today.

Source: Display.template of its default templates.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

YABB = Platform(
    name="yabb",
    valid_from=2005,
    valid_until=None,
    signs=(".displaycontainer .message",),
    kinds=((".displaycontainer .message", "post"),),
    title=(".displaycontainer .titlebg a:last-of-type", ".titlebg a"),
    comments=CommentRules(
        is_topic=True,
        item=(".displaycontainer:has(.message)",),
        identity=r"(?:^|[#/])(\d+)$",
        author=("a[href*='viewprofile']", "td:first-child > b, td:first-child > a[href]"),
        date=(".small .small",),
        body=(".message",),
        permalink=("a[href*='num=']",),
        pages=(".catbg a[href*='num=']",),
    ),
    comment_page_query=(r"(?P<post>num=\d+)/(\d+)",),
    first_comment_page=0,
)
