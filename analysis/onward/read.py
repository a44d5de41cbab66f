"""Opening run files."""

import os

import xarray

FORMAT = "onward run"
VERSION = "1"


class RunFileError(ValueError):
    """A file that is not a run file, or two run files that do not go together."""


def read(path, engine="h5netcdf"):
    """Opens a run file and returns an xarray.Dataset whose values are loaded when used.

    The attributes say where the run comes from; `scenario_text` holds the whole scenario.
    Use it in a `with` statement, or call its `close()`, to let go of the file.
    Errors: RunFileError with the path.
    """
    path = os.fspath(path)
    if not os.path.isfile(path):
        raise RunFileError(f"{path}: there is no such file")
    try:
        run = xarray.open_dataset(path, engine=engine)
    except Exception as error:  # the engines raise errors of many kinds
        raise RunFileError(f"{path}: this cannot be read as a run file ({error})") from error
    try:
        _check_format(path, run)
        run.attrs["scenario_text"] = _scenario_text(path, engine)
    except Exception:
        run.close()
        raise
    return run


def _check_format(path, run):
    if run.attrs.get("format") != FORMAT:
        raise RunFileError(f"{path}: this is not a run file of Onward")
    version = str(run.attrs.get("format_version", ""))
    if version.split(".")[0] != VERSION:
        raise RunFileError(f"{path}: format version {version} is not {VERSION}.x")


def _scenario_text(path, engine):
    try:
        with xarray.open_dataset(path, engine=engine, group="scenario") as group:
            return str(group["text"].item())
    except (KeyError, OSError) as error:
        raise RunFileError(f"{path}: the scenario is missing ({error})") from error
