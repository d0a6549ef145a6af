# The one list of commands. `make` shows it.
PYTHON ?= .venv/bin/python
REPORTS ?= examples

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
setup: ## a virtual environment with all that development needs
	python3 -m venv .venv && $(PYTHON) -m pip install --quiet -e '.[dev,docs]'
run: ## the timeline of REPORTS
	$(PYTHON) -m calendarize $(REPORTS)
test: ## the tests
	$(PYTHON) -m pytest -n auto --dist loadgroup
cover: ## the tests, with the lines that none of them reaches
	$(PYTHON) -m pytest -n auto --dist loadgroup --cov=calendarize --cov-report=term-missing:skip-covered
lint: ## lint, format, types
	$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && $(PYTHON) -m mypy
check: lint test ## what a change has to pass
score: ## the annotated reports alone
	$(PYTHON) -m pytest tests/test_reports.py tests/test_corpus.py tests/test_everyday.py
docs: ## the documentation site, into build/site
	$(PYTHON) -m mkdocs build --quiet --site-dir build/site
bench: ## speed, as ratios in one run
	$(PYTHON) benchmarks/throughput.py && $(PYTHON) benchmarks/calendars.py && $(PYTHON) benchmarks/phrases.py
.PHONY: help setup run test cover lint check score docs bench
