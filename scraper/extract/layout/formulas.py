"""Formulas as the TeX that they were written in, once: `write_formulas`."""

from __future__ import annotations

import re

from scraper.parse.fragment import Fragment

# The whole of one formula, outermost first: KaTeX, MediaWiki, MathJax 3, bare MathML.
WHOLE = ".katex-display, .katex, .mwe-math-element, mjx-container, math"
# What MathJax 2 puts beside the script that holds the source, which the tree has as an element of class `math-tex`.
SHOWN = ".MathJax_Preview, .MathJax, .MathJax_Display, .MathJax_SVG, .MathJax_SVG_Display, .MathJax_CHTML, .mjx-chtml"
SOURCE = "annotation[encoding*=tex]"
PICTURES = "img.latex, img.tex, img[src*=latex]"
FORMULAS = f".math-tex, {WHOLE}, {PICTURES}"  # all that these steps are for
STYLED = re.compile(r"\{\\(?:display|text)style (.*)\}", re.DOTALL)


def write_formulas(fragment: Fragment) -> None:
    if fragment.has(".math-tex"):
        fragment.drop(SHOWN)
    for piece in fragment.pieces(WHOLE):
        if not fragment.holds(piece):  # it went with the one around it
            continue
        source = piece.select_one(SOURCE)
        math = piece if piece.tag == "math" else piece.select_one("math")
        picture = piece.select_one("img")
        tex = source.raw() if source else (math.get("alttext") if math else None) or (picture and picture.get("alt"))
        display = "display" in (piece.get("class") or "") or (math and math.get("display") == "block")
        if tex:
            piece.replace_by_text(_written(tex, display=bool(display)))
        elif math:
            piece.replace_by_text(" ".join(math.raw().split()))
    for picture in fragment.pieces(PICTURES):
        tex = picture.get("alt")
        if tex:
            picture.replace_by_text(_written(tex, display=False))


def _written(tex: str, *, display: bool) -> str:
    tex = tex.strip()
    styled = STYLED.fullmatch(tex)
    tex = " ".join((styled[1] if styled else tex).split())
    if tex.startswith(("$", "\\(", "\\[")):
        return tex
    return f"\\[{tex}\\]" if display else f"\\({tex}\\)"
