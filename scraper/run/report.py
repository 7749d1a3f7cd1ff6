"""What a run did, counted: `Report`. Counts in are counts out: every input is in exactly one of its states."""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

COUNTABLE = re.compile(r"\b(?:comment|request|picture|thread|redirect|segment|list|member)\b")
_PLURAL = r"\g<0>s"
TROUBLE = ("refused", "failed", "damaged")
SAID = {  # what of the archive's counts a person is told, for one and for more
    "posts_added": ("new post", "new posts"),
    "posts_changed": ("changed post", "changed posts"),
    "others_added": ("other page", "other pages"),
    "others_changed": ("changed other page", "changed other pages"),
    "comments_added": ("new comment", "new comments"),
    "comments_changed": ("changed comment", "changed comments"),
    "posts_removed": ("post removed", "posts removed"),
    "comments_removed": ("comment removed", "comments removed"),
}


@dataclass(slots=True)
class Report:
    """The tally of one run. `states` counts inputs by how they ended, `records` what came with them by what it is."""

    states: Counter[str] = field(default_factory=Counter)  # fetched, held, refused, failed, gone, skipped, damaged ...
    records: Counter[str] = field(default_factory=Counter)  # request, warcinfo, robots.txt, redirect ...
    stored: Counter[str] = field(default_factory=Counter)  # what the archive says that it wrote
    skips: Counter[str] = field(default_factory=Counter)  # inputs that nothing was read of, by the reason
    skipped_first: dict[str, str] = field(default_factory=dict)  # by the reason, the first of them
    postless: Counter[str] = field(default_factory=Counter)  # pages asked for that hold no post, by what they are
    postless_first: dict[str, str] = field(default_factory=dict)  # by what they are, the first of them
    recipe_failures: int = 0  # pages that were read without their recipe, because it went wrong on them
    recipe_failed_first: str = ""  # what was said of the first of them
    stopped_by: int | None = None
    is_cut: bool = False  # by a budget of the run, with something left to do
    spent: str = ""  # which budget is used up: requests or time
    room_missing: str = ""  # what is said of the disk where the run stopped before that was full
    is_waiting: bool = False  # some servers were left alone with something left to ask them
    expects_refusals: bool = False  # a blog has pages that robots.txt disallows; a page that was asked for has not
    problems: int = 0  # that a check found and nobody could mend
    is_bare: bool = False  # nothing came in, and so no archive was made
    is_damaged: bool = False  # the archive, as it was found: some captures of earlier runs cannot be read any more

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """The tally of a run of which only its `counts` are left."""
        report = cls()
        for name, number in counts.items():
            if name.startswith("stored_"):
                report.stored[name.removeprefix("stored_")] = number
            elif name.endswith("_records"):
                report.records[name.removesuffix("_records")] = number
            elif name != "inputs":
                report.states[name] = number
        return report

    def skip(self, name: str, reason: str) -> None:
        """Notes an input that nothing was read of."""
        self.skips[reason] += 1
        self.skipped_first.setdefault(reason, name)

    def note_postless(self, url: str, what: str) -> None:
        """Notes that at a page which was asked for there is something else than a post."""
        self.postless[what] += 1
        self.postless_first.setdefault(what, url)

    def fail_recipe(self, notice: str) -> None:
        """Notes a page that was read without its recipe."""
        self.recipe_failures += 1
        self.recipe_failed_first = self.recipe_failed_first or notice

    @property
    def inputs(self) -> int:
        """All that came in: every URL, file and captured record, whatever became of it."""
        return self.states.total()

    @property
    def exit_code(self) -> int:
        """0 done; 1 a check found problems; 5 stopped by a budget, or before its disk was full, whatever else; 3 some
        inputs or a recipe failed, some servers could not be asked, or the archive is damaged.

        128 + the signal that stopped it.
        """
        if self.stopped_by is not None:
            return 128 + self.stopped_by
        if self.problems:
            return 1
        if self.is_cut or self.room_missing:  # before 3, which says that it is done
            return 5
        return 3 if self._is_troubled else 0

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong: all was done, or as much as the budget allows, which is what it is for."""
        within_budget = self.exit_code == 5 and not self.room_missing and not self._is_troubled
        return self.exit_code == 0 or within_budget

    @property
    def _is_troubled(self) -> bool:
        states = (state for state in TROUBLE if state != "refused" or not self.expects_refusals)
        trouble = self.is_damaged or self.recipe_failures or self.is_waiting
        return bool(trouble) or any(self.states[state] for state in states)

    @property
    def stop_reason(self) -> str | None:
        """Why it ended before all was done: the signal, the disk, or the budget; None where all was done."""
        if self.stopped_by is not None:
            return signal.Signals(self.stopped_by).name
        return self.room_missing or (f"budget: {self.spent or 'spent'}" if self.is_cut else None)

    @property
    def counts(self) -> dict[str, int]:
        """All counts under one name each, for the runs table and for --json."""
        return {
            "inputs": self.inputs,
            **{f"{name}_records": number for name, number in sorted(self.records.items())},
            **dict(sorted(self.states.items())),
            **{f"stored_{name}": number for name, number in sorted(self.stored.items())},
        }

    @property
    def summary(self) -> str:
        """One line for a person.

        >>> report = Report(Counter(fetched=2, held=1), Counter(request=2), Counter(posts_added=1))
        >>> report.summary
        '3 inputs: 2 fetched, 1 held; besides 2 requests; 1 new post'
        >>> report = Report(Counter(skipped=2))
        >>> report.skip("a/pipe", "not a regular file")
        >>> report.skip("a/socket", "not a regular file")
        >>> report.summary
        '2 inputs: 2 skipped; no new post or comment; skipped a/pipe and 1 more: not a regular file'
        """
        ends = [f"{number} {name}" for name, number in self.states.items() if number]
        besides = [_counted(name, number) for name, number in self.records.items() if number]
        written = [f"{n} {one if n == 1 else more}" for name, (one, more) in SAID.items() if (n := self.stored[name])]
        line = f"{self.inputs} {'input' if self.inputs == 1 else 'inputs'}: {', '.join(ends) or 'none'}"
        line += f"; besides {', '.join(besides)}" if besides else ""
        line += f"; {', '.join(written) or 'no new post or comment'}"
        line += "; no archive was made" if self.is_bare else ""
        for reason, number in self.skips.items():
            line += f"; skipped {_with_others(self.skipped_first[reason], number)}: {reason}"
        for what, number in self.postless.items():
            line += f"; no post at {_with_others(self.postless_first[what], number)}: {what}"
        if self.recipe_failures:
            others = f", and on {self.recipe_failures - 1} more" if self.recipe_failures > 1 else ""
            line += f"; {self.recipe_failed_first}{others}"
        if self.is_cut:
            line += "; stopped by a budget with more to ask for"
        if self.room_missing:
            line += f"; stopped: {self.room_missing}"
        if self.stopped_by is not None:
            line += f"; stopped by {signal.Signals(self.stopped_by).name}"
        return line


def _with_others(first: str, number: int) -> str:
    return f"{first} and {number - 1} more" if number > 1 else first


def _counted(name: str, number: int) -> str:
    """So many records of a name: of several its first word for things that are counted gets an 's'."""
    return f"{number} {COUNTABLE.sub(_PLURAL, name, count=1) if number > 1 else name}"
