"""`onward validate`: its JSON contract, the naive figures, and what it refuses."""

import json

import pytest
from conftest import ROOT, SCENARIO

FORECASTS = {"model", "persistence", "share-persistence", "long-run-shares", "equal-shares",
             "naive-negative-binomial", "no-brokers"}
SCORES = {"ard", "log_score", "crps", "coverage50", "coverage90"}
RECORD = """extends: {base}
name: judged
changes:
  observed:
    {settings}
    applications: {{Northolm: {{2001: 10, 2002: 20, 2003: 5, 2004: null}}}}
"""


def validate(run_onward, *arguments):
    return json.loads(run_onward("validate", *arguments, "--json").stdout)


@pytest.fixture(scope="module")
def reference(run_onward):
    scenario = ROOT / "scenarios" / "canada-2013.yaml"
    return validate(run_onward, scenario, "--replicates", 4, "--threads", 2)


def test_every_forecast_has_every_score_or_null(reference):
    rows = reference["scores"]
    assert {row["forecast"] for row in rows} == FORECASTS
    for row in rows:
        assert set(row) == SCORES | {"forecast", "target", "period", "origin", "held_out"}
        assert row["target"] in ("counts", "shares")
        assert row["period"] in reference["periods"]
        assert row["ard"] >= 0 and row["crps"] >= 0
        has_spread = row["forecast"] in ("model", "no-brokers", "naive-negative-binomial")
        assert (row["coverage90"] is not None) == has_spread
        assert (row["log_score"] is not None) == (has_spread and row["target"] == "counts")
    for forecast in FORECASTS:
        for target in ("counts", "shares"):
            found = {row["period"] for row in rows
                     if row["forecast"] == forecast and row["target"] == target}
            assert found == {"2007-2015", "2004-2012", "2013-2015"}


def test_naive_forecasts_have_the_published_figures(reference):
    ard = {(row["forecast"], row["origin"], row["target"], row["period"]): row["ard"]
           for row in reference["scores"]}
    published = {("persistence", "rolling", "shares", "2007-2015"): 0.63,
                 ("persistence", "rolling", "shares", "2013-2015"): 0.85,
                 ("persistence", "rolling", "counts", "2007-2015"): 1.45,
                 ("persistence", "rolling", "counts", "2013-2015"): 2.39,
                 ("share-persistence", "fixed at 2012", "shares", "2013-2015"): 1.57,
                 ("equal-shares", "rolling", "shares", "2007-2015"): 1.29}
    for key, value in published.items():
        assert ard[key] == pytest.approx(value, abs=0.0051), key


def test_patterns_have_bounds_and_verdicts(reference):
    names = [pattern["name"] for pattern in reference["patterns"]]
    assert names == sorted(names)
    assert {name[0] for name in names} == set("1234567")
    for pattern in reference["patterns"]:
        assert set(pattern) == {"name", "kind", "value", "lo", "hi", "low_bound", "high_bound",
                                "holds", "share_of_replicates"}
        assert pattern["low_bound"] is not None or pattern["high_bound"] is not None
        value = pattern["lo"] if pattern["kind"] == "paired" else pattern["value"]
        is_good = (pattern["low_bound"] is None or value >= pattern["low_bound"]) and (
            pattern["high_bound"] is None or value <= pattern["high_bound"])
        assert pattern["holds"] == is_good


def test_threads_change_nothing(run_onward, tmp_path):
    path = judged(tmp_path, "origin: 2002")
    one = validate(run_onward, path, "--replicates", 5, "--threads", 1)
    assert one == validate(run_onward, path, "--replicates", 5, "--threads", 3)


def judged(tmp_path, settings):
    path = tmp_path / "judged.yaml"
    path.write_text(RECORD.format(base=SCENARIO, settings=settings))
    return path


def test_a_world_of_other_years_has_periods_of_its_own(run_onward, tmp_path):
    found = validate(run_onward, judged(tmp_path, "rounded_below: 5"), "--replicates", 3)
    assert found["origin"] in range(2002, 2005)
    assert found["periods"] and not found["left_out"]
    assert found["patterns"] == []


def test_a_period_that_cannot_be_scored_is_named(run_onward, tmp_path):
    path = judged(tmp_path, "periods: [2002-2003, 2003-2050]")
    found = validate(run_onward, path, "--replicates", 2)
    assert found["periods"] == ["2002-2003"] and found["left_out"] == ["2003-2050"]
    text = run_onward("validate", path, "--replicates", 2).stdout
    assert "2003-2050 is left out" in text


def test_a_world_without_a_record_is_refused(run_onward):
    message = run_onward("validate", SCENARIO, code=2).stderr
    assert "there is nothing to validate against" in message
    assert str(SCENARIO) in message
