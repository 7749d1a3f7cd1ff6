"""A take-down that is cut short at any change of the disk is finished by the next command that writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.settings import Settings
from tests.run.conftest import SiteWarc
from tests.run.faults import KILLED, Kind, run_forked, run_with_fault
from tests.run.forgettable import NAME, WORDS, fill_site
from tests.run.soundness import assert_sound, rows
from tests.run.traces import traces

MOST = 80  # changes of the disk that a take-down makes at most


def fill(folder: Path) -> tuple[Path, Path]:
    """An archive of two runs, the second with a page of nobody's; and that page's file."""
    made = SiteWarc(folder / "site.warc.gz")
    fill_site(made)
    page = folder / "page.html"
    page.write_text("<html><title>Cones</title><body><p>A cone bends when it has had enough heat.</p></body></html>")
    db = folder / "voices.db"
    for each in (made.done(), page):
        import_paths(db, [each], ImportOptions(), Settings())
    return db, page


def places_are_right(db: Path) -> bool:
    """Whether every row points to a file that is there, whatever became of the run."""
    files = {row[0] for row in rows(db, "SELECT DISTINCT warc_file FROM captures")}
    return all((db.parent / name).exists() for name in files)


@pytest.mark.parametrize(("kind", "start"), [("killed", 1), ("killed", 2), ("killed", 3), ("killed", 4), ("ENOSPC", 2)])
def test_the_next_run_finishes(tmp_path: Path, kind: Kind, start: int) -> None:
    struck = 0
    for at in range(start, MOST, 4):
        folder = tmp_path / str(at)
        folder.mkdir()
        db, page = fill(folder)
        ended, where = run_with_fault(["forget", str(db), NAME, "--yes"], kind, at, folder)
        if where is None:
            assert ended.code == 0, ended
            break
        struck += 1
        assert ended.code in (KILLED, 1), (where, ended)
        assert places_are_right(db), where
        is_begun = bool(rows(db, "SELECT count(*) FROM takedowns")[0][0])
        after = ["import", str(db), str(page)] if is_begun else ["forget", str(db), NAME, "--yes"]
        again = run_forked(after, folder)
        assert again.code == 0, (where, again)
        assert traces(db, NAME, WORDS[:30]) == [], where
        assert_sound(db)
        assert rows(db, "SELECT count(*) FROM captures") == [(9,)], where
        assert rows(db, "SELECT count(*) FROM segment_swaps") == [(0,)]
        assert rows(db, "SELECT count(*) FROM takedowns WHERE cleaned_at IS NULL") == [(0,)]
    else:
        pytest.fail(f"more than {MOST} changes")
    assert struck >= 3
