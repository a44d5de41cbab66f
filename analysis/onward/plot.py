"""Draws simulated claims against the record.

    python -m onward.plot RUN.h5 -o figure.png
"""

import argparse
import os
import sys

from .plots import fan_against_record
from .read import RunFileError, read

FORMATS = (".png", ".svg", ".pdf")


def main(arguments=None):
    """Returns the exit code: 0, 2 for the user's mistakes, 3 if the figure cannot be written."""
    parser = argparse.ArgumentParser(
        prog="python -m onward.plot",
        description="Draws yearly asylum claims of a run by destination: mean and 5-95 %% of the "
        "replicates, and the observed record.",
    )
    parser.add_argument("run", help="run file")
    parser.add_argument("-o", "--output", required=True, help="figure: .png, .svg or .pdf")
    options = parser.parse_args(arguments)
    extension = os.path.splitext(options.output)[1].lower()
    if extension not in FORMATS:
        print(f"{options.output}: the name must end in {', '.join(FORMATS)}", file=sys.stderr)
        return 2
    try:
        with read(options.run) as run:
            figure = fan_against_record(run)
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
