"""XenForo 1 and 2, 2011 to today.

Sources: the 'message' and 'message_macros' templates of XenForo 1.5 and 2.0 to 2.3, and the links of quotes.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

XENFORO = Platform(
    name="xenforo",
    valid_from=2011,
    valid_until=None,
    signs=("html#XF, html#XenForo, .message--post, li.message[id^='post-']",),
    kinds=(
        (".message--post, li.message[id^='post-']", "post"),
        (".structItem--thread, .discussionList, .node--forum, .nodeList", "listing"),
    ),
    title=("h1.p-title-value", ".titleBar h1", "h1"),
    section=(".p-breadcrumbs li:last-child [itemprop=name]",),
    tags=(".js-tagList a, .tagList a",),
    comments=CommentRules(
        is_topic=True,
        item=(".message--post", "li.message[id^='post-']"),
        identity=r"post-(\d+)|post\?id=(\d+)|/posts/(\d+)|post:\s*(\d+)",
        author=(
            ".message-name .username",
            ".message-name",
            ".message-user [itemprop=name]",
            ".userText .username",
            ".messageDetails .author",
            ".username",
        ),
        date=("time.u-dt", "time[datetime]", "abbr.DateTime", ".DateTime", ".messageMeta .datePermalink"),
        body=(".message-body .bbWrapper", ".message-content .bbWrapper", ".message-body", ".messageText"),
        permalink=("a[href*='/post-']", ".datePermalink, .hashPermalink", "a[href*='/posts/']"),
        avatar=(".message-avatar img", ".avatarHolder img"),
        reply_to=(
            "blockquote[data-source^='post:']",
            ".bbCodeBlock-sourceJump[href*='post?id=']",
            ".AttributionLink[href*='#post-']",
        ),
        furniture=(
            ".bbCodeBlock-expandLink, .quoteExpand, .bbCodeBlock-shrinkLink",
            ".message-signature, .signature, .message-lastEdit, .messageNotices",
            ".editDate, .reactionsBar, .likesSummary",
            ".bbMediaJustifier, .js-embedCopy, .message-attribution, .message-footer",
        ),
        pages=(".pageNav a", ".PageNav a"),
    ),
    comment_page=(r"(?<=/)page-(\d+)/?$",),
    comment_page_parameters=("page",),
)
