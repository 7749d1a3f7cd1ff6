"""The labels that a page's `<meta>` elements declare, found in its bytes by the WHATWG prescan.

https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding, but over the first
64 KB and not 1,024 bytes: a browser that meets a later `<meta>` starts again with it, so pages rely on late ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PRESCAN_BYTES = 64 * 1024

# What may follow a '<': a comment, a tag with its name, or other markup up to its '>'.
MARKUP = re.compile(rb"<(?:(!--)|/?([a-zA-Z][^\s/>]*)|[!/?])")
ATTRIBUTE = re.compile(
    rb"[\s/]*(?:(>)|(=?[^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(?![\"'])([^\s>]*)(?=[\s>])))?)"
)
# The attributes of a tag up to its '>', each as above: one match for a tag that declares nothing.
REST = re.compile(rb"(?>[\s/]*=?[^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|(?![\"'])[^\s>]*(?=[\s>])))?)*+>")
CONTENT_CHARSET = re.compile(r"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"'][^\s;]*))", re.IGNORECASE)


def declared_label(data: bytes) -> Iterator[str]:
    """The labels, in document order; the first that means an encoding counts. They are as written, not judged."""
    head = data[:PRESCAN_BYTES]
    if b"charset" not in head and b"charset" not in head.lower():
        return
    position = 0
    while found := MARKUP.search(head, position):
        position = found.end()
        if found[1]:
            position = head.find(b"-->", found.start() + 2)
            if position < 0:
                return
        elif found[0].lower() == b"<meta":
            attributes, position = _attributes(head, position)
            label = _label(attributes)
            if label:
                yield label
        elif found[2]:
            rest = REST.match(head, position)
            if rest is None:
                return
            position = rest.end()
        else:
            position = head.find(b">", position)
            if position < 0:
                return


def _attributes(head: bytes, position: int) -> tuple[dict[bytes, bytes], int]:
    """A tag's attributes, names in lower case, first one wins; and where it ends, past the end if it does not."""
    attributes: dict[bytes, bytes] = {}
    while found := ATTRIBUTE.match(head, position):
        if found[1]:
            return attributes, found.end()
        if found.end() == position or found.end() >= len(head):
            break
        position = found.end()
        value = next((group for group in found.group(3, 4, 5) if group is not None), b"")
        attributes.setdefault(found[2].lower(), value)
    return {}, len(head)


def _label(attributes: dict[bytes, bytes]) -> str | None:
    """What one `<meta>` declares: its charset, or its content where http-equiv says that this is a content type."""
    if b"charset" in attributes:
        return attributes[b"charset"].decode("latin-1").strip() or None
    if attributes.get(b"http-equiv", b"").lower() != b"content-type":
        return None
    found = CONTENT_CHARSET.search(attributes.get(b"content", b"").decode("latin-1"))
    return next((group for group in found.groups() if group), None) if found else None
