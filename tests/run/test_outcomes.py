"""What has become of a URL follows from its answer."""

from __future__ import annotations

import gzip

import pytest

from scraper.run.outcomes import judge_response

RSS = b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"
RDF = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"
SITEMAP = b"\xef\xbb\xbf\n<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>"
XHTML = b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>"
BOMB = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"


@pytest.mark.parametrize(
    ("status", "content_type", "payload", "state", "reason", "readable"),
    [
        (200, "text/html; charset=utf-8", b"<p>x", "fetched", None, True),
        (200, "TEXT/HTML", b"<p>x", "fetched", None, True),
        (200, None, b"<html><p>x", "fetched", None, True),
        (200, "application/xhtml+xml", XHTML, "fetched", None, True),
        (200, "text/html", XHTML, "fetched", None, True),
        (200, "text/html", b" \n", "failed", "empty answer", False),
        (200, "application/rss+xml", RSS, "fetched", "feed", False),
        (200, "text/html", RSS, "fetched", "feed", False),
        (200, "text/xml", RDF, "fetched", "feed", False),
        (200, "text/xml", SITEMAP, "fetched", "sitemap", False),
        (200, "application/gzip", gzip.compress(SITEMAP), "fetched", "sitemap", False),
        (200, "text/xml", BOMB, "fetched", "text/xml", False),
        (200, "image/png", b"\x89PNG", "fetched", "image/png", False),
        (200, None, b"", "fetched", "unknown type", False),
        (301, "text/html", b"<p>Moved", "fetched", "redirect to nowhere", False),
        (304, None, b"", "not_modified", None, False),
        (404, "text/html", b"<p>Not here", "gone", "status 404", False),
        (410, None, b"", "gone", "status 410", False),
        (503, "text/html", b"<p>Later", "failed", "status 503", False),
    ],
)
def test_the_state_follows_from_status_and_content(
    status: int, content_type: str | None, payload: bytes, state: str, reason: str | None, readable: bool
) -> None:
    headers = (("Content-Type", content_type),) if content_type else ()
    found = judge_response(status, headers, payload)
    assert (found.state, found.reason, found.readable) == (state, reason, readable)
