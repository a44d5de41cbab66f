"""Tables and a figure of effect sizes, for `onward.ablations`.

`values` is a dict from the ablation's name to a dict from the measure's name to values by
replicate; its first entry is the reference, which has the same replicates as every other.
"""

import math

import matplotlib.figure
import matplotlib.lines
import matplotlib.patches
import matplotlib.ticker

from .compare import mean_interval

# Okabe and Ito (2008), distinguishable with every common colour vision.
BLUE, ORANGE, BLACK = "#0072B2", "#E69F00", "#000000"
COLUMNS = 4
# Measures of the figure. Canada's 2012 is left out: it is the peak in nearly every world.
MEANING = {
    "peak GBR": "UK, peak year",
    "peak CAN": "Canada, peak year",
    "CAN 2013": "Canada 2013",
    "CAN 2014": "Canada 2014",
    "gain DEU": "Germany 2013-14,\ngain from Canada's closing",
    "gain NLD": "Netherlands 2013-14,\ngain from Canada's closing",
    "NLD 2013": "Netherlands 2013,\nyear of the silent change",
}


def interval_text(values, form):
    """Mean and 90 % interval of the mean as text."""
    numbers = [float(values.mean()), *map(float, mean_interval(values))]
    mean, low, high = (form.format(round(number, 1) + 0.0) for number in numbers)  # never -0.0
    return f"{mean} [{low}, {high}]" if numbers[1] == numbers[1] else mean


def table(values, form):
    """Lines of a Markdown table with a row per ablation."""
    measures = list(next(iter(values.values())))
    lines = ["| world | " + " | ".join(measures) + " |", "|---" * (len(measures) + 1) + "|"]
    for name, row in values.items():
        cells = [interval_text(row[measure], form) for measure in measures]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def differences(values):
    """Ablation less reference, by replicate."""
    (_, reference), *others = values.items()
    return {name: {key: row[key] - reference[key] for key in row} for name, row in others}


def tables(values):
    """The report: effect sizes, and how they differ from the reference."""
    first = next(iter(next(iter(values.values())).values()))
    years = [
        f"{name}: GBR {int(row['peak GBR'].year)}, CAN {int(row['peak CAN'].year)}"
        for name, row in values.items()
    ]
    return "\n".join([
        f"Claims, mean of {first.sizes['replicate']} replicates on the same draws and the 90 %",
        "interval of the mean. `peak` is the year of the largest mean; `gain` is canada-2013 less",
        "canada-open in 2013-14, paired by replicate.",
        "",
        *table(values, "{:.1f}"),
        "",
        "Difference from the reference, paired by replicate:",
        "",
        *table(differences(values), "{:+.1f}"),
        "",
        "Years of the peaks. " + "; ".join(years) + ".",
        "",
    ])  # fmt: skip


def draw_panel(axes, values, measure):
    """Draws one measure: a bar with its interval per ablation, a line at the reference's mean."""
    rows = [row[measure] for row in values.values()]
    means = [float(row.mean()) for row in rows]
    positions = range(len(rows))
    axes.barh(positions, means, color=[ORANGE] + [BLUE] * (len(rows) - 1), height=0.7)
    bounds = [[float(bound) for bound in mean_interval(row)] for row in rows]
    lows, highs = zip(*bounds)
    axes.hlines(positions, lows, highs, color=BLACK, linewidth=1.2)
    axes.axvline(means[0], color=ORANGE, linewidth=1, zorder=0)
    axes.axvline(0, color=BLACK, linewidth=0.8)
    axes.set_title(MEANING[measure], fontsize=9, loc="left")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(labelsize=8, left=False)
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4, integer=True))


def legend_handles():
    """What the colours and lines of the figure stand for."""
    return [
        matplotlib.patches.Patch(color=ORANGE, label="reference (line: its mean)"),
        matplotlib.patches.Patch(color=BLUE, label="one mechanism changed"),
        matplotlib.lines.Line2D([], [], color=BLACK, label="90 % interval of the mean"),
    ]


def draw(values):
    """Effect sizes of all ablations, a panel per measure: a matplotlib Figure."""
    rows = math.ceil((len(MEANING) + 1) / COLUMNS)  # one place is the legend's
    figure = matplotlib.figure.Figure(figsize=(10.5, 2.6 * rows + 0.6), layout="constrained")
    panels = figure.subplots(rows, COLUMNS, squeeze=False, sharey=True).ravel()
    for axes, measure in zip(panels, MEANING):
        draw_panel(axes, values, measure)
    for axes in panels[len(MEANING):]:
        axes.set_axis_off()
    panels[-1].legend(handles=legend_handles(), loc="center", fontsize=9, frameon=False)
    panels[0].set_yticks(range(len(values)), list(values))
    panels[0].invert_yaxis()
    replicates = next(iter(next(iter(values.values())).values())).sizes["replicate"]
    title = "The reference case with one mechanism changed at a time"
    figure.suptitle(title, fontsize=11, x=0.01, ha="left")
    figure.supxlabel(f"asylum claims, mean of {replicates} replicates (scales differ)", fontsize=9)
    return figure
