"""Words around and against names, by what they do: what introduces a byline, what is a role, what is no person."""

from __future__ import annotations

from functools import cache

# Introduce a name and are no part of one.
BY = """
by von vom par por door av af di da do od podle przez oleh autorin autoren verfasserin bởi από مأت מאת بقلم द्वारा
autor autorem author authors auteur
auteurs autore autori autora autores autor: verfasser verfasserin forfatter författare skribent kirjoittaja auteure
автор автори авторы yazar yazan γράφει συγγραφέας szerző írta scris autorul penulis giả kirjoittanut napsal napsala
napisał napisała написал написала
作者 文 撰文 著者 執筆者 筆者 投稿者 記者 글쓴이 작성자 글 저자 기자 الكاتب كتب كتبه كاتب นักเขียน ผู้เขียน โดย
"""
# Stand before a by-word: 'posted by', 'geschrieben von'.
VERBS = """
posted written published submitted created authored contributed guest post article story words text blogged added
reported story press release statement column opinion review entry commentary essay interview a
geschrieben verfasst veröffentlicht gepostet erstellt eingestellt ein beitrag gastbeitrag artikel publiziert bericht
pressemitteilung meldung nachricht kommentar rede kolumne interview
posté publié écrit rédigé proposé mis en ligne un article ajouté
publicado publicada escrito escrita posteado enviado creado postado postada redactado
scritto pubblicato postato inserito redatto a cura articolo
geplaatst geschreven gepost gepubliceerd
skrevet publisert publicerat publicerad skriven postat inlagd opprettet udgivet lagt inn oprettet
julkaissut lähettänyt ditulis tác dodał opublikowane opublikował zveřejnil vložil přidal autorem
опубликовал опубликовано добавил опубліковано
gönderen yayınlayan scris publicat postat közzétette
"""
# By-words that also begin surnames and other phrases: only lower-case, or after a verb.
ALSO_PARTICLES = frozenset({"di", "da", "do", "von", "af", "av", "od", "de", "του", "a"})
ONLY_AFTER_VERBS = frozenset({"de", "od", "do", "av", "af", "da", "a"})
NOT_AUTHORS = """
photo photos photograph photographs photography image images picture illustration illustrated powered sponsored
designed design theme template hosted filed supported presented video foto fotos bild bilder bildquelle fotografie
photographie immagine
"""
# What others do to a post than to write it.
OTHER_WORK = """
reviewed edited checked fact-checked verified approved translated updated photographed illustrated photos photo edit
reviewer editor lektorat übersetzung übersetzt überprüft geprüft redigiert redaktion bearbeitet traduction traduit
traducido traducción tradotto traduzione relu révisé revisado vertaald vertaling fotos foto bilder translation
"""
# Words of which one makes a text a role or an office: cut off behind a name, and no person by themselves.
CREDENTIALS = frozenset(
    {"phd", "ph.d", "md", "m.d", "mba", "rn", "esq", "msc", "frcp", "frcs", "dds", "jd", "mph", "dphil"}
)
ROLES = """
writer writers editor editors editor-in-chief reporter reporters correspondent columnist contributor contributors
journalist author blogger intern producer director manager founder co-founder cofounder ceo cto president
chairman professor analyst consultant researcher staff freelance freelancer senior associate assistant
chief deputy executive managing contributing officer member expert specialist photographer reviewer coordinator
strategist copywriter engineer developer advisor adviser physician attorney therapist psychologist nutritionist
dietitian economist scientist lecturer
redakteur redakteurin redaktion redaktionsleiter autor autorin chefredakteur journalist journalistin korrespondent
rédacteur rédactrice rédaction journaliste chroniqueur redactor redactora periodista colaborador colaboradora editora
redazione redattore redattrice giornalista collaboratore redacteur redactie journalist medewerker redaktör skribent
reporter redaktør journalist toimittaja toimitus redaktor redakcja dziennikarz redakce редактор редакция корреспондент
журналист phd ph.d ph.d. md m.d m.d. mba rn esq msc bsc frcp frcs dds jd mph dphil 記者 编辑 編輯 主编 责任编辑
기자
"""
# Accounts and offices that sign posts, and words of the page's furniture.
NO_PERSON = """
admin administrator administrators administrador administrateur amministratore beheerder administrateurs webmaster
root user username guest gast gäste invité invitado ospite visitor anonymous anonym anonyme anónimo anonimo anoniem
unknown unbekannt inconnu desconocido moderator mod staff team redaktion redaktionen redakcja redakce redacción
redacao redação rédaction redactie redazione toimitus редакция редакція админ администратор гость аноним szerkesztőség
redacția yönetici misafir editor editorial newsroom news press test default author authors autor contributor
contributors support info contact kontakt contacto contatto marketing office owner publisher n/a none null undefined
nobody someone everyone various multiple name τον την me myself self home blog about menu search comments comment reply
share tweet print email e-mail subscribe follow login register logout permalink archive archives categories category
tags tag
uncategorized uncategorised read more next previous continue newer older posts post profile website site facebook
twitter instagram linkedin youtube pinterest reddit rss feed english deutsch français español italiano 管理员 管理員
編輯部 编辑部 匿名 佚名 访客 訪客 小编 本站 原创 管理人 運営者 編集部 名無し 관리자 편집부 익명 مشرف مدير المدير
الإدارة زائر التحرير wordpress blogger drupal joomla typepad tumblr medium disqus
bot offline logged agencies content history revisions edited asked answered modified joined community red redax
kontaktieren teilen contactar compartir partager anzeigen updated aktualisiert super published veröffentlicht
rechtsanwalt show close back new like view all our a by leave write see click here open
dpa afp apa ap reuters ansa efe epa kna epd pti tass upi ans bloomberg itmedia
"""
# Before the name of a firm or a paper: 'Team Crumbs'.
GROUPS = frozenset("team redaktion redakcja rédaction redazione redacción equipo équipe equipe".split())
# In the names of accounts: 'xy_redaktion', 'site-admin'.
HOUSE = frozenset("redaktion team webteam admin news editor editors staff online info redaction redazione".split())
# News agencies, which sign in their people's place.
AGENCIES = frozenset(
    (
        "associated press,the associated press,ap,reuters,thomson reuters,dpa,afp,agence france presse,apa,ansa,efe"
        ",agencia efe,kna,epd,pti,tass,upi,jiji,jiji press,xinhua,kyodo,kyodo news,sda,ats,belga,anp,lusa,pap,ritzau"
        ",ntb,tt,interfax,ukrinform,ians,ani,sid"
    ).split(",")
)
HONORIFICS = frozenset("dr prof mr mrs ms sir".split())
# A text that ends in one of these is an office or a firm.
ORGANISATION = """
team staff news editors desk newsroom magazine blog blogs press media group association foundation society university
institute network agency department committee council union company corporation inc inc. llc ltd ltd. gmbh ag plc
limited times journal review daily weekly online tv radio office service services club centre center community
kitchen kitchens board project organisation organization party government ministry library museum school redaktion
police customs protection bureau authority commission embassy parliament polizei policía polícia polizia feuerwehr
ministerium behörde bundesamt verlag verein zeitung nachrichten magazin presse com org net posts comments articles
archive website profile
"""
# Words of sentences and page furniture that no name has.
FUNCTION = """
the an is are was were be been of to for from with without your you my our we they he she it its this that these those
how why what when where who which about more all any not no yes at as but if so than then there here have has had do
does did can could will would should may might must just only also very new view read see click leave write add show
hide close open back next previous latest recent related popular follow share like comments comment posts post der die
das den dem ein eine und ist sind nicht mit für auf aus bei nach über mehr alle wie warum was hier weiter les des une
est sont pas avec pour dans sur plus tous voir lire sans ce cette los las una es son no con para sobre más todos ver
leer esta este gli sono con per più tutti leggi vedi questo questa het een niet met voor meer alle lees ett är inte
med för mer alla läs ikke meer не это для как все ещё читать biography bio supplied submitted view's subscribe sign
log register vote rate reply quote edit delete report
"""
PARTICLES = """
de del della delle di da dal das dos do du des d' van der den het ter ten te von vom zu zur zum af av la le las los el
al bin ibn ben abu bint y e i und mac mc o' st st. san santa ap ab na da dela delos ul ud uz
v v. d.
"""
# Of the words of sentences, those that are also given names or surnames: they count only in lower case.
ALSO_NAMES = """
may will more close back like show read son no do so was den con sur ver este see write open just new here long sin
die das des ist mit leer des
"""
# Between two names. The second group also stands inside one person's name, so both sides must have two words.
AND = ("and", "und", "&", "with", "og", "och", "ja", "и", "та", "ve", "και", "și", "oraz", "dan", "và", "и", "و", "mit")
AND_OR_NAME = ("y", "e", "et", "en", "i", "a")


@cache
def words_in(listed: str) -> frozenset[str]:
    """The words of one of the lists above."""
    return frozenset(listed.split())
