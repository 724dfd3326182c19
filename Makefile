# On Windows make needs the shell, awk, find and rm of Git Bash; what the readme types in PowerShell needs none of them.
# `make` alone lists the targets. PYTHON names the interpreter that makes .venv; ARGS goes to the program run:
#   make report PYTHON=python3.12
#   make test ARGS="tests/model/test_periods.py -k quarter"

PYTHON ?= python3
ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
RUN := $(BIN)/python
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --only-binary :all: --emit-build-options --no-emit-index-url --custom-compile-command "make lock"

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_REQUIRE_VIRTUALENV := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev report preview test explore check bench format golden pictures lock upgrade wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: setup ## build the reports of data/ into output/
	$(RUN) run.py build $(ARGS)

preview: setup .venv/preview.stamp ## show the reports in the browser while they are written
	$(RUN) run.py preview $(ARGS)

test: setup-dev ## run the tests on all cores
	$(RUN) -m pytest -n auto $(ARGS)

explore: setup-dev ## run the property tests with new examples, other ones each time
	REPORTS_EXAMPLES=explore $(RUN) -m pytest -n auto -m hypothesis $(ARGS)

check: setup-dev ## lint, look at the format and the types, run the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m pytest -n auto $(ARGS)

bench: setup-dev ## time builds beside pandoc, docxtpl and python-docx; benchmarks/README.md tells more
	$(RUN) -m benchmarks.run $(ARGS)

format: setup-dev ## format the code and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: setup-dev ## write the expected outputs of the tests anew; read the diff before you commit it
	$(RUN) -m pytest --update-golden $(ARGS)

pictures: setup-dev ## draw the pictures of README and docs/ anew; needs LibreOffice and pdftoppm
	$(RUN) -m tools.pictures

lock: setup-dev ## write the locks after a change in pyproject.toml, moving nothing else
	$(COMPILE) $(ARGS) --output-file requirements/run.lock
	$(COMPILE) $(ARGS) --extra preview --constraint requirements/run.lock --output-file requirements/preview.lock
	$(COMPILE) $(ARGS) --extra preview --group dev --constraint requirements/preview.lock --output-file requirements/dev.lock

upgrade: ## write the locks with the newest releases that pyproject.toml allows
	$(MAKE) lock ARGS=--upgrade

wheel: setup-dev ## build into dist/ what pip, pipx and uv install
	$(RUN) -m hatchling build

clean: ## remove .venv, dist/ and every cache; output/ stays
	rm -rf .venv dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find reports tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +

# The stamps say when a lock was last installed: nothing is installed again until the lock changes.
setup: .venv/runtime.stamp
setup-dev: .venv/dev.stamp

.venv/runtime.stamp: requirements/run.lock
	@$(PYTHON) -c 'import run' || { echo "Name another: make PYTHON=python3.13"; exit 1; }
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(RUN) -m pip install --require-hashes -r $<
	@touch $@

.venv/preview.stamp: requirements/preview.lock .venv/runtime.stamp
	$(RUN) -m pip install --require-hashes -r $<
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/runtime.stamp
	$(RUN) -m pip install --require-hashes -r $<
	@touch $@
