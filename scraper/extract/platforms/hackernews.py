"""Hacker News, 2007 to today.

Source: the markup of the item pages as served: each comment a row, its depth the width of an empty picture before it.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

HACKER_NEWS = Platform(
    name="hackernews",
    valid_from=2007,
    valid_until=None,
    signs=("#hnmain .fatitem",),
    kinds=((".fatitem", "post"), (".itemlist, .submission", "listing")),
    title=(".fatitem .titleline > a", ".fatitem .storylink, .fatitem .title > a"),
    comments=CommentRules(
        is_topic=True,
        opening=(".fatitem",),
        opening_body=(".toptext", "tr > td[colspan] ~ td:not(.subtext):not(.title) > div"),
        item=("tr.comtr", ".comment-tree tr.athing"),
        identity=r"^(\d+)$|item\?id=(\d+)",
        author=(".hnuser", ".comhead a[href^='user?id=']"),
        date=(".age[title]", ".age a", ".age"),
        body=(".commtext", ".comment"),
        permalink=(".age a",),
        depth=(("td.ind", "indent"), ("td.ind img", "width")),
        furniture=(".reply",),
        pages=("a.morelink",),
    ),
    comment_page_parameters=("p",),
)
