"""Discuz! X, 2010 to today.

Source: forum/viewthread_node.htm and viewthread.htm of its default template.
"""

from scraper.extract.platforms.rules import CommentRules, Platform

DISCUZ = Platform(
    name="discuz",
    valid_from=2010,
    valid_until=None,
    generator=r"^discuz",
    signs=("#postlist .plhin", "#threadlisttableid"),
    kinds=(("#postlist .t_f, #postlist .plhin", "post"), ("#threadlist, #threadlisttableid, .fl_tb", "listing")),
    title=("#thread_subject",),
    comments=CommentRules(
        is_topic=True,
        item=("table.plhin[id^=pid]",),
        identity=r"^pid(\d+)$|[?&]pid=(\d+)",
        author=(".favatar .authi a", ".authi a.xi2, .authi a.xw1", ".favatar .pi a, .favatar .pi"),
        date=("[id^=authorposton] span[title]", "[id^=authorposton]"),
        body=(".t_f", ".pcb .locked, .pcb"),
        permalink=("a[id^=postnum]",),
        avatar=(".avatar img",),
        reply_to=(".t_f .quote a[href*='pid=']",),
        hidden=(".psth .needverify",),
        furniture=(".pstatus, .aimg_tip, .tip, .jammer, .quote > a",),
        pages=(".pg a",),
    ),
    comment_page=(r"(?<=-)(?P<first>\d+)(?=-\d+\.html$)",),
    comment_page_parameters=("page",),
    twin_parameters=("extra", "mobile", "ordertype"),
)
