"""The file of `onward compare -o`: its layout, its sums, and how it comes to be."""

import json
import os
import re
import signal
import subprocess
import time

import h5py
import netCDF4
import numpy
import pytest
import xarray
from conftest import ROOT, SCENARIO
from test_run_file import all_datasets, is_float

import onward

REPLICATES, SEED = 6, 3
CLOSING = """extends: {base}
name: closing
title: A variant of the small scenario.
changes:
  policy:
    add:
      - {{id: test-change, at: 2003-01, where: {where}, set: {{recognition: 0}}, publicity: loud,
         source: "test"}}
"""


@pytest.fixture(scope="module")
def closing(run_onward, tmp_path_factory):
    """A variant of the small scenario whose first destination closes."""
    run = json.loads(run_onward("run", SCENARIO, "--replicates", 1, "--json").stdout)
    path = tmp_path_factory.mktemp("variant") / "closing.yaml"
    path.write_text(CLOSING.format(base=SCENARIO, where=list(run["applications"])[0]))
    return path


@pytest.fixture(scope="module")
def make(run_onward, closing, tmp_path_factory):
    """A function that writes a comparison file and returns its path and what was printed."""
    folder = tmp_path_factory.mktemp("comparisons")

    def compare(name, threads):
        path = folder / name
        done = run_onward("compare", SCENARIO, closing, "-n", REPLICATES, "-s", SEED,
                          "-t", threads, "--json", "-o", path)  # fmt: skip
        assert [item.name for item in folder.iterdir() if "partial" in item.name] == []
        return path, json.loads(done.stdout)

    return compare


@pytest.fixture(scope="module")
def made(make):
    return make("compare.h5", 1)


@pytest.fixture(scope="module")
def tables(made):
    with onward.read_comparison(made[0]) as comparison:
        return comparison.load()


def documented_tables():
    """Name and dimensions of each table in docs/output_format.md."""
    page = (ROOT / "docs" / "output_format.md").read_text(encoding="utf-8")
    part = page.split("## Comparison files")[1]
    rows = re.findall(r"^\| (`[^|]*) \| (?:int32|float64) \| ([^|]*) \|", part, re.M)
    names = [(re.findall(r"`(\w+)`", cell), axes) for cell, axes in rows]
    return {name: tuple(axes.split(", ")) for cells, axes in names for name in cells}


def test_both_engines_read_the_tables_and_both_runs(made):
    for group in (None, "base", "variant"):
        with xarray.open_dataset(made[0], engine="h5netcdf", group=group) as one:
            with xarray.open_dataset(made[0], engine="netcdf4", group=group) as two:
                assert one.equals(two)
                assert one.attrs.keys() == two.attrs.keys()
    with netCDF4.Dataset(made[0]) as file:
        for group in (file, *file.groups.values()):
            assert not any(name.startswith("phony") for name in group.dimensions)


def test_tables_are_as_documented(tables):
    documented = documented_tables()
    assert documented and set(documented) == set(tables.data_vars)
    for name, dimensions in documented.items():
        assert tables[name].dims == dimensions, name
        assert tables[name].attrs["units"] and tables[name].attrs["long_name"]


def test_the_runs_are_those_that_run_makes(made, run_onward, closing, tmp_path):
    for scenario, group in ((SCENARIO, "base"), (closing, "variant")):
        path = tmp_path / f"{group}.h5"
        run_onward("run", scenario, "-n", REPLICATES, "-s", SEED, "-o", path)
        with onward.read(path) as alone, onward.read(made[0], group=group) as inside:
            assert alone.equals(inside)
            for name in ("scenario_text", "scenario_name", "scenario_hash", "seed", "format"):
                assert alone.attrs[name] == inside.attrs[name]


def test_the_file_says_where_it_comes_from(tables, made):
    attributes = tables.attrs
    assert attributes["format"] == "onward comparison"
    assert (attributes["base_name"], attributes["variant_name"]) == ("small", "closing")
    assert attributes["seed"] == SEED and attributes["replicates"] == REPLICATES
    assert attributes["parting"] == made[1]["parting"]
    assert attributes["command_line"].startswith("onward compare ")
    for group in ("base", "variant"):
        with onward.read(made[0], group=group) as run:
            assert attributes[f"{group}_hash"] == run.attrs["scenario_hash"]


def test_claims_are_those_of_the_runs(tables, made):
    with onward.read(made[0], group="base") as base, onward.read(made[0], group="variant") as other:
        claims = [onward.yearly_claims(run).load() for run in (base, other)]
    for world, of_world in zip(("base", "variant"), claims):
        assert (tables.claims.sel(world=world, drop=True) == of_world).all()
    assert (tables.claims_difference == claims[1] - claims[0]).all()
    assert abs(tables.claims_difference).sum() > 0


def test_the_tables_close(tables):
    fates, elsewhere = tables.fates, tables.elsewhere
    assert (fates.sel(fate="elsewhere", drop=True) == elsewhere.sum("to")).all()
    forward, reverse = elsewhere.sel(world="base").values, elsewhere.sel(world="variant").values
    assert (forward == reverse.transpose(0, 2, 1)).all() and forward.sum() > 0
    for one, other in (("unchanged", "unchanged"), ("earlier", "delayed")):
        left = fates.sel(world="base", fate=one, drop=True)
        assert (left == fates.sel(world="variant", fate=other, drop=True)).all()


def test_fates_responses_and_months_sum_to_the_blocked(tables):
    targets = tables.destination[tables.is_target == 1]
    forward = tables.fates.sel(world="base", destination=targets).sum("destination")
    everyone = tables.sel(people="everyone", drop=True)
    assert everyone.blocked.sum() > 0
    assert (forward.drop_sel(fate="absent").sum("fate") == everyone.targeted).all()
    blocked = forward.drop_sel(fate=["absent", "unchanged"]).sum("fate")
    assert (blocked == everyone.blocked).all()
    assert (everyone.responses.sum("response") == everyone.blocked).all()
    assert (tables.blocked_by_month.sum("month") == everyone.responses).all()
    leaving = ["spatial", "categorical", "inter_temporal"]
    instead = tables.instead_by_month.sum("month")
    assert (instead.sel(response=leaving) == everyone.responses.sel(response=leaving)).all()
    assert instead.sum() == instead.sel(response=leaving).sum()
    timed = forward.sel(fate=["earlier", "delayed"]).sum()
    assert tables.delayed_departures.sum() == timed


def test_groups_of_people_sum_to_everyone(tables):
    groups = [name for name in tables.people.values if name.startswith("group:")]
    for name in ("targeted", "blocked", "responses"):
        table = tables[name]
        of_groups = table.sel(people=groups).sum("people")
        assert (of_groups == table.sel(people="everyone", drop=True)).all()


def test_summaries_are_those_that_are_printed(tables, made):
    printed = made[1]
    for key in ("mean", "lo", "hi"):
        shares = tables.response_share.sel(people="everyone", estimate=key)
        for name in shares.response.values:
            assert float(shares.sel(response=name)) == printed["displacement"][name][key]
    for name in ("paired", "year_on_year"):
        means = tables[f"{name}_ratio"].sel(estimate="mean").values
        expected = [numpy.nan if x is None else x for x in printed["deflection_ratio"][name]]
        assert numpy.array_equal(means, expected, equal_nan=True)
    assert float(tables.churn.sel(estimate="mean")) == printed["churn"]
    for place, series in printed["applications"].items():
        for year, cell in zip(printed["years"], series["difference"]):
            stored = tables.claims_difference_summary.sel(destination=place, year=year)
            assert {key: float(stored.sel(difference=key)) for key in cell} == cell


def test_threads_change_no_dataset(made, make):
    one, two = all_datasets(made[0]), all_datasets(make("two.h5", 2)[0])
    assert one.keys() == two.keys()
    for name in one:
        assert numpy.array_equal(one[name], two[name], equal_nan=is_float(one[name])), name


def test_worlds_that_do_not_part_make_a_file(run_onward, tmp_path):
    path = tmp_path / "same.h5"
    run_onward("compare", SCENARIO, SCENARIO, "-n", 2, "-o", path)
    with onward.read_comparison(path) as tables:
        assert tables.attrs["parting"] == "" and tables.sizes["delay"] == 0
        assert int(abs(tables.claims_difference).sum()) == int(tables.blocked.sum()) == 0
        assert tables.response_share.isnull().all() and tables.churn.isnull().all()


def test_a_missing_folder_is_one_message_before_anything_runs(run_onward, closing, tmp_path):
    path = tmp_path / "missing" / "compare.h5"
    start = time.monotonic()
    done = run_onward("compare", SCENARIO, closing, "-n", 50_000, "-o", path, code=3)
    assert time.monotonic() - start < 10
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1
    assert f"{path}: cannot create the file: No such file" in done.stderr


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
def test_a_comparison_that_is_stopped_leaves_nothing_that_looks_whole(
    onward_program, closing, tmp_path, kind
):
    path = tmp_path / "compare.h5"
    path.write_text("older")
    command = [onward_program, "compare", SCENARIO, closing, "-n", 50_000, "-t", 1, "-o", path]
    running = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)  # fmt: skip
    time.sleep(1.0)
    os.kill(running.pid, kind)
    out, _ = running.communicate(timeout=60)
    assert running.returncode == (3 if kind == signal.SIGTERM else -kind) and out == b""
    assert path.read_text() == "older"
    left = [item.name for item in tmp_path.iterdir() if item != path]
    assert all(".partial-" in name for name in left)
    assert kind == signal.SIGKILL or not left


def test_other_readers_name_the_kind_of_file(made, run_file, run_onward):
    with pytest.raises(onward.RunFileError, match="not a run file"):
        onward.read(made[0])
    with pytest.raises(onward.RunFileError, match="not a comparison file"):
        onward.read_comparison(run_file)
    assert str(made[0]) in run_onward("export", made[0], "--csv", "unused", code=2).stderr


def test_no_table_is_partly_scaled(made):
    with h5py.File(made[0]) as file:
        for name, item in file.items():
            if isinstance(item, h5py.Dataset) and not h5py.h5ds.is_scale(item.id):
                for axis, label in enumerate(item.attrs["axes"].split()):
                    assert [scale.name for scale in item.dims[axis].values()] == ["/" + label], name
