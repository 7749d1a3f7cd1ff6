"""MyBB 1.4 to 1.8, 2008 to today.

Source: the templates postbit and postbit_classic of MyBB.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

MYBB = Platform(
    name="mybb",
    valid_from=2008,
    valid_until=None,
    signs=(".post_body[id^=pid_], .post_author .author_information",),
    kinds=((".post_body[id^=pid_], [id^=pid_]", "post"),),
    title=("h1", ".thead strong"),
    comments=CommentRules(
        is_topic=True,
        item=(".post:has([id^=pid_])", "table[id^=post_]:has([id^=pid_])"),
        identity=r"^post_(\d+)$|#pid(\d+)",
        author=(
            ".author_information .largetext a",
            ".author_information .largetext",
            ".post_author strong a",
            ".largetext",
        ),
        date=(".post_date", ".smalltext"),
        body=("[id^=pid_]",),
        permalink=("a[href*='#pid']",),
        avatar=(".author_avatar img",),
        reply_to=("blockquote cite a[href*='#pid']",),
        furniture=(".signature, .post_edit, .edited_post, .post_meta, .post_controls, .author_buttons, cite > span",),
        pages=(".pagination a",),
    ),
    comment_page=(r"-page-(\d+)(?=\.html$)",),
    comment_page_parameters=("page",),
    twin_parameters=("highlight", "mode"),
)
