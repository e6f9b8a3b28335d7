# Voicebot: `make run` installs what is missing and starts it; `make test` does the same for the tests.

PYTHON ?= python3
ARGS ?=
ONLY ?=
BIN := .venv/bin

.PHONY: help run install test install-test bench check wheel package screenshots clean

help:
	@echo "make run      install what is missing, then start Voicebot (ARGS=\"...\" is handed to it)"
	@echo "make test     install what the tests need, then run them (ARGS=\"-k words\" picks some)"
	@echo "make bench    measure, into bench.json (ONLY=turn measures one part)"
	@echo "make check    lint and check the types"
	@echo "make wheel    build dist/voicebot-*.whl"
	@echo "make package  build what this system can build for people to install, into dist/"
	@echo "make screenshots  take the pictures of the window again, into docs/images"
	@echo "make install  install what is missing, start nothing"
	@echo "make clean    remove what was built and cached; .venv stays"
	@echo "PYTHON=python3.12 picks the Python that .venv is made with."

run: install
	@$(BIN)/voicebot $(ARGS)

test: install-test
	@$(BIN)/python -m pytest $(ARGS)

bench: install-test
	@$(BIN)/python -m tests.bench $(ONLY)

check: install-test
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy

wheel: install-test
	@$(BIN)/python -m build --wheel --no-isolation

package:
	@$(PYTHON) packaging/package.py

screenshots: install-test
	@$(BIN)/python -m tests.screenshots

install:
	@$(PYTHON) packaging/install.py run

install-test:
	@$(PYTHON) packaging/install.py test

clean:
	rm -rf build dist bench.json .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
