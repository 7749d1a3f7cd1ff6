"""`process` on the command line."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call, page

HEAD = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-03-20T12:00:00Z\r\n"


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    path = tmp_path / "site.warc.gz"
    with path.open("wb") as file:
        for name in ("one", "two"):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(name)
            head = f"{HEAD}WARC-Target-URI: https://blog.example/{name}\r\nContent-Type: application/http\r\n"
            record = f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
            file.write(gzip.compress(record))
    return path


def test_the_line_at_the_end_says_what_came_in_and_out(call: Call, warc: Path, tmp_path: Path) -> None:
    found = call("process", warc, "--out", tmp_path / "out", "--engine", "serial")
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr.startswith("1 shard made; 2 records: 2 fetched; 2 pages, ")
    assert "; slowest https://blog.example/" in found.stderr
    again = call("process", warc, "--out", tmp_path / "out", "--engine", "serial")
    assert again.stderr == "0 shards made, 1 held already; 0 records: none\n"
    assert call("process", warc, "--out", tmp_path / "out", "-q").stderr == ""


def test_a_shard_is_an_archive_for_every_other_verb(call: Call, warc: Path, tmp_path: Path) -> None:
    call("process", warc, "--out", tmp_path / "out", "--engine", "serial")
    assert len(call("list", tmp_path / "out" / "site" / "site.db").stdout.splitlines()) == 2


def test_counts_are_json(call: Call, warc: Path, tmp_path: Path) -> None:
    found = call("process", warc, "--out", tmp_path / "out", "--engine", "serial", "--json", "-q")
    counts = json.loads(found.stdout)
    assert (counts["inputs"], counts["made"], counts["records"], counts["pages"]) == (1, 1, 2, 2)
    assert counts["slowest"]["url"].startswith("https://blog.example/")


def test_a_file_that_is_no_warc_is_told_and_the_others_are_read(call: Call, warc: Path, tmp_path: Path) -> None:
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(b"no record"))
    found = call("process", warc, tmp_path / "b.warc.gz", "--out", tmp_path / "out", "--engine", "serial")
    assert found.exit_code == 3
    assert f"failed: {tmp_path / 'b.warc.gz'} (not a WARC file)" in found.stderr
    assert (tmp_path / "out" / "site" / "done.json").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--out", "out", "--scheduler", "tcp://127.0.0.1:8786"], "--scheduler is for --engine dask"),
        (["--out", "out", "--engine", "dask", "--scheduler", "tcp://10.1.2.3:8786"], "runs what anybody sends it"),
        (["--out", "out", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"], "no Dask scheduler answers there"),
        ([], "missing option '--out'"),
        (["--out", "site.warc.gz"], "is a file"),
    ],
)
def test_wrong_arguments_are_told_in_one_line(
    call: Call, warc: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scraper.scale.cluster.PATIENCE", 0.5)
    found = call("process", warc, *arguments)
    assert found.exit_code == 2
    assert message in found.stderr
    assert len(found.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "module", "extra"),
    [(["--engine", "dask"], "distributed", "scale"), (["--to", "parquet"], "pyarrow", "parquet")],
)
def test_a_missing_extra_is_named(
    call: Call,
    warc: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    module: str,
    extra: str,
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    found = call("process", warc, "--out", tmp_path / "out", *arguments)
    assert found.exit_code == 2
    assert f"pip install 'blog-to-sqlite[{extra}]'" in found.stderr
