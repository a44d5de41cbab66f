"""Prints yearly claims of two runs and their paired difference.

    python -m onward.difference BASE.h5 VARIANT.h5 [--all]
"""

import argparse
import os
import sys

from .compare import paired_difference
from .read import RunFileError

HEADINGS = ("year", "destination", "base", "variant", "difference", "90 % interval of the mean")


def shown_years(table, is_all):
    """Years in which the runs differ, or all years; then 0, which stands for all together."""
    years = [int(year) for year in table.year.values if year != 0]
    if not is_all:
        differs = (table["q05"] != 0) | (table["q95"] != 0) | (table["difference"] != 0)
        years = [year for year in years if bool(differs.sel(year=year).any())]
    return years + [0]


def signed(number):
    """A number with its sign and one decimal; never -0.0."""
    text = f"{number:+.1f}"
    return "+0.0" if text == "-0.0" else text


def rows_of_year(table, year):
    """Texts of the rows of one year: destinations with claims in either run, then the total."""
    rows = []
    for destination in table.destination.values:
        cell = table.sel(year=year, destination=destination)
        value = {name: float(cell[name]) for name in cell.data_vars}
        if destination != "all" and value["base"] == 0 and value["variant"] == 0:
            continue
        interval = "unknown (one replicate)"
        if value["low"] == value["low"]:
            interval = f"[{signed(value['low'])}, {signed(value['high'])}]"
        rows.append(
            (
                "all" if year == 0 else str(year),
                str(destination),
                f"{value['base']:.1f}",
                f"{value['variant']:.1f}",
                signed(value["difference"]),
                interval,
            )
        )
    return rows


def format_rows(blocks):
    """Lines of a table in aligned columns, with an empty line between blocks."""
    rows = [HEADINGS] + [row for block in blocks for row in block]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]

    def line(row):
        cells = [
            row[i].ljust(widths[i]) if i in (0, 1, 5) else row[i].rjust(widths[i])
            for i in range(len(row))
        ]
        return "  ".join(cells).rstrip()

    lines = [line(HEADINGS)]
    for block in blocks:
        lines.append("")
        lines.extend(line(row) for row in block)
    return lines


def main(arguments=None):
    """Returns the exit code: 0, or 2 if the files cannot be compared."""
    parser = argparse.ArgumentParser(
        prog="python -m onward.difference",
        description="Yearly asylum claims of two runs on the same draws, and the difference "
        "paired by replicate with the 90 %% interval of its mean (Student's t).",
    )
    parser.add_argument("base", help="run file of the base")
    parser.add_argument("variant", help="run file of the variant")
    parser.add_argument("--all", action="store_true", help="also years without a difference")
    options = parser.parse_args(arguments)
    try:
        table = paired_difference(options.base, options.variant)
    except RunFileError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"base     {options.base}")
    print(f"variant  {options.variant}")
    print(f"claims, mean of {table.attrs['replicates']} replicates on the same draws")
    years = shown_years(table, options.all)
    if years == [0]:
        print("no claim differs in any year")
    print("\n".join(format_rows([rows_of_year(table, year) for year in years])))
    return 0


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
