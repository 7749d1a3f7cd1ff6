"""What the words beside a day say of it: `said_of`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Said = Literal["published", "modified", "other", "nothing"]

# Beginnings of words, the first row that matches speaks; a day with such words before it is the post's, its last
# change's, or no day of the post.
_WORDS: tuple[tuple[Said, str], ...] = (
    (
        "published",
        "publish|posted|veröffentlicht|erstellt|erschienen|publié|mis en ligne|publicad|pubblicat|postad|geplaatst"
        "|gepubliceerd|publicerad|publicerat|publisert|udgivet|julkaistu|opublikowan|dodano|zveřejn|опубликован"
        "|опубліков|yayın|közzétéve|نشر|發布|发布|发表|公開日|投稿日|created|written on",
    ),
    (
        "modified",
        "updat|modif|aktualis|änder|bearbeit|mis à jour|actualiza|atualiza|aggiorna|bijgewerkt|uppdatera|oppdatert"
        "|opdateret|päivitetty|aktualiz|обновл|güncelle|更新|revised|reviewed|edited|last change|correct",
    ),
    (
        "other",
        r"copyright|©|\bjoin|member since|registr|\bevent|deadline|expire|until|\bbis\b|valid|gültig|\bborn\b|geboren"
        r"|last post|\bissue|ausgabe|\bheft|available|verfügbar|retrieved|accessed|abgerufen|\btoday\b|\bheute\b"
        "|version|release",
    ),
)
_PATTERNS = tuple((said, re.compile(words, re.IGNORECASE)) for said, words in _WORDS)


@lru_cache(maxsize=4096)
def said_of(before: str) -> Said:
    """What the words that stand before a day say of it.

    >>> said_of("Zuletzt aktualisiert am"), said_of("Posted on"), said_of("By Bob,")
    ('modified', 'published', 'nothing')
    """
    return next((said for said, pattern in _PATTERNS if pattern.search(before)), "nothing")
