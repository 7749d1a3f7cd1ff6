"""vBulletin 3, 4 and 5, 2004 to today.

Sources: the templates postbit and postbit_legacy of vBulletin 3.8 and 4.2, display_Topics of vBulletin 5.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

VBULLETIN = Platform(
    name="vbulletin",
    valid_from=2004,
    valid_until=None,
    generator=r"^vbulletin",
    signs=("[id^=post_message_], .postbitlegacy, .postbit, .b-post__content",),
    kinds=(
        ("[id^=post_message_], .b-post__content", "post"),
        ("#threadslist, .threadbit, #threads, .topic-list, #forums", "listing"),
    ),
    title=(".threadtitle", "h1.b-post__title", ".navbar strong", "#pagetitle h1", ".b-module h1.main-title", "h1"),
    tags=("#thread_tags_list a, #tag_list_cell a, .tagcloud a",),
    comments=CommentRules(
        is_topic=True,
        item=(
            "li[id^=post_]:has([id^=post_message_]), div[id^=post_]:has([id^=post_message_])",
            "table[id^=post]:has([id^=post_message_])",
            "div[id^=edit]:has([id^=post_message_])",
            "li.b-post:has(.js-post__content-text)",
            "table:has(> tbody > tr > td [id^=post_message_])",
        ),
        identity=r"^(?:post|edit)_?(\d+)$|#post_?(\d+)|[?&]p=(\d+)",
        author=(
            ".bigusername",
            ".username_container .username, .username_container .username strong",
            ".author [itemprop=name], .b-userinfo__details a",
            ".username",
            "[id^=postmenu_] a",
        ),
        date=(
            ".posthead .date",
            ".postdate .date",
            "time[itemprop=dateCreated], .b-post__timestamp time",
            "td.thead",
            ".thead",
            ".smallfont",
        ),
        body=(
            "[id^=post_message_] .postcontent",
            "[id^=post_message_]",
            "blockquote.postcontent",
            ".js-post__content-text",
            ".b-post__content [itemprop=text]",
        ),
        subject=("h2.title",),
        permalink=("a.postcounter", "a[id^=postcount]", ".b-post__count", "a[href*='#post']"),
        avatar=(".postuseravatar img, .b-userinfo img, img.avatar, a[href*='member.php'] img[alt*=vatar]",),
        reply_to=(
            ".bbcode_postedby a[href*='#post']",
            ".bbcode_quote a[href*='#post']",
            "td.alt2 a[href*='#post'][rel=nofollow]",
        ),
        furniture=(
            ".signature, .signaturecontainer, .after_content, .lastedited, .postfoot, .postcontrols, .attachments",
            ".b-post__edit-info, .b-post-control",
        ),
        pages=(".pagination a", ".pagenav a", "#pagination_top a"),
    ),
    comment_page=(r"/page(\d+)[^/]*/?$",),
    comment_page_parameters=("page",),
    twin_parameters=("s", "highlight", "goto"),
)
