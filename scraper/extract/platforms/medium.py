"""Medium, 2013 to today. Up to 2019 a story's page printed its first responses; since then a script fetches them.

Sources: the markup of its stories of 2015 to 2019 (postArticle, responsesStream), and of the pages since (pw- classes).
"""

from scraper.extract.platforms.rules import CommentRules, Platform

MEDIUM = Platform(
    name="medium",
    valid_from=2013,
    valid_until=None,
    signs=(".pw-post-title, .pw-post-body-paragraph", ".postArticle-content .section-inner, .responsesStream"),
    kinds=((".pw-post-title, .postArticle-content .section-inner", "post"),),
    title=("h1.pw-post-title", ".postArticle-content h1.graf--title, h1.graf--leading"),
    author=("[data-testid=authorName]",),
    published=("[data-testid=storyPublishDate]",),
    chrome=((".speechify-ignore, .postMetaInline", "byline"),),
    comments=CommentRules(
        region=(".responsesStream, .responsesStreamWrapper, .js-responsesStreamWrapper",),
        item=(
            ".responsesStream .streamItem, .responsesStreamWrapper .streamItem",
            ".responsesStream .postArticle--response",
        ),
        identity=r"^([0-9a-f]{10,12})$|-([0-9a-f]{10,12})(?:\?|$)",
        author=("a[data-action=show-user-card]:not(:has(img))", ".postMetaInline a[href*='/@']"),
        date=(".postMetaInline time, time[datetime]",),
        body=(".postArticle-content .section-inner", ".postArticle-content"),
        permalink=(".postMetaInline a:has(time), a[href]:has(> time)",),
        avatar=(".avatar-image, img.avatar",),
        furniture=(".postMetaInline, .js-actionRecommend, .buttonSet, .u-paddingTop10 > .u-clearfix",),
    ),
)
