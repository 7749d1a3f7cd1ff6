"""Lists of captures are read in all forms that web archives give them in."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from scraper.parse.cdx import Listed, NotListed, Resume, looks_like_cdx, read_cdx

URL, AT, DIGEST = "http://blog.example/a", datetime(2012, 3, 20, 10, 4, 5, tzinfo=UTC), "B" * 32
LISTED = Listed(URL, AT, "text/html", 200, DIGEST)
KEY, STAMP = "example,blog)/a", "20120320100405"
ROW = [KEY, STAMP, URL, "text/html", "200", DIGEST, "1234"]
NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
FIELDS = {"url": URL, "mime": "text/html", "status": "200", "digest": f"sha1:{DIGEST}"}
FORMS = {
    "with its columns": f" CDX N b a m s k r M S V g\n{KEY} {STAMP} {URL} text/html 200 {DIGEST} - - 10 20 -\n",
    "the server's text": " ".join(ROW) + "\n",
    "eleven columns": f"{KEY} {STAMP} {URL} text/html 200 {DIGEST} - - 10 20 -\n",
    "CDXJ": f"!OpenWayback-CDXJ 1.0\n{KEY} {STAMP} {json.dumps(FIELDS)}\n",
    "JSON objects": json.dumps({"urlkey": KEY, "timestamp": STAMP, **FIELDS}) + "\n",
    "a JSON table": json.dumps([NAMES, ROW]),
    "a JSON table line by line": f"[{json.dumps(NAMES)},\n{json.dumps(ROW)}]\n",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=list(FORMS))
def test_each_form_says_the_same(text: str) -> None:
    assert looks_like_cdx(text.encode())
    assert list(read_cdx(text.splitlines())) == [LISTED]


def test_a_table_may_end_with_the_key_to_go_on_from() -> None:
    for text in (
        json.dumps([NAMES, ROW, [], ["go on"]]),
        f'[{json.dumps(NAMES)},\n{json.dumps(ROW)},\n[],\n["go on"]]',
    ):
        assert list(read_cdx(text.splitlines())) == [LISTED, Resume("go on")]


def test_an_index_of_warc_files_is_told_from_a_list() -> None:
    lines = [f"{KEY} {STAMP} {URL} text/html 200 {DIGEST} - - 10 20 site.warc.gz"]
    assert [each.in_warc for each in read_cdx(lines) if isinstance(each, Listed)] == [True]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("three words only", "no CDX line"),
        (f"{KEY} 2012 {URL} text/html 200 {DIGEST} 9", "no timestamp"),
        (f"{KEY} 20129920100405 {URL} text/html 200 {DIGEST} 9", "no timestamp"),
        (f"{KEY} {STAMP} dns:blog.example text/dns 200 {DIGEST} 9", "no URL of the web"),
        (f"{KEY} {STAMP} {{not JSON}}", "no CDX line"),
        ("[" * 100_000, "no JSON table"),
        ('{"a":' * 100_000, "no CDX line"),
    ],
)
def test_a_line_that_names_no_capture_is_told_with_its_place(line: str, reason: str) -> None:
    assert list(read_cdx(["", line])) == [NotListed(2, reason)]


@pytest.mark.parametrize(
    "head", [b"<html>", b"A post of 20120320100405 and more", b"{}", b"[1, 2]", b"CDX is a format"]
)
def test_other_files_are_no_lists(head: bytes) -> None:
    assert not looks_like_cdx(head)
