"""A blog: how its posts lie in time, its tags, and all of its posts in pages; and the posts of all blogs."""

from __future__ import annotations

from scraper.store.lookup.shelves import Selection, count_months, count_posts, list_posts, read_shelf, read_tags
from scraper.web.asked import Answer, Asked, missing
from scraper.web.bars import plot, words_of
from scraper.web.pager import Pager

POSTS = 30  # on a page
TAGS = 24


def every_post(asked: Asked) -> Answer:
    """All posts of all blogs, and those that nobody knows the blog of."""
    connection = asked.reader.connection
    wanted = Selection(all_kinds=asked.text("kind") == "all")
    pager = Pager.of(asked.page, count_posts(connection, wanted), POSTS)
    posts = list_posts(connection, wanted, pager.offset, POSTS)
    values = {"list": posts, "pager": pager, "is_all": wanted.all_kinds, "link": asked.link}
    return Answer("posts.html", values)


def page(asked: Asked) -> Answer:
    """The blog of this id; `?month=2012-05` or `?month=2012`, `?tag=`, `?kind=all` choose among its posts."""
    connection = asked.reader.connection
    shelf = read_shelf(connection, asked.key)
    if shelf is None:
        return missing("No blog has this number.")
    tag, month, is_all = asked.text("tag"), asked.text("month"), asked.text("kind") == "all"
    wanted = Selection(blog_id=shelf.blog_id, tag=tag, month=month, all_kinds=is_all)
    pager = Pager.of(asked.page, count_posts(connection, wanted), POSTS)
    months, undated = count_months(connection, shelf.blog_id)
    years: dict[str, int] = {}
    for each in months:
        years[each.month[:4]] = years.get(each.month[:4], 0) + each.posts
    values = {
        "blog": shelf,
        "plot": plot(months),
        "years": years,
        "undated": undated,
        "tags": read_tags(connection, shelf.blog_id, TAGS),
        "tag": tag,
        "month": month,
        "month_words": words_of(month) if month else None,
        "is_all": is_all,
        "list": list_posts(connection, wanted, pager.offset, POSTS),
        "pager": pager,
        "link": asked.link,
    }
    return Answer("blog.html", values)
