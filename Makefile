# Needs Debian (or a relative of it), Python 3.11 or later, git and make. Everything else is fetched by the targets.
# `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
WEIGHTS := src/datumline/embedding/weights/minilm-l6-v2.fp16.safetensors
COMPILE_LOCK := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
# pip compiles what it installs unless the environment forbids it; without that every start parses all sources again.
PIP := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --no-input --require-hashes
WORKERS ?= 2
PURE := tests/domain tests/packs tests/pack_files tests/architecture

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve check test lint bench wheel encoder lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMPS)/package encoder ## make a demo organisation and serve it on this machine
	$(BIN)/datumline demo

serve: $(STAMPS)/package encoder ## serve your own records on this machine
	$(BIN)/datumline serve

check: $(STAMPS)/development encoder lint ## lint, types, import contracts and the tests of the pure floor
	$(BIN)/pytest -n $(WORKERS) -m "not slow and not postgresql and not browser" $(PURE)

test: $(STAMPS)/development encoder $(STAMPS)/system lint ## everything: check, and every test with PostgreSQL and a browser
	$(BIN)/pytest -n $(WORKERS)

lint: $(STAMPS)/development
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(STAMPS)/development encoder ## measure against the limits, both sides in the same run
	$(BIN)/datumline bench

wheel: $(STAMPS)/package encoder ## build dist/*.whl, the encoder's weights inside
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

encoder: $(WEIGHTS) ## fetch, check and convert the encoder's weights

$(WEIGHTS): scripts/build_encoder.py src/datumline/embedding/pins.py src/datumline/embedding/tensor_file.py | $(STAMPS)/package
	$(BIN)/python scripts/build_encoder.py
	@touch $@

lock: ## resolve the dependencies again (needs uv)
	@command -v uv >/dev/null || { echo "make lock: uv is not installed, expected uv on PATH (pip install uv)"; exit 1; }
	$(COMPILE_LOCK) pyproject.toml --output-file requirements.lock
	$(COMPILE_LOCK) --group build --constraint requirements.lock --output-file requirements-build.lock
	$(COMPILE_LOCK) pyproject.toml --group build --group dev --group bench \
		--constraint requirements.lock --constraint requirements-build.lock --output-file requirements-dev.lock

clean: ## remove what the other targets made
	rm -rf $(VENV) dist build src/datumline/embedding/weights .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(STAMPS)/venv:
	@scripts/make_venv.sh "$(PYTHON)" "$(VENV)"
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/package: requirements.lock requirements-build.lock pyproject.toml | $(STAMPS)/venv
	$(INSTALL) -r requirements.lock -r requirements-build.lock
	$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(STAMPS)/development: requirements-dev.lock | $(STAMPS)/package
	$(INSTALL) -r requirements-dev.lock
	@touch $@

$(STAMPS)/system: scripts/system_packages.sh | $(STAMPS)/venv
	@scripts/system_packages.sh
	@touch $@
