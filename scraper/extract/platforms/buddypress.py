"""BuddyPress, the network that is a plug-in of WordPress, 2009 to today: one activity and its comments.

Sources: activity/entry.php and activity/comment.php of its templates Legacy and Nouveau.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

BUDDYPRESS = Platform(
    name="buddypress",
    valid_from=2009,
    valid_until=None,
    signs=("#activity-stream .activity-content, .activity-list .activity-content",),
    plugin_of="wordpress",
    kinds=(("body.activity-permalink", "post"), (".activity-content", "listing")),
    comments=CommentRules(
        is_topic=True,
        opening=(".activity-content",),
        opening_body=(".activity-inner",),
        item=("li[id^=acomment-]",),
        identity=r"acomment-(\d+)",
        author=(
            ".author-name",
            ".acomment-meta a:not(.activity-time-since), .activity-header a:not(.activity-time-since)",
        ),
        date=(".time-since",),
        body=(".acomment-content",),
        permalink=("a.activity-time-since",),
        furniture=(".acomment-options, .activity-meta",),
    ),
)
