"""A line that begins or ends nearly all comments of a thread is the theme's and no commenter's."""

from __future__ import annotations

import pytest

from tests.extract.pages import read, wordpress


def comment(number: int, words: str) -> str:
    return (
        f'<li class="comment depth-1" id="comment-{number}"><cite class=fn>Ann {number}</cite>'
        f'<time datetime="2012-05-{number + 10}">May {number + 10}</time><div class=comment-content>{words}</div></li>'
    )


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", "<p>[Flag]</p>"),
        ("", "<br>[Flag]"),
        ("<div>Novice</div>", ""),
        ("<b>Novice</b><br><br>", "<p>Rate this:</p>"),
    ],
)
def test_what_nearly_all_begin_or_end_with_is_no_word_of_theirs(before: str, behind: str) -> None:
    lines = [f"{before}<p>Words {n}.</p><p>Best, {n}.</p>{behind}" for n in range(5)]
    page = read(wordpress("".join(map(comment, range(6), [*lines, "<p>One more.</p><p>Bye.</p>"]))))
    assert [each.text for each in page.comments] == [*(f"Words {n}.\nBest, {n}." for n in range(5)), "One more.\nBye."]
    assert [each.html for each in page.comments][:2] == [f"<p>Words {n}.</p><p>Best, {n}.</p>" for n in range(2)]


def test_what_some_say_and_what_is_all_that_is_said_stays() -> None:
    greeting = read(
        wordpress("".join(comment(n, f"<p>Hi</p><p>Words {n}.</p>" if n < 3 else f"<p>No {n}.</p>") for n in range(6)))
    )
    assert [each.text for each in greeting.comments][:2] == ["Hi\nWords 0.", "Hi\nWords 1."]
    kind = read(wordpress("".join(comment(n, f"<p>Hi Ann,</p><p>Words {n}.</p><p>Thank you!</p>") for n in range(6))))
    assert [each.text for each in kind.comments][:1] == ["Hi Ann,\nWords 0.\nThank you!"]
    alone = read(wordpress("".join(comment(n, "<p>First!</p>") for n in range(6))))
    assert [each.text for each in alone.comments] == ["First!"] * 6
