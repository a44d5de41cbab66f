"""Figures of runs."""

import math

import matplotlib.figure
import matplotlib.lines
import matplotlib.patches
import matplotlib.ticker
import numpy

from .read import RunFileError

# Okabe and Ito (2008), distinguishable with every common colour vision.
BLUE = "#0072B2"
BLACK = "#000000"
GREY = "#999999"
COLUMNS = 4
LEGEND_INCHES = 0.35


def destinations_with_claims(run):
    """Names of destinations with a claim in the record or in any replicate."""
    simulated = run["observed_claims"].sum(["replicate", "year"]) > 0
    recorded = run["record"].fillna(0).sum("year") > 0
    return [str(name) for name in run.destination.values[(simulated | recorded).values]]


def draw_destination(axes, run, name, held_out=None):
    """Draws one destination: mean and 5-95 % fan of the replicates, and the record.

    `held_out` is the first and last year that the parameters have not seen, or None.
    """
    cell = run.sel(destination=name)
    years = run.year.values
    if held_out is not None:
        axes.axvspan(held_out[0] - 0.5, held_out[1] + 0.5, color=GREY, alpha=0.25, linewidth=0)
    claims = cell["observed_claims"]
    low, high = claims.quantile([0.05, 0.95], "replicate").values
    axes.fill_between(years, low, high, color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(years, claims.mean("replicate"), color=BLUE, linewidth=1.5)
    draw_record(axes, cell, years)
    axes.set_title(name, fontsize=10, loc="left", fontweight="bold")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4, integer=True))
    axes.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4, integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)


def draw_record(axes, cell, years):
    """Draws the record of one destination: points, and bars where the count was rounded."""
    record = cell["record"].values
    is_known = numpy.isfinite(record)
    if not is_known.any():
        return
    axes.plot(years[is_known], record[is_known], "o", color=BLACK, markersize=3.5, clip_on=False)
    lower, upper = cell["record_lower"].values, cell["record_upper"].values
    is_rounded = is_known & (upper > lower)
    axes.vlines(years[is_rounded], lower[is_rounded], upper[is_rounded], color=BLACK, linewidth=1)


def fan_against_record(run, held_out=None):
    """Yearly claims by destination, simulated and recorded: a matplotlib Figure.

    Simulated claims are as a statistician would have seen them. Each destination has a scale of
    its own. The years `held_out` (first, last) are shaded. Errors: RunFileError if no destination has claims.
    """
    names = destinations_with_claims(run)
    if not names:
        raise RunFileError("no destination has claims")
    rows = math.ceil(len(names) / COLUMNS)
    columns = math.ceil(len(names) / rows)
    size = (max(2.6 * columns, 5.2), 2.0 * rows + 1.1)
    figure = matplotlib.figure.Figure(figsize=size, layout="constrained")
    panels = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes, name in zip(panels, names):
        draw_destination(axes, run, name, held_out)
    for axes in panels[len(names):]:
        axes.remove()
    add_legend(figure, run, held_out)
    figure.suptitle(f"{run.attrs['scenario_name']}: yearly asylum claims", fontsize=12)
    figure.supylabel("claims per year (scales differ)", fontsize=9)
    return figure


def add_legend(figure, run, held_out=None):
    """Adds a legend below the panels."""
    replicates = run.sizes["replicate"]
    handles = [
        matplotlib.lines.Line2D([], [], color=BLUE, label=f"mean of {replicates} replicates"),
        matplotlib.patches.Patch(color=BLUE, alpha=0.25, linewidth=0, label="5-95 % of replicates"),
    ]
    if numpy.isfinite(run["record"].values).any():
        handles.append(
            matplotlib.lines.Line2D(
                [], [], color=BLACK, marker="o", markersize=3.5, linestyle="none",
                label="record (bar: rounded count)",
            )  # fmt: skip
        )
    if held_out is not None:
        handles.append(
            matplotlib.patches.Patch(color=GREY, alpha=0.25, linewidth=0, label="held out")
        )
    legend_share = LEGEND_INCHES / figure.get_figheight()
    figure.get_layout_engine().set(rect=(0, legend_share, 1, 1 - legend_share))
    figure.legend(handles=handles, loc="lower center", ncols=4, fontsize=8, frameon=False)
