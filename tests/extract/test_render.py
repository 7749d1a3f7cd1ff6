"""Text has one block a line; HTML has known tags only, and nothing that a browser would run."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extract.layout.render import Rendered, render, sanitise
from scraper.parse.html import parse_html

ACTIVE = re.compile(
    r"<(?:script|style|iframe|object|embed|form|svg|math)|\son\w+\s*=|(?:javascript|vbscript|data):", re.I
)
PLAIN = (
    "<p> </p> <a href='javascript:x()'> </a> <img/src=x onerror=x()> <svg><script> </script> <style> </svg> <math> <mtext> "
    "<b onclick=x()> </b> <table> <td> &lt;script&gt; <iframe src='data:text/html,x'> <!-- --> <noscript> <pre> </pre> text "
    "<a href=' java\tscript:x()'> <template> <form> <textarea> </textarea> <![CDATA[ ]]> <figure> <figcaption> \" '".split(
        " "
    )
)
STRUCTURED = (
    "<div> </div> <ol> <li> <dl> <dd> <blockquote> </blockquote> <noscript><img/src=n.png></noscript> <object/data=o> </object>"
    " <script/type=math/tex> <div/dir=rtl/class=wp-caption> <p/class=wp-caption-text> <a/href=#t/id=t> <span/id=t> <h2>"
    " <table/class=hljs-ln> <ol/class=linenums> <picture> <source/srcset=s.png> <annotation/encoding=application/x-tex>"
    " <table/role=none> <caption> <th> </table> <span/class=katex> <img/class=latex/alt=x> <div/class=math-tex> <rp>".split()
)
PIECES = st.sampled_from(PLAIN)
ALL_PIECES = st.sampled_from([*PLAIN, *STRUCTURED])


def rendered(html: str, base: str | None = "https://blog.example/a/") -> Rendered:
    return render(parse_html(html).body, base)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two", "One\nTwo"),
        ("<ul><li>One<li>Two</ul>", "One\nTwo"),
        ("<p>One <b>bold</b>\n word</p>", "One bold word"),
        ("<b>On</b>e", "One"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>One</p><script>x()</script><style>p{}</style>", "One"),
        ("<p> </p><div></div>", ""),
        ("<table role=none><caption>One</caption><tr><td>two</table>", "One\ntwo"),
    ],
)
def test_text_has_one_block_a_line(html: str, text: str) -> None:
    assert rendered(html).text == text


@given(st.lists(ALL_PIECES, max_size=25).map(" ".join))
def test_nothing_executable_is_left(html: str) -> None:
    made = rendered(html)
    tags = " ".join(re.findall(r"<[^>]*>", made.html))
    assert not ACTIVE.search(re.sub(r'"https?://[^"]*"', '""', tags))  # a path may hold any word
    assert all(re.match(r"https?://", link.url) for link in made.links)
    assert all(re.match(r"https?://", image.url) for image in made.images)


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_sanitising_twice_changes_nothing(html: str) -> None:
    once = sanitise(html)
    if re.search(r"<a\b[^>]*>(?:(?!</a>).)*<(?:a|table)\b", once, re.S):
        return  # a link that is open where a table begins is nested anew by every parser of HTML
    assert sanitise(once) == once


def test_links_and_images_are_absolute_and_lazy_ones_are_found() -> None:
    made = rendered(
        "<a href=../b>x</a><img src='data:image/gif;base64,x' data-src=c.png alt=y><iframe src=//v.example/1></iframe>"
    )
    assert [link.url for link in made.links] == ["https://blog.example/b", "https://v.example/1"]
    assert [(image.url, image.alt) for image in made.images] == [("https://blog.example/a/c.png", "y")]


@pytest.mark.parametrize(
    "html",
    [
        "<ol start=3 reversed type=a><li value=7>One<ul><li>In</li></ul></li><li>Two</li></ol>",
        '<blockquote cite="https://a.example/b"><p>Said</p></blockquote>',
        '<table><caption>All</caption><thead><tr><th scope="col" colspan="2">H</th></tr></thead><tbody><tr><th scope="row">r</th>'
        '<td rowspan="2">1</td></tr></tbody></table>',
        '<p><abbr title="World">W</abbr> <bdo dir="rtl">x</bdo> <ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>',
        "<details><summary>More</summary><p>There</p></details>",
        "<dl><dt>Term</dt><dd>Said of it</dd></dl>",
    ],
)
def test_what_blocks_mean_is_kept(html: str) -> None:
    made = rendered(html).html.replace(' reversed=""', " reversed")
    assert re.sub(r'="(\w+)"', r"=\1", made) == re.sub(r'="(\w+)"', r"=\1", html)


def test_blocks_without_a_meaning_stay_apart() -> None:
    made = rendered(
        "<div>One</div><div>Two<br>three</div><section><div>Four</div></section><a href=/x><div>5</div><div>6</div>"
    )
    assert made.html.startswith("<p>One</p><p>Two<br>three</p><p>Four</p><a ")
    assert "<p>5</p><p>6</p>" in made.html
    assert rendered("<div><div>\n</div><p>x</p></div>").html == "<p>x</p>"


def test_signs_that_link_to_a_heading_are_no_part_of_it() -> None:
    made = rendered("<h2 id=a>Sub <a href=#a>¶</a></h2><p>See <a href=/b>#</a></p>")
    assert (made.text, [link.text for link in made.links]) == ("Sub\nSee #", ["#"])
    made = rendered("<p><a href=#p7>¶</a> Seven ¶ <a href=/b>¶</a></p>")
    assert made.text == "Seven ¶ ¶"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><caption>All</caption><tr><th>a<th>b<tr><td>1<td>2</table>", "All\na b\n1 2"),
        ("<table role=presentation><tr><td>a<td>b</table>", "a\nb"),
        ("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", "One\nTwo"),
        ("<table><tr><td><h2>A</h2>x</td><td>y</td></tr></table>", "A\nx\ny"),
        ("<table><tr><td>x<table><tr><th>a<th>b<tr><td>1<td>2</table></td><td>y</td></table>", "x\na b\n1 2\ny"),
    ],
)
def test_tables_of_data_stay_tables_and_others_are_blocks(html: str, text: str) -> None:
    made = rendered(html)
    assert made.text == text
    assert ("<table>" in made.html) == ("<th>" in html)


@pytest.mark.parametrize(
    "html",
    [
        "<div class='wp-caption alignleft'><a href=b.jpg><img src=a.png></a><p class=wp-caption-text>Two loaves</p></div>",
        "<dl class=wp-caption><dt><img src=a.png></dt><dd class=wp-caption-dd>Two loaves</dd></dl>",
        "<table class=tr-caption-container><tr><td><a href=b.jpg><img src=a.png></a><tr><td class=tr-caption>Two loaves</table>",
        "<div class=field><img src=a.png><blockquote class=image-field-caption><p>Two loaves</p></blockquote></div>",
        "<span class='inline inline-left'><img src=a.png><span class=caption><b>Two loaves</b></span></span>",
        "<figure class='kg-card kg-image-card'><img src=a.png><figcaption>Two loaves</figcaption></figure>",
    ],
)
def test_captions_of_every_make_become_figures(html: str) -> None:
    made = rendered(f"<p>Before</p>{html}<p>After</p>")
    assert [image.caption for image in made.images] == ["Two loaves"]
    assert re.search(r"<figure>.*<img .*<figcaption>.*Two loaves.*</figcaption></figure>", made.html)
    assert made.text == "Before\nTwo loaves\nAfter"


def test_a_caption_that_stands_with_other_text_takes_none_of_it() -> None:
    made = rendered("<div>Words <img src=a.png> <p class=wp-caption-text>Two loaves</p></div>")
    assert [image.caption for image in made.images] == [None]


@pytest.mark.parametrize(
    ("html", "ids"),
    [
        ("<p>a<sup id='fnref:1'><a href='#fn:1'>1</a></sup><ol><li id='fn:1'>Note <a href='#fnref:1'>↩</a></ol>", 2),
        ("<p>a<a name=_ftnref1 href=#_ftn1>[1]</a><p><a name=_ftn1 href=#_ftnref1>[1]</a> Note", 2),
        ("<p>a<a href='https://blog.example/a/#n1'>1</a><div id=n1>Note</div>", 1),
        ("<p>a<a href=#n1>1</a><p><span id=n1>1</span> Note", 1),
    ],
)
def test_footnotes_lead_to_their_notes(html: str, ids: int) -> None:
    made = rendered(html + "<p id=other>b")
    places = re.findall(r' id="([^"]+)"', made.html)
    assert len(places) == ids
    assert sorted(places) == sorted(re.findall(r'href="#([^"]+)"', made.html))
    assert all(link.url.startswith("https://blog.example/a/#") for link in made.links)


def test_a_place_that_is_not_in_the_text_is_linked_on_its_page() -> None:
    assert 'href="https://blog.example/a/#gone"' in rendered("<p>a<a href=#gone>1</a>").html


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (
            "<iframe src=//www.youtube-nocookie.com/embed/abcdefghijk?rel=0></iframe>",
            "https://www.youtube.com/watch?v=abcdefghijk",
        ),
        ("<lite-youtube videoid=abcdefghijk></lite-youtube>", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("<iframe data-src=https://player.vimeo.com/video/12?h=3></iframe>", "https://vimeo.com/12"),
        (
            "<object><param name=movie value=http://www.youtube.com/v/abcdefghijk></object>",
            "https://www.youtube.com/watch?v=abcdefghijk",
        ),
        ("<object data=g.pdf><p>No viewer</p></object>", "https://blog.example/a/g.pdf"),
        ("<embed src=/f.swf>", "https://blog.example/f.swf"),
        ("<video><source src=a.mp4><source src=a.webm>Not supported</video>", "https://blog.example/a/a.mp4"),
        ("<audio src=b.mp3>Not supported</audio>", "https://blog.example/a/b.mp3"),
        ("<script src=https://gist.github.com/ann/12ab.js></script>", "https://gist.github.com/ann/12ab"),
    ],
)
def test_embeds_are_links_to_where_a_person_can_see_them(html: str, url: str) -> None:
    made = rendered(f"<p>a</p>{html}<p>b</p>")
    assert [link.url for link in made.links] == [url]
    assert f'<p><a href="{url}" rel="nofollow noopener">{url}</a></p>' in made.html
    assert made.text == "a\nb"


def test_an_embedded_post_is_a_quote_with_its_link() -> None:
    made = rendered(
        "<blockquote class=twitter-tweet><p>Said</p>— Ann <a href=https://t.example/1>May 1</a></blockquote><script src=w.js></script>"
    )
    assert made.text == "Said\n— Ann May 1"
    assert [link.url for link in made.links] == ["https://t.example/1"]


def test_the_title_of_an_embed_names_its_link() -> None:
    made = rendered("<iframe src=https://v.example/1 title='A film'></iframe>")
    assert ">A film</a>" in made.html
    assert made.links[0].text == "A film"


def test_the_direction_of_writing_is_kept() -> None:
    assert rendered("<div dir=rtl><div><p>א</p></div><p dir=ltr>b</p></div>").html.count("dir=") == 2
    page = parse_html("<html dir=rtl><body><article><p>א</p><p>ב</p></article>")
    assert render(page.select("article")[0], None).html == '<p dir="rtl">א</p><p dir="rtl">ב</p>'
    assert "dir" not in render(parse_html("<html dir=ltr><p>a</p>").body, None).html


def test_lines_of_languages_without_spaces_are_joined_without_one() -> None:
    assert (
        rendered("<p>毎朝\n  書かれ、\n毎晩。\nAnd then</p><p>한국\n말</p>").text
        == "毎朝書かれ、毎晩。 And then\n한국 말"
    )
    assert rendered("<pre>毎朝\n毎晩</pre>").text == "毎朝\n毎晩"


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ("<img src=blank.gif data-src=a.png>", "a.png"),
        ("<img data-lazy-src=a.png src='data:image/gif;base64,x'>", "a.png"),
        ("<img srcset='a-300.png 300w, a-900.png 900w, a-600.png 600w'>", "a-900.png"),
        ("<img src=data:, data-srcset='a.png 1x,b.png 1.5x'>", "b.png"),
        ("<picture><source srcset='a.webp 1x'><img alt=x></picture>", "a.webp"),
        ("<picture><source srcset='a.webp 1x'><img src=b.png></picture>", "b.png"),
        ("<img src=data:, class=lazy><noscript><img src=a.png></noscript>", "a.png"),
        ("<img src=blank.gif> <noscript><img src=a.png></noscript>", "a.png"),
        ("<span>b</span><noscript><img src=a.png></noscript>", "a.png"),
        ("<noscript><img src=count.gif width=1 height=1></noscript>", ""),
        ("<noscript>Switch it on <img src=a.png></noscript>", ""),
        ("<amp-img src=a.png></amp-img>", "a.png"),
        ("<img src='data:image/png;base64,x'><img>", ""),
    ],
)
def test_pictures_are_found_where_they_wait(html: str, urls: str) -> None:
    made = rendered(f"<p>a</p>{html}")
    assert [image.url for image in made.images] == [f"https://blog.example/a/{name}" for name in urls.split()]
    assert made.html.count("<img ") == len(made.images)


@pytest.mark.parametrize(
    "html",
    [
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<object data='data:text/html,<script>alert(1)</script>'></object>",
        "<embed src='javascript:alert(1)'>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<math><annotation encoding=application/x-tex>&lt;img src=x onerror=alert(1)&gt;</annotation></math>",
        "<script type=math/tex>&lt;/script&gt;<img src=x onerror=alert(1)></script>",
        "<noscript><img src=x onerror=alert(1)></noscript>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<pre class='language-x\" onclick=alert(1)'>x</pre>",
        "<pre><div>&lt;script&gt;alert(1)&lt;/script&gt;</div></pre>",
        "<p dir='\" onclick=alert(1)'>x</p><ol start='\" onclick=alert(1)'><li>x</ol>",
        "<a href='#\"><img/onerror=alert(1)>' id='\"><img/onerror=alert(1)>'>x</a>",
        "<iframe src=https://v.example title='<img src=x onerror=alert(1)>'></iframe>",
        "<lite-youtube videoid='\"><script>alert(1)</script>'></lite-youtube>",
        "<blockquote cite='javascript:alert(1)'>x</blockquote>",
        "<img srcset='javascript:alert(1) 2x'>",
        "<a href=x style='background:url(javascript:alert(1))' onmouseover=alert(1)>x</a>",
        "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
        "<style>@import 'javascript:alert(1)';</style><link rel=stylesheet href='javascript:alert(1)'>",
        "<base href='javascript:alert(1)'><meta http-equiv=refresh content='0;javascript:alert(1)'>",
        "<template><script>alert(1)</script></template><xmp><script>alert(1)</script></xmp>",
        "<table background='javascript:alert(1)'><tr><td>x</table>",
        "<video poster='javascript:alert(1)'><source src='javascript:alert(1)' onerror=alert(1)></video>",
    ],
)
def test_no_attack_survives(html: str) -> None:
    tags = re.findall(r"<[^>]*>", rendered(html).html)
    assert not [
        tag for tag in tags if ACTIVE.search(re.sub(r'"[^"]*"', lambda value: value[0].replace(" on", ""), tag))
    ]
    assert not [tag for tag in tags if re.search(r"(?:href|src|cite)=\"(?!https?://|#)", tag)]


def test_a_figures_caption_goes_with_its_images() -> None:
    made = rendered("<figure><img src=a.png><img src=b.png><figcaption>Two loaves</figcaption></figure><img src=c.png>")
    assert [image.caption for image in made.images] == ["Two loaves", "Two loaves", None]


@pytest.mark.parametrize("url", ["http://[", "javascript:x()", "mailto:a@b.example", "", "data:,x"])
def test_what_is_no_web_address_links_nowhere(url: str) -> None:
    made = rendered(f"<a href='{url}'>x</a><img src='{url}'><iframe src='{url}'></iframe>", None)
    assert (made.links, made.images, made.text) == ((), (), "x")
