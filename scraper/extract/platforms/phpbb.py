"""phpBB 2 and 3, 2002 to today.

Sources: viewtopic_body of subSilver (phpBB 2), subsilver2 and prosilver (phpBB 3.0 to 3.3).
"""

from scraper.extract.platforms.rules import CommentRules, Platform

PHPBB = Platform(
    name="phpbb",
    valid_from=2002,
    valid_until=None,
    signs=(
        "body#phpbb, .postprofile",
        "span.postbody, td.postbody",
    ),
    kinds=(
        (".post .postbody, .postprofile, .postbody", "post"),
        ("ul.topiclist, .topictitle, .forumtitle, a.forumlink", "listing"),
    ),
    title=("h2.topic-title", "#page-body h2", "a.maintitle", "h1.topic-title", ".titles"),
    comments=CommentRules(
        is_topic=True,
        item=(
            ".post:has(.postbody)",
            "table.tablebg:has(a[name^=p]):has(.postbody)",
            "tr:has(> td > .name > a[name])",
        ),
        identity=r"^(?:p|profile|post_?)(\d+)$|#p?(\d+)$|[?&]p=(\d+)",
        author=(
            ".postprofile .username, .postprofile .username-coloured",
            ".author .username, .author .username-coloured",
            ".postprofile dt a:not(.avatar)",
            ".postauthor",
            ".name b, .name",
            ".author strong, .postprofile strong",
        ),
        date=(
            ".author time",
            "time[datetime]",
            ".author",
            ".postbody .author",
            ".postdate",
            "a[href*='#'] + .postdetails",
            "td.gensmall",
        ),
        body=(".postbody .content", ".content", "div.postbody", "td .postbody"),
        subject=(".postbody h3", ".postsubject"),
        permalink=(".author a[href*='#p']", ".postbody h3 a[href*='#p']", "a[href*='viewtopic'][href*='#']"),
        avatar=(".postprofile img.avatar, .avatar img, .postavatar img",),
        reply_to=(".content > blockquote cite a[href*='p=']", ".content > blockquote cite a[data-post-id]"),
        furniture=(
            ".signature, .notice, .post-buttons, .postprofile, .author, .postbody > h3, .profile-icons",
            ".codebox > p, .codehead, .dl-list-signature, .postlink-local-hint, .back2top, .thanks, .postreactions",
            "cite > a[data-post-id]",
        ),
        pages=(".pagination a", ".gensmall a[href*='start=']", ".nav a[href*='start=']"),
    ),
    comment_page_parameters=("start",),
    first_comment_page=0,
    twin_parameters=("sid", "view", "hilit", "sd", "st", "sk"),
)
