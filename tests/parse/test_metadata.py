"""What a page declares about itself, source by source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parse.html import parse_html
from scraper.parse.metadata import MAX_CLAIMS, MAX_VALUE, SOURCES, Claims, find_claims
from scraper.parse.structured import read_json

URL = "http://tidebook.example/2012/05/slack-water"


def claims(html: str, url: str | None = URL) -> Claims:
    return find_claims(parse_html(html), url)


def values(html: str, field: str, source: str | None = None) -> list[str]:
    return [claim.value for claim in claims(html).of(field) if source in (None, claim.source)]


def json_ld(text: str) -> str:
    return f'<html><head><script type="application/ld+json">{text}</script></head><body></body></html>'


def test_meta_elements_claim_by_property_name_and_http_equiv() -> None:
    page = (
        '<meta property="og:title" content="Slack &amp; water"><meta name="OG:Site_Name" content="Tidebook">'
        '<meta name="author" content="Odile Marrick"><meta http-equiv="Content-Language" content="en_GB">'
        '<meta property="article:published_time" content="2012-05-14T10:04:00+02:00">'
        '<meta name="DC.date.issued" content="2012-05-14"><meta name="generator" content="Drupal 7">'
    )
    found = claims(page)
    assert [(c.value, c.source, c.where) for c in found.of("title")] == [
        ("Slack & water", "opengraph", 'meta[property="og:title"]')
    ]
    assert [c.value for c in found.of("site_name")] == ["Tidebook"]
    assert [c.value for c in found.of("author")] == ["Odile Marrick"]
    assert [c.value for c in found.of("language")] == ["en-GB"]
    assert [(c.value, c.source) for c in found.of("published")] == [
        ("2012-05-14T10:04:00+02:00", "opengraph"),
        ("2012-05-14", "meta"),
    ]
    assert [c.value for c in found.of("generator")] == ["Drupal 7"]
    assert not any(claim.accepted for claim in found.claims)


def test_an_author_that_is_an_address_claims_the_address() -> None:
    page = '<meta property="article:author" content="https://social.example/odile">'
    assert values(page, "author") == []
    assert values(page, "author_url") == ["https://social.example/odile"]


def test_keywords_are_one_claim_each() -> None:
    page = (
        '<meta name="keywords" content="tides, almanacs;  water ,tides"><meta property="article:tag" content="boats">'
    )
    assert sorted(values(page, "tag")) == ["almanacs", "boats", "tides", "water"]


def test_a_twitter_label_says_what_its_data_is_about() -> None:
    page = (
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Odile Marrick">'
        '<meta name="twitter:label2" content="Est. reading time"><meta name="twitter:data2" content="4 minutes">'
    )
    assert values(page, "author") == ["Odile Marrick"]


def test_links_claim_addresses() -> None:
    page = (
        '<link rel="canonical" href="/slack"><link rel="shortlink" href="/?p=7"><link rel="amphtml" href="/amp">'
        '<link rel="author" href="/odile"><link rel="stylesheet" href="/x.css"><link rel="canonical">'
    )
    found = claims(page)
    assert {(c.field, c.value) for c in found.claims} == {
        ("canonical_url", "/slack"), ("shortlink", "/?p=7"), ("amp_url", "/amp"), ("author_url", "/odile"),
    }  # fmt: skip


def test_title_h1_and_html_language_are_the_weakest_claims() -> None:
    found = claims('<html lang="de"><title>T | Blog</title><meta property="og:title" content="O"><h1>H</h1>')
    assert [(c.value, c.source) for c in found.of("title")] == [("O", "opengraph"), ("T | Blog", "html"), ("H", "html")]
    assert [c.value for c in found.of("language")] == ["de"]


def test_json_ld_claims_of_an_article() -> None:
    page = json_ld(
        '{"@context":"https://schema.org","@type":"BlogPosting","headline":"Slack water","name":"ignored",'
        '"alternativeHeadline":"A note","datePublished":"2012-05-14","dateModified":"2012-06-01","inLanguage":"en",'
        '"author":[{"@type":"Person","name":"Odile Marrick","url":"/odile"},"Bo Teller"],"keywords":"tides, boats",'
        '"publisher":{"@type":"Organization","name":"Tidebook"},"image":{"url":"/i.png"},"articleSection":["Blog"],'
        '"commentCount":3,"mainEntityOfPage":{"@id":"http://tidebook.example/x"}}'
    )
    expected = {
        "title": ["Slack water"], "subtitle": ["A note"], "published": ["2012-05-14"], "modified": ["2012-06-01"],
        "language": ["en"], "author": ["Odile Marrick", "Bo Teller"], "author_url": ["/odile"], "tag": ["tides", "boats"],
        "site_name": ["Tidebook"], "image": ["/i.png"], "section": ["Blog"], "comment_count": ["3"],
        "canonical_url": ["http://tidebook.example/x"], "type": ["blogposting"],
    }  # fmt: skip
    assert {field: values(page, field) for field in expected} == expected


def test_the_text_of_an_article_is_that_of_its_own_object() -> None:
    other = '{"@type":"Article","articleBody":"Another one.","url":"http://x.example/"}'
    page = json_ld(f'[{other},{{"@type":"Article","articleBody":"<p>Slack water.</p>","url":"{URL}/"}}]')
    assert claims(page).stated_text == "<p>Slack water.</p>"
    assert claims(json_ld('{"@type":"Article","articleBody":{"a":[1]}}')).stated_text == ""


def test_json_ld_references_are_followed_within_a_graph() -> None:
    page = json_ld(
        '{"@graph":[{"@type":"WebPage","@id":"#page","name":"Page"},{"@type":"Article","headline":"Slack","author":{"@id":"#odile"}},'
        '{"@type":"Person","@id":"#odile","name":"Odile Marrick"},{"@type":"Organization","name":"Tidebook"}]}'
    )
    assert values(page, "author") == ["Odile Marrick"]
    assert values(page, "title", "json-ld") == ["Slack"]


def test_of_several_articles_the_one_of_this_page_speaks() -> None:
    page = json_ld(
        f'[{{"@type":"Article","headline":"Other","url":"http://x.example/"}},{{"@type":"Article","headline":"This","url":"{URL}/"}}]'
    )
    assert values(page, "title") == ["This"]


def test_a_publisher_or_a_breadcrumb_is_no_post() -> None:
    page = json_ld(
        '[{"@type":"Organization","name":"Tidebook"},{"@type":"BreadcrumbList","name":"Path"},{"@type":"Person","name":"X"}]'
    )
    assert claims(page).claims == ()


def test_people_in_json_ld_are_the_authors_or_whose_profile_it_is() -> None:
    ann = '{"@type":"Person","name":"Ann Lee","description":"A baker.","image":[{"contentUrl":"/a.jpg"}],"sameAs":"https://x.com/a"}'
    bob = '{"@type":["Organization"],"name":"Crumbs Press","description":"A publisher."}'
    for text in (
        f'{{"@type":"BlogPosting","author":[{ann},{bob},"Cy",7],"editor":{{"@type":"Person","name":"Dan"}}}}',
        f'{{"@type":"ProfilePage","mainEntity":{ann},"author":{bob}}}',
    ):
        (person,) = claims(json_ld(text)).structured_people
        assert (person.name, person.description, person.picture, person.same_as) == (
            "Ann Lee",
            "A baker.",
            "/a.jpg",
            ("https://x.com/a",),
        )


def test_comments_in_json_ld_keep_what_they_answer() -> None:
    page = json_ld(
        '{"@type":"BlogPosting","headline":"Slack","comment":[{"@type":"Comment","@id":"#c1","author":{"name":"Bo","url":"/bo"},'
        '"dateCreated":"2012-05-15","text":"First","comment":[{"@type":"Comment","text":"Answer","author":"Cy"}]},'
        '{"@type":"Comment","text":"Second","parentItem":{"@id":"#c1"}}]}'
    )
    found = claims(page).structured_comments
    assert [(c.id, c.author, c.author_url, c.published, c.text, c.parent, c.parent_ref) for c in found] == [
        ("#c1", "Bo", "/bo", "2012-05-15", "First", None, None),
        (None, "Cy", None, None, "Answer", 0, None),
        (None, None, None, None, "Second", None, "#c1"),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        '{"a": "x, }", "b": [1, 2,],}',
        '<!-- {"a": "x, }", "b": [1, 2]} -->',
        '/* <![CDATA[ */ {"a": "x, }", "b": [1, 2]} /* ]]> */',
        '//<![CDATA[\n{"a": "x, }", "b": [1, 2]}\n//]]>',
        "{&quot;a&quot;: &quot;x, }&quot;, &quot;b&quot;: [1, 2]}",
        '{"a": "x, }", "b": [1, 2]};',
    ],
)
def test_json_that_is_nearly_json_is_mended(broken: str) -> None:
    assert read_json(broken) == {"a": "x, }", "b": [1, 2]}


def test_json_with_bare_line_breaks_and_bad_escapes_is_mended() -> None:
    assert read_json('{"a": "one\ntwo"}') == {"a": "one\ntwo"}
    assert read_json(r'{"a": "it\'s",}') == {"a": r"it\'s"}
    assert read_json("not json") is None
    assert read_json("[" * 100_000) is None


def test_microdata_of_an_article_and_never_of_its_publisher_or_comments() -> None:
    page = (
        '<article itemscope itemtype="https://schema.org/BlogPosting"><h2 itemprop="headline">Slack</h2>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="url" href="/o"><b itemprop="name">Odile</b></a></span>'
        '<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Tidebook</b></span>'
        '<meta itemprop="datePublished" content="2012-05-14"><meta itemprop="interactionCount" content="UserComments:4">'
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><i itemprop="author">Bo</i><i itemprop="name">No</i></div></article>'
    )
    assert values(page, "title", "microdata") == ["Slack"]
    assert values(page, "author", "microdata") == ["Odile"]
    assert values(page, "author_url", "microdata") == ["/o"]
    assert values(page, "published", "microdata") == ["2012-05-14"]
    assert values(page, "comment_count") == ["4"]


def test_dates_of_the_page_that_stand_in_no_item() -> None:
    head = (
        "<head><meta itemprop=datePublished content=2012-05-14><meta itemprop=dateModified content=2012-05-20></head>"
    )
    assert values(head, "published") == ["2012-05-14"]
    assert values(head, "modified") == ["2012-05-20"]


def test_days_of_several_items_of_one_kind_are_listed_posts_or_reviews() -> None:
    item = "<div itemscope itemtype=https://schema.org/{}><h{} itemprop=name>x</h{}><meta itemprop=datePublished content={}></div>"
    reviews = item.format("Review", 3, 3, "2012-05-14") + item.format("Review", 3, 3, "2012-05-15")
    assert values(reviews, "published") == []
    own = item.format("BlogPosting", 1, 1, "2012-05-14") + item.format("BlogPosting", 3, 3, "2012-05-15")
    assert values(own, "published") == ["2012-05-14"]
    assert values(item.format("BlogPosting", 2, 2, "2012-05-14"), "published") == ["2012-05-14"]


def test_drupal_rdfa_outside_comments() -> None:
    page = (
        '<div class="node"><span property="dc:title" content="Slack"></span><span property="sioc:num_replies" content="2"></span>'
        '<span property="dc:date dc:created" content="2012-05-14T10:04:00+01:00" rel="sioc:has_creator">'
        '<a class="username" property="foaf:name">odile</a></span></div>'
        '<div class="comment"><span property="dc:title">Re</span><span rel="sioc:has_creator"><a property="foaf:name">bo</a></span></div>'
    )
    assert values(page, "title", "rdfa") == ["Slack"]
    assert values(page, "published", "rdfa") == ["2012-05-14T10:04:00+01:00"]
    assert values(page, "comment_count") == ["2"]
    assert values(page, "author", "rdfa") == ["odile"]


def test_microformats_of_the_main_entry_only() -> None:
    page = (
        '<article class="hentry"><h1 class="entry-title">Slack</h1><abbr class="published" title="2012-05-14T10:04">May</abbr>'
        '<span class="author vcard">by <a class="url fn" href="/odile">Odile</a></span><a rel="category tag" href="/c">Notes</a>'
        '<a rel="tag" href="/t">tides</a><p>Long text of the entry, longer than that of the other.</p>'
        '<ol class="commentlist"><li class="comment"><cite class="fn vcard">Bo</cite><time datetime="2012-05-15">x</time></li></ol></article>'
        '<div class="hentry"><h2 class="entry-title">Another</h2></div>'
    )
    assert values(page, "title", "microformats") == ["Slack"]
    assert values(page, "published") == ["2012-05-14T10:04"]
    assert values(page, "author") == ["Odile"]
    assert values(page, "category") == ["Notes"]
    assert values(page, "tag") == ["tides"]


def test_a_microformats2_entry() -> None:
    page = (
        '<div class="h-entry"><h1 class="p-name">Slack</h1><time class="dt-published" datetime="2012-05-14">May</time>'
        '<a class="p-author h-card" href="/o"><span class="p-name">Odile</span></a><a class="p-category">tides</a></div>'
    )
    assert values(page, "title", "microformats") == ["Slack"]
    assert values(page, "published", "microformats") == ["2012-05-14"]
    assert values(page, "author") == ["Odile"]
    assert values(page, "tag") == ["tides"]


def test_values_are_folded_and_capped() -> None:
    page = (
        f'<meta name="description" content="  two\n  words &amp;amp; more "><meta name="author" content="{"x" * 5000}">'
    )
    assert values(page, "description") == ["two words & more"]
    assert len(values(page, "author")[0]) == MAX_VALUE


def test_a_flood_of_claims_is_cut() -> None:
    page = '<meta name="keywords" content="' + ",".join(f"tag{number}" for number in range(2000)) + '">'
    assert len(claims(page).claims) == MAX_CLAIMS


FRAGMENTS = st.sampled_from(
    ['<meta property="og:title" content="a">', '<div itemscope itemtype="x/Article">', '<i itemprop="author name">b</i>', "</div>", "<time>",
     '<a rel="author tag">c</a>', '<div class="hentry comment">', '<h1 class="entry-title p-name">', '<span property="dc:date foaf:name">',
     '<script type="application/ld+json">', '{"@type":"Article","author":[[1]],"comment":{"a":1},"image":[{}]}', "</script>", "text", "<title>", "</title>"]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=25))
@settings(max_examples=200, deadline=None)
def test_no_markup_raises_and_sources_come_strongest_first(pieces: list[str]) -> None:
    found = claims("".join(pieces)).claims
    order = [SOURCES.index(claim.source) for claim in found]
    assert order == sorted(order)
    assert all(claim.value and claim.where for claim in found)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "author",
                    "name",
                    "url",
                    "comment",
                    "image",
                    "keywords",
                    "parentItem",
                    "text",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=15,
)


@given(JSON)
@settings(max_examples=200, deadline=None)
def test_no_json_ld_raises(value: object) -> None:
    import json

    text = json.dumps([{"@type": "Article", "author": value, "comment": value, "image": value, "headline": "h"}, value])
    assert "h" in values(json_ld(text.replace("<", "")), "title")
