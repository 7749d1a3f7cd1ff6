"""Serendipity 0.8 to 2.5, 2005 to today.

Sources: entries.tpl, comments.tpl and trackbacks.tpl of its templates default, bulletproof and 2k11.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

SERENDIPITY = Platform(
    name="serendipity",
    valid_from=2005,
    valid_until=None,
    generator=r"^serendipity|^standard template powered by serendipity",
    signs=(
        "meta[name='Powered-By'][content^=Serendipity]",
        ".serendipity_entry_body, .serendipity_comment, #serendipity_comments_list",
    ),
    kinds=(
        (".serendipity_comments, .serendipity_section_comments, #comments.serendipity_comments", "post"),
        (".serendipity_entry", "listing"),
    ),
    title=(".serendipity_title", ".serendipity_entry h2"),
    body=(".serendipity_entry_body", ".serendipity_entry .clearfix.content"),
    author=(".serendipity_entryFooter a[href*='/authors/']", ".serendipity_byline a[href*='/authors/']"),
    published=(".serendipity_date", ".serendipity_byline time", ".serendipity_entryFooter"),
    clock=(".serendipity_entryFooter",),
    categories=(
        ".serendipity_entry > footer a[href*='/categories/']",
        ".serendipity_entryFooter a[href*='/categories/']",
        ".serendipity_byline a[href*='/categories/']",
    ),
    tags=(".serendipity_freeTag a",),
    chrome=(
        (".serendipity_entryFooter, .serendipity_entry > footer", "byline"),
        (".serendipity_pageFooter, .serendipity_extended_nav", "menu"),
    ),
    comments=CommentRules(
        region=(".serendipity_comments", ".serendipity_section_comments", "#serendipity_comments_list"),
        item=(".serendipity_comment",),
        identity=r"serendipity_comment_(\d+)|#c(\d+)$|^c(\d+)$",
        author=(".comment_source_author", ".serendipity_comment_source strong", ".byline"),
        date=(".comment_source_date", ".serendipity_comment_source time", ".serendipity_comment_source"),
        body=(".serendipity_commentBody", ".serendipity_comment_content"),
        permalink=("a.comment_source_trace", "a[href*='#c']"),
        avatar=("img.comment_avatar, img.avatar",),
        author_link=(".comment_source_url",),
        ping_region=(".serendipity_section_trackbacks",),
        by_post_author=(".serendipity_comment_author_self",),
        furniture=(".serendipity_comment_source, .comment_reply, .comment_source_ownerlink",),
        count=(".serendipity_commentsTitle",),
    ),
)
