"""Code has its text exactly, once, without line numbers and buttons, and its language where one is stated."""

from __future__ import annotations

import pytest

from scraper.extract.layout.render import Rendered, render
from scraper.parse.html import parse_html

LINES = "if a:\n    b = 1"
TABLE = "<table><tr><td class='gutter'><pre>{numbers}</pre></td><td class='code'><pre>{code}</pre></td></tr></table>"


def rendered(html: str) -> Rendered:
    return render(parse_html(f"<article>{html}</article>").select("article")[0], "https://blog.example/a/")


def as_code(language: str | None, *, within: bool = False) -> str:
    stated = f' class="language-{language}"' if language else ""
    return f"<pre><code{stated}>{LINES}</code></pre>" if within else f"<pre{stated}>{LINES}</pre>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<pre><code class='hljs language-python'>{LINES}</code></pre>", as_code("python", within=True)),
        ("<pre><code class='hljs python'><span class=hljs-keyword>if</span> a:\n    b = 1</code></pre>", "python"),
        (
            f"<pre class='line-numbers lang-py'><code class=lang-py>{LINES}<span class=line-numbers-rows>1 2</span>",
            "py",
        ),
        (f"<pre class='brush: python; title: ; notranslate' title=''>{LINES}</pre>", as_code("python")),
        (
            f"<div class='highlight highlight-source-python'><pre>{LINES}</pre><clipboard-copy>Copy</clipboard-copy></div>",
            0,
        ),
        (
            "<div class=highlight-python><pre><span class=linenos>1</span>if a:\n<span class=linenos>2</span>    b = 1</pre>",
            0,
        ),
        (f"<pre class=shiki data-language=python><code>{LINES}</code></pre>", as_code("python", within=True)),
        (f"<pre><code>{LINES}</code></pre>", as_code(None, within=True)),
        ("<pre><span>if a:</span><br><span>    b = 1</span></pre>", as_code(None)),
        (f"<pre class='wp-block-code language-none'><code lang=en>{LINES}</code></pre>", as_code(None, within=True)),
    ],
)
def test_a_pre_element_keeps_its_text_and_names_its_language(html: str, expected: str | int) -> None:
    if isinstance(expected, int):
        expected = as_code("python")
    elif not expected.startswith("<"):
        expected = as_code(expected, within=True)
    made = rendered(html)
    assert (made.html, made.text) == (expected, LINES)


@pytest.mark.parametrize(
    ("name", "html", "language"),
    [
        ("Octopress", f"<figure class=highlight>{TABLE.format(numbers='1<br>2', code='if a:<br>    b = 1<br>')}</figure>", None),
        ("Pygments", "<table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre>1\n2</pre></div></td>"
         f"<td class=code><div class='highlight python'><pre>{LINES}</pre></div></td></tr></table>", "python"),
        ("WP-Syntax", "<div class=wp_syntax><table><tr><td class=line_numbers><pre>1\n2\n</pre></td>"
         f"<td class=code><pre class=python style='font-family:monospace'>{LINES}</pre></td></tr></table></div>", "python"),
        ("Rouge", "<div class='language-python highlighter-rouge'><div class=highlight><pre class=highlight><code><table"
         " class=rouge-table><tr><td class='rouge-gutter gl'><pre class=lineno>1\n2\n</pre></td><td class=rouge-code>"
         f"<pre>{LINES}\n</pre></td></tr></table></code></pre></div></div>", "python"),
        ("highlight.js", "<pre><code class='hljs python'><table class=hljs-ln><tr><td class=hljs-ln-numbers>1</td><td>if a:"
         "</td></tr><tr><td class=hljs-ln-numbers>2</td><td>    b = 1</td></tr></table></code></pre>", "python"),
        ("Chroma", "<div class=highlight><table class=lntable><tr><td><pre><code><span class=lnt>1\n</span><span class=lnt>2"
         f"</span></code></pre></td><td><pre><code class=language-python>{LINES}</code></pre></td></tr></table></div>", "python"),
        ("SyntaxHighlighter", "<div class='syntaxhighlighter python'><table><tr><td class=gutter><div class=line>1</div><div>2"
         "</div></td><td class=code><div class=container><div class=line><code>if</code>&nbsp;<code>a:</code></div><div"
         " class=line><code>&nbsp;&nbsp;&nbsp;&nbsp;</code><code>b = 1</code></div></div></td></tr></table></div>", "python"),
        ("GeSHi", "<div class='geshi python'><ol><li class=li1><div class=de1>if a:</div></li><li><div class=de1>&nbsp;&nbsp;"
         "&nbsp; b = 1</div></li></ol></div>", "python"),
        ("Crayon", "<div class=crayon-syntax><div class=crayon-toolbar><span class=crayon-language>Python</span></div><div"
         " class=crayon-plain-wrap><textarea>if a:</textarea></div><table class=crayon-table><tr><td class=crayon-nums><div>1"
         "</div></td><td class=crayon-code><div class=crayon-pre><div class=crayon-line>if<span> </span>a:</div><div"
         " class=crayon-line>    b = 1</div></div></td></tr></table></div>", "python"),
        ("lines as blocks", "<pre data-language=python><code><div class=ec-line><div class=code>if a:</div></div><div"
         " class=ec-line><div class=code>    b = 1</div></div></code></pre>", "python"),
    ],
    ids=lambda value: value if value and "<" not in value else "",
)  # fmt: skip
def test_what_a_highlighter_made_becomes_one_block(name: str, html: str, language: str | None) -> None:
    made = rendered(f"<p>Before</p>{html}<p>After</p>")
    assert as_code(language) in made.html
    assert made.text == f"Before\n{LINES}\nAfter"


def test_empty_lines_of_code_stay() -> None:
    made = rendered("<pre><div>a</div><div></div>\n<div>b</div></pre><pre>c\n\n\nd</pre>")
    assert made.html == "<pre>a\n\nb</pre><pre>c\n\n\nd</pre>"


def test_two_tables_in_one_block_are_both_kept() -> None:
    made = rendered("<pre><table class=hljs-ln><tr><td>a</table><table class=hljs-ln><tr><td>b</table></pre>")
    assert made.text == "a\nb"


def test_inline_code_keeps_a_stated_language_only() -> None:
    made = rendered("<p><code class='language-css x'>a</code> <code class=fancy>b</code></p>")
    assert made.html == '<p><code class="language-css">a</code> <code>b</code></p>'
