"""Backdrop 1.0 to 1.30, 2015 to today: Drupal 7's fork, with comments marked up in its own way.

Sources: node.tpl.php, comment.tpl.php and comment-wrapper.tpl.php of Backdrop core and of its Basis theme.
"""

from dataclasses import replace

from scraper.extract.platforms.drupal import DRUPAL

BACKDROP = replace(
    DRUPAL,
    name="backdrop",
    valid_from=2015,
    generator=r"^backdrop",
    signs=("script[src*='/core/misc/backdrop.js']",),
    kinds=(*DRUPAL.kinds, (".view-mode-teaser", "listing"), (".node.view-mode-full", "post")),
    comments=replace(
        DRUPAL.comments,
        author=(".commenter-name .username, .commenter-name", ".submitted .username", ".username"),
        date=("time[datetime]", ".comment-time", ".submitted"),
        subject=(
            ".comment-title a",
            "h3.comment-title, .comment-title h3",
            "h3 a.permalink",
            "h3 a[rel=bookmark]",
            "h3",
        ),
        body=(".field-name-comment-body", ".comment-text .content", ".content"),
        furniture=(".comment-header, .comment-footer, .user-signature, .comment-arrow, .comment-title",),
    ),
)
