"""The reduced workload of benchmarks/WORKLOAD.md is the same in Onward and in NumPy, and the test by
which the benchmarks say so can fail."""

import sys

import numpy as np
import pytest
from conftest import ROOT

import onward

sys.path += [str(ROOT / "benchmarks" / "peers"), str(ROOT / "benchmarks" / "peers" / "numpy")]
import agreement  # noqa: E402
import workload  # noqa: E402

PEOPLE, HAZARD, RUNS = 100_000, 0.02, 30


def tables_of(replicate):
    """A replicate of a run file as the peers report it: home first, then destinations by name."""
    places = ["Home", *replicate.destination.values]
    moves = replicate.moves.sel({"from": places}).sel(place=places)
    return {
        "considerations": replicate.considerations.sum("group").values,
        "moves": moves.values,
        "stock": replicate.stock.sum("status").sel(place=places).values,
        "clients": replicate.applications.sel(channel="broker").sum("group").values,
        "offers": replicate.broker_offers.sum("story").values,
    }


@pytest.fixture(scope="module")
def ours(run_onward, tmp_path_factory):
    path = tmp_path_factory.mktemp("workload") / "run.h5"
    run_onward("run", ROOT / "benchmarks" / "workload.yaml", "-n", RUNS, "-o", path)
    with onward.read(path) as run:
        return [tables_of(run.isel(replicate=i)) for i in range(RUNS)]


def run_numpy(hazard=HAZARD, changed=None):
    runs = []
    for seed in range(RUNS):
        run = workload.Workload(PEOPLE, hazard, seed)
        if changed:
            changed(run)
        for month in range(workload.MONTHS):
            run.step(month)
        runs.append(vars(run.tables))
    return runs


def test_numpy_agrees(ours):
    assert agreement.agree(ours, run_numpy())


def test_a_slightly_larger_hazard_is_noticed(ours):
    assert not agreement.agree(ours, run_numpy(hazard=1.03 * HAZARD))


def test_brokers_who_do_not_learn_are_noticed(ours):
    def forget(run):
        run.brokers.learn = lambda *outcomes: None

    assert not agreement.agree(ours, run_numpy(changed=forget))


def test_the_false_alarm_rate_is_what_it_says():
    """Chances of runs that are dealt out at random are uniform: small ones are rare, but come."""
    rng = np.random.default_rng(7)
    deals = agreement.deal(16, 8)[:1000]
    chances = [agreement.chance(agreement.differences(rng.poisson(3.0, (16, 40)), 8, deals))
               for _ in range(400)]
    assert 0.02 < np.mean(np.array(chances) <= 0.05) < 0.09
    assert 0.4 < np.mean(np.array(chances) <= 0.5) < 0.6
