from __future__ import annotations

import pytest

from scraper.cli.commands import crawl, grab, update
from scraper.settings import Settings


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["--render", "v.db", "http://blog.example/"], "needed"),
        (["--render", "always", "v.db", "http://blog.example/"], "always"),
        (["v.db", "http://blog.example/", "--render"], "needed"),
        (["v.db", "http://blog.example/"], None),  # what the settings say
    ],
)
def test_render_alone_means_where_it_is_needed_and_swallows_no_argument(words: list[str], meant: str | None) -> None:
    for verb in (crawl, grab):
        context = verb.command.make_context("verb", list(words))
        assert context.params["render"] == meant
        assert str(context.params["db"]) == "v.db"


def test_all_verbs_that_fetch_into_an_archive_take_access_and_rendering() -> None:
    for verb in (crawl, grab, update):
        names = {parameter.name for parameter in verb.command.params}
        assert {"cookies", "auth", "password_file", "render"} <= names
    assert Settings().render == "none"
