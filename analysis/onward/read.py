"""Opening run files and comparison files."""

import os

import xarray

FORMAT = "onward run"
COMPARISON = "onward comparison"
VERSION = "1"


class RunFileError(ValueError):
    """A file that is not of the kind asked for, or two run files that do not go together."""


def read(path, engine="h5netcdf", group=None):
    """Opens a run file and returns an xarray.Dataset whose values are loaded when used.

    `group` is "base" or "variant" for a run inside a comparison file. The attributes say where the
    run comes from; `scenario_text` holds the whole scenario. Use it in a `with` statement, or call
    its `close()`, to let go of the file. Errors: RunFileError with the path.
    """
    run = _open(path, engine, group, FORMAT, "a run file")
    try:
        run.attrs["scenario_text"] = _scenario_text(path, engine, group)
    except Exception:
        run.close()
        raise
    return run


def read_comparison(path, engine="h5netcdf"):
    """Opens the tables of a comparison file as an xarray.Dataset; its runs are read by `read`.

    The attributes say where it comes from. Errors: RunFileError with the path.
    """
    return _open(path, engine, None, COMPARISON, "a comparison file")


def _open(path, engine, group, kind, name):
    path = os.fspath(path)
    if not os.path.isfile(path):
        raise RunFileError(f"{path}: there is no such file")
    try:
        data = xarray.open_dataset(path, engine=engine, group=group)
    except Exception as error:  # the engines raise errors of many kinds
        raise RunFileError(f"{path}: this cannot be read as {name} ({error})") from error
    try:
        _check_format(path, data, kind, name)
    except Exception:
        data.close()
        raise
    return data


def _check_format(path, data, kind, name):
    if data.attrs.get("format") != kind:
        raise RunFileError(f"{path}: this is not {name} of Onward")
    version = str(data.attrs.get("format_version", ""))
    if version.split(".")[0] != VERSION:
        raise RunFileError(f"{path}: format version {version} is not {VERSION}.x")


def _scenario_text(path, engine, group):
    name = "scenario" if group is None else f"{group}/scenario"
    try:
        with xarray.open_dataset(path, engine=engine, group=name) as scenario:
            return str(scenario["text"].item())
    except (KeyError, OSError) as error:
        raise RunFileError(f"{path}: the scenario is missing ({error})") from error
