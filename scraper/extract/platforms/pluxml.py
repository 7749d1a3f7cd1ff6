"""PluXml 5, 2009 to today.

Sources: article.php and commentaires.php of its theme 'defaut'. A comment is named by its post and the second of its
writing.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

PLUXML = Platform(
    name="pluxml",
    valid_from=2009,
    valid_until=None,
    signs=(".content_com, #com-type, footer a[href*='pluxml.org'], .footer a[href*='pluxml.org']",),
    title=("article h1, article h2",),
    body=(".article-content, .art-chapo + .art-content",),
    published=("article time[datetime]", ".article-info p", ".article-info"),
    tags=(".article-info a[href*='/tag/'], .art-tags a, .tags a",),
    categories=(".article-info a[href*='/categorie'], .art-cat a, .classified-in a",),
    author_box=(".author-infos",),
    bio=(".author-infos",),
    chrome=((".article-info", "byline"),),
    comments=CommentRules(
        region=("#comments", "#form", "form[action*='#form']"),
        item=("div[id^=c]:has(> blockquote.comment)", ".comment[id^=c]", "div[id^=c]:has(.content_com)"),
        identity=r"(?:^|#)(c\d+-\d+(?:-\d+)?)$",
        date=("time[datetime]", "small"),
        body=(".content_com", "blockquote"),
        permalink=("small > a[href*='#c']", "a.num-com"),
        furniture=("small",),
    ),
)
