"""Question2Answer, 2010 to today: a question with its answers, and the comments on both.

Source: qa-include/qa-theme-base.php.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

QUESTION2ANSWER = Platform(
    name="question2answer",
    valid_from=2010,
    valid_until=None,
    signs=(".qa-q-view, .qa-q-list",),
    kinds=((".qa-q-view", "post"), (".qa-q-list", "listing")),
    title=(".qa-main-heading h1", ".qa-main h1"),
    tags=(".qa-q-view-tags a, .qa-tag-link",),
    comments=CommentRules(
        is_topic=True,
        opening=(".qa-q-view",),
        item=(".qa-a-list-item[id], .qa-c-list-item[id]",),
        identity=r"^[ac](\d+)$|#[ac](\d+)$",
        author=(".qa-q-view-who-data, .qa-a-item-who-data, .qa-c-item-who-data",),
        date=(
            ".qa-q-view-when time, .qa-a-item-when time, .qa-c-item-when time",
            ".qa-q-view-when, .qa-a-item-when, .qa-c-item-when",
        ),
        body=(".qa-q-view-content", ".qa-a-item-content", ".qa-c-item-content"),
        permalink=("a.qa-a-item-what, a.qa-c-item-what",),
        avatar=(".qa-q-view-avatar img, .qa-a-item-avatar img, .qa-c-item-avatar img",),
        votes=(".qa-netvote-count-data",),
        hidden=(".qa-a-list-item-hidden, .qa-c-item-hidden",),
        pages=(".qa-page-links a",),
    ),
    comment_page_parameters=("start",),
    first_comment_page=0,
    twin_parameters=("show", "state"),
)
