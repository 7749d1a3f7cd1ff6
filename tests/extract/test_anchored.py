"""A thread is found by its times alone; what only looks like one is left in the post."""

from __future__ import annotations

import time

import pytest

from tests.extract.pages import LINE, PROSE, plain, read


def row(number: int, words: str, inside: str = "") -> str:
    return (
        f"<li><div><b>Ines</b> <i>March {number}, 2011 at 10:04</i><p>{words}</p></div>"
        f"{f'<ul>{inside}</ul>' if inside else ''}</li>"
    )


def test_elements_without_names_are_comments_below_a_heading_that_says_so() -> None:
    page = read(plain(comments=f"<h3>2 Kommentare</h3><ul>{row(1, 'I agree.')}{row(2, 'I do not.')}</ul>"))
    assert [(each.author, each.text) for each in page.comments] == [("Ines", "I agree."), ("Ines", "I do not.")]


def test_the_heading_may_quote_the_title_of_the_post() -> None:
    title = "Slow bread, and why nobody should hurry it, least of all on a Sunday in the rain"
    page = read(plain(comments=f"<h3>2 responses to “{title}”</h3><ul>{row(1, 'I agree.')}{row(2, 'I do not.')}</ul>"))
    assert [each.text for each in page.comments] == ["I agree.", "I do not."]


@pytest.mark.parametrize("heading", ["1,204 Comments", "Comments (1.204)", "1204 Comments"])
def test_the_heading_may_count_more_than_a_thousand(heading: str) -> None:
    page = read(plain(comments=f"<h3>{heading}</h3><ul>{row(1, 'I agree.')}{row(2, 'I do not.')}</ul>"))
    assert page.post is not None
    assert (len(page.comments), page.post.declared_comment_count) == (2, 1204)


def test_headings_that_nearly_say_so_take_linear_time() -> None:
    nearly = f"<h3>Comments on {'!' * 140}z</h3>"
    begin = time.process_time()
    assert read(plain(comments=nearly * 5_000)).comments == ()
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "heading", ["2 Kommentarer", "Комментарии (2)", "コメント 2件", "Yorumlar: 2", "댓글 2", "תגובות"]
)
def test_the_heading_may_be_in_other_languages(heading: str) -> None:
    page = read(plain(comments=f"<h3>{heading}</h3><ul>{row(1, 'I agree.')}{row(2, 'I do not.')}</ul>"))
    assert [each.text for each in page.comments] == ["I agree.", "I do not."]


def test_a_time_that_only_a_script_shows_is_one() -> None:
    def said(day: int, words: str) -> str:
        return f"<li><b>Ines</b> <time datetime='2011-03-0{day}T10:04:00Z'>at</time><p>{words}</p></li>"

    items = said(1, "I agree with all of it.") + said(2, "I do not, and neither does he.")
    page = read(plain(comments=f"<h3>2 Comments</h3><ul>{items}</ul>"))
    assert [each.published and each.published.iso for each in page.comments] == [
        "2011-03-01T10:04:00+00:00",
        "2011-03-02T10:04:00+00:00",
    ]


def button(number: int, words: str, says: str = "Reply", more: str = "") -> str:
    return (
        f"<div class=x1f><div class=q7><a href=/p/{number}>Ines {number}</a> <span>March {number}, 2011 at 10:04</span></div>"
        f"<div class=zz>{words}</div><button>{says}</button>{more}</div>"
    )


def test_headlines_of_other_posts_with_a_word_before_them_are_no_comments() -> None:
    def story(label: str, day: int, headline: str) -> str:
        return f"<li><b>{label}</b> <i>March {day}, 2011</i> <a href=/{day}>{headline}</a></li>"

    items = story("Weather report", 1, "What to expect of the tides on Sunday and on Monday")
    items += story("Harbour master", 2, "Four boats that never came back, and one that did")
    assert read(plain(comments=f"<h3>Comments</h3><ul>{items}</ul>")).comments == ()
    assert (
        len(read(plain(comments=f"<h3>Comments</h3><ul>{items.replace('</b>', '</b> Pingback:')}</ul>")).comments) == 2
    )


@pytest.mark.parametrize("says", ["Reply", "Antworten", "返信"])
def test_buttons_to_answer_tell_a_thread_without_names_and_heading(says: str) -> None:
    items = button(1, "I agree with all of it.", says) + button(2, "I do not, and neither does he.", says)
    page = read(plain(comments=f"<div class=k3>{items}</div>"))
    assert [each.text for each in page.comments] == ["I agree with all of it.", "I do not, and neither does he."]


def test_posts_of_a_network_that_are_shown_in_a_page_are_no_thread() -> None:
    items = "".join(button(n, "What a day it was at the harbour.", more="<button>Retweet</button>") for n in (1, 2, 3))
    assert read(plain(comments=f"<div class=k3>{items}</div>")).comments == ()


def test_lists_in_lists_are_answers() -> None:
    inside = row(2, "So do I.") + row(3, "I do not.")
    page = read(plain(comments=f"<h3>Comments</h3><ul>{row(1, 'I agree.', inside)}{row(4, 'Thanks.')}</ul>"))
    assert [each.text for each in page.comments] == ["I agree.", "So do I.", "I do not.", "Thanks."]
    assert [each.parent for each in page.comments] == [None, 0, 0, None]


def test_each_comment_of_a_list_may_have_one_answer_in_a_list_of_its_own() -> None:
    def said(name: str, day: int, words: str, inside: str = "") -> str:
        line = f"<strong>{name}</strong> sagt:<br><time>0{day}.03.2014 - 10:04</time><br>"
        return f"<li><a name=c{day}></a><div>{line}<div>{words}</div><button>antworten</button><ul>{inside}</ul></div></li>"

    threads = said("Ines", 1, "Der Teig geht nicht auf.", said("Tom", 2, "Dann war das Wasser zu kalt."))
    threads += said("Bob", 3, "Meiner schon, nach zwei Tagen.", said("Tom", 4, "Zwei Tage sind zu lang."))
    page = read(plain(comments=f"<section><h3>4 Kommentare</h3><ul>{threads}</ul></section>"))
    assert [(each.author, each.text, each.parent) for each in page.comments] == [
        ("Ines", "Der Teig geht nicht auf.", None),
        ("Tom", "Dann war das Wasser zu kalt.", 0),
        ("Bob", "Meiner schon, nach zwei Tagen.", None),
        ("Tom", "Zwei Tage sind zu lang.", 2),
    ]


def test_entries_whose_headings_are_inside_their_links_are_no_comments() -> None:
    entry = "<div><a href='/{0}'><h3>Story {0}</h3></a><i>March {0}, 2011 at 10:04</i><p>What happened then, in a line.</p></div>"
    entries = "".join(entry.format(number) for number in (1, 2, 3))
    assert read(plain(comments=f"<h3>Comments</h3><div>{entries}</div>")).comments == ()


@pytest.mark.parametrize("heading", ["<h3>Related posts</h3>", "<h3>Events</h3>", ""])
def test_a_list_with_times_below_another_heading_is_no_thread(heading: str) -> None:
    assert read(plain(comments=f"{heading}<ul>{row(1, 'I agree.')}{row(2, 'I do not.')}</ul>")).comments == ()


def test_links_with_times_are_no_comments() -> None:
    items = "".join(f"<li><a href='/{n}'>{LINE}</a> <i>March {n}, 2011 at 10:04</i></li>" for n in (1, 2, 3))
    assert read(plain(comments=f"<h3>Comments</h3><ul>{items}</ul>")).comments == ()


def test_a_single_time_in_a_wrapper_of_the_page_makes_no_comment_of_the_post() -> None:
    page = read(
        f"<body><div class=comments-open><div><i>March 1, 2011 at 10:04</i><h1>Slow bread</h1>{PROSE}</div></div>"
    )
    assert page.comments == ()
    assert page.post is not None
    assert LINE in page.post.text


def test_rows_that_begin_with_the_title_of_another_page_each_are_no_comments() -> None:
    def entry(number: int, link: str) -> str:
        return f"<li>{link} <b>Ines</b> <i>March {number}, 2011 at 10:04</i> <span>{number} answers, and more words</span></li>"

    titles = "".join(entry(n, f"<a href='/paint-{n}'>On paint again</a>") for n in range(1, 5))
    assert read(plain(comments=f"<h3>Replies</h3><ul>{titles}</ul>")).comments == ()
    names = "".join(entry(n, f"<a href='/{n}'>Ines {n}</a>") for n in range(1, 5))
    assert len(read(plain(comments=f"<h3>Replies</h3><ul>{names}</ul>")).comments) == 4
