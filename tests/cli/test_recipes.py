"""`--recipe FILE.py`: a user's own file over a page, and one line where it goes wrong."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.cli.conftest import POST_HTML, Call

RECIPE = "def recipe(soup):\n    return {'title': soup.h1.get_text() + ', revisited'}\n"


@pytest.fixture
def recipe_file(tmp_path: Path) -> Path:
    path = tmp_path / "own.py"
    path.write_text(RECIPE, encoding="utf-8")
    return path


def test_the_examples_in_the_docs_run(
    program: Callable[..., subprocess.Popen[bytes]], repo_root: Path, tmp_path: Path
) -> None:
    blocks = re.findall(
        r"```(html|toml|python)\n(.*?)```", (repo_root / "docs" / "recipes.md").read_text(encoding="utf-8"), re.S
    )
    page, recipe = tmp_path / "page.html", tmp_path / "tidewater.py"
    examples = dict(reversed(blocks))  # the first of each language
    page.write_text(examples["html"], encoding="utf-8")
    recipe.write_text(examples["python"], encoding="utf-8")
    stdout, stderr = program("extract", page, "--recipe", recipe).communicate(timeout=60)
    assert stderr == b""
    post = json.loads(stdout)["post"]
    assert (post["title"], post["published"]["iso"]) == ("The ferry in winter", "2011-02-03")
    assert [byline["name"] for byline in post["bylines"]] == ["Mara Quill", "Ole Brandt"]
    assert [line.split()[0] for line in post["text"].split("\n")] == ["In", "We"]
    selectors = tmp_path / "tidewater.toml"
    selectors.write_text(examples["toml"], encoding="utf-8")
    stdout, stderr = program("extract", page, "--recipe", selectors).communicate(timeout=60)
    assert stderr == b""
    again = json.loads(stdout)["post"]
    assert [again[name] for name in ("title", "text")] == [post[name] for name in ("title", "text")]


def test_extract_takes_a_recipe_for_a_file_stdin_or_url(
    call: Call, page_file: Path, recipe_file: Path, web: HTTPServer
) -> None:
    web.expect_request("/slow-bread").respond_with_data(POST_HTML, content_type="text/html")
    url = web.url_for("/slow-bread")
    found = [
        call("extract", page_file, "--recipe", recipe_file),
        call("extract", "-", "--recipe", recipe_file, data=POST_HTML),
        call("extract", url, "--recipe", recipe_file, "--allow-net", "127.0.0.1,localhost"),
    ]
    assert [json.loads(each.stdout)["post"]["title"] for each in found] == ["Slow bread, revisited"] * 3


def test_explain_shows_the_recipe_as_the_winner(call: Call, page_file: Path, recipe_file: Path) -> None:
    facts = json.loads(call("explain", page_file, "--recipe", recipe_file, "--json").stdout)
    won = [claim for claim in facts["claims"] if claim["field"] == "title" and claim["accepted"]]
    assert [(claim["value"], claim["source"]) for claim in won] == [("Slow bread, revisited", "recipe")]
    assert won[0]["where"].endswith("own.py")
    assert "Slow bread, revisited" in call("explain", page_file, "--recipe", recipe_file).stdout


def test_a_changed_recipe_is_read_anew_and_nothing_is_left_beside_it(
    call: Call, page_file: Path, recipe_file: Path
) -> None:
    call("extract", page_file, "--recipe", recipe_file)
    recipe_file.write_text(RECIPE.replace("revisited", "reheated!"), encoding="utf-8")
    page = json.loads(call("extract", page_file, "--recipe", recipe_file).stdout)
    assert page["post"]["title"] == "Slow bread, reheated!"
    assert sorted(path.name for path in recipe_file.parent.iterdir()) == ["own.py", "post.html"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def recipes(soup): return {}", "no function `recipe(soup)` in it"),
        ("recipe = {'title': 'x'}", "no function `recipe(soup)` in it"),
        ("def recipe(soup)\n    return {}", "line 1: SyntaxError: "),
        ("import no_such_package\n", "line 1: ModuleNotFoundError: No module named 'no_such_package'"),
        ("def recipe(soup):\n    return {\n        'title': soup.h9.text}", "line 3: AttributeError: 'NoneType'"),
        ("def recipe(soup):\n    return open('/no/such/file')", "FileNotFoundError: "),
        ("def recipe(soup):\n    return {'titel': 'x'}", "'titel' is no field of a recipe"),
        ("def recipe(soup):\n    return {'bylines': 'Ann'}", "bylines: has to be a list of texts"),
    ],
)
def test_what_goes_wrong_in_a_recipe_is_one_line_with_its_file(
    call: Call, page_file: Path, recipe_file: Path, code: str, message: str
) -> None:
    recipe_file.write_text(code, encoding="utf-8")
    found = call("extract", page_file, "--recipe", recipe_file)
    assert (found.exit_code, found.stdout) == (2, "")
    (line,) = found.stderr.splitlines()
    assert line.startswith(f"blog-to-sqlite: {recipe_file}: ")
    assert message in line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title", "no TOML: "),
        ("titel = 'h1'", "titel: no key of a recipe"),
        ("title = 'h1['", "title: 'h1[' is no CSS selector"),
    ],
)
@pytest.mark.parametrize("verb", ["explain", "import", "grab"])
def test_what_is_no_recipe_is_one_line_and_makes_no_archive(
    call: Call, page_file: Path, tmp_path: Path, text: str, message: str, verb: str
) -> None:
    recipe, db = tmp_path / "own.toml", tmp_path / "new.db"
    recipe.write_text(text, encoding="utf-8")
    source = "http://blog.example/" if verb == "grab" else page_file
    found = call(verb, *(() if verb == "explain" else (db,)), source, "--recipe", recipe)
    assert (found.exit_code, found.stdout) == (2, "")
    (line,) = found.stderr.splitlines()
    assert line.startswith(f"blog-to-sqlite: {recipe}: {message}")
    assert not db.exists()


def test_grab_reads_with_a_recipe(call: Call, recipe_file: Path, tmp_path: Path, web: HTTPServer) -> None:
    web.expect_request("/slow-bread").respond_with_data(POST_HTML, content_type="text/html")
    db, url = tmp_path / "voices.db", web.url_for("/slow-bread")
    found = call("grab", db, url, "--recipe", recipe_file, "--allow-net", "127.0.0.1,localhost")
    assert found.exit_code == 0
    assert "Slow bread, revisited" in call("list", db).stdout


def test_a_missing_recipe_is_a_usage_error(call: Call, page_file: Path) -> None:
    found = call("extract", page_file, "--recipe", "absent.py")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "absent.py" in found.stderr
