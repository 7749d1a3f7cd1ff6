"""NodeBB 1 to 4, 2016 to today.

Sources: topic.tpl and partials/topic/post.tpl of its themes Persona and Harmony. A `component` names each part in both.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

NODEBB = Platform(
    name="nodebb",
    valid_from=2016,
    valid_until=None,
    signs=(".posts > [component=post][data-pid], .posts-container [component=post][data-pid]",),
    kinds=((".posts [component=post][data-pid]", "post"),),
    title=("[component='topic/title']", "h1"),
    tags=(".tags a[href*='/tags/'], .topic-info a[href*='/tags/']",),
    comments=CommentRules(
        is_topic=True,
        item=("[component=post][data-pid]",),
        identity=r"/post/(\d+)|^(\d+)$",
        author=("[itemprop=author] a", "a[itemprop=author]", "a[data-username]"),
        date=("[itemprop=datePublished]", "a.permalink .timeago", ".timeago"),
        body=("[component='post/content']",),
        permalink=("a.permalink[href*='/post/'], a.timeago[href*='/post/'], a[href*='/post/']:has(> .timeago)",),
        avatar=("img[component='user/picture']",),
        reply_to=("a[component='post/parent']",),
        furniture=("[component='post/footer'], .post-footer, [component='post/signature'], .post-signature",),
        deleted=(".deleted",),
        votes=("[component='post/vote-count']",),
        pages=("[component=pagination] a",),
    ),
    comment_page_parameters=("page",),
)
