from __future__ import annotations

from scraper.extract.page import extract_page
from scraper.extract.taught.teaching import Teacher
from scraper.model import Page, Profile
from tests.extract import blog
from tests.extract.pages import wordpress


def taught(pages: int = 8, entries: int = 5) -> Profile:
    teacher = Teacher("tide.example")
    for number in range(pages):
        teacher.watch(blog.page(number), blog.url(number), blog.entry(number) if number < entries else None)
    profile = teacher.profile()
    assert profile is not None
    return profile


def read(number: int, profile: Profile | None, comments: str = "") -> Page:
    return extract_page(blog.page(number, comments), blog.url(number), profile=profile)


def selectors(profile: Profile, field: str) -> list[str]:
    return [each.selector for each in profile.selectors if each.field == field]


def test_the_feed_teaches_where_the_fields_stand_on_pages_that_it_does_not_cover() -> None:
    before, after = read(12, None), read(12, taught())
    assert before.post is not None
    assert before.post.title != blog.title(12)
    assert before.post.bylines == ()
    assert after.post is not None
    assert after.post.title == blog.title(12)
    assert [byline.name for byline in after.post.bylines] == [blog.AUTHORS[0]]
    assert after.post.published is not None
    assert after.post.published.iso == "2011-03-13"


def test_the_body_is_what_the_feed_has_without_what_stands_in_it() -> None:
    before, after = read(12, None), read(12, taught())
    assert before.post is not None
    assert "printed calendar" in before.post.text
    assert after.post is not None
    assert after.post.text.count("In year 12") == 3
    assert "calendar" not in after.post.text
    assert "editors" not in after.post.text
    assert [each.kind for each in after.removals if "printed calendar" in each.excerpt] == ["template"]


def test_a_declaration_that_the_feed_contradicts_yields_to_what_it_taught() -> None:
    declared = '<script type="application/ld+json">{"@type":"BlogPosting","author":{"name":"Jo Webmaster"}}</script>'

    def page(number: int) -> str:
        shown = "<p>Jo Webmaster keeps the server</p></body>"
        return blog.page(number).replace("</head>", declared + "</head>").replace("</body>", shown)

    teacher = Teacher("tide.example")
    for number in range(5):
        teacher.watch(page(number), blog.url(number), blog.entry(number))
    before, after = (extract_page(page(12), blog.url(12), profile=each) for each in (None, teacher.profile()))
    assert before.post is not None
    assert [byline.name for byline in before.post.bylines] == ["Jo Webmaster"]
    assert after.post is not None
    assert [byline.name for byline in after.post.bylines] == [blog.AUTHORS[0]]


def test_a_post_that_shows_others_below_is_told_from_a_list_by_its_body() -> None:
    teaser = f"<article><h2><a href=/a>Another</a></h2><p>{'Words of another post. ' * 6}</p></article>"

    def page(number: int) -> str:
        return blog.page(number).replace("<div class=qa-side>", f"{teaser * 3}<div class=qa-side>")

    teacher = Teacher("tide.example")
    for number in range(5):
        teacher.watch(page(number), blog.url(number), blog.entry(number))
    before, after = (extract_page(page(12), blog.url(12), profile=each) for each in (None, teacher.profile()))
    assert (before.kind, after.kind) == ("listing", "post")
    assert after.post is not None
    assert after.post.title == blog.title(12)
    assert "another post" not in after.post.text
    several = page(12).replace("<div class=qa-talk>", "<div class=qa-main><p>One more.</p></div><div class=qa-talk>")
    assert extract_page(several, blog.url(12), profile=teacher.profile()).kind == "listing"


def test_claims_name_the_profile_as_their_source() -> None:
    won = {claim.field: claim for claim in read(12, taught()).claims if claim.accepted}
    assert (won["title"].source, won["author"].source) == ("profile", "profile")
    assert won["body"].where.startswith("profile: ")


def test_what_is_found_without_teaching_is_not_taught() -> None:
    teacher = Teacher("blog.example")
    for number in range(6):
        html = wordpress(body=blog.prose(number), title=blog.title(number))
        teacher.watch(html, blog.url(number), blog.entry(number))
    profile = teacher.profile()
    assert profile is None or [each.field for each in profile.selectors if each.field in ("title", "body")] == []


def test_two_pages_teach_nothing() -> None:
    teacher = Teacher("tide.example")
    for number in range(2):
        teacher.watch(blog.page(number), blog.url(number), blog.entry(number))
    assert teacher.profile() is None


def test_a_selector_that_is_often_wrong_is_not_taught() -> None:
    teacher = Teacher("tide.example")
    for number in range(10):
        html = blog.page(number)
        if number % 3 == 0:
            html = html.replace("<div class=qa-card>", "<div class=qa-card><div class=qa-h>Advertisement</div>")
        teacher.watch(html, blog.url(number), blog.entry(number))
    profile = teacher.profile()
    assert profile is not None
    assert "div.qa-h" not in selectors(profile, "title")


def test_votes_and_trials_say_how_sure_a_selector_is() -> None:
    profile = taught(entries=4)
    (title,) = [each for each in profile.selectors if each.selector == "div.qa-h"]
    assert (title.field, title.votes, title.trials) == ("title", 4, 4)
    assert (profile.host, profile.pages, profile.entries) == ("tide.example", 8, 4)


def test_the_same_post_under_another_address_counts_once() -> None:
    teacher = Teacher("tide.example")
    for _ in range(9):
        teacher.watch(blog.page(1), blog.url(1) + "?replytocom=7", blog.entry(1))
    assert teacher.profile() is None


def test_a_feed_of_comments_teaches_what_a_comment_is() -> None:
    teacher = Teacher("tide.example")
    for number in range(3):
        numbers = (number * 3, number * 3 + 1, number * 3 + 2)
        html = blog.page(number, "".join(map(blog.remark, numbers)))
        teacher.watch(html, blog.url(number), None, None, [blog.remark_entry(each) for each in numbers])
    profile = teacher.profile()
    thread = "".join(map(blog.remark, (9, 10, 11, 12)))
    assert read(13, None, thread).comments == ()
    comments = read(13, profile, thread).comments
    assert [comment.author for comment in comments] == [f"Reader {blog.WORDS[n].title()}" for n in (9, 10, 11, 12)]
    assert comments[0].text == f"Remark 9 has it that the {blog.WORDS[9]} sank."
