"""Stack Exchange: questions with their answers, and the comments on both, 2010 to today.

Source: the markup of the question pages as served.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

STACK_EXCHANGE = Platform(
    name="stackexchange",
    valid_from=2010,
    valid_until=None,
    signs=("#question[data-questionid], #question .js-post-body, #question .post-text",),
    kinds=(("#question", "post"), (".question-summary, .s-post-summary", "listing")),
    title=("#question-header h1", "h1"),
    tags=("#question .post-tag, .js-post-tag-list-item a",),
    comments=CommentRules(
        is_topic=True,
        opening=("#question",),
        item=("#answers .answer[id^=answer-], #answers li.comment[id^=comment-], #question li.comment[id^=comment-]",),
        identity=r"(?:answer|comment)-(\d+)|#(?:comment)?(\d+)",
        author=(
            ".post-signature.owner .user-details a, .owner .user-details a",
            ".comment-user",
            ".post-signature:last-child .user-details [itemprop=name]",
            ".post-signature:last-child .user-details a[href*='/users/']",
            ".user-details a[href*='/users/']",  # the other link of a post that all may edit is to its revisions
        ),
        date=(
            ".comment-date .relativetime-clean, .comment-date [title]",
            ".post-signature.owner .relativetime",
            ".post-signature:last-child .relativetime",
            ".user-action-time .relativetime",
            "time[itemprop=dateCreated]",
        ),
        body=(".js-post-body", ".post-text", ".comment-copy", ".s-prose"),
        votes=(".js-vote-count", ".comment-score span, .comment-score"),
        permalink=(".js-share-link", ".comment-link, a[href*='#comment']"),
        avatar=(".gravatar-wrapper-32 img, .gravatar-wrapper-24 img",),
        pages=(".pager-answers a",),
    ),
    comment_page_parameters=("page",),
    twin_parameters=("answertab", "tab", "lq", "rq", "noredirect"),
)
