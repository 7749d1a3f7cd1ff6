from __future__ import annotations

from dataclasses import replace

from scraper.extract.page import extract_page
from scraper.extract.taught.teaching import Teacher
from scraper.extract.taught.template import FEWEST_PAGES
from scraper.model import Page, Profile
from tests.extract import blog

SIDE = "The editors of this paper live on the island"


def learned(pages: int = FEWEST_PAGES) -> Profile | None:
    teacher = Teacher("tide.example")
    for number in range(pages):
        teacher.watch(blog.page(number), blog.url(number))
    return teacher.profile()


def read(html: str, profile: Profile | None) -> Page:
    return extract_page(html, blog.url(12), profile=profile)


def text(page: Page) -> str:
    return page.post.text if page.post else ""


def test_what_recurs_at_its_place_is_taken_off_as_template() -> None:
    page = read(blog.page(12), learned())
    assert "mail boat" in text(read(blog.page(12), None))
    assert "mail boat" not in text(page)
    removal = next(each for each in page.removals if each.excerpt.startswith("Whoever writes"))
    assert (removal.kind, removal.step, removal.rule) == ("template", "profile", "on 5 of 5 pages")
    assert text(page).count("In year 12") == 3


def test_the_same_words_at_another_place_stay() -> None:
    quoted = "<p>Whoever writes to the editors gets an answer within the week, if the mail boat sails.</p>"
    html = blog.page(12).replace("<div class=qa-main>", f"<div class=qa-main>{quoted}")
    assert text(read(html, learned())).count("mail boat") == 1


def test_four_pages_are_too_few_for_a_template() -> None:
    assert learned(FEWEST_PAGES - 1) is None


def test_neighbours_that_are_all_template_go_as_one() -> None:
    removals = [each for each in read(blog.page(12), learned()).removals if each.kind == "template"]
    assert [each.where for each in removals if SIDE in each.excerpt] == ["html > body > div.qa-side"]


def test_of_a_page_without_any_other_text_nothing_is_taken_and_it_says_so() -> None:
    profile = learned()
    html = blog.page(12)
    start, end = html.index("<div class=qa-card>"), html.index("<p class=qa-note>")
    page = read(html[:start] + "<div class=qa-card>" + html[end:], profile)
    assert [each for each in page.removals if each.kind == "template"] == []
    assert any(notice.startswith("profile: all that the page shows recurs") for notice in page.notices)


def test_a_line_that_some_posts_share_is_their_own() -> None:
    teacher = Teacher("tide.example")
    line = "<p>This is a part of the long story of the harbour and its people.</p>"
    for number in range(12):
        html = blog.page(number)
        html = html.replace("<div class=qa-main>", f"<div class=qa-main>{line}") if number % 2 else html
        teacher.watch(html, blog.url(number))
    html = blog.page(12).replace("<div class=qa-main>", f"<div class=qa-main>{line}")
    assert "long story" in text(read(html, teacher.profile()))


def test_what_the_feed_has_as_content_is_no_template() -> None:
    teacher = Teacher("tide.example")
    line = "<p class=qa-bye>Until the next tide, and keep the lamp lit on the quay.</p>"
    for number in range(6):
        html = blog.page(number).replace("<div class=qa-shop>", f"{line}<div class=qa-shop>")
        entry = replace(blog.entry(number), html=blog.prose(number) + line) if number < 3 else None
        teacher.watch(html, blog.url(number), entry)
    html = blog.page(12).replace("<div class=qa-shop>", f"{line}<div class=qa-shop>")
    assert "Until the next tide" in text(read(html, teacher.profile()))


def test_words_that_recur_in_comments_are_no_template() -> None:
    teacher = Teacher("blog.example")
    thanks = (
        "<div id=comments><ol class=comment-list><li class=comment id=comment-{}><cite class=fn>Bob</cite>"
        "<time datetime='2012-05-15T10:00:00+00:00'>15 May 2012</time><div class=comment-content><p>Thank you for this "
        "one.</p></div></li></ol></div>"
    )
    for number in range(6):
        teacher.watch(blog.page(number, thanks.format(number)), blog.url(number))
    page = read(blog.page(12, thanks.format(77)), teacher.profile())
    assert [comment.text for comment in page.comments] == ["Thank you for this one."]
