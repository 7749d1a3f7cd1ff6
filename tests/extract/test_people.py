"""Author boxes give their person; commenters, and boxes without a name, give nobody."""

from __future__ import annotations

from tests.extract.pages import PROSE, URL, plain, read, text_of, wordpress, wordpress_comment

BIO = "Ann Lee bakes bread in a small town by the sea and writes about it."


def box(name: str = "author-bio", heading: str = "About Ann Lee") -> str:
    return (
        f"<div class='{name}'><h3>{heading}</h3><img src=/ann.jpg alt='Ann'><p>{BIO}</p>"
        "<a href='https://github.com/ann'>code</a> <a href='/author/ann'>View all posts</a></div>"
    )


def test_a_box_gives_name_bio_picture_and_profiles_and_leaves_the_post() -> None:
    page = read(plain(PROSE + box()))
    (ann,) = page.people
    assert (ann.name, ann.bio_text) == ("Ann Lee", BIO)
    assert ann.picture_url == "https://blog.example/ann.jpg"
    assert ann.profiles == ("https://github.com/ann",)
    assert BIO not in text_of(page)


def test_a_box_without_byline_signs_the_post() -> None:
    page = read(plain(PROSE + box()))
    assert page.post is not None
    assert [byline.name for byline in page.post.bylines] == ["Ann Lee"]


def test_a_heading_tells_a_box_without_a_class() -> None:
    page = read(plain(f"{PROSE}<div class=x><h3>About the author</h3><b>Ann Lee</b><p>{BIO}</p></div>"))
    assert [(person.name, person.bio_text) for person in page.people] == [("Ann Lee", BIO)]


def test_who_supplied_the_bio_is_kept_apart_from_it() -> None:
    page = read(plain(PROSE + box().replace("</p>", "</p><p>[Biography supplied by Crumbs Press]</p>")))
    assert (page.people[0].bio_source, page.people[0].bio_text) == ("Biography supplied by Crumbs Press", BIO)


def test_no_box_is_taken_from_the_thread() -> None:
    page = read(
        wordpress(wordpress_comment(1).replace("<p>", f"<div class=author-bio><h4>Bob Ray</h4><p>{BIO}</p></div><p>"))
    )
    assert page.people == ()


def test_a_box_without_name_gives_nobody() -> None:
    assert read(plain(f"{PROSE}<div class=author-bio><p>{BIO.replace('Ann Lee', 'She')}</p></div>"), URL).people == ()
