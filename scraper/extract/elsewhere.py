"""Comments that live with an embedded service: `find_elsewhere`."""

from __future__ import annotations

from scraper.model import Elsewhere
from scraper.parse.html import Document

# service, what embeds it, the attributes that may name the thread. Sources: each service's embedding documentation.
SERVICES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("disqus", "#disqus_thread[data-disqus-identifier]", ("data-disqus-identifier",)),
    ("disqus", "#disqus_thread, script[src*='.disqus.com/embed.js']", ("data-identifier", "data-disqus-url")),
    ("facebook", ".fb-comments[data-href]", ("data-href",)),
    ("isso", "#isso-thread", ("data-isso-id", "data-title")),
    ("giscus", "script[src*='giscus.app/client.js']", ("data-term",)),
    ("utterances", "script[src*='utteranc.es/client.js']", ("issue-number", "issue-term")),
    ("commento", "#commento", ("data-page-id",)),
    ("hyvor", "hyvor-talk-comments", ("page-id",)),
    ("coral", "#coral_thread, #coral_talk_stream", ("data-story-id", "data-storyid")),
    ("openweb", "[data-spotim-module], [data-spot-id]", ("data-post-id",)),
    ("remark42", "#remark42", ("data-url",)),
    ("cusdis", "#cusdis_thread", ("data-page-id",)),
    ("intensedebate", "#idc-container, #IDCommentsHead", ()),
    ("livefyre", "#livefyre-comments, .livefyre-comments", ("data-lf-article-id",)),
)
ANY_SERVICE = ", ".join(css for _, css, _ in SERVICES)
MODES = frozenset({"pathname", "url", "title", "og:title"})  # how a service finds the thread by the page: no id of one


def find_elsewhere(document: Document) -> Elsewhere | None:
    """The embedded service that holds the comments, where the page embeds one, with the thread's id if it is there."""
    if document.select_one(ANY_SERVICE) is None:
        return None
    for service, css, attributes in SERVICES:
        node = document.select_one(css)
        if node is not None:
            stated = (value for name in attributes if (value := node.get(name)) and value not in MODES)
            return Elsewhere(service, next(stated, None))
    return None
