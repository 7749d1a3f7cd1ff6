"""b2evolution, 2003 to today.

Sources: skins/_item_comment.inc.php of versions 2 to 4 (names of the form 'bComment'), and of 6 and 7 ('evo_comment').
"""

from scraper.extract.platforms.rules import CommentRules, Platform

B2EVOLUTION = Platform(
    name="b2evolution",
    valid_from=2003,
    valid_until=None,
    generator=r"^b2evolution",
    signs=(".bComment > .bCommentTitle, .evo_comment",),
    kinds=((".bPost ~ .bPost, .evo_post ~ .evo_post", "listing"),),
    title=(".evo_post_title h1, .evo_post_title h2", "h3.bTitle, h2.bTitle, .bTitle"),
    body=(".evo_post__full_text", ".bText"),
    comments=CommentRules(
        region=(".evo_post__comments",),
        item=("div.bComment:has(> .bCommentTitle)", ".evo_comment[id^=c]"),
        identity=r"^c(\d+)$|#c(\d+)$",
        author=(
            ".evo_comment_author, .evo_comment_title .user, .bCommentTitle .user",
            ".bCommentTitle a:not([href*='#c']), .evo_comment_title a:not([href*='#c'])",
            ".bCommentTitle, .evo_comment_title",
        ),
        date=(".bCommentSmallPrint", ".evo_comment_footer .text-muted", ".evo_comment_footer"),
        body=(".bCommentText", ".evo_comment_text"),
        permalink=(".bCommentTitle a[href*='#c'], .evo_comment_title a[href*='#c']",),
        avatar=(".bCommentAvatar, .evo_comment_avatar img",),
        furniture=(".bCommentTitle, .bCommentSmallPrint, .comment_rating, .evo_comment_title, .evo_comment_footer",),
    ),
)
