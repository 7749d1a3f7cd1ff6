"""A thread is the same in whatever order its pages come; it loses no comment and invents none."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from scraper.extract import extract_page, join_thread
from scraper.extract.threads.stated_comments import read_stated
from scraper.model import Comment, Page
from tests.extract.pages import URL, plain, read, tree_of, wordpress, wordpress_comment

BLANK = read(plain())


def comment(
    number: int, parent: int | None = None, ref: str | None = None, text: str = "", ident: bool = True
) -> Comment:
    return Comment(
        id=str(number) if ident else None,
        permalink=None,
        parent=parent,
        parent_ref=ref,
        position=0,
        depth=0,
        author="Bob",
        author_url=None,
        avatar_url=None,
        by_post_author=False,
        subject=None,
        published=None,
        html=f"<p>{text}</p>",
        text=text or f"Words {number}",
    )


def page_of(comments: list[Comment], number: int | None = None, links: tuple[str, ...] = ()) -> Page:
    url = f"{URL}/comment-page-{number}/" if number is not None else URL
    return replace(
        BLANK,
        url=url,
        post_url=URL,
        comment_page=number,
        comment_pages=links,
        comments=tuple(comments),
        platform="wordpress",
    )


@st.composite
def threads(draw: st.DrawFn) -> tuple[list[Comment], list[Page]]:
    """A thread, and its pages: parts that may overlap, each knowing parents as indexes or as references."""
    size = draw(st.integers(1, 12))
    identified = draw(st.booleans())
    parents = [draw(st.none() | st.integers(0, place - 1)) if place else None for place in range(size)]
    whole = [
        comment(n, ref=str(p) if p is not None and identified else None, ident=identified)
        for n, p in enumerate(parents)
    ]
    pages, start = [], 0
    while start < size:
        end = draw(st.integers(start + 1, size))
        first = max(0, start - draw(st.integers(0, 2)))
        shown = [
            replace(whole[n], parent=p - first if (p := parents[n]) is not None and p >= first else None)
            for n in range(first, end)
        ]
        pages.append(page_of(shown, len(pages) + 1))
        start = end
    return whole, pages


@given(threads(), st.randoms(use_true_random=False))
def test_pages_in_any_order_give_one_thread_with_every_comment_once(
    thread: tuple[list[Comment], list[Page]], random: Random
) -> None:
    whole, pages = thread
    joined = join_thread(pages)
    assert [each.text for each in joined.comments] == [each.text for each in whole]
    assert [each.position for each in joined.comments] == list(range(len(whole)))
    shuffled = list(pages)
    random.shuffle(shuffled)
    assert join_thread(shuffled) == joined


@given(threads())
def test_parents_named_by_id_are_found_across_pages(thread: tuple[list[Comment], list[Page]]) -> None:
    whole, pages = thread
    joined = join_thread(pages).comments
    for made, given_ in zip(joined, whole, strict=True):
        if given_.parent_ref is not None:
            assert made.parent is not None
            assert joined[made.parent].id == given_.parent_ref
            assert made.depth == joined[made.parent].depth + 1


@given(st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=10))
def test_no_chain_of_parents_runs_in_a_circle(refs: list[int | None]) -> None:
    joined = join_thread([page_of([comment(n, ref=str(r) if r is not None else None) for n, r in enumerate(refs)])])
    for each in joined.comments:
        above, steps = each.parent, 0
        while above is not None:
            above, steps = joined.comments[above].parent, steps + 1
            assert steps <= len(refs)
        assert each.depth == steps


def test_what_no_page_holds_keeps_its_reference() -> None:
    (only,) = join_thread([page_of([comment(7, ref="3")])]).comments
    assert (only.parent, only.parent_ref) == (None, "3")


def test_the_same_words_twice_on_one_page_are_two_comments() -> None:
    twice = [comment(0, text="First!", ident=False), comment(1, text="First!", ident=False)]
    assert len(join_thread([page_of(twice, 1), page_of(twice[:1], 2)]).comments) == 2


def test_the_posts_own_url_is_the_first_page_unless_that_has_a_url_of_its_own() -> None:
    own, second = page_of([comment(1)]), page_of([comment(2)], 2)
    assert [each.id for each in join_thread([second, own]).comments] == ["1", "2"]
    newest = replace(page_of([comment(3)]), comment_pages=(f"{URL}/comment-page-1/",))
    assert [each.id for each in join_thread([newest, second]).comments] == ["2", "3"]


def test_drupal_counts_its_pages_from_zero_and_the_first_has_no_number() -> None:
    own = replace(page_of([comment(1)]), platform="drupal", comment_pages=(f"{URL}?page=1",))
    second = replace(page_of([comment(2)], 1), platform="drupal")
    assert tree_of(join_thread([second, own]).comments) == [("1", None, 0), ("2", None, 0)]


def drupal_page(number: int, comments: str) -> Page:
    """A page of a Drupal thread that has two, whose pager names the first one too."""
    pager = '<ul class="pager"><li><a href="?page=0">1</a></li><li><a href="?page=1">2</a></li></ul>'
    head = '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">'
    html = plain(comments=f'<section id="comments">{comments}{pager}</section>').replace("<head>", f"<head>{head}")
    return extract_page(html.encode(), URL + (f"?page={number}" if number else ""))


def drupal_comment(number: int, parent: int | None = None) -> str:
    """As comment.html.twig has it: what a comment answers is said to those who hear the page."""
    answered = (
        f'<p class="visually-hidden">In reply to <a href="/comment/{parent}#comment-{parent}">This</a> by Ann</p>'
    )
    return (
        f'<article class="comment js-comment" data-comment-user-id="3"><footer class="comment__meta">'
        f'<p class="comment__author">Ann</p><p class="comment__time">14 May 2012</p>{answered if parent else ""}</footer>'
        f'<div class="comment__content"><h3><a href="/comment/{number}#comment-{number}" class="permalink"'
        f' rel="bookmark">That</a></h3><div class="field--name-comment-body"><p>Words {number}.</p></div></div></article>'
    )


def test_what_an_answer_on_drupals_second_page_names_is_its_parent_on_the_first() -> None:
    first = drupal_page(0, f'{drupal_comment(1)}<div class="indented">{drupal_comment(2, 1)}</div>')
    shown = f'<div class="indented">{drupal_comment(3, 2)}{drupal_comment(4, 1)}</div>{drupal_comment(5)}'
    second = drupal_page(1, shown)
    assert [(each.id, each.parent, each.parent_ref) for each in second.comments[:2]] == [
        ("3", None, "2"),
        ("4", None, "1"),
    ]
    expected = [("1", None, 0), ("2", "1", 1), ("3", "2", 2), ("4", "1", 1), ("5", None, 0)]
    assert tree_of(join_thread([second, first]).comments) == expected
    again = replace(first, url=f"{URL}?page=0", comment_page=0)
    assert tree_of(join_thread([second, again, first]).comments) == expected


def test_nothing_joins_to_an_empty_thread() -> None:
    assert join_thread([]).comments == ()


def test_a_comment_of_page_and_feed_is_one_with_the_best_of_both() -> None:
    shown = (
        "<div id=comments><ol class=comment-list><li class=comment><cite class=fn>Bob</cite> <span class=date>3 days ago</span>"
        "<div class=comment-content><p>How slow?</p></div></li></ol></div>"
    )
    page = read(plain(comments=shown))
    feed = (
        f"<rss><channel><item><link>{URL}#comment-12</link><author>Bob</author><pubDate>Fri, 28 Dec 2012 10:04:05 +0000"
        f"</pubDate><description>How slow?</description></item><item><link>{URL}#comment-13</link><author>Ann</author>"
        f"<pubDate>Fri, 28 Dec 2012 11:00:00 +0000</pubDate><description>A day.</description></item><item>"
        f"<link>https://blog.example/other#comment-9</link><author>Cy</author><description>Elsewhere.</description></item>"
        f"</channel></rss>"
    )
    thread = join_thread([page], read_stated(feed.encode()))
    assert [(each.id, each.author, each.text) for each in thread.comments] == [
        ("12", "Bob", "How slow?"),
        ("13", "Ann", "A day."),
    ]
    first = thread.comments[0].published
    assert first is not None
    assert (first.iso, first.shown) == ("2012-12-28T10:04:05+00:00", "3 days ago")


def test_a_feeds_answers_find_the_comment_of_the_page_and_its_clock_stays() -> None:
    page = read(wordpress(wordpress_comment(12)))
    answer = {
        "id": 13,
        "parent": 12,
        "author_name": "Ann",
        "content": {"rendered": "A day."},
        "date_gmt": "2012-05-16T08:00:00",
    }
    same = {"id": 12, "author_name": "Bob", "content": {"rendered": "Words 12."}, "date_gmt": "2012-05-15T08:02:00"}
    thread = join_thread([page], read_stated(json.dumps([answer, same]).encode()))
    assert [(each.id, each.parent, each.depth) for each in thread.comments] == [("12", None, 0), ("13", 0, 1)]
    assert thread.comments[0].published == page.comments[0].published


def test_the_same_words_with_two_ids_stay_two_comments() -> None:
    page = read(wordpress(wordpress_comment(12)))
    again = [{"id": 14, "author_name": "Bob", "content": {"rendered": "Words 12."}}]
    assert [each.id for each in join_thread([page], read_stated(json.dumps(again).encode())).comments] == ["12", "14"]


def test_short_words_said_at_two_times_are_two_comments() -> None:
    page = read(wordpress(wordpress_comment(12).replace(" id=comment-12", "")))
    again = [{"id": 99, "author_name": "Bob", "content": {"rendered": "Words 12."}, "date_gmt": "2012-11-01T08:00:00"}]
    assert len(join_thread([page], read_stated(json.dumps(again).encode())).comments) == 2


def test_a_feed_in_utc_takes_no_day_away_that_readers_saw() -> None:
    shown = (
        "<div id=comments><ol class=comment-list><li class=comment><cite class=fn>Bob</cite> <span class=date>15 May 2012</span>"
        "<div class=comment-content><p>How slow?</p></div></li></ol></div>"
    )
    for gmt, iso in (("2012-05-14T22:30:00", "2012-05-15"), ("2012-05-15T09:30:00", "2012-05-15T09:30:00+00:00")):
        feed = [{"id": 9, "author_name": "Bob", "content": {"rendered": "How slow?"}, "date_gmt": gmt}]
        comments = join_thread([read(plain(comments=shown))], read_stated(json.dumps(feed).encode())).comments
        assert [each.published.iso for each in comments if each.published] == [iso]


def test_thousands_of_the_same_words_cost_no_square() -> None:
    page = read(wordpress("".join(wordpress_comment(n).replace(f"Words {n}", "Thanks") for n in range(1000))))
    feed = [{"id": 5000 + n, "author_name": "Bob", "content": {"rendered": "Thanks."}} for n in range(1000)]
    assert len(join_thread([page], read_stated(json.dumps(feed).encode())).comments) == 2000


def test_a_feed_tells_who_is_answered_below_the_depth_to_which_a_theme_nests() -> None:
    deepest = wordpress_comment(2) + wordpress_comment(3)
    page = read(wordpress(wordpress_comment(1, f"<ul class=children>{deepest}</ul>") + wordpress_comment(4)))
    stated = [{"id": 3, "parent": 2, "author_name": "Bob", "content": {"rendered": "Words 3."}}]
    stated.append({"id": 2, "parent": 4, "author_name": "Bob", "content": {"rendered": "Words 2."}})  # not below 1
    thread = join_thread([page], read_stated(json.dumps(stated).encode()))
    assert [(each.id, each.parent, each.depth) for each in thread.comments] == [
        ("1", None, 0),
        ("2", 0, 1),
        ("3", 1, 2),
        ("4", None, 0),
    ]
