"""WoltLab Suite Forum (Burning Board) 4 to 6, 2013 to today.

Source: the templates threadPostList and wbbPost as served.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

WOLTLAB = Platform(
    name="woltlab",
    valid_from=2013,
    valid_until=None,
    signs=(".wbbPost, .wbbThreadList, .wbbBoardList",),
    kinds=(("article.wbbPost", "post"), (".wbbThreadList, .wbbBoardList", "listing")),
    title=(".contentHeaderTitle h1.contentTitle", "h1.contentTitle", "header h1"),
    tags=(".tagList a.tag, .tagList a",),
    comments=CommentRules(
        is_topic=True,
        item=("article.wbbPost",),
        identity=r"#post(\d+)|postID=(\d+)|^post(\d+)$",
        author=(".messageAuthorContainer .username", ".messageAuthor .username", ".username"),
        date=(".messagePublicationTime time", ".messageHeader time", "time[datetime]"),
        body=(".messageBody .messageText", ".messageText", ".htmlContent"),
        permalink=(".messagePublicationTime a, .messageHeaderMetaData a.permalink", "a[href*='#post']"),
        avatar=(".userAvatar img",),
        reply_to=(
            ".quoteBox .quoteBoxTitle a[href*='postID=']",
            ".quoteBox[cite*='postID='], blockquote[cite*='postID=']",
        ),
        furniture=(".messageSignature, .messageFooter, .messageFooterNotes, .quoteBoxExpand, .toggleButton",),
        pages=(".pagination a, .pageNavigation a",),
    ),
    comment_page_parameters=("pageNo",),
    twin_parameters=("postID",),
)
