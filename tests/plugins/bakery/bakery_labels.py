"""Labels: a line for each loaf, with how many crumbs it has."""

from scraper.export.formats import Format, Write
from scraper.export.selection import Selection

LABELS = Format("labels", "text", "bakery_labels:write_labels", "a line for each loaf")


def write_labels(selection: Selection, write: Write) -> int:
    """The number of posts."""
    number = 0
    for post in selection.posts():
        write(f"{post.title}: {len(post.comments)}\n")
        number += 1
    return number
