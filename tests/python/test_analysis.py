"""The Python package."""

import os
import subprocess
import sys

import numpy
import pytest
import scipy.stats
import xarray
from conftest import ROOT

import onward
from onward import compare, difference, plot, plots


def made_up_run(claims, seed=1, record=None):
    """A dataset like a run, with claims[replicate, month, destination] over two years."""
    claims = numpy.asarray(claims)
    replicates, months, destinations = claims.shape
    month = numpy.array([f"{2012 + i // 12}-{i % 12 + 1:02d}-01" for i in range(months)], "M8[ns]")
    years = sorted({int(text[:4]) for text in month.astype(str)})
    names = ["CAN", "DEU", "GBR"][:destinations]
    yearly = numpy.stack([claims[:, i * 12 : i * 12 + 12].sum(1) for i in range(len(years))], 1)
    record = numpy.full((len(years), destinations), numpy.nan) if record is None else record
    return xarray.Dataset(
        {
            "applications": (
                ("replicate", "month", "destination", "group", "channel"),
                claims[..., None, None],
            ),
            "observed_claims": (("replicate", "year", "destination"), yearly),
            "record": (("year", "destination"), record),
            "record_lower": (("year", "destination"), record - 1),
            "record_upper": (("year", "destination"), record + 1),
        },
        {"replicate": range(replicates), "month": month, "year": years, "destination": names},
        {"seed": seed, "first_replicate": 0, "replicates": replicates, "scenario_name": "made up"},
    )


@pytest.fixture
def pair():
    random = numpy.random.default_rng(1)
    base = random.poisson(3, (8, 24, 2))
    gain = random.poisson(1, (8, 12, 2))
    variant = base.copy()
    variant[:, 12:] += gain
    return made_up_run(base), made_up_run(variant), gain


def test_read_returns_series_and_scenario(run_file):
    with onward.read(run_file) as run:
        assert run["applications"].dims[0] == "replicate"
        assert "name" in run.attrs["scenario_text"]
        assert run["month"].dtype.kind == "M"


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_read_works_with_both_engines(run_file, engine):
    with onward.read(run_file, engine=engine) as run:
        assert run.attrs["scenario_text"]


def test_read_refuses_other_files(tmp_path):
    with pytest.raises(onward.RunFileError, match="no such file"):
        onward.read(tmp_path / "none.h5")
    (tmp_path / "text.h5").write_text("name: a scenario\n")
    with pytest.raises(onward.RunFileError, match="text.h5"):
        onward.read(tmp_path / "text.h5")
    xarray.Dataset({"a": ("x", [1.0])}).to_netcdf(tmp_path / "other.nc", engine="h5netcdf")
    with pytest.raises(onward.RunFileError, match="not a run file"):
        onward.read(tmp_path / "other.nc")


def test_yearly_claims_are_sums_of_months(run_file):
    with onward.read(run_file) as run:
        claims = onward.yearly_claims(run)
        assert claims.dims == ("replicate", "year", "destination")
        assert int(claims.sum()) == int(run.applications.sum())


def test_mean_interval_is_students():
    values = xarray.DataArray([1.0, 2.0, 4.0, 7.0], dims="replicate")
    low, high = onward.mean_interval(values)
    expected = scipy.stats.t.interval(0.9, 3, 3.5, scipy.stats.sem(values))
    assert (float(low), float(high)) == pytest.approx(expected)
    low, high = onward.mean_interval(values[:1])
    assert numpy.isnan(low) and numpy.isnan(high)


def test_difference_is_paired(pair):
    base, variant, gain = pair
    table = onward.paired_difference(base, variant)
    assert (table.difference.sel(year=2012) == 0).all()
    assert float(table.low.sel(year=2012, destination="CAN")) == 0
    by_replicate = gain.sum(1)
    cell = table.sel(year=2013, destination="DEU")
    assert float(cell.difference) == pytest.approx(by_replicate[:, 1].mean())
    assert float(cell.q95) == pytest.approx(numpy.quantile(by_replicate[:, 1], 0.95))
    total = table.sel(year=0, destination="all")
    assert float(total.difference) == pytest.approx(gain.sum((1, 2)).mean())
    assert float(total.low) < float(total.difference) < float(total.high)


def test_runs_that_do_not_go_together_are_refused(pair):
    base, variant, _ = pair
    with pytest.raises(onward.RunFileError, match="seed"):
        compare.check_pair(base, variant.assign_attrs(seed=2))
    with pytest.raises(onward.RunFileError, match="replicates"):
        compare.check_pair(base, variant.assign_attrs(replicates=7))
    with pytest.raises(onward.RunFileError, match="destination"):
        compare.check_pair(base, variant.assign_coords(destination=["CAN", "FRA"]))


def test_difference_prints_a_table(run_file, variant_file, capsys):
    assert difference.main([str(run_file), str(variant_file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3].split()[:5] == ["year", "destination", "base", "variant", "difference"]
    last = lines[-1].split()
    assert last[:2] == ["all", "all"]
    with onward.read(run_file) as run, onward.read(variant_file) as variant:
        means = [float(r.applications.sum()) / r.sizes["replicate"] for r in (run, variant)]
    assert [float(last[2]), float(last[3])] == pytest.approx(means, abs=0.051)
    assert float(last[4]) == pytest.approx(means[1] - means[0], abs=0.051)


def test_a_run_does_not_differ_from_itself(run_file, capsys):
    assert difference.main([str(run_file), str(run_file)]) == 0
    assert "no claim differs" in capsys.readouterr().out


def test_difference_needs_two_run_files(run_file, capsys):
    assert difference.main([str(run_file), "none.h5"]) == 2
    assert "none.h5" in capsys.readouterr().err


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["figure.png", "figure.svg"])
def test_plot_writes_a_figure(run_file, tmp_path, name):
    assert plot.main([str(run_file), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).stat().st_size > 5000


def test_plot_names_what_is_wrong(run_file, tmp_path, capsys):
    assert plot.main([str(run_file), "-o", "figure.doc"]) == 2
    assert plot.main(["none.h5", "-o", str(tmp_path / "figure.png")]) == 2
    assert plot.main([str(run_file), "-o", str(tmp_path / "none" / "figure.png")]) == 3
    errors = capsys.readouterr().err
    assert "figure.doc" in errors and "none.h5" in errors and "cannot write" in errors


def test_figure_has_a_panel_per_destination_with_claims():
    claims = numpy.zeros((4, 24, 3), int)
    claims[:, :, 0] = 2
    record = numpy.full((2, 3), numpy.nan)
    record[1, 2] = 5
    run = made_up_run(claims, record=record)
    assert plots.destinations_with_claims(run) == ["CAN", "GBR"]
    figure = plots.fan_against_record(run)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["CAN", "GBR"]
    with pytest.raises(onward.RunFileError):
        plots.fan_against_record(made_up_run(claims * 0))


def test_modules_run_as_commands(run_file):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "analysis")}
    for command in (["onward"], ["onward.difference", run_file, run_file], ["onward.plot", "-h"]):
        done = subprocess.run(
            [sys.executable, "-m", *map(str, command)], capture_output=True, env=environment
        )
        assert done.returncode == 0, done.stderr
