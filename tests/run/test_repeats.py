from __future__ import annotations

from scraper.model import Outlink
from scraper.run.crawling import repeats
from scraper.run.crawling.repeats import Repeats

MENU = [Outlink("https://blog.example/"), Outlink("https://blog.example/about")]
FEED = Outlink("https://blog.example/feed", ("alternate",), declared=True)


def test_a_link_is_new_once_in_a_blog_and_a_declared_one_each_time() -> None:
    known = Repeats()
    assert known.new_links(1, [*MENU, FEED]) == [*MENU, FEED]
    other = Outlink("https://blog.example/other")
    assert known.new_links(1, [*MENU, other, FEED]) == [other, FEED]
    assert known.new_links(2, MENU) == MENU


def test_an_empty_memory_gives_all_links_again() -> None:
    known = Repeats()
    for number in range(repeats.MOST // 100 + 2):
        known.new_links(1, [Outlink(f"https://blog.example/{number}/{each}") for each in range(100)])
    assert len(known.new_links(1, [Outlink("https://blog.example/0/0")])) == 1


def test_three_pages_with_the_same_text_lead_on() -> None:
    known = Repeats()
    assert [known.says_again(1, "the same") for _ in range(5)] == [False, False, False, True, True]
    assert not known.says_again(2, "the same")


def test_pages_that_show_no_text_lead_on() -> None:
    known = Repeats()
    assert not any(known.says_again(1, "") for _ in range(9))
