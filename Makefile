# `make run` and `make test` do all their set-up themselves; `make help` lists the rest.
# Every path is relative, so the checkout may lie in a folder of any name.

PYTHON ?= python3
ARGS ?=
N ?= 100

# Only `python -m` is called: programs in .venv/bin carry the path of the checkout in their first
# line, where spaces and Chinese characters do harm.
python := .venv/bin/python
ready := .venv/ready-to-run
ready_to_test := .venv/ready-to-test
ready_to_bench := .venv/ready-to-bench

export PYTHON
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Many tests start the program anew: what is compiled once need not be compiled each time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint bench mutants soundness answers fuzz soak loan-properties kill-intake package package-test locale lock clean libraries builder

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 24

run: $(ready) locale ## Open the desk with the demonstration center (without a display: the tour)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(python) -m ui --demo $(ARGS); \
	else \
		echo 'There is no display: taking the tour through the pages instead.'; \
		$(python) -m ui tour --out tour && echo "The pictures and papers are in: $$PWD/tour"; \
	fi

test: $(ready_to_test) locale ## Run the tests (ARGS="-k loans" for some of them)
	$(python) -m pytest -n 2 $(ARGS)

check: $(ready_to_bench) locale ## Check format, lint, types, layers and catalogues
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m pyright --warnings
	$(python) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo
	$(python) -m pytest -q tests/conventions/test_catalogues.py

lint: $(ready_to_test) ## The fast half of the check, mending what can be mended
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

bench: $(ready_to_bench) locale ## Measure speed against floors and peers (docs/benchmarks.md)
	$(python) -m benchmarks $(ARGS)

mutants: $(ready_to_test) locale ## Prove that the situations catch every slip in a pack (ARGS="medical")
	$(python) -m tests.policies.mutants $(ARGS)

soundness: N = 10000
soundness: $(ready_to_test) locale ## Ask all packs about N random households (N=10000)
	SOUNDNESS=$(N) $(python) -m pytest -o timeout=0 tests/app/test_policy_rules.py $(ARGS)

answers: N = 2
answers: $(ready_to_test) locale ## Try the pages with answers that come in another order (N=2 chooses it)
	ANSWERS=$(N) $(python) -m pytest -n 2 tests/ui $(ARGS)

fuzz: N = 50000
fuzz: $(ready_to_test) locale ## Throw N hostile files at each kind of reader (N=50000)
	FUZZ=$(N) $(python) -m pytest -o timeout=0 tests/app/test_*_fuzz.py $(ARGS)

soak: N = 2000
soak: $(ready_to_test) locale ## Play N sequences of acts with money against a model (N=2000)
	SOAK=$(N) $(python) -m pytest -o timeout=0 -s tests/app/test_money_model.py $(ARGS)

loan-properties: N = 5000
loan-properties: $(ready_to_test) locale ## Try the properties of the money on N random loans (N=5000)
	LOANS=$(N) $(python) -m pytest -o timeout=0 tests/app/test_loan_replay.py tests/app/test_subsidy_lines.py $(ARGS)

kill-intake: $(ready_to_test) locale ## Type into the intake page and kill it N times (N=100)
	$(python) -m benchmarks.kill_intake $(N)

package: builder $(ready_to_test) locale ## Build the one-folder program in dist/
	$(python) -m PyInstaller --noconfirm --log-level WARN --workpath build/pyinstaller build.spec

package-test: builder $(ready_to_test) locale ## Build the one-folder program and try it
	$(python) -m pytest -m packaging tests/packaging $(ARGS)

locale: $(ready) ## Compile the catalogues that have changed
	@$(python) resources/locale/compile.py

lock: $(ready_to_test) ## Choose the newest allowed versions and write the hashes of their files
	$(lock) --group build --output-file requirements.lock
	$(lock) --group dev --output-file requirements-dev.lock
	$(compile) --group pyproject.toml:bench --output-file requirements-bench.lock

compile := $(python) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header
lock := $(compile) pyproject.toml

clean: ## Remove everything that was made
	rm -rf .venv build dist tour *.egg-info .pytest_cache .ruff_cache .hypothesis \
		.import_linter_cache .grimp_cache resources/locale/*/*.mo
	find app benchmarks db tests ui -name __pycache__ -prune -exec rm -rf {} +

libraries:
	@.ci/system-libraries

builder:
	@.ci/system-libraries build

# The libraries are looked at every time, the environment is filled when its lock has changed.
$(ready): requirements.lock | libraries
	@echo 'Installing what Bangfu needs into .venv (once) ...'
	@test -x $(python) || "$$PYTHON" -m venv .venv
	@$(python) -m pip install --quiet --require-hashes -r requirements.lock
	@$(python) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(ready_to_test): requirements-dev.lock $(ready) | libraries
	@echo 'Installing what the tests need into .venv (once) ...'
	@$(python) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(ready_to_bench): requirements-bench.lock $(ready_to_test)
	@$(python) -m pip install --quiet --require-hashes -r requirements-bench.lock
	@touch $@
