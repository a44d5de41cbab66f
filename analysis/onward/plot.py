"""Draws simulated claims against the record.

    python -m onward.plot RUN.h5 -o figure.png [--held-out 2013-2015]
"""

import argparse
import os
import sys

from .plots import fan_against_record
from .read import RunFileError, read

FORMATS = (".png", ".svg", ".pdf")


def year_span(text):
    """The first and last year of YYYY-YYYY. Errors: ArgumentTypeError."""
    first, dash, last = text.partition("-")
    if not (dash and first.isdigit() and last.isdigit() and int(first) <= int(last)):
        raise argparse.ArgumentTypeError(f"{text!r} is not two years in order, as 2013-2015")
    return int(first), int(last)


def main(arguments=None):
    """Returns the exit code: 0, 2 for the user's mistakes, 3 if the figure cannot be written."""
    parser = argparse.ArgumentParser(
        prog="python -m onward.plot",
        description="Draws yearly asylum claims of a run by destination: mean and 5-95 %% of the "
        "replicates, and the observed record.",
    )
    parser.add_argument("run", help="run file")
    parser.add_argument("-o", "--output", required=True, help="figure: .png, .svg or .pdf")
    parser.add_argument(
        "--held-out", type=year_span, metavar="YYYY-YYYY",
        help="years that the parameters have not seen, to be shaded",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    extension = os.path.splitext(options.output)[1].lower()
    if extension not in FORMATS:
        print(f"{options.output}: the name must end in {', '.join(FORMATS)}", file=sys.stderr)
        return 2
    try:
        with read(options.run) as run:
            figure = fan_against_record(run, options.held_out)
    except RunFileError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        figure.savefig(options.output, dpi=150)
    except OSError as error:
        print(f"{options.output}: cannot write the figure: {error.strerror}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
