"""PHP's debug arrays are cut out of the text and kept as contexts; code samples of the post stay."""

from __future__ import annotations

import time

import pytest

from scraper.extract.blocks.debug import array_entries
from tests.extract.pages import LINE, PROSE, plain, read, text_of

PRINT_R = "Array\n(\n    [0] => sitewide\n    [1] => node_blog\n)\n"
VAR_DUMP = 'array(2) {\n  [0]=>\n  string(8) "sitewide"\n  [1]=>\n  string(9) "node_blog"\n}\n'


@pytest.mark.parametrize("dump", [PRINT_R, VAR_DUMP, " ".join(PRINT_R.split())])
def test_a_dump_in_the_page_is_cut_and_its_entries_kept(dump: str) -> None:
    page = read(plain(f"{PROSE}<div>{dump}</div>"))
    assert page.contexts == ("sitewide", "node_blog")
    assert text_of(page).count(LINE) == 8
    assert "sitewide" not in text_of(page)
    assert [removal.kind for removal in page.removals if removal.step == "debug"] == ["debug_array"]


@pytest.mark.parametrize("dump", [PRINT_R, VAR_DUMP])
def test_a_code_sample_of_the_post_stays(dump: str) -> None:
    page = read(plain(f"{PROSE}<pre><code>{dump}</code></pre>"))
    assert page.contexts == ()
    assert "sitewide" in text_of(page)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Array ( [a] => Array ( [x] => 1 [y] => 2 ) [b] => 3 )", ("1", "2", "3")),
        ("Array ( [a] => one (1) [b] => two )", ("one (1)", "two")),
        ("Array ( [a] => 1 ) is short", ()),
        ("Array ( [open] => here, then Array ( [a] => 1 [b] => 2 )", ("1", "2")),
        ("An array (see [1]) => of prose [2] => end )", ()),
        ("", ()),
    ],
)
def test_entries_are_the_leaf_values(text: str, entries: tuple[str, ...]) -> None:
    assert array_entries(text) == entries


def test_prose_about_arrays_stays() -> None:
    page = read(plain(f"{PROSE}<p>An Array is written array() in PHP, or [0] => 1 where it is shown.</p>"))
    assert "[0] => 1 where" in text_of(page) and page.contexts == ()


def test_arrays_that_never_close_cost_no_time() -> None:
    before = time.process_time()
    assert array_entries("Array ( [0] => a " * 20_000) == ()
    assert time.process_time() - before < 2
