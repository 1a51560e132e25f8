# Everything a contributor or an operator types. `make help` lists it.

.SHELLFLAGS := -euc
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
# The test processes for each database; more than the machine's cores only slows them down.
TEST_PROCESSES ?= 2
PYTEST := $(PY) -m pytest -n $(TEST_PROCESSES) --dist loadgroup
# What checks and data need of the settings; nothing they do is secret.
DEVELOPING := DEBUG=on VAR_DIR=var/checks
PACKAGES := v2xkb barriers projects
# Where make audit and make sbom install what they need, and the version that they are about.
SUPPLY := var/supply
VERSION = $(shell $(PYTHON) -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')

# `make check` runs these in this order; a new check is one target and one word here.
CHECKS := check-format check-lint check-types check-layers check-templates check-migrations check-deployment check-derived check-schema-changes check-messages

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Running -------------------------------------------------------------------------------------------------------

.PHONY: run
run: $(VENV)/base.stamp ## Serve v2xkb on 127.0.0.1:8000 (PORT, DATABASE_URL), everything it needs made first
	@exec $(PY) -m v2xkb run

.PHONY: serve
serve: $(VENV)/base.stamp ## Serve a prepared v2xkb to others, behind a proxy (HOST, PORT, WEB_PROCESSES, and the settings)
	@exec $(PY) -m v2xkb serve

.PHONY: prepare
prepare: $(VENV)/base.stamp ## Bring database, records and static files up to date, as serve wants them
	@exec $(PY) -m v2xkb prepare

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "v2xkb needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python has no venv module here. On Debian: apt-get install python3-venv' >&2; exit 1; }
	@echo 'Making $(VENV).'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)

$(VENV)/base.stamp: requirements/base.txt | $(PY)
	@echo 'Installing what v2xkb needs to run.'
	@$(PIP) -r $<
	@touch $@

# Apart from all others, so that the tools do not stand among what they list.
$(SUPPLY)/%.stamp: requirements/%.txt
	@echo 'Installing the packages of $<.'
	@rm -rf $(SUPPLY)/$*
	@$(PYTHON) -m venv $(if $(filter base,$*),--without-pip) $(SUPPLY)/$*
	@$(PY) -m pip --python $(SUPPLY)/$*/bin/python install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(PY)
	@echo 'Installing what v2xkb needs to be worked on.'
	@$(PIP) -r $<
	@touch $@ $(VENV)/base.stamp

# --- Testing -------------------------------------------------------------------------------------------------------

.PHONY: test
test: $(VENV)/dev.stamp test-browser ## Run the tests on SQLite and on PostgreSQL (TEST_DATABASE_URL, else a server of their own)
	@failed=0; \
	$(PYTEST) $(HOW_MUCH) --database=sqlite || failed=1; \
	$(PYTEST) $(HOW_MUCH) --database=postgres --seen-on-another || failed=1; \
	exit $$failed

.PHONY: test-every
test-every: ## Run the tests as `make test` does, on every value where that tries some of many
	@$(MAKE) test HOW_MUCH=--every

.PHONY: test-sqlite test-postgres
test-sqlite: $(VENV)/dev.stamp ## Run the tests on SQLite only
	@$(PYTEST) $(HOW_MUCH) --database=sqlite

test-postgres: $(VENV)/dev.stamp ## Run the tests on PostgreSQL only
	@$(PYTEST) $(HOW_MUCH) --database=postgres

.PHONY: test-browser
test-browser:
	@$(PYTHON) -m tests.chromium >/dev/null 2>&1 || $(MAKE) browsers

.PHONY: browsers
browsers: ## Install Debian's headless Chromium for the browser tests
	@if $(PYTHON) -m tests.chromium 2>/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Debian's headless Chromium."; \
	  apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null; \
	fi; \
	$(PYTHON) -m tests.chromium

.PHONY: faults
faults: $(VENV)/dev.stamp ## Kill, stop, fill and crowd out real instances on both databases (as root: a small disk is mounted)
	@$(PY) -m pytest -n $(TEST_PROCESSES) tests/faults $(FAULTS)

.PHONY: load
load: $(VENV)/dev.stamp ## Serve 200 clients on two processes for ten minutes while records are published (LOAD_SECONDS, LOAD_CLIENTS)
	@LOAD_SECONDS=$${LOAD_SECONDS:-600} $(PY) -m pytest tests/load --database=sqlite --quiet --capture=no

# What asks a database is tried on each; parsers ask none, and are tried once. tests/fuzz/numbers.py says how often.
FUZZED := tests/fuzz tests/api/test_fuzz.py tests/graphql/test_fuzz.py

.PHONY: fuzz
fuzz: export FUZZ ?= 1
fuzz: $(VENV)/dev.stamp ## Try 100,000 made-up inputs on every parser, and made-up requests on both databases (FUZZ=0.1 a tenth)
	@failed=0; \
	$(PYTEST) $(FUZZED) --database=sqlite --quiet || failed=1; \
	$(PYTEST) $(FUZZED) --database=postgres --seen-on-another --quiet || failed=1; \
	exit $$failed

.PHONY: bench
bench: $(VENV)/dev.stamp ## Measure the benchmarks
	@$(PY) -m pytest benchmarks --benchmark-enable --benchmark-only --benchmark-columns=median,iqr,rounds

PEERS := benchmarks/peers
INSTALLED := $(PEERS)/.installed
COMPARE ?= datasette postgraphile pybibx pages

.PHONY: bench-peers
bench-peers: $(VENV)/dev.stamp bench-tools $(patsubst %,$(INSTALLED)/%.stamp,$(filter-out pages,$(COMPARE))) ## Measure beside COMPARE (datasette postgraphile pybibx; pages, beside nobody), into benchmarks/RESULTS.md; its data takes minutes, once
	@$(PY) -m benchmarks.peers.compare $(COMPARE)

.PHONY: bench-tools
bench-tools: MISSING = $(strip $(foreach tool,wrk hey node npm,$(if $(shell command -v $(tool)),,$(tool:node=nodejs))))
bench-tools: ## Install Debian's wrk and hey, and Node.js for PostGraphile
	@if [ -z '$(MISSING)' ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Debian's $(MISSING)."; \
	  apt-get update -qq; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(MISSING) >/dev/null; \
	else \
	  echo 'bench-peers needs them. On Debian: apt-get install $(MISSING)' >&2; exit 1; \
	fi

# pyBibX asks for far more than it uses here; its list is whole as it is.
$(INSTALLED)/%.stamp: $(PEERS)/environments/%.txt
	@echo 'Installing $*.'
	@rm -rf $(INSTALLED)/$*
	@$(PYTHON) -m venv $(INSTALLED)/$*
	@$(INSTALLED)/$*/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

$(INSTALLED)/%.stamp: $(PEERS)/environments/%/package-lock.json
	@echo 'Installing $*.'
	@rm -rf $(INSTALLED)/$*
	@mkdir -p $(INSTALLED)/$*
	@cp $(<D)/package.json $(<D)/.npmrc $< $(INSTALLED)/$*/
	@npm ci --silent --prefix $(INSTALLED)/$*
	@touch $@

# --- Derived files -------------------------------------------------------------------------------------------------

# Everything in docs/reference/ is made from the code by these commands, and nothing else stands there: `make data`
# writes it, `make check` compares. One more derived file is one more line.
define derive
@rm -rf $(1)
@mkdir -p $(1)
@$(DEVELOPING) $(PY) manage.py schemas --to $(1)
@$(DEVELOPING) $(PY) manage.py spectacular --validate --fail-on-warn --file $(1)/openapi.yaml
@$(DEVELOPING) $(PY) manage.py dictionary --to $(1)/dictionary.md
endef

.PHONY: data
data: $(VENV)/dev.stamp ## Write the files that are made from the code, docs/reference/, anew
	$(call derive,docs/reference)

.PHONY: messages
messages: $(VENV)/dev.stamp ## Bring v2xkb/locale/ up to date with the interface's texts, and say what lacks a translation
	@$(DEVELOPING) DJANGO_SETTINGS_MODULE=v2xkb.settings $(PY) -m tests.messages

# --- Checking ------------------------------------------------------------------------------------------------------

.PHONY: check
check: $(VENV)/dev.stamp $(CHECKS) ## Check format, lint, types, layers, templates, migrations, deployment, derived files, messages
	@echo 'All checks passed.'

.PHONY: $(CHECKS)
check-format: $(VENV)/dev.stamp
	$(VENV)/bin/ruff format --check --quiet

check-lint: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check --quiet

check-types: $(VENV)/dev.stamp
	$(DEVELOPING) $(VENV)/bin/mypy

check-layers: $(VENV)/dev.stamp
	$(VENV)/bin/lint-imports --no-cache

check-templates: $(VENV)/dev.stamp
	find $(PACKAGES) -name '*.html' -print0 | xargs -0 -r $(VENV)/bin/djade --target-version 5.2 --check

check-migrations: $(VENV)/dev.stamp
	$(DEVELOPING) $(PY) manage.py makemigrations --check --dry-run

# As an operator would deploy it: nothing but a key and a host name given.
check-deployment: $(VENV)/dev.stamp
	SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))') ALLOWED_HOSTS=v2xkb.example \
	  VAR_DIR=var/checks $(PY) manage.py check --deploy --fail-level WARNING

check-derived: $(VENV)/dev.stamp
	$(call derive,var/checks/reference)
	diff -r docs/reference var/checks/reference

# After check-derived, which says whether the file is that of the code.
check-schema-changes: $(VENV)/dev.stamp
	$(PY) -m tests.schema_changes

check-messages: $(VENV)/dev.stamp
	$(DEVELOPING) DJANGO_SETTINGS_MODULE=v2xkb.settings $(PY) -m tests.messages --check

# --- What it is made of --------------------------------------------------------------------------------------------

.PHONY: audit
audit: $(SUPPLY)/supply.stamp ## Ask PyPI's advisories about every pinned package; fails where it can't be reached
	@for list in base dev supply; do \
	  $(SUPPLY)/supply/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements/$$list.txt; \
	done

.PHONY: sbom
sbom: $(SUPPLY)/supply.stamp $(SUPPLY)/base.stamp ## List all packages of this version with their licences, as CycloneDX, in dist/
	@mkdir -p dist
	@$(SUPPLY)/supply/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-file dist/v2xkb-$(VERSION).cdx.json $(SUPPLY)/base/bin/python
	@echo 'dist/v2xkb-$(VERSION).cdx.json'

.PHONY: backup
backup: $(VENV)/dev.stamp ## Keep a small backup of this version, which every later one must restore, in tests/data/backups/
	@rm -rf var/kept
	@export DEBUG=on VAR_DIR=var/kept; \
	$(PY) manage.py migrate --verbosity=0; \
	$(PY) manage.py load; \
	$(PY) manage.py shell --no-imports -c 'from tests.backups import example; example.make()'; \
	$(PY) manage.py backup tests/data/backups/$(VERSION).zip

# --- Changing ------------------------------------------------------------------------------------------------------

.PHONY: format
format: $(VENV)/dev.stamp ## Format code and templates, and mend what lint can mend
	@$(VENV)/bin/ruff format
	@$(VENV)/bin/ruff check --fix
	@find $(PACKAGES) -name '*.html' -print0 | xargs -0 -r $(VENV)/bin/djade --target-version 5.2

.PHONY: requirements
requirements: $(VENV)/dev.stamp ## Compile requirements/*.in to pinned, hashed *.txt (UPGRADE=1 takes newer versions)
	@for list in requirements/base requirements/dev requirements/supply $(PEERS)/environments/datasette; do \
	  $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) \
	    --output-file $$list.txt $$list.in; \
	done
