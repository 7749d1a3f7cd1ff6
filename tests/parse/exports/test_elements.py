"""Records of a damaged document: each that is whole is read, whatever is wrong with those before it."""

from __future__ import annotations

from io import BytesIO

import pytest

from scraper.parse.exports.elements import Flaw, name_of, parts_of, read_elements, words


def read(document: str, depth: int = 2) -> tuple[list[str], bool]:
    """What the records of a document say, and whether there was something wrong."""
    found: list[str] = []
    flaws = 0
    for each in read_elements(BytesIO(document.encode()), depth):
        if isinstance(each, Flaw):
            flaws += 1
        elif name_of(each) == "item":
            found.append(words(parts_of(each), "title"))
    return found, flaws > 0


def rss(*items: str) -> str:
    return f"<rss><channel><title>Bread</title>{''.join(items)}</channel></rss>"


def item(number: int) -> str:
    return f"<item><title>{number}</title><c><title>of another</title></c></item>"


ONE, TWO, THREE, FOUR = map(item, range(1, 5))


def test_each_record_of_a_whole_document_is_read() -> None:
    assert read(rss(ONE, TWO, THREE)) == (["1", "2", "3"], False)


@pytest.mark.parametrize(
    ("damaged", "says"),
    [
        (TWO.replace("</item>", ""), ["2"]),
        (TWO.replace("</item>", "</it m>"), ["2"]),
        (TWO.replace("</c>", ""), ["2"]),
        (TWO.replace("</title></c>", ""), ["2"]),
        (TWO.replace("<item>", ""), []),
        (TWO.replace("<item>", "<it"), []),
        (TWO.replace("<c>", ""), ["2"]),
        (TWO.replace("<title>2", "<title>2 & 3 < 4"), ["2 & 3 < 4"]),
        (TWO.replace("2", "2\x02\x03"), ["2"]),
        (TWO.replace("2", "&entity;"), ["&entity;"]),
        ("<item>", [""]),
        ("</c>", []),
    ],
)
def test_damage_in_one_record_costs_no_other(damaged: str, says: list[str]) -> None:
    found, _ = read(rss(ONE, damaged, THREE, FOUR))
    assert found[0] == "1"
    assert found[-2:] == ["3", "4"]
    assert [each.partition(" <")[0] for each in found[1:-2]] in (says, [""], [each.partition(" <")[0] for each in says])


def test_what_is_wrong_is_told() -> None:
    assert read(rss(ONE, TWO.replace("</item>", ""), THREE))[1]
    assert read(rss(ONE, TWO)[:-40])[1]


def test_a_name_within_another_record_is_no_record() -> None:
    feed = "<feed><author><name>Ann</name></author><entry><author><name>Bob</name></author></entry></feed>"
    names = [name_of(each) for each in read_elements(BytesIO(feed.encode()), 1)]
    assert names == ["author", "entry"]
