# Targets with a description are listed by `make help`.
.DEFAULT_GOAL := help

# The first interpreter that is new enough; `make PYTHON=/path/to/python start` takes another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: help start test check coverage requirements
help: ## Show these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 16

.PHONY: python
python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it (Debian: apt-get install python3-venv) and try again."; exit 1; }

$(VENV)/installed: requirements.txt | python
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

start: $(VENV)/installed ## Install what is needed and start the application
	$(RUN) -m assistant serve

test: | python ## Install what is needed and run the checks and all tests, on every Python present
	$(PYTHON) tests/every_version.py

check: $(VENV)/installed-dev ## Lint, format, types and spelling
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/codespell knowledge templates README.md CHANGELOG.md

coverage: $(VENV)/installed-dev ## Branch coverage of code and tests
	$(VENV)/bin/coverage run -m pytest -q
	$(VENV)/bin/coverage report

COMPILE := $(VENV)/bin/pip-compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-options --strip-extras --allow-unsafe
requirements: $(VENV)/installed-dev ## Compile requirements*.txt anew from the ranges in pyproject.toml
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --output-file requirements-dev.txt pyproject.toml
