"""The words that structure a page saved as plain text: labels in the languages of common blog software, as data.

A label is a whole line. What it opens or names is its kind; how far it reaches is its reach:
'line' only itself, 'value' the line's rest or the next line, 'list' short lines after it, 'rest' all up to the next
label, 'zone' a part of the page that is kept (the author's box, the comments).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Reach = Literal["line", "value", "list", "rest", "zone"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label found on a line, with the value that stands on the same line, if any."""

    kind: str
    reach: Reach
    value: str | None = None


# (kind, reach): phrases, in lower case, without a closing colon
PHRASES: dict[tuple[str, Reach], str] = {
    ("skip_link", "line"): (
        "skip to main content|skip to content|skip to navigation|jump to navigation|zum inhalt springen|"
        "aller au contenu|saltar al contenido|vai al contenuto|direkt zum inhalt|spring naar inhoud"
    ),
    ("menu", "line"): (
        "authenticated user menu|user menu|main menu|main navigation|menu|home|navigation|primary menu|"
        "breadcrumb|you are here|startseite|hauptmenü|accueil|inicio|toggle navigation|user account menu|"
        "secondary menu"
    ),
    ("search", "line"): (
        "search|search form|search this site|search for|suche|suchen|rechercher|recherche|buscar|cerca|zoeken"
    ),
    ("login_prompt", "line"): (
        "log in|login|log in or register|sign in|register|anmelden|einloggen|connexion|se connecter|"
        "iniciar sesión|accedi|inloggen|subscribe|log out|my account"
    ),
    ("tool", "line"): (
        "print|email|e-mail this|print this page|drucken|imprimer|imprimir|stampa|pdf|save|bookmark|"
        "permalink|edit|advertisement|anzeige|publicité|publicidad|continue reading|read more|back to top|"
        "nach oben"
    ),
    ("comment_count", "value"): (
        "number of comments|comment count|anzahl der kommentare|nombre de commentaires|número de comentarios|"
        "numero di commenti|aantal reacties|total comments"
    ),
    ("view_count", "value"): (
        "total views|views|page views|number of views|reads|aufrufe|vues|lecturas|visite|weergaven"
    ),
    ("tags", "value"): (
        "tags|tag|tagged|tagged with|tagged as|filed under tags|schlagwörter|schlagworte|étiquettes|"
        "etiquetas|mots-clés|parole chiave|trefwoorden|topics|keywords"
    ),
    ("categories", "value"): (
        "categories|category|posted in|filed under|kategorien|kategorie|catégories|catégorie|categorías|"
        "categoría|categorie|categorias|rubrik|veröffentlicht in"
    ),
    ("author", "zone"): (
        "about the author|about the writer|author|about author|über den autor|über die autorin|"
        "à propos de l'auteur|à propos de l’auteur|sobre el autor|sobre la autora|sobre o autor|sull'autore|"
        "over de auteur|om författaren"
    ),
    ("comments", "zone"): (
        "comments|comment|kommentare|commentaires|comentarios|comentários|commenti|reacties|kommentarer|"
        "komentarze|responses|discussion|комментарии|コメント|评论"
    ),
    ("jobs", "list"): "jobs|featured jobs|latest jobs|job board|stellenangebote|emplois|empleos",
    ("related", "list"): (
        "related content|related|related posts|related articles|you may also like|you might also like|"
        "more from this author|ähnliche beiträge|das könnte dich auch interessieren|articles similaires|"
        "sur le même thème|entradas relacionadas|artículos relacionados|articoli correlati|gerelateerd|"
        "verwandte artikel|more like this"
    ),
    ("share", "list"): (
        "share|share this|share this post|share on|teilen|teilen mit|partager|partager cet article|compartir|"
        "comparte esto|condividi|delen|like this|gefällt mir|follow us|social media"
    ),
    ("menu", "list"): (
        "post navigation|beitragsnavigation|navigation de l’article|navegación de entradas|recent posts|"
        "recent comments|archives|blogroll|meta|links|neueste beiträge|neueste kommentare|archiv|"
        "articles récents|entradas recientes|popular posts|blog archive|followers|pages|most read|"
        "most popular"
    ),
    ("newsletter", "list"): (
        "newsletter|sign up for our newsletter|subscribe to our newsletter|follow blog via email|"
        "subscribe to blog via email|get new posts by email"
    ),
    ("comment_form", "rest"): (
        "leave a reply|leave a comment|post a comment|add new comment|add a comment|add comment|"
        "write a comment|submit a comment|cancel reply|schreibe einen kommentar|kommentar schreiben|"
        "kommentar hinterlassen|laisser un commentaire|deja una respuesta|deja un comentario|"
        "lascia un commento|geef een reactie|join the conversation|deixe um comentário|lämna ett svar|"
        "dodaj komentarz|antwort hinterlassen|comments are closed|comments closed"
    ),
    ("footer", "rest"): ("footer|footer menu|privacy policy|terms and conditions|impressum|contact us|cookie policy"),
}

# shapes of a label: (kind, reach, pattern of the whole line); a group 'value' is the label's value
SHAPES: tuple[tuple[str, Reach, str], ...] = (
    (
        "login_prompt", "line",
        r"(?:(?:log ?in|sign in) )?(?:or )?(?:log ?in|sign in|register)(?: or (?:register|log ?in|sign up))? "
        r"(?:to|in order to) (?:add|post|leave|write|submit|make)(?: a| your)? ?comments?\.?",
    ),
    ("login_prompt", "line", r"you must be (?:logged|signed) in to (?:post|add|leave|reply).*"),
    ("login_prompt", "line", r"(?:melde dich an|anmelden),? um (?:einen )?kommentare? .*"),
    ("login_prompt", "line", r"(?:connectez|identifiez)-vous pour .*comment.*"),
    ("login_prompt", "line", r"inicie sesión (?:o regístrese )?para (?:enviar|comentar).*"),
    (
        "comments", "zone",
        r"(?P<value>\d[\d.,]*|one|no|ein|keine|un|aucun) (?:comments?|repl(?:y|ies)|responses?|thoughts?|kommentare?|"
        r"gedanken?|commentaires?|réponses?|réflexions?|comentarios?|respuestas?|pensamientos?|commenti|commento|"
        r"reacties|reactie|kommentarer|antworten|antwort)(?: (?:on|to|zu|sur|en|su|op|à|auf|for|so far)\b.*)?",
    ),
    ("comments", "zone", r"comments? ?\((?P<value>\d[\d.,]*)\)"),
    ("comment_form", "rest", r"(?:leave a reply|antworte auf|répondre à) .{1,60}"),
    ("author", "zone", r"(?:published by|author:) (?P<value>[^\d\s.,:;][^.,:;?!]{2,50})"),
    ("author", "zone", r"(?:about|über) (?P<value>[^\d\W_][^.,:;?!]{2,50})"),
    (
        "categories", "value",
        r"(?:posted in|filed under|veröffentlicht in|publié dans|publicado en|pubblicato in) (?P<value>.{2,100})",
    ),
    ("tags", "value", r"tagged(?: with| as)? (?P<value>[^.]{2,100})"),
    ("author_link", "line", r"view (?:all|more) posts by .*|more (?:posts )?(?:by|from) .{1,60}|follow .{1,40} on \w+"),
    ("menu", "line", r"(?:previous|next)(?: post| article| entry| page)?:? .*|[←«‹] .*|.* [→»›]"),
    ("footer", "rest", r"(?:©|\(c\)|copyright\b).{0,150}|.{0,80}all rights reserved\.?|.{0,40}powered by .{1,60}"),
    ("cookie_notice", "line", r"(?:this (?:site|website)|we) uses? cookies.*"),
    ("avatar", "line", r"(?:avatar|gravatar|photo|picture) (?:for|of) .{1,60}"),
)  # fmt: skip
PATTERNS = tuple((kind, reach, re.compile(pattern, re.IGNORECASE)) for kind, reach, pattern in SHAPES)

# Links under each comment.
COMMENT_LINKS = frozenset(
    (
        "reply|reply ↓|↓ reply|log in to reply|like|likes|share|report|permalink|link|antworten|répondre|responder|"
        "rispondi|beantwoorden|svara|svar|odpowiedz|ответить|返信|回复|edit|delete|flag|quote|report abuse|"
        "report as spam|up vote|down vote|upvote|downvote|reply to this|loading...|liked by"
    ).split("|")
)
# Names of a site's parts, which stand above the title.
SECTIONS = frozenset(
    {"blog", "blogs", "weblog", "news", "article", "articles", "opinion", "opinions", "features", "essays", "posts"}
)

# 'NAME says:' above a comment.
SAYS = re.compile(
    r"(?P<name>\S.{0,58}?) (?:says|said|wrote|writes|replied|responded|sagt|sagte|schrieb|schreibt|meint|dit|"
    r"a dit|a écrit|dice|dijo|ha detto|scrive|disse|diz|zegt|schreef|skriver|säger|sier|siger|pisze|mówi|пишет|говорит)"
    r"(?: on (?P<time>.{6,60}?))?\s?:"
)
# Signed lines, in the header and above comments: a name, and mostly a time.
WORDS_BY = r"(?:by|von|par|por|di|da|door|av|af|przez|автор:?)"
WORDS_POSTED = (
    r"(?:posted|published|written|submitted|created|added|geschrieben|veröffentlicht|erstellt|verfasst|publié|écrit|rédigé|"
    r"publicado|escrito|pubblicato|scritto|geplaatst|geschreven|publicerad|skriven)"
)
NAME_THEN = re.compile(
    rf"(?:{WORDS_POSTED} )?(?P<by>{WORDS_BY} )?(?P<name>\S.{{0,58}}?)(?: said| says| wrote)?(?:\s*[,|·•–—@:-])?"
    r"(?:\s+(?:on|at|am|le|el|il|op|den|vom|em))?\s*",
    re.IGNORECASE,
)
TIME_THEN = re.compile(rf"\s*[,|·•–—-]?\s*{WORDS_BY} (?P<name>\S.{{0,58}})", re.IGNORECASE)
BEFORE_TIME = re.compile(rf"(?:{WORDS_POSTED}\s*)?(?:(?:on|am|le|el|il|op|:)\s*)?", re.IGNORECASE)
AFTER_TIME = re.compile(r"\s*[,.:]?\s*(?:(?:said|says|wrote|uhr|h)\s*:?)?\s*", re.IGNORECASE)

PICTURE = re.compile(
    r"(?P<name>\S.{0,58})['’]s? (?:picture|photo|avatar|profile picture|portrait)|"
    r"(?:bild von|photo de|foto de) .{1,60}",
    re.IGNORECASE,
)
BIO_SOURCE = re.compile(
    r"[\[(]\s*(?P<source>(?:biography|bio|profile|biografie|biographie|biografía)\b[^\])]{3,80})[\])]\.?|"
    r"(?P<plain>(?:biography|bio) (?:supplied|provided|written|submitted) by [^.]{3,60})\.?",
    re.IGNORECASE,
)

KINDS = {phrase: (kind, reach) for (kind, reach), phrases in PHRASES.items() for phrase in phrases.split("|")}
INLINE = re.compile(r"(?P<phrase>[^:]{3,30}?)\s*:\s*(?P<value>\S.*)")
NUMBERED = re.compile(r"(?P<phrase>\D{4,30}?)\s+(?P<value>\d[\d.,]*)")


def read_label(line: str) -> Label | None:
    """The label that the whole line is, or None.

    >>> read_label("Total views: 1,204")
    Label(kind='view_count', reach='value', value='1,204')
    """
    folded = line.casefold().strip(" :…▾▼*|#")
    if len(line) > 160 or not folded:
        return None
    if folded in KINDS:
        return Label(*KINDS[folded])
    for pattern in (INLINE, NUMBERED):
        found = pattern.fullmatch(line)
        kind, reach = KINDS.get(found["phrase"].casefold(), ("", "line")) if found else ("", "line")
        if found and reach == "value":
            return Label(kind, "value", found["value"])
    for kind, reach, shape in PATTERNS:
        found = shape.fullmatch(folded if "value" not in shape.groupindex else line.strip(" :"))
        if found:
            return Label(kind, reach, found.groupdict().get("value"))
    return None
