# Every chore of haicap, one name each: `make help`.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-fast check controls messages lock train vendor bench-web bench-deadlines bench-text bench-plan wheel clean

BIN := .venv/bin
STAMP := .venv/.stamp
# The first that really starts: a shim may stand on the path for a Python that is absent.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13; do \
	$$p -c 'import venv, ensurepip' >/dev/null 2>&1 && echo $$p && break; done)

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' \
		| awk -F'|' '{ printf "  make %-15s %s\n", $$1, $$2 }'

setup: $(STAMP)/installed ## Create .venv and install the pinned packages
	@echo "setup: ready"

$(STAMP)/python:
	@test -n "$(PYTHON)" || { \
		echo "haicap needs Python 3.11, 3.12 or 3.13 with venv (Debian: apt install python3-venv)."; \
		exit 1; }
	@echo "setup: environment in .venv ($$($(PYTHON) --version))"
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/packages: requirements/dev.txt | $(STAMP)/python
	@echo "setup: packages, pinned by hash"
	@start=$$(date +%s); \
	if $(BIN)/python -m pip install -q --disable-pip-version-check uv >/dev/null 2>&1; then \
		$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt; \
	else \
		$(BIN)/python -m pip install -q --disable-pip-version-check \
			--root-user-action ignore --require-hashes -r requirements/dev.txt; \
	fi && echo "setup: packages installed in $$(( $$(date +%s) - start )) s"
	@touch $@

$(STAMP)/installed: pyproject.toml $(STAMP)/packages
	@$(BIN)/python -m pip install -q --disable-pip-version-check \
		--root-user-action ignore --no-deps --no-build-isolation -e .
	@echo "setup: haicap installed"
	@touch $@

$(STAMP)/trainers: requirements/train.txt $(STAMP)/installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check \
		--root-user-action ignore --require-hashes -r requirements/train.txt
	@touch $@

demo: setup ## Set up, load the demo and serve it; DOC=path reads that document instead
	@$(BIN)/haicap demo $(if $(DOC),"$(DOC)")

test: setup ## Everything: checks, SQLite, PostgreSQL, browser
	@$(BIN)/python tools/run_tests.py all

test-fast: setup ## The tests on SQLite only, without a browser
	@$(BIN)/python tools/run_tests.py fast

check: setup ## Lint, format, types, templates, translations, migrations, the house
	@$(BIN)/python tools/run_tests.py check

controls: setup ## Take each guard out, in a copy, and see a test go red
	@$(BIN)/python tools/controls.py

messages: setup ## Gather the sentences of every app, then compile (APP=name: only that one)
	@$(BIN)/python tools/messages.py $(APP)

lock: setup ## Renew requirements/*.txt from pyproject.toml
	@$(BIN)/python tools/lock.py

vendor: ## Renew the vendored browser files (needs Node; users never do)
	@npm --prefix frontend ci --no-audit --no-fund && node frontend/vendor.mjs

bench-web: setup ## Measure the web pages beside a peer (benchmarks/README.md)
	@$(BIN)/python benchmarks/web.py

bench-deadlines: setup ## Count right due dates by several rules, and measure ours
	@$(BIN)/python benchmarks/deadlines.py

bench-text: $(STAMP)/trainers ## Read marked documents with weights that never saw them, and measure
	@$(BIN)/python benchmarks/text.py

bench-plan: setup ## Measure the planners beside others, with their proofs
	@$(BIN)/python benchmarks/plans.py

train: $(STAMP)/trainers ## Train the reader's weights on corpus/train
	@$(BIN)/python tools/train_items.py
	@$(BIN)/python tools/train_fields.py

wheel: setup ## Build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

clean: ## Remove what can be made again; var/ (your data) stays
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	@find haicap tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
