"""Simple Machines Forum 1.1 to 2.1, 2006 to today.

Source: Display.template.php of the default themes (Babylon, Curve, Curve2).
"""

from scraper.extract.platforms.rules import CommentRules, Platform

SMF = Platform(
    name="smf",
    valid_from=2006,
    valid_until=None,
    signs=(".post_wrapper .poster, #forumposts",),
    kinds=(
        (".post_wrapper, #forumposts, #quickModForm", "post"),
        ("#messageindex, .board_list, #boardindex_table", "listing"),
    ),
    title=("#forumposts .display_title, h2.display_title", "#top_subject", ".catbg h3 span", "[id^=subject_]"),
    comments=CommentRules(
        is_topic=True,
        item=(".post_wrapper", "#quickModForm tr:has([id^=subject_])", "td:has(> table .post)"),
        identity=r"^msg_?(\d+)$|#msg(\d+)|^subject_(\d+)$",
        author=(".poster h4 a", ".poster h4", "td b a[href*='action=profile']", "td b"),
        date=(".postinfo .smalltext", ".keyinfo .smalltext", ".postinfo a.smalltext", ".smalltext"),
        body=(".post .inner", ".inner[id^=msg_]", ".post [id^=msg_]", ".post .personalmessage", "div.post"),
        subject=(".keyinfo h5, .subject_title",),
        permalink=("a[href*='#msg']",),
        avatar=(".poster .avatar img, img.avatar",),
        reply_to=(
            ".bbc_standard_quote cite a[href*='#msg']",
            ".quoteheader a[href*='#msg']",
            "blockquote cite a[href*='#msg']",
        ),
        furniture=(
            ".signature, .moderatorbar, .under_message, .quickbuttons, .reportlinks, .modified",
            ".attached, .codeheader, .code_operations",
        ),
        pages=(".pagelinks a", "a.navPages", ".nav_page"),
    ),
    comment_page_query=(r"(\btopic=\d{1,12}\.)(?:msg\d+|(\d+))",),
    first_comment_page=0,
    twin_parameters=("PHPSESSID",),
)
