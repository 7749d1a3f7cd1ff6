"""Disqus's comments stand under the addresses of their posts."""

from __future__ import annotations

from io import BytesIO

from scraper.parse.exports.disqus import read_disqus
from scraper.parse.exports.values import ExportedPost, LeftOut, without_contacts

DISQUS = """<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com"
 xmlns:dsq="http://disqus.com/disqus-internals"><category dsq:id="1"><forum>bread</forum></category>{records}</disqus>"""


def thread(number: int, link: str = "") -> str:
    return f"""<thread dsq:id="{number}"><id>own-{number}</id><link>{link or f"https://blog.example/post-{number}"}</link>
<title>Post {number}</title><createdAt>2012-05-14T10:00:00Z</createdAt></thread>"""


def post(number: int, on: int, parent: int = 0, flag: str = "") -> str:
    above = f'<parent dsq:id="{parent}"/>' if parent else ""
    return f"""<post dsq:id="{number}"><message><![CDATA[<p>Remark {number} &amp; more.</p>]]></message>
<createdAt>2012-05-15T10:00:0{number}Z</createdAt><author><name>Bob</name><email>bob@mail.example</email>
<isAnonymous>false</isAnonymous><username>bob1</username></author><ipAddress>192.0.2.7</ipAddress>
{flag}<thread dsq:id="{on}"/>{above}</post>"""


def read(*records: str) -> list[object]:
    return list(read_disqus(BytesIO(DISQUS.format(records="".join(records)).encode())))


def test_comments_are_under_their_thread_with_parents() -> None:
    (found,) = read(thread(1), post(2, 1), post(3, 1, parent=2))
    assert isinstance(found, ExportedPost)
    assert (found.url, found.kind, found.title, found.html) == ("https://blog.example/post-1", "thread", "Post 1", "")
    assert [(each.id, each.parent) for each in found.comments] == [("2", None), ("3", "2")]
    first = found.comments[0]
    assert (first.author, first.author_url) == ("Bob", "https://disqus.com/by/bob1/")
    assert (first.html, first.published) == ("<p>Remark 2 &amp; more.</p>", "2012-05-15T10:00:02Z")
    assert (first.email, first.ip) == ("bob@mail.example", "192.0.2.7")
    assert "mail.example" not in str(without_contacts(found))


def test_deleted_and_spam_and_threads_without_comments_are_left_out_by_name() -> None:
    deleted, spam = "<isDeleted>true</isDeleted>", "<isDeleted>false</isDeleted><isSpam>true</isSpam>"
    found = read(thread(1), thread(2), post(3, 1, flag=deleted), post(4, 1, flag=spam), post(5, 1), post(6, 9))
    reasons = [each.reason for each in found if isinstance(each, LeftOut)]
    assert reasons == ["deleted comment", "spam comment", "a thread without comments", "comment on an unknown post"]


def test_two_threads_of_one_post_are_one() -> None:
    (found,) = read(thread(1, "https://blog.example/a"), thread(2, "https://blog.example/a"), post(4, 2), post(3, 1))
    assert isinstance(found, ExportedPost)
    assert [each.id for each in found.comments] == ["3", "4"]


def test_a_thread_without_an_address_is_told_of_with_its_comments() -> None:
    found = read(thread(1, "javascript:alert(1)"), post(2, 1))
    assert [each.part_of_post for each in found if isinstance(each, LeftOut)] == [False, True]
