"""Movable Type's export is read section by section."""

from __future__ import annotations

from io import BytesIO

from scraper.parse.exports.kinds import kind_of_export
from scraper.parse.exports.movable_type import read_movable_type
from scraper.parse.exports.values import ExportedPerson, ExportedPost, LeftOut, without_contacts

ENTRY = """AUTHOR: Ann Lee
TITLE: Slow bread
BASENAME: slow_bread
STATUS: {status}
ALLOW COMMENTS: 1
CONVERT BREAKS: {breaks}
ALLOW PINGS: 1
PRIMARY CATEGORY: Baking
CATEGORY: Baking
CATEGORY: Rye
DATE: 05/14/2012 10:04:00 PM
TAGS: rye,"sour dough"
-----
BODY:
First words.

STATUS: this is text.
-----
EXTENDED BODY:
More words.
-----
EXCERPT:

-----
KEYWORDS:

-----
COMMENT:
AUTHOR: Bob
EMAIL: bob@mail.example
IP: 192.0.2.7
URL: https://bob.example/
DATE: 05/15/2012 08:00:00 AM
Good bread.
URL: no more a field.
-----
PING:
TITLE: On bread
URL: https://other.example/on-bread
IP: 192.0.2.8
BLOG NAME: Other
DATE: 05/16/2012 08:00:00 AM
An excerpt.
-----
--------
"""


def read(text: str, base: str | None = None) -> list[object]:
    return list(read_movable_type(BytesIO(text.encode()), base))


def entry(status: str = "Publish", breaks: str = "1") -> str:
    return ENTRY.format(status=status, breaks=breaks)


def test_an_entry_has_its_values_and_its_text() -> None:
    (found,) = read(entry())
    assert isinstance(found, ExportedPost)
    assert (found.title, found.authors, found.published) == (
        "Slow bread",
        (ExportedPerson("Ann Lee"),),
        "2012-05-14T22:04:00",
    )
    assert (found.categories, found.tags) == (("Baking", "Rye"), ("rye", "sour dough"))
    assert found.html == "First words.\n\nSTATUS: this is text.\n\nMore words."
    assert found.breaks


def test_what_is_private_of_commenters_can_be_left_out() -> None:
    (found,) = read(entry())
    assert isinstance(found, ExportedPost)
    comment, ping = found.comments
    assert (comment.author, comment.author_url, comment.html) == (
        "Bob",
        "https://bob.example/",
        "Good bread.\nURL: no more a field.",
    )
    assert (ping.kind, ping.author, ping.subject, ping.html) == ("trackback", "Other", "On bread", "An excerpt.")
    assert [(each.email, each.ip) for each in found.comments] == [
        ("bob@mail.example", "192.0.2.7"),
        (None, "192.0.2.8"),
    ]
    assert "mail.example" not in str(without_contacts(found))
    assert "192.0.2" not in str(without_contacts(found))


def test_addresses_are_those_of_the_default_templates() -> None:
    (placed,), (named,) = read(entry(), "https://blog.example"), read(entry())
    assert isinstance(placed, ExportedPost)
    assert isinstance(named, ExportedPost)
    assert placed.url == "https://blog.example/2012/05/slow_bread.html"
    assert named.url == "urn:movabletype:2012-05-14T22:04:00:slow_bread"


def test_a_stated_address_comes_first() -> None:
    text = entry().replace("STATUS:", "UNIQUE URL: https://blog.example/own.html\nSTATUS:", 1)
    (found,) = read(text, "https://blog.example")
    assert isinstance(found, ExportedPost)
    assert found.url == "https://blog.example/own.html"


def test_drafts_are_left_out_with_their_comments() -> None:
    found = read(entry("Draft") + entry())
    assert [each.reason for each in found if isinstance(each, LeftOut)] == [
        "not published: draft",
        "comment on what is left out",
        "comment on what is left out",
    ]
    assert len(found) == 4


def test_an_entry_that_is_cut_short_is_damaged() -> None:
    found = read(entry() + entry()[:260])
    assert [type(each) for each in found] == [ExportedPost, LeftOut]


def test_it_is_known_by_its_beginning_and_a_text_is_not_taken_for_it() -> None:
    assert kind_of_export(entry().encode()) == "movable_type"
    assert kind_of_export(entry().replace("\n", "\r\n").encode()) == "movable_type"
    assert kind_of_export(b"TITLE: A dump\nBy: Ann\n\nWords.\n") is None
