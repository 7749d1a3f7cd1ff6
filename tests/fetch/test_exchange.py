from __future__ import annotations

from scraper.fetch.exchange import store_headers, without_secrets, write_head


def test_the_transfer_coding_is_renamed_and_the_length_set() -> None:
    stored = store_headers((("Server", "x"), ("transfer-encoding", "chunked"), ("ETag", '"1"')), 7)
    assert stored == (
        ("Server", "x"), ("X-Archive-Orig-transfer-encoding", "chunked"), ("ETag", '"1"'), ("Content-Length", "7"),
    )  # fmt: skip


def test_a_length_that_was_true_keeps_its_place_and_spelling() -> None:
    headers = (("content-length", "7"), ("Server", "x"))
    assert store_headers(headers, 7) == headers


def test_a_length_that_was_not_true_is_kept_under_another_name() -> None:
    stored = store_headers((("Content-Length", "9"), ("Content-Length", "9")), 7)
    assert stored == (
        ("X-Archive-Orig-Content-Length", "9"), ("Content-Length", "7"), ("X-Archive-Orig-Content-Length", "9"),
    )  # fmt: skip


def test_an_answer_that_has_no_body_keeps_its_headers() -> None:
    assert store_headers((("Content-Length", "9"),), None) == (("Content-Length", "9"),)


def test_repeated_headers_stay_apart_and_folded_ones_become_one_line() -> None:
    stored = store_headers((("Set-Cookie", "a=1"), ("Link", "<a>,\r\n <b>"), ("Set-Cookie", "b=2")), 0)
    assert stored[:3] == (("Set-Cookie", "a=1"), ("Link", "<a>, <b>"), ("Set-Cookie", "b=2"))


def test_a_head_is_written_as_on_the_wire() -> None:
    assert write_head("HTTP/1.1 200 ", (("A", "\xe9"),)) == b"HTTP/1.1 200\r\nA: \xe9\r\n\r\n"


def test_credentials_are_not_stored() -> None:
    head = b"GET / HTTP/1.1\r\nHost: e.org\r\nAuthorization: Basic x\r\nproxy-authorization: y\r\nCookie: z\r\n\r\n"
    assert without_secrets(head) == b"GET / HTTP/1.1\r\nHost: e.org\r\n\r\n"
