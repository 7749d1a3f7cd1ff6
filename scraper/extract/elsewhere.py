"""Comments that live with an embedded service: `find_elsewhere`."""

from __future__ import annotations

from scraper.model import Elsewhere
from scraper.parse.html import Document

# service, what embeds it, the attribute that names the thread. Sources: each service's embedding documentation.
SERVICES = (
    ("disqus", "#disqus_thread[data-disqus-identifier]", "data-disqus-identifier"),
    ("disqus", "#disqus_thread, script[src*='.disqus.com/embed.js']", None),
    ("facebook", ".fb-comments[data-href]", "data-href"),
    ("isso", "#isso-thread", "data-isso-id"),
    ("giscus", "script[src*='giscus.app/client.js']", "data-mapping"),
    ("utterances", "script[src*='utteranc.es/client.js']", "issue-term"),
    ("commento", "#commento", "data-page-id"),
    ("hyvor", "hyvor-talk-comments", "page-id"),
)
ANY_SERVICE = ", ".join(css for _, css, _ in SERVICES)


def find_elsewhere(document: Document) -> Elsewhere | None:
    """The embedded service that holds the comments, where the page embeds one."""
    if document.select_one(ANY_SERVICE) is None:
        return None
    for service, css, attribute in SERVICES:
        node = document.select_one(css)
        if node is not None:
            return Elsewhere(service, node.get(attribute) if attribute else None)
    return None
