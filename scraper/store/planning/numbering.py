"""The keys of new comments: `number_comments`. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scraper.store.planning.intents import AddRevision, Intent, WriteComment


def number_comments(intents: Sequence[Intent], first: int) -> Sequence[Intent]:
    """The intents with new comments numbered from `first` on as their captures showed them, and not as threads go.

    A thread's pages may be written in one batch or in several, for where a batch ends is up to the clock, or to a
    kill; so numbered, its comments have the same keys either way.
    """
    new = [intent for intent in intents if isinstance(intent, WriteComment) and intent.new]
    new.sort(key=lambda intent: intent.shown_at)  # stable: comments without a capture stay in the thread's order
    keys = {intent.id: key for key, intent in enumerate(new, first)}
    if all(old == key for old, key in keys.items()):
        return intents
    return [_renumbered(intent, keys) for intent in intents]


def _renumbered(intent: Intent, keys: Mapping[int, int]) -> Intent:
    def key(old: int | None) -> int | None:
        return old if old is None else keys.get(old, old)

    if isinstance(intent, AddRevision):
        return replace(intent, comment_id=key(intent.comment_id))
    if not isinstance(intent, WriteComment):
        return intent
    values = replace(intent.values, parent_id=key(intent.values.parent_id))
    return replace(intent, id=keys.get(intent.id, intent.id), values=values)
