"""The pages of a topic belong to it, in forums whose addresses no platform's rules tell."""

from __future__ import annotations

import time

import pytest

from scraper.model import Page
from tests.extract.test_messages import FIRST, SECOND, THIRD, read, row

TOPIC = "https://talk.example/topic/17/paint/"
NAMES = ("Hester", "Ines", "Bo")


def messages(first: int = 0, name: str = "") -> str:
    """Three messages; where `name` is a parameter, each with a link to itself by that and its number."""
    rows = []
    for number, (author, words) in enumerate(zip(NAMES, (FIRST, SECOND, THIRD), strict=True), first):
        link = f"<a href='{TOPIC}?{name}={number}#{number}'>¶</a>" if name else ""
        said = row(author, words, f"12 May 2014, 10:1{number % 10}").replace("<i>", f"{link}<i>")
        rows.append(f"<div id={number}>{said}</div>")
    return "".join(rows)


def shown(page: Page) -> tuple[str | None, int | None, tuple[str, ...], int]:
    return page.post_url, page.comment_page, page.comment_pages, len(page.comments)


@pytest.mark.parametrize("number", ["?page={}", "page/{}/", "?sort=old&page={}"])
def test_a_page_that_links_to_others_by_addresses_that_differ_in_the_number_alone_is_one_of_them(number: str) -> None:
    first, second, third = (TOPIC + number.format(n) for n in (1, 2, 3))
    home = TOPIC + ("?sort=old" if "sort" in number else "")
    pager = f"<a href='{first}'>1</a> <b>2</b> <a href='{third}'>3</a>"
    assert shown(read(messages(4) + pager, second)) == (home, 2, (home, third), 3)
    pager = f"<b>1</b> <a href='{second}'>2</a> <a href='{third}'>3</a>"
    assert shown(read(messages() + pager, home)) == (home, None, (second, third), 2)
    assert shown(read(messages() + pager, first)) == (home, None, (second, third), 2)


def test_a_number_in_an_address_is_no_page_without_links_to_others() -> None:
    assert shown(read(messages(), f"{TOPIC}?page=2")) == (f"{TOPIC}?page=2", None, (), 2)
    beside = "<a href=/topic/16>Before</a> <a href=/topic/18>Next</a> <a href=/topic/>All</a>"
    assert shown(read(messages() + beside, "https://talk.example/topic/17"))[:3] == (
        "https://talk.example/topic/17",
        None,
        (),
    )


def test_an_address_that_names_a_message_is_that_of_the_page_which_shows_it() -> None:
    assert shown(read(messages(4, "post"), f"{TOPIC}?post=5")) == (TOPIC, None, (), 2)
    assert shown(read(messages(4, "post"), f"{TOPIC}?post=99")) == (TOPIC, None, (), 2)
    assert shown(read(messages(4), f"{TOPIC}?post=5"))[0] == f"{TOPIC}?post=5"
    pager = f"<a href='{TOPIC}?page=1'>1</a> <a class=active href='{TOPIC}?page=2'>2</a>"
    assert shown(read(messages(4, "post") + pager, f"{TOPIC}?post=5")) == (TOPIC, 2, (TOPIC,), 3)
    pager = f"<a href='{TOPIC}?page=1'>1</a> <b>2</b> <a href='{TOPIC}?page=3'>3</a>"
    assert shown(read(messages(4, "post") + pager, f"{TOPIC}?post=5"))[1] == 2


def test_a_script_without_its_parameter_is_no_topic() -> None:
    url = "https://talk.example/viewtopic.php?p=5"
    links = "".join(f"<a href='/viewtopic.php?p={n}#p{n}'>¶</a>" for n in (4, 5, 6))
    assert shown(read(messages(4) + links, url))[0] == url


def test_the_link_to_a_message_is_its_permalink() -> None:
    assert [(each.id, each.permalink) for each in read(messages(4, "post"), TOPIC).comments] == [
        (f"{n}", f"{TOPIC}?post={n}#{n}") for n in (5, 6)
    ]


@pytest.mark.parametrize(
    ("own", "link"), [("", f"?{'page=1&' * 8_000}page=2"), ("&".join(["page=2"] * 300), "?page={}&x=1"),
    ("&".join(f"p{n}={n}" for n in range(2_000)), "?p{}=1#m1")]
)  # fmt: skip
def test_addresses_with_many_parameters_take_linear_time(own: str, link: str) -> None:
    links = "".join(f"<a href='{link.format(n)}'>{n}</a>" for n in range(20 if len(link) > 99 else 5_000))
    begin = time.process_time()
    read(messages() + links, f"{TOPIC}?{own}")
    assert time.process_time() - begin < 2
