"""Code as it was typed: `restore_code` takes off what highlighters put around it, and finds its language."""

from __future__ import annotations

import re

from scraper.parse.fragment import Fragment, Piece

# Line numbers and buttons: SyntaxHighlighter, Octopress, Rouge, Prism, Pygments, GeSHi, highlight.js, GitHub, Chroma.
NOISE = (
    "td.gutter, .rouge-gutter, .line-numbers-rows, .linenos, .linenodiv, td.line_numbers, .hljs-ln-numbers,"
    " .blob-num, .lnt, pre .ln, pre.lineno, pre .lineno, pre .line-number, .code-toolbar > .toolbar, .copy-code-button,"
    " clipboard-copy, .crayon-toolbar, .crayon-plain-wrap, .crayon-nums"
)
# What holds the code of one block, where it is no pre element or has one in it.
TABLES = (
    ".highlight table, .highlighttable, .codehilitetable, .rouge-table, .hljs-ln, .wp_syntax table, .lntable,"
    " .syntaxhighlighter table, .crayon-table, .blob-wrapper table, .js-file-line-container"
)
LISTS = "ol.linenums, .geshi ol, .geshifilter ol, .dp-highlighter ol, pre ol"
CODE = "pre, code, .crayon-syntax, .geshi, .dp-highlighter"
CRAYON_LANGUAGE = ".crayon-language"

STATED = re.compile(
    r"(?<![\w-])(?:lang|language|brush|(?:highlight-)?source|highlight-text(?:-html)?|geshifilter|highlight)"
    r"\s*[-:]\s*([\w+#]+)"
)
STATED_BY = ("data-language", "data-lang", "data-code-language", "lang")
MARKED = re.compile(r"\b(?:highlight|hljs|geshi|syntaxhighlighter|sourceCode|prettyprint|wp_syntax|CodeMirror)\b")
KNOWN = frozenset(
    "actionscript ada apache applescript arduino asm assembly awk bash basic bat c clojure cmake cobol coffeescript cpp"
    " cs csharp css d dart delphi diff dockerfile elixir elm erlang fortran fsharp glsl go golang gradle graphql groovy"
    " handlebars haskell hcl html http ini java javascript js json jsx julia kotlin latex less lisp lua makefile"
    " markdown matlab nginx nix objc objectivec ocaml pascal perl php plsql powershell prolog python py r racket rb"
    " rst ruby rust sass scala scheme scss sh shell solidity sql svg swift tcl terraform tex toml ts tsx typescript vb"
    " vbnet vim vue wasm xml yaml yml zig zsh".split()
)
NO_LANGUAGE = frozenset("plain text plaintext none nohighlight default source line numbers".split())
LEVELS = 5  # above the code, on which its language may be stated
LONGEST_NAME = 20


def restore_code(fragment: Fragment) -> None:
    """Each block of code becomes one pre element with its text; classes are `language-...` or none at all."""
    if not fragment.has(CODE):
        return
    crayon = {
        box: shown.text() for shown in fragment.pieces(CRAYON_LANGUAGE) if (box := shown.around(".crayon-syntax"))
    }
    fragment.drop(NOISE)
    for box in (*fragment.pieces(TABLES), *fragment.pieces(LISTS)):
        outer = box.around("pre") or box
        if not fragment.holds(outer):
            continue
        inner = [pre for pre in box.select("pre") if pre.text()]
        code = inner[-1] if inner and outer is box else outer
        said = crayon.get(box.around(".crayon-syntax") or box, "").lower()
        place = inner[-1].select_one("code") or inner[-1] if inner else box
        outer.replace("pre", code.code(), _as_class(said if said in KNOWN else _language(place)))
    for pre in fragment.pieces("pre"):
        around = pre.parent()
        if around and around.around("pre"):
            continue
        for line_break in list(pre.select("br")):  # in a pre, text leaves elements out
            line_break.replace_by_text("\n")
        within = pre.select_one("code")
        language = _language(within or pre)
        if pre.select_one("div, p, li") is not None:
            pre.replace("pre", pre.code(), _as_class(language))
            continue
        pre.set("class", None)
        (within or pre).set("class", _as_class(language)["class"])
    for code in fragment.pieces("code[class]"):
        code.set("class", _as_class(_said(code))["class"])


def _as_class(language: str | None) -> dict[str, str | None]:
    return {"class": f"language-{language}" if language else None}


def _language(piece: Piece) -> str | None:
    at: Piece | None = piece
    for _ in range(LEVELS):
        if at is None:
            return None
        language = _said(at)
        if language:
            return language
        at = at.parent()
    return None


def _said(piece: Piece) -> str | None:
    """The language that one element states: in an attribute, in a class made for it, or as a class among others."""
    names = piece.get("class") or ""
    found = STATED.search(names)
    if found:
        name = found[1].lower()
        return name if name not in NO_LANGUAGE and len(name) <= LONGEST_NAME else None
    for attribute in STATED_BY:
        name = (piece.get(attribute) or "").lower()
        if name in KNOWN:
            return name
    if piece.tag in ("pre", "code") or MARKED.search(names):
        return next((name for name in names.lower().split() if name in KNOWN), None)
    return None
