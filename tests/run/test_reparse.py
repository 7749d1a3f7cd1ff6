"""An archive read again says what a new archive of the same captures would say; killed and resumed, the same."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scraper.model import Comment, Page, Visit
from scraper.run import batch, captured, reading
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.upkeep.reparse import Reparsed, reparse
from scraper.run.watcher import Stop, Watcher
from scraper.settings import Settings
from tests.run.conftest import Rows, SiteWarc
from tests.run.faults import KILLED, run_forked, run_with_fault
from tests.run.inputs_of_five import fill_folder, fill_warc
from tests.run.soundness import assert_sound, exported, recorded
from tests.run.soundness import rows as rows_of

Change = Callable[[Page], Page]
COMMENT = (
    '<li id="comment-{0}" class="comment"><div class="comment-meta"><time datetime="2012-05-1{0}T10:00:00Z">1{0} May</time>'
    '</div><div class="comment-content"><p>Words of the comment numbered {0}, which nobody signed.</p></div></li>'
)
NAMED = ("Share", "https://blog.example/share", "Reply")
PAGE = (
    '<html><head><title>Rye</title></head><body class="single"><div class="post hentry"><h1 class="entry-title">Rye</h1>'
    f'<div class="entry-content"><p>{"Rye bread takes its time, and nobody should hurry it. " * 5}</p></div></div>'
)
EVERYTHING = ("posts", "comments", "people", "bios", "post_people", "post_tags", "post_media", "links", "revisions")


def small_batches() -> None:
    batch.MOST = 2


def take(db: Path, *paths: Path) -> None:
    import_paths(db, paths, ImportOptions(), Settings())


def read_again(db: Path, watcher: Watcher | None = None, **options: Any) -> Reparsed:
    return reparse(db, Settings(), watcher, readers=options.pop("readers", 0), **options)


def all_rows(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    tables = (*EVERYTHING, "pages", "captures", "removals", "claims", "tags", "media", "blogs", "post_parts")
    return {table: rows_of(db, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


@contextmanager
def read_as(change: Change) -> Iterator[None]:
    """Meanwhile pages are read as another version would have read them."""
    read = reading.read_source
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_source", lambda source, recipes=(): change(read(source, recipes)))
        patch.setattr(captured, "read_source", reading.read_source)
        yield


def with_menu(page: Page) -> Page:
    """A post whose text has a menu above it, under a title in capitals."""
    if page.post is None:
        return page
    title = (page.post.title or "").upper()
    return replace(page, post=replace(page.post, title=title, text="Home | About\n" + page.post.text, bylines=()))


def with_link_for_comment(page: Page) -> Page:
    """A page that has one more comment, which is none."""
    link = Comment(None, None, None, None, 9, 0, "Older posts", None, None, False, None, None, "", "See also bread")
    return replace(page, comments=(*page.comments, link)) if page.comments else page


def with_everybody_named(page: Page) -> Page:
    author, url, subject = NAMED
    first, *others = (replace(each, author=author, author_url=url, subject=subject) for each in page.comments)
    return replace(page, comments=(first, *(replace(each, parent=0, depth=1) for each in others)))


def with_advert(page: Page) -> Page:
    """A text with an advert, another one in each capture."""
    text = (page.post.text if page.post else "") + f"\nAdvert {len(page.comments[0].text) if page.comments else 0}"
    return replace(page, post=replace(page.post, text=text)) if page.post else page


@pytest.fixture
def filled(db: Path, tmp_path: Path, site: SiteWarc) -> Path:
    take(db, fill_folder(tmp_path / "saved"))
    take(db, fill_warc(site))
    return db


def test_read_again_by_the_same_version_nothing_changes(filled: Path) -> None:
    before = all_rows(filled)
    found = read_again(filled)
    assert found.changes == {}
    assert found.report.states["failed"] == 0
    assert found.report.states["read"] == 13
    assert all_rows(filled) == before
    assert_sound(filled)


def test_what_another_version_read_becomes_what_this_one_reads(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    take(db, fill_warc(site))
    wanted, told = exported(db), recorded(db)
    old = tmp_path / "old.db"
    with read_as(with_menu):
        take(old, site.path)
    assert exported(old) != wanted
    found = read_again(old)
    assert exported(old) == wanted
    assert recorded(old) == told
    posts = len(wanted)
    changed = {field: number for (what, field), number in found.changes.items() if what == "post"}
    assert (changed["text"], changed["title"]) == (posts, posts)
    assert changed["bylines"] > 0
    assert_sound(old)
    assert read_again(old).changes == {}


@pytest.mark.parametrize("captures", [1, 2, 3])
def test_what_another_version_read_into_comments_and_this_does_not_is_gone(
    db: Path, site: SiteWarc, captures: int
) -> None:
    for day in range(captures):
        comments = "".join(COMMENT.format(number) for number in (1, 2))
        html = f"{PAGE}<p>Advert {day}</p><ol class=commentlist>{comments}</ol></body></html>"
        date = f"2026-01-0{day + 1}T00:00:00Z"
        site.response("https://blog.example/2012/05/rye/", "200 OK", "text/html", html.encode(), date=date)
    path = site.done()
    with read_as(with_everybody_named):
        take(db, path)
    named = "SELECT author, author_url, subject, parent_id FROM comments ORDER BY id"
    assert rows_of(db, named) == [(*NAMED, None), (*NAMED, 1)]
    read_again(db)
    assert rows_of(db, named) == [(None,) * 4] * 2
    assert not read_again(db).changes


def test_texts_as_another_version_read_them_are_revisions_that_say_so(db: Path, site: SiteWarc, rows: Rows) -> None:
    with read_as(with_menu):
        take(db, fill_warc(site))
    posts = rows("SELECT count(*) FROM posts")
    read_again(db)
    assert rows("SELECT count(*) FROM revisions WHERE cause = 'reparsed' AND text LIKE 'Home | About%'") == posts


def test_a_comment_that_is_none_any_more_stays_and_is_told(db: Path, site: SiteWarc, rows: Rows) -> None:
    with read_as(with_link_for_comment):
        take(db, fill_warc(site))
    ((invented,),) = rows("SELECT count(*) FROM comments WHERE text = 'See also bread'")
    assert invented > 0
    found = read_again(db)
    assert found.changes[("comment", "gone")] == invented
    assert rows("SELECT count(*) FROM comments WHERE text = 'See also bread'") == [(invented,)]
    assert found.changes.keys() & {("comment", "new"), ("comment", "text")} == set()


def test_a_post_that_is_none_any_more_stays_and_is_told(db: Path, site: SiteWarc, rows: Rows) -> None:
    take(db, fill_warc(site))
    posts = rows("SELECT id, text FROM posts ORDER BY id")
    with read_as(lambda page: replace(page, kind="listing", post=None, post_url=None, comments=())):
        found = read_again(db)
    assert found.changes[("post", "gone")] == len(posts)
    assert rows("SELECT id, text FROM posts ORDER BY id") == posts


def test_a_change_that_only_an_advert_made_is_the_readers_and_not_the_pages(
    db: Path, site: SiteWarc, rows: Rows
) -> None:
    with read_as(with_advert):
        take(db, fill_warc(site))
    url = "https://blog.example/bread-2"
    causes = f"SELECT cause FROM revisions JOIN posts ON posts.id = post_id WHERE url = '{url}' ORDER BY revisions.id"
    assert rows(causes) == [("changed",)]
    read_again(db)
    assert rows(causes) == [("reparsed",), ("reparsed",)]


def test_a_dry_run_tells_what_a_run_does_and_touches_nothing(db: Path, site: SiteWarc) -> None:
    with read_as(with_menu):
        take(db, fill_warc(site))
    before = {path: path.read_bytes() for path in [db, *db.with_suffix(".warc").iterdir()]}
    told = read_again(db, is_rehearsal=True)
    assert {path: path.read_bytes() for path in before} == before
    assert told.changes != {}
    assert read_again(db).changes == told.changes


def test_processes_read_what_this_one_reads(db: Path, tmp_path: Path, site: SiteWarc) -> None:
    take(db, fill_warc(site))
    take(db, fill_folder(tmp_path / "saved"))
    before = all_rows(db)
    found = read_again(db, readers=2)
    assert (found.changes, found.report.states["failed"], all_rows(db)) == ({}, 0, before)


def test_a_record_that_is_lost_leaves_its_rows_as_they_were(db: Path, site: SiteWarc, rows: Rows) -> None:
    take(db, fill_warc(site))
    before = exported(db)
    (segment,) = db.with_suffix(".warc").glob("*.gz")
    ((offset,),) = rows("SELECT warc_offset FROM captures WHERE url LIKE '%bread-1' ORDER BY id LIMIT 1")
    data = bytearray(segment.read_bytes())
    data[offset + 20 : offset + 60] = bytes(40)
    segment.write_bytes(data)
    found = read_again(db)
    assert (found.report.states["failed"], found.report.exit_code) == (1, 3)
    assert exported(db) == before


# ---- cut short


def test_a_stopped_reparse_goes_on_where_it_was(db: Path, site: SiteWarc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MOST", 2)
    with read_as(with_menu):
        take(db, fill_warc(site))
    whole = read_again(db, is_rehearsal=True)
    stop, notes = Stop(), list[str]()

    def tell(visit: Visit) -> None:
        if visit.page:
            stop.signal = signal.SIGTERM

    first = read_again(db, Watcher(stop, tell))
    second = read_again(db, Watcher(note=notes.append))
    assert 0 < first.report.states["read"] < whole.report.states["read"]
    assert first.report.states["read"] + second.report.states["read"] == whole.report.states["read"]
    assert "where the last reparse was cut short" in notes[0]
    assert second.changes == whole.changes


def test_a_reparse_that_another_version_began_begins_anew(
    db: Path, site: SiteWarc, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(db, fill_warc(site))
    stop = Stop(signal=signal.SIGTERM)
    assert read_again(db, Watcher(stop)).report.states["read"] == 0
    monkeypatch.setattr("scraper.run.upkeep.reparse.__version__", "99.0")
    notes: list[str] = []
    assert read_again(db, Watcher(note=notes.append)).report.states["read"] > 0
    assert notes == []
    assert rows_of(db, "SELECT version, ended_at IS NULL FROM reparses ORDER BY id DESC LIMIT 1") == [("99.0", 0)]


@pytest.mark.parametrize("readers", ["0", "1"])
def test_a_reparse_killed_at_any_change_of_the_disk_ends_the_same(
    db: Path, tmp_path: Path, site: SiteWarc, readers: str
) -> None:
    with read_as(with_menu):
        take(db, fill_warc(site))
    start = db.read_bytes()
    words = ["reparse", str(db), "--jobs", readers]
    assert run_forked(words, tmp_path, small_batches).code == 0
    wanted = all_rows(db)
    struck = 0
    for at in range(1, 200, 1 if readers == "0" else 5):
        for path in db.parent.glob(db.name + "*"):
            path.unlink()
        db.write_bytes(start)
        ended, place = run_with_fault(words, "killed", at, tmp_path)
        if place is None:
            break
        struck += 1
        assert ended.code == KILLED
        assert run_forked(words, tmp_path, small_batches).code == 0
        assert all_rows(db) == wanted, place
    assert struck >= 5
    assert_sound(db)
