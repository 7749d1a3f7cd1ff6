"""FlatPress 0.700 to 1.3, 2006 to today.

Sources: entry-default.tpl and comments.tpl of its Leggero theme. A comment's id is the second of its writing. A post
and its comments stand on two pages, and the list of a category with one post is made as that post's page is.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

FLATPRESS = Platform(
    name="flatpress",
    valid_from=2006,
    valid_until=None,
    generator=r"^flatpress",
    signs=("[id^=entry] ~ #comments > [id^=comment] > .comment-name",),
    kinds=(
        (".entry[id^=entry] ~ .entry[id^=entry]", "listing"),
        (".entry[id^=entry]", "post"),
    ),
    permalink=("[id^=entry] > h3 a, [id^=entry] > h2 a",),
    title=("[id^=entry] > h3 a, [id^=entry] > h2 a, .entry > h3, .entry > h2",),
    body=(".entry [itemprop=articleBody]", ".entry > .body, .entry > .entry-content", ".entry[id^=entry]"),
    author=(".entry-info [itemprop=author]",),
    published=(".entry-info [itemprop=datePublished]", ".entry > h6, .entry > .date"),
    clock=(".entry-info",),
    comment_count=(".link-comments a",),
    categories=(".entry-info [itemprop=articleSection] a, .entry-info a[rel~=tag]",),
    chrome=((".entry-footer, .entry-info", "byline"), ("#head, .admincontrols", "menu")),
    comments=CommentRules(
        region=("#comments, #commentlist", "#comment-form"),
        item=("#comments > [id^=comment], #commentlist > [id^=comment]", "li[id^=comment]"),
        identity=r"comment(\d{6}-\d{6})",
        author=(".comment-name",),
        date=(".date",),
        permalink=(".date a[href*='#comment']",),
        by_post_author=(".comment-admin",),
        pages=(".link-comments a",),
        furniture=(".comment-name, .date, .admincontrols",),
    ),
    comment_page=(r"(?<=/)comments/?$",),
    comment_page_query=(r"(?P<post>x=entry:entry[\d-]+);comments:(\d)",),
)
