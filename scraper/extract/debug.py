"""Debug output that a template left in the page: PHP's print_r and var_dump of an array."""

from __future__ import annotations

import re

from scraper.model import Removal
from scraper.parse.html import Document, Node
from scraper.text.prose import excerpt, fold

# print_r: 'Array ( [0] => sitewide [1] => node_blog )'; at least two entries, so that prose about arrays stays.
PRINT_R = re.compile(r"Array\s*\(\s*\[[^\]\n]{1,80}\]\s*=>.*?\[[^\]\n]{1,80}\]\s*=>[^()]*\)", re.S)
PRINT_R_ENTRY = re.compile(r"\[[^\]\n]{1,80}\]\s*=>\s*(.*?)\s*(?=\[[^\]\n]{1,80}\]\s*=>|\)\s*$)", re.S)
# var_dump: 'array(2) { [0]=> string(8) "sitewide" [1]=> string(9) "node_blog" }'
VAR_DUMP = re.compile(r"array\(\d+\)\s*\{(?:\s*\[[^\]\n]{1,80}\]\s*=>\s*[a-z]+\([^)]*\)(?:\s*\"[^\"]*\")?){2,}\s*\}")
VAR_DUMP_ENTRY = re.compile(r"=>\s*[a-z]+\(([^)]*)\)(?:\s*\"([^\"]*)\")?")
MARK = re.compile(r"Array\s+\(\s*\[|array\(\d+\)\s*\{")
CODE = frozenset({"pre", "code", "textarea", "samp"})


def take_debug_output(document: Document, content: Node | None) -> tuple[list[str], list[Removal]]:
    """Cuts debug arrays out of the page's text; returns their entries and one Removal for each.

    Code samples of the post itself (a `pre` or `code` inside `content`) stay.
    """
    contexts: list[str] = []
    removals: list[Removal] = []
    body = document.body
    for node in body.subtree():
        for position, child in enumerate(node.children):
            if not isinstance(child, str) or "=>" not in child or _is_sample(node, content):
                continue
            left, entries, taken = _cut(child)
            if taken:
                node.children[position] = left
                contexts.extend(entries)
                removals.append(
                    Removal("debug", "debug_array", "print_r or var_dump", node.path, len(taken), excerpt(taken))
                )
    return contexts, removals


def may_hold_debug_output(source: str) -> bool:
    """Whether a page's source is worth the search; false for nearly every page."""
    return ("Array\n" in source or "Array (" in source or "array(" in source) and bool(MARK.search(source))


def array_entries(text: str) -> tuple[str, ...]:
    """The leaf values of the first array in `text`, in order; empty where there is none."""
    return tuple(_cut(text)[1])


def _is_sample(node: Node, content: Node | None) -> bool:
    if content is None or not content.contains(node):
        return False
    return node.tag in CODE or any(up.tag in CODE for up in node.ancestors())


def _cut(text: str) -> tuple[str, list[str], str]:
    entries: list[str] = []
    taken: list[str] = []
    for pattern, read in ((PRINT_R, _print_r_entries), (VAR_DUMP, _var_dump_entries)):
        for found in pattern.finditer(text):
            entries.extend(read(found[0]))
            taken.append(found[0])
        text = pattern.sub(" ", text)
    return text, entries, fold(" ".join(taken))


def _print_r_entries(text: str) -> list[str]:
    return [
        value for found in PRINT_R_ENTRY.finditer(text) if (value := fold(found[1])) and not value.startswith("Array")
    ]


def _var_dump_entries(text: str) -> list[str]:
    return [found[2] if found[2] is not None else found[1] for found in VAR_DUMP_ENTRY.finditer(text)]
