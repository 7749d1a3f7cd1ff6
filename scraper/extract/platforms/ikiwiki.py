"""ikiwiki 3 with its comments plugin, 2009 to today.

Source: page.tmpl, inlinepage.tmpl, archivepage.tmpl and comment.tmpl, with html5 and without. What the directive `meta`
says of a page stands in its head alone; a post is a page of the wiki on which one may comment.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

IKIWIKI = Platform(
    name="ikiwiki",
    valid_from=2009,
    valid_until=None,
    signs=(".comment .inlinecontent, #pageinfo .pagedate, .pageheader .parentlinks",),
    kinds=(
        ("#comments", "post"),
        ("#content .archivepage, #content .inlinepage, #content .feedlink", "listing"),
    ),
    title=(".pageheader .title", ".header .title"),
    body=("#content",),
    author=(".pageheader .author, #pageinfo .author",),
    declares_author=True,
    modified=("#pageinfo .pagedate time", "#pageinfo .pagedate"),
    tags=("#tags a[rel=tag], .tags a",),
    chrome=(
        (".parentlinks, .actions, .sidebar, .feedlink", "menu"),
        ("#backlinks", "trackbacks"),
        ("#pageinfo, #footer", "footer"),
    ),
    comments=CommentRules(
        region=("#comments",),
        item=(".comment[id^=comment-]", "div.comment, article.comment"),
        identity=r"comment-([0-9a-f]{20,})",
        author=(".comment-header .author", ".author"),
        date=(".comment-header time", ".comment-header .date"),
        subject=(".comment-subject",),
        body=(".inlinecontent",),
        permalink=(".comment-subject a[href*='#comment-']",),
        avatar=(".comment-avatar img",),
        furniture=(".comment-header, .comment-subject, .comment-avatar, .comment-actions",),
    ),
)
