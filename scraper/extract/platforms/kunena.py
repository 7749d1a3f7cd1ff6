"""Kunena, the forum of Joomla, version 4 and later, 2015 to today.

Source: layouts/message/item/default.php of its template Crypsis.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

KUNENA = Platform(
    name="kunena",
    valid_from=2015,
    valid_until=None,
    signs=("#kunena .kmsg", "#kunena .kfrontend"),
    kinds=(("#kunena .kmsg", "post"), ("#kunena", "listing")),
    comments=CommentRules(
        is_topic=True,
        item=(".message:has(.kmsg)", ".horizontal-message:has(.kmsg)"),
        identity=r"^#?(\d+)$",
        author=(".profilebox [class*=kwho-]", "[class*=kwho-]"),
        date=(".kdate",),
        body=(".kmsg",),
        permalink=("a[href^='#'][id]",),
        avatar=(".profilebox img",),
        furniture=(".ksig, .mykmsg-header",),
        pages=(".pagination a",),
    ),
    comment_page_parameters=("start", "limitstart"),
    first_comment_page=0,
)
