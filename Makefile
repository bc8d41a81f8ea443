# Everything that people type. `make` alone prints this list.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help install demo serve build check format test lock clean

help: ## print this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: .venv/installed ## prepare .venv with what the programs need

.venv/installed: requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ .venv/installed

.venv/bin/python:
	@sh deploy/make-venv.sh $(PYTHON)

demo: install ## serve site and comment service on one address (PORT=8000)
	@$(BIN)/python comments.py samples guidelines/leitlinien.contributions.json deploy/demo.json
	@exec $(BIN)/python build.py serve --port $(PORT)

serve: demo

build: install ## build the site into site/
	$(BIN)/python build.py build

check: .venv/installed-dev ## all static checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint
	git ls-files -z | xargs -0 grep -lE '^#!.*[/ ](ba)?sh$$' | xargs $(BIN)/shellcheck
	$(BIN)/check-jsonschema -q --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci deploy/gitlab-ci.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-workflows deploy/*-publish.yml
	$(BIN)/python build.py check

format: .venv/installed-dev ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: .venv/installed-dev ## install what the tests need, and run them all
	@sh tests/install-browser.sh
	@sh tests/install-servers.sh
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --include='participation/*' --fail-under=100
	$(BIN)/coverage report --include='site_src/*,comment_service/*,spreadsheets/*,synopsis/*,build.py,comments.py' --fail-under=95

lock: .venv/installed-dev ## pin the dependencies of pyproject.toml anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -c requirements.lock --group function -o requirements-function.lock

clean: ## remove what was built (not data/, not .venv/)
	rm -rf build site .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
