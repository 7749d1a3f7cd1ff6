from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extract.directives import read_directives
from scraper.extract.page import extract_page


def directives(html: str = "", *headers: str) -> tuple[str, ...]:
    return extract_page(
        f"<html><head>{html}</head></html>", None, headers=[("X-Robots-Tag", h) for h in headers]
    ).robots


def test_elements_and_headers_both_count_and_each_directive_once() -> None:
    found = directives('<META NAME="Robots" content="NoIndex, NOARCHIVE">', "noarchive, nofollow", "max-snippet: 20")
    assert found == ("noindex", "noarchive", "nofollow", "max-snippet:20")


@pytest.mark.parametrize("header", ["googlebot: noarchive", "otherbot: noindex, noarchive"])
def test_what_is_asked_of_one_robot_is_not_for_us(header: str) -> None:
    assert directives("", header) == ()


def test_a_page_that_asks_nothing_says_nothing() -> None:
    assert directives('<meta name="description" content="noarchive">') == ()


@given(st.text())
def test_no_statement_raises(text: str) -> None:
    assert all(each == each.lower() for each in read_directives(text.lower()))
