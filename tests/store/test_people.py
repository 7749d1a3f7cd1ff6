from __future__ import annotations

import pytest

from scraper.model import Byline, Person
from scraper.store.planning.intents import AddRevision
from scraper.store.planning.people import (
    PeopleIntent,
    Presented,
    StoredBio,
    StoredPeople,
    WriteBio,
    WritePerson,
    WriteSigners,
    plan_people,
)

PROFILE = "https://blog.example/u/bob"


def shown(
    *people: Person, number: int = 1, bylines: tuple[Byline, ...] | None = None, post_id: int | None = 1
) -> Presented:
    return Presented(1, number, (f"2020-01-0{number}", number), people, post_id, bylines)


def carry_out(stored: StoredPeople, intents: tuple[PeopleIntent, ...], *batch: Presented) -> StoredPeople:
    """What is stored after these intents: what the archive does in SQL, in memory."""
    ranks = {each.capture_id: each.rank for each in batch}
    people, bios, signed = dict(stored.people), dict(stored.bios), set(stored.signed)
    for intent in intents:
        if isinstance(intent, WritePerson):
            people[intent.id] = intent.values
        elif isinstance(intent, WriteBio):
            old = bios.get(intent.person_id)
            rank = ranks.get(intent.values.capture_id, old.rank if old else ("", 0))
            bios[intent.person_id] = StoredBio(intent.values, rank, old.revisions if old else frozenset())
        elif isinstance(intent, WriteSigners):
            signed |= {(intent.post_id, person_id) for person_id, _, _ in intent.signers}
        elif isinstance(intent, AddRevision) and intent.person_id is not None:
            bio = bios[intent.person_id]
            bios[intent.person_id] = StoredBio(bio.values, bio.rank, bio.revisions | {intent.digest})
    return StoredPeople(tuple(people.items()), tuple(bios.items()), tuple(signed))


def record(*batches: tuple[Presented, ...] | Presented) -> StoredPeople:
    stored = StoredPeople()
    for given in batches:
        batch = given if isinstance(given, tuple) else (given,)
        stored = carry_out(stored, plan_people(stored, batch, len(stored.people) + 1), *batch)
        again = plan_people(stored, batch, len(stored.people) + 1)
        assert [intent for intent in again if not isinstance(intent, WriteSigners)] == []
    return stored


def names(stored: StoredPeople) -> list[tuple[str | None, str | None]]:
    return [(values.name, values.url) for _, values in stored.people]


def test_byline_and_author_box_are_one_person() -> None:
    stored = record(shown(Person("Bob  Best", bio_text="A doctor."), bylines=(Byline("Bob Best", PROFILE),)))
    assert names(stored) == [("Bob Best", PROFILE)]
    assert [bio.values.text for _, bio in stored.bios] == ["A doctor."]


def test_one_person_signs_many_posts() -> None:
    stored = record(*(shown(bylines=(Byline("Bob", PROFILE),), post_id=number) for number in (1, 2, 3)))
    assert names(stored) == [("Bob", PROFILE)]
    assert set(stored.signed) == {(1, 1), (2, 1), (3, 1)}


def test_a_name_without_profile_is_the_person_whose_profile_shows_elsewhere() -> None:
    for first, second in ((None, PROFILE), (PROFILE, None)):
        stored = record(shown(bylines=(Byline("Bob", first),)), shown(bylines=(Byline("bob", second),), post_id=2))
        assert names(stored) == [("Bob", PROFILE)]


def test_two_profiles_of_one_name_are_two_people() -> None:
    stored = record(shown(bylines=(Byline("Bob", PROFILE), Byline("Bob", PROFILE + "by"))))
    assert len(stored.people) == 2


def test_the_profile_is_compared_by_its_key() -> None:
    other = PROFILE.replace("https", "http") + "?utm_source=x#top"
    assert len(record(shown(bylines=(Byline("Bob", PROFILE), Byline("Robert", other)))).people) == 1


def test_who_signs_a_post_already_is_meant_by_the_bare_name() -> None:
    signed = tuple(shown(bylines=(Byline("Bob", f"{PROFILE}{number}"),), post_id=number) for number in (1, 2))
    stored = record(signed, shown(Person("Bob", bio_text="The second."), post_id=2))
    assert [person_id for person_id, _ in stored.bios] == [2]
    assert len(stored.people) == 2


def test_people_of_two_blogs_are_two_people() -> None:
    here, there = (Presented(blog, 1, ("2020", 1), (Person("Bob"),)) for blog in (1, 2))
    assert len(record((here, there)).people) == 2


def test_a_changed_bio_becomes_a_revision_in_any_order_of_arrival() -> None:
    old, new = shown(Person("Bob", bio_text="A student.")), shown(Person("Bob", bio_text="A doctor."), number=2)
    for first, second in ((old, new), (new, old)):
        stored = record(first, second)
        ((_, bio),) = stored.bios
        assert (bio.values.text, len(bio.revisions)) == ("A doctor.", 1)


def test_a_picture_alone_does_not_take_the_text_away() -> None:
    stored = record(shown(Person("Bob", bio_text="A doctor.")), shown(Person("Bob", picture_url="p.png"), number=2))
    ((_, bio),) = stored.bios
    assert (bio.values.text, bio.values.picture_url, bio.revisions) == ("A doctor.", "p.png", frozenset())


def test_who_has_neither_name_nor_profile_is_nobody() -> None:
    assert record(shown(Person(None, bio_text="Who?"), bylines=(Byline(" "),))).people == ()


@pytest.mark.parametrize("cut", ["A doctor, who writes…", "A doctor, who writes about bread. And more."])
def test_a_bio_that_was_cut_off_or_folded_takes_no_place_of_the_whole_one(cut: str) -> None:
    whole = "A doctor, who writes about bread.\nAnd more."
    for first, second in ((whole, cut), (cut, whole)):
        stored = record(
            shown(Person("Bob", bio_text=first)), shown(Person("Bob", bio_text=second), number=2, post_id=2)
        )
        ((_, bio),) = stored.bios
        assert (bio.values.text, bio.revisions) == (whole, frozenset())
