"""A database that was lost is made again from its segments, and says the same."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import UsageError
from scraper.model import Capture, Crawl, Visit
from scraper.run import batch, readers, recovered
from scraper.run.crawling.crawl import CrawlOptions, crawl, update
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.report import Report
from scraper.run.upkeep.rebuild import NOT_IN_WARC, rebuild
from scraper.run.watcher import Stop, Watcher
from scraper.settings import Settings
from tests.run.conftest import SiteWarc
from tests.run.contents_of import content
from tests.run.faults import assert_completed
from tests.run.inputs_of_five import fill_folder, fill_warc
from tests.run.soundness import assert_sound, exported, rows
from tests.run.test_lessons import fill as fill_taught
from tests.web.blogs import make_blog
from tests.web.crawling import CONTACT
from tests.web.more_themes import THEMES
from tests.web.pictures import Pages, home, png, post
from tests.web.server import Web
from tests.web.sites import BlogSite

HOST, CDN = "127.0.0.1", "127.0.0.2"


def take(db: Path, *paths: Path) -> None:
    import_paths(db, paths, ImportOptions(), Settings())


def made_again(db: Path, watcher: Watcher | None = None, readers: int = 0, folder: Path | None = None) -> Report:
    return rebuild(db, folder or db.with_suffix(".warc"), Settings(), watcher, readers=readers)


def lose(db: Path) -> None:
    for path in db.parent.glob(db.name + "*"):
        path.unlink()


@pytest.fixture
def imported(db: Path, tmp_path: Path, site: SiteWarc) -> Path:
    """An archive of two imports, one of which taught something of its blog."""
    take(db, fill_folder(tmp_path / "saved"))
    take(db, fill_warc(site))
    taught = SiteWarc(tmp_path / "taught.warc.gz")
    take(db, fill_taught(taught, range(12), range(8, 12)))
    return db


@pytest.mark.parametrize("processes", [0, 2])
def test_imports_come_back(imported: Path, processes: int) -> None:
    before, told = content(imported), exported(imported)
    assert before["revisions"]
    assert rows(imported, "SELECT count(*) FROM profile_selectors") > [(0,)]
    lose(imported)
    report = made_again(imported, readers=processes)
    assert (report.exit_code, report.records["segment"]) == (0, 3)
    assert content(imported) == before
    assert exported(imported) == told
    assert_sound(imported)


def test_captures_are_read_ahead_in_lots_and_no_more_than_that(imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "TOGETHER", 2)
    monkeypatch.setattr(readers, "LOTS_AHEAD", 1)
    before = content(imported)
    lose(imported)
    asked: list[Capture] = []
    waiting: list[int] = []

    def found(*args: object) -> Iterator[recovered.Taken]:
        for each in find(*args):
            asked.append(each[0])
            yield each

    find: Callable[..., Iterator[recovered.Taken]] = recovered._found
    monkeypatch.setattr(recovered, "_found", found)
    add = recovered._Waiting.add

    def added(*args: Any) -> None:
        waiting.append(len(asked) - len(waiting))
        add(*args)

    monkeypatch.setattr(recovered._Waiting, "add", added)
    made_again(imported, readers=1)
    assert content(imported) == before
    assert max(waiting) == 4  # two lots of two


@pytest.fixture
def crawled(tmp_path: Path) -> Iterator[Path]:
    """An archive of a blog that was crawled, and once more when it had changed."""
    db = tmp_path / "crawled.db"
    with Web([HOST]) as web:
        site = BlogSite(THEMES[0], web.base(HOST), make_blog(5, 24, 4, long_thread=12))
        web.put(HOST, site)
        settings = Settings(contact=CONTACT, allow_net=("127.0.0.0/8",))
        options = CrawlOptions(delay=0, readers=0)
        crawl(db, Crawl(site.base + "/"), options, settings)
        update(db, options, settings)
    yield db


def test_a_crawl_comes_back(crawled: Path) -> None:
    before, told = content(crawled), exported(crawled)
    assert len(before["posts"]) > 20 and len(before["comments"]) > 20
    lose(crawled)
    assert made_again(crawled).exit_code == 0
    assert content(crawled) == before
    assert exported(crawled) == told
    assert_sound(crawled, refetched=True)


def test_pictures_come_back(tmp_path: Path) -> None:
    db = tmp_path / "pictures.db"
    with Web([HOST, CDN]) as web:
        blog, cdn = Pages(), Pages()
        web.put(HOST, blog)
        web.put(CDN, cdn)
        base, far = web.base(HOST), web.base(CDN)
        blog.put("/", home(base))
        blog.put(
            "/2012/05/kettle-and-lantern-1/", post(base, 1, (f"{far}/one.png", f"{far}/same.png"), f"{far}/ann.png")
        )
        blog.put("/2012/05/kettle-and-lantern-2/", post(base, 2, (f"{far}/gone.png",), f"{far}/ann.png"))
        for name, data in (("one", png(1)), ("same", png(1)), ("ann", png(9))):
            cdn.put(f"/{name}.png", data, "image/png")
        crawl(
            db, Crawl(base + "/"), CrawlOptions(delay=0, readers=0, media="all"),
            Settings(contact=CONTACT, allow_net=("127.0.0.0/8",)),
        )  # fmt: skip
    before = content(db)
    assert sorted(row[1] for row in before["media"]) == ["fetched", "fetched", "fetched", "gone"]
    lose(db)
    made_again(db)
    assert content(db) == before


def test_segments_of_another_folder_are_copied_with_their_seals(imported: Path, tmp_path: Path) -> None:
    before = exported(imported)
    folder = imported.with_suffix(".warc")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    db = tmp_path / "again" / "other.db"
    db.parent.mkdir()
    made_again(db, folder=folder)
    assert {path.name: path.read_bytes() for path in db.with_suffix(".warc").iterdir()} == files
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    assert exported(db) == before
    assert_sound(db)


def test_what_cannot_come_back_is_said(imported: Path) -> None:
    lose(imported)
    notes: list[str] = []
    made_again(imported, Watcher(note=notes.append))
    assert notes == [NOT_IN_WARC]


def test_a_database_that_is_there_is_left_alone(imported: Path) -> None:
    before = imported.read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        made_again(imported)
    assert imported.read_bytes() == before


def test_a_folder_without_segments_makes_no_archive(tmp_path: Path, site: SiteWarc) -> None:
    folder = tmp_path / "others"
    folder.mkdir()
    shutil.copy(fill_warc(site), folder)
    with pytest.raises(UsageError, match="no segment"):
        made_again(tmp_path / "new.db", folder=folder)
    assert not (tmp_path / "new.db").exists()


# ---- cut short


def test_a_stopped_rebuild_goes_on(imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(imported)
    monkeypatch.setattr(batch, "MOST", 2)
    lose(imported)
    stop = Stop()

    def tell(visit: Visit) -> None:
        stop.signal = signal.SIGTERM

    first = made_again(imported, Watcher(stop, tell))
    assert first.exit_code == 128 + signal.SIGTERM
    assert 0 < first.inputs < len(before["captures"])
    second = made_again(imported)
    assert first.inputs + second.inputs == len(before["captures"])
    assert content(imported)["captures"] == before["captures"]
    assert_sound(imported)


def test_a_rebuild_killed_at_any_change_of_the_disk_is_completed(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    take(db, fill_warc(site))
    folder = shutil.copytree(db.with_suffix(".warc"), tmp_path / "kept.warc")
    words = ["rebuild", str(tmp_path / "new.db"), "--from", str(folder), "--jobs", "0"]
    new = tmp_path / "new.db"

    def forget() -> None:
        lose(new)
        shutil.rmtree(new.with_suffix(".warc"), ignore_errors=True)

    assert_completed(words, tmp_path, forget, lambda: content(new), step=2)
    assert_sound(new)
