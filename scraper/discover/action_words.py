"""Words in URLs that act, or lead to what is no page: each table from what blog, shop and forum software writes.

Sources, 2026-11: the robots.txt that WordPress, Drupal, MediaWiki, phpBB, Discourse, Shopify and WooCommerce ship or
recommend; their routes as documented; the translated routes of WooCommerce, PrestaShop and Joomla.
"""

from __future__ import annotations

# What each does, by words that stand as a whole segment of a path ('/user/login', '/login.php'), in lower case, with
# '_' written as '-'. They act wherever they stand, but for the places in NAMING.
ANYWHERE = {
    "logs in or out": "login logout log-in log-out logon logoff signin signout sign-in sign-out sign-off signoff"
    " wp-login wp-signup wp-activate wp-register register registration signup sign-up create-account"
    " lostpassword lost-password forgot-password forgotten-password reset-password password-reset resetpass oauth"
    " oauth2 sso ucp.php userlogin user-login usercp my-account myaccount"
    " anmelden abmelden einloggen ausloggen registrieren registrierung mein-konto passwort-vergessen"  # German
    " connexion deconnexion se-connecter s-inscrire mon-compte mot-de-passe-oublie"  # French
    " iniciar-sesion cerrar-sesion registrarse mi-cuenta"  # Spanish
    " accedi registrati il-mio-account"  # Italian
    " iniciar-sessao terminar-sessao criar-conta minha-conta cadastre-se"  # Portuguese
    " inloggen uitloggen registreren mijn-account"  # Dutch
    " logga-in logga-ut logg-inn logg-ut log-ind log-ud mitt-konto min-konto"  # Swedish, Norwegian, Danish
    " zaloguj wyloguj zaloguj-sie rejestracja moje-konto prihlaseni odhlaseni registrace bejelentkezes kijelentkezes"
    " kirjaudu autentificare vhod vyhod registratsiya giris-yap cikis-yap uye-ol hesabim"
    " special:userlogin special:userlogout special:createaccount",  # MediaWiki
    "administers": "wp-admin admincp modcp wp-cron wp-mail xmlrpc cpanel phpmyadmin"
    " serendipity-admin typo3 umbraco cdn-cgi",
    "buys": "cart basket checkout add-to-cart addtocart buy-now order-now shopping-cart shoppingcart wishlist"
    " add-to-wishlist donate-now warenkorb kasse zur-kasse merkzettel panier liste-de-souhaits carrito"
    " finalizar-compra carrello cassa carrinho winkelwagen winkelmand afrekenen varukorg handlekurv indkobskurv koszyk"
    " zamowienie kosik kosar ostoskori cos-de-cumparaturi korzina sepet odeme",
    "deletes": "delete-comment delete-post delete-account remove-comment deletecomment deletepost",
    "edits": "edit-comment edit-post editpost newreply newthread new-post newpost posting.php sendmessage"
    " wp-comments-post post-comment postcomment",
    "subscribes": "unsubscribe unsubscribe-all subscribe-to-comments comment-subscriptions abbestellen desabonnement"
    " se-desabonner darse-de-baja cancelar-inscricao disiscriviti uitschrijven avregistrera",
    "a trackback": "trackback wp-trackback mt-tb tb-ping",
    "shares or prints": "wprm-print easyrecipe-print tasty-recipes-print wp-print",  # recipe plugins of WordPress
}
# The same for words that are also topics and titles: as the last segment they act after what is one thing's address
# ('/node/5/edit', '/my-first-post/share'), and as a script's name ('/vote.php'); '/blog/delete' is a post of that name.
LAST = {
    "deletes": "delete remove destroy trash loeschen supprimer eliminar borrar elimina excluir verwijderen usun",
    "edits": "edit compose new-comment bearbeiten modifier editar modifica bewerken edytuj redigera",
    "votes": "vote upvote downvote like unlike favorite favourite unfavorite recommend flag report abuse report-abuse"
    " thumbs-up thumbs-down star unstar hide block follow unfollow",
    "replies": "reply respond quote antworten repondre responder rispondi",
    "subscribes": "subscribe watch unwatch notify",
    "shares or prints": "share print printable email email-this send-to-friend tell-a-friend printview pdf"
    " drucken imprimer imprimir stampa",
    "logs in or out": "activate password join",
}
# First segments that act, or lead to where one acts. Further on 'admin' is a user ('/blog/admin/hello').
FIRST = {
    "shares or prints": "print printmail printpdf email-a-friend tellafriend printthread",
    "votes": "plus1 flag vote votes rate upvote downvote",
    "buys": "buy",
    "administers": "admin administrator dashboard",
    "subscribes": "subscribe",
    "logs in or out": "account accounts",
}
# The same where a number follows: '/report/3' is no '/report/annual-figures'.
FIRST_OF_A_THING = {"votes": "report like star favorite favourite", "buys": "order purchase"}
# Two segments, one after the other.
PAIRS = {
    "replies": "comment/reply comments/reply comment/new comments/new comment/add comments/add posts/reply",
    "edits": "node/add post/new posts/new comment/edit comments/edit",
    "deletes": "comment/delete comments/delete",
    "logs in or out": "user/password users/password user/activate account/recover",
    "subscribes": "newsletter/subscribe newsletter/confirm",
}
# After these segments a word is a name: '/author/admin/', '/tag/login'.
NAMING = frozenset(
    "author authors by profile profiles tag tags label labels category"
    " categories topic topics archive archives t c p post posts article articles wiki search".split()
)
# Parameters whose mere presence acts, in lower case with '_' for '-'.
PARAMETERS = {
    "replies": "replytocom reply_to replyto reply_to_comment respond_to parent_comment_id unapproved moderation_hash",
    "buys": "add_to_cart addtocart add_to_wishlist add_to_compare remove_item buy_now undo_item removed_item",
    "votes": "like_comment vote upvote downvote rate rating like",
    "logs in or out": "logout login loggedout reauth redirect_to returnto return_to signin",
    "edits": "_wpnonce nonce csrf_token csrfmiddlewaretoken authenticity_token veaction edit preview preview_id"
    " preview_nonce customize_changeset_uuid elementor_preview",
    "subscribes": "subscribe unsubscribe unsub subscribe_reloaded",
    "shares or prints": "share print printable printer_friendly print_preview print_my_blog emailpopup tmpl_print"
    " sharesource openinapp",
    "a trackback": "tb_id trackback tb",
    "another view": "ak_action atd_action mobileaction",  # WordPress plugins, MediaWiki
}
# Parameters that name what is to be done ('?do=edit'): it is done where the value is one of ACTING. Of those that are
# STRICT any value acts that is none of READING ('?action=delete_all').
DOING = frozenset("action act do op task mode cmd command method func a what module view layout".split())
STRICT = frozenset({"action"})
ACTING = frozenset(
    "add addtocart admin approve buy cart checkout compose confirm create del delete diff download edit email export"
    " flag history info insert join like login logout lostpassword mail modify new newtopic pm post_comment postcomment"
    " print printable printpage profile_edit quote rate recent register remove reply report revisions revert save send"
    " share signup subscribe submit trackback unread unsubscribe unwatch update upload vote watch".split()
)
READING = frozenset(
    "view show read article post display detail details archive archives index list feed rss atom page entry blog"
    " category tag main home news story comments permalink topic viewtopic".split()
)
# A search that a reader made: these parameters below a path that speaks of searching, `s` alone at a blog's root.
SEARCH_SEGMENTS = frozenset(
    "search find suche recherche rechercher buscar busca ricerca cerca zoeken sok szukaj hledat".split()
)
SEARCH_PARAMETERS = frozenset(
    "q query s k keys keyword keywords search search_query term text searchtext words".split()
)
# Ends of paths that are files for other programs, and pictures, in lower case. Pages are never called so.
DOWNLOADS = frozenset(
    "zip gz tgz bz2 xz 7z rar tar jar war exe msi dmg pkg deb rpm apk ipa iso img bin torrent"
    " mp3 m4a m4b ogg oga opus wav flac aac wma mid mp4 m4v mkv avi mov wmv flv webm ogv mpg mpeg 3gp swf"
    " pdf epub mobi azw3 doc docx xls xlsx ppt pptx odt ods odp rtf djvu csv tsv sqlite"
    " ttf otf woff woff2 eot css ics vcf kml gpx psd ttc".split()
)
PICTURES = frozenset("jpg jpeg jpe jfif png gif webp avif svg ico bmp tif tiff heic heif jxl".split())
