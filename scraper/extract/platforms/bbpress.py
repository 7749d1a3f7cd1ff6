"""bbPress, the forum that is a plug-in of WordPress, 2011 to today.

Sources: loop-replies.php, loop-single-reply.php and content-single-topic-lead.php of its default templates, and the
walker that prints threaded replies. A message is two elements: a header with time and number, and what follows it. A
topic that a post shows as its comments is none of these pages.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

BBPRESS = Platform(
    name="bbpress",
    valid_from=2011,
    valid_until=None,
    signs=("body.bbpress, body.bbPress",),
    plugin_of="wordpress",
    kinds=(
        ("#bbp-user-wrapper, #bbp-search-results", "other"),
        (".bbp-reply-header, .bbp-lead-topic", "post"),
        (".bbp-topics, .bbp-forums", "listing"),
    ),
    title=("h1.entry-title", ".bbp-breadcrumb-current"),
    tags=(".bbp-topic-tags a",),
    comments=CommentRules(
        is_topic=True,
        opening=(".bbp-lead-topic > .bbp-body", ".bbp-reply-header:has(+ .type-topic)"),
        item=(".bbp-replies .bbp-reply-header",),
        is_head=True,
        identity=r"^post-(\d+)$|#post-(\d+)",
        author=("a.bbp-author-name, .bbp-author-name", ".bbp-reply-author a, .bbp-topic-author a"),
        date=(".bbp-reply-post-date, .bbp-topic-post-date",),
        body=(".bbp-reply-content, .bbp-topic-content",),
        permalink=(".bbp-reply-permalink, .bbp-topic-permalink",),
        avatar=(".bbp-author-avatar img, .bbp-reply-author img, .bbp-topic-author img",),
        nest_class="bbp-threaded-replies",
        by_post_author=(".topic-author",),
        furniture=(".bbp-reply-revision-log, .bbp-topic-revision-log, .bbp-attachments, .bbp-signature",),
        pages=(".bbp-pagination-links a",),
    ),
    comment_page=(r"(?<=/)page/(\d+)/?$",),
    comment_page_parameters=("paged",),
)
