"""What author boxes say in the languages of blogs, and where people have profiles: tables, no code."""

from __future__ import annotations

import re

# Above a box about the author.
HEADINGS = re.compile(
    r"^(?:(?:more )?about (?:the |our |this )?(?:guest )?(?:author|writer|blogger|contributor)s?|about me"
    r"|(?:meet )?the (?:author|blogger|writer)|meet (?:your|our) author"
    r"|author(?:['’]?s)? (?:bio|biography|profile|info|information|box)|biography"
    r"|über (?:den autor|die autorin|den verfasser|mich)(?:\s?/\s?die autorin)?|zu[mr] (?:autorin|autor)"
    r"|(?:der|die) autor(?:in)?|autor(?:en)?info(?:rmation(?:en)?)?|autorenprofil"
    r"|(?:a|à) propos de l['’]auteure?|(?:a|à) propos de l['’]autrice|l['’]auteure?|l['’]autrice"
    r"|sobre (?:el autor|la autora|o autor|a autora|mí|mim)|acerca del autor|acerca de la autora"
    r"|sull['’]autor(?:e|ice)|l['’]autor(?:e|ice)|informazioni sull['’]autore|chi sono"
    r"|over (?:de auteur|mij)|om (?:författaren|forfatteren|mig|meg)|o autorze|o autorce|o mnie"
    r"|tietoa kirjoittajasta|o autoru|tentang penulis|về tác giả|yazar hakkında"
    r"|σχετικά με τ(?:ον|ην) (?:συντάκτη|αρθρογράφο)"
    r"|об авторе|обо мне|про автора|この記事を書いた人|この記事のライター|著者について|著者紹介"
    r"|プロフィール|关于作者|關於作者"
    r"|作者(?:简介|簡介|介绍|介紹)"
    r"|(?:필자|저자|글쓴이|작성자) 소개|(?:نبذة )?عن الكاتبة?|על (?:ה)?(?:כותב|כותבת|מחבר|מחברת))\s*:?$",
    re.I,
)
# The same above a mere byline: what follows is about the author only if it says so.
BYLINE_HEADINGS = re.compile(
    r"^(?:(?:article |post |story )?(?:written|posted|published|authored) by|(?:geschrieben|verfasst) von|écrit par"
    r"|(?:escrito|publicado) por|scritto da|geschreven door)\s*:?$",
    re.I,
)
LONGEST_HEADING = 40  # characters
ABOUT = re.compile(
    r"^(?:(?:more )?about(?: the author)?|meet|über|à propos de|sobre|acerca de|over|om|o)(?:\s*[-–—:]\s*|\s+)", re.I
)
# The first two letters of all that these three match: most texts begin otherwise, which is quickly seen.
HEADING_STARTS = frozenset(
    "mo ab me th au bi üb zu de di a à l' l’ so ac su in ch ov om o o: o- o– o— об この 著者 プロ 关于 作者 عن"
    " ti te về ya σχ пр 關於 필자 저자 글쓴 작성 نب על"
    " ar po st wr pu ge ve éc es sc".split()
)
# Who gave the text, stated in a line of its own or in brackets behind the text.
_SUPPLIED = (
    r"(?:biograph(?:y|ie)|bio|profile|biographical (?:note|details))\s+"
    r"(?:supplied|provided|written|given|fournie?|bereitgestellt)\s+(?:by|par|von)\s[^\])]{2,80}?"
)
SUPPLIED = re.compile(rf"^[\[(]?\s*({_SUPPLIED})\s*[\])]?\.?$", re.I)
SUPPLIED_BEHIND = re.compile(rf"\s+[\[(]{_SUPPLIED}[\])]$", re.I)
# Short lines and links of a box that say nothing of the person.
LINKS = re.compile(
    r"^(?:view (?:all|more|full|author|complete|my)|(?:more|latest|recent|other|all) (?:posts?|articles?|stories)"
    r"|more (?:from|by|about|on)|more$|see (?:all|more|full)|read (?:more|all|full|\w+['’]s)|learn more|full bio"
    r"|show (?:more|full|all)|visit|website|follow|contact|get updates|(?:un)?subscribe|click here|e-?mail|connect"
    r"|share|tweet|author (?:archive|website)|published|updated|a guest post"
    r"|(?:alle|weitere|mehr) (?:beiträge|artikel|posts|von|über|infos?)|alles von|zeige|zur (?:autorenseite|person)"
    r"|autorenseite|webseite|folgen|kontakt|so erreichen sie"
    r"|voir (?:tous|toutes|plus)|tous (?:ses|les) articles|ses articles|(?:en savoir|lire) plus|site web|suivre"
    r"|ver (?:todas?|todos?|más|mais|perfil)|más (?:de|sobre)|mais (?:de|posts)|seguir"
    r"|leggi|altri articoli|segui|meer (?:van|over)|\d+ (?:posts|articles|comments))\b"
    r"|^(?:name|location|occupation|gender|industry|standort|ort|beruf)\s?:",
    re.I,
)
# A line that is an address and nothing else.
ADDRESS = re.compile(
    r"^(?:https?://\S+|www\.\S+|[^\s@]+@[^\s@]+|@\w+|\[[^\]]{0,40}protected[^\]]{0,40}\]|[\d\s+()/-]{6,})$", re.I
)
# A line that names services and an account there.
SERVICE = re.compile(
    r"^(?:(?:on |auf )?(?:twitter|x|facebook|instagram|linkedin|google\+|youtube|pinterest|mastodon|github|rss|xing"
    r"|tiktok|threads|bluesky|e-?mail|mail|web|blog|homepage|phone|tel)\b[:.]?\s*){1,9}(?:@?[\w./@-]+)?$",
    re.I,
)
PICTURE_OF = re.compile(
    r"(?:['’]s)? (?:picture|photo|avatar|headshot|profile (?:picture|photo|image))$"
    r"|^(?:picture|photo|avatar|image|photograph) of (?:the author,? )?|^\w*(?:bild|foto) von "
    r"|^(?:photo|foto|avatar|imagen?) (?:de|di|van) "
    r"|^(?:zdjęcie|фото|صورة) ",
    re.I,
)
# What stands in a name's place and is none: words for pictures, and the first words of a text about a person.
NO_NAME = frozenset(
    "icon image photo picture avatar headshot logo calendar profile author information placeholder about über"
    " this that it he she we they i you our the hi hello er sie wir ich es der die das unser unsere hallo"
    " il elle nous je el ella yo lui lei noi io".split()
)
FILLER = re.compile(
    r"^(?:lorem ipsum\b|filed under\b|labels:|tags:|posted (?:in|to)\b|last edited\b"
    r"|this (?:entry|post|review) (?:was|is) (?:posted|contributed)\b|dieser (?:eintrag|beitrag) wurde\b)",
    re.I,
)

# What a sentence says of a person right behind the name.
PREDICATE = re.compile(
    r"(?:is (?:an?|the|one|also|currently|based|working|chief|senior|co-?\w*|[A-Z]\S*)"
    r"|is (?:(?:associate|assistant) )?(?:professor|editor)|was (?:an?|the)"
    r"|has (?:been (?:an?|the|with|in|at|part|\w+ing)|written|taught|over|more|\w+ed)"
    r"|(?:also )?(?:writes|covers|covered|works|lives|reports|teaches|blogs|joined|hosts|co-?hosts|leads|serves"
    r"|speciali[sz]es|holds|founded|co-?founded|graduated|runs|edits)"
    r"|ist (?:eine?|einer|de[rs]|die|seit|bei|freie[rs]?|[A-ZÄÖÜ]\S*|\w+er)|war \w+|(?:kam|wurde) \d{4}|arbeitet"
    r"|schreibt|lebt|leitet|studiert|studierte|berichtet|bloggt|beschäftigt sich|lehrt|forscht|gründete|begann"
    r"|est (?:une?|le|la|\w+)|écrit|travaille|enseigne|dirige"
    r"|es (?:un|una|el|la|\w+)|escribe|trabaja|vive en|é (?:um|uma|o|a|\w+)|escreve|trabalha"
    r"|è (?:un|una|il|la|\w+)|scrive|lavora|vive (?:a|in)|schrijft|werkt|woont"
    r"|är (?:en|\w+)|er (?:en|\w+)|skriver|arbetar|jest|pisze|pracuje)(?!\w)"
)
# What a text says that is about a firm, a paper or a team: right behind its name, and of itself.
_FIRMS = (
    r"(?:agency|company|brand|manufacturer|magazine|publisher|publication|organi[sz]ation|charity|firm|platform|start-?up"
    r"|provider|supplier|retailer|consultancy|association|network|website|weblog|software|agentur|unternehmen|firma|verein"
    r"|magazin|agence|entreprise|société|empresa|agencia|azienda|agenzia|bedrijf)"
)
IS_FIRM = re.compile(
    r"\s(?:is|are|was|ist|est|es|è) (?:an?|the|one of the|eine?|une?|una?|un) "
    rf"(?:(?!of\b|at\b|for\b|who\b)[\w&/'’-]+,? ){{0,6}}?{_FIRMS}\b",
    re.I,
)
OURS = re.compile(
    r"\b(?:our|unser(?:e[mnr]?)?|notre|nos|nuestr[oa]s?|noss[oa]s?) (?:team|staff|company|customers|clients|products"
    r"|services|editors|kunden|kundinnen|redaktion|équipe|clients|equipo|clientes|equipe)\b|\bwe publish\b",
    re.I,
)
# How a text names the author without a name.
THE_AUTHOR = (
    "The author", "Der Autor", "Die Autorin", "L'auteur", "L’auteur", "L'auteure", "L’autrice", "El autor", "La autora",
    "O autor", "A autora", "L'autore", "L’autore", "L'autrice", "De auteur",
)  # fmt: skip
ASIDE = re.compile(
    r"\s*(?:\([^()]{1,60}\)|,\s(?:[^,.]|\.\w){1,80},)?\s*"
)  # what may stand between a name and its predicate

# Words of a text about a person: of the first or third person.
ONE_PERSON = re.compile(r"\b(?:I|me|my|he|she|his|her|ich|mein|er|je|mon|yo|mi|eu|io)\b", re.I)
PERSONAL = re.compile(
    r"(?<!\w)(?:I|I['’]m|I['’]ve|my|me|he|she|his|her|ich|mein|er|sie|je|mon|ma|il|elle|yo|soy|mi|eu|meu|minha|io"
    r"|sono|jag|jeg|min)(?!\w)",
    re.I,
)

# Hosts on which people have a page of their own; what stands below one of them is meant too.
PROFILE_HOSTS = frozenset(
    "twitter.com x.com facebook.com linkedin.com instagram.com github.com gitlab.com youtube.com bsky.app threads.net"
    " threads.com pinterest.com pinterest.de pinterest.co.uk tumblr.com medium.com flickr.com soundcloud.com vimeo.com"
    " orcid.org plus.google.com profiles.google.com mastodon.social mastodon.online tiktok.com twitch.tv reddit.com"
    " goodreads.com stackoverflow.com dribbble.com behance.net xing.com researchgate.net scholar.google.com"
    " about.me linktr.ee gravatar.com muckrack.com last.fm imdb.com vk.com ok.ru weibo.com t.me keybase.io patreon.com"
    " ko-fi.com substack.com wikipedia.org wikidata.org".split()
)
FEDIVERSE = re.compile(r"^/@[\w.-]+/?$")  # the path of a profile on any server that speaks ActivityPub
# Paths on those hosts that share a page or show its home, and are nobody's profile.
NO_PROFILE = re.compile(
    r"^/?$|^/(?:share|sharing|sharer|sharer\.php|intent|home|login|dialog|plugins|shareArticle|pin/create|submit|search|hashtag|tag|watch"
    r"|i/flow|cws/share)\b",
    re.I,
)
