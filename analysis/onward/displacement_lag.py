"""When the blocked would have left, and when they leave instead."""

import matplotlib.ticker
import numpy

from .displacement_style import BLACK, BLUE, VERMILLION, clean, joined, new_figure, targets_of

# The share is drawn once this part of all the blocked would have left: it is noise before.
FIRST_SHARE = 0.05
LABEL_HEIGHT = 0.21  # of two lines, in heights of a panel


def cumulated(comparison, table, responses=None):
    """Persons by replicate who have departed by the end of each month since the parting."""
    months = comparison.month.values
    counts = comparison[table].isel(month=months >= numpy.datetime64(comparison.attrs["parting"]))
    if responses is not None:
        counts = counts.sel(response=responses)
    return counts.sum("response").cumsum("month").transpose("replicate", "month").values


def fan(axes, values, colour):
    """Draws the mean of rows of values and their 5-95 % range, and returns the mean."""
    months = numpy.arange(1, values.shape[1] + 1)
    low, high = numpy.nanquantile(values, [0.05, 0.95], axis=0)
    axes.fill_between(months, low, high, color=colour, alpha=0.22, linewidth=0)
    mean = values.mean(axis=0)
    axes.plot(months, mean, color=colour, linewidth=1.8)
    return mean


def label_lines(axes, ends, months):
    """Writes each (height, text, colour) at the end of its line, apart from one another."""
    bottom, top = axes.get_ylim()
    least = (top - bottom) * LABEL_HEIGHT
    height = -numpy.inf
    for value, text, colour in sorted(ends):
        height = max(value, height + least)
        axes.text(months * 1.03, height, text, color=colour, fontsize=11, va="center")


def finish(axes, months, title):
    """Axes in years, and the title of a panel."""
    axes.set_title(title, fontsize=11.5, loc="left")
    axes.set_xlim(0, months)
    axes.xaxis.set_major_locator(matplotlib.ticker.MultipleLocator(12 if months <= 84 else 24))
    axes.set_xlabel("months since the parting", fontsize=11)
    clean(axes)


def draw_persons(axes, series, target):
    """Draws persons, cumulated."""
    ends = []
    for values, name, colour in series:
        mean = fan(axes, values, colour)
        ends.append((mean[-1], f"{name} {mean[-1]:,.0f}", colour))
    axes.set_ylim(bottom=0)
    months = series[0][0].shape[1]
    label_lines(axes, ends, months)
    axes.yaxis.set_major_formatter(matplotlib.ticker.StrMethodFormatter("{x:,.0f}"))
    finish(axes, months, "Persons, cumulated")


def draw_shares(axes, series):
    """Draws persons who have left instead, as a share of those who would have left by then."""
    would = series[0][0]
    is_shown = would.mean(axis=0) >= FIRST_SHARE * would[:, -1].mean()
    ends = []
    for values, name, colour in series[1:]:
        share = 100 * values / numpy.where(would > 0, would, numpy.nan)
        ratio = 100 * values.mean(axis=0) / numpy.maximum(would.mean(axis=0), 1e-9)
        months = numpy.arange(1, share.shape[1] + 1)
        low, high = numpy.nanquantile(share[:, is_shown], [0.05, 0.95], axis=0)
        axes.fill_between(months[is_shown], low, high, color=colour, alpha=0.22, linewidth=0)
        axes.plot(months[is_shown], ratio[is_shown], color=colour, linewidth=1.8)
        ends.append((ratio[-1], f"{name} {ratio[-1]:.0f} %", colour))
    axes.set_ylim(bottom=0)
    label_lines(axes, ends, would.shape[1])
    axes.yaxis.set_major_formatter(matplotlib.ticker.StrMethodFormatter("{x:.0f} %"))
    finish(axes, would.shape[1], "Share of those who would have left by then")


def draw_lag(comparison):
    """Blocked departures by months since the parting: a matplotlib Figure."""
    target = joined(targets_of(comparison))
    series = [
        (cumulated(comparison, "blocked_by_month"), f"would have left\nfor {target}:", BLACK),
        (cumulated(comparison, "instead_by_month", ["spatial"]), "left for another\nplace:", BLUE),
        (
            cumulated(comparison, "instead_by_month", ["inter_temporal"]),
            f"left for {target}\nearlier or later:",
            VERMILLION,
        ),
    ]
    title = f"When those blocked from {target} leave instead"
    note = "Line: mean of the replicates. Band: 5-95 % of them."
    figure = new_figure(comparison, 6.6, title, note)
    upper, lower = figure.subplots(2, 1)
    draw_persons(upper, series, target)
    draw_shares(lower, series)
    return figure
