# Everything a fresh machine needs is Python 3.11+ and make. `make demo`, `make test`, `make bench`.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check bench docs sample-data notebook clean help
help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# The system's Python is only asked to make the environment; nothing is ever installed into it (PEP 668).
$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and $(PYTHON) was not found: make PYTHON=/path/to/python3 ..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, and $(PYTHON) is older: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

demo: $(READY) ## set up, then find the seller fee in the sample statements
	$(BIN)/stmt-scan sample_data/indonesia.ofx --authorized sample_data/authorized.toml --as-of 2026-06-28 --no-ledger

test: $(READY) check ## set up, then every check
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(READY) ## style, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) ## speed, memory and detector quality, as ratios within one run
	$(BIN)/python -m benchmarks

docs: $(READY) ## write the generated parts of the documentation again
	$(BIN)/cog -P -r -I docs docs/*.md README.md

sample-data: $(READY) ## write sample_data/ again (the same bytes every time)
	$(BIN)/python sample_data/make.py

notebook: $(READY) ## run the notebook and keep its outputs
	$(BIN)/python notebooks/run.py

clean: ## remove what make made
	rm -rf $(VENV) build dist out dispute .pytest_cache .mypy_cache .ruff_cache
