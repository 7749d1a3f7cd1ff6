"""Which extracted comment is which stored one, also where the platform gives comments no id."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence

from scraper.store.planning.times import overlap
from scraper.store.planning.values import CommentValues, text_digest
from scraper.text.prose import fold
from scraper.text.urls import url_key

SHORT_TEXT = 40  # characters; 'Thanks!' on another page of the thread is likely another comment
SAME_WORDS = 0.5  # share of words that an edited comment keeps of all words of both versions
MOST_EDITS = 20  # unmatched comments of one author; among more of them, guessing costs time and is often wrong

_WORD = re.compile(r"\w+")
_Key = Callable[[CommentValues], Hashable | None]


def align_comments(
    stored: Sequence[CommentValues], shown: Sequence[CommentValues], earlier: Sequence[Collection[str]] = ()
) -> dict[int, int]:
    """Indexes of shown comments to indexes of the stored comments that they are; who has none is new.

    By platform id, then by permalink, where these are unique; then by wording, author and times that do not exclude
    each other, in order; then by what a stored comment once said, `earlier` being the digests of its revisions. Last,
    an edited comment: same author, same minute or same page of the thread and most words kept. A relative time is
    only ever used to exclude. Each stored comment is taken once, and two different ids are never the same comment.
    """
    matches: dict[int, int] = {}
    for key in (_platform_id, _permalink):
        if len(matches) < len(shown):
            _match_by_name(key, stored, shown, matches)
    if len(matches) < len(shown) and len(matches) < len(stored):
        _match_by_wording(stored, shown, matches)
        _match_by_earlier_wording(stored, shown, earlier, matches)
        _match_edited(stored, shown, matches)
    return matches


def _platform_id(values: CommentValues) -> Hashable | None:
    return values.platform_id


def _permalink(values: CommentValues) -> Hashable | None:
    """What in the permalink tells this comment from others of its post: '#comment-12' on whichever comment page."""
    if not values.permalink:
        return None
    address, _, fragment = values.permalink.partition("#")
    return fragment if any(map(str.isdigit, fragment)) else (url_key(address), fragment)


def _wording(values: CommentValues) -> Hashable:
    return (values.kind, fold(values.author or ""), fold(values.text))


def _match_by_name(
    key: _Key, stored: Sequence[CommentValues], shown: Sequence[CommentValues], matches: dict[int, int]
) -> None:
    """By what names one comment only: in some templates all comments have the permalink of the thread."""
    taken = set(matches.values())
    places = _unique_names(key, stored)
    for name, index in _unique_names(key, shown).items():
        place = places.get(name)
        if place is None or place in taken or index in matches:
            continue
        ids = (stored[place].platform_id, shown[index].platform_id)
        if None in ids or ids[0] == ids[1]:
            matches[index] = place


def _unique_names(key: _Key, comments: Sequence[CommentValues]) -> dict[Hashable, int]:
    names = [key(values) for values in comments]
    counts = Counter(names)
    return {name: index for index, name in enumerate(names) if name is not None and counts[name] == 1}


def _match_by_wording(stored: Sequence[CommentValues], shown: Sequence[CommentValues], matches: dict[int, int]) -> None:
    """In order; but of several rows with these words first the one that was read from the same place."""
    taken = set(matches.values())
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index, values in enumerate(stored):
        if index not in taken:
            places[_wording(values)].append(index)
    for fits in (_same_place, _compatible):
        for index, values in enumerate(shown):
            same = places.get(_wording(values), []) if index not in matches else []
            found = next((place for place in same if fits(stored[place], values)), None)
            if found is not None:
                same.remove(found)
                matches[index] = found


def _same_place(stored: CommentValues, shown: CommentValues) -> bool:
    """Whether the row was read from this very place of this very capture."""
    if stored.last_capture_id is None or stored.last_capture_id != shown.last_capture_id:
        return False
    places = (stored.thread_page, stored.position), (shown.thread_page, shown.position)
    return places[0] == places[1] and _compatible(stored, shown)


def _compatible(stored: CommentValues, shown: CommentValues) -> bool:
    """Whether nothing speaks against the two being one comment."""
    if stored.platform_id and shown.platform_id and stored.platform_id != shown.platform_id:
        return False
    if stored.permalink and shown.permalink and _permalink(stored) != _permalink(shown):
        return False
    if not overlap(stored.published, shown.published):
        return False
    pages = (stored.thread_page, shown.thread_page)
    return len(shown.text) >= SHORT_TEXT or None in pages or pages[0] == pages[1]


def _match_by_earlier_wording(
    stored: Sequence[CommentValues],
    shown: Sequence[CommentValues],
    earlier: Sequence[Collection[str]],
    matches: dict[int, int],
) -> None:
    taken = set(matches.values())
    places = [place for place in range(len(earlier)) if earlier[place] and place not in taken]
    for index, values in enumerate(shown):
        for place in places if index not in matches and values.text else ():
            old = stored[place]
            same_author = fold(old.author or "") == fold(values.author or "") and _compatible(old, values)
            if same_author and text_digest(values.subject or old.subject, values.text) in earlier[place]:
                places.remove(place)
                matches[index] = place
                break


def _match_edited(stored: Sequence[CommentValues], shown: Sequence[CommentValues], matches: dict[int, int]) -> None:
    """Pairs that can only be each other's edit: where one has two candidates, nobody can tell which was edited.

    Nor can anybody where the same author wrote the same words twice.
    """
    taken = set(matches.values())
    stored_by = _by_author(stored, taken)
    shown_by = _by_author(shown, matches.keys())
    for author in stored_by.keys() & shown_by.keys():
        places, indexes = stored_by[author], shown_by[author]
        if max(len(places), len(indexes)) > MOST_EDITS:
            continue
        pairs = [(index, place) for index in indexes for place in places if _is_edit(stored[place], shown[index])]
        counts = Counter(index for index, _ in pairs), Counter(place for _, place in pairs)
        matches.update({index: place for index, place in pairs if counts[0][index] == counts[1][place] == 1})


def _by_author(comments: Sequence[CommentValues], known: Collection[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    once = set(_unique_names(_wording, comments).values())
    for index, values in enumerate(comments):
        if index not in known and index in once and values.author:
            found[fold(values.author)].append(index)
    return found


def _is_edit(stored: CommentValues, shown: CommentValues) -> bool:
    if stored.kind != shown.kind or not _compatible(stored, shown):
        return False
    if stored.published.precision in ("minute", "second") and stored.published.iso == shown.published.iso:
        return True
    return stored.thread_page == shown.thread_page and _share_of_words(stored.text, shown.text) >= SAME_WORDS


def _share_of_words(one: str, other: str) -> float:
    words, others = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(words & others) / len(words | others) if words and others else 0.0
