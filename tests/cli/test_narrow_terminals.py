"""Tables on terminals of any width: no word is broken, and nothing is lost."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.cli.columns import LONGEST_WORD, fit_columns
from tests.cli.conftest import Call
from tests.cli.test_coverage import crawled  # noqa: F401 (a fixture)

VERBS = ("list", "stats", "runs", "coverage")
WIDTHS = (200, 80, 60, 40, 20, 1)


class Terminal:
    def isatty(self) -> bool:
        return True

    def __getattr__(self, name: str) -> object:
        return getattr(sys.stdout, name)


def words_in(text: str) -> set[str]:
    """All words that are not longer than a column may have to be; the blocks of charts are none."""
    return {word.rstrip(":") for word in re.sub(r"[▁▂▃▄▅▆▇█]+", "", text).split() if len(word) <= LONGEST_WORD}


def test_no_word_is_broken_or_lost(call: Call, crawled: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    for place in ("output", "commands.stats", "commands.coverage"):
        monkeypatch.setattr(f"scraper.cli.{place}.sys", type("Sys", (), {"stdout": Terminal()}))
    for verb in VERBS:
        shown = {}
        for width in WIDTHS:
            monkeypatch.setenv("COLUMNS", str(width))
            found = call(verb, crawled)
            assert (found.exit_code, found.stderr) == (0, "")
            shown[width] = found.stdout
        assert len(words_in(shown[200])) > 10
        for width, text in shown.items():
            assert words_in(shown[200]) <= words_in(text), (verb, width)
            assert width < 60 or all(len(line) <= width for line in text.splitlines() if "://" not in line)


CELLS = st.lists(st.text("ab ", max_size=30), min_size=3, max_size=3)


@given(st.lists(CELLS, min_size=1, max_size=4), st.integers(0, 120))
def test_a_table_that_fits_breaks_no_word_and_leaves_no_room_that_it_needs(lines: list[list[str]], room: int) -> None:
    widths = fit_columns(lines, room)
    longest = [max((len(word) for line in lines for word in line[place].split()), default=0) for place in range(3)]
    least = [min(each, LONGEST_WORD) for each in longest]
    if widths is None:
        assert sum(least) > room
        return
    assert sum(widths) <= room
    assert all(width >= need for width, need in zip(widths, least, strict=True))
    whole = [max(len(line[place]) for line in lines) for place in range(3)]
    assert widths == tuple(whole) or sum(widths) == room
