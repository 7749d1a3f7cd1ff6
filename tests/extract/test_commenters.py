"""The name of who wrote a comment, wherever a theme puts it; none where there is none."""

from __future__ import annotations

import pytest

from scraper.extract.threads.comment_words import FURNITURE, SPACES_OF_FURNITURE
from tests.extract.pages import plain, read, seconds_to_read

TIME = "March 1, 2011 10:04 AM"


def author_in(line: str) -> str | None:
    comment = f"<div class=comment id=comment-1>{line}<div class=comment-body>Words of a comment.</div></div>"
    comments = read(plain(comments=f"<div id=comments>{comment}</div>")).comments
    assert [each.text for each in comments] == ["Words of a comment."]
    return comments[0].author


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"<p>Posted by: Ines Berg | {TIME}</p>", "Ines Berg"),
        ("<div class=benutzer>Ines Berg</div><div class=datum>01.03.2011, 10.04 Uhr</div>", "Ines Berg"),
        ("<div>01.03.2011, 10.04 Uhr</div>", None),
        (f"<p>2. Ines Berg - {TIME}</p>", "Ines Berg"),
        (f"<div class=commentname><b class=count>2</b> <cite>Ines Berg</cite> says:</div><i>{TIME}</i>", "Ines Berg"),
        (f"<p>At {TIME}, Ines Berg said...</p>", "Ines Berg"),
        ("<p>Soumis par Ines Berg, le 1 mars 2011 à 10h04</p>", "Ines Berg"),
        (f"<div><i>{TIME}</i> &mdash; Sam</div>", "Sam"),
        (f"<p>By Ines Berg</p><p>{TIME} | <a href='#comment-1'>Link to this</a></p>", "Ines Berg"),
        (f"<p><span>28-Berg</span> <i>{TIME}</i></p>", "28-Berg"),
        (f"<p>by <a href='/u/ines'>Ines</a> on <i>{TIME}</i> <a href='#'>reply</a></p>", "Ines"),
        (
            f"<div class=author><a href='/b'>Gold member</a> <a href='/users/ines'>Ines</a> <i>9 fans</i></div>{TIME}",
            "Ines",
        ),
        (f"<p class=parent>In reply to <a class=username href='/users/otto'>Otto</a></p><p>Ines | {TIME}</p>", "Ines"),
        ("<div class=author><a href='#1'>#</a> posted by Ines Berg : 11:58 AM</div>", "Ines Berg"),
        (
            f"<div class=comment-author><p><a href='#comment-1'>{TIME}</a></p><p><a href=//ines.example>Ines</a></p></div>",
            "Ines",
        ),
        ("<p class=author><a href='/u/ines'>Ines Berg</a> Posted: 11/6/2012 7:23am</p>", "Ines Berg"),
        (
            "<p>Words.</p><p><cite>Comment by <a href=//i.example>Ines Berg</a> &#8212; 17.07, 2011 @ 13:04</cite></p>",
            "Ines Berg",
        ),
        ("<p class=author><span>&lt;span class=name&gt;Ines Berg&lt;/span&gt;</span></p>", "Ines Berg"),
        (f"<p><time>Posted on {TIME}</time> <span class=meta>| Ines Berg</span></p>", "Ines Berg"),
        (f"<p><a href='#1.1'>#1.1</a> - {TIME}</p>", None),
        (
            f"<div class='wc-comment-author '>Ines Berg</div><div class=votes><b>Up</b><b>6</b></div><i>{TIME}</i>",
            "Ines Berg",
        ),
        (f"<p>{TIME} <a href='#'>Reply</a></p>", None),
        (f"<p>{TIME}</p>", None),
    ],
)
def test_a_name_beside_the_time_is_the_commenters(line: str, name: str | None) -> None:
    assert author_in(line) == name


def test_words_of_a_short_comment_beside_its_time_are_no_name() -> None:
    body = f"<div class=comment-body><div class=comment_time>{TIME}</div>Change at last!</div>"
    comments = read(plain(comments=f"<div id=comments><div class=comment id=comment-1>{body}</div></div>")).comments
    assert [(each.author, each.text) for each in comments] == [(None, "Change at last!")]


def test_furniture_has_few_words() -> None:
    assert FURNITURE.fullmatch("Reply to this comment")
    assert max(words.count(" ") for words in FURNITURE.pattern.split("|")) == SPACES_OF_FURNITURE


def test_words_in_a_names_place_that_nearly_end_in_a_time_take_linear_time() -> None:
    for words in (" posted", " says", ":"):
        line = f"<b class=author>Ines{words * 40_000}x</b><i>{TIME}</i>"
        comment = f"<div class=comment id=comment-1>{line}<div class=comment-body>Words of a comment.</div></div>"
        assert seconds_to_read(plain(comments=f"<div id=comments>{comment}</div>")) < 2
