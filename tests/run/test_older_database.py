"""A database that was replaced by an older copy looks for its captures in the segments that a take-down has left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.upkeep.check import check_archive
from scraper.run.upkeep.forget import forget
from scraper.run.upkeep.reparse import reparse
from scraper.settings import Settings
from scraper.store.takedowns.forget_target import Wish
from tests.run.conftest import SiteWarc
from tests.run.forgettable import HOST, MAIL, NAME, OTHER, POST, WORDS, fill_site
from tests.run.inputs_of_five import fill_folder
from tests.run.soundness import assert_sound, exported, rows
from tests.run.traces import traces

CAPTURES = "SELECT url, fetched_at, payload_sha256, warc_file, warc_offset FROM captures ORDER BY url, fetched_at"


@pytest.fixture
def filled(db: Path, site: SiteWarc) -> Path:
    fill_site(site)
    import_paths(db, [site.done()], ImportOptions(), Settings())
    return db


@pytest.mark.parametrize("wishes", [(NAME,), (POST,), (f"{POST}#comment-11",), (OTHER, NAME)], ids=" ".join)
def test_it_is_brought_up_to_what_is_in_the_folder(filled: Path, tmp_path: Path, wishes: tuple[str, ...]) -> None:
    older = shutil.copy(filled, tmp_path / "older")
    for wish in wishes:
        forget(filled, Wish(wish), Settings())
    captures, posts = rows(filled, CAPTURES), exported(filled)
    shutil.copy(older, filled)
    more = fill_folder(tmp_path / "more")
    import_paths(filled, [more], ImportOptions(), Settings())
    assert_sound(filled)
    assert [row for row in rows(filled, CAPTURES) if row[0].startswith(HOST)] == [
        row for row in captures if row[0].startswith(HOST)
    ]
    assert [post for post in exported(filled) if post["url"].startswith(HOST)] == posts
    if NAME in wishes:
        assert traces(filled, NAME, MAIL, WORDS[:30]) == []
    assert reparse(filled, Settings()).report.exit_code == 0


def test_what_was_not_taken_out_yet_is_so_from_the_segment_that_is_there(filled: Path, tmp_path: Path) -> None:
    older = shutil.copy(filled, tmp_path / "older")
    forget(filled, Wish(OTHER), Settings())
    shutil.copy(older, filled)
    forget(filled, Wish(NAME), Settings())
    assert_sound(filled)
    assert traces(filled, NAME, MAIL, WORDS[:30]) == []


def test_of_a_damaged_segment_nothing_is_followed_and_no_capture_goes(filled: Path, tmp_path: Path) -> None:
    older = shutil.copy(filled, tmp_path / "older")
    forget(filled, Wish(NAME), Settings())
    (segment,) = filled.with_suffix(".warc").glob("*.warc.gz")
    shutil.copy(older, filled)
    before = rows(filled, CAPTURES)
    whole = bytearray(segment.read_bytes())
    middle = whole.index(b"\x1f\x8b\x08", len(whole) // 2)
    whole[middle + 20 : middle + 60] = bytes(40)
    segment.write_bytes(whole)
    import_paths(filled, [fill_folder(tmp_path / "more")], ImportOptions(), Settings())
    assert set(before) <= set(rows(filled, CAPTURES))
    assert any(each.what.startswith("missing; ") for each in check_archive(filled).problems)


def test_a_segment_that_is_lost_is_not_looked_for_in_another(filled: Path, tmp_path: Path) -> None:
    (segment,) = filled.with_suffix(".warc").glob("*.warc.gz")
    import_paths(filled, [fill_folder(tmp_path / "more")], ImportOptions(), Settings())
    (other,) = set(filled.with_suffix(".warc").glob("*.warc.gz")) - {segment}
    for end in ("", ".seal"):
        Path(f"{other}{end}").rename(f"{segment.parent / segment.name[:-12]}ffff.warc.gz{end}")
        Path(f"{segment}{end}").unlink()
    before = rows(filled, CAPTURES)
    import_paths(filled, [tmp_path / "more"], ImportOptions(), Settings())
    assert rows(filled, CAPTURES) == before
    assert sum(each.what.startswith("missing; ") for each in check_archive(filled).problems) == 2
