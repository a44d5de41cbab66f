"""Runs of the program that the tests share.

The program is $ONWARD_BINARY, else $ONWARD, else build/release/onward; without it the tests that
need it are skipped.
"""

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "scenarios" / "teaching" / "small.yaml"
REPLICATES = 3
sys.path.insert(0, str(ROOT / "analysis"))


def find_program():
    for name in ("ONWARD_BINARY", "ONWARD"):
        if os.environ.get(name):
            return os.environ[name]
    return str(ROOT / "build" / "release" / "onward")


@pytest.fixture(scope="session")
def onward_program():
    program = find_program()
    if not os.path.exists(program):
        pytest.skip(f"{program} is not built")
    return program


@pytest.fixture(scope="session")
def run_onward(onward_program):
    """A function that runs the program and returns what it did; it must end with `code`."""

    def run(*arguments, code=0):
        command = [onward_program, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == code, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def make_run(run_onward, tmp_path_factory):
    """A function that makes a run file of the small scenario and returns its path."""
    folder = tmp_path_factory.mktemp("runs")

    def make(name, *options):
        path = folder / name
        run_onward("run", SCENARIO, "--replicates", REPLICATES, "--seed", 5, "-o", path, *options)
        return path

    return make


@pytest.fixture(scope="session")
def run_file(make_run):
    return make_run("base.h5", "--threads", 1)


@pytest.fixture(scope="session")
def variant_file(make_run):
    """The same draws in a world in which protection counts for more."""
    return make_run("variant.h5", "--set", "choice.protection=6")
