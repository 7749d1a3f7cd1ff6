"""FluxBB and PunBB, 2003 to today.

Source: viewtopic.php and its stylesheets' names in FluxBB 1.4 and 1.5.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

FLUXBB = Platform(
    name="fluxbb",
    valid_from=2003,
    valid_until=None,
    signs=(".blockpost .postmsg", "#punviewtopic, .pun .blockpost"),
    kinds=((".blockpost .postmsg", "post"), ("#punviewforum, #punindex", "listing")),
    title=(".crumbs li:last-child strong", ".crumbs li:last-child", ".linkst h2 span", "h1"),
    comments=CommentRules(
        is_topic=True,
        item=(".blockpost:has(.postmsg)",),
        identity=r"^p(\d+)$|#p(\d+)$|[?&]pid=(\d+)",
        author=(".postleft dt strong", ".postleft dt"),
        date=("h2 a", "h2"),
        body=(".postmsg",),
        permalink=("h2 a[href*='pid=']",),
        avatar=(".postavatar img",),
        reply_to=("blockquote cite a[href*='pid=']",),
        furniture=(".postsignature, .postedit, .postfoot, .postmsg > h3",),
        pages=(".pagelink a, .paging a",),
    ),
    comment_page_parameters=("p",),
)
