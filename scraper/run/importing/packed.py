"""The WARC files that an input is, or holds: `warcs_in`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scraper.run.importing.arcs import unpacked_arc
from scraper.run.importing.inputs import Input
from scraper.run.importing.waczs import name_in_wacz, unpacked_warcs

PACKED = frozenset({"warc", "wacz", "arc"})  # kinds of inputs


def warcs_in(each: Input) -> Iterator[tuple[str, Path]]:
    """What messages call each of them, and where it can be read until the next one is asked for.

    InputError where the input cannot be read.
    """
    match each.kind:
        case "warc":
            yield str(each.path), each.path
        case "wacz":
            for unpacked in unpacked_warcs(each.path):
                yield name_in_wacz(each.path, unpacked.name), unpacked.path
        case "arc":
            with unpacked_arc(each.path) as arc:
                yield str(each.path), arc.path
