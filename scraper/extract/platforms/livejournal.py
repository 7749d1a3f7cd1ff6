"""LiveJournal and Dreamwidth, 2004 to today.

Sources: the core2 layers of both, of whose page each style makes its own; the threads of `talkread.bml`.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

LIVEJOURNAL = Platform(
    name="livejournal",
    valid_from=2004,
    valid_until=None,
    signs=(
        ".dwexpcomment, #comments .comment-thread .comment-poster, .entry-poster .ljuser",
        ".ljcmt, .b-singlepost-body, .aentry-post__text",
    ),
    kinds=(("#comments, .dwexpcomment, .ljcmt, .b-singlepost-body, .aentry-post__text", "post"),),
    title=(".entry-title", ".b-singlepost-title", ".aentry-post__title", "h3.entry-title"),
    body=(".entry .entry-content", ".b-singlepost-body", ".aentry-post__text", ".entry-content"),
    author=(".entry-poster .ljuser b", ".entry .ljuser b", ".entry-poster .ljuser", ".b-singlepost-author .ljuser"),
    signs_by_nick=True,
    published=(".entry .datetime", ".b-singlepost-author-date", "time.aentry-head__date", "time.published"),
    tags=(".entry .tag a", ".b-singlepost-tags a[rel=tag]", ".ljtags a"),
    chrome=((".entry-management-links, .entry-interaction-links, .navigation", "menu"), (".metadata", "statistics")),
    comments=CommentRules(
        region=("#comments", "#Comments", ".comments"),
        item=(".dwexpcomment", ".ljcmt, [id^=ljcmt]", ".comment-thread > .comment, .comment-wrapper", ".b-leaf[id^=t]"),
        identity=r"^(?:cmt|ljcmt|t|comment-cmt)(\d+)$|#(?:cmt|t)(\d+)|thread=(\d+)",
        author=(".comment-poster .ljuser b", ".ljuser b", ".comment-poster", ".ljuser", ".b-leaf-username"),
        date=(".header .datetime", ".datetime", ".b-leaf-createdtime", "[title*='UTC'], [title*='after']"),
        subject=("h4.comment-title", ".comment-title", ".b-leaf-subject"),
        body=(".comment-content", ".b-leaf-article"),
        permalink=(".commentpermalink a", ".datetime a", "a[href*='thread=']"),
        avatar=(".userpic img, .b-leaf-userpic img",),
        reply_to=(".commentparent a[href]",),
        hidden=(".screened",),
        furniture=(
            ".comment-interaction-links, .comment-management-links, .edittime, .poster-ip, .multiform-checkbox",
        ),
        pages=(".comment-pages a", ".b-pager a"),
        count=(".comment-count",),
    ),
    comment_page_parameters=("page",),
    twin_parameters=("mode", "style", "view", "format", "nc", "thread"),
    rounding="calendar",
)
