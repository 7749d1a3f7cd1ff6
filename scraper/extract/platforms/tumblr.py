"""Tumblr, 2010 to today: the notes under a post in which somebody says something.

Source: the notes as {block:PostNotes} of a theme prints them. They show no times.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

TUMBLR = Platform(
    name="tumblr",
    valid_from=2010,
    valid_until=None,
    signs=(".notes .tumblelog",),
    comments=CommentRules(
        region=("ol.notes",),
        item=("ol.notes > .note.reply, ol.notes > .note.with_commentary",),
        author=(".action > a.tumblelog", ".action > a[href]"),
        body=(".answer_content", "blockquote"),
        avatar=("img.avatar",),
        pages=(".more_notes_link",),
    ),
)
