"""Numbers on the command line, whose faults are told in plain words."""

from __future__ import annotations

import math
from typing import Any

import click


class WholeNumber(click.IntRange):
    """A whole number within bounds, both of which are included."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            bounds = f"from {self.min} up" if self.max is None else f"from {self.min} to {self.max:,}"
            self.fail(f"{str(value)!r} is not a whole number {bounds}", param, ctx)


class Seconds(click.FloatRange):
    """A time that can be waited for: neither negative, nor endless, nor no number."""

    def __init__(self) -> None:
        super().__init__(min=0)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seconds = float(super().convert(value, param, ctx))
        except click.BadParameter:
            seconds = math.nan
        if not math.isfinite(seconds):
            self.fail(f"{str(value)!r} is not a number of seconds from 0 up", param, ctx)
        return seconds
