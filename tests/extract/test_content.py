"""The post is made of the blocks that the model takes for it; what stands between them carries a label."""

from __future__ import annotations

import time

import pytest

from scraper.extract.blocks.one_post import shown_once
from scraper.parse.html import parse_html
from tests.extract.pages import LINE, PROSE, plain, read, text_of, wordpress

MORE = "<p>She went down to the harbour before it was light, and the boats had gone. Nobody spoke of it later.</p>"
PARAGRAPHS = MORE + PROSE + MORE
RELATED = "<h3>You may also like</h3><ul>" + "".join(f"<li><a href=/{n}>Story {n}</a></li>" for n in range(4)) + "</ul>"


def test_the_prose_of_the_post_is_kept_in_order_and_the_rest_is_named() -> None:
    page = read(plain(PARAGRAPHS + RELATED))
    lines = text_of(page).split("\n")
    assert lines[0].startswith("She went down")
    assert len(lines) == 10
    assert any("Story 2" in removal.excerpt for removal in page.removals)


def test_what_stands_outside_the_post_is_named_as_well() -> None:
    html = f"<body><div><h1>Slow bread</h1>{PARAGRAPHS}</div><div class=xyz><p>Ferry times: 7:30, 9:15</p></div></body>"
    page = read(html)
    assert "Ferry" not in text_of(page)
    assert [removal.kind for removal in page.removals if "Ferry" in removal.excerpt] == ["outside"]


@pytest.mark.parametrize("beside", ["", "<div class=jp-relatedposts><p>Rye bread, 4 June</p></div>"])
def test_a_post_of_one_line_is_one_where_the_platform_says_what_its_body_is(beside: str) -> None:
    page = read(wordpress(body=f"<p>Tide 7:30</p>{beside}"))
    assert page.kind == "post"
    assert text_of(page) == "Tide 7:30"


@pytest.mark.parametrize("tag", ["tag-newsletter", "category-jobs", "entry-author-ann_miller"])
def test_what_an_entry_s_classes_say_of_its_tags_and_authors_makes_it_no_chrome(tag: str) -> None:
    html = wordpress(body="<p>The boat is in the water again, and dry inside.</p>").replace(
        "post hentry", f"post hentry {tag}"
    )
    assert tag in html
    assert text_of(read(html)) == "The boat is in the water again, and dry inside."


def test_one_long_text_on_a_page_of_tables_is_the_post() -> None:
    words = "<br>".join(
        f"Line {number}: the ferry was late, and so was the baker, who blamed the tide." for number in range(40)
    )
    cells = "<td><a href=/a>News</a><br><a href=/b>Links</a></td>"
    html = f"<body><table><tr>{cells}<td><table><tr><td class=itemBody><p>{words}</p></td></tr></table></td>{cells}</tr></table>"
    assert "Line 39" in text_of(read(html))


STORY = "A story {} about the ferry and the boats that went out in the morning and were not back at night"


@pytest.mark.parametrize("behind", ["", " (Ann)"])
def test_a_post_of_nothing_but_links_is_kept_whole(behind: str) -> None:
    stories = [STORY.format(number) for number in range(12)]
    page = read(wordpress(body="".join(f"<p><a href=/{n}>{story}</a>{behind}</p>" for n, story in enumerate(stories))))
    assert text_of(page).split("\n") == [story + behind for story in stories]


PAIRS = ("Black slip on", "Brown monaco", "Matte black", "Burnt toe", "White tie", "Ivory tie", "Grey oxford")


def test_where_nothing_reads_for_certain_like_the_text_what_is_likelier_than_not_to_help_is_taken() -> None:
    items = "".join(
        f"<div class=item><h3><a href=/shoe/{number}>{name}</a></h3><span class=price>Rental price {20 + number}.00</span>"
        f"<p>With package {15 + number}.00</p></div>"
        for number, name in enumerate(PAIRS)
    )
    html = f"<body><nav><a href=/>Home</a> <a href=/us>About us</a></nav><h1>Formal shoes</h1><div>{items}</div></body>"
    lines = text_of(read(html)).split("\n")
    assert lines[:3] == ["Black slip on", "Rental price 20.00", "With package 15.00"]
    assert lines[-1] == "With package 21.00" and not set(lines) & {"Home", "About us"}


def test_links_alone_are_no_text() -> None:
    assert text_of(read("<body><ul><li><a href=/a>Alpha</a><li><a href=/b>Beta</a></ul></body>")) == ""


CALL = "<p>Rye rises slowly.<sup id=fnref1><a href='#fn1'>1</a></sup></p>"
BACK = "<a href='#fnref1'>↩</a>"


@pytest.mark.parametrize(
    "note",
    [
        f"<ol><li id=fn1>See the mill. {BACK}</li></ol>",
        f"<ol><li id=fn1><p>See the mill. {BACK}</p></li></ol>",
        "<ol><li id=fn1>See the mill. <a href='https://blog.example/2012/slow-bread#fnref1'>↩</a></li></ol>",
    ],
)
def test_a_note_that_leads_back_to_where_the_text_calls_it_is_the_posts(note: str) -> None:
    assert text_of(read(plain(MORE + CALL + MORE + note))).endswith("See the mill. ↩")


def test_what_leads_back_to_the_text_without_being_called_is_no_note() -> None:
    links = "<ul><li id=fn2><a href='#fnref1'>Rye</a></li><li><a href='#top'>Up</a></li></ul>"
    assert "Up" not in text_of(read(plain(MORE + CALL + MORE + links)))
    assert text_of(read(plain(MORE + CALL + MORE + links))).endswith("Nobody spoke of it later.")


def test_a_body_in_several_elements_is_taken_whole() -> None:
    body = f"<div class=entry-content>{PARAGRAPHS}</div>" * 2
    assert text_of(read(plain(body))).count("She went down") == 4


@pytest.mark.parametrize("name", ["share", "related", "widget"])
def test_a_block_whose_name_is_chrome_and_whose_text_is_the_post_is_spared(name: str) -> None:
    page = read(plain(f"<div class={name}>{PARAGRAPHS}</div>"))
    assert text_of(page).count(LINE) == 8
    assert not any(LINE in removal.excerpt for removal in page.removals)


def test_a_post_of_one_line_is_kept() -> None:
    assert text_of(read(wordpress(body=f"<p>{LINE}</p>"))) == LINE


def test_a_page_without_prose_has_no_content() -> None:
    for html in ("", "<frameset><frame src=a></frameset>", "<body><a href=x>y</a></body>"):
        assert text_of(read(html)) == ""


def test_a_run_of_text_beside_the_paragraphs_is_cut_without_them() -> None:
    body = f"<div class=entry-content>{PARAGRAPHS}Share this: <a href=/t>Tweet</a> <a href=/f>Facebook</a></div>"
    page = read(wordpress(body=body))
    assert page.post is not None
    assert "Share this" not in text_of(page) and "Tweet" not in page.post.html
    assert text_of(page).count(LINE) == 8


def test_debug_output_beside_a_run_that_is_cut_goes_without_harm_to_either() -> None:
    array = "Array ( [0] => sitewide [1] => node_blog ) The end of it came late, and she was glad that it had come."
    page = read(plain(f"Share this: <a href=/t>Tweet</a> {PARAGRAPHS}{array}"))
    assert page.contexts == ("sitewide", "node_blog")
    lines = text_of(page).split("\n")
    assert lines[0].startswith("She went")
    assert lines[-1] == "The end of it came late, and she was glad that it had come."
    assert [removal.excerpt for removal in page.removals if removal.kind == "outside"] == ["Share this:", "Tweet"]


def test_a_caption_is_told_with_its_picture() -> None:
    figure = "<figure><img src=/boat.jpg><figcaption>Photo: A. Hand / Getty Images</figcaption></figure>"
    page = read(wordpress(body=MORE + figure + PROSE))
    assert page.post is not None
    assert [(image.url, image.caption) for image in page.post.images] == [
        ("https://blog.example/boat.jpg", "Photo: A. Hand / Getty Images")
    ]
    assert "<figcaption>" in page.post.html


def test_a_list_of_links_beside_the_prose_goes_and_one_that_is_the_post_stays() -> None:
    links = "<ul>" + "".join(f"<li><a href=/{n}>Rye rises late, part {n}</a></li>" for n in range(6)) + "</ul>"
    assert "part 3" not in text_of(read(plain(PROSE + links)))
    assert "part 3" in text_of(read(plain(f"<div class=entry-content><p>{LINE}</p>{links}</div>")))


def test_a_form_around_the_whole_page_eats_nothing() -> None:
    html = f"<body><form action='/a-comment-on-bread.aspx'><h2>Slow bread</h2><div>{PROSE}</div></form></body>"
    assert text_of(read(html)).count(LINE) == 8


def test_a_table_of_headed_columns_among_the_prose_is_kept_whole() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>{n}</td></tr>" for n, name in enumerate(("rye", "oats", "spelt")))
    table = f"<table><thead><tr><th>Flour</th><th>Days</th></tr></thead><tbody>{rows}</tbody></table>"
    text = text_of(read(plain(PARAGRAPHS + table + MORE)))
    assert [word for word in ("Flour", "Days", "rye", "oats", "spelt") if word not in text] == []


@pytest.mark.parametrize("count", [5, 19])
def test_a_table_without_heads_whose_rows_have_as_many_cells_is_kept_whole(count: int) -> None:
    boats = "".join(
        f"<tr class=boat-2020-{n}><td class=sortcell>{n}</td><td>Boat {n}</td><td>{40 - n}</td><td>{n % 3}</td></tr>"
        for n in range(count)
    )
    text = text_of(read(plain(f"{PARAGRAPHS}<table class=results>{boats}</table>{MORE}")))
    assert [n for n in range(count) if f"{n} Boat {n} {40 - n} {n % 3}" not in text] == []


def test_a_table_that_lays_out_a_menu_is_none_of_the_post() -> None:
    rows = "".join(f"<tr><td><a href=/{n}>Story {n}</a></td></tr>" for n in range(9))
    assert "Story 3" not in text_of(read(plain(f"{PARAGRAPHS}<table>{rows}</table>")))


@pytest.mark.parametrize("wrapper", ["social-media-embed", "tweet", "wp-block-embed"])
def test_what_somebody_said_elsewhere_is_kept_where_the_post_quotes_it(wrapper: str) -> None:
    quote = (
        "<blockquote class=twitter-tweet><p lang=en dir=ltr>Tide is in. <a href=https://t.co/a1>pic</a></p>&mdash; Ann"
        " (@ann) <a href=https://social.example/ann/status/12>May 4, 2019</a></blockquote>"
    )
    text = text_of(read(plain(f"{PARAGRAPHS}<div class={wrapper}>{quote}</div>{MORE}")))
    assert "Tide is in." in text
    assert "Ann (@ann)" in text


def test_what_somebody_said_elsewhere_is_left_out_beside_the_post() -> None:
    quote = "<blockquote class=twitter-tweet><p>Tide is in.</p>&mdash; Ann (@ann)</blockquote>"
    side = f"<div class=sidebar><h3>Latest</h3><div class=widget>{quote}</div></div>"
    assert "Tide is in." not in text_of(read(plain(PARAGRAPHS) + side))


CODE = "<pre><span>set -eu</span><br><span>done | sort -n</span></pre>"
NUMBERS = "<pre>1<br>2</pre>"


@pytest.mark.parametrize(
    "sample",
    [
        f"<figure class='highlight bash'><table><tr><td class=gutter>{NUMBERS}</td><td>{CODE}</td></tr></table></figure>",
        f"<div class=language-bash><div class=highlight>{CODE}</div></div>",
        f"<div class=code-box><div class=bar><span>bash</span><button>Copy</button></div><div>{CODE}</div></div>",
    ],
)
def test_code_stands_in_the_post_whatever_is_around_it(sample: str) -> None:
    text = text_of(read(plain(PARAGRAPHS + sample + MORE)))
    assert "set -eu\ndone | sort -n" in text
    assert "\n1\n2" not in text


def test_a_table_in_a_box_of_its_own_is_kept_whole() -> None:
    table = "<table><thead><tr><th>Flour</th><th>Days</th></tr></thead><tbody><tr><td>rye</td><td>3</td></tr></tbody></table>"
    text = text_of(read(plain(f"{PARAGRAPHS}<div class=scroll>{table}</div>{MORE}")))
    assert [word for word in ("Flour", "Days", "rye") if word not in text] == []


@pytest.mark.parametrize(
    "few",
    [
        "<ol><li>Rye</li><li>Salt</li><li>Time</li></ol>",
        "<ul><li><p>Rye</p></li><li>Salt<ul><li>Time</li></ul></li></ul>",
        "<dl><dt>Rye</dt><dd>Salt</dd><dd>Time</dd></dl>",
        "<blockquote><p>Rye. Salt.</p><p>Time.</p></blockquote>",
    ],
)
def test_a_list_or_a_quote_between_paragraphs_is_kept_whole(few: str) -> None:
    text = text_of(read(plain(PARAGRAPHS + few + MORE)))
    assert [word for word in ("Rye", "Salt", "Time") if word not in text] == []


@pytest.mark.parametrize("words", [PROSE, f"<p>{LINE}</p>"])
def test_the_box_with_a_posts_licence_is_no_part_of_it(words: str) -> None:
    title = "<div>Slow bread</div><div>https://blog.example/2012/slow-bread</div>"
    meta = "<div><div>Posted on</div><div>3 May 2012</div></div><div><div>Licensed under</div>"
    licence = "<a href=https://creativecommons.org/licenses/by/4.0/ title='CC BY'><i class=by></i></a></div>"
    box = f"<div class='license-box my-3'>{title}<div class=license-meta>{meta}{licence}</div></div>"
    text = text_of(
        read(f"<body><h1>Slow bread</h1><article class=post-content><div>{words}</div>{box}</article></body>")
    )
    assert set(text.split("\n")) == {LINE}


def test_short_lines_around_the_body_are_no_part_of_it() -> None:
    head = "<header><h1>Slow bread</h1><ul class=meta><li>3 May 2012</li><li>190 words</li></ul></header>"
    body = f"<div itemprop=articleBody><p>{LINE}</p><p>{LINE} Salt.</p></div>"
    html = f"<body><article>{head}{body}<div class=terms><p><a href=/t/rye>Rye</a><a href=/t/oats>Oats</a></p></div></article></body>"
    assert text_of(read(html)).split("\n") == [LINE, f"{LINE} Salt."]


@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_line_of_links_to_tags_is_no_part_of_the_text(tag: str) -> None:
    links = ", ".join(f"<a href=/tag/{word} rel=tag>{word}</a>" for word in ("ferries", "harbours", "dawn"))
    page = read(plain(f"{PARAGRAPHS}<{tag}>Tags: {links}</{tag}>"))
    assert "harbours" not in text_of(page)
    assert page.post is not None
    assert page.post.tags == ("ferries", "harbours", "dawn")


def test_a_category_that_is_called_a_tag_as_well_is_none() -> None:
    links = "<a href=/c/bread rel='category tag'>Bread</a> <a href=/t/slow rel=tag>slow</a>"
    page = read(wordpress(body=PARAGRAPHS, beside=f"<p class=postmetadata>Filed under {links}</p>"))
    assert page.post is not None
    assert (page.post.categories, page.post.tags) == (("Bread",), ("slow",))


PARAGRAPH = "<p>On the {} day the ferry left before it was light, and those who had come down to the harbour in the rain had to wait.</p>"
DAYS = ("first", "second", "third", "fourth", "fifth", "last")


def test_a_text_that_the_page_holds_twice_is_the_post_s_once() -> None:
    story = "<h3>The ferry</h3>" + "".join(PARAGRAPH.format(day) for day in DAYS)
    html = f"<h1>Waiting</h1><div class=wide>{story}</div><div class=narrow>{story}</div>"
    text = text_of(read(html))
    assert [text.count(f"On the {day} day") for day in DAYS] == [1] * 6
    assert text.count("The ferry") == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_a_block_that_has_all_paragraphs_in_one_is_a_copy(is_first: bool) -> None:
    story = "".join(PARAGRAPH.format(day) for day in DAYS)
    in_one = f"<div>{story.replace('<p>', '').replace('</p>', ' ')}</div>"
    text = text_of(read(f"<h1>Waiting</h1><div>{in_one + story if is_first else story + in_one}</div>"))
    assert [text.count(f"On the {day} day") for day in DAYS] == [1] * 6
    assert len(text.split("\n")) == 6


def test_a_copy_in_one_block_is_looked_for_no_longer_than_a_post_may_be() -> None:
    paragraphs = "".join(f"<p>{'a' * 50}b{'a' * 50}{number}" for number in range(6_000))
    blocks = parse_html(f"<body>{paragraphs}<p>{'ab' * 300_000}").blocks
    texts = {id(block): block.text() for block in blocks}
    begin = time.process_time()
    assert len(shown_once(blocks, texts)) == 6_001
    assert time.process_time() - begin < 1


VERSES = [PARAGRAPH.format(f"{day} rainy") for day in DAYS]
CALLS = PARAGRAPH.format("blue") + PARAGRAPH.format("green")
NOTES = [f"<h3>What I liked</h3>{line}<h3>What I did not</h3>{line.replace('ferry', 'kettle')}" for line in VERSES]


@pytest.mark.parametrize(
    ("text", "again", "times"),
    [
        ("".join(verse + PARAGRAPH.format("last") for verse in VERSES[:-1]), "On the last day", 5),
        (VERSES[0] + CALLS + VERSES[1] + CALLS + VERSES[2] + CALLS, "On the green day", 3),
        ("".join(f"{note}{CALLS}" for note in NOTES), "What I did not", 6),
    ],
    ids=["a refrain", "two refrains", "notes with the same headings and endings"],
)
def test_what_comes_back_among_other_words_is_kept_as_often_as_it_comes(text: str, again: str, times: int) -> None:
    assert text_of(read(plain(text))).count(again) == times


def article(name: str, days: tuple[str, ...], heading: str) -> str:
    return f"<article class={name}>{heading}{''.join(PARAGRAPH.format(f'{name} {day}') for day in days)}</article>"


def test_another_article_with_a_heading_of_its_own_is_another_post() -> None:
    main = article("main", DAYS, "<h1>Waiting for the ferry</h1>")
    head = "<title>Waiting for the ferry</title>"
    other = article("other", DAYS, "<h2>The night train</h2>")
    text = text_of(read(f"<head>{head}</head><body><main>{main}<div>{other}</div></main></body>"))
    assert text.count("On the main") == 6
    assert "On the other" not in text and "night train" not in text


@pytest.mark.parametrize("heading", ["", "<h2>Later that day</h2>"])
def test_a_text_in_many_articles_is_one_where_none_could_stand_alone(heading: str) -> None:
    parts = "".join(article(day, (day,), heading) for day in DAYS)
    title = "<article><h1>Waiting for the ferry</h1></article>"
    html = f"<head><title>Waiting for the ferry</title></head><body><main>{title}{parts}</main></body>"
    text = text_of(read(html))
    assert [text.count(f"On the {day} {day} day") for day in DAYS] == [1] * 6


def test_a_list_is_kept_as_a_whole_or_not_at_all() -> None:
    steps = ("Mix.", "Wait.", "Fold.", "Bake.")
    text = text_of(read(plain(f"{PROSE}<ol>{''.join(f'<li>{step}</li>' for step in steps)}</ol>")))
    assert [step for step in steps if step not in text] == []
    links = "<ul>" + "".join(f"<li><a href=/{n}>Rye rises late, part {n}</a></li>" for n in range(6)) + "</ul>"
    text = text_of(read(plain(PROSE + links)))
    assert [n for n in range(6) if f"part {n}" in text] == []


@pytest.mark.parametrize("behind", ["", PROSE])
def test_a_heading_goes_with_all_that_stands_under_it(behind: str) -> None:
    text = text_of(read(plain(MORE + "<ol><li>Mix.</li><li>Wait.</li><li>Bake.</li></ol>" + MORE + RELATED + behind)))
    assert "Bake." in text
    assert "Story" not in text
    assert "You may also like" not in text
