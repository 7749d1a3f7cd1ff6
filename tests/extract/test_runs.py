"""Comments without an element of their own are runs of siblings, each with all that belongs to it."""

from __future__ import annotations

import re
from itertools import product

import pytest

from scraper.extract.threads.runs import SOME_TIME
from scraper.model import Comment
from tests.extract.pages import plain, read, wordpress

SAID = [("Ines", "I agree with all of it."), ("Otto", "I do not, as you know."), ("Wanda", "Nor do I, sadly.")]


def told(comments: tuple[Comment, ...]) -> list[tuple[str | None, str, str | None]]:
    return [(each.author, each.text, each.published.iso if each.published else None) for each in comments]


EXPECTED = [(name, words, f"2011-03-0{n}T10:04") for n, (name, words) in enumerate(SAID, 1)]


def blogger(term: str) -> str:
    rows = "".join(
        f"<dt id=c90{n}>{term.format(name)}</dt><dd class=comment-body><p>{words}</p></dd>"
        f"<dd class=comment-footer><a href='#c90{n}'>March {n}, 2011 10:04 AM</a></dd>"
        for n, (name, words) in enumerate(SAID, 1)
    )
    return f"<div id=comments><h4>3 comments:</h4><dl id=comments-block>{rows}</dl></div>"


@pytest.mark.parametrize("term", ["<a href='https://x.example/'>{}</a> said...", "{} said...", "<b>{}</b>"])
def test_a_term_has_the_definitions_after_it(term: str) -> None:
    comments = read(plain(comments=blogger(term))).comments
    assert told(comments) == EXPECTED
    assert [each.id for each in comments] == ["901", "902", "903"]


def test_a_definition_list_in_a_definition_holds_answers() -> None:
    def row(number: int, inside: str = "") -> str:
        return (
            f"<dt class=comment id=comment-{number}><span class=comment_author>Ines</span> "
            f"<span class=comment_time>March {number}, 2011 at 10:04 am</span></dt>"
            f"<dd class=comment><div class=format_text id=comment-body-{number}><p>Words {number}.</p></div>{inside}</dd>"
        )

    page = read(wordpress(f"</ol><dl id=comment_list>{row(1, f'<dl>{row(2)}</dl>')}{row(3)}</dl><ol>"))
    assert [(each.id, each.parent, each.text) for each in page.comments] == [
        ("1", None, "Words 1."),
        ("2", 0, "Words 2."),
        ("3", None, "Words 3."),
    ]


ENDINGS = [
    "<p class=posted>Posted by: <a href='https://x.example/'>{}</a> | March {}, 2011 10:04 AM</p>",
    "<p class=posted>Posted by {} at March {}, 2011 10:04 AM</p>",
    "<p><small>{} &mdash; March {}, 2011 10:04 AM</small></p>",
]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("start", ["<a id=c70{}></a>", ""])
def test_paragraphs_belong_to_the_line_with_the_time_below_them(start: str, ending: str) -> None:
    rows = "".join(
        start.format(n) + f"<p>{words}</p>" + ending.format(name, n) for n, (name, words) in enumerate(SAID, 1)
    )
    page = read(plain(comments=f"<h2>Comments</h2>{rows}<h2>Post a comment</h2><p>Be polite, please, all of you.</p>"))
    assert told(page.comments) == EXPECTED
    assert page.post is not None
    assert "agree" not in page.post.text


def test_paragraphs_belong_to_the_line_with_the_time_above_them() -> None:
    rows = "".join(
        f"<h3>A title</h3><div class=top>By {name}, March {n}, 2011 10:04 AM</div><div class=said>{words}</div>"
        for n, (name, words) in enumerate(SAID, 1)
    )
    assert told(read(plain(comments=f"<h2>3 Comments</h2><div>{rows}</div>")).comments) == EXPECTED


def test_a_form_or_a_text_below_each_comment_is_no_comment() -> None:
    rows = "".join(
        f"<div><div><b>{name}</b></div><div>March {n}, 2011 10:04 AM</div><div>{words}</div></div>"
        f"<div id=comment_reply_form_{n}><form><input name=a></form></div>"
        for n, (name, words) in enumerate(SAID, 1)
    )
    assert told(read(plain(comments=f"<h2>3 Responses</h2><div id=displayed>{rows}</div>")).comments) == EXPECTED


def test_a_time_without_a_day_is_found_where_its_plain_spelling_finds_it() -> None:
    clock = r"(?:^|[\s@])[0-2]?\d[:.][0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?)?$"
    numbers = r"(?<!\d)\d\d?([./-])\d\d?\1(?:19|20)?\d\d(?!\d)"
    plain = re.compile(f"{clock}|{numbers}", re.I)
    found = 0
    for parts in product(
        ("", "at ", "x", "1", "@", "3."),
        ("1", "9", "12", "32", "012"),
        (":", ".", "/", "-"),
        ("04", "7", "64"),
        ("", ":59", " pm", "A.M.", ".2012", "/12", "-1", "x", " 1"),
    ):
        text = "".join(parts)
        assert bool(SOME_TIME.search(text)) == bool(plain.search(text)), text
        found += bool(plain.search(text))
    assert found > 200
