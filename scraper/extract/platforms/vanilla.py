"""Vanilla Forums 2 to 4, 2010 to today.

Source: the discussion views of Vanilla's published source, in which the opening message is marked up by itself.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

VANILLA = Platform(
    name="vanilla",
    valid_from=2010,
    valid_until=None,
    signs=(".ItemDiscussion, .ItemComment", "body.Vanilla.Discussion"),
    kinds=((".ItemDiscussion, .ItemComment", "post"), (".DataList.Discussions", "listing")),
    title=(".PageTitle h1", "#Item_0 h1", "h1"),
    tags=(".DiscussionTags a, .InlineTags a",),
    comments=CommentRules(
        is_topic=True,
        item=(".ItemDiscussion, .ItemComment",),
        identity=r"^(?:Comment|Discussion)_(\d+)$|#Comment_(\d+)|/comment/(\d+)",
        author=(".Author .Username", ".Username", ".Author .UserLink", ".Author a:last-of-type"),
        date=(".DateCreated time", ".Permalink time", ".Meta time", ".DateCreated"),
        body=(".Message.userContent", ".Message", ".userContent"),
        permalink=("a.Permalink",),
        avatar=("img.ProfilePhoto",),
        reply_to=(".UserQuote .QuoteAuthor a[href*='Comment_'], .blockquote-title a[href*='comment/']",),
        furniture=(".Signature, .UserSignature, .Reactions, .js-quoteButton, .DateUpdated",),
        pages=(".Pager a, .NumberedPager a",),
    ),
    comment_page=(r"/p(\d+)/?$",),
)
