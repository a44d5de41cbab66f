"""`onward compare`: its JSON contract, exact zeros, and what it refuses."""

import json
import os
import signal
import subprocess
import time

import pytest
from conftest import ROOT, SCENARIO

RESPONSES = ["spatial", "categorical", "inter_temporal", "return", "deterred"]
DIFFERENCE = {"mean", "lo", "hi", "q05", "q95"}
CLOSING = """extends: {base}
name: {name}
title: A variant of the small scenario.
changes:
  policy:
    add:
      - {{id: test-change, at: {at}, where: {where}, set: {{{setting}}}, publicity: {publicity},
         source: "test"}}
"""


@pytest.fixture(scope="module")
def variant(tmp_path_factory):
    """A function that writes a variant of the small scenario and returns its path."""
    folder = tmp_path_factory.mktemp("variants")

    def write(name, setting, where, at="2003-01", publicity="loud"):
        path = folder / f"{name}.yaml"
        path.write_text(CLOSING.format(base=SCENARIO, name=name, setting=setting, where=where,
                                       at=at, publicity=publicity))
        return path

    return write


@pytest.fixture(scope="module")
def destinations(run_onward):
    run = json.loads(run_onward("run", SCENARIO, "--replicates", 1, "--json").stdout)
    return list(run["applications"])


def compare(run_onward, *arguments):
    return json.loads(run_onward("compare", *arguments, "--json").stdout)


@pytest.fixture(scope="module")
def closing(run_onward, variant, destinations):
    path = variant("closing", "recognition: 0", where=destinations[0])
    return compare(run_onward, SCENARIO, path, "--replicates", 12, "--seed", 3, "--threads", 2)


def test_lists_are_aligned_with_the_years(closing, destinations):
    years = closing["years"]
    assert all(later - earlier == 1 for earlier, later in zip(years, years[1:]))
    assert list(closing["applications"]) == destinations
    for series in closing["applications"].values():
        assert set(series) == {"base", "variant", "difference"}
        for b, v, d in zip(series["base"], series["variant"], series["difference"]):
            assert set(d) == DIFFERENCE
            assert d["mean"] == pytest.approx(v["mean"] - b["mean"], abs=1e-9)
            assert d["lo"] <= d["mean"] <= d["hi"]
        assert len(series["difference"]) == len(series["base"]) == len(years)
    effects = closing["effects"]
    for lists in (effects["brokers"], *effects["pending"].values(),
                  *effects["protection_rate"].values()):
        assert len(lists) == len(years)
    for ratio in ("paired", "year_on_year"):
        assert len(closing["deflection_ratio"][ratio]) == len(years)


def test_what_was_asked_for_is_in_the_answer(closing, destinations):
    assert closing["base"] == "small" and closing["variant"] == "closing"
    assert closing["replicates"] == 12 and closing["seed"] == 3
    assert closing["parting"] == "2003-01" and closing["targets"] == [destinations[0]]
    assert 0 <= closing["churn"] <= 1
    assert set(closing["variance_reduction"]) == set(destinations)
    assert set(closing["reverse_flow"]) == {"mean", "lo", "hi"}


def test_shares_sum_to_one(closing):
    displacement = closing["displacement"]
    assert displacement["blocked"]["mean"] > 0
    assert sum(displacement[r]["mean"] for r in RESPONSES) == pytest.approx(1, abs=1e-12)
    by_destination = sum(s["mean"] for s in displacement["by_destination"].values())
    assert by_destination == pytest.approx(displacement["spatial"]["mean"], abs=1e-12)
    for people in (closing["by_group"]["children"], *closing["by_group"]["groups"].values()):
        assert people["blocked"]["mean"] <= people["departures"]["mean"]


def test_forward_and_reverse_tables_close(closing, destinations):
    base, variant = closing["fates"]["base"], closing["fates"]["variant"]
    for place in destinations:
        assert base[place]["unchanged"] == variant[place]["unchanged"]
        assert base[place]["earlier"] == variant[place]["delayed"]
        for other in destinations:
            if other != place:
                assert base[place]["elsewhere"][other] == variant[other]["elsewhere"][place]
    target = closing["targets"][0]
    row = base[target]
    departures = sum(v for k, v in row.items() if k != "elsewhere") + sum(row["elsewhere"].values())
    assert departures == pytest.approx(closing["displacement"]["departures"]["mean"])


def check_zeros(comparison):
    for series in comparison["applications"].values():
        assert all(value == 0 for d in series["difference"] for value in d.values())
        assert series["base"] == series["variant"]
    assert comparison["displacement"]["blocked"] == {"mean": 0, "lo": 0, "hi": 0}
    assert all(comparison["displacement"][r] is None for r in RESPONSES)
    assert comparison["reverse_flow"] == {"mean": 0, "lo": 0, "hi": 0}
    assert all(r is None for r in comparison["deflection_ratio"]["paired"])
    assert all(r is None for r in comparison["variance_reduction"].values())


def test_a_scenario_against_itself_gives_zeros(run_onward):
    comparison = compare(run_onward, SCENARIO, SCENARIO, "--replicates", 3)
    check_zeros(comparison)
    assert comparison["parting"] is None and comparison["churn"] is None


def test_a_change_that_touches_nothing_gives_zeros(run_onward, variant, destinations):
    path = variant("idle", "settlement_grant: 40", where=destinations[0], publicity="silent")
    comparison = compare(run_onward, SCENARIO, path, "--replicates", 3)
    check_zeros(comparison)
    assert comparison["parting"] == "2003-01"


def test_threads_change_nothing(run_onward, variant, destinations):
    path = variant("closing", "recognition: 0", where=destinations[0])
    outputs = {run_onward("compare", SCENARIO, path, "-n", 5, "-t", threads, "--json").stdout
               for threads in (1, 2, 7)}
    assert len(outputs) == 1


def test_the_table_names_targets_and_sums(run_onward, variant, destinations):
    path = variant("closing", "recognition: 0", where=destinations[0])
    text = run_onward("compare", SCENARIO, path, "-n", 4).stdout
    for word in (destinations[0], "2003-01", "go elsewhere", "stay to the end", "Churn", "Paired"):
        assert word in text


def test_parameters_are_set_in_both_worlds(run_onward):
    comparison = compare(run_onward, SCENARIO, SCENARIO, "-n", 2, "--set", "choice.protection=6")
    check_zeros(comparison)
    assert comparison["parting"] is None


def test_worlds_that_do_not_fit_are_refused_in_one_line(run_onward):
    other = ROOT / "scenarios" / "canada-2013.yaml"
    error = run_onward("compare", SCENARIO, other, code=2).stderr.strip()
    assert "cannot be compared with the base" in error and len(error.splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], [SCENARIO], [SCENARIO] * 3,
                                       [SCENARIO, SCENARIO, "-n", "0"],
                                       [SCENARIO, SCENARIO, "-n", "100001"]])
def test_bad_command_lines_are_refused(run_onward, arguments):
    assert "onward compare:" in run_onward("compare", *arguments, code=2).stderr


def test_a_signal_stops_it_cleanly(onward_program):
    reference = ROOT / "scenarios"
    command = [onward_program, "compare", reference / "canada-open.yaml",
               reference / "canada-2013.yaml", "-n", "5000", "-t", "1"]
    for patience in (0.5, 4, 32):
        running = subprocess.Popen(list(map(os.fspath, command)), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        time.sleep(patience)
        running.send_signal(signal.SIGTERM)
        out, error = running.communicate(timeout=60)
        if running.returncode != -signal.SIGTERM:  # on a busy machine it may not listen yet
            break
    assert running.returncode == 3
    assert out == "" and "stopped by a signal" in error


CHANNELS = ["announcements", "experience", "buzz", "diaspora", "brokers", "queues"]
MEASURES = {"blocked", "elsewhere", "share_elsewhere", "claims_elsewhere_first_year",
            "claims_elsewhere_second_year", "claims"}


def test_a_decomposition_has_its_keys_and_adds_up(run_onward, variant, destinations):
    path = variant("closing", "recognition: 0", where=destinations[0])
    comparison = compare(run_onward, SCENARIO, path, "-n", 4, "--decompose")
    items = {item["channel"]: item for item in comparison["decomposition"]}
    assert list(items) == [*CHANNELS, "all", "between"]
    for item in items.values():
        assert set(item) == {"channel", "effect", "left", "through", "alone"}
        assert set(item["effect"]) == set(item["through"]) == MEASURES
    assert items["all"]["alone"] is items["between"]["left"] is items["between"]["alone"] is None
    for measure in ("blocked", "elsewhere", "claims"):
        parts = [items[c]["through"][measure]["mean"] for c in [*CHANNELS, "between"]]
        direct = items["all"]["left"][measure]["mean"]
        effect = items["all"]["effect"][measure]["mean"]
        assert sum(parts) + direct == pytest.approx(effect)
    blocked = items["all"]["effect"]["blocked"]
    assert blocked == comparison["displacement"]["blocked"]
    text = run_onward("compare", SCENARIO, path, "-n", 2, "--decompose").stdout
    assert all(word in text for word in [*CHANNELS, "full effect", "direct", "between channels"])


def test_without_being_asked_nothing_is_decomposed(closing):
    assert closing["decomposition"] is None
