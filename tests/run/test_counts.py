"""Counts in are counts out: each record of an input ends as a row or in the report, however the input is damaged."""

from __future__ import annotations

import gzip
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scraper.errors import UsageError
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.run.report import Report
from scraper.settings import Settings
from scraper.store.archive import Archive
from tests.capture.test_arc import block
from tests.capture.test_arc import record as arc_record
from tests.parse.exports.test_blogger import OLD as BLOGGER
from tests.parse.exports.test_blogger import POST_LINK, old
from tests.parse.exports.test_disqus import DISQUS, post, thread
from tests.parse.exports.test_ghost import POST as GHOST_POST
from tests.parse.exports.test_ghost import export as ghost
from tests.parse.exports.test_movable_type import entry
from tests.run.conftest import SiteWarc
from tests.run.exports import comment, item, write_wxr
from tests.run.inputs_of_five import make_post
from tests.run.test_saved_mementos import digest

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
URL = "https://blog.example/bread-{}"
FIVE = range(1, 6)


def warc(folder: Path) -> Path:
    site = SiteWarc(folder / "site.warc.gz")
    site.info()
    for number in FIVE:
        site.response(URL.format(number), "200 OK", "text/html", make_post(number))
    site.request(URL.format(1))
    return site.done()


def plain_warc(folder: Path) -> Path:
    path = folder / "plain.warc"
    path.write_bytes(gzip.decompress(warc(folder).read_bytes()))
    return path


def arc(folder: Path) -> Path:
    path = folder / "site.arc"
    path.write_bytes(block() + b"".join(arc_record(URL.format(n), HTTP + make_post(n)) for n in FIVE))
    return path


def packed_arc(folder: Path) -> Path:
    path = folder / "site.arc.gz"
    parts = (block(), *(arc_record(URL.format(n), HTTP + make_post(n)) for n in FIVE))
    path.write_bytes(b"".join(map(gzip.compress, parts)))
    return path


def zipped(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return folder / name


def wacz(folder: Path) -> Path:
    return zipped(folder, "site.wacz", {"archive/data.warc.gz": warc(folder).read_bytes(), "datapackage.json": b"{}"})


def wxr(folder: Path) -> Path:
    items = [item(number, comments=[comment(number)]) for number in FIVE]
    return write_wxr(folder, [*items, item(9, status="draft")])


def written(name: str, text: str | bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return folder / name

    return make


def blogger() -> str:
    entries = [old("post", n, POST_LINK.replace("rye", f"rye-{n}")) for n in FIVE]
    on = "<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-2' href='https://bread.example/2012/05/rye-2.html'/>"
    return BLOGGER.format(entries="".join([*entries, old("comment", 7, on), old("settings", 8)]))


def movable_type() -> str:
    return "".join(entry().replace("Slow bread", f"Bread {n}").replace("slow_bread", f"bread_{n}") for n in FIVE)


def substack(folder: Path) -> Path:
    rows = b"".join(b"%d.bread-%d,true,Bread\n" % (n, n) for n in FIVE)
    texts = {f"posts/{n}.bread-{n}.html": b"<p>Words on bread.</p>" * n for n in FIVE}
    return zipped(folder, "substack.zip", {"posts.csv": b"post_id,is_published,title\n" + rows, **texts})


def listed(folder: Path) -> Path:
    """A folder with a list and the pages in it."""
    saved = folder / "saved"
    saved.mkdir()
    lines = []
    for number in FIVE:
        (saved / f"{number}.html").write_bytes(make_post(number))
        where = f"2012051500000{number} {URL.format(number)}"
        lines.append(f"example,blog)/ {where} text/html 200 {digest(make_post(number))} 9\n")
    (saved / "list.cdx").write_text("".join(lines))
    return saved


POSTS = [{**GHOST_POST, "id": f"p{n}", "uuid": f"u{n}", "slug": f"bread-{n}"} for n in FIVE]
# How each input is made; how many captures there are in it, and how many other records.
INPUTS: dict[str, tuple[Callable[[Path], Path], int, int]] = {
    "WARC": (warc, 5, 2),
    "plain WARC": (plain_warc, 5, 2),
    "WACZ": (wacz, 5, 3),
    "ARC": (arc, 5, 1),
    "packed ARC": (packed_arc, 5, 1),
    "WXR": (wxr, 5, 6),
    "Blogger": (written("blogger.xml", blogger()), 5, 2),
    "Disqus": (written("d.xml", DISQUS.format(records="".join(thread(n) + post(n, n) for n in FIVE))), 5, 5),
    "Movable Type": (written("mt.export", movable_type()), 5, 10),
    "Ghost": (written("ghost.json", ghost(posts=POSTS)), 5, 0),
    "Substack": (substack, 5, 0),
    "saved page": (written("post.html", make_post(1)), 1, 0),
}
LOST = {
    "WARC": 1,
    "plain WARC": 1,
    "packed ARC": 1,
    "Movable Type": 1,
    "WXR": 2,
    "Blogger": 2,
}  # of damage at one place
STREAMED = set(INPUTS) - {"Ghost", "Substack", "saved page"}  # what stands before damage comes in


def take(folder: Path, path: Path) -> tuple[Report, int, int]:
    """What the import reports, how many captures have rows, and of how many failures there are events."""
    db = folder / "voices.db"
    Archive(db).close()  # a new one would not stay where nothing comes in
    report = import_paths(db, [path], ImportOptions(), Settings())
    with closing(sqlite3.connect(db)) as connection:
        (captures,) = connection.execute("SELECT count(*) FROM captures").fetchone()
        (events,) = connection.execute(
            "SELECT count(*) FROM run_events WHERE level = 'error' AND url IS NOT NULL AND message <> ''"
        ).fetchone()
    return report, captures, events


def assert_even(report: Report, captures: int, events: int) -> None:
    """Each input ended as a row, or is held or skipped, or was told of with its place and reason."""
    told = report.states["damaged"] + report.states["failed"]
    assert captures == report.inputs - told - report.states["skipped"] - report.states["held"]
    assert (told, report.states["skipped"]) == (events, sum(report.skips.values()))
    assert report.exit_code == (3 if told else 0)


@pytest.mark.parametrize(("make", "captures", "others"), INPUTS.values(), ids=list(INPUTS))
def test_each_record_of_a_whole_input_is_a_row_or_counted(
    tmp_path: Path, make: Callable[[Path], Path], captures: int, others: int
) -> None:
    report, rows, events = take(tmp_path, make(tmp_path))
    assert (rows, events) == (captures, 0)
    assert report.inputs + report.records.total() == captures + others
    assert_even(report, rows, events)


def test_each_line_of_a_list_is_a_row_or_counted(tmp_path: Path) -> None:
    folder = listed(tmp_path)
    (folder / "3.html").unlink()
    (folder / "other.html").write_bytes(make_post(7))
    with (folder / "list.cdx").open("a") as file:
        file.write("no line\n")
    report, rows, events = take(tmp_path, folder)
    assert (rows, events) == (5, 1)
    lines = report.records["listed, with a copy beside"] + report.records["listed without a copy beside"]
    assert lines + report.states["damaged"] == 6
    assert_even(report, rows, events)


@pytest.mark.parametrize("kind", INPUTS)
def test_an_input_that_was_cut_is_read_as_far_as_it_goes(tmp_path: Path, kind: str) -> None:
    make, captures, _ = INPUTS[kind]
    path = make(tmp_path)
    whole = path.read_bytes()
    found = []
    for tenth in range(1, 10, 2):
        path.write_bytes(whole[: len(whole) * tenth // 10])
        folder = tmp_path / str(tenth)
        folder.mkdir()
        try:
            report, rows, events = take(folder, path)
        except UsageError:  # so little is left that it is no input of its kind
            assert tenth < 5
            continue
        assert_even(report, rows, events)
        assert report.states.total() > 0
        found.append(rows)
    assert found == sorted(found)
    assert found[-1] <= captures
    if kind in STREAMED:
        assert found[-1] >= captures - 2


@pytest.mark.parametrize("kind", INPUTS)
def test_an_input_with_other_bytes_in_it_is_read_past_them(tmp_path: Path, kind: str) -> None:
    make, captures, _ = INPUTS[kind]
    path = make(tmp_path)
    whole = path.read_bytes()
    dice = random.Random(kind)
    for number in range(6):
        at = dice.randrange(len(whole) // 5, len(whole) - 8)
        path.write_bytes(whole[:at] + dice.randbytes(8) + whole[at + 8 :])
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            report, rows, events = take(folder, path)
        except UsageError:
            assert path.suffix == ".zip"  # whose list of members is damaged, so that it is none that is known
            continue
        assert_even(report, rows, events)
        if kind in LOST:
            assert rows >= captures - LOST[kind]
