"""Character references are resolved as HTML says, and no page makes that raise."""

from __future__ import annotations

import html

import pytest

from scraper.text.entities import unescape
from tests.extract.pages import PROSE, plain, read

ENDLESS = f"&#{'9' * 5_000};"


@pytest.mark.parametrize(
    "text", ["", "a & b", "&amp;&#65;&#x41;&eacute;", "&#0;&#x110000;&#99999999;", "&#0000000065;"]
)
def test_it_is_what_html_says(text: str) -> None:
    assert unescape(text) == html.unescape(text)


@pytest.mark.parametrize(
    "stated",
    [
        f'"articleBody": "{"word " * 200}{ENDLESS}"',
        f'"author": {{"@type": "Person", "name": "Ann Lee", "image": "/{ENDLESS}"}}',
        f'"headline": "{ENDLESS}"',
    ],
    ids=["text", "picture", "title"],
)
def test_a_number_without_end_in_what_a_page_states_makes_nothing_raise(stated: str) -> None:
    script = f'<script type="application/ld+json">{{"@type": "Article", {stated}}}</script>'
    assert read(plain(PROSE, head=script)).post is not None


def test_nor_does_one_in_the_address_of_a_comment_service() -> None:
    assert read(plain(PROSE + f"<div id=disqus_thread data-disqus-shortname='{ENDLESS}'></div>")).post is not None
