import unicodedata

from scraper.text import date_words, month_words, relative_words, unit_words


def test_every_language_has_twelve_months():
    assert {name: len(line.split()) for name, line in month_words.MONTHS.items() if len(line.split()) != 12} == {}


def test_every_language_has_at_most_seven_units():
    lines = unit_words.UNIT_WORDS.strip().replace("\n ", "").splitlines()
    assert {line.split()[0] for line in lines if not 7 <= len(line.split()) - 1 <= 7} == set()
    assert len(lines) >= 40


def test_words_are_in_lower_case_and_composed():
    words = [*date_words.roles(), *unit_words.unit_of(), *relative_words.past_words(), *relative_words.phrases()]
    assert [word for word in words if word != unicodedata.normalize("NFC", word.lower())] == []


def test_words_without_their_accents_are_known_too():
    assert date_words.roles()["fevrier"] == date_words.roles()["février"]


def test_tones_are_no_accents():
    assert "may" not in relative_words.vague_words()
    assert date_words.roles()["may"][0] == ("month", 5)
