# GNU make 3.81 (macOS) and later.
#
#   make roster   set up, then make the roster of the sample office 桜
#   make page     set up, then open the page in the browser
#   make test     set up, then run the tests
#   make windows  set up, then build the folder for Windows as one zip

PACKAGES := pyproject.toml constraints.txt
VENV := .venv
BIN := $(VENV)/bin
INPUT := inputs/sakura-2027-01.xlsx
ROSTER := outputs/sakura-2027-01.xlsx
SAMPLE := outputs/sample/sakura-2027-01.xlsx
IS_NEW_ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

# The first Python that really runs and is new enough.  To choose one yourself:
# make PYTHON=/opt/python/bin/python3 roster
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	"$$python" -c '$(IS_NEW_ENOUGH)' >/dev/null 2>&1 && { echo "$$python"; break; }; \
	done)

.DEFAULT_GOAL := help
.PHONY: help roster page windows wine test thorough browser two-solvers agreement fuzz check lint format messages docs samples sample images lock clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile

$(VENV)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "shotaki needs Python 3.11 or later (with venv), and none was found." >&2; \
		echo "  Debian, Ubuntu: apt-get install python3-venv" >&2; \
		echo "  macOS:          brew install python" >&2; \
		exit 1; \
	fi
	"$(PYTHON)" -m venv $(VENV)
	touch $@

$(VENV)/run: $(VENV)/python $(PACKAGES)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[exact]'
	touch $@

$(VENV)/dev: $(VENV)/run
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	touch $@

roster: $(VENV)/run ## make the roster of the sample office 桜 (outputs/)
	$(BIN)/shotaki roster $(INPUT) -o $(ROSTER)

page: $(VENV)/run ## open the page in the browser, on the workbooks of this folder
	$(BIN)/shotaki open .

windows: $(VENV)/dev ## build the folder for Windows as one zip (dist/), and test it
	$(BIN)/python -m tools.windows
	$(BIN)/python -m pytest tests/project/test_windows_folder.py --built

wine: windows ## run that folder under Wine, and tests by its Python (half an hour)
	$(BIN)/python -m tools.wine
	$(BIN)/python -m pytest --wine tests/project/test_under_wine.py

test: $(VENV)/dev ## run the tests
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal -m "not browser and not thorough"

thorough: $(VENV)/dev ## run what the tests leave out: many random months and edits
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal -m "thorough and not browser"

browser: $(VENV)/dev ## walk every screen of the page in headless Chromium
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m browser

two-solvers: $(VENV)/dev ## prove the levels of 200 random offices by both solvers
	$(BIN)/python -m pytest --numprocesses 2 tests/solver/test_two_solvers.py --offices 200

agreement: $(VENV)/dev ## hold model and audit against each other on 600 random months
	$(BIN)/python -m pytest --numprocesses 2 tests/rules/test_agreement.py --months 600

fuzz: $(VENV)/dev ## read a thousand workbooks that were spoilt at random
	$(BIN)/python -m benchmarks.fuzz_input 1000

check: lint ## lint, formatting and types
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint: $(VENV)/dev ## lint
	$(BIN)/ruff check .

format: $(VENV)/dev ## format, and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/dev ## extract, merge and compile the message catalogue
	$(BIN)/python -m tools.messages

docs: $(VENV)/dev ## write the generated pages of docs/
	$(BIN)/python -m tools.docs

samples: $(VENV)/dev ## write the sample offices into inputs/
	$(BIN)/python -m tools.make_samples

sample: $(VENV)/run ## make the finished sample that is kept (outputs/sample/)
	$(BIN)/shotaki roster $(INPUT) -o $(SAMPLE)

images: $(VENV)/run ## print its break-room sheet for the README (LibreOffice, poppler)
	$(BIN)/python -m tools.images

lock: ## pin the newest versions that fit into constraints.txt
	"$(PYTHON)" -m tools.lock

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
