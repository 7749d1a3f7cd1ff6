"""Asgaros Forum, a plug-in of WordPress, 2013 to today.

Sources: includes/views/topic.php and post-element.php. Each message holds its words twice: once hidden, as a quote for
an answer.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

ASGAROS = Platform(
    name="asgaros",
    valid_from=2013,
    valid_until=None,
    signs=("#af-wrapper",),
    plugin_of="wordpress",
    kinds=((".post-element", "post"), ("#af-wrapper", "listing")),
    title=("#af-wrapper .main-title",),
    comments=CommentRules(
        is_topic=True,
        item=(".post-element[id^=postid-]",),
        identity=r"^postid-(\d+)$|#postid-(\d+)",
        author=(".post-username",),
        date=(".forum-post-date",),
        body=(".post-message",),
        permalink=(".post-meta a[href*='#postid-']",),
        avatar=(".post-author img.avatar",),
        furniture=("[id^=post-quote-container-], .uploaded-file",),
        pages=(".forum-pages a, .pages a",),
    ),
    comment_page_parameters=("part",),
)
