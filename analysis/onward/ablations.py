"""Runs the reference case and its counterfactual with one mechanism changed at a time.

    python -m onward.ablations [--onward PATH] [--replicates N] [--seed S] [-o DIR]

All runs share their draws. Writes DIR/ablations.md (two tables), and ablations.png and
ablations.svg (one figure). An ablation is no counterfactual: parameters were set with all
mechanisms on, and nothing is set anew without one. It shows what a mechanism does in the model, not
what the record would look like without it.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from .ablation_report import draw, tables
from .compare import check_pair, yearly_claims
from .read import RunFileError, read

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASE, OPEN = "canada-2013", "canada-open"
HALF = "HALF_OF_DISSIMILARITY"


@dataclasses.dataclass(frozen=True)
class Ablation:
    """A mechanism taken away, or put in: its name, and the `changes:` of the variant without it."""

    name: str
    changes: str


# Held beliefs and buzz keep their first month, in which nobody has left: held buzz is no buzz.
# The uncommitted leave at once. Who waits for room at a broker's chooses again at any fall of
# belief, at no cost; a threshold of 1 would bind them for good instead. Without ties the mean that
# buzz is runs over a community itself and the public alone. The reference has no subnests of its
# own, so the last one puts a mechanism in.
ABLATIONS = (
    Ablation("reference", "{}"),
    Ablation("no brokers", "{brokers: {slots: 0}}"),
    Ablation("beliefs held", "{interaction: {beliefs: held}}"),
    Ablation("no buzz", "{interaction: {buzz: held}}"),
    Ablation(
        "no ties",
        "{communities: {ties: 0, far_ties: 0}, parameters: {attention.tie_weight: 0, "
        "belief.tie_trust: 0, belief.hearing_spread: 0, choice.diaspora_tie: 0}}",
    ),
    Ablation("announcements unheard", "{parameters: {belief.announcement: 0}}"),
    Ablation(
        "no commitment",
        "{parameters: {commitment.preparation: 0, commitment.sunk: 0, commitment.reopening: 0}}",
    ),
    Ablation("subnests on", "{parameters: {choice.subnest_dissimilarity: " + HALF + "}}"),
)


def of_peak(destination):
    """A measure: claims of a destination in the year in which their mean is largest."""

    def measure(base, _):
        claims = base.sel(destination=destination)
        return claims.isel(year=int(claims.mean("replicate").argmax("year")))

    return measure


def of_year(destination, year):
    """A measure: claims of a destination in a year."""
    return lambda base, _: base.sel(destination=destination, year=year)


def of_gain(destination):
    """A measure: claims of 2013-14 with Canada's closing, less those without it."""

    def measure(base, opened):
        paired = (base - opened).sel(destination=destination)
        return paired.sel(year=[2013, 2014]).sum("year")

    return measure


# Name and function of each effect size, from yearly claims of both worlds to values by replicate.
MEASURES = {
    "peak GBR": of_peak("GBR"),
    "peak CAN": of_peak("CAN"),
    "CAN 2012": of_year("CAN", 2012),
    "CAN 2013": of_year("CAN", 2013),
    "CAN 2014": of_year("CAN", 2014),
    "gain DEU": of_gain("DEU"),
    "gain NLD": of_gain("NLD"),
    "NLD 2013": of_year("NLD", 2013),
}


class RunFailed(RuntimeError):
    """The program cannot be run, or ended with an error."""


def run_world(program, scenario, changes, options, path):
    """Runs a shipped scenario with changes and returns its open dataset. Errors: RunFailed."""
    variant = path.with_suffix(".yaml")
    variant.write_text(
        f"extends: {ROOT / 'scenarios' / scenario}.yaml\nname: ablation\nchanges: {changes}\n",
        encoding="utf-8",
    )
    try:
        command = [program, "run", str(variant), "-o", str(path), *options]
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        raise RunFailed(f"{program}: {error.strerror}") from error
    if done.returncode != 0:
        raise RunFailed(done.stderr.strip())
    return read(path)


def half_of_dissimilarity(scenario_text):
    """Half of the parameter `choice.dissimilarity` of a resolved scenario."""
    pattern = r"^parameters:$.*?^  choice:$.*?^    dissimilarity: ([\d.]+)$"
    found = re.search(pattern, scenario_text, re.M | re.S)
    if not found:
        raise RunFailed("the reference world does not set choice.dissimilarity")
    return float(found.group(1)) / 2


def run_ablation(program, changes, options, folder):
    """Yearly claims of the base and of the open world under the same changes, and the scenario."""
    with run_world(program, BASE, changes, options, folder / "base.h5") as base:
        with run_world(program, OPEN, changes, options, folder / "open.h5") as opened:
            check_pair(base, opened)
            claims = yearly_claims(base).load(), yearly_claims(opened).load()
        return claims, base.attrs["scenario_text"]


def run_all(program, replicates, seed):
    """Values by replicate: a dict from the ablation's name to a dict of the measures."""
    options = ["--replicates", str(replicates), "--seed", str(seed)]
    values, half = {}, None
    with tempfile.TemporaryDirectory() as folder:
        for ablation in ABLATIONS:
            changes = ablation.changes.replace(HALF, str(half))
            claims, text = run_ablation(program, changes, options, pathlib.Path(folder))
            half = half or half_of_dissimilarity(text)
            values[ablation.name] = {name: of(*claims) for name, of in MEASURES.items()}
    return values


def main(arguments=None):
    """Returns the exit code: 0, 2 if the program cannot be run, 3 if a file cannot be written."""
    parser = argparse.ArgumentParser(
        prog="python -m onward.ablations", description=__doc__.splitlines()[0]
    )
    add = parser.add_argument
    add("--onward", default=str(ROOT / "build" / "release" / "onward"), help="the program")
    add("-n", "--replicates", type=int, default=100, help="replicates (default 100)")
    add("--seed", type=int, default=1, help="seed of all draws (default 1)")
    add("-o", "--output", default="build/ablations", help="folder of the results")
    options = parser.parse_args(arguments)
    folder = pathlib.Path(options.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        values = run_all(options.onward, options.replicates, options.seed)
        text = tables(values)
        (folder / "ablations.md").write_text(text, encoding="utf-8")
        for extension in ("png", "svg"):
            draw(values).savefig(folder / f"ablations.{extension}", dpi=150)
    except (RunFailed, RunFileError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{folder}: cannot write the results: {error.strerror}", file=sys.stderr)
        return 3
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
