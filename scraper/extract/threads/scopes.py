"""Where on a page comments without a name that tells may stand: `scopes`; `heads_thread` says whether they may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.extract.threads.counts import ONES, as_count
from scraper.parse.html import Document
from scraper.parse.node import Node

# Words for comments at the head of a thread.
HEADS = (
    "comments?|responses?|replies|reactions|kommentar(?:e|er|ene)?|kommentit|commentaires?|comentarios?|comentários?"
    "|comentarii|comment[io]|reacties?|komentarze?|komentá[rř]e|komentari|hozzászólások|yorumlar|bình luận|σχόλια"
    "|комментари(?:и|ев|я|й)|коментарі|коментари|コメント|评论|評論|回應|댓글|ความคิดเห็น|تعليقات|التعليقات|نظرات|תגובות"
)
NUMBER = r"(?:\d{1,3}(?:[.,]\d{3})+|\d+)"
HEADING = re.compile(
    rf"\W*(?:{NUMBER}\s*(?:件の|条|個|개의)?\s*|(?:{ONES})\s+)?(?:(?:reader|user)\s+)?(?:{HEADS})"
    rf"(?:\s+(?:on|to|zu|sur|sobre|su|op)\s+.+|\W*(?:{NUMBER}\s*(?:件|条|개)?\W*)?)",
    re.I,
)
COUNTED = re.compile(
    rf"\W*({NUMBER}|(?:{ONES})(?=\s))\s*(?:件の|条|個|개의)?\s*(?:(?:reader|user)\s+)?(?:{HEADS})(?:\W.*)?"
    rf"|\W*(?:{HEADS})\W*({NUMBER})\s*(?:件|条|개)?\W*",
    re.I,
)
HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
TITLES = HEADINGS | {"b", "strong"}
REPLIES = frozenset(
    "reply|reply to this|reply to comment|antworten|antwort|répondre|responder|rispondi|beantwoorden|reageer|svar|svara"
    "|besvar|vastaa|odpowiedz|odpovědět|odpovedať|odgovori|válasz|răspunde|yanıtla|cevapla|balas|trả lời|απάντηση"
    "|ответить|відповісти|отговор|返信|返信する|回复|回覆|답글|ตอบกลับ|الرد|رد|پاسخ|השב|הגב".split("|")
)
OF_NETWORKS = frozenset({"retweet", "retweeten", "retuitear", "repost"})
LONGEST_REPLY = max(map(len, REPLIES))
WORD = re.compile(rf"{HEADS}|respon|repl", re.I)
ASCII_WORD = re.compile("[ck]omm?ent|respon|repl|react|yorumlar", re.I)  # the same for texts in plain letters
LEAST_HEADING, LONGEST_LABEL, LONGEST_TITLE = 2, 60, 160  # characters; a title may quote the post's


def scopes(document: Document, regions: list[Node]) -> Iterator[tuple[Node, int, int]]:
    """Where comments may stand: an element, and from where to where in it."""
    for region in regions:
        if region.end - region.index > 3 and region.tag not in ("form", "body"):
            yield region, region.index, region.end
    for node in document.nodes:
        longest = LONGEST_TITLE if node.tag in TITLES else LONGEST_LABEL
        if LEAST_HEADING <= node.text_length <= longest and (node.tag in TITLES or node.strings_here) and _heads(node):
            for up in node.ancestors():
                if up.end - node.end > 4:
                    yield up, node.end, up.end
                    break
    buttons = _reply_buttons(document)
    if len(buttons) > 1:
        around = next((up for up in buttons[0].ancestors() if up.contains(buttons[-1])), document.body)
        yield around, around.index, around.end


def _reply_buttons(document: Document) -> list[Node]:
    """The elements that say 'Reply' and nothing else; each comment of a thread has one, whatever its classes are.

    So has each post of a network that is shown in the page, with a button to pass it on.
    """
    short = [node for node in document.nodes if 1 < node.text_length <= LONGEST_REPLY and len(node.strings_here) == 1]
    said = [node.strings_here[0].strip().casefold() for node in short]
    if REPLIES.isdisjoint(said) or not OF_NETWORKS.isdisjoint(said):
        return []
    return [node for node, text in zip(short, said, strict=True) if text in REPLIES]


def heads_thread(document: Document) -> bool:
    """Whether a heading of the page says that comments follow, or buttons to answer stand below several."""
    return len(_reply_buttons(document)) > 1 or any(
        node.tag in TITLES and LEAST_HEADING <= node.text_length <= LONGEST_TITLE and _heads(node)
        for node in document.nodes
    )


def counted_in_heading(document: Document, first: Node | None) -> int | None:
    """How many comments the heading over a thread says there are ('25 comments', 'One comment', 'Comments (25)').

    None where there is no such heading, or it has no number.

    :param first: the thread's first comment, which the heading stands before; None: of none is there the only one.
    """
    end = len(document.nodes) if first is None else first.index
    heads = (
        node
        for node in reversed(document.nodes[:end])
        if node.tag in HEADINGS and LEAST_HEADING <= node.text_length <= LONGEST_TITLE and _heads(node)
    )
    nearest = next(heads, None)
    if nearest is None or (first is None and next(heads, None) is not None):
        return None
    found = COUNTED.fullmatch(nearest.text())
    if found is None:
        return None
    number = found[1] or found[2]
    return (as_count(number) if number[0].isdecimal() else 1) or None  # 0: none yet, as far as the script has run


def _heads(node: Node) -> bool:
    is_title = node.tag in TITLES
    pieces = node.strings_here if not is_title or node.end == node.index + 1 else node.pieces()
    if not any(map(_speaks_of_comments, pieces)):
        return False
    return HEADING.fullmatch(node.text() if is_title else node.own_text()) is not None


def _speaks_of_comments(text: str) -> bool:
    return (ASCII_WORD if text.isascii() else WORD).search(text) is not None
