"""The words of class names and ids that tell chrome, by its kind.

Collected from the markup that the engines, themes and plugins named in docs/architecture.md print, and from what sites
have in common; a phrase of two words matches where both stand next to each other ('related-posts', 'related_posts').
"""

from __future__ import annotations

# kind -> words and phrases, separated by commas
KINDS: dict[str, str] = {
    "menu": "menu, nav, navbar, navigation, breadcrumb, breadcrumbs, topbar, menubar, toolbar, sitenav, subnav",
    "pagination": (
        "pager, pagination, paging, pagenavi, postnav, prevnext, nextprev, nav links, post navigation, page links"
    ),
    "search": "search, searchform, searchbox",
    "advert": (
        "ad, ads, advert, adverts, advertisement, advertising, adsense, adsbygoogle, dfp, banner, "
        "leaderboard, sponsor, sponsored, sponsors, promo, promotion, promobox, outbrain, taboola, anzeige, "
        "werbung, publicidad, publicite, adbox, adslot"
    ),
    "jobs": "jobs, job, stellenangebote, jobbox, vacancies",
    "login_prompt": "login, signin, loginform, login prompt, register, signup, paywall, regwall",
    "share": (
        "share, sharing, sharebar, sharebox, sharedaddy, sharethis, addthis, addtoany, a2a, social, socials, "
        "socialmedia, shariff, accelerators, bookmarks, tweetmeme, fblike, likes, social share, ssba, "
        "heateor, essb, jiathis, bdsharebuttonbox, socialize, sociable"
    ),
    "related": (
        "related, relatedposts, related posts, relatedarticles, yarpp, recommended, recommendations, "
        "recommend, similar, readmore, read next, more posts, morelikethis, youmaylike, zemanta, verwandte, "
        "linkwithin, relacionados, crp, trending, popular, mostread, upnext, see also, read also, teaserlist, "
        "weitere"
    ),
    "newsletter": "newsletter, newsletters, subscribe, subscription, optin, mailchimp, mc4wp, feedburner, signup form",
    "cookie_notice": "cookie, cookies, consent, gdpr, cookiebar, cmp",
    "footer": "footer, colophon, copyright, imprint, bottombar",
    "widget": "sidebar, sidebars, widget, widgets, rail, aside, blogroll, tagcloud, calendar, archives, secondary",
    "skip_link": (
        "skip, screen reader, sr only, visually hidden, element invisible, skiplink, noprint, hidden print, offscreen"
    ),
    "popup": "popup, modal, overlay, lightbox, tooltip, dropdown, offcanvas",
    "tool": "print, printfriendly, email this, permalink",
    "byline": (
        "tags, taglist, tag list, tag links, taxonomy, categories, cat links, post tags, posttags, entry "
        "tags, filed, postmetadata, entry utility, entry footer, post footer, entry meta, post meta, "
        "postmeta, article meta, meta info, post info, entry info, postinfo, post details, article info, "
        "byline, dateline, entry date, post date, posted on, post author, entry author, published, post "
        "views, views, timestamp, submitted, posted by, article header meta, article date, reading time"
    ),
    "rating": "rating, ratings, votes, voting, starrating, post ratings, kksr",
    "comments": (
        "comment form, commentform, respond, reply form, replyform, comment respond, addcomment, comment "
        "reply, comment list, commentlist, comments, disqus, comments area, fb comments, livefyre, "
        "kommentare, responses"
    ),
    "header": (
        "masthead, site header, page header top, header top, branding, site title, site description, logo, "
        "site branding"
    ),
    "trackbacks": "trackback, trackbacks, pingbacks",
    "appeal": "infobox promo, disclaimer, affiliate, donate, donation, patreon, flattr, paypal, support us",
}
WORDS: dict[str, str] = {word.strip(): kind for kind, words in KINDS.items() for word in words.split(",")}
PHRASE_STARTS = frozenset(phrase.split()[0] for phrase in WORDS if " " in phrase)
