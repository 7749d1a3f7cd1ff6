"""Comments are read with their nesting, kind and author as shown; what awaits moderation is left out."""

from __future__ import annotations

import gc
import json

import pytest

from scraper.extract import extract_page
from scraper.model import Profile, Taught
from tests.extract.pages import (
    LINE,
    PROSE,
    URL,
    drupal,
    drupal_comment,
    plain,
    read,
    seconds_to_read,
    text_of,
    tree_of,
    wordpress,
    wordpress_comment,
)


def test_a_comment_inside_another_answers_it() -> None:
    inner = f"<ol class=children>{wordpress_comment(2)}</ol>"
    page = read(wordpress(wordpress_comment(1, inner) + wordpress_comment(3)))
    assert tree_of(page.comments) == [("1", None, 0), ("2", "1", 1), ("3", None, 0)]
    assert [each.text for each in page.comments] == ["Words 1.", "Words 2.", "Words 3."]


def test_an_indented_wrapper_answers_the_comment_before_it() -> None:
    inner = f"<div class=indented>{drupal_comment(2)}<div class=indented>{drupal_comment(3)}</div></div>"
    page = read(drupal(drupal_comment(1) + inner + drupal_comment(4)))
    assert tree_of(page.comments) == [("1", None, 0), ("2", "1", 1), ("3", "2", 2), ("4", None, 0)]


def test_a_depth_class_tells_the_parent_where_the_list_is_flat() -> None:
    depths = [(1, 1), (2, 2), (3, 3), (4, 2)]
    page = read(wordpress("".join(wordpress_comment(n, classes=f"comment depth-{depth}") for n, depth in depths)))
    assert tree_of(page.comments) == [("1", None, 0), ("2", "1", 1), ("3", "2", 2), ("4", "1", 1)]


def test_comments_in_reply_to_each_other_make_no_circle() -> None:
    items = "".join(
        f"<li class=comment id=comment-{n}><cite class=fn>Bob</cite><div class=in-reply-to>"
        f"<a href='#comment-{ref}'>x</a></div><p>Words {n}.</p></li>"
        for n, ref in ((1, 2), (2, 1))
    )
    assert tree_of(read(wordpress(items)).comments) == [("1", None, 0), ("2", "1", 1)]


def test_awaiting_moderation_in_a_comment_or_on_it_is_not_kept() -> None:
    waiting = wordpress_comment(2).replace("<p>", "<em class=comment-awaiting-moderation>Waiting</em><p>")
    assert [each.id for each in read(wordpress(wordpress_comment(1) + waiting)).comments] == ["1"]
    unpublished = drupal_comment(2, "comment comment-unpublished")
    assert [each.id for each in read(drupal(drupal_comment(1) + unpublished)).comments] == ["1"]


@pytest.mark.parametrize("kind", ["pingback", "trackback"])
def test_pings_are_told_by_their_class_and_named_by_their_link(kind: str) -> None:
    ping = f"<li class='{kind}' id=comment-5>{kind.title()}: <a href='https://other.example/p'>Another page</a></li>"
    comments = read(wordpress(wordpress_comment(1) + ping)).comments
    assert [(each.kind, each.author, each.text) for each in comments] == [
        ("comment", "Bob", "Words 1."),
        (kind, "Another page", ""),
    ]
    assert comments[1].author_url == "https://other.example/p"


def test_a_comment_of_a_type_that_a_plugin_adds_is_one_among_the_others() -> None:
    webmention = wordpress_comment(2, classes="webmention even depth-1", name="Ines")
    comments = read(wordpress(wordpress_comment(1) + webmention)).comments
    assert [(each.id, each.author) for each in comments] == [("1", "Bob"), ("2", "Ines")]


def test_no_author_is_made_up_where_none_is_shown() -> None:
    nameless = wordpress_comment(1).replace("<cite class=fn>Bob</cite>", "")
    assert [each.author for each in read(wordpress(nameless)).comments] == [None]


def test_no_comments_are_made_up_on_a_page_without() -> None:
    boxes = "<div class=widget_recent_comments><li class=comment>Bob on 3 May 2012: fine</li></div>"
    assert read(plain(comments=boxes)).comments == ()
    assert (
        read(plain(comments="<form id=commentform><p class=comment-notes>3 May 2012 rules</p></form>")).comments == ()
    )


def test_comments_are_found_in_a_form_around_the_whole_page() -> None:
    """As ASP.NET and lists with boxes to tick have it."""
    items = "".join(
        f"<div id=comment-{n} class=comment><b class=author>Ines</b> <i>3 May 2012, 10:04</i><p>{LINE}</p></div>"
        for n in range(3)
    )
    page = read(f"<form id=aspnetForm>{plain(comments=f'<div id=comments>{items}</div>')}</form>")
    assert [each.author for each in page.comments] == ["Ines"] * 3
    assert text_of(page).count(LINE) == 8


def test_columns_of_a_page_are_no_comments_whatever_they_are_called() -> None:
    column = f"{PROSE}<p class=author>Ann Lee</p><p>3 May 2012, 10:04</p>"
    page = read(f"<table><tr><td id=c1>{column}</td><td id=c2>{column.replace('Bread', 'Dough')}</td></tr></table>")
    assert page.comments == ()


def test_a_post_author_is_told_by_class_and_by_name() -> None:
    items = (
        wordpress_comment(1, classes="comment bypostauthor")
        + wordpress_comment(2)
        + wordpress_comment(3, name="Ann Lee")
    )
    page = read(wordpress(items, head="<meta name=author content='Ann Lee'>"))
    assert [each.by_post_author for each in page.comments] == [True, False, True]


def test_a_thread_of_thousands_nested_ones_keeps_all() -> None:
    nested = "".join(wordpress_comment(n).replace("</li>", "<ol>") for n in range(1500))
    comments = read(wordpress(nested)).comments
    assert [each.parent for each in comments] == [None, *range(1499)]
    assert [each.depth for each in comments] == list(range(1500))
    assert [each.text for each in comments] == [f"Words {n}." for n in range(1500)]


def test_what_stands_without_text_in_a_comment_with_answers_is_its_own() -> None:
    def comment(number: int, inside: str = "") -> str:
        return (
            f"<li class=comment id=comment-{number}><img class=avatar src=/{number}.png><cite class=fn>Bob</cite>"
            f"<time datetime='2012-05-1{number}T10:00:00+00:00'>May {number}</time>"
            f"<div class=comment-content><p>Words {number}.</p></div>{inside}</li>"
        )

    nested = comment(1, f"<ol class=children>{comment(2, f'<ol class=children>{comment(3)}</ol>')}</ol>")
    page = read(wordpress(nested + comment(4)))
    assert [each.avatar_url for each in page.comments] == [
        f"https://blog.example/{number}.png" for number in (1, 2, 3, 4)
    ]
    assert [each.published and each.published.iso and each.published.iso[:10] for each in page.comments] == [
        f"2012-05-1{number}" for number in (1, 2, 3, 4)
    ]


def test_ids_of_any_characters_are_no_selectors() -> None:
    page = read(
        plain(comments="<div id='x\"]-c5'>Bob 1 May 2012</div><div class='a\"] comment'>Bob 2 May 2012 and more</div>")
    )
    assert page.post is not None


def numbered(number: int, more: str = "", words: str = "") -> str:
    return (
        f"<div class=comment id=comment-{number}><b class=author>Ines {number}</b> <i>March {number}, 2011 10:04</i>"
        f"{more}<div class=comment-body>{words or f'Words {number}.'}</div></div>"
    )


@pytest.mark.parametrize(
    "link",
    [
        "<span>replied to <a href='/post#comment-1'>a comment</a></span>",
        "<p class=response-to>Response to <a href='/discussion/permalink/1'>Ines 1, March 1</a></p>",
        "<p>in reply to <a href='#comment-1'>Ines</a></p>",
    ],
)
def test_a_link_after_in_reply_to_names_the_parent(link: str) -> None:
    page = read(plain(comments=f"<div id=comments>{numbered(1)}{numbered(2)}{numbered(3, link)}</div>"))
    assert [each.parent for each in page.comments] == [None, None, 0]


def test_wrappers_around_each_comment_tell_the_depth() -> None:
    inner = f"<div class=citem>{numbered(2)}<div class=citem>{numbered(3)}</div></div>"
    items = f"<div class=citem>{numbered(1)}{inner}</div><div class=citem>{numbered(4)}</div>"
    assert [each.parent for each in read(plain(comments=f"<div id=comments>{items}</div>")).comments] == [
        None,
        0,
        1,
        None,
    ]


def test_a_wrapper_named_after_answers_tells_them() -> None:
    items = f"{numbered(1)}<div class=comment_children>{numbered(2)}</div>{numbered(3)}"
    assert [each.parent for each in read(plain(comments=f"<div id=comments>{items}</div>")).comments] == [None, 0, None]


def test_the_words_stay_where_a_theme_names_them_as_others_name_a_line() -> None:
    items = "".join(
        f"<li class=comment id=comment-{n}><cite class=fn>Bob</cite><div class=comment-info><p>Words {n}.</p></div></li>"
        for n in (1, 2)
    )
    assert [each.text for each in read(wordpress(items)).comments] == ["Words 1.", "Words 2."]


def test_comments_with_a_name_and_no_time_are_found_by_their_class() -> None:
    items = "".join(
        f"<div class=comment><div class=comment-author>Ines</div><div class=comment-body>Words {n}.</div></div>"
        for n in (1, 2)
    )
    comments = read(plain(comments=f"<div class=remarks>{items}</div>")).comments
    assert [(each.author, each.text) for each in comments] == [("Ines", "Words 1."), ("Ines", "Words 2.")]


def test_words_like_those_of_buttons_stay_in_a_comment_that_is_made_of_them() -> None:
    comment = wordpress_comment(1).replace("<p>Words 1.</p>", "<p>Reply</p><p>Bob says: not to me.</p>")
    assert [each.text for each in read(wordpress(comment)).comments] == ["Reply\nBob says: not to me."]


def test_what_a_feed_taught_of_comments_takes_no_ping_away() -> None:
    ping = "<li class=pingback id=comment-5>Pingback: <a href='https://other.example/p'>Another page</a></li>"
    taught = Profile("blog.example", 10, 10, (Taught("comment", "li.comment", 10, 10),))
    page = extract_page(wordpress(wordpress_comment(1) + ping + wordpress_comment(2)), URL, profile=taught)
    assert [each.kind for each in page.comments] == ["comment", "pingback", "comment"]


def test_a_page_with_a_thread_leaves_nothing_that_only_the_collector_can_free() -> None:
    html = wordpress("".join(wordpress_comment(n, f"<ol>{wordpress_comment(n + 50)}</ol>") for n in range(1, 20)))
    read(html)
    gc.collect()
    gc.disable()
    try:
        comments = len(read(html).comments)
        left = gc.collect()
    finally:
        gc.enable()
    assert comments == 38
    assert left < comments  # a circle through a page's nodes would be hundreds


@pytest.mark.parametrize("words", ["Ha!", "Yes.", "+1"])
def test_a_comment_of_a_word_is_one_among_others_that_are_made_like_it(words: str) -> None:
    items = "".join(
        f"<div class=remark><b class=author>Ines</b> <time datetime=2012-05-1{n}>May</time><p>{text}</p></div>"
        for n, text in enumerate(("Words enough for two.", words, "And some more words."))
    )
    assert [
        each.text
        for each in read(
            plain(comments=f"<div id=comments><div>{items.replace('remark', 'comment-item')}</div></div>")
        ).comments
    ][1] == words


@pytest.mark.parametrize("place", ["margin-left: {}px", "color: red; padding-left:{}em"])
def test_the_indent_of_a_style_tells_the_depth(place: str) -> None:
    items = "".join(
        f"<div style='{place.format(25 * depth)}'>{wordpress_comment(n)}</div>"
        for n, depth in enumerate((0, 1, 2, 1, 0), start=1)
    )
    page = read(wordpress(items.replace("<li", "<div").replace("</li>", "</div>")))
    assert tree_of(page.comments) == [("1", None, 0), ("2", "1", 1), ("3", "2", 2), ("4", "1", 1), ("5", None, 0)]


@pytest.mark.parametrize(
    ("shown", "votes"),
    [("12", 12), ("-3", -3), ("−3", -3), ("+1", 1), ("4 points", 4), ("1,204", 1204), ("score hidden", None), ("12 of 15 agree", None)],
)  # fmt: skip
def test_the_votes_that_a_comment_shows_are_kept(shown: str, votes: int | None) -> None:
    comment = wordpress_comment(1, f"<span class=comment-votes>{shown}</span>")
    assert [each.votes for each in read(wordpress(comment)).comments] == [votes]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("This comment has been removed by the author.", "deleted"),
        ("[deleted]", "deleted"),
        ("Dieser Kommentar wurde vom Autor entfernt.", "deleted"),
        ("Ce commentaire a été supprimé.", "deleted"),
        ("I removed the crust.", "visible"),
        ("This comment has been removed by the author. Why?", "visible"),
    ],
)
def test_a_placeholder_is_a_deleted_comment(words: str, state: str) -> None:
    comment = wordpress_comment(1).replace("Words 1.", words)
    assert [(each.text, each.state) for each in read(wordpress(comment)).comments] == [(words, state)]


def test_what_might_have_been_a_thread_is_told_and_so_is_what_was_one() -> None:
    blank = read(plain(comments="<div class=comment>soon</div><div class=comment>later</div>"))
    assert blank.comments == ()
    told = [(claim.value, claim.accepted) for claim in blank.claims if claim.field == "comments"]
    assert ("2 elements, 0 of them comments, confidence none", False) in told
    page = read(wordpress(wordpress_comment(1) + wordpress_comment(2)))
    told = [(claim.value, claim.accepted) for claim in page.claims if claim.field == "comments"]
    assert told == [("2 elements, 2 of them comments, confidence high", True)]


def test_comments_that_only_structured_data_states_are_kept_and_give_way_to_a_thread() -> None:
    data = {
        "@type": "BlogPosting",
        "headline": "Slow bread",
        "comment": [
            {"@type": "Comment", "text": "How slow?\nReally?", "author": {"@type": "Person", "name": "Bob"}, "dateCreated": "2012-05-15"},
            {"@type": "Comment", "text": "A <day>.", "author": {"@type": "Person", "name": "Ann"}},
        ],
    }  # fmt: skip
    head = f"<script type=application/ld+json>{json.dumps(data)}</script>"
    comments = read(plain(head=head)).comments
    assert [(each.author, each.text) for each in comments] == [("Bob", "How slow?\nReally?"), ("Ann", "A <day>.")]
    assert comments[0].published is not None and comments[0].published.iso == "2012-05-15"
    assert comments[1].html == "<p>A &lt;day&gt;.</p>"
    told = [
        (each.source, each.value)
        for each in read(plain(head=head)).claims
        if each.field == "comments" and each.accepted
    ]
    assert told == [("json-ld", "2 comments, confidence high")]
    shown = read(wordpress(wordpress_comment(1), head=head)).comments
    assert [each.text for each in shown] == ["Words 1."]


def test_a_declared_comment_without_words_is_none_and_its_answers_stay() -> None:
    answer = {"@type": "Comment", "text": "Lost?", "author": {"@type": "Person", "name": "Cy"}}
    data = {"@type": "BlogPosting", "comment": [{"@type": "Comment", "text": "", "comment": [answer]}]}
    page = read(plain(head=f"<script type=application/ld+json>{json.dumps(data)}</script>"))
    assert [(each.text, each.parent, each.position) for each in page.comments] == [("Lost?", None, 0)]


@pytest.mark.parametrize("around", ["{}{}", "{}<ol>{}</ol>", "{}<hr><div><ol>{}</ol></div>"])
def test_the_heading_above_a_thread_is_no_words_of_the_post(around: str) -> None:
    items = "".join(
        f"<div class=comment-item><b class=author>Ines</b> <time datetime=2012-05-1{n}>May</time><p>Words enough, and {n}.</p></div>"
        for n in (1, 2)
    )
    page = read(plain(PROSE + around.format("<h3>What they said</h3>", items)))
    assert len(page.comments) == 2
    assert "What they said" not in text_of(page)


def test_a_comment_without_words_shows_its_picture_or_nothing_where_the_others_have_an_element_for_theirs() -> None:
    items = [wordpress_comment(n) for n in range(1, 26)]
    items[2] = items[2].replace("<div class=comment-content><p>Words 3.</p></div>", "<p>actions and buttons</p>")
    items[4] = items[4].replace("Words 5.", "<img src=/bread.jpg alt=''>")
    comments = read(wordpress("".join(items))).comments
    assert [each.text for each in comments] == ["" if n in (3, 5) else f"Words {n}." for n in range(1, 26)]
    assert comments[2].html == ""
    assert "bread.jpg" in comments[4].html


def test_what_engines_number_besides_comments_is_none() -> None:
    words = "<p>Die Fähre fährt im Winter nur zweimal am Tag, und bei Sturm bleibt sie im Hafen.</p><p>1. März 2011</p>"
    piece = f"<div id=c{{}} class='frame frame-default frame-type-text'>{words}</div>"
    assert read(plain(comments=piece.format(12) + piece.format(13))).comments == ()
    teaser = "<article id=post-{0} class='article'><h4>Story {0}</h4><i>May {1}, 2025</i><p>What happened then, in a line.</p></article>"
    teasers = "".join(teaser.format(20 + number, number) for number in range(1, 6))
    assert read(wordpress(beside=f"<div class=no-comments>{teasers}</div>")).comments == ()


def test_what_a_theme_nests_no_deeper_answers_the_comment_before_it_that_is_marked_as_answered() -> None:
    deepest = (
        wordpress_comment(3, classes="comment depth-2 parent")  # answered by 4, which 6 answers, and by 7
        + wordpress_comment(4, classes="comment depth-2 parent")
        + wordpress_comment(6, classes="comment depth-2")
        + wordpress_comment(5, classes="comment depth-2")  # came before 6: no answer to what that answers
        + wordpress_comment(8, classes="comment depth-2")
    )
    page = read(wordpress(wordpress_comment(1, f"<ul class=children>{deepest}</ul>", "comment depth-1 parent")))
    parents = {each.id: page.comments[each.parent].id for each in page.comments if each.parent is not None}
    assert parents == {"3": "1", "4": "3", "6": "4", "5": "3", "8": "3"}


def test_ids_that_are_too_long_for_a_number_are_read_as_well() -> None:
    deepest = "".join(
        wordpress_comment(number, classes=f"comment depth-2 {mark}").replace("comment-", f"comment-{'1' * 5000}")
        for number, mark in ((3, "parent"), (4, ""), (5, ""))
    )
    page = read(wordpress(wordpress_comment(1, f"<ul class=children>{deepest}</ul>", "comment depth-1 parent")))
    assert [each.parent for each in page.comments] == [None, 0, 1, 1]


def test_plain_words_keep_the_direction_that_the_page_states() -> None:
    page = wordpress(wordpress_comment(1)).replace("<html", '<html dir="RTL"', 1)
    assert 'dir="rtl"' in read(page).comments[0].html
    assert "dir=" not in read(wordpress(wordpress_comment(1))).comments[0].html


def test_a_thread_of_many_says_of_each_what_a_thread_of_few_says() -> None:
    few, many = (
        read(wordpress("".join(wordpress_comment(number) for number in range(1, count)))) for count in (4, 400)
    )
    assert many.comments[:3] == few.comments
    assert [each.id for each in many.comments] == [f"{number}" for number in range(1, 400)]


def said(ident: str, words: str, inside: str = "", classes: str = "comment") -> str:
    """A comment whose template numbers it by a letter, with what answers it inside."""
    return (
        f"<div id={ident} class='{classes}'><h6><span>May 15, 2012, 10:04 a.m. - Bob</span>"
        f" <a class=permalink href='/comments/{ident}/#{ident}'>¶</a> <a href='/flag/{ident}/'><i title=flag></i></a></h6>"
        f"<div class=content>{words}</div>{inside}</div>"
    )


def test_numbers_behind_the_same_letter_tell_answers_from_parts_of_what_they_answer() -> None:
    thread = said("c4", "Words one.", said("c7", "Words two.", said("c9", "Three."), "comment pb-3")) + said(
        "c8", "Four."
    )
    page = read(plain(comments=thread))
    assert tree_of(page.comments) == [("4", None, 0), ("7", "4", 1), ("9", "7", 2), ("8", None, 0)]
    assert [(each.author, each.author_url) for each in page.comments] == [("Bob", None)] * 4
    assert [each.text for each in page.comments] == ["Words one.", "Words two.", "Three.", "Four."]


def test_a_single_comment_may_be_known_by_its_class_and_number() -> None:
    assert [each.id for each in read(plain(comments=said("c45", "Words enough for one."))).comments] == ["45"]
    assert read(plain(comments=said("c45", "Words enough for one.", classes="remark"))).comments == ()


def test_numbers_that_only_count_the_comments_of_a_page_are_no_ids_of_theirs() -> None:
    thread = said("n1", "Words one.").replace("permalink", "x") + said("n2", "Words two.").replace("permalink", "x")
    assert [each.id for each in read(plain(comments=thread)).comments] == [None, None]


def test_answers_in_lists_are_told_where_the_items_have_ids_and_not_the_comments() -> None:
    def item(number: int, inside: str = "") -> str:
        return (
            f"<li id=c{number}><dl class=comment><dt>May 15, 2012, 10:04 a.m. - Bob</dt><dd>Words {number}.</dd></dl>"
            f"{f'<ul>{inside}</ul>' if inside else ''}</li>"
        )

    page = read(plain(comments=f"<div id=comments><ul>{item(4, item(7, item(9)) + item(8))}{item(5)}</ul></div>"))
    assert [(each.text, each.parent, each.depth) for each in page.comments] == [
        ("Words 4.", None, 0),
        ("Words 7.", 0, 1),
        ("Words 9.", 1, 2),
        ("Words 8.", 0, 1),
        ("Words 5.", None, 0),
    ]


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("3 comments", 3),
        ("Comments (3)", 3),
        ("3 Responses to “1984”", 3),
        ("Comments on 1984", None),
        ("0 comments", None),
    ],
)
def test_the_heading_over_a_thread_says_how_many_there_are(heading: str, count: int | None) -> None:
    thread = said("c4", "Words one.") + said("c7", "Words two.") + said("c9", "Words three.")
    page = read(plain(comments=f"<h4>{heading}</h4><form><textarea></textarea></form>{thread}"))
    assert page.post is not None
    assert (page.post.declared_comment_count, page.comments_complete) == (count, True if count else None)


@pytest.mark.parametrize("heading", ["One comment", "Een reactie", "Un commento", "1 reactie", "Один комментарий"])
def test_a_heading_may_say_in_words_that_there_is_one(heading: str) -> None:
    page = read(plain(comments=f"<h4>{heading}</h4>{said('c4', 'Words one.')}"))
    assert page.post is not None
    assert (page.post.declared_comment_count, len(page.comments)) == (1, 1)


def test_a_thread_of_one_comment_may_be_a_line_and_its_words() -> None:
    page = read(
        plain(
            comments="<dl id=comments><dt id=c4>May 15, 2012, 10:04 a.m. - Bob</dt><dd><p>Words enough.</p></dd></dl>"
        )
    )
    assert [(each.author, each.text) for each in page.comments] == [("Bob", "Words enough.")]


def test_a_sign_that_links_to_the_comment_is_no_part_of_its_title() -> None:
    title = "<h4 class=comment-title>On bread <a href='#c4'>¶</a></h4>"
    comments = read(plain(comments=said("c4", f"{title}<p>Words one.</p>") + said("c7", "Words two."))).comments
    assert [each.subject for each in comments] == ["On bread", None]


@pytest.mark.parametrize("beside", [True, False])
def test_empty_elements_that_move_a_comment_in_say_how_deep_it_is(beside: bool) -> None:
    def moved(number: int, depth: int) -> str:
        fill = "".join(f"<div class=level-{each + 1}></div>" for each in range(depth))
        line = "<b class=author>Bob</b> &sdot; <span>May 15, 2012, 10:04 a.m.</span>"
        words = f"<div class=body>Words {number}.</div>"
        if beside:
            return f"<div class=box>{fill}<div class=comment>{line}{words}</div></div>"
        return f"<div class=comment>{fill}{line}{words}</div>"

    page = read(plain(comments=moved(1, 0) + moved(2, 1) + moved(3, 2) + moved(4, 1)))
    assert [(each.parent, each.depth) for each in page.comments] == [(None, 0), (0, 1), (1, 2), (0, 1)]
    assert {each.author for each in page.comments} == {"Bob"}


def test_a_dot_behind_a_name_is_none_of_it() -> None:
    line = (
        "<div><div>Bob &sdot; <span>May 15, 2012, 10:04 a.m.</span></div></div><div class=content>Words enough.</div>"
    )
    page = read(
        plain(comments=f"<div class=comment id=comment-4>{line}</div><div class=comment id=comment-5>{line}</div>")
    )
    assert [each.author for each in page.comments] == ["Bob", "Bob"]


@pytest.mark.parametrize(
    "words", ["<p>Short.</p><p>Best,<br>Ines</p>", f"<p>{LINE}</p><p>{LINE}</p><p>Best,<br>Ines</p>"]
)
def test_a_day_without_an_element_of_its_own_is_no_words_and_takes_none_away(words: str) -> None:
    items = "".join(
        f"<li class=comment id=comment-{n}><div class=comment-body><div class=wrap><span class=author>Ines</span><br>\n"
        f"Oktober {n}, 2018 \t {words}</div></div></li>"
        for n in (1, 2)
    )
    page = read(plain(comments=f"<ol class=commentlist>{items}</ol>"))
    assert [each.published.iso for each in page.comments if each.published] == ["2018-10-01", "2018-10-02"]
    assert [each.text.split("\n")[0] for each in page.comments] == ["Short." if "Short" in words else LINE] * 2
    assert [each.text.split("\n")[-2:] for each in page.comments] == [["Best,", "Ines"]] * 2
    assert not any("2018" in each.html for each in page.comments)


def test_a_line_with_words_of_the_comment_is_no_line_of_name_and_time() -> None:
    items = "".join(
        f"<div class=qz-comment><div class=middle><time datetime=2020-09-2{n}T12:45:17>2{n}.09.20 | 12:45</time> <a href=/u/{n}>"
        f"Ines</a><br><div class='left small'>Thanks a lot, number {n}, I will try that out one day or the other.</div></div></div>"
        for n in (1, 2, 3)
    )
    page = read(plain(comments=f"<div id=qz-comments>{items}</div>"))
    assert [(each.author, each.text[:23]) for each in page.comments] == [
        ("Ines", f"Thanks a lot, number {n},") for n in (1, 2, 3)
    ]


def test_a_ping_keeps_what_it_quotes_and_nothing_of_what_calls_it_one() -> None:
    quoting = (
        "<li class=pingback id=comment-7><div class=vcard><cite class=fn><a href=//b.example class=url>A page</a></cite></div>"
        "<div class=social-comment-body><p>[...] as Ines has it: hope [...]</p></div></li>"
    )
    bare = "<li class=pingback id=comment-8><p>Pingback: <a href=//c.example class=url>Another page</a></p></li>"
    page = read(wordpress(quoting + bare))
    assert [(each.kind, each.author, each.text, each.html) for each in page.comments] == [
        ("pingback", "A page", "[...] as Ines has it: hope [...]", "<p>[...] as Ines has it: hope [...]</p>"),
        ("pingback", "Another page", "", ""),
    ]


def test_times_and_buttons_before_a_comments_words_leave_text_and_html_with_their_breaks() -> None:
    said = "<b class=author>Bob</b> <i class=date>May 3, 2012</i><br>Reply<br>May 4, 2012<br>Words &amp; more.<br>Well."
    (comment,) = read(plain(comments=f"<div id=comments><div class=comment id=comment-1>{said}</div></div>")).comments
    assert (comment.text, comment.html) == ("Words & more.\nWell.", "Words &amp; more.<br>Well.")


def test_many_times_before_a_comments_words_take_linear_time() -> None:
    said = f"<b class=author>Bob</b> <i class=date>May 3, 2012</i> {'May 3, 2012<br>' * 75_000} Words of a comment."
    page = plain(comments=f"<div id=comments><div class=comment id=comment-1>{said}</div></div>")
    assert seconds_to_read(page) < 2


def test_ids_with_longer_numbers_than_engines_give_are_not_read_as_numbers() -> None:
    said = "<b class=author>Bob</b> <i class=date>May 3, 2012</i><p>Words of a comment.</p>"
    comments = "".join(f"<div class=comment id=item{digit * 5_000}>{said}</div>" for digit in "123")
    assert len(read(plain(comments=f"<div class=comments>{comments}</div>")).comments) == 3
