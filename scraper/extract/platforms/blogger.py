"""Blogger, 2006 (layouts) to today: the dl of comments, and the threads of answers since 2012.

Source: the blog widget of the default templates (b:includable id='comments', 'threaded_comments') and its script's
markup. Blogs of before 2006 have the template's own markup, which the generic rules read.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

BLOGGER = Platform(
    name="blogger",
    valid_from=2006,
    valid_until=None,
    generator=r"^blogger",
    signs=("#Blog1 .post-body, .Blog .post-body", "#comments-block.comments-block, #comment-holder .comment-thread"),
    kinds=(("body.item-view, body.item", "post"), (".status-msg-wrap", "listing")),
    title=(".post-title.entry-title", "h3.post-title", ".post-title"),
    body=(".post-body.entry-content", ".post-body"),
    author=(".post-author .fn", ".post-author .author-name", ".byline.post-author a"),
    published=("abbr.published[title]", "time.published", ".post-timestamp .published", ".date-header"),
    tags=(".post-labels a[rel=tag]", ".post-labels a"),
    author_box=(".author-profile",),
    chrome=((".blog-pager, #blog-pager", "menu"), (".post-footer, .post-share-buttons", "share")),
    comments=CommentRules(
        region=("#comments", "section.comments"),
        item=(
            "#comment-holder li.comment, .comment-thread li.comment",
            "#comments-block > dt, .comments-block > dt, #Blog1_comments-block-wrapper dt",
            "#comments .comment-block-wrapper, #comments .comment_wrap",
        ),
        identity=r"^c(\d+)$|#c(\d+)$|showComment=\d+#c(\d+)",
        author=(".comment-header .user", ".comment-author-name", "a[rel=nofollow]"),
        date=(".comment-header .datetime", ".comment-timestamp a", ".comment-timestamp"),
        body=("p.comment-content, .comment-content", ".comment-body", "dd.comment-body"),
        permalink=(".comment-header .datetime a", ".comment-timestamp a"),
        avatar=(".avatar-image-container img",),
        by_post_author=(".blog-author",),
        furniture=(".comment-actions, .comment-replybox-single, .comment-replies, .item-control, .comment-delete",),
        pages=(".paging-control-container a", "#comments .loadmore a"),
        count=("#comments > h4", ".comments .title"),
    ),
    comment_page_parameters=("commentPage",),
    twin_parameters=("showComment", "m", "spref"),
)
