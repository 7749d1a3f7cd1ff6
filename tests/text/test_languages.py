"""Numbers of a date are read as the page's language writes them, where that is known."""

from __future__ import annotations

import pytest

from scraper.text.languages import writes_day_first


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", True), ("fr-CA", True), ("en-GB", True), ("en_US", False), ("en", None), ("ja", None), ("", None)],
)
def test_day_or_month_first(language: str, expected: bool | None) -> None:
    assert writes_day_first(language) is expected
