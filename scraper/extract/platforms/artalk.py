"""Artalk 2, 2021 to today: a service for comments, in the saved pages in which its script has run.

Source: comment.html and the renders of its client. Where the script has not run, only its embed is there
(extract/threads/comment_services.py).
"""

from scraper.extract.platforms.rules import CommentRules, Platform

ARTALK = Platform(
    name="artalk",
    valid_from=2021,
    valid_until=None,
    signs=(".atk-comment-wrap",),
    kinds=((".atk-comment-wrap", "post"),),
    comments=CommentRules(
        region=(".artalk, .atk-list",),
        item=(".atk-comment-wrap",),
        identity=r"atk-comment-(\d+)",
        author=(".atk-header > .atk-nick",),
        date=(".atk-date",),
        body=(".atk-content",),
        avatar=(".atk-avatar img",),
        furniture=(".atk-header, .atk-footer, .atk-reply-to",),
        count=(".atk-comment-count .atk-text",),
    ),
)
