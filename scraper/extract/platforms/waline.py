"""Waline 2 and 3, 2022 to today: a service for comments, in the saved pages in which its script has run.

Source: CommentCard.vue and WalineComment.vue of its client. Where the script has not run, only its embed is there
(extract/threads/comment_services.py). Its ids are the database's: numbers, or LeanCloud's of 24 digits.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

WALINE = Platform(
    name="waline",
    valid_from=2022,
    valid_until=None,
    signs=(".wl-cards > .wl-card-item",),
    kinds=((".wl-card-item", "post"),),
    comments=CommentRules(
        region=("[data-waline], .wl-comment, .wl-cards",),
        item=(".wl-card-item",),
        identity=r"^#?([\da-f]{24}|\d+)$",
        author=(".wl-nick",),
        date=(".wl-time",),
        body=(".wl-content > div:not(.wl-reply-to)", ".wl-content"),
        avatar=(".wl-user-avatar",),
        reply_to=(".wl-reply-to a[href]",),
        votes=(".wl-like",),
        furniture=(".wl-head, .wl-meta, .wl-reply-to",),
        count=(".wl-count",),
    ),
)
