"""A flow diagram from the base's blocked departures to what happens instead."""

import dataclasses

import matplotlib.patches
import matplotlib.path

from .displacement_style import COLOURS, QUIET, joined, new_figure, targets_of

# A strand of its own for destinations that take at least this share of the blocked.
SMALLEST = 0.02
LEFT, RIGHT, BAR = 0.0, 1.0, 0.035
# Heights in shares of the blocked: least height of a labelled strand, and space between two.
LINE, GAP = 0.052, 0.012
# Strands whose share would be written 0.0 % are left out.
SMALLEST_SHOWN = 0.0005
NUMBERS, SHARES, CHURN = 1.88, 2.15, 2.19  # where the columns of numbers end, and churn begins
# Churn is written where it is at least this part of a strand.
LARGE_CHURN = 0.25
PLAIN = {
    "categorical": "{target}, other category",
    "inter_temporal": "{target}, earlier or later",
    "return": "country of origin",
    "deterred": "stay to the end",
}


@dataclasses.dataclass
class Strand:
    """Blocked people who do the same instead: mean persons by target."""

    label: str
    response: str
    by_target: list
    churn: float = 0.0  # persons of all targets that a placebo alone would put here

    @property
    def persons(self):
        return sum(self.by_target)


def churn_persons(comparison):
    """Mean persons by response whom a placebo alone would put there."""
    targeted = float(comparison.targeted.sel(people="everyone").mean("replicate"))
    shares = comparison.churn_by_response.sel(estimate="mean").fillna(0)
    return {str(name): float(shares.sel(response=name)) * targeted for name in shares.response.values}


def elsewhere_strands(comparison, targets):
    """A strand for each large destination, the largest first, and one for all others."""
    cells = comparison.elsewhere.sel(world="base", destination=targets).mean("replicate")
    blocked = float(comparison.blocked.sel(people="everyone").mean("replicate"))
    totals = cells.sum("destination")
    order = sorted(map(str, totals.to.values), key=lambda name: -float(totals.sel(to=name)))
    going = [name for name in order if float(totals.sel(to=name)) > 0]
    large = [name for name in going if float(totals.sel(to=name)) >= SMALLEST * blocked]
    strands = [Strand(name, "spatial", list(cells.sel(to=name).values)) for name in large]
    small = [name for name in going if name not in large]
    if small:
        label = small[0] if len(small) == 1 else f"{len(small)} other destinations"
        strands.append(Strand(label, "spatial", list(cells.sel(to=small).sum("to").values)))
    return strands


def strands_of(comparison):
    """All strands from top to bottom."""
    targets = targets_of(comparison)
    churn = churn_persons(comparison)
    fates = comparison.fates.sel(world="base", destination=targets).mean("replicate")
    members = {
        "categorical": ["other_category"],
        "inter_temporal": ["earlier", "delayed"],
        "return": ["returned"],
        "deterred": ["stayed", "censored"],
    }
    strands = elsewhere_strands(comparison, targets)
    for response, names in members.items():
        label = PLAIN[response].format(target=targets[0] if len(targets) == 1 else "there")
        by_target = list(fates.sel(fate=names).sum("fate").values)
        strands.append(Strand(label, response, by_target, churn[response]))
    least = SMALLEST_SHOWN * sum(strand.persons for strand in strands)
    return [strand for strand in strands if strand.persons >= least]


def has_churn(strand):
    """Whether a large part of a strand is churn."""
    return strand.churn >= LARGE_CHURN * strand.persons


def write_label(axes, strand, height, blocked):
    """Writes name, persons and share in columns; and churn, where it is a large part."""
    write = {"va": "center", "fontsize": 12}
    axes.text(RIGHT + 0.02, height, strand.label, **write)
    axes.text(NUMBERS, height, f"{strand.persons:,.0f}", ha="right", **write)
    share = f"{100 * strand.persons / blocked:.1f} %"
    axes.text(SHARES, height, share, ha="right", fontweight="bold", **write)
    if has_churn(strand):
        churn = f"{min(strand.churn, strand.persons):,.0f} churn"
        axes.text(CHURN, height, churn, color=QUIET, va="center", fontsize=11)


def band(axes, left, right, height, colour):
    """Draws a band of equal height from y `left` down to y `right`, both its upper edges."""
    x = [LEFT + BAR, 0.5, 0.5, RIGHT - BAR]
    points = [(x[0], left), (x[1], left), (x[2], right), (x[3], right)]
    points += [(px, py - height) for px, py in reversed(points)]
    codes = [1, 4, 4, 4, 2, 4, 4, 4]  # move, curve, line, curve
    path = matplotlib.path.Path([*points, points[0]], [*codes, 79])
    axes.add_patch(matplotlib.patches.PathPatch(path, facecolor=colour, alpha=0.5, linewidth=0))


def bar(axes, x, top, height, colour):
    """Draws the bar at an end of the bands."""
    axes.add_patch(matplotlib.patches.Rectangle((x, top - height), BAR, height, color=colour, lw=0))


def draw_sources(axes, comparison, targets, heights):
    """Draws and labels a bar for each target on the left; returns their upper edges."""
    tops, top = [], 1.0
    blocked = comparison.fates.sel(world="base", destination=targets).mean("replicate")
    blocked = blocked.drop_sel(fate=["unchanged", "absent"]).sum("fate")
    for target, height in zip(targets, heights):
        bar(axes, LEFT, top, height, "#222222")
        if height >= LINE:
            persons = float(blocked.sel(destination=target))
            text = f"{target}\n{persons:,.0f}"
            axes.text(LEFT - 0.02, top - height / 2, text, ha="right", va="center", fontsize=12)
        tops.append(top)
        top -= height
    return tops


def draw_strands(axes, strands, tops, blocked):
    """Draws every strand from the sources, with its label on the right."""
    top = 1.0
    left = list(tops)
    for strand in strands:
        colour = COLOURS[strand.response]
        height = strand.persons / blocked
        slot = max(height, LINE)
        upper = top - (slot - height) / 2
        write_label(axes, strand, top - slot / 2, blocked)
        bar(axes, RIGHT - BAR, upper, height, colour)
        for i, persons in enumerate(strand.by_target):
            band(axes, left[i], upper, persons / blocked, colour)
            left[i] -= persons / blocked
            upper -= persons / blocked
        top -= slot + GAP
    return top


def note_on(comparison, targets, strands):
    """Says who is blocked, and what churn is if a strand has much of it."""
    everyone = comparison.sel(people="everyone")
    departures, blocked = (
        float(everyone[name].mean("replicate")) for name in ("targeted", "blocked")
    )
    note = (
        f"Mean persons: of {departures:,.0f} who leave for {joined(targets)} in the base from "
        f"{comparison.attrs['parting']} on, {blocked:,.0f} are blocked."
    )
    if any(has_churn(strand) for strand in strands):
        note += "\nChurn: any small disturbance would put as many there; no effect of the policy."
    return note


def draw_flows(comparison):
    """What those who leave for a target in the base do in the variant: a matplotlib Figure."""
    targets = targets_of(comparison)
    strands = strands_of(comparison)
    blocked = float(comparison.blocked.sel(people="everyone").mean("replicate"))
    heights = [sum(strand.by_target[i] for strand in strands) / blocked for i in range(len(targets))]
    title = f"What those blocked from {joined(targets)} do instead"
    figure = new_figure(comparison, 5.2, title, note_on(comparison, targets, strands))
    axes = figure.add_subplot()
    tops = draw_sources(axes, comparison, targets, heights)
    bottom = draw_strands(axes, strands, tops, blocked)
    axes.set_xlim(-0.22, 2.45)
    axes.set_ylim(min(bottom, 0) - 0.01, 1.01)
    axes.set_axis_off()
    return figure
