"""Author boxes leave the post and tell of their person; bylines, forms, teasers and threads are no boxes."""

from __future__ import annotations

import pytest

from scraper.extract.authors.author_words import ABOUT, BYLINE_HEADINGS, HEADING_STARTS, HEADINGS
from tests.extract.pages import PROSE, URL, plain, read, seconds_to_read, text_of, wordpress, wordpress_comment

BIO = "Ann Lee bakes bread in a small town by the sea and writes about it."
META = "<meta name=author content='Ann Lee'>"


def box(name: str = "author-bio", heading: str = "About Ann Lee") -> str:
    return (
        f"<div class='{name}'><h3>{heading}</h3><img src=/ann.jpg alt='Ann'><p>{BIO}</p>"
        "<a href='https://github.com/ann'>code</a> <a href='/author/ann'>View all posts</a></div>"
    )


def bios(html: str, url: str = URL) -> list[tuple[str | None, str | None]]:
    return [(person.name, person.bio_text) for person in read(html, url).people]


def test_a_box_gives_name_bio_picture_and_profiles_and_leaves_the_post() -> None:
    page = read(plain(PROSE + box()))
    (ann,) = page.people
    assert (ann.name, ann.bio_text) == ("Ann Lee", BIO)
    assert (ann.picture_url, ann.picture_alt) == ("https://blog.example/ann.jpg", "Ann")
    assert ann.profiles == ("https://github.com/ann",)
    assert BIO not in text_of(page)


@pytest.mark.parametrize(
    "heading",
    ["About the author", "ABOUT THE AUTHOR:", "Über den Autor", "À propos de l’auteur", "L'AUTEUR", "Sobre el autor"],
)
@pytest.mark.parametrize("tag", ["h3", "p", "span", "strong"])
def test_a_heading_of_any_tag_tells_a_box_without_a_class(heading: str, tag: str) -> None:
    html = f"{PROSE}<div class=x><{tag}>{heading}</{tag}><b>Ann Lee</b><p>{BIO}</p></div>"
    assert bios(plain(html)) == [("Ann Lee", BIO)]


@pytest.mark.parametrize(
    "heading",
    [
        "More about the author", "About me", "Meet the author", "The author", "Author's bio", "Biography",
        "ÜBER DEN AUTOR", "Zum Autor", "Zur Autorin", "Der Autor", "Die Autorin", "Autorenprofil", "A propos de l'auteur",
        "À propos de l’autrice", "L'auteur", "L’autore", "Sobre mí", "Acerca del autor", "Sull'autore",
        "Informazioni sull'autore", "Chi sono", "Over mij", "Om mig", "O autorze", "O mnie", "Об авторе", "обо мне",
        "この記事を書いた人", "著者について", "プロフィール", "关于作者", "作者简介", "عن الكاتب",
        "Article written by", "Post written by", "Story posted by", "Written by", "Published by",
        "Geschrieben von", "Verfasst von", "Écrit par", "Escrito por", "Publicado por", "Scritto da",
        "Geschreven door",
        "About Ann Lee", "Meet Ann Lee", "über Ann Lee", "à propos de Ann Lee", "Sobre Ann Lee", "Acerca de Ann Lee",
        "Over Ann Lee", "Om Ann Lee", "O Ann Lee", "O: Ann Lee", "O-Ann Lee", "O–Ann Lee", "O—Ann Lee",
    ],
)  # fmt: skip
def test_every_heading_begins_with_letters_of_the_quick_look(heading: str) -> None:
    assert any(pattern.match(heading) for pattern in (HEADINGS, BYLINE_HEADINGS, ABOUT))
    assert heading[:2].strip().lower() in HEADING_STARTS


def test_below_a_heading_in_the_post_itself_the_bio_ends_at_the_next_heading() -> None:
    page = read(
        plain(f"{PROSE}<h3>About the author</h3><p>{BIO}</p><p>She has two cats.</p><h3>Notes</h3>{PROSE}", META)
    )
    assert [(person.name, person.bio_text) for person in page.people] == [("Ann Lee", f"{BIO}\nShe has two cats.")]
    assert "cats" not in text_of(page)


def test_a_heading_can_stand_in_one_line_with_the_bio() -> None:
    html = plain(f"{PROSE}<p><strong>About the author:</strong> {BIO}</p>", META)
    assert bios(html) == [("Ann Lee", BIO)]


@pytest.mark.parametrize("name", ["author-bio", "entry-author__description", "bio_auteur", "article-author-bio"])
def test_a_box_without_a_name_is_the_signers(name: str) -> None:
    page = read(plain(f"{PROSE}<div class={name}><p>She bakes bread in a small town by the sea.</p></div>", META))
    assert [(person.name, person.bio_text) for person in page.people] == [
        ("Ann Lee", "She bakes bread in a small town by the sea.")
    ]


def test_a_box_without_a_name_leaves_the_post_and_gives_nobody_where_nobody_signs() -> None:
    page = read(plain(f"{PROSE}<div class=author-bio><p>She bakes bread in a small town by the sea.</p></div>"), URL)
    assert page.people == ()
    assert "sea" not in text_of(page)


def test_a_name_that_the_bio_begins_with_is_enough() -> None:
    html = f"{PROSE}<div class=author-box><p>Ann Lee is a baker in a small town by the sea.</p></div>"
    assert [name for name, _ in bios(plain(html))] == ["Ann Lee"]


def test_a_name_that_stands_by_itself_at_the_beginning_is_enough() -> None:
    text = "With ten years at the oven, she bakes bread in a small town by the sea."
    html = f"{PROSE}<div class=author-box><ul><li>Ann Lee</li></ul><p>{text}</p></div>"
    assert bios(plain(html)) == [("Ann Lee", text)]
    html = f"{PROSE}<div class=author-box><p>With ten years at <a href=/x>Crumbs Press</a> she bakes bread by the sea.</p></div>"
    assert bios(plain(html)) == []


def test_of_nested_boxes_the_one_with_the_name_counts() -> None:
    html = f"{PROSE}<div class=author-card><h4>Ann Lee</h4><div class=author-bio><p>{BIO}</p></div></div>"
    assert bios(plain(html)) == [("Ann Lee", BIO)]


@pytest.mark.parametrize(
    "around",
    [
        "<div class=author-box><h4>Ann Lee</h4>{}</div>",
        "<div class=author-info>{}</div>",
    ],
)
@pytest.mark.parametrize(
    "inside",
    [
        "<span>Nov 13, 2019 4:26 pm</span>",
        "<p>by Ann Lee</p>",
        "<p>More articles from Ann Lee</p>",
        "<ul><li><a href=/1>Why sourdough needs more time than you think</a></li>"
        "<li><a href=/2>Ten flours that every baker has to know</a></li></ul>",
        "<p>Twitter @annlee</p>",
        "<p>Bread and beyond</p>",
        "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.</p>",
        "<p>[javascript protected email address]</p>",
    ],
)
def test_dates_bylines_headlines_handles_and_mottos_are_no_bio(around: str, inside: str) -> None:
    assert all(bio is None for _, bio in bios(plain(PROSE + around.format(inside), META)))


def test_titles_around_the_prose_are_no_part_of_it() -> None:
    html = f"{PROSE}<div class=author-box><h4>Ann Lee</h4><p>Senior Baker</p><p>{BIO * 2}</p><p>@annlee</p></div>"
    assert bios(plain(html)) == [("Ann Lee", BIO * 2)]


def test_a_bio_may_be_one_link() -> None:
    html = f"{PROSE}<div class=author-box><h4>Ann Lee</h4><p><a href=/about>{BIO}</a></p></div>"
    assert bios(plain(html)) == [("Ann Lee", BIO)]


def test_a_link_inside_a_sentence_stays() -> None:
    text = "Ann Lee is an independent baker and teacher in a small town by the sea."
    html = f"{PROSE}<div class=author-bio><p>{text.replace('baker and teacher', '<a href=/b>baker and teacher</a>')}</p></div>"
    assert bios(plain(html)) == [("Ann Lee", text)]


def test_the_name_is_cut_off_where_it_stands_before_the_sentence_only() -> None:
    before = (
        f"{PROSE}<div class=author-bio><a class=author-name href=/ann>Ann Lee</a> Ann bakes bread by the sea.</div>"
    )
    within = f"{PROSE}<div class=author-bio><p><strong>Ann Lee</strong> bakes bread in a town by the sea.</p></div>"
    assert bios(plain(before, META)) == [("Ann Lee", "Ann bakes bread by the sea.")]
    assert bios(plain(within, META)) == [("Ann Lee", "Ann Lee bakes bread in a town by the sea.")]


def test_who_supplied_the_bio_is_kept_apart_from_it() -> None:
    page = read(plain(PROSE + box().replace("</p>", "</p><p>[Biography supplied by Crumbs Press]</p>")))
    assert (page.people[0].bio_source, page.people[0].bio_text) == ("Biography supplied by Crumbs Press", BIO)


def test_who_supplied_the_bio_may_stand_behind_it() -> None:
    page = read(plain(PROSE + box().replace("</p>", " [Biography supplied by Crumbs Press]</p>")))
    assert (page.people[0].bio_source, page.people[0].bio_text) == ("Biography supplied by Crumbs Press", BIO)


def test_a_bio_in_a_script_without_spaces_between_words_is_one() -> None:
    text = "森さくらは朝市を手入れしながら、郵便局について書いている。"
    assert bios(plain(f"{PROSE}<div class=author-bio><h4>森 さくら</h4><p>{text}</p></div>")) == [("森 さくら", text)]


@pytest.mark.parametrize("heading", ["By Ann Lee", "Posted by", "Written by:"])
def test_a_byline_above_the_post_is_no_box(heading: str) -> None:
    page = read(
        plain(f"<div><h4>{heading}</h4><p>Bread takes its time, and nobody should hurry it at all.</p></div>", META)
    )
    assert all(person.bio_text is None for person in page.people)


def test_a_byline_above_a_bio_is_one() -> None:
    html = f"{PROSE}<div><h6>Written by</h6><h3>Ann Lee</h3><p>Ann is a baker in a small town by the sea.</p></div>"
    assert bios(plain(html, META)) == [("Ann Lee", "Ann is a baker in a small town by the sea.")]


def test_a_wide_class_needs_a_text_about_a_person() -> None:
    page = f"{PROSE}<div class=author-container><h4>Ann Lee</h4><p>%s</p></div>"
    other = "This recipe was checked by two of our editors before we published it."
    assert bios(plain(page % other, META)) == []
    assert bios(plain(page % BIO.replace("Ann Lee bakes", "Ann Lee is a baker of"), META))[0][1] is not None


def test_no_box_is_taken_from_the_thread_or_from_a_form() -> None:
    inside = f"<div class=author-bio><h4>Bob Ray</h4><p>{BIO}</p></div><p>"
    assert bios(wordpress(wordpress_comment(1).replace("<p>", inside))) == []
    form = "<div class=authorinfo><p>Name required, e-mail required but not published.</p><input type=text></div>"
    assert bios(plain(PROSE + form, META)) == []


def test_what_forums_say_of_their_members_is_no_bio() -> None:
    members = "".join(
        f"<div class=author-info>Veteran member, {n} posts. Lives somewhere near the sea.</div>" for n in range(9)
    )
    assert bios(plain(PROSE + members, META)) == []


FACE = "<img src=/ann.jpg alt=''>"


@pytest.mark.parametrize(
    "around",
    [
        "<div class=row><div class=avatar>{}</div><div class=author-bio>{}</div></div>",
        "<div class=row>{}<div><div class=author-bio>{}</div></div></div>",
        "<div class=row><amp-img src=/ann.jpg></amp-img><div class=author-bio>{1}</div></div>",
    ],
)
def test_the_picture_may_stand_before_the_box(around: str) -> None:
    html = plain(PROSE + around.format(FACE, f"<h3>Ann Lee</h3><p>{BIO}</p>"))
    assert [person.picture_url for person in read(html).people] == ["https://blog.example/ann.jpg"]


@pytest.mark.parametrize(
    "around",
    [
        "<div><img src=/icons/pen.png><div class=author-bio>{}</div></div>",
        "<div><p>" + BIO * 3 + "</p><img src=/boat.jpg><div class=author-bio>{}</div></div>",
        "<div><img src=/boat.jpg><img src=/sea.jpg><div class=author-bio>{}</div></div>",
    ],
)
def test_other_pictures_before_a_box_are_not_the_persons(around: str) -> None:
    html = plain(PROSE + around.format(f"<h3>Ann Lee</h3><p>{BIO}</p>"))
    assert [person.picture_url for person in read(html).people] == [None]


@pytest.mark.parametrize("words", ["Picture of", "Photo de", "Zdjęcie", "صورة"])
def test_what_a_pictures_words_call_it_is_no_part_of_the_name(words: str) -> None:
    html = f"<div class=row><img src=/ann.jpg alt='{words} Ann Lee'><div class=author-bio><p>{BIO}</p></div></div>"
    assert bios(plain(PROSE + html)) == [("Ann Lee", BIO)]


def test_an_office_that_a_template_calls_the_description_does_not_stand_for_the_bio() -> None:
    office, bio = "<div class=x-description>Editor at Bread</div>", f"{BIO} She has three cats."
    html = f"<div class=author-box><h4>Ann Lee</h4>{office}<div>{bio}</div></div>"
    assert bios(plain(PROSE + html)) == [("Ann Lee", bio)]


def test_a_box_around_several_people_is_nobodys() -> None:
    item = (
        "<li class=author-box-item><b>{0}</b><p class=author-desc>{0} bakes bread in a small town by the sea.</p></li>"
    )
    names = ("Ann Lee", "Bob Ray")
    html = plain(
        f"<p>By Ann Lee and Bob Ray</p>{PROSE}<ul class=author-box-list>{''.join(map(item.format, names))}</ul>"
    )
    assert bios(html) == [(name, f"{name} bakes bread in a small town by the sea.") for name in names]


def test_a_heading_tells_a_box_that_a_wide_class_does_not() -> None:
    html = f"<aside><div class=author-widget><h3>About the author</h3><h4>Ann Lee</h4><p>Cats, and {BIO[4:]}</p></div></aside>"
    assert bios(plain(PROSE, META).replace("</body>", f"{html}</body>")) == [("Ann Lee", f"Cats, and {BIO[4:]}")]


def test_words_that_say_where_a_post_is_filed_are_no_bio() -> None:
    html = "<div class=author-info><b>Ann Lee</b><p>This entry was posted in Bread by Ann Lee. Bookmark it for a rainy day.</p></div>"
    assert bios(plain(PROSE + html)) == []


@pytest.mark.parametrize(
    "heading",
    [
        "필자 소개",
        "על הכותבת",
        "著者紹介",
        "Yazar hakkında",
        "O autoru",
        "關於作者",
        "Σχετικά με τον συντάκτη",
        "نبذة عن الكاتب",
    ],
)
def test_headings_of_more_languages_tell_a_box(heading: str) -> None:
    html = f"{PROSE}<div class=x><strong>{heading}</strong><p>{BIO}</p></div>"
    assert bios(plain(html, META)) == [("Ann Lee", BIO)]
    assert heading[:2].strip().lower() in HEADING_STARTS


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Foods is a family company that sells fish. We have been here since 1984.",
        "Harbour Foods has delivered fish since 1984. Our team shares recipes and news from the quay.",
    ],
)
def test_a_firm_in_an_author_box_is_no_person_and_does_not_sign(text: str) -> None:
    html = f"<div class=author-box><h4 class=author-name>About Harbour Foods</h4><p>{text}</p></div>"
    page = read(plain(PROSE).replace("</body>", f"{html}</body>"))
    assert page.people == ()
    assert page.post is not None
    assert page.post.bylines == ()


def test_who_works_for_a_firm_is_a_person() -> None:
    bio = "Ann Lee is a baker at a company in a small town. With our team she sells bread by the sea."
    assert bios(plain(f"{PROSE}<div class=author-box><h4>Ann Lee</h4><p>{bio}</p></div>")) == [("Ann Lee", bio)]


@pytest.mark.parametrize("name", ["Bob Ray", "Colm Devane"])
def test_a_bio_that_begins_with_another_name_is_not_the_signers(name: str) -> None:
    bio = f"{name} keeps forty hives in the hills and sells what the bees can spare."
    assert bios(plain(f"{PROSE}<p><strong>About the author:</strong> {bio}</p>", META)) == [(name, bio)]


def test_a_signers_one_word_in_the_bio_of_another_is_not_its_name() -> None:
    html = "<div class=author-box><dl><dt class=name>Bob</dt><dd>I keep this blog together with Ann and with my dog.</dd></dl></div>"
    found = bios(plain(f"<p>By Ann</p>{PROSE}{html}", "<meta name=author content=Ann>"))
    assert [name for name, _ in found] == ["Bob"]


def test_boxes_with_more_pictures_than_a_box_has_elements_are_none_and_take_linear_time() -> None:
    page = plain(PROSE + "<div><div class=author-bio>" * 150 + f"<b>Ann Lee</b><p>{BIO}</p>" + "<img>" * 38_000)
    assert bios(page) == []
    assert seconds_to_read(page) < 2
