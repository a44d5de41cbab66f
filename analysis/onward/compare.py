"""Differences between two runs on the same draws, paired by replicate."""

import contextlib

import numpy
import scipy.stats
import xarray

from .read import RunFileError, read

SAME_ATTRIBUTES = ("seed", "first_replicate", "replicates")
SAME_AXES = ("replicate", "month", "destination")


def yearly_claims(run):
    """Asylum claims of each replicate by year and destination, as filed in the simulation."""
    monthly = run["applications"].sum(["group", "channel"])
    by_year = monthly.groupby("month.year").sum("month")
    return by_year.transpose("replicate", "year", "destination")


def mean_interval(values, dimension="replicate", share=0.9):
    """Student's t interval of the mean over a dimension: a pair (low, high) of DataArrays.

    It is NaN for fewer than two values, and of width zero where all values are equal.
    """
    count = values.sizes[dimension]
    mean = values.mean(dimension)
    if count < 2:
        missing = xarray.full_like(mean, numpy.nan, dtype=float)
        return missing, missing.copy()
    half = scipy.stats.t.ppf(0.5 + share / 2, count - 1) * values.std(dimension, ddof=1)
    half = half / numpy.sqrt(count)
    return mean - half, mean + half


def check_pair(base, variant):
    """Checks that two runs share seed, replicates and axes. Errors: RunFileError."""
    for name in SAME_ATTRIBUTES:
        if base.attrs.get(name) != variant.attrs.get(name):
            raise RunFileError(
                f"the runs cannot be paired: {name} is {base.attrs.get(name)} in the base "
                f"and {variant.attrs.get(name)} in the variant"
            )
    for axis in SAME_AXES:
        if not numpy.array_equal(base[axis].values, variant[axis].values):
            raise RunFileError(f"the runs cannot be paired: they differ in the axis {axis}")


def paired_difference(base, variant, share=0.9):
    """Yearly claims of two runs and their paired difference.

    `base` and `variant` are paths or datasets from `onward.read`. Returns an xarray.Dataset over
    year and destination, with a destination "all" and a year 0 for all years together:
    `base`, `variant` and `difference` are means over replicates, `low` and `high` bound the
    interval of the mean difference that covers `share`, and `q05` and `q95` are quantiles of the
    difference over replicates. Errors: RunFileError if the runs cannot be paired.
    """
    with contextlib.ExitStack() as stack:
        runs = [
            run if isinstance(run, xarray.Dataset) else stack.enter_context(read(run))
            for run in (base, variant)
        ]
        check_pair(*runs)
        claims = [_with_totals(yearly_claims(run)).load() for run in runs]
    paired = claims[1] - claims[0]
    low, high = mean_interval(paired, share=share)
    return xarray.Dataset(
        {
            "base": claims[0].mean("replicate"),
            "variant": claims[1].mean("replicate"),
            "difference": paired.mean("replicate"),
            "low": low,
            "high": high,
            "q05": paired.quantile(0.05, "replicate").drop_vars("quantile"),
            "q95": paired.quantile(0.95, "replicate").drop_vars("quantile"),
        },
        attrs={"replicates": paired.sizes["replicate"], "share": share},
    )


def _with_totals(claims):
    """Adds the destination "all" and the year 0 (all years)."""
    for axis, name in (("destination", "all"), ("year", 0)):
        total = claims.sum(axis).expand_dims({axis: [name]})
        claims = xarray.concat([claims, total], dim=axis)
    return claims.transpose("replicate", "year", "destination")
