"""Words in addresses: which lists of posts they name, what is in a sitemap, which pages are about a blog. Data."""

from __future__ import annotations

import re

# Parts of a path below which a blog lists its posts, in the languages of blogs and as platforms name them.
CATEGORIES = (
    "category categories cat topics section sections kategorie kategorien rubrik rubriken thema themen categorie"
    " catégorie rubrique rubriques categoria categorias categoría categorías kategoria kategori kategorier"
    " kategoriler kategoriat rubrica rubriche rubryka rubrika rubriky tema temas luokka kategorija kategorije luokat"
    " kategóriák рубрика рубрики категория категории категорія カテゴリ カテゴリー 分类 分類"
)
TAGS = (
    "tag tags tagged label labels keyword keywords schlagwort schlagworte stichwort etiquette étiquette etiquettes"
    " mot-cle mots-cles etiqueta etiquetas etichetta etichette tagi etykieta stitek stitky emneord nyckelord etiket"
    " etiketler címke címkék тег теги метка метки タグ 标签 標籤"
)
AUTHORS = (
    "author authors contributor contributors writer writers autor autoren autorin auteur auteurs autores autora"
    " autore autori forfatter forfattare författare författarna tekija kirjoittaja yazar yazarlar szerzo szerző"
    " автор авторы"
)
ARCHIVES = (
    "archive archives archiv archivo archivos arquivo arquivos archivio archivi archief arkiv arkivet arkisto"
    " archiwum archivum archívum arsiv arşiv архив архивы all-posts alle-beitraege"
)
ABOUT = (
    "about about-us about-me about-the-author aboutme aboutus bio biography profile ueber uber über ueber-uns"
    " ueber-mich uber-uns uber-mich über-uns über-mich wer-wir-sind impressum a-propos apropos à-propos"
    " qui-sommes-nous qui-suis-je acerca acerca-de sobre sobre-mi sobre-mí sobre-nosotros quien-soy quienes-somos"
    " quiénes-somos sobre-mim sobre-nos quem-somos quem-sou chi-siamo chi-sono over over-mij over-ons om om-mig"
    " om-meg om-oss om-os om-bloggen o-mnie o-nas o-autorze o-autorovi o-mne o-blogu o-meni tietoa tietoja hakkinda"
    " hakkımda hakkımızda rolam rólam rolunk rólunk despre despre-mine despre-noi obo-mne обо-мне о-нас о-блоге"
    " about-blog authors team colophon"
)
_WORDS = {
    kind: "|".join(sorted({re.escape(word) for word in words.split()}, key=lambda word: (-len(word), word)))
    for kind, words in {"tags": TAGS, "categories": CATEGORIES, "authors": AUTHORS, "archives": ARCHIVES}.items()
}
_DATE = r"(?:19|20)\d\d(?:/(?:0?[1-9]|1[0-2])(?:/[0-3]?\d)?)?"
_END = r"/?(?:index\.\w{3,5})?$"
# Lists of posts by their paths (percent signs decoded, lower case), in the order in which a crawl asks for them.
LISTINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern + _END))
    for kind, pattern in (
        ("pager", r"/(?:page|seite|pagina|página|strona|sida|side|sivu|oldal|sayfa|stranica)[/-]\d{1,5}"),
        ("date", rf"(?:/(?:{_WORDS['archives']}))?/{_DATE}"),
        ("date", r"/(?:19|20)\d\d_(?:0?[1-9]|1[0-2])(?:_\d\d)?(?:_archive)?(?:\.\w{3,5})?"),
        ("archive", rf"/(?:{_WORDS['archives']}|sitemap|site-map|map)(?:\.\w{{3,5}})?"),
        ("category", rf"/(?:{_WORDS['categories']})(?:/[^/]+){{1,4}}"),
        ("category", r"/(?:taxonomy/term|search/label|archives?/cat[_-])/?[^/]+(?:/[^/]+)?"),
        ("tag", rf"/(?:{_WORDS['tags']})(?:/[^/]+){{0,2}}"),
        ("tag", rf"/(?:{_WORDS['categories']})"),
        ("author", rf"/(?:{_WORDS['authors']})(?:/[^/]+){{1,2}}"),
    )
)
LISTING = re.compile("|".join(pattern.pattern.removesuffix(_END) for _, pattern in LISTINGS).join(("(?:", ")")) + _END)
# The same by the parameters of a query. WordPress without paths, Blogger, Drupal, Squarespace, Textpattern.
LISTING_PARAMETERS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("pager", "paged", re.compile(r"\d{1,5}$")),
    ("pager", "updated-max", re.compile(r"\d{4}-\d\d-")),
    ("pager", "page", re.compile(r"\d{1,5}$")),
    ("pager", "offset", re.compile(r"\d{1,13}$")),
    ("pager", "skip", re.compile(r"\d{1,5}$")),
    ("pager", "pg", re.compile(r"\d{1,5}$")),
    ("date", "m", re.compile(r"(?:19|20)\d{2}(?:\d\d){0,2}$")),
    ("date", "month", re.compile(r"(?:\d\d-)?(?:19|20)\d\d(?:-\d\d)?$")),
    ("category", "cat", re.compile(r"\d{1,7}$")),
    ("category", "category_name", re.compile(r".")),
    ("category", "category", re.compile(r".")),
    ("tag", "tag", re.compile(r".")),
    ("author", "author", re.compile(r".")),
)

# Words in the names of sitemaps, and what is listed there. The first that is in a name counts, tried in this order.
SITEMAPS: tuple[tuple[str, str], ...] = (
    ("tag", r"tags?|post_tag|etiquetas?|schlagwort"),
    ("category", r"categor\w{1,4}|tax|taxonom\w{1,4}|cats?|format|archives?|series|topics?|sections?"),
    ("author", r"authors?|users?|autor\w{0,3}|contributors?|profiles?"),
    ("media", r"image|images|video|videos|attachment|attachments|media"),
    ("page", r"pages?|misc|addl|static|main|local|product\w{0,12}|forum|event\w{0,2}"),
    ("post", r"posts?|news|articles?|articulos?|artikel|entries|blogs?|stories|essays?|sitemap-\d{4}\W\d\d?"),
)
SITEMAP_ORDER = ("post", "", "page", "category", "tag", "author", "media")  # '' is of no name that says what is in it

# What is no page, by the end of its path.
FILES = frozenset(
    "jpg jpeg png gif webp avif svg ico bmp tif tiff heic mp3 mp4 m4a m4v ogg oga ogv wav flac mov avi mkv webm wmv"
    " pdf ps eps djvu epub mobi doc docx xls xlsx ppt pptx odt ods odp rtf csv tsv zip gz tgz bz2 xz 7z rar tar jar"
    " exe msi dmg iso apk deb rpm bin css js mjs map woff woff2 ttf otf eot torrent ics vcf swf".split()
)
