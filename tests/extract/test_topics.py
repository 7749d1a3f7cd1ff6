"""Of a forum's topic the opening message is the post, and the others are its comments."""

from __future__ import annotations

from scraper.extract import extract_page
from scraper.model import Page

TOPIC = "https://talk.example/viewtopic.php?t=17"
WORDS = "The boat has been out of the water since Whitsun, and the paint that I bought for it is dry by now."


def message(number: int, text: str, name: str = "Ines", shown: str = "") -> str:
    return (
        f"<div class=post id=p{number}><dl class=postprofile><dt><a class=username href='/u?u={number}'>{name}</a></dt>"
        f"<dd>Joined: 3 March 2009</dd></dl><div class=postbody><p class=author>{shown}<a href='#p{number}'>"
        f"12 May 2014, 10:{number:02}</a></p><div class=content>{text}</div></div></div>"
    )


def topic(*messages: str, url: str = TOPIC) -> Page:
    return extract_page(f"<body id=phpbb><h2 class=topic-title>Paint</h2>{''.join(messages)}</body>", url)


def test_the_first_message_is_the_post() -> None:
    page = topic(message(1, WORDS, "Hester"), message(2, "Which paint?"), message(3, "The red one.", "Hester"))
    assert page.post is not None
    assert (page.kind, page.is_topic, page.post.text) == ("post", True, WORDS)
    assert [byline.name for byline in page.post.bylines] == ["Hester"]
    assert page.post.published is not None
    assert page.post.published.iso == "2014-05-12T10:01"
    assert [(each.id, each.author, each.text) for each in page.comments] == [
        ("2", "Ines", "Which paint?"),
        ("3", "Hester", "The red one."),
    ]
    assert [each.by_post_author for each in page.comments] == [False, True]


def test_the_opening_message_is_claimed_as_what_tells_author_and_time() -> None:
    claims = topic(message(1, WORDS, "Hester"), message(2, "Which paint?")).claims
    won = {claim.field: (claim.source, claim.value) for claim in claims if claim.accepted}
    assert won["author"] == ("topic", "Hester")
    assert won["published"] == ("topic", "12 May 2014, 10:01")
    later = topic(message(21, WORDS), message(22, "Which paint?"), url=f"{TOPIC}&start=20")
    assert not {"author", "published"} & {claim.field for claim in later.claims if claim.accepted}


def test_a_topic_of_one_message_has_no_comments() -> None:
    page = topic(message(1, WORDS))
    assert page.post is not None
    assert (page.post.text, page.comments) == (WORDS, ())


def test_a_later_page_by_its_address_has_no_opening_message() -> None:
    page = topic(message(21, WORDS), message(22, "Which paint?"), url=f"{TOPIC}&start=20")
    assert page.post is not None
    assert (page.kind, page.post.text, page.post.bylines, page.post.published) == ("post", "", (), None)
    assert (page.post_url, page.comment_page) == (TOPIC, 20)
    assert [each.text for each in page.comments] == [WORDS, "Which paint?"]


def test_messages_that_number_themselves_tell_that_the_first_is_elsewhere() -> None:
    later = topic(message(1, WORDS, shown="<b>#21</b>"), message(2, "Which paint?", shown="<b>#22</b>"))
    assert [each.text for each in later.comments] == [WORDS, "Which paint?"]
    first = topic(message(1, WORDS, shown="<b>#1</b>"), message(2, "Which paint?", shown="<b>#2</b>"))
    assert [each.text for each in first.comments] == ["Which paint?"]


def test_numbers_that_do_not_count_are_ids_and_tell_nothing() -> None:
    page = topic(message(1, WORDS, shown="<b>#172747</b>"), message(2, "Which paint?", shown="<b>#172903</b>"))
    assert [each.text for each in page.comments] == ["Which paint?"]


def test_a_quote_stays_a_blockquote() -> None:
    quote = "<blockquote><div><cite>Hester wrote:</cite>The red one.</div></blockquote>It peels."
    comment = topic(message(1, WORDS), message(2, quote)).comments[0]
    assert comment.text == "Hester wrote:\nThe red one.\nIt peels."
    assert comment.html is not None
    assert "<blockquote>" in comment.html


def test_a_message_that_quotes_the_opening_one_answers_the_post() -> None:
    quote = "<blockquote><div><cite><a href='?p={n}#p{n}' data-post-id={n}>Hester</a></cite>Red.</div></blockquote>Yes."
    page = topic(message(1, WORDS), message(2, quote.format(n=1)), message(3, quote.format(n=2)))
    assert [(each.parent, each.parent_ref, each.depth) for each in page.comments] == [(None, None, 0), (0, "2", 1)]


def test_all_of_the_page_but_the_opening_message_is_accounted_for() -> None:
    page = topic(message(1, WORDS), message(2, "Which paint?"), "<div class=foot>Moored with two ropes.</div>")
    assert any("Moored" in removal.excerpt for removal in page.removals)
    assert any(removal.kind == "comments" for removal in page.removals)


def test_a_story_that_is_only_a_link_is_a_post_without_text() -> None:
    story = (
        "<table id=hnmain><tr><td><table class=fatitem><tr class=athing id=7><td class=title><span class=titleline>"
        "<a href='https://boats.example/'>Corks</a></span></td></tr><tr><td class=subtext>by <a class=hnuser>Hester</a>"
        "</td></tr></table><table class=comment-tree><tr class='athing comtr' id=8><td class=ind indent=0></td><td>"
        "<a class=hnuser>Ines</a> <span class=age title='2014-05-12T11:30:00'>then</span><div class=commtext>Fine corks."
        "</div></td></tr><tr class='athing comtr' id=9><td class=ind indent=1></td><td><a class=hnuser>Bo</a>"
        " <span class=age title='2014-05-12T12:30:00'>then</span><div class=commtext>Too red.</div></td></tr></table>"
    )
    page = extract_page(story, "https://news.example/item?id=7")
    assert page.post is not None
    assert (page.kind, page.post.title, page.post.text) == ("post", "Corks", "")
    assert [byline.name for byline in page.post.bylines] == ["Hester"]
    assert [(each.author, each.text, each.parent) for each in page.comments] == [
        ("Ines", "Fine corks.", None),
        ("Bo", "Too red.", 0),
    ]


def test_a_board_is_a_listing_of_topics_and_no_post() -> None:
    rows = "".join(
        f"<li class=row><a class=topictitle href='?t={n}'>Paint {n}</a> by <a class=username href='/u'>Bo</a> 12 May 2014"
        f"<p>{WORDS}</p></li>"
        for n in range(5)
    )
    page = extract_page(
        f"<body id=phpbb><ul class='topiclist topics'>{rows}</ul></body>", "https://talk.example/forum/3"
    )
    assert (page.kind, page.is_topic, page.post) == ("listing", False, None)


def test_a_name_in_data_author_is_the_authors() -> None:
    def post(number: int, name: str) -> str:
        return (
            f"<li class=message id=post-{number} data-author='{name}'><h3 class=userText>{name} <em class=username>Deckhand"
            f"</em></h3><span class=DateTime>12 May 2014, 10:{number:02}</span><div class=messageText>{WORDS}</div></li>"
        )

    page = extract_page(f"<html id=XenForo><body><ol>{post(11, 'Hester')}{post(12, '12')}</ol>", TOPIC)
    assert page.post is not None
    assert [byline.name for byline in page.post.bylines] == ["Hester"]
    assert [each.author for each in page.comments] == ["Deckhand"]


def test_an_answer_that_all_may_edit_has_the_name_of_who_wrote_most_of_it_and_not_of_its_revisions() -> None:
    body = "<div class='s-prose js-post-body'><p>{}</p></div>"
    signed = "<div class=post-signature><div class=user-details><a href='/users/{0}/{1}'>{1}</a></div></div>"
    revised = (
        "<div class=post-signature><div class=user-details><span class=community-wiki>community wiki</span></div>"
        "<div class=user-details><a href='/posts/72/revisions'>11 revs, 8 users 50%<br></a>"
        "<a href='/users/6'>florian</a></div></div>"
    )
    question = f"<div id=question data-questionid=71>{body.format(WORDS)}{signed.format(5, 'Hester')}</div>"
    answer = f"<div id=answer-72 class=answer>{body.format('The red one floats.')}{revised}</div>"
    html = f"<body class=question-page><h1>Which paint?</h1>{question}<div id=answers>{answer}</div></body>"
    page = extract_page(html, "https://talk.example/questions/71/which-paint")
    assert [each.author for each in page.comments] == ["florian"]
