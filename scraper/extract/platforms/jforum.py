"""JForum 2, 2004 to today.

Sources: post_show.htm and post_show_action_buttons_inc.htm of its default template. A message is a run of table rows:
time and subject, then who and what.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

JFORUM = Platform(
    name="jforum",
    valid_from=2004,
    valid_until=None,
    generator=r"^jforum",
    signs=(".postinfo > .action",),
    kinds=((".postinfo > .action", "post"),),
    title=(".maintitle a", ".maintitle"),
    comments=CommentRules(
        is_topic=True,
        item=("tr:has(> td > .postinfo)",),
        is_head=True,
        identity=r"#(\d+)$",
        author=(".genmed b, .genmed strong",),
        date=(".postinfo > .date",),
        subject=(".postinfo > .subject a[name]",),
        body=(".postbody",),
        permalink=(".postinfo > .date a[href*='#']",),
        furniture=(".edit_area ~ *",),
        pages=(".pagination a, a.nav[href*='/posts/list/']",),
    ),
    comment_page=(r"(?<=/posts/list/)(\d+)/(?=\d+\.page$)",),
    first_comment_page=0,
)
