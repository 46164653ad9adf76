# Everything runs from .venv; nothing needs to be activated.
PYTHON ?= python3
BIN := .venv/bin
DEMO := demo-data
SOURCES := archive pipelines spiders sample bench tests docs settings.py

.DEFAULT_GOAL := help
.PHONY: help setup environment demo browse test bench gate egg docs lint types lock clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-8s %s\n' "$$name" "$$what"; done

# What the environment was made from lies in it: contents decide, not times, which a checkout changes.
setup:  ## make .venv from requirements.lock (once; again only when the lock changes)
	@cmp -s requirements.lock .venv/requirements.lock || $(MAKE) --no-print-directory environment

# pip older than 23.2 and newer ones alike install a fully pinned file when they are told not to resolve.
environment:
	@test ! -L .venv || { echo ".venv is a link to another environment; remove the link first." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Arsip Warta needs Python 3.11 or newer; say which with: make setup PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make virtual environments; install its venv package (Debian: apt install python3-venv)." >&2; exit 2; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@cp requirements.lock .venv/requirements.lock

demo: setup  ## crawl the sample portals on loopback, then search, dump and show what came of it
	@$(BIN)/python -m sample.demo $(DEMO)

browse: setup  ## serve what `make demo` collected in Datasette
	@test -e $(DEMO)/articles.db || { echo "Nothing to browse yet; run: make demo" >&2; exit 2; }
	@ARSIP_DIR=$(DEMO) $(BIN)/arsip serve

test: setup  ## run the whole test suite (ARGS="-k words" runs a part)
	@$(BIN)/python -m pytest $(ARGS)

bench: setup  ## how well and how fast pages and dates are read, ours beside others; how fast a portal is crawled, and WARC written and read; how small pages are kept
	@$(BIN)/python -m bench.quality
	@$(BIN)/python -m bench.speed
	@$(BIN)/python -m bench.speed --fill 80
	@$(BIN)/python -m bench.dates
	@$(BIN)/python -m bench.crawl
	@$(BIN)/python -m bench.warc
	@$(BIN)/python -m bench.store
	@$(BIN)/python -m bench.replay
	@$(BIN)/python -m bench.packing

gate: setup  ## fail where pages are read worse than bench/floors.toml allows
	@$(BIN)/python -m bench.quality --check

# Made anew in build/egg: what an older build left there would be packed too. setuptools warns of what no egg can change.
egg: setup  ## pack the portals and what they need of this project for scrapyd (build/arsip_warta.egg)
	@rm -rf build/egg build/arsip_warta.egg && mkdir -p build/egg/told
	@PYTHONDONTWRITEBYTECODE=1 $(BIN)/python -W ignore -c 'import logging, setuptools; logging.disable(logging.WARNING); setuptools.setup()' egg_info --egg-base build/egg/told build --build-base build/egg/built bdist_egg --bdist-dir build/egg/packed --dist-dir build/egg
	@mv build/egg/*.egg build/arsip_warta.egg && rm -rf build/egg
	@echo build/arsip_warta.egg

docs: setup  ## put the real output of the commands into the documents
	@$(BIN)/python docs/refresh.py

lint: setup  ## ruff (format and lint) and the floors of docs/architecture.md
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/lint-imports

types: setup  ## mypy, strict on archive/ and pipelines/
	@$(BIN)/mypy

lock: setup  ## write requirements.lock anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --group dev --group bench pyproject.toml --output-file requirements.lock

clean:  ## remove .venv, caches and what the demo wrote
	rm -rf .venv $(DEMO) build *.egg-info .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
