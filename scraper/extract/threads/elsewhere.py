"""Comments that live with an embedded service: `find_elsewhere`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from urllib.parse import parse_qsl, urlsplit

from scraper.extract.threads.comment_services import SERVICES
from scraper.model import Elsewhere
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.entities import unescape
from scraper.text.prose import fold

ANY_SERVICE = ", ".join(service.embed for service in SERVICES)
# What names no thread: how a service finds it by the page, and what documentation has in its place.
NO_ID = re.compile(
    r"pathname|url|title|og:title|specific|number|null|false|true|undefined|.*(?:\{\{|<%|\$\{|<\?|\}\}).*"
    r"|(?:PAGE|YOUR|EMBED|UNIQUE|REPLACE)_[A-Z_]+"
)
LONGEST_ID = 500  # characters
MOST_EMBEDS = 4  # elements of one service that are asked
MOST_PLACES = 20  # of one name in a script


def find_elsewhere(document: Document) -> Elsewhere | None:
    """The embedded service that holds the comments, with the thread's id, the site's account, its server, if stated."""
    if document.select_one(ANY_SERVICE) is None:
        return None
    for service in SERVICES:
        embeds = document.select(service.embed)[:MOST_EMBEDS]
        if embeds:
            thread, account, server = (
                chain(_attributes(embeds, names), _elements(document, places), _scripts(document, patterns))
                for names, places, patterns in (
                    (service.thread, service.thread_elements, service.thread_scripts),
                    (service.account, service.account_elements, service.account_scripts),
                    (service.server, service.server_elements, service.server_scripts),
                )
            )
            return Elsewhere(service.name, next(thread, None), next(account, None), next(server, None))
    return None


def _attributes(embeds: Sequence[Node], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        for embed in embeds:
            if name.startswith("?"):
                found = _parameter(embed.get("src") or "", name[1:])
            else:
                found = embed.get(name)
            yield from _if_id(found)


def _parameter(address: str, name: str) -> str | None:
    try:
        return dict(parse_qsl(urlsplit(address).query)).get(name)
    except ValueError:  # a damaged host, or more parameters than there can be
        return None


def _elements(document: Document, places: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    for css, attribute, pattern in places:
        for node in document.select(css)[:MOST_EMBEDS]:
            found = re.search(pattern, node.get(attribute) or "")
            yield from _if_id(found[1] if found else None)


def _scripts(document: Document, patterns: Sequence[str]) -> Iterator[str]:
    """What the page's own scripts say; of each the first that is run."""
    for pattern in patterns:
        for text in document.data.values():
            places = islice(re.finditer(pattern, text), MOST_PLACES)
            said = (found[1] for found in places if _is_run(text, found.start()))
            yield from _if_id(next(said, "").replace("\\/", "/"))


def _is_run(script: str, at: int) -> bool:
    """Whether what stands there is not in a remark."""
    line = script[script.rfind("\n", 0, at) + 1 : at].lstrip()
    return not line.startswith("//") and script.rfind("/*", 0, at) <= script.rfind("*/", 0, at)


def _if_id(value: str | None) -> Iterator[str]:
    value = fold(unescape(value or ""))
    if value and len(value) <= LONGEST_ID and not NO_ID.fullmatch(value):
        yield value
