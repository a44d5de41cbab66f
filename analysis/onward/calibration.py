"""Draws what a calibration learned.

    python -m onward.calibration POSTERIOR.h5 [--bank BANK.h5] [-o DIR]

Writes DIR/parameters.png (prior beside posterior, every parameter), DIR/pairs.png (the parameters
that the record says most about, two by two) and, with --bank, DIR/rounds.png (how near each round
came to the record).
"""

import argparse
import pathlib
import sys

import h5py
import matplotlib.figure
import matplotlib.ticker
import numpy
import scipy.special

from .plots import BLACK, BLUE, GREY
from .read import RunFileError

MOST_PAIRS = 6


def read_posterior(path):
    """Parameters (list of dicts: name, kind, low, high, middle, spread) and draws (array)."""
    try:
        with h5py.File(path, "r") as file:
            if file.attrs.get("format") != "onward posterior":
                raise RunFileError(f"{path}: this is not a posterior file")
            names = file["parameter"].asstr()[:]
            numbers = {key: file[f"prior_{key}"][:] for key in ("low", "high", "middle", "spread")}
            kinds = file["prior_kind"].asstr()[:]
            draws = file["value"][:]
    except OSError as error:
        raise RunFileError(f"{path}: cannot be read as HDF5: {error}") from error
    parameters = [
        {"name": name, "kind": kind, **{key: values[i] for key, values in numbers.items()}}
        for i, (name, kind) in enumerate(zip(names, kinds))
    ]
    return parameters, draws


def standardised(parameter, values):
    """Values on the scale on which the prior is a standard normal before it is cut off."""
    values = numpy.asarray(values, dtype=float)
    if parameter["kind"] == "uniform":
        width = parameter["high"] - parameter["low"]
        return scipy.special.ndtri((values - parameter["low"]) / width)
    if parameter["kind"] == "normal":
        return (values - parameter["middle"]) / parameter["spread"]
    change = numpy.log if parameter["kind"] == "log-normal" else scipy.special.logit
    return (change(values) - change(parameter["middle"])) / parameter["spread"]


def draw_parameters(parameters, draws):
    """A Figure: the central 50 and 90 % of each posterior on the scale of its prior."""
    figure = matplotlib.figure.Figure(figsize=(7, 0.24 * len(parameters) + 1.2))
    axes = figure.subplots()
    rows = numpy.arange(len(parameters))[::-1]
    axes.axvspan(-1.645, 1.645, color=GREY, alpha=0.25, linewidth=0, label="prior, 90 %")
    for row, parameter, values in zip(rows, parameters, draws.T):
        scaled = standardised(parameter, values)
        scaled = scaled[numpy.isfinite(scaled)]
        low, quarter, middle, upper, high = numpy.quantile(scaled, [0.05, 0.25, 0.5, 0.75, 0.95])
        axes.plot([low, high], [row, row], color=BLUE, linewidth=1.2)
        axes.plot([quarter, upper], [row, row], color=BLUE, linewidth=4)
        axes.plot(middle, row, "o", color=BLACK, markersize=3)
    axes.set_yticks(rows, [parameter["name"] for parameter in parameters], fontsize=8)
    axes.set_xlabel("standard deviations of the prior from its middle")
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.set_title("Posterior: central 50 and 90 %; grey: prior, 90 %", fontsize=10, loc="left")
    figure.tight_layout()
    return figure


def draw_pairs(parameters, draws):
    """A Figure: the parameters with the narrowest posteriors against their priors, two by two."""
    scaled = numpy.column_stack(
        [standardised(parameter, values) for parameter, values in zip(parameters, draws.T)]
    )
    order = numpy.argsort(numpy.nanstd(scaled, axis=0))[:MOST_PAIRS]
    count = len(order)
    figure = matplotlib.figure.Figure(figsize=(9, 9))
    grid = figure.subplots(count, count, squeeze=False)
    for i, down in enumerate(order):
        for j, across in enumerate(order):
            axes = grid[i, j]
            if j > i:
                axes.set_visible(False)
                continue
            if i == j:
                axes.hist(draws[:, down], bins=20, color=BLUE)
                axes.set_yticks([])
            else:
                axes.plot(draws[:, across], draws[:, down], ".", color=BLUE, markersize=2.5)
            axes.tick_params(labelsize=7)
            axes.spines[["top", "right"]].set_visible(False)
            if i == count - 1:
                axes.set_xlabel(parameters[across]["name"], fontsize=8)
            if j == 0 and i > 0:
                axes.set_ylabel(parameters[down]["name"], fontsize=8)
    figure.tight_layout()
    return figure


def draw_rounds(path):
    """A Figure: distances of all points by round, and the tolerance."""
    try:
        with h5py.File(path, "r") as file:
            if file.attrs.get("format") != "onward calibration":
                raise RunFileError(f"{path}: this is not a calibration file")
            distance, of_round = file["distance"][:], file["point_round"][:]
            names = [name.decode() for name in file["number"][:]]
            rounds = dict(zip(names, file["rounds"][:].T))
    except OSError as error:
        raise RunFileError(f"{path}: cannot be read as HDF5: {error}") from error
    figure = matplotlib.figure.Figure(figsize=(7, 4))
    axes = figure.subplots()
    jitter = numpy.random.default_rng(1).uniform(-0.35, 0.35, distance.size)
    axes.plot(of_round + jitter, distance, ".", color=GREY, markersize=1)
    moves = rounds["kind"] > 0
    axes.step(
        numpy.flatnonzero(moves), rounds["tolerance"][moves], where="mid", color=BLUE, label="tolerance"
    )
    axes.plot(rounds["best"], color=BLACK, linewidth=1, label="nearest at the end of the round")
    axes.set_ylim(0.95 * rounds["best"].min(), numpy.quantile(distance, 0.9))
    axes.set_xlabel("round: climbs, then a population under a tolerance")
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
    axes.set_ylabel("distance: minus the log probability of the record")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.tight_layout()
    return figure


def main(arguments=None):
    """Returns the exit code: 0, 2 for the user's mistakes, 3 if a figure cannot be written."""
    parser = argparse.ArgumentParser(
        prog="python -m onward.calibration", description="Draws what a calibration learned."
    )
    parser.add_argument("posterior", help="posterior file")
    parser.add_argument("--bank", help="calibration file")
    parser.add_argument("-o", "--output", default=".", help="folder of the figures")
    options = parser.parse_args(arguments)
    folder = pathlib.Path(options.output)
    try:
        parameters, draws = read_posterior(options.posterior)
        figures = {
            "parameters": draw_parameters(parameters, draws),
            "pairs": draw_pairs(parameters, draws),
        }
        if options.bank:
            figures["rounds"] = draw_rounds(options.bank)
    except RunFileError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, figure in figures.items():
            figure.savefig(folder / f"{name}.png", dpi=120)
    except OSError as error:
        print(f"{folder}: cannot write a figure: {error.strerror}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
