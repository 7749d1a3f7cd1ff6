"""The words that themes print around a comment and its author, in the languages that blogs are written in."""

from __future__ import annotations

import re

# Around a commenter's name.
SAYS = re.compile(
    r"\s*(?:\b(?:says|said|wrote|writes|commented|responds|replied|on|at|le|am|um|sagt|schrieb|schreibt|meint|a dit"
    r"|a répondu(?: le)?|a écrit(?: le)?|dit|écrit|dice|dijo|escribió|ha detto|scrive|diz|disse|zegt|schreef|pisze"
    r"|napisał(?:\(a\))?|говорит|пишет|säger|sier|siger|sanoo)|より)?\s*(?:\.{3}|…|:|,|\||[·⋅∙]|—|–|-)*\s*$",
    re.I,
)
SAID = re.compile(
    r"\b(?:says|said|wrote|writes|sagt|schrieb|meint|a dit|dice|dijo|ha detto|disse|zegt|schreef)\s*(?:\.{3}|…|:)?$",
    re.I,
)
BY = re.compile(
    r"^(?:comments? from(?=\s*:)"
    r"|(?:posted|comment(?:ed)?|written|submitted|left|sent|created) by|by|(?:geschrieben |kommentar |verfasst )?von"
    r"|(?:soumis |envoyé |écrit |posté |publié |rédigé )?par|(?:escrito |publicado |enviado |comentado )?por"
    r"|(?:scritto )?da|di|door|av|af"
    r"|from|(?:name|author|autor|auteur|nick)(?=\s*:))\s*:?\s+(?=\S)",
    re.I,
)
POSTED_BY = re.compile(r"(?:(?:posted|comment|written|submitted) )?by:?\s+\S", re.I)
# Drupal's note on a commenter without an account.
ANNOTATION = re.compile(
    r"\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|non verificato|niet gecontroleerd|não verificado"
    r"|ikke bekreftet|не проверено)\)",
    re.I,
)
# What stands alone in an element beside a comment's words: its number, its buttons.
FURNITURE = re.compile(
    r"#?\d{1,5}\.?|says:?|said:?|wrote:?|reply|répondre|antworten|responder|rispondi|beantwoorden|odpowiedz|ответить"
    r"|返信|permalink|permanent link|link(?: to this(?: comment)?)?|report(?: abuse| comment)?|flag|edit"
    r"|comment link|回复|回复该评论|发布于"
    r"|delete|quote|like|unlike|share|melden"
    r"|zitieren|signaler|cite|\(?edit\)?|log in to reply|reply to this(?: comment)?|vote (?:up|down)|up|down|on|at|by"
    r"|(?:sagte?|schrieb|schreibt|meint|(?:a )?dit|(?:a )?écrit|dice|dijo|escribió|ha detto|scrive|disse|zegt|schreef"
    r"|pisze):?"
    r"|uhr|le|à|um|am|kl\.?|klo|godz\.?|o'clock"
    r"|permanenter link|enlace permanente|lien permanent|link permanente|permanente link|collegamento permanente"
    r"|bezpośredni odnośnik|постоянная ссылка|gefällt mir|j'aime|me gusta|mi piace|[|·•:,/\\()\[\]–—-]+",
    re.I,
)
SPACES_OF_FURNITURE = 3  # at most, as in 'reply to this comment'
NAME_CLASS = re.compile(
    r"author|user|(?:^|[ _-])name|commentname|poster|commenter|nick|member| by |byline|autor|auteur|creator"
    r"|benutzer|usuario|utilisateur|gebruiker",
    re.I,
)
PROFILE_LINK = re.compile(
    r"(?:^|/)(?:users?|profiles?|authors?|members?|people|u|social)/(?!login|register|password|logout)|/@"
    r"|(?:^|/)(?:member|profile)\.php\?|[?&](?:user|author|u)=",
    re.I,
)
LOGIN = re.compile(r"log[-_]?in|register|reply|comment", re.I)
# What stands right before a link to the comment that is answered.
ANSWERS = re.compile(
    r"\b(?:(?:in )?(?:reply|response|answer) to|repl(?:ied|ying) to|responded to|antwort(?:et)? auf|als antwort auf"
    r"|(?:en )?réponse à|a répondu à|en respuesta a|respond(?:e|ió) a|in risposta a|em resposta a|in antwoord op"
    r"|w odpowiedzi na|в ответ на)\s*(?:an?|the)?\s*$",
    re.I,
)
ANSWER_STEMS = (  # one of these is in all of them
    "reply to", "response to", "answer to", "replied to", "replying to", "responded to", "antwort", "réponse à",
    "répondu à", "respuesta a", "responde a", "respondió a", "risposta a", "resposta a", "antwoord op", "odpowiedzi na",
    "ответ на",
)  # fmt: skip
# What stands in the place of a comment that was taken away.
DELETED = re.compile(
    r"(?:deleted|removed)(?: by (?:\w+ )?(?:author|user|creator|mod(?:erator)?|admin(?:istrator)?))?"
    r"|(?:(?:this|the) )?(?:comment|post|message|reply) (?:(?:has been|was|is) )?(?:deleted|removed|withdrawn)"
    r"(?: by (?:(?:the|its|a|an|our|blog) )*(?:author|poster|user|commenter|moderators?|administrator|admin|owner))?"
    r"|(?:dieser )?kommentar (?:wurde )?(?:vom (?:autor|verfasser|(?:blog-)?administrator) )?(?:entfernt|gelöscht)"
    r"|(?:ce )?commentaire (?:a été )?supprimé(?: par (?:l'auteur|un administrateur|un modérateur))?"
    r"|(?:este )?comentario (?:ha sido )?eliminado(?: por el autor| por un administrador)?"
    r"|(?:este )?comentário (?:foi )?(?:removido|excluído)(?: pelo autor)?"
    r"|(?:questo )?commento (?:è stato )?(?:eliminato|rimosso)(?: dall'autore)?"
    r"|(?:deze )?reactie (?:is )?verwijderd(?: door de auteur)?",
    re.I,
)
