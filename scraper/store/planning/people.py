"""Who is who on a blog, and what their bios say now: a pure comparison of a batch with what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scraper.model import Byline, Person
from scraper.store.planning.intents import AddRevision
from scraper.store.planning.values import Cause, Rank, text_digest
from scraper.text.prose import fold
from scraper.text.urls import url_key


@dataclass(frozen=True, slots=True)
class PersonValues:
    """The columns of a person's row."""

    blog_id: int | None
    name: str | None
    name_key: str | None
    url: str | None = None
    url_key: str | None = None
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BioValues:
    """The columns of a bio's row."""

    capture_id: int | None
    text: str | None
    html: str | None
    source: str | None
    picture_url: str | None
    picture_alt: str | None


@dataclass(frozen=True, slots=True)
class StoredBio:
    """A bio's row with the rank of its capture and the digests of the person's revisions."""

    values: BioValues
    rank: Rank
    revisions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StoredPeople:
    """What is stored of the people that a batch may mean."""

    people: tuple[tuple[int, PersonValues], ...] = ()
    bios: tuple[tuple[int, StoredBio], ...] = ()
    signed: tuple[tuple[int, int], ...] = ()  # post id, person id


@dataclass(frozen=True, slots=True)
class Presented:
    """What one capture shows of people: those it presents, and the bylines that now sign the post (None: as before)."""

    blog_id: int | None
    capture_id: int | None
    rank: Rank
    people: tuple[Person, ...]
    post_id: int | None = None
    bylines: tuple[Byline, ...] | None = None


@dataclass(frozen=True, slots=True)
class WritePerson:
    id: int
    values: PersonValues
    new: bool


@dataclass(frozen=True, slots=True)
class WriteBio:
    person_id: int
    values: BioValues
    new: bool


@dataclass(frozen=True, slots=True)
class WriteSigners:
    """Who signs the post now, in order: person id, role, name as shown."""

    post_id: int
    signers: tuple[tuple[int, str, str], ...]


PeopleIntent = WritePerson | WriteBio | WriteSigners | AddRevision


def name_key(name: str | None) -> str | None:
    """The name as it is compared: white space and case folded; None for no name."""
    return fold(name).casefold() or None if name else None


def plan_people(stored: StoredPeople, batch: Iterable[Presented], next_id: int = 1) -> tuple[PeopleIntent, ...]:
    """The changes to people, bios and signatures that a batch means; empty when all of it is stored.

    A person is who has the profile URL; where none is stated, who already signs that post under that name, else the
    first person of that name on the blog, one without profile before others. New people get ids from `next_id` on.
    """
    roll = _Roll(stored, next_id)
    intents: list[PeopleIntent] = []
    for shown in sorted(batch, key=lambda shown: shown.rank):
        if shown.bylines is not None and shown.post_id is not None:
            named = [byline for byline in shown.bylines if name_key(byline.name)]
            signers = [(roll.find(shown, byline.name, byline.url), byline.role, byline.name) for byline in named]
            intents.append(WriteSigners(shown.post_id, tuple(signers)))
        for person in shown.people:
            if name_key(person.name) or person.url:
                person_id = roll.find(shown, person.name, person.url, person.profiles)
                intents += roll.present(person_id, shown, person)
    return (*roll.changes(), *intents)


class _Roll:
    """The people of a batch while it is planned."""

    def __init__(self, stored: StoredPeople, next_id: int) -> None:
        self._stored = dict(stored.people)
        self._people = dict(stored.people)
        self._stored_bios = dict(stored.bios)
        self._bios = dict(stored.bios)
        self._signed = {(post_id, person_id) for post_id, person_id in stored.signed}
        self._next_id = next_id
        self._by_url: dict[tuple[int | None, str], int] = {}
        self._by_name: dict[tuple[int | None, str], list[int]] = {}
        for person_id, values in stored.people:
            self._index(person_id, values)

    def find(self, shown: Presented, name: str | None, url: str | None, profiles: Sequence[str] = ()) -> int:
        """The id of this person, who is new to the roll if nobody on it fits."""
        values = PersonValues(shown.blog_id, name, name_key(name), url, url_key(url) if url else None, tuple(profiles))
        found = self._match(shown, values)
        if found is None:
            found, self._next_id = self._next_id, self._next_id + 1
            self._people[found] = values
            self._index(found, values)
        else:
            self._complete(found, values)
        if shown.post_id is not None:
            self._signed.add((shown.post_id, found))
        return found

    def _match(self, shown: Presented, values: PersonValues) -> int | None:
        if values.url_key and (found := self._by_url.get((values.blog_id, values.url_key))) is not None:
            return found
        same_name = self._by_name.get((values.blog_id, values.name_key), []) if values.name_key else []
        unlinked = [found for found in same_name if self._people[found].url_key is None]
        if values.url_key:  # a name that had no profile so far is taken to be the one whose profile now shows
            return unlinked[0] if unlinked else None
        here = [found for found in same_name if (shown.post_id, found) in self._signed]
        return next(iter(here or unlinked or same_name), None)

    def _complete(self, person_id: int, shown: PersonValues) -> None:
        """Add what the row lacks; the first name and the first profile stay, so that no order of pages flips them."""
        old = self._people[person_id]
        new = replace(
            old,
            name=old.name or shown.name,
            name_key=old.name_key or shown.name_key,
            url=old.url or shown.url,
            url_key=old.url_key or shown.url_key,
            profiles=tuple(dict.fromkeys(old.profiles + shown.profiles)),
        )
        if new != old:
            self._people[person_id] = new
            self._index(person_id, new)

    def _index(self, person_id: int, values: PersonValues) -> None:
        if values.url_key:
            self._by_url.setdefault((values.blog_id, values.url_key), person_id)
        if values.name_key:
            same_name = self._by_name.setdefault((values.blog_id, values.name_key), [])
            if person_id not in same_name:
                same_name.append(person_id)

    def present(self, person_id: int, shown: Presented, person: Person) -> list[AddRevision]:
        """Take in what the page says of the person; the texts that are not the current one come back as revisions."""
        if not (person.bio_text or person.bio_html or person.picture_url):
            return []
        values = BioValues(
            shown.capture_id,
            person.bio_text,
            person.bio_html,
            person.bio_source,
            person.picture_url,
            person.picture_alt,
        )
        bio, old = StoredBio(values, shown.rank), self._bios.get(person_id)
        if old is None:
            self._bios[person_id] = bio
            return []
        kept, other = (bio, old) if bio.rank >= old.rank else (old, bio)
        self._bios[person_id] = merged = replace(_filled(kept, other), revisions=old.revisions)
        text = other.values.text
        if not text or text == merged.values.text or _is_less(text, merged.values.text or ""):
            return []
        digest = text_digest(None, text)
        if digest in old.revisions or digest == text_digest(None, merged.values.text or ""):
            return []
        self._bios[person_id] = replace(merged, revisions=old.revisions | {digest})
        cause: Cause = "reparsed" if other.rank == kept.rank and other.rank[1] else "changed"
        html = other.values.html
        return [AddRevision(other.values.capture_id, cause, None, text, html, digest, person_id=person_id)]

    def changes(self) -> list[PeopleIntent]:
        """The rows of people and bios that are new or differ from what is stored."""
        people = [
            WritePerson(person_id, values, person_id not in self._stored)
            for person_id, values in self._people.items()
            if self._stored.get(person_id) != values
        ]
        bios = [
            WriteBio(person_id, bio.values, person_id not in self._stored_bios)
            for person_id, bio in self._bios.items()
            if person_id not in self._stored_bios or self._stored_bios[person_id].values != bio.values
        ]
        return [*people, *bios]


def _filled(kept: StoredBio, other: StoredBio) -> StoredBio:
    """The kept bio, with the other one's text or picture where it has none itself."""
    values, spare = kept.values, other.values
    if not values.text or _is_less(values.text, spare.text or ""):
        values = replace(values, text=spare.text, html=spare.html, source=spare.source)
    if not values.picture_url:
        values = replace(values, picture_url=spare.picture_url, picture_alt=spare.picture_alt)
    return replace(kept, values=values)


def _is_less(text: str, whole: str) -> bool:
    """Whether the text is the same with fewer line breaks, or only its beginning, with dots for the rest."""
    folded, other = fold(text), fold(whole)
    if folded == other:
        return text.count("\n") < whole.count("\n")
    start = folded.rstrip(".… ")
    return bool(start) and folded.endswith(("...", "…")) and other.startswith(start)
