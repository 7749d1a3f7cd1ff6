"""Reading pages that were saved as plain text."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper.parse.dump_labels import KINDS, read_label
from scraper.parse.dump_lines import read_signature
from scraper.parse.dump_zones import place
from scraper.parse.plaintext import Dump, read_dump

FOLDERS = ("textdump--drupal-blog", "textdump--wordpress-post", "textdump--bare-essay")


def fold(text: str) -> str:
    return " ".join(text.split())


def read(text: str) -> Dump:
    dump = read_dump(text)
    assert dump is not None
    return dump


def differences(dump: Dump, expected: dict[str, Any]) -> dict[str, tuple[object, object]]:
    """The fields in which a dump differs from a fixture's expected.json."""
    author = expected.get("author") or {}
    found: dict[str, tuple[object, object]] = {
        "title": (dump.title, expected["title"]),
        "section": (dump.section, expected["section"]),
        "declared_comment_count": (dump.declared_comment_count, expected["declared_comment_count"]),
        "view_count": (dump.view_count, expected["view_count"]),
        "body": ([fold(text) for text in dump.paragraphs], expected["body_paragraphs"]),
        "author": (dump.author_name, author.get("name")),
        "picture_alt": (dump.picture_alt, author.get("picture_alt")),
        "bio": ([fold(text) for text in dump.bio_paragraphs], author.get("bio_paragraphs", [])),
        "bio_source": (dump.bio_source, author.get("bio_attribution")),
        "contexts": (list(dump.contexts), expected.get("contexts", expected.get("page_contexts"))),
        "comments": (
            [(c.author, c.time_shown, c.subject, [fold(text) for text in c.paragraphs]) for c in dump.comments],
            [(c["author"], c["date_raw"], c["subject"], c["paragraphs"]) for c in expected["comments"]],
        ),
        "removed": (sorted(set(expected["stripped"]) - {kind for kind, _ in dump.removals}), []),
    }
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("folder", FOLDERS)
def test_invented_dumps_read_as_expected(fixtures_folder: Path, folder: str) -> None:
    expected = json.loads((fixtures_folder / folder / "expected.json").read_text(encoding="utf-8"))
    assert differences(read((fixtures_folder / folder / "page.txt").read_text(encoding="utf-8")), expected) == {}


def test_the_seed_dump_reads_as_expected(shared: Path) -> None:
    expected = json.loads((shared / "seed" / "expected.json").read_text(encoding="utf-8"))
    dump = read((shared / "seed" / "page.txt").read_text(encoding="utf-8"))
    assert differences(dump, expected) == {}
    assert dump.published_shown == "14 May 2012"
    assert dump.byline is None


def test_tags_categories_and_byline_of_a_wordpress_dump(fixtures_folder: Path) -> None:
    dump = read((fixtures_folder / "textdump--wordpress-post" / "page.txt").read_text(encoding="utf-8"))
    assert dump.tags == ("apples", "pruning", "secateurs")
    assert dump.categories == ("Fruit", "Winter")
    assert (dump.byline, dump.published_shown) == ("Ada Fenwick", "January 24, 2021")


def test_an_empty_text_is_no_dump() -> None:
    assert read_dump("") is None
    assert read_dump(" \n\t\n\u00a0\n") is None


def test_a_text_of_prose_alone_has_no_title() -> None:
    prose = "This is a single long paragraph that goes on and on without ever stopping to say what it is about. " * 3
    assert read(prose).title is None
    assert read(prose).paragraphs == (fold(prose),)


def test_hard_wrapped_lines_are_one_paragraph_and_short_lines_stay_apart() -> None:
    wrapped = "\n".join(["A line of prose that was broken at some sixty characters or so"] * 3)
    poem = "Roses are red\nviolets are not\nthe string in the drawer\nis all that we've got"
    dump = read(f"On lines\n\n{wrapped}\n\n{poem}")
    assert dump.title == "On lines"
    assert dump.paragraphs[0] == wrapped.replace("\n", " ")
    assert dump.paragraphs[1:] == tuple(poem.split("\n"))


def test_label_words_inside_a_body_are_prose() -> None:
    body = [
        "Search",
        "Jobs",
        "There were jobs in that house that only short string could do, and they came up about once in ten years or so.",
        "Comments",
        "I have had comments on this from three people, and each of them wanted to tell me about a different drawer.",
        "About the sea",
        "It is deep, and it was here before the boats were, which is more than anybody says of the harbour office.",
    ]
    dump = read("On string\n\n" + "\n\n".join(body))
    assert dump.paragraphs == tuple(body)
    assert dump.comments == ()
    assert dump.removals == ()


def test_comments_signed_by_name_above_the_time() -> None:
    dump = read(
        "A title\n\nby Ada Fenn\n\n" + "Body text of the post. " * 8 + "\n\n3 Comments\n\n"
        "gardengal42\n3 days ago\nLovely.\nReply\n\nBo\n2 days ago\nAgreed.\n\nBut why?\n\nCy on January 25, 2021 at 9:34 pm\nSo there."
    )
    assert [(c.author, c.time_shown) for c in dump.comments] == [
        ("gardengal42", "3 days ago"),
        ("Bo", "2 days ago"),
        ("Cy", "January 25, 2021 at 9:34 pm"),
    ]
    assert dump.comments[1].paragraphs == ("Agreed.", "But why?")
    assert dump.declared_comment_count == 3
    assert dump.byline == "Ada Fenn"


def test_german_and_french_dumps_have_their_labels_read() -> None:
    german = read(
        "Zum Inhalt springen\n\nVom Warten\n\nVeröffentlicht am 3. Mai 2014 von Karl Meise\n\n" + "Das Warten ist lang. " * 8
        + "\n\nSchlagwörter: Warten, Hafen\n\nEin Gedanke zu „Vom Warten“\n\nJo sagt:\n4. Mai 2014 um 10:20\nStimmt.\nAntworten\n\n"
        "Schreibe einen Kommentar\nDeine E-Mail-Adresse wird nicht veröffentlicht."
    )  # fmt: skip
    assert (german.title, german.byline) == ("Vom Warten", "Karl Meise")
    assert german.tags == ("Warten", "Hafen")
    assert [(c.author, c.paragraphs) for c in german.comments] == [("Jo", ("Stimmt.",))]
    assert german.declared_comment_count == 1
    french = read(
        "L'attente\n\npar Anne Lys\n\n"
        + "On attend. " * 20
        + "\n\n2 commentaires\n\nLuc dit :\nOui.\n\nEve dit :\nNon."
    )
    assert french.byline == "Anne Lys"
    assert [(c.author, c.paragraphs) for c in french.comments] == [("Luc", ("Oui.",)), ("Eve", ("Non.",))]


def test_a_comment_without_a_name_gets_none() -> None:
    dump = read(
        "Title\n\n" + "Some body text here. " * 9 + "\n\nComments\n\n2 days ago\n\nOne thing, though.\n\nAnother thing."
    )
    assert [c.author for c in dump.comments] == [None]
    assert dump.comments[0].paragraphs == ("One thing, though.", "Another thing.")


def test_text_under_a_comment_heading_without_any_comment_is_a_removal() -> None:
    dump = read("Title\n\n" + "Some body text here. " * 9 + "\n\nNo comments\n\nNobody has said a thing.")
    assert dump.comments == ()
    assert dump.declared_comment_count == 0
    assert ("comment_form", "Nobody has said a thing.") in dump.removals


def test_debug_output_is_taken_off_at_the_edges_only() -> None:
    array = "Array ( [0] => one [a key] => two words [2] => Array ( [0] => three ) )"
    prose = "Body text of some length that says nothing at all, at some length. " * 8
    assert read(f"Title\n\n{prose}\n\n{array}").contexts == ("one", "two words", "three")
    assert read(f"{array}\n\nTitle\n\n{prose}").contexts == ("one", "two words", "three")
    inside = read(f"Title\n\n{prose}\n\nprint_r shows\n\n{array}\n\n{prose}")
    assert inside.contexts == ()
    assert array in inside.paragraphs


@pytest.mark.parametrize(
    ("line", "name", "time"),
    [
        ("Posted by Ada Fenn on January 24, 2021", "Ada Fenn", "January 24, 2021"),
        ("Posted on January 24, 2021 by Ada Fenn", "Ada Fenn", "January 24, 2021"),
        ("von Karl Müller, 3. Mai 2014", "Karl Müller", "3. Mai 2014"),
        ("by Ada van der Fenn", "Ada van der Fenn", None),
    ],
)
def test_signatures_give_name_and_time(line: str, name: str, time: str | None) -> None:
    found = read_signature(line)
    assert found is not None
    assert (found.name, found.time) == (name, time)


@pytest.mark.parametrize(
    "line", ["By the time I got there", "Posted on January 24, 2021", "By 1904.", "I met him on 3 May 2012"]
)
def test_sentences_are_no_signatures(line: str) -> None:
    assert read_signature(line, named=True) is None


def test_every_label_phrase_reads_as_its_kind() -> None:
    for phrase, (kind, reach) in KINDS.items():
        found = read_label(phrase.title())
        assert found is not None, phrase
        assert (found.kind, found.reach) == (kind, reach)


PIECES = st.sampled_from(
    [
        "Search", "Menu", "14 May 2012", "3 days ago", "Comments", "2 Comments", "Bo says:", "Reply", "Tags: a, b", "Number of comments",
        "7", "About the author", "Bo's picture", "Bo", "[Biography supplied by the author].", "Jobs", "Share", "Leave a Reply",
        "Posted by Ada Fenn on 3 May 2012", "A title of some kind", "A sentence that ends.", "Long prose goes on and on. " * 8,
        "Related", "© 2012 Somebody", "Post navigation", "or Register to add a comment", "Published by Ada Fenn", "", "",
    ]
)  # fmt: skip


def everything(dump: Dump) -> str:
    """All text that a dump holds, in any field."""
    parts: list[str] = []
    stack: list[object] = [getattr(dump, each.name) for each in fields(dump)]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, tuple):
            stack.extend(item)
        elif hasattr(item, "__dataclass_fields__"):
            stack.extend(getattr(item, each.name) for each in fields(item))  # type: ignore[arg-type]
    return " ".join(parts)


@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=25))
@settings(max_examples=150, deadline=None)
@example(["Comments", "3 days ago", "Comments", "3 days ago"])
def test_every_line_is_in_exactly_one_slot(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    lines = place(text)
    assert [line.text for line in lines] == [fold(raw) for raw in text.splitlines() if fold(raw)]
    assert all(line.slot for line in lines)


@given(st.lists(st.text("qxzjk .", min_size=1, max_size=200), min_size=1, max_size=20), st.lists(PIECES, max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_word_of_free_text_is_lost(texts: list[str], labels: list[str]) -> None:
    """Whatever labels stand between, lines that are no label themselves are in some field or removal."""
    mixed = [line for pair in zip(texts, [*labels, *[""] * len(texts)], strict=False) for line in pair]
    dump = read_dump("\n\n".join(mixed))
    held = fold(everything(dump)) if dump else ""
    for text in texts:
        assert fold(text) in held
