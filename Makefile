# Two commands matter: `make run` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help run test check bench

# The first Python on the PATH that is recent enough and can make an environment; else any, to be told what is missing.
FIND_PYTHON = for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  $$python -I -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	  python=python3; \
	done; \
	command -v $$python >/dev/null 2>&1 || { echo "Il faut Python 3.11 ou plus récent. / Python 3.11 or newer is needed."; exit 1; }
PREPARE = $(FIND_PYTHON); $$python -I site/config/local/prepare.py
WITH_ROOMS = PYTHONPATH=.:site
PY = .venv/bin/python

help:
	@echo "make run     starts the whole town on this machine (PORT=8123 make run for another port)"
	@echo "make test    runs the tests against real PostgreSQL and Redis (TESTS='-m slow': those that take minutes)"
	@echo "make check   checks style, types, templates, the rooms' arrows, migrations, words"
	@echo "make bench   measures, prints a table and writes .local/bench.json"

run:
	@$(PREPARE) requirements-local.txt && exec env $(WITH_ROOMS) $(PY) -m config.local.up

test:
	@$(PREPARE) requirements-dev.txt && exec $(PY) -m pytest -n logical --maxprocesses=4 --dist=worksteal $(TESTS)

check:
	@$(PREPARE) requirements-dev.txt
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(WITH_ROOMS) $(PY) -m mypy
	$(PY) -m djlint --lint --quiet site/design/templates
	$(WITH_ROOMS) .venv/bin/lint-imports
	$(PY) -m check_jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(PY) -m pytest tests/check

bench:
	@$(PREPARE) requirements-dev.txt && exec env $(WITH_ROOMS) $(PY) -m tests.bench
