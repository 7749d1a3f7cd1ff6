"""WARC files that are cut, wrong or odd: what is damaged is told with its place, every other record is taken in."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Call, assert_plain, page, urls


def record(length: object = 0, version: str = "1.0", name: str = "wrong") -> bytes:
    """A WARC record of a page; `length` as stated, a number being how far it is off."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(name)
    stated = len(block) + length if isinstance(length, int) else length
    return (
        f"WARC/{version}\r\nWARC-Type: response\r\nWARC-Target-URI: https://blog.example/{name}\r\n"
        f"WARC-Date: 2024-03-20T12:00:00Z\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {stated}\r\n\r\n"
    ).encode() + (block + b"\r\n\r\n")


# The records of a WARC whose first is wrong: the posts that come of it, and what is told.
WRONG_RECORDS: dict[str, tuple[bytes, set[str], str | None]] = {
    "version 0.17": (record(version="0.17"), {"wrong"}, None),
    "version 0.18": (record(version="0.18"), {"wrong"}, None),
    "version 1.1": (record(version="1.1"), {"wrong"}, None),
    "too long": (record(500), {"wrong"}, "no WARC header|cut off: [0-9]+ of [0-9]+ bytes"),
    "too short": (record(-500), {"wrong"}, "no WARC header"),
    "much too long": (record(str(10**15)), set(), f"cut off: [0-9]+ of {10**15} bytes"),
    "beyond any number": (record(str(10**30)), set(), "Content-Length is no number"),
    "negative": (record("-12"), set(), "Content-Length is no number: '-12'"),
    "words": (record("1e3"), set(), "Content-Length is no number: '1e3'"),
    "a control character": (record("\x1b[31m"), set(), "Content-Length is no number"),
    "no length": (record(""), set(), "no Content-Length"),
    "no version": (record(version="old"), set(), "no WARC header"),
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize(("first", "posts", "why"), WRONG_RECORDS.values(), ids=list(WRONG_RECORDS))
def test_a_record_with_a_wrong_head_costs_no_other_record(
    call: Call, tmp_path: Path, first: bytes, posts: set[str], why: str | None, packed: bool
) -> None:
    pack = gzip.compress if packed else bytes
    path = tmp_path / ("site.warc.gz" if packed else "site.warc")
    path.write_bytes(b"".join(pack(each) for each in (record(name="before"), first, record(name="behind"))))
    found = call("import", tmp_path / "a.db", path)
    told = [line for line in assert_plain(found) if "damaged record" in line]
    assert found.exit_code == (3 if why else 0)
    if why:
        assert len(told) == 1 and re.search(why, told[0]) and f"{path}@" in told[0]
    if packed and why and why.startswith("no WARC header|"):
        posts = set()  # its member ends before it does
    assert urls(tmp_path / "a.db") == {"before", "behind"} | posts


def test_a_warc_cut_in_the_middle_keeps_what_is_before_the_cut(call: Call, tmp_path: Path) -> None:
    for name, pack in (("a.warc", bytes), ("b.warc.gz", gzip.compress)):
        path = tmp_path / name
        whole = pack(record(name="before"))
        path.write_bytes(whole + pack(record())[:-200])
        found = call("import", tmp_path / f"{name}.db", path)
        assert (found.exit_code, urls(tmp_path / f"{name}.db")) == (3, {"before"})
        assert f"{path}@{len(whole)} (damaged record: cut off" in found.stderr


# The files of shared/conformance/warc: exit code, how their records ended, and what came with them.
SIGNED_WACZ = (0, {"fetched": 1, "gone": 1, "WACZ": 5, "request": 2})
CONFORMANCE: dict[str, tuple[int, dict[str, int]]] = {
    "bad.arc": (3, {"damaged": 3, "skipped": 1}),
    "cc.warc.gz": (0, {"fetched": 1}),
    "example-bad-non-chunked.warc.gz": (0, {"fetched": 1, "not_modified": 1, "warcinfo": 2, "request": 2}),
    "example-bad.warc.gz.bad": (0, {"fetched": 2, "not_modified": 1, "warcinfo": 1, "request": 2}),
    "example-collection-with-lists.warc": (0, {"fetched": 18, "warcinfo": 2, "request": 18}),
    "example-collection.warc": (0, {"fetched": 1, "warcinfo": 2, "request": 1}),
    "example-digest.warc": (0, {"request": 4}),
    "example-iana.org-chunked.warc": (0, {"fetched": 1, "warcinfo": 1, "request": 1}),
    "example-resource.warc.gz": (0, {"fetched": 1, "not_modified": 1, "warcinfo": 1}),
    "example-space-in-target-uri.warc.gz": (0, {"fetched": 1, "warcinfo": 1}),
    "example-space-in-url.arc": (3, {"damaged": 1, "warcinfo": 1}),
    "example-trunc.warc": (3, {"damaged": 1, "fetched": 1, "warcinfo": 2, "request": 1}),
    "example-warcinfo-metadata.warc": (0, {"fetched": 1, "warcinfo": 2, "request": 1}),
    "example-wget-bad-target-uri.warc.gz": (0, {"fetched": 3, "warcinfo": 1, "request": 1, "metadata": 1}),
    "example-wrong-chunks.warc.gz": (0, {"fetched": 1, "request": 1}),
    "example.arc": (0, {"fetched": 1, "warcinfo": 1}),
    "example.arc.gz": (0, {"fetched": 1, "warcinfo": 1}),
    "example.warc": (0, {"fetched": 1, "not_modified": 1, "warcinfo": 2, "request": 2}),
    "example.warc.gz": (0, {"fetched": 1, "not_modified": 1, "warcinfo": 2, "request": 2}),
    "gzip_extra_sl.warc.gz": (0, {"warcinfo": 1}),
    "invalid_example_1.wacz": (3, {"failed": 1}),
    "invalid_signed_example_1.wacz": SIGNED_WACZ,
    "post-test.warc.gz": (0, {"fetched": 3, "request": 3}),
    "valid_example_1.wacz": (0, {"fetched": 1, "WACZ": 4, "warcinfo": 2, "request": 1}),
    "valid_example_2.wacz": (0, {"fetched": 1, "WACZ": 5, "warcinfo": 2, "request": 1}),
    "valid_signed_example_1.wacz": SIGNED_WACZ,
}


def test_odd_files_of_other_projects_end_as_documented(call: Call, tmp_path: Path, shared: Path) -> None:
    folder = shared / "conformance" / "warc"
    assert {path.name for path in folder.iterdir()} == set(CONFORMANCE)
    for name, (code, wanted) in CONFORMANCE.items():
        found = call("import", tmp_path / f"{name}.db", folder / name)
        lines = assert_plain(found)
        assert found.exit_code == code, (name, found.stderr)
        counts = {kind: int(number) for number, kind in re.findall(r"(\d+) (\w+)", lines[-1].partition(": ")[2])}
        counts = {kind.replace("requests", "request"): number for kind, number in counts.items()}
        counts = {kind: number for kind, number in counts.items() if kind not in ("new", "other")}
        assert counts == wanted, name
        assert len(lines) == 1 + sum(wanted.get(state, 0) for state in ("damaged", "failed", "gone"))


def test_all_of_them_at_once_are_taken_in_as_far_as_they_go(call: Call, tmp_path: Path, shared: Path) -> None:
    saved = tmp_path / "saved"
    shutil.copytree(shared / "conformance" / "warc", saved)
    found = call("import", tmp_path / "a.db", saved)
    assert found.exit_code == 3
    *told, _ = assert_plain(found)
    assert sorted(line.partition(":")[0] for line in told) == [*["failed"] * 6, "gone", "gone"]
    assert call("list", tmp_path / "a.db", "--all").exit_code == 0
