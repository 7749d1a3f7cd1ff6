"""Discourse, 2014 to today: the pages for readers without scripts, and saved ones with.

Sources: app/views/topics/show.html.erb ('crawler-post') and the post widget of Discourse's source ('topic-post').
"""

from scraper.extract.platforms.rules import CommentRules, Platform

DISCOURSE = Platform(
    name="discourse",
    valid_from=2014,
    valid_until=None,
    generator=r"^discourse",
    signs=(".crawler-post, .topic-post",),
    kinds=(
        (".crawler-post, .topic-post", "post"),
        (".topic-list-container, .topic-list, .category-list", "listing"),
    ),
    title=(".fancy-title", "#topic-title h1", "h1"),
    tags=(".discourse-tag", ".discourse-tags a"),
    categories=("#topic-title .topic-category .badge-category-name", ".topic-category .badge-category__name"),
    comments=CommentRules(
        is_topic=True,
        item=(".crawler-post", ".topic-post"),
        identity=r"^post_(\d+)$|/t/[^/]+/\d+/(\d+)|^(\d+)$",
        author=(".creator [itemprop=name]", ".creator", ".names .username", ".names"),
        date=("time.post-time", "time[itemprop=datePublished]", ".post-date .relative-date", "time"),
        body=(".post[itemprop=text]", ".post[itemprop=articleBody]", ".post", ".cooked"),
        permalink=("a.post-date",),
        avatar=(".post-avatar img, .topic-avatar img",),
        reply_to=(
            "a.reply-to-tab[href*='/t/']",
            "aside.quote[data-post]:not(:has(.title a))",  # one of another topic is a link to it
        ),
        votes=("[itemprop=interactionStatistic] [itemprop=userInteractionCount]",),
        furniture=(".crawler-linkback-list, .post-menu-area, .quote-controls, .lightbox-wrapper .meta",),
        pages=("[rel=next], [rel=prev]",),
    ),
    comment_page_parameters=("page",),
)
