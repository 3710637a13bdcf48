# Every command of the project. The environment is a plain virtual environment in .venv; stamps in it make a second run
# fast. Nothing is needed but Python 3.11 and make; `make test` also wants Chromium, Java and npm, and installs them
# where it may (see tools/machine.sh).

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
VENV := .venv
NEURAL := .venv-neural
PY := $(VENV)/bin/python
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
PIP := $(PY) $(INSTALL)
NEURAL_PIP := $(NEURAL)/bin/python $(INSTALL)
NODE := requirements/node
# Where torch's makers publish its processor builds for Linux; asked only where no other index has them.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
VNU := $(NODE)/node_modules/.stamp

.DEFAULT_GOAL := help
.PHONY: help setup import neural site serve test test-neural soak fuzz quality approve lint bench lock licences

ifneq ($(shell test -x $(PY) && echo yes),yes) # no environment, or the Python that it was made with has gone
.PHONY: $(VENV)/default.stamp $(VENV)/import.stamp $(VENV)/dev.stamp $(VENV)/fuzz.stamp
endif
ifneq ($(shell test -x $(NEURAL)/bin/python && echo yes),yes)
.PHONY: $(NEURAL)/neural.stamp $(NEURAL)/dev.stamp
endif

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile

setup: $(VENV)/default.stamp ## make the environment that the build needs

import: $(VENV)/import.stamp ## install what importing saved web pages needs (80 MB)

neural: $(NEURAL)/neural.stamp ## make the environment that --ner-model needs (1.2 GB)

site: $(VENV)/default.stamp ## build site/ from content/
	$(PY) build.py

serve: $(VENV)/default.stamp ## build, serve on this machine and rebuild on every change
	$(PY) build.py serve

test: $(VENV)/dev.stamp $(VNU) lint ## install what the tests need, lint, run every test
	@sh tools/machine.sh chromium java jq rsync
	$(PY) -m pytest -m 'not alone' --numprocesses auto --dist worksteal
	$(PY) -m pytest -m alone

test-neural: $(NEURAL)/dev.stamp ## test the neural recogniser, in its own environment
	$(NEURAL)/bin/python -m pytest tests/neural

soak: $(VENV)/fuzz.stamp $(VNU) ## try to break every promise, in earnest: takes hours (see docs/promises.md)
	@sh tools/machine.sh chromium java
	$(PY) -m tests.soak

fuzz: $(VENV)/fuzz.stamp ## let a machine make up articles, records and pages for an hour
	$(PY) -m tests.soak fuzz

quality: $(VENV)/dev.stamp $(VNU) ## measure every page kind with Lighthouse (half an hour)
	@sh tools/machine.sh chromium
	$(PY) -m pytest tests/test_quality.py tests/test_lighthouse.py --every-kind

approve: $(VENV)/dev.stamp ## renew the approved pictures in tests/approved/; look at each before committing
	@sh tools/machine.sh chromium
	$(PY) -m pytest tests/test_screens.py tests/test_cards.py --approve

lint: $(VENV)/dev.stamp ## check style and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(VENV)/default.stamp ## print the figures: speed, memory, recognition
	$(PY) -m bench

lock: ## write requirements/*.lock again from pyproject.toml
	$(PYTHON) tools/lock.py

licences: $(VENV)/dev.stamp ## write docs/licences.md and docs/sbom.cdx.json again from the locks
	$(PY) tools/licences.py

$(PY) $(NEURAL)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Sijill needs Python 3.11 or newer; run: make PYTHON=/path/to/python3.11 setup' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh tools/machine.sh venv
	$(PYTHON) -m venv --clear $(@D)/..

$(VENV)/default.stamp: requirements/default.lock | $(PY)
	$(PIP) -r requirements/default.lock
	@touch $@

$(VENV)/import.stamp: requirements/import.lock $(VENV)/default.stamp
	$(PIP) -r requirements/default.lock -r requirements/import.lock
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock $(VENV)/import.stamp
	$(PIP) -r requirements/default.lock -r requirements/import.lock -r requirements/dev.lock
	@touch $@

$(VENV)/fuzz.stamp: requirements/fuzz.lock $(VENV)/dev.stamp
	$(PIP) -r requirements/fuzz.lock
	@touch $@

$(NEURAL)/neural.stamp: requirements/default.lock requirements/neural.lock | $(NEURAL)/bin/python
	$(NEURAL_PIP) -r requirements/default.lock -r requirements/neural.lock || \
	  $(NEURAL_PIP) --extra-index-url $(TORCH_INDEX) -r requirements/default.lock -r requirements/neural.lock
	@touch $@

$(NEURAL)/dev.stamp: requirements/dev.lock $(NEURAL)/neural.stamp
	$(NEURAL_PIP) -r requirements/dev.lock
	@touch $@

$(VNU): $(NODE)/package-lock.json
	@sh tools/machine.sh npm
	npm ci --prefix $(NODE) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
