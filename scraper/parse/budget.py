"""How much of a page is read: `within_budget` cuts hostile and broken pages before a tree is made of them.

Of 2,641 real pages the largest has 2.0 million characters without its scripts, the fullest 20,000 tags. A tag costs
about a kilobyte of memory and up to 25 microseconds in all steps together. What no reader sees (files inside the page
as data: addresses, endless attributes, scripts) goes first.
"""

from __future__ import annotations

import re
from collections import Counter

LARGE = 1_000_000  # characters; what is smaller is only counted
MAX_CHARACTERS = 2_500_000
MAX_TAGS = 80_000  # opening and closing
LONGEST_TAG = 65_536  # characters
CODE = re.compile(r"<!--|<(script|style)\b[^<>]*>", re.I)
CODE_END = {"": re.compile("-->"), "script": re.compile("</script", re.I), "style": re.compile("</style", re.I)}
DATA_ADDRESS = re.compile(r"data:[^\"'()<>\s]{1000,}")
FEW_TAGS = 1_000  # which can make no more than 250,000 elements
MOST_ELEMENTS = 400_000
MOST_ALIKE = 3  # of the same tag and attributes that HTML opens anew
FORMATS = "b i u s em tt big code font nobr small strike strong".split()
# In any case, and most tags told by their first letter; so written, it takes a third of the plain pattern's time.
_LETTERS = "".join(sorted({letter for name in FORMATS for letter in (name[0], name[0].upper())}))
_NAMES = f"(?=[{_LETTERS}])(?:{'|'.join(''.join(f'[{one}{one.upper()}]' for one in name) for name in FORMATS)})"
OPENED = re.compile(rf"<{_NAMES}[\s/>]")
OPENED_WHOLE = re.compile(rf"<{_NAMES}(?:[\s/][^<>]*)?>")
FORMATTING = re.compile(rf"(</?){_NAMES}(?=[\s/>])")
LONG_TAG = re.compile(rf"<(/?[a-zA-Z][^\s<>/]{{0,40}})[^<>]{{{LONGEST_TAG},}}>?")


def within_budget(text: str) -> tuple[str, tuple[str, ...]]:
    """As much of a page's source as is read, and a notice for each thing that was cut.

    >>> within_budget("<p>short")
    ('<p>short', ())
    """
    notices: list[str] = []
    if len(text) > LARGE:
        text = DATA_ADDRESS.sub(_without_data, text)
        text, cut = _without_long_tags(text)
        notices += [f"cut: attributes of {cut} tags longer than {LONGEST_TAG:,} characters"] if cut else []
    if len(text) > MAX_CHARACTERS:
        text = _without_code(text)
    tags = text.count("<")
    if tags > MAX_TAGS:
        notices.append(f"cut: after {MAX_TAGS:,} of {tags:,} tags")
        text = text[: _place_of_tag(text, MAX_TAGS)]
    if _multiplies(text, tags):
        notices.append("cut: formatting elements, of which each block repeats many")
        text = FORMATTING.sub(r"\1span", text)  # which does not multiply, wherever the tag ends
    kept, cut_off = within_characters(text)
    return (_without_torn_tag(kept) if cut_off else kept), (*notices, *cut_off)


def within_characters(text: str) -> tuple[str, tuple[str, ...]]:
    """The first MAX_CHARACTERS of a text, and a notice where that is not all."""
    if len(text) <= MAX_CHARACTERS:
        return text, ()
    return text[:MAX_CHARACTERS], (f"cut: after {MAX_CHARACTERS:,} of {len(text):,} characters",)


def _multiplies(text: str, tags: int) -> bool:
    """Whether the tree may have very many more elements than the source has tags.

    HTML opens bold, italic and the like anew in every block until they are closed. What closes them cannot be told
    without a tree, so all that are different may be open; two of 2,707 real pages have that many.
    """
    if tags <= FEW_TAGS:
        return False
    opened = len(OPENED.findall(text))
    if opened * tags <= MOST_ELEMENTS:
        return False
    whole = OPENED_WHOLE.findall(text)
    different = sum(min(count, MOST_ALIKE) if _is_plain(tag) else count for tag, count in Counter(whole).items())
    return (different + opened - len(whole)) * tags > MOST_ELEMENTS


def _is_plain(tag: str) -> bool:
    """Whether the tag certainly ends where it seems to: a '>' in quotes does not end one."""
    quotes, apostrophes = tag.count('"'), tag.count("'")
    return not (quotes and apostrophes) and quotes % 2 == 0 and apostrophes % 2 == 0


def _without_long_tags(text: str) -> tuple[str, int]:
    """The source with the longest tags emptied, and how many there were. Only stretches without a '>' are looked at."""
    parts: list[str] = []
    cut = end = at = 0
    while at + LONGEST_TAG <= len(text):
        last = text.rfind(">", at, at + LONGEST_TAG)
        if last >= 0:
            at = last + 1
            continue
        closing = text.find(">", at + LONGEST_TAG)
        stop = len(text) if closing < 0 else closing + 1
        stretch, emptied = LONG_TAG.subn(r"<\1>", text[at:stop])
        if emptied:
            parts += (text[end:at], stretch)
            end, cut = stop, cut + emptied
        at = stop
    return ("".join((*parts, text[end:])) if cut else text), cut


def _without_data(address: re.Match[str]) -> str:
    """An empty address in place of a file's; in running text it is no address, and stays."""
    before = address.string[max(0, address.start() - 1) : address.start()]
    return "data:," if before in ("'", '"', "(", "=") else address[0]


def _without_code(text: str) -> str:
    """The source without its comments, scripts and style sheets, but for scripts that hold data; in one pass."""
    parts: list[str] = []
    end = 0
    for opening in CODE.finditer(text):
        if opening.start() < end or "json" in opening[0].lower():
            continue
        closing = CODE_END[(opening[1] or "").lower()].search(text, opening.end())
        if closing is None:
            break
        parts.append(text[end : opening.start()])
        end = closing.end() if opening[1] is None else closing.start()
    return "".join((*parts, text[end:]))


def _place_of_tag(text: str, number: int) -> int:
    """Where the tag after the first `number` begins."""
    return len(text) - len(text.split("<", number + 1)[-1]) - 1


def _without_torn_tag(text: str) -> str:
    opened = text.rfind("<")
    return text[:opened] if opened > text.rfind(">") else text
