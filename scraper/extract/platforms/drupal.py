"""Drupal 6 to 11 and Backdrop, 2008 to today.

Sources: the node, comment, field, block and user-picture templates of Drupal core (node.tpl.php, comment.tpl.php,
field.tpl.php; node.html.twig, comment.html.twig), Panels' pane markup, and format_interval() for relative times: a year
is 365 days, a month 30, a week 7, rounded down.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

DRUPAL = Platform(
    name="drupal",
    valid_from=2008,
    valid_until=None,
    generator=r"^(?:drupal|backdrop)",
    signs=(
        "body.page-node[class*='node-type-']",
        "script[src*='/misc/drupal.js'], script[data-drupal-selector], [data-drupal-link-system-path]",
        ".field-name-body, .field--name-body",
        "link[href*='/modules/system/system']",
    ),
    kinds=(
        ("body.page-taxonomy, body.page-blog, body.page-frontpage, body.path-taxonomy, body.path-frontpage", "listing"),
        ("body.page-user, body.path-user", "about"),
        ("body.node-type-page, body.page-node-type-page, body.node-type-webform", "other"),
        ("body[class*='node-type-']", "post"),
        (".node-teaser, .node--view-mode-teaser", "listing"),
        ("body.page-node, body.path-node", "post"),
    ),
    title=(
        "#page-title",
        "h1.page-title",
        ".page-header",
        "#main h1",
        "h1.title",
        ".node h1",
        ".field--name-title",
        "h1",
    ),
    body=(
        ".node .field-name-body",
        "article .field--name-body",
        ".field--name-body",
        ".field-name-body",
        ".field-type-text-with-summary",
        ".node > .content",
        ".node__content",
    ),
    author=(
        ".node .submitted .username",
        ".node__meta .username",
        ".node__submitted .username",
        ".field--name-uid",
        ".node .submitted [rel=author]",
        ".pane-node-author a",
    ),
    published=(
        ".node .submitted",
        ".node__meta time",
        ".node__submitted",
        ".field-name-post-date",
        ".pane-node-created",
        ".field--name-created",
    ),
    site_name=("#site-name", ".site-name", ".site-branding__name", ".site-title"),
    lead_image=(".node .field-name-field-image img", ".field--name-field-image img"),
    section=(".node-type-label", ".pane-node-type"),
    tags=(
        ".field-name-field-tags a, .field--name-field-tags a, .field-name-taxonomy-vocabulary-1 a",
        ".terms a, .taxonomy a",
    ),
    categories=(
        (
            ".field-type-taxonomy-term-reference:not(.field-name-field-tags) a, "
            ".field--name-field-category a, .field--name-field-categories a"
        ),
    ),
    author_box=(
        ".about-the-author, #block-author, .block-about-author, .author-profile, .pane-node-author-pane",
        ".view-author-bio, .block-author-bio, .author-bio",
    ),
    author_name=(".author-name", ".views-field-name", ".username", ".field--name-name", "h3", "h4"),
    bio=(".field-name-field-bio", ".views-field-bio", ".field--name-field-bio", "[class*=bio]"),
    picture=(".user-picture img", ".field--name-user-picture img", "img"),
    chrome=(
        ("#skip-link, .skip-link, .element-invisible, .visually-hidden", "skip_link"),
        (".links.inline, ul.links", "menu"),
        (".field-type-taxonomy-term-reference, .field--name-field-tags", "taxonomy"),
        (".tabs, .breadcrumb, .pager, .feed-icon", "menu"),
        (".node-type-label, .node-stats, .field-name-post-date, .submitted, .node__meta, .node__submitted", "byline"),
        ("div.messages", "notice"),
    ),
    comments=CommentRules(
        region=(
            "#comments",
            ".comment-wrapper",
            "section.comments",
            ".field--name-comment",
            "#comment-form",
            ".pane-node-comments",
        ),
        item=(
            "#comments .comment, .comment-wrapper .comment, .pane-node-comments .comment",
            "article.comment, article[data-comment-user-id], .js-comment",
            "div.comment",
        ),
        identity=r"comment[-/](\d+)",
        author=(
            ".comment__author",
            ".submitted .username",
            ".comment-author",
            ".author .username",
            ".username",
            ".submitted [rel=author]",
        ),
        date=(
            "time[datetime]",
            ".comment__time",
            ".comment-time",
            ".comment-date",
            ".submitted",
            ".comment__meta",
            ".date",
        ),
        subject=(
            "h3 a.permalink",
            "h3 a[rel=bookmark]",
            ".comment__title a",
            "h3.title a",
            "h3 a",
            "h3.comment-title",
            "h3",
        ),
        body=(
            ".field-name-comment-body",
            ".field--name-comment-body",
            ".comment__text-content",
            ".comment-body",
            ".comment__content",
            ".content",
        ),
        permalink=("a.permalink", "a[rel=bookmark]", "a[href*='#comment-']", "a[href^='/comment/']"),
        avatar=(".user-picture img", ".field--name-user-picture img"),
        nest_class="indented",
        reply_to=(".parent a[href*='#comment-']", ".comment__parent a", ".in-reply-to a"),
        hidden=(".comment-unpublished", ".comment--unpublished"),
        by_post_author=(".comment-by-node-author", ".by-node-author"),
        pages=(".pager a", ".pager__item a"),
        count=(".comments__count", "#comments > h2.title, .comment-wrapper > h2"),
    ),
    comment_page_parameters=("page",),
    first_comment_page=0,
    twin_parameters=("destination", "mini"),
    rounding="drupal",
)
