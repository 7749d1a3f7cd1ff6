"""Twikoo 1.5 and 1.6, 2022 to today: a service for comments, in the saved pages in which its script has run.

Source: TkComment.vue and TkComments.vue of its client. Where the script has not run, only its embed is there
(extract/threads/comment_services.py). Its ids are those of the database behind it.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

TWIKOO = Platform(
    name="twikoo",
    valid_from=2022,
    valid_until=None,
    signs=(".tk-comments-container > .tk-comment",),
    kinds=((".tk-comments-container > .tk-comment", "post"),),
    comments=CommentRules(
        region=(".tk-comments",),
        item=(".tk-comment[id]",),
        identity=r"^#?([\da-f]{24,32})$",
        author=(".tk-nick",),
        date=(".tk-time time", ".tk-time"),
        body=(".tk-content > span:last-of-type",),
        avatar=("img.tk-avatar-img, .tk-avatar-img img",),
        reply_to=("a.tk-ruser",),
        furniture=(".tk-meta, .tk-action, .tk-extras, .tk-expand-wrap, .tk-submit",),
        count=(".tk-comments-count",),
    ),
)
