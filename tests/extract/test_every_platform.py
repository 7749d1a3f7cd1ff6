"""No engine's markup loses a comment or invents one: threads drawn by lot come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.pages import read
from tests.extract.threads_as_printed import ENGINES, Said

NAMES = ("Ann Lee", "Bob", "Hester Q.", "Świętosława", "李雷", "ines_42", "O'Neil")
WORDS = ("Reply", "3 days ago", "Slow bread is best.", "x < y & z", "Ann says: no", "Thanks!", "Why? — because", "2012")


@st.composite
def threads(draw: st.DrawFn) -> list[Said]:
    """Comments in the order in which a thread shows them: each with its answers right behind it."""
    said: list[Said] = []
    for place in range(draw(st.integers(1, 14))):
        open_ = [None]
        if said:
            last: int | None = len(said) - 1
            while last is not None:
                open_.append(last)
                last = next((p for p, each in enumerate(said) if each.number == said[last].parent), None)
        above = draw(st.sampled_from(open_))
        words = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
        author, day = draw(st.sampled_from(NAMES)), draw(st.integers(1, 28))
        parent, depth = (None, 0) if above is None else (said[above].number, said[above].depth + 1)
        said.append(Said(7000 + 3 * place, author, f"{words} No. {place}", day, parent, depth))
    return said


@pytest.mark.parametrize("engine", ENGINES)
@given(thread=threads())
def test_a_thread_comes_back_as_it_was(engine: str, thread: list[Said]) -> None:
    printed, tells_parents = ENGINES[engine]
    comments = read(printed(thread)).comments
    assert [each.text for each in comments] == [said.words for said in thread]
    assert [each.author for each in comments] == [said.author for said in thread]
    assert [each.published.iso[:10] for each in comments if each.published and each.published.iso] == [
        f"2012-05-{said.day:02}" for said in thread
    ]
    if tells_parents:
        numbers = {said.number: place for place, said in enumerate(thread)}
        assert [each.parent for each in comments] == [numbers.get(said.parent or 0) for said in thread]
