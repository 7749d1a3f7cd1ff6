"""K2, which makes Joomla a blog, 2009 to today.

Source: components/com_k2/templates/default/item.php.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

K2 = Platform(
    name="k2",
    valid_from=2009,
    valid_until=None,
    signs=("#k2Container",),
    kinds=(("#k2Container.itemView", "post"), ("#k2Container.itemListView, .itemListView", "listing")),
    title=(".itemTitle",),
    body=(".itemBody .itemFullText", ".itemFullText", ".itemBody"),
    author=(".itemHeader .itemAuthor a", ".itemAuthor a"),
    published=(".itemDateCreated",),
    modified=(".itemDateModified",),
    tags=(".itemTags a",),
    categories=(".itemCategory a",),
    comments=CommentRules(
        region=(".itemComments",),
        item=(".itemCommentsList > li",),
        author=(".commentAuthorName a", ".commentAuthorName"),
        date=(".commentDate",),
        permalink=(".commentLink a",),
        hidden=(".unpublishedComment",),
        by_post_author=(".authorResponse",),
        furniture=(".commentLink, .commentToolbar, .commentAuthorName, .commentDate",),
        pages=(".itemCommentsPagination a",),
        count=(".itemCommentsCounter",),
    ),
    comment_page_parameters=("start",),
    first_comment_page=0,
)
