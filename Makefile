# The only list of commands. Every one works alone on a fresh clone: what it needs is installed first, once.
#
# It takes Python 3.11 to 3.13, any Node with npm, and make; no Docker, no root. Packages come from the two lock files.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

export BANKSIA_PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
# Compiling our own code anew is a quarter of every start; where this is set (as containers do), it is not kept.
export PYTHONDONTWRITEBYTECODE :=

STEP := scripts/step.sh
BIN := .venv/bin
NODE := PATH="$$(scripts/node.sh):$$PATH"
STAMPS := .venv/stamps

SPA := web/dist/index.html
SPA_SOURCES := $(shell find web banksia/modules banksia/foundation examples -name node_modules -prune -o -name dist -prune \
	-o -type f \( -name '*.ts' -o -name '*.tsx' -o -name '*.css' -o -name '*.html' -o -name '*.svg' -o -name 'package.json' \) -print 2>/dev/null) \
	$(wildcard *.config.ts web/*.config.ts web/shell/*.config.ts tsconfig*.json web/public/*)
# The long tests wait for processes that die and come back: one worker more than there are processors keeps these busy.
WORKERS = $(shell $(BIN)/python -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')
GENERATED := docs/reference web banksia/modules banksia/foundation

.PHONY: help run test check bench mutants format generate lint lint-server lint-pages lint-types e2e pictures check-generated check-budgets build setup clean

help:  ## This list
	@echo "Banksia: make COMMAND"
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: build  ## Start everything on http://localhost:8000 (RESET=1 starts afresh, BANKSIA_PORT=8001 chooses a port)
	@exec $(BIN)/banksia demo --stop-with-parent $(if $(RESET),--reset)

test: setup node_modules/.package-lock.json  ## Run the tests of the server and of the pages
	@$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile $(PYTEST)
	@$(NODE) npm test --silent

check: lint check-generated build test e2e check-budgets  ## Run all that CI runs for each change; the mutants run every night

lint: setup node_modules/.package-lock.json  ## Check style, types, boundaries and locks
	@scripts/together.sh "$(MAKE) lint-server lint-types" "$(MAKE) lint-pages"

lint-server: setup
	@$(STEP) "ruff check" $(BIN)/ruff check .
	@$(STEP) "ruff format" $(BIN)/ruff format --check .
	@$(STEP) "mypy" $(BIN)/mypy
	@$(STEP) "import-linter" $(BIN)/lint-imports
	@$(STEP) "deptry" $(BIN)/deptry .
	@$(STEP) "poetry.lock matches pyproject.toml" $(BIN)/python scripts/check_lock.py
	@$(STEP) "house rules" $(BIN)/python scripts/house_rules.py
	@$(STEP) "mutants apply" $(BIN)/python scripts/mutants.py --check
	@$(STEP) "banksia check" $(BIN)/banksia check

lint-pages: node_modules/.package-lock.json
	@$(NODE) $(STEP) "eslint" npm run lint --silent

lint-types: node_modules/.package-lock.json
	@$(NODE) $(STEP) "tsc" npm run typecheck --silent
	@$(NODE) $(STEP) "prettier" npm run check-format --silent

format: setup node_modules/.package-lock.json  ## Format the code and mend what tools can mend
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .
	@$(NODE) npm run format --silent

generate: setup node_modules/.package-lock.json  ## Write the generated files again: API client, reference
	@$(STEP) "Reference" $(BIN)/banksia reference docs/reference
	@$(STEP) "Rules for money" $(BIN)/python scripts/rules_reference.py
	@$(NODE) $(STEP) "API client" npm run generate --silent

check-generated: setup node_modules/.package-lock.json
	@$(STEP) "Generated files are up to date" scripts/check_generated.sh $(GENERATED)

e2e: build  ## Walk the journeys in Chromium at 1280 and 390 pixels (BANKSIA_SLOW_LINE_MS=600: over a poor line)
	@$(NODE) npm run e2e --silent

pictures: setup  ## Take the pictures of the guides from the journeys' (make e2e first)
	@$(BIN)/python scripts/guide_pictures.py

mutants: setup  ## Break every rule for money and records, one at a time, and see its test fail
	@$(BIN)/python scripts/mutants.py

bench: build  ## Measure: one table out
	@$(BIN)/python -m bench

check-budgets: build
	@$(NODE) $(STEP) "Budgets of the pages" npm run budgets --silent

build: setup $(SPA)

setup: $(STAMPS)/project

clean:  ## Remove what was installed and built; the demo's data stays in .banksia
	@rm -rf .venv .tools node_modules web/dist

$(STAMPS)/packages: poetry.lock scripts/locked_requirements.py scripts/python.sh
	@python=$$(scripts/python.sh) && if [ ! -x $(BIN)/python ]; then $(STEP) "Python environment" "$$python" -m venv .venv; fi
	@mkdir -p $(STAMPS)
	@$(BIN)/python scripts/locked_requirements.py main dev > $(STAMPS)/requirements.txt
	@$(STEP) "Python packages (a minute or two)" $(BIN)/pip install --quiet --require-hashes --requirement $(STAMPS)/requirements.txt
	@touch $@

$(STAMPS)/project: $(STAMPS)/packages pyproject.toml
	@$(STEP) "Banksia itself" $(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.package-lock.json: package-lock.json package.json $(wildcard web/*/package.json) scripts/node.sh
	@$(STEP) "Node" scripts/node.sh
	@$(NODE) $(STEP) "Node packages" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(SPA): node_modules/.package-lock.json $(SPA_SOURCES)
	@$(NODE) $(STEP) "Pages" npm run build --silent
	@touch $@
