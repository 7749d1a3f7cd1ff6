"""Whose site it is: `find_owner`, and whether a name that the site bears is a person's."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.extract.metadata.candidates import Candidates, words_of
from scraper.extract.metadata.site_names import PARTS
from scraper.text.given_names import GIVEN
from scraper.text.names import person_name, plain
from scraper.text.urls import host_of

SHORTEST, LONGEST = 3, 11  # letters of a given name in an address
FIELDS = ("author", "site_name", "title")


def find_owner(candidates: Candidates) -> str | None:
    """The person whose name is the site's address, where the page states the name too.

    A blog at `janedoe.example` that says 'Jane Doe' in its title, its header or its footer is Jane Doe's. Only given
    names of the list tell a person from a firm.
    """
    host = host_of(candidates.url or "") or ""
    squashed = words_of(plain(host)).replace(" ", "")
    if not _bears_given_name(squashed):
        return None
    for field in FIELDS:
        for claim in candidates.claims.of(field):
            for part in (claim.value, *PARTS.split(claim.value)):
                if _is_owner(part, squashed):
                    candidates.win(claim)
                    return part
    name = _name_in(candidates, host.split("."))
    if name is not None:
        candidates.add("author", name, "shown", "the site's address")
    return name


def is_personal(name: str) -> bool:
    """Whether a name that the site bears too is a person's, by its given name."""
    return " " in name and plain(name).split()[0] in GIVEN


@lru_cache(maxsize=256)
def _bears_given_name(host: str) -> bool:
    """Whether a given name stands anywhere in an address; in most there is none."""
    lengths = range(SHORTEST, LONGEST + 1)
    return any(host[start : start + length] in GIVEN for start in range(len(host)) for length in lengths)


def _is_owner(name: str, host: str) -> bool:
    if not 5 <= len(name) <= 60:
        return False
    words = plain(name).split()
    return 2 <= len(words) <= 3 and words[0] in GIVEN and words_of("".join(words)) in host and bool(person_name(name))


def _name_in(candidates: Candidates, labels: list[str]) -> str | None:
    """The given name and the surname that a label of a host joins, as the page writes them."""
    for label in (label.replace("-", "") for label in labels):
        for end in range(SHORTEST, min(len(label) - 1, LONGEST + 1)):
            if label[:end] in GIVEN:
                found = re.search(rf"\b{label[:end].title()} {re.escape(label[end:].title())}\b", candidates.text)
                if found:
                    return found[0]
    return None
