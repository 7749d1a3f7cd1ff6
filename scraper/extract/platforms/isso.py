"""Isso 0.9 to 0.13, 2014 to today: a service for comments, in the saved pages in which its script has run.

Sources: comment.js and the templates of its client; before 0.13 the classes inside a comment had no prefix. Where the
script has not run, only its embed is there (extract/threads/comment_services.py).
"""

from scraper.extract.platforms.rules import CommentRules, Platform

ISSO = Platform(
    name="isso",
    valid_from=2014,
    valid_until=None,
    signs=(".isso-comment",),
    kinds=((".isso-comment", "post"),),
    comments=CommentRules(
        region=("#isso-thread",),
        item=(".isso-comment",),
        identity=r"isso-(\d+)",
        author=(".isso-author, .isso-comment-header .author",),
        date=(".isso-permalink time, .isso-comment-header time", ".isso-permalink, .isso-comment-header .permalink"),
        body=(".isso-text", ".isso-text-wrapper > .text, .text-wrapper > .text"),
        permalink=("a.isso-permalink, .isso-comment-header a.permalink",),
        votes=(".isso-votes, .isso-comment-footer .votes",),
        furniture=(".isso-comment-header, .isso-comment-footer, .isso-textarea-wrapper, .isso-follow-up",),
        count=(".isso-thread-heading",),
    ),
)
