"""SPIP 3 and later, 2010 to today.

Sources: squelettes-dist/inclure/forum.html, what it became in the plug-ins Forum and Comments, and the classes that
#EDIT of the plug-in Crayons adds.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

SPIP = Platform(
    name="spip",
    valid_from=2010,
    valid_until=None,
    generator=r"^spip",
    kinds=(("body.page_article", "post"), ("body.page_sommaire, body.page_rubrique, body.page_auteur", "listing")),
    title=(".cartouche h1", "h1.entry-title"),
    body=(".texte.entry-content", ".entry-content", ".texte"),
    author=(".info-publi .author", ".info-publi .auteurs", ".cartouche .auteurs"),
    published=(".info-publi .published", ".cartouche time[pubdate]", ".info-publi time"),
    chrome=((".info-publi", "byline"),),
    comments=CommentRules(
        region=(".comments-thread", "#forum ~ .comments"),
        item=("li.comment-item, li.comment-li", "li.forum-fil"),
        identity=r"(?:comment|forum)(\d+)",
        author=(
            "[class*=forum-qui-]",
            ".comment-author .fn, .comment-author",
            ".reviewer",
            ".comment-meta small > span:last-child",
        ),
        author_link=(".hyperlien a",),
        date=("abbr.dtreviewed", ".comment-meta time, .comment-meta abbr", ".forum-nav"),
        subject=(".comment-titre, .forum-titre",),
        body=(".comment-content", ".forum-texte"),
        permalink=("a.permalink[href*='#']",),
        furniture=(".hyperlien, .comment-doc, .comment-reply, .repondre, .comment-meta",),
        pages=(".pagination a[href*='debut_forum'], .pagination a[href*='debut_comments']",),
    ),
    comment_page_parameters=("debut_forums", "debut_comments", "debut_comments-list"),
    first_comment_page=0,
)
