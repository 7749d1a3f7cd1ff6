"""An archive as WACZ is accepted by wacz, replayed by pywb, and the same archive again when it is imported."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.capture.records import read_record
from scraper.export import cdxj
from scraper.export.wacz import export_wacz
from tests.export import archives
from tests.export.archives import BLOG, take
from tests.export.test_warc import content_beside_captures
from tests.run.conftest import SiteWarc

imported = archives.imported
NOW = datetime(2024, 3, 22, tzinfo=UTC)


def write(db: Path, target: Path, posts: list[int] | None = None) -> int:
    with target.open("wb") as file:
        return export_wacz(db, file, now=NOW, tell=pytest.fail, posts=posts)


@pytest.fixture
def wacz(imported: Path, tmp_path: Path) -> Path:
    path = tmp_path / "voices.wacz"
    assert write(imported, path) == 5
    return path


@pytest.fixture
def tools(repo_root: Path) -> Path:
    folder = repo_root / "build" / "replay" / "bin"
    if not (folder / "wayback").exists() or not (folder / "wacz").exists():
        pytest.skip("no build/replay (sh scripts/replay.sh)")
    return folder


def index(path: Path) -> list[tuple[str, str, dict[str, Any]]]:
    with zipfile.ZipFile(path) as members:
        lines = gzip.decompress(members.read("indexes/index.cdx.gz")).decode().splitlines()
    assert lines == sorted(lines)
    parts = [line.split(" ", 2) for line in lines]
    return [(key, at, json.loads(said)) for key, at, said in parts]


def test_all_members_are_described(wacz: Path) -> None:
    with zipfile.ZipFile(wacz) as members:
        package = members.read("datapackage.json")
        said = json.loads(package)
        digest = json.loads(members.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(package).hexdigest()}"
        described = {each["path"]: each for each in said["resources"]}
        assert {*described, "datapackage.json", "datapackage-digest.json"} == set(members.namelist())
        for path, each in described.items():
            content = members.read(path)
            assert (each["bytes"], each["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        assert members.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
    assert said["wacz_version"] == "1.1.1"


def test_the_index_finds_each_record(wacz: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wacz) as members:
        (tmp_path / "data.warc.gz").write_bytes(members.read("archive/data.warc.gz"))
    lines = index(wacz)
    assert [(key, said["status"], said["mime"]) for key, _, said in lines] == [
        ("example,blog)/feed", "200", "application/rss+xml"),
        ("example,blog)/gone?a=1&b=2", "404", "text/html"),
        ("example,blog)/rye", "200", "text/html"),
        ("example,blog)/slow-bread", "200", "text/html"),
        ("example,blog)/slow-bread", "200", "warc/revisit"),
    ]
    for _, at, said in lines:
        record = read_record(tmp_path / said["filename"], int(said["offset"]))
        assert (record.url, record.length) == (said["url"], int(said["length"]))
        assert record.date is not None and f"{record.date:%Y%m%d%H%M%S}" == at


def test_a_large_index_is_sorted_in_parts(
    imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wacz: Path
) -> None:
    monkeypatch.setattr(cdxj, "MOST", 2)
    monkeypatch.setattr(cdxj, "PART", 2)
    write(imported, tmp_path / "parts.wacz")
    said = [[(key, at, said["url"]) for key, at, said in index(path)] for path in (tmp_path / "parts.wacz", wacz)]
    assert said[0] == said[1]
    with zipfile.ZipFile(tmp_path / "parts.wacz") as members:
        packed = members.read("indexes/index.cdx.gz")
        first, *lines = members.read("indexes/index.idx").decode().splitlines()
    assert first.startswith("!meta 0 ") and len(lines) == 3
    for line in lines:
        key, at, said = line.split(" ", 2)
        place = json.loads(said)
        part = gzip.decompress(packed[place["offset"] : place["offset"] + place["length"]]).decode()
        assert part.startswith(f"{key} {at} ")


def test_pages_have_titles_and_texts(wacz: Path) -> None:
    with zipfile.ZipFile(wacz) as members:
        head, *pages = map(json.loads, members.read("pages/pages.jsonl").decode().splitlines())
    assert (head["format"], head["hasText"]) == ("json-pages-1.0", True)
    assert {(page["url"], page["title"]) for page in pages} == {
        (f"{BLOG}/slow-bread", "Slow bread"),
        (f"{BLOG}/rye", "Rye"),
    }
    assert all(page["text"].startswith("Paragraph 0 says") for page in pages)
    times = {
        (said["url"], f"{datetime.strptime(at, '%Y%m%d%H%M%S'):%Y-%m-%dT%H:%M:%SZ}") for _, at, said in index(wacz)
    }
    assert {(page["url"], page["ts"]) for page in pages} <= times


def test_it_can_be_written_to_a_pipe(imported: Path, wacz: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.got = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.got += bytes(data)
            return len(data)

    pipe = Pipe()
    export_wacz(imported, pipe, now=NOW, tell=pytest.fail)  # type: ignore[arg-type]
    with zipfile.ZipFile(io.BytesIO(pipe.got)) as members, zipfile.ZipFile(wacz) as others:
        assert members.testzip() is None
        assert members.namelist() == others.namelist()


def test_imported_it_is_the_same_archive(imported: Path, wacz: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    take(again, wacz)
    assert content_beside_captures(again) == content_beside_captures(imported)


def test_wacz_accepts_it(wacz: Path, tools: Path) -> None:
    done = subprocess.run([tools / "wacz", "validate", "-f", wacz], capture_output=True, text=True, check=False)
    assert (done.returncode, "Validation succeeded" in done.stdout) == (0, True), done.stdout + done.stderr


def test_pywb_replays_it(wacz: Path, tools: Path, tmp_path: Path) -> None:
    with replayed(tools, wacz, tmp_path / "pywb") as base:
        for url, words in ((f"{BLOG}/slow-bread", "Slow bread"), (f"{BLOG}/rye", "Rye")):
            page = urllib.request.urlopen(f"{base}/mp_/{url}", timeout=30).read().decode()
            assert f"<h1>{words}</h1>" in page
            assert "says that bread takes its time" in page
        later = urllib.request.urlopen(f"{base}/20240321120000mp_/{BLOG}/slow-bread", timeout=30).read().decode()
        assert "says that bread takes its time" in later  # the revisit
        with pytest.raises(urllib.error.HTTPError) as gone:
            urllib.request.urlopen(f"{base}/mp_/{BLOG}/gone?a=1&b=2", timeout=30)
        assert gone.value.code == 404 and "Gone" in gone.value.read().decode()
        gone.value.close()


@contextmanager
def replayed(tools: Path, wacz: Path, folder: Path) -> Iterator[str]:
    """The address at which pywb answers with what is in the file."""
    folder.mkdir()
    quiet: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([tools / "wb-manager", "init", "voices"], check=True, **quiet)
    subprocess.run([tools / "wb-manager", "add", "--unpack-wacz", "voices", wacz], check=True, **quiet)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    process = subprocess.Popen([tools / "wayback", "-p", port, "--bind", "127.0.0.1"], env=os.environ, **quiet)
    try:
        give_up = time.monotonic() + 60
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", int(port)), timeout=1):
                break
            assert process.poll() is None and time.monotonic() < give_up
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/voices"
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_hostile_names_and_texts_stay_in_their_place(tmp_path: Path) -> None:
    hostile = SiteWarc(tmp_path / "hostile.warc.gz")
    title = "x\u2028</script>\x1b[31m\ud7ff"
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{'Some words. ' * 40}</p>"
    urls = [f"https://evil.example/{path}" for path in ("../../etc/passwd", 'a"%20{}', "%00%0a%0d", "%2e%2e/x y")]
    for url in urls:
        hostile.response(url, "200 OK", "text/html; charset=utf-8", page.encode())
    db = tmp_path / "hostile.db"
    take(db, hostile.done())
    assert write(db, tmp_path / "hostile.wacz") == len(urls)
    lines = index(tmp_path / "hostile.wacz")
    assert len(lines) == len(urls) and all(key.startswith("example,evil)/") for key, _, _ in lines)
    with zipfile.ZipFile(tmp_path / "hostile.wacz") as members:
        assert all(name.isascii() and ".." not in name for name in members.namelist())
        assert len(members.read("pages/pages.jsonl").decode().splitlines()) >= 2
