"""Blogger's two exports are read alike."""

from __future__ import annotations

from io import BytesIO

from scraper.parse.exports.blogger import read_blogger
from scraper.parse.exports.kinds import kind_of_export
from scraper.parse.exports.values import ExportedPost, LeftOut, Made

KIND = "http://schemas.google.com/blogger/2008/kind#"
OLD = """<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'
 xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:app='http://purl.org/atom/app#'
 xmlns:gd='http://schemas.google.com/g/2005'><id>tag:blogger.com,1999:blog-1.archive</id>
<updated>2024-03-20T12:00:00.000Z</updated><title type='text'>Bread</title>{entries}</feed>"""
NEW = """<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'
 xmlns:blogger='http://schemas.google.com/blogger/2018'><id>tag:blogger.com,1999:blog-1</id><title>Bread</title>
{entries}</feed>"""


def old(kind: str, number: int, more: str = "") -> str:
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><published>2012-05-14T10:04:00.000+02:00</published>
<updated>2012-05-15T10:04:00.000+02:00</updated>
<category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}{kind}'/>
<title type='text'>Entry {number}</title><content type='html'>&lt;p&gt;Words &amp;amp; more {number}.&lt;/p&gt;</content>
<author><name>Ann</name><uri>https://www.blogger.com/profile/77</uri><email>noreply@blogger.com</email></author>
{more}</entry>"""


def new(kind: str, number: int, more: str = "", status: str = "LIVE") -> str:
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><blogger:type>{kind}</blogger:type>
<blogger:status>{status}</blogger:status><author><name>Ann</name><uri>https://www.blogger.com/profile/77</uri>
<blogger:type>BLOGGER</blogger:type></author><title>Entry {number}</title>
<content type='html'>&lt;p&gt;Words {number}.&lt;/p&gt;</content><published>2019-01-02T03:04:05Z</published>
{more}</entry>"""


POST_LINK = "<link rel='alternate' href='https://bread.example/2012/05/rye.html'/>"
ON_POST = "<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-2' href='https://bread.example/2012/05/rye.html'/>"
RELATED = "<link rel='related' href='https://www.blogger.com/feeds/1/2/comments/default/3'/>"


def read(template: str, *entries: str, base: str | None = None) -> list[object]:
    return list(read_blogger(BytesIO(template.format(entries="".join(entries)).encode()), base))


def posts(found: list[object]) -> list[ExportedPost]:
    return [each for each in found if isinstance(each, ExportedPost)]


def left(found: list[object]) -> list[str]:
    return [each.reason for each in found if isinstance(each, LeftOut)]


def test_comments_stand_under_their_post_whatever_comes_first() -> None:
    entries = [old("comment", 3, ON_POST), old("post", 2, POST_LINK), old("comment", 4, ON_POST + RELATED)]
    found = read(OLD, *entries)
    (post,) = posts(found)
    assert (post.url, post.title, post.html) == (
        "https://bread.example/2012/05/rye.html",
        "Entry 2",
        "<p>Words &amp; more 2.</p>",
    )
    assert [(each.id, each.parent) for each in post.comments] == [("3", None), ("4", "3")]
    assert post.comments[0].by_post_author
    assert Made("2024-03-20T12:00:00.000Z") in found


def test_labels_are_tags_and_the_kind_is_none() -> None:
    label = "<category scheme='http://www.blogger.com/atom/ns#' term='Rye'/>"
    assert posts(read(OLD, old("post", 2, POST_LINK + label)))[0].tags == ("Rye",)


def test_drafts_settings_and_removed_comments_are_left_out_by_name() -> None:
    removed = "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>"
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    entries = [
        old("settings", 1),
        old("post", 2, draft),
        old("post", 5, POST_LINK),
        old("comment", 6, ON_POST + removed),
    ]
    found = read(OLD, *entries)
    assert left(found) == ["of type settings", "not published: draft", "removed comment"]
    assert len(posts(found)) == 1


def test_a_comment_on_a_draft_is_counted() -> None:
    assert left(read(OLD, old("comment", 3, ON_POST))) == ["comment on what is left out"]


def test_takeouts_posts_are_placed_below_the_blogs_address() -> None:
    entry = new("POST", 2, "<blogger:filename>/2019/01/rye.html</blogger:filename>")
    assert posts(read(NEW, entry, base="https://bread.example/"))[0].url == "https://bread.example/2019/01/rye.html"
    assert posts(read(NEW, entry))[0].url == "tag:blogger.com,1999:blog-1.post-2"


def test_posts_that_link_to_each_other_tell_where_their_blog_is() -> None:
    def entry(number: int, to: int) -> str:
        link = f'&lt;a href="https://bread.example/2019/01/{to}.html"&gt;more&lt;/a&gt;'
        made = new("POST", number, f"<blogger:filename>/2019/01/{number}.html</blogger:filename>")
        return made.replace("Words", f"Words and {link}")

    def urls(*entries: str) -> list[str]:
        return [post.url for post in posts(read(NEW, *entries))]

    assert urls(entry(2, 3), entry(3, 2)) == [
        "https://bread.example/2019/01/2.html",
        "https://bread.example/2019/01/3.html",
    ]
    assert urls(entry(2, 3), entry(3, 3)) == [
        "tag:blogger.com,1999:blog-1.post-2",
        "tag:blogger.com,1999:blog-1.post-3",
    ]


def test_takeouts_comments_have_parents() -> None:
    on = "<blogger:parent>tag:blogger.com,1999:blog-1.post-2</blogger:parent>"
    answer = "<blogger:inReplyTo>tag:blogger.com,1999:blog-1.post-3</blogger:inReplyTo>"
    found = read(
        NEW, new("POST", 2), new("COMMENT", 3, on), new("COMMENT", 4, on + answer), new("COMMENT", 5, on, "SPAM")
    )
    assert [(each.id, each.parent) for each in posts(found)[0].comments] == [("3", None), ("4", "3")]
    assert left(found) == ["spam comment"]


def test_both_are_known_by_their_beginning_and_a_feed_is_not_taken_for_them() -> None:
    assert kind_of_export(OLD.encode()) == kind_of_export(NEW.encode()) == "blogger"
    assert kind_of_export(OLD.replace("blog-1.archive", "blog-1").encode()) is None
