"""How sure it is that what a rule found on a page is its thread: `Tried.confidence`, as `explain` prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["platform", "declared", "named", "times"]
Confidence = Literal["high", "medium", "low", "none"]
FEW = 3  # comments; a thread that only its times tell needs as many


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule found that might have been a thread: how many elements, and how many of them read as comments.

    `basis` says what the rule goes by: what is known of the platform, what the markup declares (schema.org,
    microformats), classes and ids that speak of comments, or times alone.
    """

    rule: str
    basis: Basis
    elements: int
    comments: int

    @property
    def confidence(self) -> Confidence:
        """High where the page says so itself or its platform is known; else by how many there are and how alike.

        >>> Tried("class reactie", "named", 12, 12).confidence, Tried("class reactie", "named", 12, 1).confidence
        ('medium', 'low')
        """
        if not self.comments:
            return "none"
        if self.basis in ("platform", "declared"):
            return "high"
        least = FEW if self.basis == "times" else 2
        return "medium" if self.comments >= least and 2 * self.comments >= self.elements else "low"
