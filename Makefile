# Two commands do it all: `make figures` (the main job) and `make test`.
# uv is used where it is installed; otherwise a private copy goes into .tools/ (git-ignored).
# Nothing is installed outside this folder.

UV_VERSION := 0.13.9
PYTHON     ?= python3
UV         := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN        := $(UV) run --locked --extra all

.DEFAULT_GOAL := help
.PHONY: help setup figures test lint lab lite clean

help:  ## Show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# Debian refuses a global `pip install`; a private environment is allowed everywhere.
.tools/bin/uv:
	@echo "uv not found: putting a private copy into .tools/"
	@$(PYTHON) -m venv .tools || { echo "make: cannot create a virtual environment. On Debian or Ubuntu run: apt install python3-venv"; rm -rf .tools; exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"

setup: $(filter .tools/bin/uv,$(UV))  ## Make .venv with everything in it
	$(UV) sync --locked --extra all

figures: $(filter .tools/bin/uv,$(UV))  ## Read the bundled articles, clean, score, find, draw
	$(RUN) newsresearch figures --out figures --article 24-port-sallow-truce

test: $(filter .tools/bin/uv,$(UV))  ## Run lint, types and all tests
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) pytest

lint: $(filter .tools/bin/uv,$(UV))  ## Mend what ruff can mend
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

lab: $(filter .tools/bin/uv,$(UV))  ## Open JupyterLab on the first notebook
	$(RUN) jupyter lab --notebook-dir . notebooks/00_start_here.ipynb

# Tools of its own, pinned by hash in lite/requirements.txt: the lock of the project stays as it is.
lite: $(filter .tools/bin/uv,$(UV))  ## Build the class site that needs no installation (lite/README.md)
	$(UV) venv --quiet --clear .tools/lite && $(UV) pip install --quiet --python .tools/lite --require-hashes -r lite/requirements.txt
	$(RUN) python -m lite.build --tools .tools/lite

clean:  ## Remove .venv, .tools and caches
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache dist lite/_site
