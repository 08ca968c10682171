# vitalfew. The two commands are `make demo` and `make test`; `make help` lists the others.

PYTHON ?= python3
PORT ?= 8000
BOOT := .boot
UV := $(BOOT)/bin/uv
BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
export VITALFEW_HOME ?= $(CURDIR)/.home

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-nightly check format messages docs screenshots story bench openapi-snapshot clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: .venv/.ready ## build .venv with the locked packages

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=python3.12"; exit 1; }
	@echo "Preparing the installer ..."
	@$(PYTHON) -m venv $(BOOT) && $(BOOT)/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1' || { rm -rf $(BOOT); echo "The installer could not be set up: install python3-venv and python3-pip, and check that PyPI can be reached"; exit 1; }

SYNC = $(UV) sync --frozen --quiet --python $$($(PYTHON) -c 'import sys; print(sys.executable)')
FAILED = { echo "The packages could not be installed: check that PyPI can be reached"; exit 1; }

.venv/.ready: uv.lock pyproject.toml | $(UV)
	@echo "Installing the locked packages ..."
	@$(SYNC) --no-dev --inexact || $(FAILED)
	@touch $@

.venv/.tools: .venv/.ready
	@echo "Installing the tools for tests ..."
	@$(SYNC) --all-extras || $(FAILED)
	@touch $@

demo: setup ## load the built-in order book, compute everything, serve it
	@$(BIN)/vitalfew demo --port $(PORT)

test: .venv/.tools ## run every check and the whole suite; the last lines give the counts
	@$(MAKE) --no-print-directory check
	@tools/test

test-nightly: .venv/.tools ## the slow checks too
	@tools/test -m nightly

check: .venv/.tools ## lint, types, structure, migrations, translations
	@$(BIN)/ruff check src tests tools
	@$(BIN)/ruff format --check --quiet src tests tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@DJANGO_SETTINGS_MODULE=vitalfew.site.settings VITALFEW_HOME=$$(mktemp -d) $(BIN)/django-admin makemigrations --check --dry-run
	@$(BIN)/python tools/messages.py --check

format: .venv/.tools ## put the code in the house's form
	@$(BIN)/ruff check --fix src tests tools; $(BIN)/ruff format src tests tools

messages: .venv/.tools ## collect the words of the screens into the translation files, and compile them
	@$(BIN)/python tools/messages.py

docs: .venv/.tools ## write the reference, the known figures and the example from the code
	@$(BIN)/python tools/docs.py
	@$(BIN)/python tools/known_figures.py
	@$(BIN)/python tools/example.py

screenshots: .venv/.tools ## take the README's pictures
	@$(BIN)/python tools/screenshots.py

story: .venv/.tools ## play a manager's resignation through the browser, with pictures in story/
	@$(BIN)/python tools/story.py story

openapi-snapshot: .venv/.tools ## write the API's description anew
	@$(BIN)/python tools/openapi.py

bench: .venv/.tools ## measure against the goals
	@$(BIN)/vitalfew bench

clean: ## remove what was built, not the home
	rm -rf .venv $(BOOT) .mypy_cache .ruff_cache .pytest_cache dist
