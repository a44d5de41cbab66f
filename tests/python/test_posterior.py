"""Runs, comparisons and validations with parameters from a posterior."""

import json

import h5py
import numpy
import onward
import pytest
import xarray
from conftest import REPLICATES, SCENARIO

NAMES = ["attention.base", "observation.source_factor"]
DRAWS = numpy.array([[0.02, 0.8], [0.05, 1.0], [0.1, 1.2]])


def write_posterior(path, fitted_to="2001-2002", draws=DRAWS, names=NAMES):
    """A posterior file by another hand than the program's."""
    texts = h5py.string_dtype("utf-8")
    with h5py.File(path, "w") as file:
        file.attrs.update(
            format="onward posterior", format_version="1.0", study="by hand",
            world_hash="fnv1a64:0000000000000000", fitted_to=fitted_to, left_out="",
        )  # fmt: skip
        file["value"] = draws
        for name in ("parameter", "targets"):
            file.create_dataset(name, data=names, dtype=texts)
        file.create_dataset("prior_kind", data=["uniform"] * len(names), dtype=texts)
        file.create_dataset("source", data=["assumption: a test"] * len(names), dtype=texts)
        for name, value in (("low", 0.0), ("high", 2.0), ("middle", 0.0), ("spread", 0.0)):
            file["prior_" + name] = numpy.full(len(names), value)
    return path


@pytest.fixture(scope="module")
def posterior(tmp_path_factory):
    return write_posterior(tmp_path_factory.mktemp("posterior") / "posterior.h5")


@pytest.fixture(scope="module")
def drawn_run(make_run, posterior):
    return make_run("drawn.h5", "--posterior", posterior)


def series_of(path, replicate):
    """Every measured series of one replicate."""
    with onward.read(path) as run:
        one = run.sel(replicate=replicate)
        return {name: one[name].values for name in one if "replicate" in run[name].dims}


def test_the_draws_lie_in_the_run_file(drawn_run):
    for engine in ("h5netcdf", "netcdf4"):
        with xarray.open_dataset(drawn_run, group="posterior", engine=engine) as group:
            assert group.value.dims == ("draw", "parameter")
            assert list(group.parameter.values) == NAMES
            assert numpy.array_equal(group.value.values, DRAWS)
            assert group.attrs["fitted_to"] == "2001-2002"
    with onward.read(drawn_run) as run:
        assert run.sizes["replicate"] == REPLICATES
        assert "value" not in run


def test_a_replicate_is_made_again_from_the_file_alone(drawn_run, run_onward, tmp_path):
    again = tmp_path / "again.h5"
    run_onward("run", "--from", drawn_run, "--replicate", "2", "-o", again)
    first, second = series_of(drawn_run, 2), series_of(again, 2)
    assert set(first) == set(second)
    for name, values in first.items():
        assert numpy.array_equal(values, second[name], equal_nan=True), name


def test_a_draw_is_the_same_as_setting_its_values(drawn_run, run_onward, tmp_path):
    set_by_hand = tmp_path / "set.h5"
    options = [f"{name}={value}" for name, value in zip(NAMES, DRAWS[1])]
    run_onward(
        "run", SCENARIO, "--seed", 5, "--replicates", 2, "-o", set_by_hand,
        "--set", options[0], "--set", options[1],
    )  # fmt: skip
    first, second = series_of(drawn_run, 1), series_of(set_by_hand, 1)
    for name, values in first.items():
        assert numpy.array_equal(values, second[name], equal_nan=True), name
    other = series_of(drawn_run, 2)
    assert any(not numpy.array_equal(first[name], other[name]) for name in first)


def test_such_a_run_is_exported(drawn_run, run_onward, tmp_path):
    run_onward("export", drawn_run, "--csv", tmp_path)
    assert (tmp_path / "applications.csv").exists()


def test_set_wins_and_says_so(posterior, run_onward):
    done = run_onward("run", SCENARIO, "-n", 1, "--posterior", posterior, "--set", f"{NAMES[0]}=0.03")
    assert f"{NAMES[0]}: set by --set, the same in every draw" in done.stderr
    assert "fitted in another world" in done.stderr


def test_what_the_record_cannot_tell_is_said(run_onward, tmp_path):
    draws = numpy.column_stack([numpy.linspace(0.0, 2.0, 100), numpy.full(100, 1.0)])
    path = write_posterior(tmp_path / "flat.h5", draws=draws, names=["choice.scale", NAMES[1]])
    with h5py.File(path, "r+") as file:
        name = "attention.settled_ratio"
        file["parameter"][0] = file["targets"][0] = name
        file["prior_high"][0] = 1.0
        file["value"][:, 0] /= 2.0
    done = run_onward("run", SCENARIO, "-n", 1, "--posterior", path, "--set", f"{name}=0.1")
    assert f"{name}: not identified by the record, which cannot tell its effect" in done.stderr
    done = run_onward("run", SCENARIO, "-n", 1, "--posterior", path, "--set", f"{NAMES[1]}=0.9")
    assert "cannot tell" not in done.stderr


def test_a_posterior_of_another_world_is_refused(run_onward, tmp_path):
    path = write_posterior(tmp_path / "p.h5", names=["attention.bass", NAMES[1]])
    done = run_onward("run", SCENARIO, "--posterior", path, code=2)
    assert done.stderr.startswith(f"{path}: ")
    assert "'attention.bass'" in done.stderr
    assert "Did you mean 'attention.base'?" in done.stderr


def test_a_variant_keeps_the_number_that_it_changes(posterior, run_onward, tmp_path):
    variant = tmp_path / "variant.yaml"
    variant.write_text(f"extends: {SCENARIO}\nname: v\nchanges:\n  parameters: {{{NAMES[0]}: 0.2}}\n")
    pair = tmp_path / "pair.h5"
    done = run_onward(
        "compare", SCENARIO, variant, "-n", 3, "-s", 5, "--posterior", posterior, "-o", pair
    )
    assert f"{NAMES[0]}: set by {variant}, the same in every draw" in done.stderr
    with xarray.open_dataset(pair, group="base/posterior") as base:
        assert list(base.parameter.values) == NAMES
    with xarray.open_dataset(pair, group="variant/posterior") as of_variant:
        assert list(of_variant.parameter.values) == NAMES[1:]
        assert numpy.array_equal(of_variant.value.values, DRAWS[:, 1:])


def judged_scenario(folder):
    """The small scenario with a record, two posteriors and a pattern, in a folder of its own."""
    path = folder / "judged.yaml"
    path.write_text(
        f"""extends: {SCENARIO}
name: judged
changes:
  observed:
    applications: {{Northolm: {{2001: 10, 2002: 20, 2003: 5}}}}
    periods: [2002-2003, 2003-2003]
    posteriors:
      - {{file: fits/all.h5, fitted_to: 2001-2003}}
      - {{file: fits/early.h5, fitted_to: 2001-2002, scenario: blind.yaml}}
    patterns: [{{id: late, kind: count, year: 2003, low: 0}}]
"""
    )
    (folder / "blind.yaml").write_text(f"extends: {SCENARIO}\nname: blind\n")
    (folder / "fits").mkdir()
    write_posterior(folder / "fits" / "all.h5", "2001-2003")
    write_posterior(folder / "fits" / "early.h5", "2001-2002")
    return path


def test_validate_uses_each_posterior_where_it_belongs(run_onward, tmp_path, posterior):
    path = judged_scenario(tmp_path)
    found = json.loads(run_onward("validate", path, "-n", 4, "--json").stdout)
    model = [row for row in found["scores"] if row["forecast"] == "model"]
    assert len(model) == 8
    for row in model:
        expected = row["origin"] == "fitted to 2001-2002" and row["period"] == "2003-2003"
        assert row["held_out"] == expected
    assert [used["scenario"] for used in found["posteriors"]] == ["judged", "blind"]
    assert [row["name"] for row in found["patterns"]] == ["late"]
    (late,) = found["held_out_patterns"]
    assert late["fitted_to"] == "2001-2002"
    assert set(late) - {"fitted_to"} == set(found["patterns"][0])
    text = run_onward("validate", path, "-n", 4).stdout
    assert "fitted to 2001-2002  held out" in text
    assert "Held out: patterns of later years, by blind fitted to 2001-2002." in text

    alone = run_onward("validate", path, "-n", 4, "--json", "--posterior", posterior).stdout
    assert [used["study"] for used in json.loads(alone)["posteriors"]] == ["by hand"]


def test_validate_refuses_a_posterior_of_other_years(run_onward, tmp_path):
    path = judged_scenario(tmp_path)
    write_posterior(tmp_path / "fits" / "early.h5", "2001-2003")
    done = run_onward("validate", path, "-n", 1, code=2)
    assert "early.h5: the posterior is fitted to 2001-2003" in done.stderr
