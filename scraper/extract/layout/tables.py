"""Tables that hold no data but put a page in its places: `flatten_layout`."""

from __future__ import annotations

from scraper.parse.fragment import Fragment, Piece

HEADED = "th, caption, thead"
# What stands in a cell only where the table was made for its looks.
PARTS_OF_PAGES = "td h1, td h2, td h3, td h4, td blockquote, td pre, td ul, td p + p"
SECOND_CELL = "td + td"


def flatten_layout(fragment: Fragment) -> None:
    """Such tables become blocks, one a cell."""
    for table in fragment.pieces("table"):
        if _is_layout(table):
            table.unfold_table()


def _is_layout(table: Piece) -> bool:
    if table.get("role") in ("presentation", "none") or table.select_one("table") is not None:
        return True
    if table.select_one(HEADED) is not None:
        return False
    return table.select_one(SECOND_CELL) is None or table.select_one(PARTS_OF_PAGES) is not None
