"""The invented blogs show what they hold: each post and comment is read from the pages of every theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.run.crawling.grab import grab
from scraper.settings import Settings
from tests.web.blogs import make_blog
from tests.web.gold import gold_of, held_in
from tests.web.more_themes import THEMES
from tests.web.server import Web
from tests.web.sites import BlogSite
from tests.web.themes import Theme

HOST = "127.0.0.1"
LOCAL = Settings(allow_net=("127.0.0.0/8",))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_that_a_blog_holds_can_be_read_from_its_pages(theme: Theme, tmp_path: Path) -> None:
    with Web([HOST]) as web:
        site = BlogSite(theme, web.base(HOST), make_blog(7, 12, long_thread=25))
        web.put(HOST, site)
        report = grab(tmp_path / "voices.db", [site.base + target for target in sorted(site.posts)], LOCAL, delay=0.0)
    assert report.exit_code == 0
    gold, held = gold_of([site]), held_in(tmp_path / "voices.db")
    assert sum(len(each.remarks) for each in gold.values()) > 60
    assert held == gold
