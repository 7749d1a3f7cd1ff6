"""The services that keep a page's comments and fill them in by a script: `SERVICES`, a table without logic.

Sources: each service's own documentation of how it is embedded, and the code that the plugins of blog engines print.
"""

from __future__ import annotations

from dataclasses import dataclass

QUOTED = r"\s*[:=]\s*[\"']([^\"'\n]{1,500})[\"']"  # what a script sets a name to; group 1 is the value
NUMBER = r"\s*[:=]\s*[\"']?(\d{1,20})\b"


def argument(before: str, name: str, value: str = QUOTED) -> str:
    """The pattern of a name's value in the object that stands right behind what a pattern finds."""
    return rf"{before}\s*\{{[^{{}}]*?\b{name}[\"']?{value}"


@dataclass(frozen=True, slots=True)
class Service:
    """What embeds a service, and where that names the thread, the site's account and the service's own server.

    The first place that does wins: an attribute of the embed, or with `?` before it a parameter of its address; an
    attribute of another element; a pattern of the page's own scripts. Group 1 of a pattern is the value.
    """

    name: str
    embed: str
    thread: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    thread_elements: tuple[tuple[str, str, str], ...] = ()  # selector, attribute, pattern of its value
    account_elements: tuple[tuple[str, str, str], ...] = ()
    thread_scripts: tuple[str, ...] = ()
    account_scripts: tuple[str, ...] = ()
    server: tuple[str, ...] = ()
    server_elements: tuple[tuple[str, str, str], ...] = ()
    server_scripts: tuple[str, ...] = ()


def _called(name: str, embed: str, call: str, thread: str, account: str = "", server: str = "") -> Service:
    """A service whose script is called with an object of these names."""
    stated = [(argument(call, each),) if each else () for each in (thread, account, server)]
    return Service(name, embed, thread_scripts=stated[0], account_scripts=stated[1], server_scripts=stated[2])


SERVICES: tuple[Service, ...] = (
    Service(
        "disqus",
        "#disqus_thread, script[src*='.disqus.com/embed.js'], iframe[src*='disqus.com/embed/comments']",
        thread=("data-disqus-identifier", "data-identifier", "?t_i", "data-disqus-url", "data-url", "?t_u"),
        account=("data-disqus-shortname", "data-shortname", "?f"),
        account_elements=(("script[src*='.disqus.com/embed.js']", "src", r"//([\w-]+)\.disqus\.com/"),),
        thread_scripts=(
            rf"disqus_identifier{QUOTED}",
            rf"disqusIdentifier[\"']?{QUOTED}",
            rf"page\.identifier{QUOTED}",
            argument(r"\"disqus\":", "identifier"),
            rf"disqus_url{QUOTED}",
            rf"disqusUrl[\"']?{QUOTED}",
            rf"page\.url{QUOTED}",
            argument(r"\"disqus\":", "url"),
        ),
        account_scripts=(
            rf"disqus_shortname{QUOTED}",
            rf"disqusShortname[\"']?{QUOTED}",
            r"//[\"']\s*\+\s*[\"']([\w-]+)[\"']\s*\+\s*[\"']\.disqus\.com/embed",
            r"//([\w-]+)\.disqus\.com/embed",
            argument(r"\"disqus\":", "domain"),
        ),
    ),
    Service(
        "facebook",
        r".fb-comments, fb\:comments, iframe[src*='facebook.com/plugins/comments']",
        thread=("data-href", "href", "xid", "?href"),
    ),
    Service(
        "isso",
        "#isso-thread",
        thread=("data-isso-id",),
        server_elements=(
            ("script[data-isso]", "data-isso", "(.+)"),
            ("script[src*='/js/embed']", "src", r"(.*/)js/embed(?:\.\w+)?\.js"),
        ),
    ),
    Service(
        "giscus",
        "script[src*='giscus.app/client.js'], giscus-widget, iframe.giscus-frame",
        thread=("data-term", "term", "?term", "?number"),
        account=("data-repo", "repo", "?repo"),
    ),
    Service(
        "utterances",
        "script[src*='utteranc.es/client.js'], iframe.utterances-frame",
        thread=("issue-number", "?issue-number"),
        account=("repo", "?repo"),
        # a term that is a number would be taken for an issue's
        thread_elements=(("script[src*='utteranc.es/client.js']", "issue-term", r"^(?!\d+$)(.+)"),),
    ),
    Service(
        "hyvor",
        "hyvor-talk-comments, #hyvor-talk-view",
        thread=("page-id",),
        account=("website-id",),
        thread_scripts=(r"HYVOR_TALK_CONFIG\s*=\s*\{[^{}]*?\bid[\"']?\s*:\s*[\"']?([^\"',\s{}]{1,200})[\"'\s,]",),
        account_scripts=(rf"HYVOR_TALK_WEBSITE{NUMBER}",),
    ),
    Service(
        "ghost",
        "script[data-ghost-comments]",
        thread=("data-post-id",),
        account=("data-ghost-comments",),
        server=("data-ghost-comments",),
    ),
    Service("commento", "#commento", thread=("data-page-id",)),
    Service("comentario", "comentario-comments", thread=("page-id",)),
    Service("cusdis", "#cusdis_thread", thread=("data-page-id",), account=("data-app-id",), server=("data-host",)),
    Service(
        "remark42",
        "#remark42, iframe[src*='/web/iframe.html?'][src*='site_id=']",
        thread=("data-url", "?url"),
        account=("?site_id",),
        thread_scripts=(argument(r"remark_config\s*=", "url"),),
        account_scripts=(argument(r"remark_config\s*=", "site_id"),),
        server_scripts=(argument(r"remark_config\s*=", "host"),),
    ),
    Service(
        "coral",
        "#coral_thread, #coral_talk_stream, #coralStreamEmbed",
        thread=("data-story-id", "data-storyid", "data-asset-id"),
        thread_scripts=(
            argument(r"createStreamEmbed\(", "storyID"),
            argument(r"Talk\.render\([^{}]{0,200}", "asset_id"),
            argument(r"createStreamEmbed\(", "storyURL"),
        ),
    ),
    Service(
        "viafoura",
        "vf-conversations, .vf-conversations, .vf-comments, .vf-commenting",
        thread=("vf-container-id", "data-container-id", "data-vf-container-id"),
        thread_elements=(("meta[name='vf:container_id']", "content", "(.+)"),),
    ),
    Service(
        "openweb",
        "[data-spotim-module], [data-spot-id]",
        thread=("data-post-id",),
        account=("data-spot-id",),
        account_elements=(("script[src*='spot.im/spot/']", "src", r"/spot/(sp_\w+)"),),
    ),
    Service(
        "vuukle",
        "#vuukle-comments, .vuukle-comments",
        thread=("data-articleid", "data-article-id"),
        thread_scripts=(argument(r"VUUKLE_CONFIG\s*=", "articleId"),),
        account_scripts=(argument(r"VUUKLE_CONFIG\s*=", "apiKey"),),
    ),
    Service(
        "graphcomment",
        "#graphcomment",
        thread_scripts=(
            rf"semio__params\s*=[^}}]{{0,300}}?\buid{QUOTED}",
            rf"gc_params\s*=[^}}]{{0,300}}?\buid{QUOTED}",
        ),
        account_scripts=(rf"graphcommentId{QUOTED}", rf"graphcomment_id{QUOTED}"),
    ),
    _called("waline", "#waline, #waline-comments, link[href*='waline' i]", r"\binit\(", "path", server="serverURL"),
    _called("twikoo", "#twikoo, #tcomment, script[src*='twikoo' i]", r"twikoo\.init\(", "path", account="envId"),
    _called("valine", "#vcomments, #valine, #valine-comments", r"new Valine\(", "path"),
    Service(
        "gitalk",
        "#gitalk-container",
        thread_scripts=(
            argument(r"new Gitalk\(", "id"),
            argument(r"new Gitalk\(", "number", NUMBER),
        ),
        account_scripts=(argument(r"new Gitalk\(", "repo"),),
    ),
    _called(
        "artalk",
        "#artalk, #Artalk, .artalk, script[src*='artalk' i], link[href*='artalk' i]",
        r"Artalk\.init\(",
        "pageKey",
        account="site",
        server="server",
    ),
    Service("changyan", "#SOHUCS", thread=("sid",)),
    Service("livere", "#lv-container", account=("data-uid",)),
    _called("fastcomments", "#fastcomments-widget", r"FastCommentsUI\([^{}]{0,200}", "urlId", account="tenantId"),
    Service(
        "telegram",
        "script[data-telegram-discussion]",
        thread=("data-telegram-discussion",),
    ),
    Service(
        "discourse",
        "#discourse-comments",
        thread_scripts=(rf"discourseEmbedUrl{QUOTED}", rf"topicId{NUMBER}"),
        server_scripts=(rf"discourseUrl{QUOTED}",),
    ),
    Service("vk", "#vk_comments", account_scripts=(argument(r"VK\.init\(", "apiId", NUMBER),)),
    Service(
        "hypercomments",
        "#hypercomments_widget",
        thread_scripts=(rf"\bxid[\"']?{QUOTED}",),
        account_scripts=(rf"widget_id[\"']?{NUMBER}",),
    ),
    Service(
        "intensedebate",
        "#idc-container, #IDCommentsHead, #IDCommentsPostTitle",
        thread_scripts=(rf"idcomments_post_id{QUOTED}",),
        account_scripts=(rf"idcomments_acct{QUOTED}",),
    ),
    Service(
        "livefyre",
        "#livefyre-comments, .livefyre-comments",
        thread=("data-lf-article-id",),
        account=("data-lf-site-id",),
        thread_scripts=(rf"\barticleId[\"']?{QUOTED}",),
        account_scripts=(rf"\bsiteId[\"']?{QUOTED}",),
    ),
    Service("htmlcommentbox", "#HCB_comment_box", thread_scripts=(rf"hcb_user\.PAGE{QUOTED}",)),
    Service("jskit", ".js-kit-comments", thread=("uniq", "permalink", "path")),
    Service("googleplus", r".g-comments, g\:comments", thread=("data-href", "href")),
    Service(
        "webmention.io",
        "#webmentions",
        thread=("data-page-url",),
        account_elements=(("link[href*='webmention.io/']", "href", r"webmention\.io/([^/]+)/"),),
    ),
    # Platforms whose own pages have their comments from a script. Where Blogger's feed and Substack's JSON hold them,
    # the post's id is what these are asked for.
    Service(
        "blogger",
        "script[src*='/dynamicviews/']",
        thread_elements=(("link[href*='/comments/default']", "href", r"/feeds/(\d+)/comments/"),),
    ),
    Service(
        "medium",
        "meta[content^='medium://p/']",
        thread_elements=(("meta[content^='medium://p/']", "content", r"medium://p/([0-9a-f]+)"),),
    ),
    Service(
        "substack",
        ".single-post-container #discussion, .single-post-container .comments-page",
        thread_scripts=(r"\\\"post\\\":\{[^{}]*?\\\"id\\\":(\d+)", r"\"post\":\{[^{}]*?\"id\":(\d+)"),
    ),
)
