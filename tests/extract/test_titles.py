"""The title is what the page calls the post, without the site's name; the site's name is never the title."""

from __future__ import annotations

import pytest

from tests.extract.pages import PROSE, plain, read, wordpress


@pytest.mark.parametrize(
    ("head", "heading", "title", "site"),
    [
        ("<title>Slow bread | Crumbs</title>", "<h1>Slow bread</h1>", "Slow bread", "Crumbs"),
        ("<title>Crumbs: Slow bread</title>", "<h1>Crumbs</h1><h2>Slow bread</h2>", "Slow bread", None),
        ("<meta property=og:title content='Slow bread'><title>x</title>", "", "Slow bread", None),
        (
            "<meta property=og:title content='Slow bread - Crumbs'><meta property=og:site_name content=Crumbs>",
            "",
            "Slow bread",
            "Crumbs",
        ),
        ("", "<h1>Slow bread</h1>", "Slow bread", None),
        ("", "", None, None),
    ],
)
def test_title_and_site_name(head: str, heading: str, title: str | None, site: str | None) -> None:
    page = read(f"<html><head>{head}</head><body>{heading}<div>{PROSE}</div></body></html>")
    assert page.post is not None
    assert (page.post.title, page.site_name) == (title, site)


def test_the_platforms_own_element_comes_first() -> None:
    page = read(wordpress(head="<meta property=og:title content='Another'>"))
    assert page.post is not None
    assert page.post.title == "Slow bread"


def test_a_heading_of_the_thread_is_no_title() -> None:
    page = read(f"<body><div>{PROSE}</div><div id=comments><h2>Slow bread</h2></div></body>")
    assert page.post is not None
    assert page.post.title is None


def test_the_claim_that_won_is_marked() -> None:
    page = read(plain(head="<title>Slow bread | Crumbs</title>"))
    assert [claim.value for claim in page.claims if claim.field == "title" and claim.accepted] == ["Slow bread"]


OG = "<meta property=og:title content='{}'>"


def title_of(html: str, url: str = "https://crumbs.example/slow-bread") -> str | None:
    page = read(html, url)
    assert page.post is not None
    return page.post.title


@pytest.mark.parametrize(
    ("head", "above", "expected"),
    [
        # what a template puts before the title
        (OG.format("Slow bread rises"), "<h1><span>Kitchen</span> Slow bread rises</h1>", "Slow bread rises"),
        (OG.format("Slow bread rises"), "<h1><time>Jun 17</time> Slow bread rises</h1>", "Slow bread rises"),
        # the site's name
        ("<title>Slow bread - Crumbs</title>", "", "Slow bread"),
        ("<title>Slow bread | crumbs.example | Loaves of every kind</title>", "", "Slow bread"),
        ("<title>Slow bread - The Forum of Crumbs</title>", "", "Slow bread"),
        ("<title>What is yeast? - All about bread</title>", "<h1 class=site-title>All about bread</h1>", "What is yeast?"),
        ("<title>Slow bread</title>", "<div id=logo><h1>Bake Off</h1></div><h2>Slow bread</h2>", "Slow bread"),
        # the only h1 says in other words what is declared
        (OG.format("Slow bread rises better"), "<h1>Why slow bread rises better than fast</h1>",
         "Why slow bread rises better than fast"),
        (OG.format("Slow bread rises better"), "<h1>All about our bakery and its many cakes</h1>",
         "Slow bread rises better"),
        (OG.format("Slow bread rises better"), "<h1>Why bread rises better</h1><h1>What bread rises</h1>",
         "Slow bread rises better"),
        # the strongest declaration decides between two headings
        (OG.format("Slow bread") + "<title>News - Crumbs</title>", "<h1>News</h1><h1>Slow bread</h1>", "Slow bread"),
    ],
)  # fmt: skip
def test_what_the_page_declares_and_shows_is_held_together(head: str, above: str, expected: str) -> None:
    assert title_of(f"<html><head>{head}</head><body>{above}<div>{PROSE}</div></body></html>") == expected


def test_a_lesser_heading_of_the_platform_must_be_what_is_declared() -> None:
    head = "<meta name=generator content='WordPress 6.4'>" + OG.format("Slow bread")
    listed = "<div class=hentry><h2 class=entry-title>Fast cakes</h2></div>"
    assert (
        title_of(f"<html><head>{head}</head><body><h1>Slow bread</h1><div>{PROSE}</div>{listed}</body>") == "Slow bread"
    )


def test_the_element_that_says_the_title_is_left_out_of_the_text() -> None:
    head = OG.format("Slow bread rises better")
    page = read(f"<html><head>{head}</head><body><div><p><b>Slow bread rises better</b></p>{PROSE}</div></body></html>")
    assert page.post is not None
    assert "rises better" not in page.post.text


CRUMBS = "<ol class=breadcrumb><li><a href=/>Home</a></li><li><h1>{}</h1></li></ol>"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("<h2>Slow bread once more, says the baker</h2>", "Slow bread once more, says the baker"),
        ("<h2><span>In the bakery</span><span>Why bread is slow again</span></h2>", "Why bread is slow again"),
        ("<h2>A day at the mill</h2>", "Bread: why it takes so long again"),  # says something else
        ("<div class=related><h2>Why bread is slow again</h2></div>", "Bread: why it takes so long again"),
    ],
)
def test_a_step_of_a_breadcrumb_is_not_the_title_where_the_article_has_its_own(heading: str, expected: str) -> None:
    """The breadcrumb has the title for search engines, the article the one for readers."""
    step = "Bread: why it takes so long again"
    head = OG.format("Why bread is slow again") + f"<title>{step} | Crumbs</title>"
    head += f"<meta name=title content='{step}'>"
    assert (
        title_of(f"<head>{head}</head><body>{CRUMBS.format(step)}<article>{heading}{PROSE}</article></body>")
        == expected
    )


def test_a_kicker_in_an_element_of_its_own_is_no_part_of_the_title() -> None:
    """Though the page also declares the title with it."""
    head = OG.format("Why bread is slow") + "<title>In the bakery: Why bread is slow</title>"
    shown = "<h1><span>In the bakery</span> <span>Why bread is slow</span></h1>"
    assert title_of(f"<head>{head}</head><body>{shown}<article>{PROSE}</article></body>") == "Why bread is slow"


def test_an_h1_is_the_title_that_the_page_declares_with_more_behind_it() -> None:
    head = OG.format("Slow bread | Flour, Water, Salt, Seeds, and a Timetable for Two Days")
    assert title_of(f"<head>{head}</head><body><h1>Slow bread</h1><div>{PROSE}</div></body>") == "Slow bread"


def test_a_lone_h1_in_other_words_is_the_title_rather_than_a_lesser_heading_that_says_a_part() -> None:
    head = "<title>5 best slow breads to bake for 2026-2030</title>"
    body = f"<h1>Top 5 slow breads to watch and bake</h1><div>{PROSE}<h2>5 best slow breads to bake for 2026</h2>{PROSE}</div>"
    assert title_of(f"<head>{head}</head><body>{body}</body>") == "Top 5 slow breads to watch and bake"


def test_of_several_h1_those_of_menus_and_widgets_are_none() -> None:
    head = "<title>Our favourite slow breads in town</title>"
    body = f"<nav><h1>Town pages</h1></nav><h1>The best bakers of slow breads</h1><div>{PROSE}</div>"
    assert title_of(f"<head>{head}</head><body>{body}</body>") == "The best bakers of slow breads"


def test_a_platforms_h1_with_the_sites_name_is_no_title() -> None:
    head = "<meta name=generator content='Drupal 10'><title>Slow bread and patience</title>"
    body = f"<div class=site-branding><h1>Crumbs</h1></div><h2>Slow bread and patience</h2><div>{PROSE}</div>"
    assert title_of(f"<head>{head}</head><body>{body}</body>") == "Slow bread and patience"


def test_the_sites_name_behind_a_bar_in_the_heading_itself_is_no_part_of_the_title() -> None:
    head = "<meta property=og:site_name content=Crumbs><title>Slow bread | Crumbs Bakery</title>"
    shown = f"<body><h1>Slow bread | Crumbs Bakery</h1><div>{PROSE}</div></body>"
    assert title_of(f"<head>{head}</head>{shown}") == "Slow bread"


def test_a_bar_in_a_heading_with_more_of_the_title_behind_it_ends_nothing() -> None:
    whole = "Slow bread | What crumbs are good for"
    head = f"<meta property=og:site_name content=Crumbs><title>{whole}</title>"
    assert title_of(f"<head>{head}</head><body><h1>{whole}</h1><div>{PROSE}</div></body>") == whole


@pytest.mark.parametrize("around", ["<nav>{}</nav>", "<aside class=related>{}</aside>"])
def test_a_section_in_a_menu_or_another_post_in_a_list_is_no_part_of_the_title(around: str) -> None:
    declared = "Slow rye - Bread for beginners"
    link = around.format("<a href=/a>Bread for beginners</a>")
    assert title_of(f"<head>{OG.format(declared)}</head><body>{link}<div>{PROSE}</div></body>") == declared


@pytest.mark.parametrize(
    ("declared", "headings", "title"),
    [
        ("Slow bread « Daily news", "<h1>Daily news</h1><h3>Slow bread</h3>", "Slow bread"),
        ("Daily news - Slow bread", "<h1>Daily news</h1><h2>Slow bread</h2>", "Slow bread"),
        (
            "Daily news » Blog Archive » Slow bread",
            "<h1><a href='/'>Daily news</a></h1><h2>Slow bread</h2>",
            "Slow bread",
        ),
        ("Daily news - Slow bread", "<a href='https://blog.example'><h1>Daily news</h1></a>", "Slow bread"),
        ("Slow bread - Daily news", "<h1>Slow bread</h1>", "Slow bread"),
    ],
)
def test_an_h1_that_leads_home_or_stands_over_the_post_s_own_heading_is_the_site_s_name(
    declared: str, headings: str, title: str
) -> None:
    below = f"<div>{PROSE}</div><div><h2>Daily news</h2></div>"
    page = read(f"<title>{declared}</title><body>{headings}{below}</body>", "https://blog.example/2012/bread")
    assert page.post is not None
    assert page.post.title == title


@pytest.mark.parametrize(
    ("declared", "line", "expected"),
    [
        ("Why the bread is slow again | Town", "Why the bread is slow again", "Why the bread is slow again"),
        ("Press release - Why the bread is slow again", "Why the bread is slow again", "Why the bread is slow again"),
        ("Why the bread is slow again and for how long it will be | The town", "The town", None),  # a small part
    ],
)
def test_of_a_declared_title_that_no_heading_says_the_part_that_is_shown_is_the_title(
    declared: str, line: str, expected: str | None
) -> None:
    html = f"<head>{OG.format(declared)}</head><body><p class=big>{line}</p><div>{PROSE}</div></body>"
    assert title_of(html) == (expected or declared)


def title_below(head: str, body: str) -> str | None:
    found = read(f"<html><head><title>{head}</title></head><body>{body}</body></html>").post
    assert found is not None
    return found.title


@pytest.mark.parametrize("title", ["運河からの便り", "The quilt"])
@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_short_title_below_the_sites_own_heading_is_the_posts(title: str, tag: str) -> None:
    body = f"<header><h1>The Mending Notebook</h1></header><main><{tag}>{title}</{tag}><div>{PROSE}</div></main>"
    assert title_below(f"{title} | The Mending Notebook", body) == title


@pytest.mark.parametrize("tag", ["h1", "h2", "div"])
def test_a_title_without_spaces_is_told_from_the_sites_name(tag: str) -> None:
    body = f"<{tag}>運河からの便り</{tag}><div>{PROSE}</div>"
    assert title_below("運河からの便り | Three people who mend things in the evening", body) == "運河からの便り"


def test_marks_that_nobody_sees_are_no_part_of_a_title() -> None:
    anchor = "<a href=#slow-bread aria-label='Link to this heading'>\u200b</a>"
    assert title_below("Slow bread | Crumbs", f"<h1>Slow bread {anchor}</h1><div>{PROSE}</div>") == "Slow bread"
