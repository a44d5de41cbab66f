"""Claims that differ between two worlds, by destination and year."""

import math

import matplotlib.lines
import matplotlib.patches
import matplotlib.ticker

from .displacement_style import BLACK, BLUE, GREY, clean, new_figure
from .read import RunFileError

COLUMNS = 3
LEGEND_INCHES = 0.55
# So many destinations are drawn, those with the largest differences; the others are named.
PANELS = 6


def split_by_size(comparison):
    """The destinations that differ, largest mean difference in a year first, with that number.

    The first list is to be drawn, the second is not. Each entry is a pair (name, claims).
    """
    largest = abs(comparison.claims_difference.mean("replicate")).max("year")
    sizes = [(str(name), float(largest.sel(destination=name))) for name in largest.destination.values]
    sizes = sorted((size for size in sizes if size[1] > 0), key=lambda size: -size[1])
    return sizes[:PANELS], sizes[PANELS:]


def signed(value, _):
    """A number with its sign, zero without one."""
    return f"{value:+,.0f}".replace("-", "\N{MINUS SIGN}") if round(value) else "0"


def draw_panel(axes, comparison, name, years):
    """Draws one destination: fan of the replicates, interval of the mean, and the mean."""
    cell = comparison.claims_difference_summary.sel(destination=name, year=years)
    numbers = {str(key): cell.sel(difference=key).values for key in cell.difference.values}
    axes.axhline(0, color=BLACK, linewidth=0.8)
    axes.fill_between(years, numbers["q05"], numbers["q95"], color=BLUE, alpha=0.22, linewidth=0)
    axes.fill_between(years, numbers["lo"], numbers["hi"], color=BLUE, alpha=0.55, linewidth=0)
    axes.plot(years, numbers["mean"], color=BLACK, linewidth=1.4)
    axes.set_title(name, fontsize=12, loc="left", fontweight="bold")
    axes.set_xticks(years[:: max(1, math.ceil(len(years) / 4))])
    axes.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(signed))
    clean(axes)


def mark_parting(axes, parting):
    """Draws a line at the month in which the worlds part; years are centred on their labels."""
    year, month = map(int, parting.split("-"))
    axes.axvline(year - 0.5 + (month - 1) / 12, color=GREY, linewidth=1, linestyle=(0, (4, 2)))


def legend_handles(parting):
    """What the bands and lines stand for."""
    return [
        matplotlib.lines.Line2D([], [], color=BLACK, linewidth=1.4, label="mean"),
        matplotlib.patches.Patch(color=BLUE, alpha=0.55, lw=0, label="90 % interval of the mean"),
        matplotlib.patches.Patch(color=BLUE, alpha=0.22, lw=0, label="5-95 % of replicates"),
        matplotlib.lines.Line2D([], [], color=GREY, ls=(0, (4, 2)), label=f"parting {parting}"),
    ]


def note_on(others):
    """Says what the scales are, and which destinations are not drawn."""
    text = "Variant less base; scales differ."
    if not others:
        return text
    names = ", ".join(name for name, _ in others)
    return f"{text} At most {math.ceil(others[0][1])} a year in {names}."


def draw_claims(comparison):
    """Claims of the variant less those of the base: a matplotlib Figure.

    Errors: RunFileError if no claims differ.
    """
    drawn, others = split_by_size(comparison)
    if not drawn:
        raise RunFileError("no claims differ between the two worlds")
    parting = comparison.attrs["parting"]
    years = [int(year) for year in comparison.year.values if year >= int(parting[:4])]
    rows = math.ceil(len(drawn) / COLUMNS)
    figure = new_figure(
        comparison, 2.1 * rows + 1.6, "Change in claims a year",
        note_on(others), LEGEND_INCHES,
    )  # fmt: skip
    panels = figure.subplots(rows, min(COLUMNS, len(drawn)), squeeze=False).ravel()
    for axes, (name, _) in zip(panels, drawn):
        draw_panel(axes, comparison, name, years)
        mark_parting(axes, parting)
    for axes in panels[len(drawn):]:
        axes.remove()
    figure.legend(
        handles=legend_handles(parting), loc="lower center", ncols=2, fontsize=11, frameon=False,
        bbox_to_anchor=(0.5, 0.25 / figure.get_figheight()),
    )  # fmt: skip
    return figure
