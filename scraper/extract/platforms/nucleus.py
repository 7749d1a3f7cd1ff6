"""Nucleus CMS 3, 2003 to 2013.

Sources: the templates 'default/item' and 'detailed' that its installation makes: a heading, the words, the time.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

NUCLEUS = Platform(
    name="nucleus",
    valid_from=2003,
    valid_until=2014,
    generator=r"^nucleus",
    signs=("h3.comment + .commentbody",),
    comments=CommentRules(
        item=("h3.comment",),
        is_head=True,
        identity=r"^c(\d+)$|#c(\d+)$",
        author=("h3.comment > a[href]", "h3.comment"),
        date=(".commentinfo",),
        body=(".commentbody",),
        permalink=("a[href*='#c']",),
    ),
)
