"""What a URL points at: `resolve` as browsers do it, `url_key` for telling whether two URLs are the same page."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote_plus

# Parameters that say how a reader came, never what is shown. Lower case; compared without case.
TRACKING_PREFIXES = (
    "utm_",  # Google Analytics campaign parameters
    "mtm_",  # Matomo campaigns
    "matomo_",  # Matomo, older name
    "pk_",  # Piwik, the name of Matomo before 2018
    "piwik_",  # Piwik
    "hsa_",  # HubSpot advertising
    "__hs",  # HubSpot cross-domain: __hssc, __hstc, __hsfp
    "oly_",  # Omeda Olytics: oly_enc_id, oly_anon_id
    "fb_",  # Facebook's social plugins: fb_action_ids, fb_source, fb_comment_id
    "pd_rd_",  # Amazon referral
)
TRACKING = frozenset(
    {
        "fbclid",  # Facebook click id
        "gclid",  # Google Ads
        "gclsrc",  # Google Ads
        "dclid",  # Google Display & Video
        "gbraid",  # Google Ads, iOS app to web
        "wbraid",  # Google Ads, iOS web to app
        "_ga",  # Google Analytics linker
        "_gl",  # Google Analytics 4 linker
        "msclkid",  # Microsoft Advertising
        "yclid",  # Yandex Direct
        "ysclid",  # Yandex search click
        "_openstat",  # Openstat
        "twclid",  # X (Twitter) click id
        "ttclid",  # TikTok click id
        "li_fat_id",  # LinkedIn first-party ad tracking
        "igshid",  # Instagram share id
        "igsh",  # Instagram share id, newer
        "epik",  # Pinterest
        "rdt_cid",  # Reddit ads
        "s_kwcid",  # Adobe Advertising
        "s_cid",  # Adobe Analytics campaign
        "mc_cid",  # Mailchimp campaign
        "mc_eid",  # Mailchimp reader
        "mkt_tok",  # Marketo
        "_hsenc",  # HubSpot e-mail
        "_hsmi",  # HubSpot e-mail
        "hsctatracking",  # HubSpot call to action
        "vero_id",  # Vero e-mail
        "vero_conv",  # Vero e-mail
        "wickedid",  # Wicked Reports
        "_bta_tid",  # Bronto e-mail
        "_bta_c",  # Bronto e-mail
        "trk_contact",  # Listrak
        "trk_msg",  # Listrak
        "trk_module",  # Listrak
        "trk_sid",  # Listrak
        "_kx",  # Klaviyo
        "ml_subscriber",  # MailerLite
        "ml_subscriber_hash",  # MailerLite
        "at_medium",  # AT Internet (Piano Analytics)
        "at_campaign",  # AT Internet
        "xtor",  # AT Internet, older
        "cmpid",  # campaign id of several news systems
        "ncid",  # campaign id of AOL's and the Huffington Post's blogs
        "wt_mc",  # Webtrekk (Mapp) media code
        "wt.mc_id",  # Webtrends campaign
        "_branch_match_id",  # Branch deep links
        "_branch_referrer",  # Branch deep links
        "share_from_app",  # Branch, sharing
        "vgo_ee",  # ActiveCampaign
        "ref_src",  # X (Twitter) embeds
        "ref_url",  # X (Twitter) embeds
        "guccounter",  # Yahoo consent detour
        "guce_referrer",  # Yahoo consent detour
        "guce_referrer_sig",  # Yahoo consent detour
    }
)
SESSIONS = frozenset(
    {
        "phpsessid",  # PHP session.name default
        "jsessionid",  # Java servlets
        "aspsessionid",  # classic ASP
        "asp.net_sessionid",  # ASP.NET
        "cfid",  # ColdFusion
        "cftoken",  # ColdFusion
        "sessionid",  # Django and others
        "session_id",  # several shop and forum systems
        "zenid",  # Zen Cart
        "oscsid",  # osCommerce
        "xtcsid",  # xt:Commerce
    }
)
# Names that mean a session in some systems and an article in others (PHP-Nuke's `sid=123`): off only with a value
# that looks like a digest.
DIGEST_SESSIONS = frozenset(
    {
        "sid",  # phpBB, PHP's old SID constant
        "s",  # vBulletin
        "sessid",  # several
    }
)

_DIGEST = re.compile(r"[0-9a-f]{26,64}\Z", re.IGNORECASE)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)  # so Java servlets write it
# What needs no parser: lower-case host with a last label of letters, or an IPv4 address as browsers write it, maybe a
# port that is no scheme's own, a path without dot segments or escapes, no query.
# The first character of a segment is no dot and each segment starts with its slash, so that matching stays linear.
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4 = rf"(?:{_BYTE}\.){{3}}{_BYTE}"
_PLAIN = re.compile(
    rf"(https?)://(?:(?:[a-z0-9-]+\.)+[a-z]{{2,}}|localhost|{_IPV4})(?!:80/|:443/)(?::[1-9]\d{{1,3}}|:[1-5]\d{{4}})?"
    r"(?:(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+/?|/)\Z",
    re.ASCII,
)
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9_.-]+=[A-Za-z0-9_.-]*(?:&[A-Za-z0-9_.-]+=[A-Za-z0-9_.-]*)*\Z")
_HOST = re.compile(
    rf"https?://(?:[^/?#@\\]*@)?((?:[a-z0-9-]+\.)*[a-z-]*[a-z]|{_IPV4})\.?(?::(?:\d{{0,4}}|[1-5]\d{{4}}))?(?=[/?#]|\Z)",
    re.IGNORECASE | re.ASCII,
)
_AUTHORITY = re.compile(r"(https?)://([^/?#]*)")
# What a URL is without its scheme; 'notes.html' and 'voices.db' are more often files.
_BARE_HOST = re.compile(
    r"[\w-]+(?:\.[\w-]+)*\.(?!(?:html?|txt|xml|json|csv|db|sqlite|warc|gz|zip|md|pdf)\b)[^\W\d_]{2,}(?::\d+)?(?:/\S*)?\Z"
)
_STRIPPED = frozenset(map(chr, range(33)))  # what is not part of an address where that ends with it
_SURROGATE = re.compile("[\ud800-\udfff]")
_PATH_END = re.compile(r"/?(?=[?#]|\Z)")


@lru_cache(maxsize=4096)
def resolve(base: str | None, reference: str) -> str | None:
    """The absolute http(s) URL that a browser would open for `reference` on a page at `base`, or None.

    None also for mailto:, javascript:, data: and the like, and for what no browser can parse. A base that is no URL
    ('urn:sha256:...') only makes relative references unresolvable. Rules: the WHATWG URL standard.

    >>> resolve("https://example.org/2012/05/", "../about?x=1#me")
    'https://example.org/2012/about?x=1#me'
    >>> resolve("https://example.org/", "mailto:bob@example.org") is None
    True
    """
    if _PLAIN.match(reference):
        return reference
    path, _, query = reference.partition("?")
    if query and _PLAIN.match(path) and _PLAIN_QUERY.match(query):
        return reference
    head, mark, fragment = reference.partition("#")
    if fragment.isascii() and fragment.replace("-", "").isalnum() and head[-1:] not in _STRIPPED:
        url = resolve(base, head)  # a thread has many addresses that differ in the fragment alone
        return url and url + mark + fragment
    url = _joined(base, reference)
    return url if url is not None and url.startswith(("http://", "https://")) else None


def no_web_address(reference: str) -> str:
    """What a person is told of a text that is no http(s) URL; where the scheme alone is missing, how it would be one.

    >>> no_web_address("mailto:bob@example.org")
    'not an http or https URL'
    >>> no_web_address("blog.example/about")
    'not an http or https URL; https://blog.example/about would be one'
    >>> no_web_address("notes.html"), no_web_address("1.5")
    ('not an http or https URL', 'not an http or https URL')
    """
    said = "not an http or https URL"
    return f"{said}; https://{reference} would be one" if _BARE_HOST.match(reference) else said


@lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """The identity of a URL: equal for two spellings of one page's address. Idempotent; never for fetching.

    http and https are alike (written 'http'), host in lower case, default port and fragment off, tracking parameters
    and session ids off, query sorted, escapes normalised (w3lib). Anything but http(s) passes through unchanged.

    >>> url_key("HTTPS://Example.org:443/a/?utm_source=x&b=2&a=1#comment-3")
    'http://example.org/a/?a=1&b=2'
    >>> url_key("urn:sha256:00ff")
    'urn:sha256:00ff'
    """
    plain = _PLAIN.match(url)
    if plain:
        return url if plain[1] == "http" else "http" + url[5:]
    absolute = resolve(None, url)
    if absolute is None:
        return url
    return _canonical(_without_tracking(_alike(without_fragment(absolute))))


def host_of(url: str) -> str | None:
    """The host of an http(s) URL in lower case, as a browser writes it (IDNA), without port; else None.

    >>> host_of("https://bob@Www.Example.org:8080/x")
    'www.example.org'
    """
    found = _HOST.match(url)
    if found and "xn--" not in found[1]:
        return found[1].lower()
    absolute = resolve(None, url)
    authority = _AUTHORITY.match(absolute) if absolute else None
    if authority is None:
        return None
    host = authority[2].rpartition("@")[2]
    return (re.sub(r":\d*\Z", "", host).rstrip(".")) or None


def blog_host(url: str) -> str | None:
    """The host that names a blog: as `host_of`, a leading 'www.' ignored.

    >>> blog_host("https://www.example.org/2012/05/a-post")
    'example.org'
    """
    return (host_of(url) or "").removeprefix("www.") or None


def same_site(a: str, b: str) -> bool:
    """Whether both URLs have the same host, a leading 'www.' ignored.

    >>> same_site("https://www.example.org/a", "http://example.org/b")
    True
    """
    host_a, host_b = host_of(a), host_of(b)
    return host_a is not None and host_b is not None and host_a.removeprefix("www.") == host_b.removeprefix("www.")


def other_slash(url: str) -> str:
    """The URL with a slash at the end of its path, or without the one that is there.

    >>> other_slash("https://blog.example/a?b=1"), other_slash("https://blog.example/a/#c")
    ('https://blog.example/a/?b=1', 'https://blog.example/a#c')
    """
    return _PATH_END.sub(lambda found: "" if found[0] else "/", url, count=1)


def without_query(url: str, names: Collection[str]) -> str:
    """The URL without the query parameters of these names; all other characters stay as they are.

    >>> without_query("https://example.org/?p=3&replytocom=7#respond", {"replytocom"})
    'https://example.org/?p=3#respond'
    """
    head, mark, fragment = url.partition("#")
    path, question, query = head.partition("?")
    if not question:
        return url
    parts = query.split("&")
    left = [part for part in parts if unquote_plus(part.partition("=")[0]) not in names]
    if len(left) == len(parts):
        return url
    kept = "&".join(left)
    return path + (question + kept if kept else "") + mark + fragment


def without_fragment(url: str) -> str:
    """The URL up to its '#'."""
    return url.partition("#")[0]


@lru_cache(maxsize=4096)
def path_of(url: str) -> str:
    """The path as it stands in the URL; empty where it has none.

    >>> path_of("https://example.org/2012/05/?p=3"), path_of("http://[")
    ('/2012/05/', '')
    """
    head = without_fragment(url).partition("?")[0]
    scheme, mark, rest = head.partition("://")
    if not mark or "/" in scheme:
        return head
    _, slash, path = rest.partition("/")
    return slash + path


def _joined(base: str | None, reference: str) -> str | None:
    import ada_url

    reference = _SURROGATE.sub("\ufffd", reference)
    if base is not None:
        try:
            return ada_url.join_url(_SURROGATE.sub("\ufffd", base), reference)
        except ValueError:
            pass
    try:
        return ada_url.normalize_url(reference)
    except ValueError:
        return None


def _alike(url: str) -> str:
    """The URL with http for https, and neither's default port, since ':443' on http is an accident of a link."""
    authority = _AUTHORITY.match(url)
    if authority is None:
        return url
    host = re.sub(r":(?:80|443)?\Z", "", authority[2])
    return "http://" + host + url[authority.end() :]


def _without_tracking(url: str) -> str:
    path, _, query = url.partition("?")
    if ";" in path:
        path = _PATH_SESSION.sub("", path)
    kept = "&".join(part for part in query.split("&") if part and not _is_tracking(part))
    return path + "?" + kept if kept else path


def _is_tracking(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = unquote_plus(name).lower()
    if name in TRACKING or name in SESSIONS or name.startswith(TRACKING_PREFIXES):
        return True
    return name in DIGEST_SESSIONS and _DIGEST.match(value) is not None


def _canonical(url: str) -> str:
    path, question, query = url.partition("?")
    if _PLAIN.match(path):
        if not question:
            return url
        if _PLAIN_QUERY.match(query):  # what w3lib does to such a query, without its parsing
            return path + "?" + "&".join(sorted(query.split("&"), key=_name_and_value))
    from w3lib.url import canonicalize_url

    return canonicalize_url(url)


def _name_and_value(parameter: str) -> tuple[str, str]:
    name, _, value = parameter.partition("=")
    return name, value
