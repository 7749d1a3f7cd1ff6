"""Invision Community (IP.Board) 3 to 5, 2009 to today.

Sources: topicView of IP.Board 3.4; postContainer of Invision Community 4.0 to 4.7 and post of 5.0.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

INVISION = Platform(
    name="invision",
    valid_from=2009,
    valid_until=None,
    signs=("#ipboard_body, #ipsLayout_body, #ipsLayout, .post_block[id^=post_id_]",),
    kinds=(
        ("[id^=elComment_].cPost, [id^=elComment_].ipsEntry, .post_block[id^=post_id_]", "post"),
        (".cTopicList, .ipsDataItem_title, #forum_table, .ipsForumGrid", "listing"),
    ),
    title=(".ipsType_pageTitle .ipsType_break", "h1.ipsType_pagetitle", "h1.ipsPageHeader__title", "h1"),
    tags=(".ipsTags a .ipsTag, .ipsTags .ipsTag",),
    comments=CommentRules(
        is_topic=True,
        item=(
            "[id^=elComment_].cPost, [id^=elComment_].ipsEntry",
            ".post_block[id^=post_id_]",
            "article[id^=elComment_]",
        ),
        identity=r"elComment_(\d+)|post_id_(\d+)|comment[-=](\d+)|entry(\d+)|[?&]do=findComment&comment=(\d+)|^(\d+)$",
        author=(
            ".cAuthorPane_author strong",
            ".cAuthorPane_author a",
            ".cAuthorPane_author > span:first-child",
            ".cAuthorPane_author",
            ".ipsEntry__username",
            ".author_info [itemprop=name], .author [itemprop=name]",
            ".ipsComment_author .ipsType_sectionHead, .ipsComment_author h3",
            ".author.vcard",
        ),
        date=(".ipsComment_meta time", ".ipsEntry__header time", "time[datetime]", "abbr.published", ".published"),
        body=(
            "[data-role=commentContent]",
            ".cPost_contentWrap .ipsType_richText",
            ".ipsEntry__content .ipsRichText",
            ".post.entry-content",
            "[itemprop=commentText]",
        ),
        permalink=("a[href*='findComment']", "a[href*='#comment-']", "a[itemprop=replyToUrl], a[rel=bookmark]"),
        avatar=(".cAuthorPane_photo img, .ipsUserPhoto img, .author_info img.ipsUserPhoto",),
        reply_to=("blockquote[data-ipsquote-contentcommentid]",),
        furniture=(
            "[data-excludequote], [data-role=memberSignature], .signature, .ipsQuote_citation",
            ".ipsItemControls, .ipsComment_controls",
            ".ipsEntry__foot, .edit, .rep_bar, .post_controls",
        ),
        pages=(".ipsPagination a", ".pagination a"),
    ),
    comment_page=(r"/page/(\d+)/?$", r"/page__st__(\d+)"),
    comment_page_parameters=("page", "st"),
)
