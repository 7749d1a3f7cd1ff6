"""A formula is its TeX, once, whatever a page shows beside it."""

from __future__ import annotations

import pytest

from scraper.extract.layout.render import render
from scraper.parse.html import parse_html

MATH = (
    "<math {attributes}><semantics><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>"
    "<annotation encoding='application/x-tex'>{tex}</annotation></semantics></math>"
)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (MATH.format(attributes="", tex="a+b"), r"\(a+b\)"),
        (MATH.format(attributes="display=block", tex="a+b"), r"\[a+b\]"),
        ("<math alttext='{\\displaystyle a+b}'><mi>a</mi></math>", r"\(a+b\)"),
        ("<math><mi>a</mi><mo>+</mo><mi>b</mi></math>", "a+b"),
        (f"<span class=katex><span class=katex-mathml>{MATH.format(attributes='', tex='a+b')}</span><span class=katex-html"
         " aria-hidden=true><span>a</span><span>+</span><span>b</span></span></span>", r"\(a+b\)"),
        (f"<span class=katex-display><span class=katex>{MATH.format(attributes='', tex='a+b')}<span>a+b</span></span></span>",
         r"\[a+b\]"),
        ("<span class=MathJax_Preview>a+b</span><span class=MathJax><nobr>a+b</nobr></span><script type='math/tex'>a+b</script>",
         r"\(a+b\)"),
        ("<script type='math/tex; mode=display'> a+b </script>", r"\[a+b\]"),
        ("<mjx-container><mjx-math>a+b</mjx-math><mjx-assistive-mml><math><mi>a</mi><mo>+</mo><mi>b</mi></math>"
         "</mjx-assistive-mml></mjx-container>", "a+b"),
        (f"<span class=mwe-math-element><span style='display: none'>{MATH.format(attributes='', tex='a+b')}</span>"
         "<img src=/m.svg class=mwe-math-fallback-image-inline alt='{\\displaystyle a+b}'></span>", r"\(a+b\)"),
        ("<img src='/latex.php?latex=a%2Bb' alt='a+b' class=latex>", r"\(a+b\)"),
        ("<img src='/latex/1.png' alt='$a+b$'>", "$a+b$"),
        (r"\(a+b\)", r"\(a+b\)"),
    ],
)  # fmt: skip
def test_formulas_are_written_once(html: str, shown: str) -> None:
    made = render(parse_html(f"<p>so {html} ok</p>").body, None)
    assert made.text == f"so {shown} ok"
    assert made.html == f"<p>so {shown} ok</p>"
    assert made.images == ()


def test_what_mathjax_shows_stays_where_its_source_is_gone() -> None:
    assert render(parse_html("<p><span class=MathJax>a+b</span></p>").body, None).text == "a+b"
