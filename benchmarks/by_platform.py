"""The scorer's rows of pages, added up by platform: `score_comments.py GOLD PREDICTIONS --pages | by_platform.py`."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from statistics import fmean
from typing import Any


def main() -> None:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in sys.stdin:
        if line.startswith('{"id"'):
            row = json.loads(line)
            groups[row["platform"]].append(row)
    print("| platform | pages | comments | found | besides | F1 by page | exact threads |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for platform, rows in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        gold, pred, hits = (sum(row[name] for row in rows) for name in ("gold", "pred", "tp"))
        threads = [row for row in rows if row["gold"]]
        f1 = f"{fmean(row['f1'] for row in threads):.3f}" if threads else ""
        exact = f"{sum(row['exact'] for row in threads)} of {len(threads)}"
        print(f"| {platform} | {len(rows)} | {gold} | {hits} | {pred - hits} | {f1} | {exact} |")


if __name__ == "__main__":
    main()
