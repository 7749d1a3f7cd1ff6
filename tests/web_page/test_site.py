"""What becomes of a page that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.errors import ArchiveError
from scraper.store.connection import open_for_writing
from scraper.store.lookup.provenance import segment_path
from scraper.web.asked import Answer, Asked
from scraper.web.site import Site

pytest.importorskip("jinja2")
ENDLESS = "WITH RECURSIVE x (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT count(*) FROM x"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    open_for_writing(path).close()
    return path


def endless(asked: Asked) -> Answer:
    asked.reader.connection.execute(ENDLESS).fetchone()
    return Answer()


def test_a_page_that_takes_too_long_says_so(archive: Path) -> None:
    answer = Site(archive, seconds=0.2).answer(endless, "/", {}, {})
    assert answer.status == 503
    assert b"took more than" in answer.body


def test_an_archive_that_is_gone_says_so(archive: Path) -> None:
    archive.unlink()
    answer = Site(archive).answer(endless, "/", {}, {})
    assert answer.status == 503
    assert b"no such archive" in answer.body


@pytest.mark.parametrize(
    "name", ["../x.warc/1", "/etc/passwd", "a.warc/../../etc/passwd", "a.warc", "a/b/c", "..", "a.warc/x\0y", ""]
)
def test_a_segment_stands_in_a_folder_beside_the_archive(name: str) -> None:
    with pytest.raises(ArchiveError):
        segment_path(Path("/home/a.db"), name)
    assert segment_path(Path("/home/a.db"), "a.warc/1.warc.gz") == Path("/home/a.warc/1.warc.gz")


@pytest.mark.parametrize(
    ("value", "number"), [("3", 3), ("", None), ("-1", None), ("²", None), ("9" * 40, 10**15), ("1e3", None)]
)
def test_parameters_are_numbers_or_nothing(archive: Path, value: str, number: int | None) -> None:
    from scraper.store.reader import Reader

    with Reader(archive) as reader:
        assert Asked("/", {}, {"page": value}, reader).number("page") == number
