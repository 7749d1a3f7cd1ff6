"""Bylines are people's names from one source: no roles, no site, nobody from the thread."""

from __future__ import annotations

import pytest

from scraper.model import Byline
from tests.extract.pages import PROSE, URL, plain, read, wordpress, wordpress_comment


def bylines_of(head: str = "", line: str = "") -> tuple[Byline, ...]:
    page = read(plain(line + PROSE, head))
    assert page.post is not None
    return page.post.bylines


def names_of(head: str = "", line: str = "", url: str = URL) -> list[str]:
    page = read(plain(line + PROSE, head), url)
    assert page.post is not None
    return [byline.name for byline in page.post.bylines]


def test_the_sentence_below_an_old_wordpress_post_says_who_and_when() -> None:
    by = "<a href='/author/ann/' rel=author>Ann Lee</a>"
    said = f"This entry was posted by {by} on Monday, August 4th, 2008 at 9:41 am and is filed under Bread."
    more = " You can follow any responses to this entry through the RSS 2.0 feed, or leave a response."
    below = f"<p class='postmetadata alt'><small>{said}{more}</small></p>"
    dated = "<p><strong>Update (22.4.2010):</strong> there is rye now.</p>"
    post = read(wordpress(body=PROSE * 9 + dated + below)).post
    assert post is not None
    assert [byline.name for byline in post.bylines] == ["Ann Lee"]
    assert post.published is not None
    assert post.published.iso == "2008-08-04T09:41"


@pytest.mark.parametrize("role", ["admin", "Administrator", "editor", "Staff", "Guest author", "webmaster"])
def test_a_role_is_no_name(role: str) -> None:
    assert bylines_of(f"<meta name=author content='{role}'>", f"<p class=byline>By {role}</p>") == ()


def test_the_site_does_not_sign() -> None:
    head = "<meta property=og:site_name content='Garden Weekly'><meta name=author content='Garden Weekly'>"
    assert bylines_of(head, "<p class=byline>By Garden Weekly</p>") == ()


def test_a_person_whose_name_the_site_bears_signs() -> None:
    head = "<meta property=og:site_name content='Ann Lee'>"
    assert names_of(head, "<p class=byline>By Ann Lee</p>") == ["Ann Lee"]


def test_a_declared_name_that_the_page_does_not_show_is_no_byline() -> None:
    head = "<meta name=author content='Ann Lee'>"
    assert names_of(head) == []
    assert names_of(head, "<p>This essay, says Ann Lee, took a year.</p>") == ["Ann Lee"]


@pytest.mark.parametrize("shown", ["ANN LEE", "Ann\n  Lee", "<b>Ann</b> <i>Lee</i>", "Lee Ann"])
def test_a_declared_name_may_be_shown_in_other_letters_lines_and_orders(shown: str) -> None:
    line = f"<p>The essay that {shown} read here took a year.</p>"
    assert names_of("<meta name=author content='Ann Lee'>", line) == ["Ann Lee"]


@pytest.mark.parametrize("shown", ["Joann Lee", "Ann Leeds", "Lee and Ann", "Ann, once Lee"])
def test_words_of_a_declared_name_are_not_the_name(shown: str) -> None:
    assert names_of("<meta name=author content='Ann Lee'>", f"<p>The essay of {shown} took a year.</p>") == []


def test_a_name_that_a_style_hides_is_not_shown() -> None:
    head = "<meta name=author content='Ann Lee'>"
    assert names_of(head, "<div class=author style='display: none'>Ann Lee</div>") == []


def test_one_declared_word_that_stands_somewhere_on_the_page_is_no_byline() -> None:
    assert names_of("<meta name=author content='Rose'>", "<p>A garden with one rose.</p>") == []


def test_co_authors_are_kept() -> None:
    assert bylines_of("", "<p class=byline>By Ann Lee and Cy Doe</p>") == (Byline("Ann Lee"), Byline("Cy Doe"))


def test_a_second_spelling_from_another_source_is_not_a_second_author() -> None:
    assert names_of("<meta name=author content='A. Lee'>", "<p class=byline>By Ann Lee</p>") == ["Ann Lee"]


def test_a_name_takes_the_address_that_it_links_to() -> None:
    assert bylines_of("", "<p class=byline>By <a rel=author href=/ann>Ann Lee</a></p>") == (
        Byline("Ann Lee", "https://blog.example/ann"),
    )


def test_commenters_do_not_sign_the_post() -> None:
    page = read(wordpress(wordpress_comment(1, name="Bob Ray")))
    assert page.post is not None
    assert page.post.bylines == ()


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Ann Lee</p>",
        "<p>Posted by <b>Ann Lee</b> on May 14, 2012</p>",
        "<p>Posted on 14 May 2012 by <a href=/x>Ann Lee</a></p>",
        "<p>14. Mai 2012 | von <a href=/x>Ann Lee</a></p>",
        "<div><span>Autor:</span> <span>Ann Lee</span></div>",
        "<p>Text &amp; Fotos: Ann Lee</p>",
        "<ul><li><strong>Autorin/Autor</strong> Ann Lee</li></ul>",
        "<p><a href=/author/ann-lee/>Ann Lee</a> 14 May 2012</p>",
        "<div class=story-writer>Ann Lee</div>",
        "<div class=author><span>By</span><a href=/x>Ann Lee</a></div>",
        "<div class=byline>ByAnn Lee</div>",
        "<div class=byline>Ann Lee @annlee</div>",
        "<div class=byline>Chefredakteurin Ann Lee</div>",
        "<div class=byline><a href=/a>Ann Lee</a> | Updated May 14, 2012</div>",
        "<p>Posted 11/02/2002 09:14 PM by Ann Lee</p>",
        "<p>14. Mai 2012 von Ann Lee</p>",
        "<p>Posted at 10:14 PM by Ann Lee in Bread</p>",
        "<p>Posted by Ann Lee at <a href=/x>8:45 pm</a> | <a href=#c>Comments (0)</a></p>",
        "<p>Av Ann Lee den 14 maj 2012</p>",
        "<p>Kirjoittanut Ann Lee</p>",
        "<p>Автор: Ann Lee Дата: 14.05.2012 Просмотров: 411</p>",
        "<p>Από τον Ann Lee στις 14 Μαΐου 2012</p>",
        "<dl><dt>Authors</dt><dd><ul><li><dl><dt>Name</dt><dd>Ann Lee</dd><dt>Chat</dt><dd><a href=https://chat.example/a>"
        "@ann-who-bakes-bread-in-a-small-town-by-the-sea-and-writes</a></dd></dl></li></ul></dd></dl>",
    ],
)
def test_a_byline_is_found_by_its_words_its_link_or_its_class(line: str) -> None:
    assert names_of(line=line) == ["Ann Lee"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>A long tale, which was told by <b>Ann Lee</b> to all of us who sat around the fire in that cold winter, and"
        " which I now tell again to those who were not there, though much of it is forgotten.</p>",
        "<p>Medically reviewed by <a href=/author/ann>Ann Lee</a></p>",
        "<p>Photo by Ann Lee</p>",
        "<figure class=author><figcaption>By Ann Lee</figcaption></figure>",
        "<div class=theme-author>Ann Lee</div>",
        "<p><a href=https://video.example/user/ann>Ann Lee</a> 2012</p>",
        "<p><a href=/topics/people/ann-lee>Ann Lee</a></p>",
        "<a href=/other><h3>Another tale that is told on this site</h3><span class=author>Ann Lee</span></a>",
        "<table><tr><th>von<th>bis<tr><td>Mo<td>Fr</table>",
        "<p class=byline>Sat, 20 Dec 2012</p>",
        "<p class=byline>Posted by</p>",
        "<p>In 2012 it was baked by Ann Lee for the first time.</p>",
        "<div><img src=/large.jpg width=900 alt='Ann Lee'><div><p>Ann Lee</p></div></div>",
        "<dl><dt>Name</dt><dd>Ann Lee</dd></dl>",
    ],
)
def test_what_only_resembles_a_byline_is_none(line: str) -> None:
    assert names_of(line=line) == []


def test_the_first_name_of_a_list_of_posts_is_the_post_s_only_near_the_title() -> None:
    card = "<div class=item><h3>Another tale of {0}</h3><span class=writer>{0} Roe</span></div>"
    cards = "".join(card.format(name) for name in ("Ann", "Cy", "Di"))
    page = read(plain(PROSE + "<p>More of it.</p>" * 70 + cards))
    assert page.post is not None
    assert page.post.bylines == ()


def test_all_who_stand_in_the_byline_sign_though_one_is_declared() -> None:
    line = "<p class=byline>By <a href=/author/ann>Ann Lee</a> and <a href=/author/cy>Cy Doe</a></p>"
    assert names_of("<meta name=author content='Ann Lee'>", line) == ["Ann Lee", "Cy Doe"]


def test_an_editor_beside_the_author_does_not_sign() -> None:
    line = "<p class=meta>By <a href=/author/ann>Ann Lee</a>, edited by <a href=/author/cy>Cy Doe</a></p>"
    assert names_of(line=line) == ["Ann Lee"]


def test_a_firm_with_its_town_is_no_person() -> None:
    head = "<meta name=author content='Example Verlag GmbH, Frankfurt, Germany'>"
    assert names_of(head, "<p>Printed in Frankfurt, Germany.</p>") == []


def test_an_agency_signs_where_it_is_declared_and_shown() -> None:
    head = "<meta name=author content='Associated Press'>"
    assert names_of(head, "<p class=source>Associated Press</p>") == ["Associated Press"]


def test_a_site_that_bears_a_person_s_name_is_that_person_s() -> None:
    line = "<p>My notes.</p><div>© 2012 Anna Leeward</div>"
    assert names_of(line=line, url="https://www.annaleeward.example/notes") == ["Anna Leeward"]
    assert names_of(line=line, url="https://notes.example/annaleeward") == []
    head = "<meta property=og:site_name content='Green Garden'>"
    assert names_of(head, url="https://greengarden.example/notes") == []


def test_the_authors_of_reviews_do_not_sign_what_they_review() -> None:
    review = "<div itemprop=review itemscope itemtype=https://schema.org/Review><b itemprop=author>Ann Lee</b></div>"
    page = f"<div itemscope itemtype=https://schema.org/Product>{review}</div>"
    assert names_of(line=page) == []


def test_who_asked_signs_the_question() -> None:
    asked = "<b itemprop=author itemscope itemtype=https://schema.org/Person><a itemprop=name href=/u/7>annlee</a></b>"
    question = f"<div itemscope itemtype=https://schema.org/Question>{asked}</div>"
    assert names_of(line=question) == ["annlee"]


def test_a_box_whose_words_go_on_behind_a_name_of_its_own_element_is_no_byline() -> None:
    box = "<div class=post-author><p class=byline>Written by</p><p class=author-name>森 さくら</p>"
    html = f"<h1>T</h1><div>{PROSE}</div>{box}<p>森 さくらは朝市を手入れしながら、郵便局について書いている。</p></div>"
    page = read(html)
    assert page.post is not None
    assert [each.name for each in page.post.bylines] == ["森 さくら"]


@pytest.mark.parametrize("name", ["article-banner", "offcanvas-popup", "theme-light", "related-content"])
def test_a_byline_in_one_block_with_the_title_counts_whatever_the_block_is_called(name: str) -> None:
    block = f"<div class={name}><h1>Slow bread</h1><p>14 May 2012</p><p>By Ann Lee</p></div>"
    page = read(f"<body>{block}<article>{PROSE}</article></body>")
    assert page.post is not None
    assert [each.name for each in page.post.bylines] == ["Ann Lee"]


@pytest.mark.parametrize("name", ["Paige Brook", "Holly Brook", "Katarzyna Brook"])
def test_a_person_is_told_from_a_firm_by_the_given_name(name: str) -> None:
    head = f"<meta property=og:site_name content='{name}'>"
    assert names_of(head, f"<p class=byline>By {name}</p>") == [name]


def test_a_site_that_bears_a_person_s_name_is_not_that_person_s_where_another_is_declared() -> None:
    line, url = "<p>My notes.</p><div>© 2012 Anna Leeward</div>", "https://www.annaleeward.example/notes"
    assert names_of("<meta name=author content='Cy Doe'>", line, url) == []
    assert names_of("<meta name=author content='admin'>", line, url) == ["Anna Leeward"]
    assert names_of("<meta name=author content='Anna Leeward'>", line, url) == ["Anna Leeward"]


def test_the_authors_of_works_in_a_list_do_not_sign() -> None:
    works = "<li><i>Rye</i>, by Ann Lee</li><li><i>Oats</i>, by Cy Doe</li><li><i>Salt</i>, by Di Roe</li>"
    assert names_of(line=f"<p>Read these.</p><ul>{works}</ul>") == []
    assert names_of(line="<ul><li><i>14 May 2012</i>, by Ann Lee</li></ul>") == ["Ann Lee"]


@pytest.mark.parametrize(
    "line", ["<p>By Cy Doe</p>", "<p><em>Von Cy Doe</em></p>", "<p><b>Text: Cy Doe, baker</b></p>"]
)
def test_a_paragraph_of_the_post_that_is_a_byline_says_who_wrote_it_and_not_the_account(line: str) -> None:
    head = "<meta name=author content='Ann Lee'>"
    account = "<p class=meta><a rel=author href=/author/ann>Ann Lee</a> 14 May 2012</p>"
    assert names_of(head, account + line) == ["Cy Doe"]
    assert names_of(head, f"{account}{line}<p>Of rye.</p>{line.replace('Cy Doe', 'Di Roe')}") == ["Ann Lee"]  # of books
    assert names_of(head, f"{account}<p>{line[3:-4]} bakes since the days of the old mill.</p>") == ["Ann Lee"]


def test_given_name_and_surname_in_elements_of_their_own_are_one_name() -> None:
    part = "<span class=citation-author><span class=given-names>{}</span> <span class=surname>{}</span></span>"
    line = f"<div>{part.format('Ann', 'Lee')}, {part.format('Cy', 'Doe')}</div>"
    assert names_of(line=line) == ["Ann Lee", "Cy Doe"]


def test_all_authors_of_a_paper_are_those_that_it_declares_for_scholarly_indexes() -> None:
    head = "".join(f"<meta name=citation_author content='{name}'>" for name in ("Ann Lee", "Cy Doe", "Di Roe"))
    line = "<p class='author first'>Ann Lee</p><p class=x>Cy Doe</p><p class=x>Di Roe</p>"
    assert names_of(head, line) == ["Ann Lee", "Cy Doe", "Di Roe"]
    turned = "".join(f"<meta name=citation_author content='{name}'>" for name in ("Lee, Ann", "Doe, Cy", "Roe, Di"))
    assert names_of(turned, line) == ["Ann Lee", "Cy Doe", "Di Roe"]


@pytest.mark.parametrize(
    "line",
    [
        "<div><i class='iconfont reco-account'><span>Ines Walter</span></i> <i class='iconfont reco-date'>3 May 2012</i></div>",
        "<p><i class='fa fa-user'>Ines Walter</i> <i class='fa fa-clock'>3 May 2012</i></p>",
    ],
)
def test_the_icon_of_a_person_around_a_name_makes_it_the_authors(line: str) -> None:
    page = read(f"<body><article><h1>Slow bread</h1>{line}<div>{PROSE}</div></article></body>")
    assert page.post is not None
    assert [byline.name for byline in page.post.bylines] == ["Ines Walter"]


@pytest.mark.parametrize("said", ["title=作者", "aria-label='Author:'", "title=Autorin"])
def test_an_attribute_for_readers_says_whose_name_it_is(said: str) -> None:
    line = f"<div class=bar><span><a {said} class=hover>Ines Walter</a></span><span>3 May 2012</span></div>"
    assert names_of(line=line) == ["Ines Walter"]
    assert names_of(line=line.replace(said, "title=Baker")) == []


def test_code_signs_nothing() -> None:
    loop = "<span>in</span> shelf-22/*.txt<span>;</span> <span>do</span>\n  <span>wc</span> <span>-w</span>"
    code = f"<span>for</span> <span>f</span> {loop}\n<span>done</span>\n"
    assert bylines_of(line=f"{PROSE}<pre><code>{code}</code></pre>") == ()


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("<footer><section class=author><a href=/author/ann>Ann Lee</a></section></footer>", ["Ann Lee"]),
        ("<footer class=post-footer><h4 class=author><a href=/author/ann>Ann Lee</a></h4></footer>", ["Ann Lee"]),
        (
            "<footer><p class=author><a href=/author/ann>Ann Lee</a></p><p class=author><a href=/author/b>Bob Ray</a></p>"
            "</footer>",
            [],
        ),
        ("<footer><p>Written by <b>Ann Lee</b> who lives by the sea and bakes bread there.</p></footer>", ["Ann Lee"]),
        ("<footer><div class='p-author h-card'><a class=p-name href=/>Ann Lee</a></div></footer>", ["Ann Lee"]),
        ("<footer><p>Theme by <b>Ann Lee</b></p></footer>", []),
        ("<footer><section class=author>Ann Lee</section></footer>", []),
        ("<div class=related><a class=author href=/author/ann>Ann Lee</a></div>", []),
    ],
)
def test_the_only_name_that_a_class_and_an_address_tell_signs_below_the_post(below: str, expected: list[str]) -> None:
    page = read(plain(PROSE * 10).replace("</body>", f"{below}</body>"))
    assert page.post is not None
    assert [byline.name for byline in page.post.bylines] == expected
