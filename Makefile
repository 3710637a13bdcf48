# Every command of the project. The environment is a plain virtual environment in .venv; stamps in it make a second run
# fast. Nothing is needed but Python 3.11 and make; `make test` also wants Chromium, Java and npm, and installs them
# where it may (see tools/machine.sh).

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
NODE := requirements/node
VNU := $(NODE)/node_modules/.stamp

.DEFAULT_GOAL := help
.PHONY: help setup site serve test lint bench lock

ifneq ($(shell test -x $(PY) && echo yes),yes) # no environment, or the Python that it was made with has gone
.PHONY: $(VENV)/default.stamp $(VENV)/dev.stamp
endif

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

setup: $(VENV)/default.stamp ## make the environment that the build needs

site: $(VENV)/default.stamp ## build site/ from content/
	$(PY) build.py

serve: $(VENV)/default.stamp ## build, serve on this machine and rebuild on every change
	$(PY) build.py serve

test: $(VENV)/dev.stamp $(VNU) lint ## install what the tests need, lint, run every test
	@sh tools/machine.sh chromium java
	$(PY) -m pytest

lint: $(VENV)/dev.stamp ## check style and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(VENV)/default.stamp ## print the figures: speed, memory, recognition
	$(PY) -m bench

lock: ## write requirements/*.lock again from pyproject.toml
	$(PYTHON) tools/lock.py

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Sijill needs Python 3.11 or newer; run: make PYTHON=/path/to/python3.11 setup' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh tools/machine.sh venv
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/default.stamp: requirements/default.lock | $(PY)
	$(PIP) -r requirements/default.lock
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/default.stamp
	$(PIP) -r requirements/default.lock -r requirements/dev.lock
	@touch $@

$(VNU): $(NODE)/package-lock.json
	@sh tools/machine.sh npm
	npm ci --prefix $(NODE) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
