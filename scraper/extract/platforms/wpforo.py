"""wpForo, a forum that is a plug-in of WordPress, 2016 to today.

Sources: layouts/1/post.php to layouts/4/post.php and layouts/3/comment.php of its themes 2022 and classic.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

WPFORO = Platform(
    name="wpforo",
    valid_from=2016,
    valid_until=None,
    signs=("#wpforo-wrap",),
    plugin_of="wordpress",
    kinds=((".wpforo-post-content, .wpforo-post", "post"), ("#wpforo-wrap", "listing")),
    title=(".wpforo-post-head h1", "#wpforo-title", "#wpforo-wrap h1"),
    tags=(".wpforo-topic-meta .wpf-tags a, .wpf-ttags tag",),
    comments=CommentRules(
        is_topic=True,
        item=(".post-wrap[id^=post-], .comment-wrap[id^=post-]",),
        identity=r"^post-(\d+)$|#post-(\d+)",
        author=(".author-name a, .wpf-author-name a", ".author-name, .wpf-author-name", ".wpforo-comment-top a"),
        date=(".wpf-post-date", ".wpforo-post-content-top", ".wpforo-comment-top"),
        body=(".wpforo-post-content", ".wpforo-comment-text"),
        permalink=(".wpf-post-link, a[href*='#post-']",),
        avatar=(".author-avatar img, .wpf-author-avatar img, .wpforo-comment-avatar img",),
        hidden=(".wpf-mod-message",),
        votes=(".wpforo-voting .wpfvote-num, .wpf-vote-count",),
        nest_class="wpf-post-replies",
        furniture=(".wpforo-post-signature, .wpf-post-edited, .wpf-edit-top",),
        pages=(".wpf-navi a",),
    ),
    comment_page=(r"(?<=/)paged/(\d+)/?$",),
    comment_page_parameters=("wpfpaged",),
)
