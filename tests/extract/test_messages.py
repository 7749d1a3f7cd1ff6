"""The messages of a forum's page are found by their times and names, whatever its software is."""

from __future__ import annotations

import time
from itertools import product
from string import ascii_lowercase

import pytest

from scraper.extract import extract_page
from scraper.model import Page
from tests.extract.pages import LINE, PROSE, text_of

TOPIC = "https://talk.example/forum/topic/17"
FIRST = "The boat has been out of the water since Whitsun, and the paint that I bought for it is dry by now, I fear."
SECOND = (
    "Then thin it with what is left in the tin from last year, and try it on a board before you do the boat itself."
)
THIRD = "I did that in March, and the board is fine, which is more than can be said of the boat and of the brush."


def row(name: str, text: str, at: str, tag: str = "div") -> str:
    return (
        f"<{tag} class=msg><b><a href='/user/{name.lower()}'>{name}</a></b> <small>Posts: 412</small> <i>{at}</i>"
        f"<div class=words>{text}</div><a href='/report'>Report</a></{tag}>"
    )


ROWS = (
    row("Hester", FIRST, "12 May 2014, 10:04")
    + row("Ines", SECOND, "12 May 2014, 11:30")
    + row("Bo", THIRD, "13 May 2014, 08:15")
)


def read(body: str, url: str = TOPIC) -> Page:
    return extract_page(f"<html><body><h1>Paint</h1>{body}</body></html>", url)


def test_the_first_is_the_post_and_the_others_its_comments() -> None:
    page = read(ROWS)
    assert page.post is not None
    assert (page.is_topic, page.post.text) == (True, FIRST)
    assert [byline.name for byline in page.post.bylines] == ["Hester"]
    shown = [(each.author, each.text, each.published and each.published.iso) for each in page.comments]
    assert shown == [("Ines", SECOND, "2014-05-12T11:30"), ("Bo", THIRD, "2014-05-13T08:15")]


def test_an_opening_message_with_markup_of_its_own_stands_before_them() -> None:
    opening = f"<section><h4>Hester</h4><time>12 May 2014, 10:04</time><p>{FIRST * 2}</p></section>"
    opening = opening.replace("<h4>Hester</h4>", "<span class=username>Hester</span>")
    page = read(opening + row("Ines", SECOND, "12 May 2014, 11:30") + row("Bo", THIRD, "13 May 2014, 08:15"))
    assert page.post is not None
    assert FIRST in page.post.text
    assert [each.author for each in page.comments] == ["Ines", "Bo"]


@pytest.mark.parametrize(
    "url",
    ["https://blog.example/2014/paint", "https://blog.example/the-community-of-paint", "https://x.example/a-thread-of"],
)
def test_no_page_is_a_topic_whose_address_does_not_say_so(url: str) -> None:
    assert not read(ROWS, url).is_topic


def test_a_declared_type_says_so_too() -> None:
    typed = f"<div itemscope itemtype='https://schema.org/DiscussionForumPosting'>{ROWS}</div>"
    assert read(typed, "https://x.example/17").is_topic


def test_entries_with_headings_that_lead_on_are_a_listing() -> None:
    entries = "".join(
        f"<div class=msg><h3><a href='/other/{n}'>Paint {n}</a></h3><a href='/user/bo'>Bo</a> <i>1{n} May 2014</i>"
        f"<div class=words>{SECOND}</div></div>"
        for n in range(4)
    )
    assert not read(entries).is_topic


def line(name: str, text: str, at: str) -> str:
    return f"<div class='p-4 mt-2'><div class=bold>{name} · <span>{at}</span></div><div class=prose><p>{text}</p></div></div>"


def test_names_without_an_element_of_their_own_are_read_beside_the_times_of_several() -> None:
    rows = [
        line(name, f"{name} says: {SECOND}", f"1{n + 2}/05/2014 11:30")
        for n, name in enumerate(["Al", "Bo", "Cy", "Dora"])
    ]
    assert [each.author for each in read("".join(rows)).comments] == ["Bo", "Cy", "Dora"]
    assert not read("".join(rows[:3])).is_topic
    assert not read("".join(line("Share", f"{n} {SECOND}", f"12/05/2014 11:3{n}") for n in range(4))).is_topic


def test_more_topics_beside_it_than_it_has_messages_hide_none() -> None:
    other = "<article><h3><a href=/forum/topic/{0}>What to do about rot, part {0}</a></h3><i>12 May 2014</i> and more</article>"
    beside = f"<aside>{''.join(map(other.format, range(20, 40)))}</aside>"
    assert [each.author for each in read(ROWS + beside).comments] == ["Ines", "Bo"]


def test_a_heading_that_links_to_a_member_leads_to_no_other_page() -> None:
    rows = "".join(
        f"<li class=msg><h3><a class=username href='members/{name}.{n}/'>{name}</a></h3><i>12 May 2014, 10:0{n}</i><p>{SECOND}</p></li>"
        for n, name in enumerate(["Hester", "Ines", "Bo"])
    )
    assert [each.author for each in read(f"<ol>{rows}</ol>").comments] == ["Ines", "Bo"]


def test_rows_without_names_or_prose_are_no_messages() -> None:
    nameless = "".join(f"<div class=msg><i>1{n} May 2014</i><div class=words>{SECOND}</div></div>" for n in range(4))
    assert not read(nameless).is_topic
    short = "".join(row("Bo", f"Paint {n}", f"1{n} May 2014") for n in range(4))
    assert not read(short).is_topic


def test_a_message_that_nobody_answered_is_the_post() -> None:
    page = read(f"<div id=m7>{row('Hester', FIRST, '12 May 2014, 10:04')}</div>")
    assert page.post is not None
    assert (page.is_topic, page.kind, page.post.text, page.comments) == (True, "post", FIRST, ())
    assert [byline.name for byline in page.post.bylines] == ["Hester"]
    assert page.post.published and page.post.published.iso == "2014-05-12T10:04"
    both = f"<p><i>11 May 2014</i> <a href=/user/hester>Hester</a></p>{row('Ines', SECOND, '12 May 2014, 10:04')}"
    assert not read(f"<div id=m7>{both}</div>").is_topic
    assert not read(f"<p>Hester, 11 May 2014</p><div id=m7>{row('Ines', SECOND, '12 May 2014, 10:04')}</div>").is_topic
    assert not read(f"<p>{THIRD}</p><div id=m7>{row('Hester', FIRST, '12 May 2014, 10:04')}</div>").is_topic


def test_rows_that_lead_to_a_topic_each_are_a_listing() -> None:
    def topic(number: int) -> str:
        return (
            f"<div class=row><a href='/forum/topic/paint-{number}'>Paint, part {number}</a> by <a href=/user/bo>Bo</a>"
            f" on 1{number} May 2014, 10:04 <b>{number} replies</b></div>"
        )

    rows = "".join(map(topic, range(4)))
    assert read(f"<div>Replies</div>{rows}", "https://talk.example/forum/paint").kind == "listing"
    assert (
        read(f"<div>Replies</div>{rows}<p>{FIRST} {SECOND} {THIRD}</p>", "https://talk.example/forum/paint").kind
        == "post"
    )
    assert read(rows, "https://blog.example/2014/paint").kind == "post"


def test_an_article_with_a_few_comments_is_no_topic() -> None:
    article = "".join(f"<p>{FIRST} {SECOND} {THIRD}</p>" for _ in range(8))
    assert not read(article + ROWS).is_topic


def test_many_messages_take_linear_time() -> None:
    body = "".join(row("Bo", SECOND, f"{1 + n % 28} May 2014, 11:30") for n in range(3_000))
    assert len(read(body).comments) > 200


def test_messages_and_entries_of_many_names_take_linear_time() -> None:
    letters = ("".join(each) for each in product(ascii_lowercase, repeat=3))

    def within(inside: str) -> str:
        """The same twice, each in ten elements of names of their own."""
        return "".join(f"<div class=x{next(letters)}>" for _ in range(10)) + f"{inside}{'</div>' * 10}"

    groups = "".join(within(f"<time>12 May 2014</time> {THIRD}") * 2 for _ in range(800))
    entries = "".join(within(f"<h3><a href=/on>On</a></h3><time>12 May 2014</time> {THIRD}") * 2 for _ in range(800))
    begin = time.process_time()
    assert not read(groups + entries).is_topic
    assert time.process_time() - begin < 5


NAMES = ("Hester", "Bob", "Ines", "Tam")


@pytest.mark.parametrize("kind", ["Comment", "DiscussionForumPosting"])
def test_messages_that_microdata_declares_answer_the_one_that_opened_the_discussion(kind: str) -> None:
    def message(number: int, words: str, kind: str, prop: str = "", below: str = "") -> str:
        return (
            f"<div {prop} itemscope itemtype='https://schema.org/{kind}'><span itemprop=author itemscope itemtype="
            f"'https://schema.org/Person'><a itemprop=url href='/u/{number}'><span itemprop=name>{NAMES[number]}</span></a></span> <time itemprop=datePublished datetime="
            f"'2012-05-1{number}T10:00:00Z'>May</time><div itemprop=text>{words}</div>{below}</div>"
        )

    prop = "itemprop=comment" if kind == "Comment" else ""
    answers = "".join(message(n, f"Words enough for number {n}.", kind, prop) for n in (1, 2, 3))
    opening = message(0, PROSE, "DiscussionForumPosting", below=answers if prop else "")
    page = read(f"<html><body><h1>Slow bread</h1>{opening}{'' if prop else answers}</body></html>")
    assert page.post is not None
    assert [byline.name for byline in page.post.bylines] == ["Hester"]
    assert text_of(page).count(LINE) == 8
    assert "Words enough" not in text_of(page)
    assert [(each.author, each.text) for each in page.comments] == [
        (NAMES[n], f"Words enough for number {n}.") for n in (1, 2, 3)
    ]
