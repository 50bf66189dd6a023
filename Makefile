# Two commands are enough: `make film` and `make test`. Both set everything up by themselves.
ARGS ?=
READY := .venv/.ready
PY := .venv/bin/python

.PHONY: help film test bench mutants setup lint clean FORCE
help:
	@echo "make film    render all chapters into media/film.mp4 (ARGS='--digit 7' passes options on)"
	@echo "make test    run the tests (ARGS='tests/netcore -x' passes options on)"
	@echo "make bench   measure the drawing speed (ARGS=--full for 1080p60)"
	@echo "make mutants change the programs a little, and see whether the tests notice (hours)"
	@echo "make setup   only install what both need, into .venv"
	@echo "make lint    check format and style with ruff, types with mypy"
	@echo "make clean   remove .venv and the rendered media"

film: $(READY)
	@$(PY) -m netglow film -q m $(ARGS)

test: $(READY)
	@.ci/browser
	@MALLOC_ARENA_MAX=2 $(PY) -m pytest -n auto $(ARGS)  # glibc: threads share their heaps

bench: $(READY)
	@$(PY) -m netglow bench $(ARGS)

mutants: $(READY)
	@$(PY) -m tests.mutants $(ARGS)

setup: $(READY)

lint: $(READY)
	@failed=0; \
	$(PY) -m ruff format --check . || failed=1; \
	$(PY) -m ruff check . || failed=1; \
	.ci/types || failed=1; \
	exit $$failed

clean:
	rm -rf .venv media build .pytest_cache .ruff_cache .mypy_cache

$(READY): pyproject.toml
	@.ci/setup

# A .venv whose Python is gone (moved, upgraded) is made again, whatever its stamp says.
ifneq ($(shell $(PY) -c 'print(1)' 2>/dev/null),1)
$(READY): FORCE
endif
