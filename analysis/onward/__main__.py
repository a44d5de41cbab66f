"""Lists the commands of this package: `python -m onward`."""

print(
    "python -m onward.difference BASE.h5 VARIANT.h5   table of yearly claims, paired differences\n"
    "python -m onward.plot RUN.h5 -o FIGURE           simulated claims against the record\n"
    "python -m onward.displacement COMPARE.h5 -o DIR  who goes where instead, when: three figures\n"
    "python -m onward.ablations -o DIR                the reference case without one mechanism each"
)
