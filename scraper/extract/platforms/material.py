"""Blogs of Material for MkDocs 9.2 and later, 2023 to today.

Source: blog-post.html, blog.html, content.html and partials/post.html, partials/tags.html of its templates. Author, day
and categories stand in a column of menus beside the post, its tags in one more above it.
"""

from scraper.extract.platforms.rules import Platform

MATERIAL = Platform(
    name="mkdocs-material",
    valid_from=2023,
    valid_until=None,
    signs=(".md-content--post", ".md-post--excerpt"),
    kinds=((".md-content--post", "post"), (".md-post--excerpt", "listing")),
    title=("article.md-content__inner > h1",),
    body=("article.md-content__inner",),
    author=(".md-post__authors .md-profile__description strong",),
    published=(".md-post__meta time[datetime]",),
    tags=(".md-tags .md-tag",),
    categories=(".md-post__meta a[href*='category/']",),
    author_box=(".md-post__profile",),
    author_name=("strong",),
    bio=(".md-profile__description",),
    picture=("img",),
    chrome=(
        (".md-sidebar--primary, .md-sidebar--secondary, .md-post__back", "menu"),
        (".md-tags", "taxonomy"),
        (".md-source-file, .md-feedback, .md-content__button", "tool"),
    ),
)
