"""Invented exports, written from what the formats' own documentation says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Bread &amp; Co</title><link>https://blog.example</link><description></description>
<pubDate>Wed, 20 Mar 2024 12:00:00 +0000</pubDate><language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>7</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login>
<wp:author_email><![CDATA[ann@mail.example]]></wp:author_email>
<wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>2</wp:term_id><wp:cat_name><![CDATA[Baking]]></wp:cat_name></wp:category>
{items}
</channel></rss>
"""


def item(
    number: int,
    *,
    url: str = "",
    title: str = "",
    kind: str = "post",
    status: str = "publish",
    password: str = "",
    text: str = "First words.\n\nSecond words\nof the post.",
    comments: Sequence[str] = (),
) -> str:
    """One item of a WXR."""
    return f"""<item><title>{title or f"Post {number}"}</title>
<link>{url or f"https://blog.example/post-{number}/"}</link><dc:creator><![CDATA[ann]]></dc:creator>
<guid isPermaLink="false">https://blog.example/?p={number}</guid><description></description>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[An excerpt]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[2012-05-14 10:04:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[2012-05-14 08:04:00]]></wp:post_date_gmt><wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type><wp:post_password><![CDATA[{password}]]></wp:post_password>
<category domain="category" nicename="baking"><![CDATA[Baking]]></category>
<category domain="post_tag" nicename="rye"><![CDATA[Rye & wheat]]></category>
<wp:postmeta><wp:meta_key>_x</wp:meta_key><wp:meta_value><![CDATA[]]></wp:meta_value></wp:postmeta>
{"".join(comments)}</item>"""


def comment(
    number: int,
    *,
    parent: int = 0,
    approved: str = "1",
    kind: str = "comment",
    author: str = "",
    text: str = "",
    user: int = 0,
) -> str:
    """One comment of a WXR."""
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author><![CDATA[{author or f"Reader {number}"}]]></wp:comment_author>
<wp:comment_author_email><![CDATA[reader@mail.example]]></wp:comment_author_email>
<wp:comment_author_url>https://reader.example/</wp:comment_author_url>
<wp:comment_author_IP><![CDATA[192.0.2.7]]></wp:comment_author_IP>
<wp:comment_date><![CDATA[2012-05-15 12:00:0{number % 10}]]></wp:comment_date>
<wp:comment_date_gmt><![CDATA[2012-05-15 10:00:0{number % 10}]]></wp:comment_date_gmt>
<wp:comment_content><![CDATA[{text or f"Remark {number} & more."}]]></wp:comment_content>
<wp:comment_approved><![CDATA[{approved}]]></wp:comment_approved><wp:comment_type><![CDATA[{kind}]]></wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>"""


def write_wxr(folder: Path, items: Sequence[str]) -> Path:
    """A WXR of these items."""
    path = folder / "export.xml"
    path.write_text(WXR.format(items="\n".join(items)))
    return path
