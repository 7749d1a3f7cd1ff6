"""What each page holds of a post that stands on several: the newest text of each, and the post's of all. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scraper.model import Post
from scraper.store.planning.intents import AddRevision, WritePart
from scraper.store.planning.values import Cause, PostLists, PostValues, Sighting, StoredPart, StoredPost, text_digest
from scraper.text.parts import joined, part_of


@dataclass(frozen=True, slots=True)
class Replaced:
    """A part's text that is not the part's any more, or that came too late to be it."""

    part: StoredPart
    cause: Cause


@dataclass(frozen=True, slots=True)
class PlannedParts:
    """The parts by their numbers, as they are to be stored, and what they replace."""

    parts: tuple[StoredPart, ...] = ()
    replaced: tuple[Replaced, ...] = ()


def plan_parts(stored: StoredPost, sightings: Iterable[Sighting]) -> PlannedParts:
    """The post's parts after these sightings, of which those that are no part say nothing here."""
    parts = {each.part.number: each for each in stored.parts}
    replaced: list[Replaced] = []
    for sighting in sorted(sightings, key=lambda each: each.rank):
        number = sighting.page.post_page
        if number is None:
            continue
        new = StoredPart(part_of(sighting.page.post or Post(None), number), sighting.capture_id, sighting.rank)
        old = parts.setdefault(number, new)
        is_reread = old.capture_id is not None and old.capture_id == new.capture_id
        parts[number] = new if is_reread or new.rank >= old.rank else old
        if old.part.text != new.part.text:
            loser = old if parts[number] is new else new
            replaced.append(Replaced(loser, "reparsed" if is_reread else "changed"))
    return PlannedParts(tuple(parts[number] for number in sorted(parts)), tuple(replaced))


def with_parts(values: PostValues, lists: PostLists, planned: PlannedParts) -> tuple[PostValues, PostLists]:
    """The post's values with the text, pictures and links of all its parts."""
    whole = joined(each.part for each in planned.parts)
    values = replace(values, text=whole.text, html=whole.html)
    return values, replace(lists, images=whole.images, links=whole.links)


def part_writes(stored: StoredPost, planned: PlannedParts) -> Iterator[WritePart]:
    """The parts that are not stored as they are now."""
    before = {each.part.number: each for each in stored.parts}
    for each in planned.parts:
        old = before.get(each.part.number)
        if old is None or (old.part, old.capture_id) != (each.part, each.capture_id):
            yield WritePart(stored.id, each.capture_id, each.part)


def part_revisions(post_id: int, title: str | None, planned: PlannedParts, known: set[str]) -> Iterator[AddRevision]:
    """Texts of parts as they were, each once; `known` are the digests of the post's revisions."""
    current = {text_digest(title, each.part.text) for each in planned.parts}
    for each in planned.replaced:
        part = each.part.part
        digest = text_digest(title, part.text)
        if part.text and digest not in known and digest not in current:
            known.add(digest)
            yield AddRevision(each.part.capture_id, each.cause, title, part.text, part.html, digest, post_id=post_id)
