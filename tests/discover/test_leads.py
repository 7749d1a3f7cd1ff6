from __future__ import annotations

import pytest

from scraper.discover.leads import DocumentKind, document_leads
from scraper.model import Lead

URL = "https://tide.example/x"
POST = "https://tide.example/2011/02/ferry/"


@pytest.mark.parametrize(
    ("kind", "payload", "source"),
    [
        ("feed", f"<rss><channel><item><link>{POST}</link></item></channel></rss>", "feed"),
        ("sitemap", f"<urlset><url><loc>{POST}</loc></url></urlset>", "sitemap"),
        ("json", f'[{{"id": 7, "link": "{POST}"}}]', "api"),
    ],
)
def test_each_kind_of_document_leads_to_its_posts(kind: DocumentKind, payload: str, source: str) -> None:
    assert [(lead.url, lead.role, lead.source) for lead in document_leads(kind, payload.encode(), URL)] == [
        (POST, "post", source)
    ]


def test_a_json_feed_is_one_by_its_content() -> None:
    payload = f'{{"version": "https://jsonfeed.org/version/1", "items": [{{"url": "{POST}"}}]}}'.encode()
    assert document_leads("json", payload, URL) == (Lead(POST, "post", "feed"),)
