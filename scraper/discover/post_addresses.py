"""Addresses of posts as platforms make them, and segments that no post has. Patterns as in `patterns.py`. 2026-11."""

from __future__ import annotations

from scraper.discover.action_words import DOWNLOADS, PICTURES

# Held to be a post's on any blog: a day or month and a slug.
CERTAIN = (
    "*/{year}/{month}/{day}/{slug}/",  # WordPress's 'day and name', Movable Type, Jekyll, Medium's older blogs
    "*/{year}/{month}/{day}/{slug}.{page}",  # Jekyll's default
    "*/{year}/{month}/{slug}/",  # WordPress's 'month and name'
    "*/{year}/{month}/{slug}.{page}",  # Blogger, TypePad, Movable Type
    "*/{year}-{month}-{day}-{slug}/",  # static generators that keep the file's name
    "*/{year}-{month}-{day}-{slug}.{page}",
)
# Held to be a post's on a blog of which nothing is known.
LIKELY = (
    "/p/{slug}/",  # Substack
    "/node/{number}/",  # Drupal without aliases
    "/?p={number}",  # WordPress's plain addresses
    "/?q=node/{number}",  # Drupal without clean addresses
    "*/posts/{slug}/",  # Hugo's default, Ghost's and others
    "*/post/{slug}/",  # Tumblr, Hugo's older default, Wix
    "*/post/{number}/{slug}/",  # Tumblr
    "*/posts/{number}/",
    "*/blog/{words}/",  # Squarespace, Webflow and many static sites
    "*/article/{words}/",
    "*/articles/{words}/",
    "*/archives/{number}/",  # WordPress's 'numeric'
    "*/archives/{number}.{page}",  # livedoor Blog
    "*/entry/{slug}/",  # Hatena
    "*/entry/{year}/{month}/{day}/{number}/",  # Hatena's default
    "/entry-{number}.{page}",  # Ameba with the blog's name off
    "/{word}/entry-{number}.{page}",  # Ameba
    "/blog-entry-{number}.{page}",  # FC2
    "/{number}.{page}",  # LiveJournal, Dreamwidth, TypePad by number
    "/@{word}/{words}/",  # Medium
    "/{word}/p/{number}.{page}",  # cnblogs
    "/{word}/article/details/{number}/",  # CSDN
    "/archives/{number}-{slug}.{page}",  # Serendipity
    "/index.php?/archives/{number}-{slug}.{page}",  # Serendipity without rewriting
)
# Segments that name no post but lists, pages of every blog, or machines. In lower case.
NO_POSTS = frozenset(
    "about about-me about-us abonnieren api archive archives archiv attachment author authors autor blog blogroll"
    " bookmarks categories category kategorie categorie categoria colophon comments contact contact-us contact-me"
    " kontakt contacto contatti copyright datenschutz disclaimer donate download downloads embed events faq feed feeds"
    " gallery glossary guestbook help home imprint impressum index info jobs label labels legal links login media"
    " member members mentions-legales microblog misc music my-account newsletter notes now page pages photos podcast"
    " policy portfolio press print privacy privacy-policy privacypolicy products profile projects publications rdf rss"
    " search series services shop sitemap sites static store subscribe support"
    " tag tagged tags talks taxonomy team terms"
    " terms-of-service terms-of-use terms-and-conditions testimonials thank-you topic topics uploads user users uses"
    " videos wp-content wp-includes wp-json work cookie-policy cookies code-of-conduct write-for-us start-here"
    " schlagwort schlagworte stichwort kategorien rubrik rubriken thema themen autorin autoren redaktion archief arkiv"
    " rubrique rubriques mot-cle mots-cles theme themes auteur auteurs etiqueta etiquetas categorias tema temas autores"
    " etichetta etichette autore autori archivio archivo archivos arquivo kategoria tagi archiwum kategori etiket emne"
    " rubriek trefwoord avainsana"
    " a-propos qui-sommes-nous ueber-mich ueber-uns uber-mich uber-uns acerca-de sobre-mi sobre-nosotros chi-siamo"
    " over-mij over-ons om-oss om-mig o-mnie o-nas".split()
)
# Folders below which no post is, whatever follows: '/tag/2012/05/x/'.
LISTS = frozenset(
    "assets author authors calendar categories category comments event events feed feeds files images label labels"
    " media page search static tag tagged tags uploads user users wp-content wp-includes wp-json".split()
)
# Ends of addresses that are no pages, beside those of files to take along.
FILES = DOWNLOADS | PICTURES | frozenset("atom json js rdf rss txt xml".split())
