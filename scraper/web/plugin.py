"""The plugin that Datasette is given: our pages as routes, and its own templates without what the policy forbids.

The archive is named in Datasette's way, as the plugin's setting `archive`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import Response, hookimpl
from jinja2 import BaseLoader, Environment

from scraper.web.routes import ROUTES
from scraper.web.site import Page, Site

NAME = "blog-to-sqlite"
# Scripts, and styles inside the page: nothing of the kind is let in, and all works without.
_FORBIDDEN = re.compile(
    r"<script\b.*?</script>|<style\b.*?</style>|\sstyle=\"(?:\{%.*?%\}|\{\{.*?\}\}|[^\"{])*\"", re.S
)
# What Datasette's templates lack for who does not see the page, or has no mouse.
_NAMED = {
    '<textarea id="sql-editor"': '<textarea aria-label="SQL query" id="sql-editor"',
    '<select name="_filter_column': '<select aria-label="Column" name="_filter_column',
    '<select name="_filter_op': '<select aria-label="Comparison" name="_filter_op',
    '<input type="text" name="_filter_value': '<input aria-label="Value" type="text" name="_filter_value',
    '<select name="_sort"': '<select aria-label="Sort by" name="_sort"',
    '<div class="table-wrapper">': '<div class="table-wrapper" tabindex="0" role="region" aria-label="Rows">',
    '<pre id="sql-query"': '<pre tabindex="0" id="sql-query"',
}


def site_of(datasette: Any) -> Site | None:
    """The site of this Datasette; None where it has no archive of ours."""
    settings = datasette.plugin_config(NAME) or {}
    return Site(Path(settings["archive"]), settings["tables"]) if "archive" in settings else None


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    site = site_of(datasette)
    return [(pattern, _view(site, page)) for pattern, page in ROUTES] if site else []


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> dict[str, object]:
    site = site_of(datasette)
    return {**site.common, "typed": ""} if site else {}


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment, datasette: Any) -> None:
    if site_of(datasette) and env.loader is not None:
        env.loader = _Harmless(env.loader)


class _Harmless(BaseLoader):
    """Templates without scripts and without styles inside the page, and with names for what one types into."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, name, is_current = self.loader.get_source(environment, template)
        source = _FORBIDDEN.sub("", source)
        for found, named in _NAMED.items():
            source = source.replace(found, named)
        return source, name, is_current

    def list_templates(self) -> list[str]:
        return self.loader.list_templates()


def _view(site: Site, page: Page) -> Callable[..., Any]:
    async def view(request: Any) -> Any:
        parameters = {name: request.args.get(name) for name in request.args}
        answer = await asyncio.to_thread(site.answer, page, request.path, request.url_vars, parameters)
        return Response(answer.body, answer.status, dict(answer.headers), answer.media_type)

    return view
