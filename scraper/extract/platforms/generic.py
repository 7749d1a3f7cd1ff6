"""What any page may show: class names, microformats and microdata that recur across engines and years.

Sources: microformats.org (hentry, h-entry, hcard), schema.org (Article, Comment), and the class names that engines
share by habit. Used where no platform is known, and for the fields that a platform's file leaves open.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

# What the markup itself calls a comment.
DECLARED = (
    "[itemprop=comment], [itemtype$='/Comment'], [itemtype$='/UserComments'], [typeof$=Comment], .u-comment.h-cite, "
    ".u-comment.h-entry"
)
GENERIC = Platform(
    name="generic",
    valid_from=1999,
    valid_until=None,
    title=(
        "h1[itemprop=headline], h1[itemprop=name]",
        "h1.entry-title, h1.post-title, h1.article-title, h1.p-name, h1.headline, h1.title",
        ".h-entry > .p-name, .hentry .entry-title",
    ),
    subtitle=(
        (
            ".subtitle, .entry-subtitle, .article-subtitle, .subheadline, .standfirst, "
            ".article__standfirst, .dek, [itemprop=alternativeHeadline]"
        ),
    ),
    body=(
        "[itemprop=articleBody]",
        ".e-content, .entry-content",
        (
            ".post-content, .article-content, .article-body, .post-body, .entry-body, .article__body, "
            ".article__content, .post__content"
        ),
        ".story-body, .blog-post-content, .content-body, .asset-body, .articlebody, .article_body, .post_content",
    ),
    published=("[itemprop=datePublished]", ".dt-published"),
    tags=(
        "a[rel~=tag]:not([rel~=category], [href*='/category/'])",
        ".tags a, .post-tags a, .article-tags a, .entry-tags a, .p-category",
    ),
    categories=("a[rel~=tag][href*='/category/']",),
    author_box=(
        ".about-the-author, .about-author, .author-bio, .author-box, .author-info, .author-profile, .post-author-bio",
        (
            ".bio-box, .authorbox, .author_box, .author-card, .author-description, #author-bio, "
            "#about-author, .article-author-bio, #post-author, #postauthor, #author-box, #authorbox"
        ),
        ".author-block, .autorenbox, .author__bio, .post-author-box, .post-author, .post__author, .user-profile",
        ".Profile .widget-content, .profile-datablock, .author-profile-card, .byline-bio, .contributor-bio",
    ),
    author_name=(
        "[itemprop=name]",
        ".fn",
        ".author-name, .author__name, .name, .profile-data, .profile-name-link, .author-card-name",
        "[rel=author]",
        "h2, h3, h4, h5",
        "strong, b",
    ),
    bio=(
        "[itemprop=description]",
        ".author-bio__text, .author-description, .bio, .description, .note, .author__bio, .author-bio-text",
        ".profile-textblock, .author-card-bio, .author-profile-bio, [class*=desc], [class*=bio]",
        "p",
    ),
    picture=("img, amp-img",),
    comments=CommentRules(
        region=(
            "#comments, #disqus_thread, #respond, #comment-form, #commentform",
            (
                ".comments-area, .comments, .comment-list, .commentlist, .comment-respond, .comments-section, "
                ".comment-section"
            ),
            (
                "#comment-list, #commentlist, #comments-list, #comment_list, .comments-list, .comments-wrapper, "
                ".post-comments, #kommentare, .kommentare"
            ),
        ),
        item=(
            DECLARED,
            "li.comment, div.comment, article.comment, section.comment, .h-cite.comment, .p-comment",
            "[id^=comment-], [id^=comment_], [id^=Comment], [id^=cmt-], [id^=kommentar]",
            (
                ".comment-item, .comment_item, .comment-wrap, .comment-container, .commentItem, "
                ".single-comment, .comment-block, .comment-entry, .kommentar"
            ),
            ".idc-c[id^=IDComment], div:has(> .cusdis-comment-content)",  # IntenseDebate, Cusdis
            "[id^=comment]",
        ),
        identity=(
            r"(?:comment|cmt|kommentar|comentario|commentaire)[-_/=]?(?:id[-_=]?|card-)?([\da-f]{20,}|\d{6}-\d{6}|\d+)\b"
            r"|#c(\d+)|^c(\d{4,})$|(?:^|#)id_([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$"
        ),
        author=(
            "[itemprop=author] [itemprop=name], [itemprop=author], [itemprop=creator] [itemprop=name]",
            "[typeof] [property$=author] [property$=name], [typeof] [property$=author], [typeof] [property$=creator]",
            ".fn, .p-author",
            ".h-card",
            (
                ".comment-author, .comment_author, .commenter, .commenter-name, .comment-author-name, "
                ".comment-name, .comment__author"
            ),
            (
                ".username, .user-name, .user_name, .author-name, .author_name, .poster, .author, .user, .nickname, "
                ".nick, .name, .comment-user, .commentauthor, .commentAuthor, .comment_author_name, .comment-by, .autor"
            ),
            ".comment-user-name, .commentname, .commento-name, .idc-a",
            "[class$=comment-author], [class*='comment-author ']",
            "[rel=author], cite",
        ),
        date=(
            "time[datetime]",
            "[itemprop=datePublished], [itemprop=dateCreated], [itemprop=commentTime], .dt-published",
            "[typeof] [property$=datePublished], [typeof] [property$=dateCreated]",
            (
                ".comment-date, .comment_date, .comment-time, .comment_time, .comment-timestamp, "
                ".commentdate, .commentDate, .commenttime, .comment__date, "
                ".date, .time, .timestamp, .datetime, .posted, .published, .datum"
            ),
            (
                ".comment-metadata, .comment-meta, .commentmetadata, .meta, .comment-info, .comment-header, "
                ".comment-footer, .info, .submitted, .comment-head"
            ),
            "[datetime], [content], abbr[title], span[title]",
            "a[href*='#comment'], a[href*='#c']",
        ),
        subject=(
            ".comment-title, .comment_title, .comtitle, .comment-subject, .comment_subject, .subject",
            "[itemprop=headline]",
        ),
        body=(
            "[itemprop=text], [itemprop=commentText], [itemprop=description]",
            "[typeof] [property=text], [typeof] [property$=':text']",
            ".e-content, .p-content",
            (
                ".comment-content, .comment-body, .comment-text, .comment_content, .comment_body, "
                ".comment_text, .comment__content, .comment__body, .comment__text"
            ),
            (
                ".commenttext, .commentext, .commentbody, .commentcontent, .comment-copy, .comment-message, "
                ".commentBody, .commentText, .commentContent, .comment-entry, .comment-inner, .cbody, "
                ".message, .text, .content, .body, .kommentartext"
            ),
            "[class*=comment-text], [class*=comment_text], [class*=comment-content], [class*=comment_content]",
            ".idc-c-t",
        ),
        permalink=(
            "a[rel=bookmark], a.permalink, a.comment-permalink, a.u-url:not(.h-card, .h-card a, .p-author a)",
            "a[href*='#comment'], a[href*='#c'], a[href*='comment=']",
        ),
        avatar=("img.avatar, img.photo, .avatar img, .u-photo, [itemprop=image]",),
        reply_to=(
            ".in-reply-to a, .inreply a, .reply-to a, .parent-link a, .response-to a, .replying-to a",
            ".comment-parent a",
        ),
        hidden=(".comment-awaiting-moderation",),
        ping=(".pingback", ".trackback", ".ping"),
        votes=(
            "[itemprop=upvoteCount]",
            ".comment-votes, .comment-score, .comment-karma, .vote-count, .votes-count, .wpd-vote-result",
        ),
        by_post_author=(".bypostauthor", ".by-author", ".post-author", ".author-comment", ".comment-by-author"),
        furniture=(
            (
                ".comment-author, .comment-meta, .commentmetadata, .comment-metadata, .vcard, .comment-header, "
                ".comment-info, .comment-footer, .comment-date"
            ),
            (
                ".reply, .comment-reply-link, .comment-edit-link, .reply-link, .says, .comment-actions, "
                ".actions, .comment-tools, .comment-links, .report"
            ),
            (
                ".comment-awaiting-moderation, .avatar, .signature, .sig, .comment-permalink, .permalink, .links, "
                ".vote, .votes, .rating, .likes, .share, .hidden, .commento-options"
            ),
        ),
        pages=(".comment-navigation a", ".comments-pagination a", "#comments .pager a", "#comments .pagination a"),
        count=(
            ".comments-title, .comment-count, .comments-count, .comments-header, #comments-title",
            "#comments > h2, #comments > h3, #comments > h4",
        ),
    ),
    comment_page=(r"/comment-page-(\d+)/?$",),
    comment_page_parameters=("cpage", "comment_page", "comments_page"),
    twin_parameters=("replytocom",),
)
