"""What is over the budget is cut with a notice, and what no reader sees goes before anything that one does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parse.budget import LONGEST_TAG, MAX_CHARACTERS, MAX_TAGS, within_budget, within_characters
from scraper.parse.html import parse_html

LARGE = "word " * 300_000


@given(st.text("<>/ab \"'=:;,data", max_size=200))
def test_a_page_within_the_budget_stays_as_it_is(text: str) -> None:
    assert within_budget(text) == (text, ())


def test_the_largest_of_real_pages_are_within_the_budget() -> None:
    page = "<p>" * 20_000 + "x" * 2_100_000
    assert within_budget(page) == (page, ())


def test_tags_after_the_budget_are_cut_at_a_tag() -> None:
    text, notices = within_budget("<p>" * (MAX_TAGS + 7) + "last")
    assert text == "<p>" * MAX_TAGS
    assert notices == ("cut: after 80,000 of 80,007 tags",)


def test_characters_after_the_budget_are_cut_and_no_tag_is_torn() -> None:
    text, notices = within_budget("x" * (MAX_CHARACTERS - 3) + "<p class=a>more")
    assert text == "x" * (MAX_CHARACTERS - 3)
    assert notices == ("cut: after 2,500,000 of 2,500,012 characters",)


def test_endless_attributes_go_and_the_text_after_them_stays() -> None:
    text, notices = within_budget(f"{LARGE}<div {'a=b ' * LONGEST_TAG}><p>kept")
    assert text == f"{LARGE}<div><p>kept"
    assert notices == ("cut: attributes of 1 tags longer than 65,536 characters",)


def test_an_endless_tag_that_another_tag_follows_goes_too() -> None:
    text, notices = within_budget(f"{LARGE}<div {'a=b ' * LONGEST_TAG}<b>bold</b> <i>kept")
    assert text == f"{LARGE}<div><b>bold</b> <i>kept"
    assert notices == ("cut: attributes of 1 tags longer than 65,536 characters",)


def test_files_inside_the_page_are_no_part_of_the_budget() -> None:
    image = f"<img src='data:image/png;base64,{'A' * 4_000_000}'>"
    assert within_budget(f"{image}<p>kept") == ("<img src='data:,'><p>kept", ())


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("<script>{}</script>", "<p>a</script><p>b"),
        ("<SCRIPT>{}</Script>", "<p>a</Script><p>b"),
        ("<!-- <script> {} -->", "<p>a<p>b"),
        ("<style media=all>{}</style>", "<p>a</style><p>b"),
    ],
)
def test_scripts_and_style_sheets_go_before_any_text(code: str, kept: str) -> None:
    assert within_budget(f"<p>a{code.format('x = 1; ' * 500_000)}<p>b") == (kept, ())


def test_a_script_that_holds_data_stays() -> None:
    data = '<script type="application/ld+json">{"headline": "x"}</script>'
    assert within_budget(f"{data}<script>{'y' * MAX_CHARACTERS}</script><p>b") == (f"{data}</script><p>b", ())


def test_a_script_that_never_ends_is_cut_as_text_is() -> None:
    text, notices = within_budget(f"<p>a<script>{'<script>' * 10}{'y' * MAX_CHARACTERS}")
    assert text.startswith("<p>a<script>") and len(text) == MAX_CHARACTERS and len(notices) == 1


def test_a_text_is_cut_at_the_same_length() -> None:
    assert within_characters("x" * MAX_CHARACTERS) == ("x" * MAX_CHARACTERS, ())
    assert within_characters("x" * (MAX_CHARACTERS + 1))[1] == ("cut: after 2,500,000 of 2,500,001 characters",)


@pytest.mark.parametrize("tag", ["font", "B", "Strong"])
def test_formatting_that_would_multiply_in_the_tree_goes(tag: str) -> None:
    opened = "".join(f"<{tag} id={number}>" for number in range(600))
    text, notices = within_budget(f"<p>{opened}</p>" + "<p>word" * 600)
    assert text == "<p>" + "".join(f"<span id={number}>" for number in range(600)) + "</p>" + "<p>word" * 600
    assert notices == ("cut: formatting elements, of which each block repeats many",)


def test_formatting_that_is_closed_stays() -> None:
    page = "<p><b>bold</b> <i>it</i> <font color=red>red</font></p>" * 2_000
    assert within_budget(page) == (page, ())


def test_what_only_looks_like_a_file_in_running_text_stays() -> None:
    page = f"{LARGE}<p>metadata:{'x' * 2_000} and url(data:font/woff;base64,{'A' * 2_000})"
    assert within_budget(page)[0] == f"{LARGE}<p>metadata:{'x' * 2_000} and url(data:,)"


@pytest.mark.parametrize(
    "source",
    [
        "{opened}</p>{blocks}" + "</font>" * 400,
        "{unclosed}</p>{blocks}",
        "{opened}<table><td>" + "</font>" * 400 + "</table>{blocks}",
        "{quoted}</p>{blocks}",
        "{mixed}</p>{blocks}",
        "{torn}</p>{blocks}",
        "{slashed}</p>{blocks}",
    ],
)
def test_tags_that_only_seem_to_close_formatting_do_not_hide_it(source: str) -> None:
    numbers = range(400)
    page = source.format(
        opened="".join(f"<font color={number}>" for number in numbers),
        unclosed="".join(f"</b><font color={number}>" for number in numbers),
        quoted="".join(f'<font title=">{number}">' for number in numbers),
        mixed="".join(f"""<font id='"' title=">{number}">""" for number in numbers),
        torn="".join(f"<font title=<{number}>" for number in numbers),
        slashed="".join(f"<font/color={number}>" for number in numbers),
        blocks="<p>word" * 3_000,
    )
    assert len(parse_html(page).nodes) < 20_000
    assert within_budget(page)[1] == ("cut: formatting elements, of which each block repeats many",)
