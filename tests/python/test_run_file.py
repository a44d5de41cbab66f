"""The layout of run files, as other programs see it."""

import os
import re
import shutil
import subprocess
import zlib

import h5py
import netCDF4
import numpy
import pytest
import xarray
from conftest import REPLICATES, ROOT

AXES = {
    "replicate", "month", "year", "destination", "group", "channel",
    "outcome", "place", "from", "status", "story", "broker",
}  # fmt: skip


def documented_series():
    """Name and dimensions of each series of runs in docs/output_format.md."""
    page = (ROOT / "docs" / "output_format.md").read_text(encoding="utf-8")
    page = page.split("## Comparison files")[0]
    rows = re.findall(r"^\| `(\w+)` \| (?:int32|float32) \| (replicate[^|]*) \|", page, re.M)
    return {name: tuple(axes.split(", ")) for name, axes in rows}


def all_datasets(path):
    """Every dataset of a file by its full name."""
    found = {}

    def keep(name, item):
        if isinstance(item, h5py.Dataset):
            found[name] = item[()]

    with h5py.File(path) as file:
        file.visititems(keep)
    return found


def test_both_engines_read_the_same(run_file):
    with xarray.open_dataset(run_file, engine="h5netcdf") as one:
        with xarray.open_dataset(run_file, engine="netcdf4") as two:
            assert one.equals(two)
            assert one.attrs.keys() == two.attrs.keys()
            for name in one.attrs:
                assert one.attrs[name] == two.attrs[name], name
            for name in one.variables:
                assert one[name].attrs == two[name].attrs, name


def test_series_are_as_documented(run_file):
    series = documented_series()
    assert len(series) > 20
    with xarray.open_dataset(run_file, engine="netcdf4") as run:
        assert set(run.dims) == AXES == set(run.coords)
        assert run.sizes["replicate"] == REPLICATES
        for name, dimensions in series.items():
            assert run[name].dims == dimensions
        for name in run.data_vars:
            assert run[name].attrs["units"], name
            assert run[name].attrs["long_name"], name


def test_months_are_first_days(run_file):
    with xarray.open_dataset(run_file, engine="netcdf4") as run:
        months = run.month.to_index()
        assert (months.day == 1).all()
        steps = months.year * 12 + months.month
        assert (numpy.diff(steps) == 1).all()
        assert set(months.year) == set(run.year.values)


def test_no_dataset_is_partly_scaled(run_file):
    with h5py.File(run_file) as file:
        for name, item in file.items():
            if not isinstance(item, h5py.Dataset):
                continue
            if h5py.h5ds.is_scale(item.id):
                assert name in AXES
                continue
            for axis, label in enumerate(item.attrs["axes"].split()):
                assert [scale.name for scale in item.dims[axis].values()] == ["/" + label]


def test_zlib_reads_every_piece(run_file):
    with h5py.File(run_file) as file:
        for name, item in file.items():
            if not isinstance(item, h5py.Dataset) or item.chunks is None:
                continue
            for piece in range(item.id.get_num_chunks()):
                start = item.id.get_chunk_info(piece).chunk_offset
                skipped, packed = item.id.read_direct_chunk(start)
                shuffled = numpy.frombuffer(zlib.decompress(packed), numpy.uint8)
                values = shuffled.reshape(item.dtype.itemsize, -1).T.copy().view(item.dtype)
                region = tuple(
                    slice(begin, begin + length) for begin, length in zip(start, item.chunks)
                )
                stored = item[region]
                filled = numpy.zeros(item.chunks, item.dtype)
                filled[tuple(slice(length) for length in stored.shape)] = stored
                assert skipped == 0, name
                assert values.tobytes() == filled.tobytes(), name


def test_netcdf_names_every_dimension(run_file):
    with netCDF4.Dataset(run_file) as file:
        assert set(file.dimensions) == AXES
        assert file.variables["applications"].dimensions == (
            "replicate", "month", "destination", "group", "channel",
        )  # fmt: skip
        assert not any(name.startswith("phony") for name in file.dimensions)
        assert len(file.groups["scenario"].variables["text"][...]) > 0


# A cluster user may lack h5dump; where CI runs, it must be there.
@pytest.mark.skipif(
    shutil.which("h5dump") is None and os.environ.get("CI") != "true",
    reason="h5dump is not installed",
)
def test_h5dump_lists_the_file(run_file):
    done = subprocess.run(["h5dump", "-H", str(run_file)], capture_output=True, text=True)
    assert done.returncode == 0
    assert 'DATASET "applications"' in done.stdout


def test_attributes_say_where_the_run_comes_from(run_file):
    with h5py.File(run_file) as file:
        attributes = dict(file.attrs)
        text = file["scenario/text"][()].decode()
    assert attributes["format"] == "onward run"
    assert attributes["format_version"].startswith("1.")
    assert attributes["seed"] == 5
    assert attributes["replicates"] == REPLICATES
    assert "small.yaml" in attributes["command_line"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", attributes["created"])
    value = 14695981039346656037
    for byte in text.encode():
        value = (value ^ byte) * 1099511628211 % 2**64
    assert attributes["scenario_hash"] == f"fnv1a64:{value:016x}"


def test_threads_change_no_dataset(run_file, make_run):
    one = all_datasets(run_file)
    three = all_datasets(make_run("threads.h5", "--threads", 3))
    assert one.keys() == three.keys()
    for name in one:
        assert numpy.array_equal(one[name], three[name], equal_nan=is_float(one[name])), name


def is_float(values):
    return numpy.issubdtype(numpy.asarray(values).dtype, numpy.floating)


def test_a_run_is_made_again_from_its_file(run_file, run_onward, tmp_path):
    path = tmp_path / "again.h5"
    run_onward("run", "--from", run_file, "--replicate", 1, "-o", path)
    with xarray.open_dataset(run_file) as run, xarray.open_dataset(path) as again:
        assert again.replicate.values.tolist() == [1]
        assert run.sel(replicate=[1]).equals(again)


def test_tables_have_the_sums_of_the_file(run_file, run_onward, tmp_path):
    pandas = pytest.importorskip("pandas")
    run_onward("export", run_file, "--csv", tmp_path)
    with xarray.open_dataset(run_file) as run:
        for name in documented_series():
            table = pandas.read_csv(tmp_path / f"{name}.csv")
            assert list(table.columns) == [*run[name].dims, "value"]
            total = float(run[name].sum(dtype="float64"))
            assert table.value.sum() == pytest.approx(total, rel=1e-6, abs=1e-9), name
        yearly = pandas.read_csv(tmp_path / "claims_by_year.csv")
        mean = run.observed_claims.mean("replicate")
        for row in yearly.itertuples():
            cell = mean.sel(year=row.year, destination=row.destination)
            assert row.mean == pytest.approx(float(cell))
        assert len(yearly) == run.sizes["year"] * run.sizes["destination"]
