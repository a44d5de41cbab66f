"""Colours, words and titles that the figures of a comparison share."""

import matplotlib.figure

# Okabe and Ito (2008), distinguishable with every common colour vision; these also differ in
# lightness, and every figure labels its parts in place.
BLACK, GREY, QUIET = "#000000", "#999999", "#444444"
BLUE, ORANGE, VERMILLION, PURPLE = "#0072B2", "#E69F00", "#D55E00", "#CC79A7"
WIDTH, TITLE_INCHES, LINE_INCHES = 7.5, 0.68, 0.2
COLOURS = {
    "spatial": BLUE,
    "categorical": PURPLE,
    "inter_temporal": VERMILLION,
    "return": ORANGE,
    "deterred": GREY,
}


def targets_of(comparison):
    """Names of the destinations whose policy differs."""
    return [str(name) for name in comparison.destination.values[comparison.is_target.values == 1]]


def joined(names):
    """Names as one would say them; many are called `the targets`."""
    if len(names) > 3:
        return "the targets"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def new_figure(comparison, height, title, note, legend_inches=0.0):
    """An empty figure whose title says what it shows and where it comes from.

    `note` stands at the bottom; above it `legend_inches` are left free.
    """
    figure = matplotlib.figure.Figure(figsize=(WIDTH, height), layout="constrained")
    origin = (
        f"{comparison.attrs['variant_name']} against {comparison.attrs['base_name']}, "
        f"{comparison.sizes['replicate']} replicates, seed {comparison.attrs['seed']}"
    )
    figure.text(0.015, 1 - 0.1 / height, title, fontsize=14, fontweight="bold", va="top")
    figure.text(0.015, 1 - 0.39 / height, origin, fontsize=11, va="top", color=QUIET)
    figure.text(0.015, 0.08 / height, note, fontsize=11, color=QUIET)
    bottom = (0.1 + LINE_INCHES * len(note.splitlines()) + legend_inches) / height
    top = TITLE_INCHES / height
    figure.get_layout_engine().set(rect=(0, bottom, 1, 1 - bottom - top))
    return figure


def clean(axes):
    """Takes off what carries no information."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=10)
