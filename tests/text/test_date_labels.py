"""The words beside a day say whether it is the post's."""

from __future__ import annotations

import pytest

from scraper.text.date_labels import Said, said_of


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Posted by Ann on", "published"),
        ("Veröffentlicht am", "published"),
        ("Last updated:", "modified"),
        ("Zuletzt geändert am", "modified"),
        ("Mis à jour le", "modified"),
        ("Member since", "other"),
        ("©", "other"),
        ("by Ann |", "nothing"),
        ("", "nothing"),
    ],
)
def test_what_is_said(before: str, expected: Said) -> None:
    assert said_of(before) == expected
