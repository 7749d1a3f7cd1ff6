"""Phorum 5, 2006 to today.

Source: read.tpl of its template Emerald.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

PHORUM = Platform(
    name="phorum",
    valid_from=2006,
    valid_until=None,
    signs=("#phorum .message-author",),
    kinds=(("#phorum .message-author", "post"), ("#phorum", "listing")),
    comments=CommentRules(
        is_topic=True,
        item=(".message:has(> .message-body)",),
        identity=r"^msg-(\d+)$|#msg-(\d+)$|[?,]\d+,\d+,(\d+)",
        author=(".message-author a", ".message-author"),
        date=(".generic small",),
        subject=(".generic small > strong",),
        body=(".message-body",),
        permalink=("a[href*='#msg-']",),
        furniture=(".message-options, .message-moderation, .attachments",),
        pages=(".paging a",),
    ),
    comment_page_query=(r"(?P<post>\d+,\d+),page=(\d+)",),
)
