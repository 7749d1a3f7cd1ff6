from __future__ import annotations

import tracemalloc

from scraper.extract.taught import template
from scraper.extract.taught.template import Recurrence
from scraper.parse.html import parse_html


def counted(number: int, pages: int, blocks: int) -> Recurrence:
    recurrence = Recurrence()
    for page in range(pages):
        body = "".join(f"<p class=c{chr(97 + block % 26)}>Block {number}-{page}-{block}</p>" for block in range(blocks))
        document = parse_html(f"<html><body><div class=top>On every page</div>{body}</body></html>")
        recurrence.add(document)
        document.release()
    return recurrence


def test_what_is_on_every_page_outlives_what_is_forgotten() -> None:
    recurrence = counted(1, 12, template.MOST_BLOCKS // 5)
    assert [(each.excerpt, each.pages) for each in recurrence.template()] == [("On every page", 12)]


def test_memory_does_not_grow_with_the_pages() -> None:
    counted(1, 2, 100)
    tracemalloc.start()
    recurrence = counted(2, 10, template.MOST_BLOCKS // 4)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert recurrence.pages == 10
    assert held < 1_000 * template.MOST_BLOCKS
