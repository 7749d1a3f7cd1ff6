"""The queries of docs/queries.md for Datasette: `python scripts/datasette_queries.py` writes docs/datasette.json."""

from __future__ import annotations

import json
import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
_QUESTION = re.compile(r"^## \d+\. (?P<title>[^\n]*)\n.*?^```sql (?P<name>[\w-]+)\n(?P<sql>.*?)^```", re.M | re.S)
_FIELDS = {"'https://bread.example/slow-rye'": "post_url", "'bread'": "words"}  # what is of the invented archive alone


def datasette_metadata(page: str) -> str:
    """The metadata of a Datasette that has each question as a page: of whatever file, by the name voices.

    What only the page's own archive has is what an empty field of the form stands for.
    """
    queries = {
        found["name"]: {"title": found["title"], "sql": _with_fields(found["sql"].strip())}
        for found in _QUESTION.finditer(page)
    }
    return json.dumps({"databases": {"voices": {"queries": queries}}}, indent=1, ensure_ascii=False) + "\n"


def _with_fields(sql: str) -> str:
    for literal, name in _FIELDS.items():
        sql = sql.replace(literal, f"coalesce(nullif(:{name}, ''), {literal})")
    return sql


def main() -> None:
    page = (DOCS / "queries.md").read_text(encoding="utf-8")
    (DOCS / "datasette.json").write_text(datasette_metadata(page), encoding="utf-8")


if __name__ == "__main__":
    main()
