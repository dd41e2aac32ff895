# make run    sets up everything and serves the demo on http://127.0.0.1:8000
# make test   sets up everything and runs the tests
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test setup setup-dev check format types imports sizes bench e2e test-core test-postgres test-spark lock clean demo screenshots

run: setup
	$(BIN)/gongdi demo --serve

test: setup-dev
	$(BIN)/pytest -n 2 -m "not e2e and not slow and not spark" tests

setup: $(VENV)/.run node_modules/.package-lock.json

setup-dev: setup $(VENV)/.dev

$(VENV)/.run: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
	touch $@

demo: setup
	$(BIN)/gongdi demo

check: setup-dev
	$(BIN)/ruff check src tests benchmarks tools
	$(BIN)/ruff format --check src tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_sizes.py
	$(BIN)/gongdi packs check
	$(BIN)/gongdi manage makemigrations --check --dry-run

format: setup-dev
	$(BIN)/ruff check --fix src tests benchmarks tools
	$(BIN)/ruff format src tests benchmarks tools

test-core: setup-dev
	$(BIN)/pytest -q tests/core

test-postgres: setup-dev
	bash tools/with_postgres.sh $(BIN)/pytest -n 2 -m "not e2e and not slow and not spark" tests/apps tests/demo tests/web/test_every_address.py

test-spark: setup-dev $(VENV)/.spark
	$(BIN)/pytest -q -m spark tests/spark

$(VENV)/.spark: requirements-spark.txt $(VENV)/.run
	$(BIN)/pip install --quiet --require-hashes -r requirements-spark.txt
	touch $@

e2e: setup-dev
	$(BIN)/pytest -m e2e tests/e2e

bench: .venv-bench/.done
	.venv-bench/bin/python benchmarks/run.py

.venv-bench/.done: requirements-bench.txt pyproject.toml
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --require-hashes -r requirements-bench.txt
	.venv-bench/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lock:
	uv pip compile --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements.in -o requirements.txt
	uv pip compile --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.txt
	uv pip compile --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-bench.in -o requirements-bench.txt
	uv pip compile --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-spark.in -o requirements-spark.txt
	npm install --package-lock-only --ignore-scripts

clean:
	rm -rf $(VENV) node_modules var build dist
