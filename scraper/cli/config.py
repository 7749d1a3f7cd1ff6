"""The settings file: TOML, a key for each field of Settings that may stand there; and the page that describes it."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import fields
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from scraper.errors import UsageError
from scraper.settings import ABOUT, Settings

ENVIRONMENT = "BLOG_TO_SQLITE_CONFIG"
MOST = {int: 2**62, float: 10**6}  # what the system takes: of bytes, and of seconds
LEAST = {  # of less nothing could be read
    "max_page_bytes": 1,
    "max_wire_bytes": 1,
    "connect_timeout": 0.001,
    "read_timeout": 0.001,
    "deadline": 0.001,
}
NAMES = {str: "a string", int: "a whole number", float: "a number", bool: "true or false", tuple: "a list of strings"}


def default_path() -> Path:
    """Where the file is looked for unless one is named: by the XDG base directory specification."""
    home = os.environ.get("XDG_CONFIG_HOME", "")
    base = Path(home if os.path.isabs(home) else os.path.expanduser("~/.config"))  # Path.home raises without a home
    return base / "blog-to-sqlite" / "settings.toml"


def read_config(path: Path) -> dict[str, Any]:
    """What the file says, by the fields' names. UsageError names the file, and the key that is wrong."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("not UTF-8", str(path)) from error
    except ValueError as error:  # also of a number with thousands of digits
        raise UsageError(f"not TOML: {error}", str(path)) from error
    kinds = _kinds()
    return {key: _checked(kinds, key, value, path) for key, value in said.items()}


def find_settings(named: Path | None) -> Settings:
    """The settings of the file that is named, or else of the default one if there is one."""
    path = named or default_path()
    is_there = named is not None or os.path.isfile(path)  # not where the folder may not be looked into
    return Settings(**read_config(path)) if is_there else Settings()


def settings_page() -> str:
    """docs/settings.md: every key with its kind, its default and what it is for."""
    kinds = _kinds()
    defaults = {each.name: each.default for each in fields(Settings)}
    rows = [f"| `{key}` | {_said(kinds[key])} | {_default(defaults[key])} | {ABOUT[key]} |" for key in kinds]
    return PAGE.format(environment=ENVIRONMENT, rows="\n".join(rows))


def _kinds() -> dict[str, Any]:
    """The type of each key that may stand in a file."""
    types = get_type_hints(Settings)
    return {each.name: types[each.name] for each in fields(Settings) if each.name in ABOUT}


def _checked(kinds: dict[str, Any], key: str, value: Any, path: Path) -> Any:
    if key not in kinds:
        raise UsageError(f"{key}: no such setting; docs/settings.md lists them", str(path))
    kind = kinds[key]
    found = _value(kind, value)
    if found is None:
        is_below = _plain(kind) in (int, float) and isinstance(value, int | float) and value < 0
        raise UsageError(f"{key}: {'at least 0' if is_below else _said(kind)} is wanted", str(path))
    if key in LEAST and found < LEAST[key]:
        raise UsageError(f"{key}: at least {LEAST[key]} is wanted", str(path))
    return found


def _value(kind: Any, value: Any) -> Any:
    """The value as a field of this type has it; None where it is of another one, or makes no sense."""
    if get_origin(kind) is Literal:
        return value if value in get_args(kind) else None
    plain = _plain(kind)
    if plain is tuple:
        return tuple(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else None
    if plain in (int, float):
        is_number = isinstance(value, plain if plain is int else (int, float)) and not isinstance(value, bool)
        return plain(value) if is_number and 0 <= value <= MOST[plain] else None
    return value if isinstance(value, plain) and value != "" else None


def _plain(kind: Any) -> Any:
    if get_origin(kind) is tuple:
        return tuple
    return next((each for each in get_args(kind) if each is not NoneType), kind)


def _said(kind: Any) -> str:
    """What is wanted, in words."""
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(f'"{each}"' for each in get_args(kind))
    return NAMES[_plain(kind)]


def _default(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (bool, tuple, str)):
        return f"`{json.dumps(value)}`"
    return f"`{value:_}`" if isinstance(value, int) else f"`{value}`"


PAGE = """# Settings
A settings file is TOML. It is `blog-to-sqlite/settings.toml` in `$XDG_CONFIG_HOME` (`~/.config` where that is not
set), or the one that is named before the verb, or by the environment variable {environment}:

    blog-to-sqlite --config /etc/blog-to-sqlite.toml update voices.db

```toml
contact = "you@example.org"
min_free_bytes = 2_000_000_000
```

What an option says comes before what the file says. A key that is unknown or has the wrong kind of value is an error
that names file and key, with exit code 2. Sizes are in bytes, times in seconds. Cookies and passwords have no key:
`--cookies`, `--auth` and `--password-file` name the files that hold them.

| key | kind | default | what it is for |
| --- | --- | --- | --- |
{rows}
"""
