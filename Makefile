# `make demo` and `make test` need Python 3.11 or newer and nothing else; they make .venv by themselves.
# Stamps in .venv remember what is installed, so a second run starts at once.

PYTHON ?= $(or $(shell command -v python3.11 2>/dev/null),python3)
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes

.PHONY: help demo test bench schemas docs lock clean

help:
	@echo "make demo      watch a badge live its whole life; its files are left in demo-badge"
	@echo "make test      format, lint, types and tests: all that CI runs"
	@echo "make bench     measure the speed and write benchmarks/RESULTS.md"
	@echo "make schemas   write schemas/ from the term tables and models"
	@echo "make docs      write the generated pages of docs/ from the rule book and the tests"
	@echo "make lock      resolve the dependencies anew into requirements/*.lock (needs uv)"
	@echo "make clean     remove everything that make can make again, .venv too"

demo: $(RUN)
	@$(BIN)/openbadge-issuer demo --into demo-badge $(OPTIONS)

test: $(DEV)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	MYPYPATH=tests:benchmarks:examples/portal $(BIN)/mypy --explicit-package-bases tests benchmarks examples/portal
	$(BIN)/pytest -n 2 --dist loadfile

bench: $(RUN)
	@$(BIN)/python benchmarks/run.py

schemas: $(RUN)
	$(BIN)/python -m openbadge_issuer.jsonld.vocabulary schemas/contexts
	$(BIN)/python -m openbadge_issuer.assertions.schema schemas/ob3
	$(BIN)/python -m openbadge_issuer.assertions.acceptance schemas
	$(BIN)/python -m openbadge_issuer.assertions.open_badges_2.schema schemas/ob2
	$(BIN)/python -m openbadge_issuer.verification.schema schemas
	$(BIN)/python -m openbadge_issuer.policy.file_schemas schemas/policy
	$(BIN)/python -m openbadge_issuer.policy.report_schemas schemas

docs: $(DEV)
	$(BIN)/python -m openbadge_issuer.errors.rules docs/reference/findings.md
	$(BIN)/python -m openbadge_issuer.policy.file_reference docs/reference/badge-policy.md
	$(BIN)/python -m openbadge_issuer.cli.reference docs/reference/policy-commands.md
	$(BIN)/python tests/conformance_table.py

# Versions that still satisfy pyproject.toml are kept: to renew them, delete the locks first.
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv (https://docs.astral.sh/uv/)" >&2; exit 2; }
	$(COMPILE) pyproject.toml --extra register -o requirements/run.lock
	$(COMPILE) pyproject.toml --extra register --group dev -c requirements/run.lock -o requirements/dev.lock
	printf 'hatchling>=1.27\neditables\n' | $(COMPILE) - -c requirements/dev.lock -o requirements/build.lock

clean:
	rm -rf $(VENV) build dist demo-badge .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf tests/integration/independent_verifier/node_modules
	find src tests benchmarks examples -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed and $(PYTHON) is not it: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "No virtual environment could be made; on Debian: apt install python3-venv" >&2; exit 2; }

$(RUN): requirements/run.lock requirements/build.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies and the package into $(VENV)"
	@$(INSTALL) --require-hashes -r requirements/run.lock -r requirements/build.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.lock $(RUN)
	@echo "Installing the locked tools for development into $(VENV)"
	@$(INSTALL) --require-hashes -r requirements/dev.lock
	@touch $@
