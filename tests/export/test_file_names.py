"""A file's name comes from a title, and leads nowhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scraper.export.file_names import file_stem
from scraper.store.planning.times import Time


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_title_and_date_make_a_name_that_every_system_takes(title: str, day: str) -> None:
    name = file_stem(Time(day), title, 7)
    assert name[0].isalnum()
    assert name.endswith("-7")
    assert all(character.isalnum() or character == "-" for character in name)
    assert len(name.encode()) < 120


def test_names_differ_by_key_and_are_the_same_each_time() -> None:
    names = [file_stem(Time("2012-05"), "Hello", key) for key in (1, 2, 1)]
    assert names == ["2012-05-hello-1", "2012-05-hello-2", "2012-05-hello-1"]
    assert file_stem(Time("2012-05-14"), "時刻表は本当に必要か", 3) == "2012-05-14-時刻表は本当に必要か-3"
