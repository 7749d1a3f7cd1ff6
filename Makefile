# What a person types. `make demo` and `make test` need Python 3.11 or newer and nothing else.
BIN = .venv/bin

.PHONY: demo test pythons lint docs bench clean

demo: ## install, archive a small blog (or URL=https://...) and show what is held
	@sh scripts/setup.sh
	@$(BIN)/python scripts/demo.py $(URL)

lint: ## every check but the tests
	@sh scripts/setup.sh dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint ## every check; pytest comes last, a file of tests at a time on each core
	$(BIN)/pytest --numprocesses auto --dist loadfile

pythons: ## the tests with every Python from 3.11 on that this machine has, each with the newest packages
	@sh scripts/pythons.sh

docs: ## the documentation as a site, in build/docs
	@sh scripts/setup.sh dev
	@$(BIN)/python scripts/reference.py
	@$(BIN)/sphinx-build -q -W -b html docs build/docs && echo "build/docs/index.html"

bench: ## ours beside its peers on real pages, as a table in build/bench.md (ARGS="--cap 100 --sets aeb")
	@sh scripts/setup.sh
	@$(BIN)/python benchmarks/bench.py $(ARGS)

clean: ## remove what the others made; archives in data/ stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find scraper tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
