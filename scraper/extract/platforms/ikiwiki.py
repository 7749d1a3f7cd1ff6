"""ikiwiki 3 with its comments plugin, 2009 to today.

Source: page.tmpl and comment.tmpl.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

IKIWIKI = Platform(
    name="ikiwiki",
    valid_from=2009,
    valid_until=None,
    signs=(".comment .inlinecontent, #pageinfo .pagedate, .pageheader .parentlinks",),
    title=(".pageheader .title", ".header .title"),
    body=("#content",),
    author=(".pageheader .author, #pageinfo .author",),
    modified=("#pageinfo .pagedate time", "#pageinfo .pagedate"),
    tags=("#tags a[rel=tag], .tags a",),
    chrome=((".parentlinks, .actions", "menu"), ("#backlinks", "trackbacks"), ("#pageinfo, #footer", "footer")),
    comments=CommentRules(
        region=("#comments",),
        item=("div.comment[id^=comment-], div.comment",),
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
