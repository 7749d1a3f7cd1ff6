import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.hosting import politeness_group, site_of, tenant_of
from scraper.text.hosting_platforms import PLATFORMS


@pytest.mark.parametrize(
    ("url", "platform", "name", "path"),
    [
        ("https://ann.wordpress.com/2012/05/hello/", "wordpress.com", "ann", "/"),
        ("http://www.ann.blogspot.co.uk/", "blogspot.com", "ann", "/"),
        ("https://medium.com/@Ann/hello", "medium.com", "ann", "/@Ann/"),
        ("https://ann.medium.com/hello", "medium.com", "ann", "/"),
        ("https://users.livejournal.com/ann_b/12.html", "livejournal.com", "ann_b", "/ann_b/"),
        ("https://dev.to/ann/hello", "dev.to", "ann", "/ann/"),
        ("https://www.tumblr.com/ann/12/hello", "tumblr.com", "ann", "/ann/"),
        ("https://ann.wixsite.com/cats/post/hello", "wixsite.com", "ann/cats", "/cats/"),
        ("https://blog.naver.com/ann/2221", "naver.com", "ann", "/ann/"),
        ("http://ann.blog126.fc2.com/blog-entry-1.html", "fc2.com", "ann", "/"),
        ("https://ann.tech.blog/hello", "wordpress.com", "ann@tech.blog", "/"),
    ],
)
def test_a_blog_on_a_platform_is_a_tenant(url, platform, name, path):
    tenant = tenant_of(url)
    assert (tenant.platform, tenant.name, tenant.path) == (platform, name, path)


@pytest.mark.parametrize(
    "url",
    [
        "https://blog.example/",
        "https://wordpress.com/ann",
        "https://www.wordpress.com/",
        "https://dev.to/search",
        "https://dev.to/robots.txt",
        "https://dev.to/",
        "https://medium.com/some-publication/hello",
        "https://notwordpress.com/",
        "no address",
    ],
)
def test_what_names_no_blog_on_a_platform_has_no_tenant(url):
    assert tenant_of(url) is None


@pytest.mark.parametrize(
    ("url", "group"),
    [
        ("https://ann.wordpress.com/", "wordpress.com"),
        ("https://ann.tech.blog/", "wordpress.com"),
        ("https://rssblog.ameblo.jp/ann/rss20.xml", "ameblo.jp"),
        ("https://WWW.Blog.Example:443/a", "blog.example"),
        ("http://blog.example:8080/a", "blog.example:8080"),
        ("http://127.0.0.1:8001/", "127.0.0.1:8001"),
        ("http://[::1]:81/", "[::1]:81"),
        ("mailto:ann@blog.example", ""),
    ],
)
def test_who_shares_servers_shares_a_pace(url, group):
    assert politeness_group(url) == group


@pytest.mark.parametrize("platform", PLATFORMS)
def test_all_blogs_of_a_platform_are_in_its_group_and_have_names(platform):
    for shape in PLATFORMS[platform].replace("blogspot.*", "blogspot.de").split():
        url = "https://" + shape.replace("*", "ann") + "/"
        assert politeness_group(url) == platform
        assert tenant_of(url).platform == platform
        assert tenant_of(url).name.startswith("ann")


@given(st.text() | st.text().map("https://{}".format) | st.text().map("https://ann.wordpress.com/{}".format))
def test_no_string_raises(text):
    tenant_of(text)
    assert politeness_group(text) or not site_of(text)
