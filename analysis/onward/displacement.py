"""Draws what a comparison found: where the blocked go, claims that differ, and when.

    python -m onward.displacement COMPARE.h5 -o DIR

Writes `flows`, `claims` and `lag` into DIR, each as .png and .svg. The file is what
`onward compare BASE VARIANT -o COMPARE.h5` writes.
"""

import argparse
import pathlib
import sys

from .displacement_claims import draw_claims
from .displacement_flows import draw_flows
from .displacement_lag import draw_lag
from .read import RunFileError, read_comparison

FIGURES = {"flows": draw_flows, "claims": draw_claims, "lag": draw_lag}


def write_figures(comparison, folder):
    """Writes every figure into a folder. Errors: RunFileError if there is nothing to draw."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in FIGURES.items():
        figure = draw(comparison)
        for extension in ("png", "svg"):
            figure.savefig(folder / f"{name}.{extension}", dpi=150)


def main(arguments=None):
    """Returns the exit code: 0, 2 for the user's mistakes, 3 if a figure cannot be written."""
    parser = argparse.ArgumentParser(
        prog="python -m onward.displacement", description=__doc__.splitlines()[0]
    )
    parser.add_argument("comparison", help="comparison file")
    parser.add_argument("-o", "--output", required=True, help="folder of the figures")
    options = parser.parse_args(arguments)
    folder = pathlib.Path(options.output)
    try:
        with read_comparison(options.comparison) as comparison:
            comparison.load()
        if not int(comparison.blocked.sel(people="everyone").sum()):
            raise RunFileError(f"{options.comparison}: nobody is blocked; there is nothing to draw")
        write_figures(comparison, folder)
    except RunFileError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{folder}: cannot write the figures: {error.strerror}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
