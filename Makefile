# A thin front for CMake: `make help` lists what there is.
MAKEFLAGS += --no-print-directory
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

# On a CI machine (CI=true) warnings are errors and the Python tests must run.
ifneq ($(filter-out false 0,$(CI)),)
strict := ON
else
strict := OFF
endif
configure := cmake --preset release -DONWARD_WERROR=$(strict) -DONWARD_REQUIRE_PYTHON=$(strict)
build := cmake --build --preset release --parallel $(JOBS)
onward := build/release/onward

.DEFAULT_GOAL := help
.PHONY: help setup demo test format clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

setup: ## install what is missing (apt-get), or say what it is
	@sh .ci/setup

demo: setup ## build, run Canada open and Canada tightened in 2013, print the difference
	$(configure)
	$(build) --target onward
	@mkdir -p build/demo
	$(onward) run scenarios/canada-open.yaml --replicates 50 -o build/demo/canada-open.h5
	$(onward) run scenarios/canada-2013.yaml --replicates 50 -o build/demo/canada-2013.h5
	@python=$$(sh analysis/find-python) && PYTHONPATH=analysis "$$python" -m onward.difference \
	  build/demo/canada-open.h5 build/demo/canada-2013.h5

test: setup ## build everything and run all tests
	$(configure)
	$(build)
	ctest --preset release --output-on-failure --parallel 2

format: ## clang-format on all C++ files
	find $(wildcard sim tests benchmarks) -name '*.h' -o -name '*.cpp' | xargs clang-format -i

clean: ## remove build/
	rm -rf build
