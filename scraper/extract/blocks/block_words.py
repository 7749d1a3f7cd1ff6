"""The words that tell a block's kind: `NAMES` in class names and ids, `CUES` in short texts.

They are evidence that the block model weighs (see block_model.py), not rules: a word may stand under several kinds, and
adding one means training the model again. A phrase of two words matches where both stand next to each other.
"""

from __future__ import annotations

# kind -> words, separated by commas
NAMES: dict[str, str] = {
    "content": (
        "content, entry, body, text, story, main, maincontent, copy, prose, richtext, postbody, entrybody, "
        "articlebody, storybody, bodytext, articletext, articlecontent, postcontent, entrycontent, storytext, "
        "fulltext, inhalt, texte, contenu, contenido, conteudo, artikel, beitrag, page, markdown, wysiwyg, "
        "rte, textblock, paragraph, paragraphs, absatz, field, primary, center, column, singular, single"
    ),
    "post": (
        "post, hentry, article, blogpost, news, blog, newsarticle, blogentry, posting, node, document, item page, story"
    ),
    "author": (
        "author, authors, bio, vcard, contributor, aboutauthor, authorbox, writer, avatar, profile, autor, "
        "biography, gravatar, user, username, poster, team, staff, about"
    ),
    "caption": (
        "caption, captions, figcaption, credit, credits, photo, photos, image, images, picture, gallery, "
        "slideshow, slide, media, carousel, slider, thumb, thumbnail, img, figure, fotostrecke, "
        "bildunterschrift, wpcaption, bild, legend, gal"
    ),
    "thread": (
        "comment, comments, commentlist, commenttext, reply, replies, respond, discussion, disqus, kommentar, "
        "kommentare, feedback, commenter, commentbody, responses, trackback, idc, livefyre, echo, reactions, "
        "mods"
    ),
    "title": "title, headline, heading, hed, titel, titre, subject, titulo, h1",
    "teaser": (
        "teaser, teasers, excerpt, card, cards, tile, tiles, grid, feed, latest, recent, promo, listing, "
        "list, items, item, stories, newslist, archive, postlist, block, box, module, panel, headlines, "
        "boxes, loop, results, index, ticker"
    ),
    "lead": (
        "lead, intro, standfirst, dek, deck, subtitle, subheading, kicker, abstract, sapo, summary, "
        "description, teasertext, chapo, introduction, subhead, lede, excerpt, einleitung, vorspann, desc, "
        "entradilla, topline, strapline"
    ),
    "date": ("date, time, published, timestamp, datetime, datum, updated, pubdate, posted, fecha, dateline, created"),
    "product": (
        "product, products, price, cart, shop, sku, store, buy, pricing, offer, deal, deals, woocommerce, "
        "amazon, ecommerce"
    ),
    "forum": (
        "message, messages, thread, topic, forum, bbcode, signature, postbit, postmessage, viewtopic, sig, "
        "messagetext, answer, question"
    ),
    "tab": (
        "tab, tabs, accordion, faq, collapse, toggle, expand, collapsed, collapsible, hidden, hide, "
        "invisible, popover, tabpanel"
    ),
    "toc": "toc, contents, tableofcontents, outline, index, chapters",
    "quote": (
        "quote, pullquote, blockquote, quotation, zitat, infobox, factbox, fact, callout, highlight, note, "
        "sidebox, facts, kasten, infokasten, aside, highlights, correction"
    ),
    "video": "video, player, videoplayer, embed, audio, podcast, youtube, vimeo, jwplayer, playlist, live",
    "tags": (
        "tag, tags, category, categories, cat, keywords, topics, labels, label, taxonomy, terms, kategorie, "
        "breadcrumb, section, rubrik, kicker, eyebrow"
    ),
    "meta": (
        "meta, info, details, metadata, postmeta, stats, data, misc, utility, tools, actions, controls, "
        "buttons, btn, button, cta, links, icons, icon, toolbar, header, foot, footer, bottom, top"
    ),
    "side": (
        "sidebar, side, right, left, rail, secondary, col, column, wing, rightcol, leftcol, widget, aside, "
        "sb, extra, marginal, supplementary"
    ),
}
CUES: dict[str, str] = {
    "comments": (
        "comment, comments, comment(s), commented, kommentar, kommentare, kommentaren, commentaire, "
        "commentaires, comentario, comentarios, comentários, comentário, commenti, commento, reacties, "
        "reactie, reactions, responses, response, reply, replies, antworten, antwort, répondre, réponses, "
        "respuestas, responder, rispondi, reageer, discussion, discussions, diskussion, disqus, kommentieren, "
        "kommentera, комментарии, комментариев, комментировать, コメント, 评论, trackback, trackbacks, pingback, "
        "pingbacks, thoughts on, feedback, your email, email address, e-mail-adresse, required fields, "
        "pflichtfelder, leave a, schreibe einen, says:, said:, wrote:, sagt:, schreibt:, meint:, dit:, dijo:, "
        "says, said on, reblogged, upvote"
    ),
    "related": (
        "related, similar, recommended, recommendations, ähnliche, weitere, verwandte, auch interessant, "
        "mehr zum, mehr zu, mehr aus, lesen sie, siehe auch, see also, read also, also read, read more:, "
        "more from, more on, more in, more stories, more news, lire aussi, à lire, sur le, voir aussi, "
        "articles liés, similaires, relacionados, relacionadas, relacionado, leia também, lea también, "
        "leggi anche, correlati, gerelateerd, lees ook, läs också, les også, you may, you might, may "
        "like, might like, also like, don't miss, trending, popular, most read, most popular, "
        "meistgelesen, beliebte, neueste, latest, recent posts, recent, up next, read next, top stories, "
        "editor's picks, in this, further reading, das könnte, читайте также, похожие, 関連記事, 推荐, 相关, "
        "相关文章, newest, featured, archives, archiv, kategorien, categories, previous post, next post, "
        "newer post, older post, previous article, next article, nächster, vorheriger"
    ),
    "share": (
        "share, shares, shared, share:, teilen, partager, compartir, compartilhar, compartilhe, condividi, "
        "delen, tweet, retweet, facebook, twitter, pinterest, whatsapp, linkedin, reddit, tumblr, telegram, "
        "email this, e-mail this, print, drucken, imprimer, imprimir, stampa, digg, del.icio.us, delicious, "
        "stumbleupon, google+, xing, flipboard, pocket, copy link, pin it, like this, blogthis!, bookmark, "
        "поделиться, 分享, like, likes, gefällt, follow, followers, folgen, instagram, youtube, empfehlen, "
        "merken"
    ),
    "subscribe": (
        "subscribe, subscriber, subscribers, subscription, newsletter, newsletters, sign up, signup, "
        "abonnieren, abonniere, abonnez, abonnement, suscríbete, suscribirse, assine, iscriviti, rss, feed, "
        "follow us, inbox, mailing list, e-mail-benachrichtigung, get the, donate, spenden, membership, "
        "become a, free trial, unterstützen, patreon, notify me, download our, join our"
    ),
    "copyright": (
        "©, copyright, (c), rights reserved, alle rechte, tous droits, todos los, derechos, reservados, "
        "powered by, theme by, impressum, datenschutz, datenschutzerklärung, privacy, privacy policy, terms, "
        "terms of, agb, disclaimer, cookie, cookies, cookie-richtlinie, mentions légales, sitemap, contact "
        "us, kontakt, about us, über uns, advertise, newsroom, careers, jobs"
    ),
    "byline": (
        "by, von, par, por, di, door, av, af, автор, autor, autor:, author, author:, verfasst, geschrieben, "
        "written by, posted by, words by, text:, redaktion, editor, staff writer, reporter, correspondent, "
        "veröffentlicht, published, publié, publicado, pubblicato, updated, aktualisiert, posted on, posted "
        "at, last updated, last modified, stand:, am, uhr, min read, minutes read, read time, lesezeit, "
        "minuten"
    ),
    "caption": (
        "photo, photos, photo:, foto, foto:, fotos:, image, image:, images, bild, bild:, bilder, quelle, "
        "quelle:, source:, picture, pictures, picture:, photograph, photographer, photography, credit, "
        "credit:, courtesy, getty, reuters, afp, ap, dpa, shutterstock, istock, pixabay, unsplash, flickr, "
        "screenshot, crédit, crédits, illustration, caption, file photo, (ap, (photo, pictured, video, "
        "video:, gallery, slideshow, bildergalerie, (foto, imago, picture-alliance, alamy, grafik:, play, "
        "watch, loading"
    ),
    "tags": (
        "tags, tags:, tag:, tagged, filed, filed under, posted in, labels, labels:, kategorie, kategorie:, "
        "category, category:, categories:, topics, topics:, topic:, schlagworte, schlagwörter, themen, "
        "stichworte, mots-clés, étiquettes, etiquetas, etiquetas:, categoria, categorías, keywords, "
        "keywords:, trefwoorden, permalink, permanent link, bookmark the, abgelegt, eingeordnet, метки"
    ),
    "login": (
        "log in, login, sign in, logged in, anmelden, einloggen, registrieren, register, connexion, se "
        "connecter, iniciar sesión, entrar, accedi, inloggen, password, passwort, username, benutzername, my "
        "account, mein konto, create an, konto, warenkorb, cart, add to, checkout, basket, buy now, in den, "
        "jetzt kaufen, wishlist, price, preis, shipping, mwst"
    ),
    "nav": (
        "home, startseite, accueil, inicio, menu, menü, search, suche, suchen, rechercher, buscar, cerca, "
        "zoeken, skip, zum inhalt, back to, zurück, top, nach oben, next, previous, prev, weiter, older, "
        "newer, nächste, vorherige, suivant, précédent, siguiente, anterior, «, », ‹, ›, →, ←, close, "
        "schließen, show more, load more, view all, see all, alle anzeigen, mehr, more, read more, "
        "weiterlesen, continue reading, lire la, leer más, leia mais, details, click here, learn more, read "
        "full, hier klicken, english, deutsch, page, seite"
    ),
    "advert": (
        "advertisement, advertisements, advertising, anzeige, anzeigen, werbung, publicité, publicidad, "
        "publicidade, pubblicità, advertentie, annons, reklame, реклама, sponsored, gesponsert, promoted, "
        "advertorial, affiliate, article continues, story continues, continue reading, ad, commission, "
        "provision, partnerlinks"
    ),
    "bio": (
        "about the, about author, is a, ist, is an, is the, writes, writer, lives in, lebt in, journalist, "
        "blogger, founder, co-founder, author of, autorin, born, geboren, freelance, currently, follow him, "
        "follow her, follow me, on twitter, über den, über die, à propos, sobre o, sobre el, view all, all "
        "posts, alle beiträge, more posts, contributor, studied, columnist, consultant, his, her, passionate"
    ),
}


def bits_of(kinds: dict[str, str]) -> dict[str, int]:
    """Each word with a bit for each of its kinds, in the order of the kinds."""
    bits: dict[str, int] = {}
    for place, words in enumerate(kinds.values()):
        for word in words.split(","):
            bits[word.strip()] = bits.get(word.strip(), 0) | 1 << place
    return bits


def by_first_word(bits: dict[str, int]) -> dict[str, tuple[int, dict[str, int]]]:
    """For each word its bits, and those of the phrases that it begins, by their second word."""
    found: dict[str, tuple[int, dict[str, int]]] = {}
    for phrase, its_bits in bits.items():
        first, _, second = phrase.partition(" ")
        _, phrases = found.setdefault(first, (bits.get(first, 0), {}))
        if second:
            phrases[second] = its_bits
    return found
