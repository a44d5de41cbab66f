"""Whether implementations of the reduced workload agree, before anybody compares their speed.

Two implementations that do the same differ in their random numbers only, so their runs can be
exchanged. The test is by permutation, which needs nothing but that: in how many of the ways of
dealing out the runs would the two differ as much as they do? Two measures of difference are used,
the sum of squared differences of means over all monthly numbers and over the sums before and after
the shock, each number divided by its variance over runs. Each measure may raise a false alarm in half
of LEVEL, so that one pair that does agree fails with a chance of at most LEVEL.
"""

import numpy as np

SHOCK = 12
LEVEL = 0.001
PERMUTATIONS = 19_999


def monthly(tables):
    """The numbers of a run as one array of months times series, and the names of the series."""
    columns, names = [], []
    for name in ("considerations", "moves", "stock", "clients", "offers", "success"):
        if name not in tables:
            continue
        # Where nothing is random, the last digits of a sum depend on its order.
        table = np.asarray(tables[name], float).round(9)
        table = table.reshape(len(table), -1)
        columns.append(table)
        names += [f"{name} {i}" for i in range(table.shape[1])]
    return np.hstack(columns), names


def by_halves(months):
    """Sums before and after the shock: runs times series."""
    return np.hstack([months[:, :SHOCK].sum(axis=1), months[:, SHOCK:].sum(axis=1)])


def differences(cells, first, deals):
    """Sum over cells of squared differences of means, one for each deal of the runs.

    `cells` is runs times cells, `deals` is deals times runs: true for the first implementation.
    """
    varies = cells.std(axis=0) > 0
    scaled = (cells[:, varies] - cells[:, varies].mean(axis=0)) / cells[:, varies].std(axis=0)
    weights = np.where(deals, 1.0 / first, -1.0 / (len(cells) - first))
    return ((weights @ scaled) ** 2).sum(axis=1)


def deal(runs, first, seed=1):
    """How the runs were dealt out, and random other ways."""
    rng = np.random.default_rng(seed)
    dealt = np.arange(runs) < first
    return np.vstack([dealt, rng.permuted(np.tile(dealt, (PERMUTATIONS, 1)), axis=1)])


def chance(differences):
    """Share of the deals that differ at least as much as the first, itself included."""
    return float(np.mean(differences >= differences[0] * (1.0 - 1e-12)))


def compare(ours, theirs):
    """Chances of a difference as large between two lists of tables: monthly, and by halves."""
    shared = set(ours[0]) & set(theirs[0])
    runs = [{name: run[name] for name in shared} for run in [*ours, *theirs]]
    months = np.stack([monthly(run)[0] for run in runs])
    deals = deal(len(runs), len(ours))
    flat = months.reshape(len(runs), -1)
    return (chance(differences(flat, len(ours), deals)),
            chance(differences(by_halves(months), len(ours), deals)))


def agree(ours, theirs):
    """Whether the test finds no difference between two lists of tables."""
    return min(compare(ours, theirs)) > LEVEL / 2


def totals(tables):
    """What a reader wants to see of a run, by name."""
    moves = np.asarray(tables["moves"])
    departures = moves[:, 0, 1:].sum()
    return {
        "considerations": np.sum(tables["considerations"]),
        "departures": departures,
        "of them to the shocked after the shock": moves[SHOCK:, 0, 1:3].sum(),
        "share with a broker": np.sum(tables["clients"]) / departures,
        "came home": moves[:, 1:, 0].sum(),
        "people at home at the end": tables["stock"][-1][0],
        "products on offer at the end": np.sum(tables["offers"][-1]),
        "mean success at the end": tables.get("success", [np.nan])[-1],
    }


def table_of_totals(runs):
    """Lines of Markdown: means of the totals with their standard errors. `runs` is by name."""
    rows = {name: [totals(run) for run in some] for name, some in runs.items()}
    lines = ["| mean of a run | " + " | ".join(rows) + " |", "|---" * (len(rows) + 1) + "|"]
    for what in next(iter(rows.values()))[0]:
        cells = []
        for some in rows.values():
            values = np.array([row[what] for row in some], float)
            error = values.std(ddof=1) / np.sqrt(len(values))
            digits = 0 if values.mean() > 10 else 3
            cells.append(f"{values.mean():,.{digits}f} ± {error:,.{max(digits, 1)}f}")
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    return lines
