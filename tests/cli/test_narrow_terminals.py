"""Tables on terminals of any width: no word is broken, and nothing is lost."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from scraper.cli.columns import LONGEST_WORD, cut_addresses, fit_columns
from scraper.cli.output import print_table
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


def test_an_address_is_cut_on_a_terminal_in_a_table_and_nowhere_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"https://blog.example/2012/05/{'of-slow-bread-' * 4}and-of-fast-bread"
    rows = [("7", "2012-05-14", "Of bread", url)]
    print_table(("id", "date", "title", "URL"), rows)
    assert capsys.readouterr().out == "\t".join(rows[0]) + "\n"
    monkeypatch.setattr("scraper.cli.output.sys", type("Sys", (), {"stdout": Terminal()}))
    for width, lines in ((80, 2), (30, 5)):
        monkeypatch.setenv("COLUMNS", str(width))
        print_table(("id", "date", "title", "URL"), rows)
        shown = capsys.readouterr().out.splitlines()
        assert len(shown) == lines
        assert (url in "".join(shown)) == (lines == 5)
        assert ("https://blog." in shown[-1] and "…" in shown[-1] and "fast-bread" in shown[-1]) == (lines == 2)


@given(st.text("aé\u0301食物パン🍞/-", max_size=60), st.integers(1, 40))
def test_a_cut_address_has_room_whatever_its_characters(path: str, width: int) -> None:
    url = f"https://blog.example/{path}"
    cut = cut_addresses(f"see {url}", width, cell_len)
    assert cell_len(cut) <= len("see ") + width or cut == f"see {url}"
    assert (cut == f"see {url}") == (cell_len(url) <= width)


def test_an_address_of_wide_characters_stays_on_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.cli.output.sys", type("Sys", (), {"stdout": Terminal()}))
    monkeypatch.setenv("COLUMNS", "60")
    print_table(("id", "title", "URL"), [("7", "Of bread", f"https://blog.example/{'面包' * 12}/終")])
    _, row = capsys.readouterr().out.splitlines()
    assert "https://blog." in row and row.rstrip().endswith("/終")


def test_a_table_whose_rows_are_tall_is_stacked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.cli.output.sys", type("Sys", (), {"stdout": Terminal()}))
    monkeypatch.setenv("COLUMNS", "60")
    row = ("12", "2012-05-14 10:00:00", "0 s", "import", "2 inputs: 2 fetched; 2 new posts, 4 new comments", "0 done")
    print_table(("id", "began", "took", "command", "what it did", "how it ended"), [row])
    assert capsys.readouterr().out.splitlines() == [
        "id: 12",
        "  began: 2012-05-14 10:00:00",
        "  took: 0 s",
        "  command: import",
        "  what it did: 2 inputs: 2 fetched; 2 new posts, 4 new",
        "  comments",
        "  how it ended: 0 done",
    ]


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
