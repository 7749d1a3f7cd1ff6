"""Flarum, 2015 to today: the saved page, and the one for readers without scripts, which shows no times.

Sources: js/src/forum/components/CommentPost, PostMeta and PostStream, and views/frontend/content/discussion.blade.php.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

FLARUM = Platform(
    name="flarum",
    valid_from=2015,
    valid_until=None,
    signs=(".CommentPost, .DiscussionListItem, .PostUser + .Post-body",),
    kinds=((".CommentPost, .PostUser + .Post-body", "post"), (".DiscussionListItem", "listing")),
    title=(".DiscussionHero-title",),
    tags=(".DiscussionHero .TagLabel",),
    comments=CommentRules(
        is_topic=True,
        item=(".PostStream-item:has(.CommentPost)", ".CommentPost", "article:has(> .PostUser)"),
        identity=r"^(\d+)$",
        author=(".PostUser .username", ".PostUser-name"),
        date=(".PostMeta-time time", ".PostMeta time"),
        body=(".Post-body",),
        permalink=("a.PostMeta-permalink",),
        avatar=(".PostUser img.Avatar",),
        reply_to=(".Post-body .PostMention[data-id]",),
        deleted=(".Post--hidden",),
        furniture=(".Post-actions, .Post-footer",),
        pages=("[rel=next], [rel=prev]", "article ~ hr ~ a[href*='page=']"),
    ),
    comment_page_parameters=("page",),
)
