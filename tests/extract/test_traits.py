"""Classes and ids tell what of a page are comments, and numbered ones once for all their numbers."""

from scraper.extract.threads.traits import find_traits
from scraper.parse.html import parse_html


def traits_of(*names: str) -> dict[str, list[str]]:
    page = "".join(f'<p id="{name}">x</p>' for name in names)
    return {trait: words for trait, words in find_traits(parse_html(page)).items() if words}


def test_numbered_ids_are_told_by_what_stands_before_the_number() -> None:
    assert traits_of("comment-7", "comment-12", "c3", "img-4") == {"numbered": ["c", "comment-"]}


def test_words_have_their_traits_in_alphabetical_order() -> None:
    assert traits_of("my-comment", "comment", "recent-comments", "comment-form", "sidebar") == {
        "recent": ["recent-comments"],
        "aside": ["sidebar"],
        "comment": ["comment", "my-comment"],
    }


def test_a_numbered_box_about_the_author_is_one() -> None:
    assert traits_of("author-bio-12", "author-7") == {"author_box": ["author-bio-12"]}


def test_a_word_in_which_a_part_s_name_only_stands_names_no_part() -> None:
    assert traits_of("js-updated-comment", "comment-date") == {"comment": ["js-updated-comment"]}
