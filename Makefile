# Every target prepares what it needs first: a fitting Python, .venv, system libraries. PYTHON=… takes a Python of your choice.

BIN := .venv/bin
PREPARE := @sh packaging/prepare.sh
# On every core; what is listened to two at a time, or alone, beside the rest, which gives way (tests/turns).
PYTEST := $(BIN)/pytest -n auto
PREFIX ?= $(HOME)/.local

.PHONY: help run setup install uninstall test check lint format bench pictures translations lock clean

help:
	@echo 'make run     start Earmark; ARGS="--temp-profile" hands it arguments'
	@echo 'make setup   prepare .venv; after it .venv/bin/earmark is the command'
	@echo 'make install install it with an entry in the menu; PREFIX=~/.local is where to; make uninstall takes it away'
	@echo 'make test    run every test, on every core; ARGS="-k chapters" hands pytest arguments'
	@echo 'make check   the fast loop: format, lint, types, and every test that needs no window'
	@echo 'make format  put the code into its form'
	@echo 'make bench   explain the benchmarks'
	@echo 'make pictures take the pictures of README anew'
	@echo 'make translations let resources/translations have the strings of the sources'
	@echo 'make lock    lock what pyproject.toml asks for; ARGS=--upgrade takes the newest versions'
	@echo 'make clean   remove .venv and what the tools keep'

run: setup
	@$(BIN)/earmark $(ARGS)

setup:
	$(PREPARE) run

install: setup
	@$(BIN)/python packaging/install.py install "$(PREFIX)"

uninstall: setup
	@$(BIN)/python packaging/install.py uninstall "$(PREFIX)"

test:
	$(PREPARE) test
	$(PYTEST) $(ARGS)

check: lint
	$(PYTEST) -m 'not e2e' $(ARGS)

lint:
	$(PREPARE) check
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format:
	$(PREPARE) check
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench:
	$(PREPARE) test
	@echo 'Measure by hand, on a machine that does nothing else; --help explains each:'
	@echo 'cd tests && ../.venv/bin/python -m bench.jump      how mpv, QMediaPlayer and Earmark jump (an hour; --quick: some minutes)'
	@echo 'cd tests && ../.venv/bin/python -m bench.endurance the window for an hour, jumped in and listened to, while feeds come in'
	@echo 'cd tests && ../.venv/bin/python -m bench.playing   what playing costs'
	@echo 'cd tests && ../.venv/bin/python -m bench.importing how long a hundred feeds take to come in, and gPodder'
	@echo 'cd tests && ../.venv/bin/python -m bench.held      how long feeds hold up the window'
	@echo 'cd tests && ../.venv/bin/python -m bench.outlines  how well and how fast outlines are found'
	@echo 'cd tests && ../.venv/bin/python -m bench.library FOLDER  how fast words are found in a million chapters (--window: until they are seen)'
	@echo 'cd tests && ../.venv/bin/python -m bench.scale FOLDER    how the whole program grows up to 100 000 episodes'
	@echo 'cd tests && ../.venv/bin/python -m bench.throughput how fast a long file comes, and what that costs, beside curl'

pictures:
	$(PREPARE) test
	$(BIN)/python packaging/make_pictures.py

translations:
	$(PREPARE) check
	$(BIN)/python packaging/translations.py

lock:
	$(PREPARE) check
	sh packaging/lock.sh $(ARGS)

clean:
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
