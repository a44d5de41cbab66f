"""Onward against NumPy, agentscript and a bare loop on the workload of WORKLOAD.md.

    "$(sh analysis/find-python)" benchmarks/compare_peers.py [--quick] [-o table.md]

First every implementation must agree with Onward, or there are no times. Then all are timed in turn,
five times, on one thread, and the medians of the ratios are printed as Markdown.
"""

import argparse
import datetime
import pathlib
import platform
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "peers"))
import agreement  # noqa: E402
import programs  # noqa: E402

HAZARDS = (0.02, 0.075)
PEOPLE_THAT_AGREE = 20_000  # what differs between runs is mostly the brokers, so more runs tell more
LEAST_SECONDS = 0.2


def check_agreement(peers, people, seeds, say):
    """Runs every peer with several seeds at each hazard; whether all agree with the first."""
    good = True
    for hazard in HAZARDS:
        runs = {peer.name: [peer.run(people, hazard, seed)["tables"] for seed in range(1, seeds + 1)]
                for peer in peers}
        say(f"\n### Agreement at a hazard of {hazard:g} a month\n")
        say(f"{people:,} people, {seeds} runs each; means with their standard errors.\n")
        for line in agreement.table_of_totals(runs):
            say(line)
        say("")
        first = peers[0].name
        for name in runs:
            if name == first:
                continue
            months, halves = agreement.compare(runs[first], runs[name])
            passed = min(months, halves) > agreement.LEVEL / 2
            good = good and passed
            say(f"- {first} and {name}: p = {months:.4f} by month, {halves:.4f} before and after the "
                f"shock: {'agree' if passed else 'DIFFER'}")
    say(f"\nA pair that does the same fails with a chance of at most {agreement.LEVEL:g}.")
    return good


def measure(peer, people, hazard, seed):
    """One timing: as many runs in a row as take LEAST_SECONDS of months."""
    total = {"start_s": 0.0, "months_s": 0.0, "person_months": 0, "decisions": 0}
    runs = 0
    while total["months_s"] < LEAST_SECONDS:
        result = peer.run(people, hazard, seed + 100 * runs)
        for key in total:
            total[key] += result[key]
        runs += 1
    return {"rate": total["person_months"] / total["months_s"] / 1e6,
            "decisions": total["decisions"] / total["months_s"] / 1e6,
            "start": total["start_s"] / runs}


def time_peers(peers, people, repeats, say):
    for hazard in HAZARDS:
        times = {peer.name: [] for peer in peers}
        for repeat in range(repeats):
            for peer in peers:
                times[peer.name].append(measure(peer, people, hazard, repeat + 1))
        say(f"\n### Speed at a hazard of {hazard:g} a month\n")
        say(f"{people:,} people, one thread, median of {repeats} runs in turn.\n")
        say("| | million person-months/s | million decisions/s | start, s | Onward's speed relative to "
            "it | bits of a real | vectors | generator | a month visits |")
        say("|---" * 9 + "|")
        for peer in peers:
            say(line_of(peer, times[peers[0].name], times[peer.name]))


def line_of(peer, ours, theirs):
    def median(of, key):
        return statistics.median(run[key] for run in of)

    ratios = sorted(our["rate"] / their["rate"] for our, their in zip(ours, theirs, strict=True))
    ratio = "1" if ours is theirs else (
        f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    return (f"| {peer.name} | {median(theirs, 'rate'):.1f} | {median(theirs, 'decisions'):.2f} | "
            f"{median(theirs, 'start'):.2f} | {ratio} | {peer.reals} | {peer.vectors} | "
            f"{peer.generator} | {peer.visits} |")


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=programs.ROOT / "build" / "release")
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--seeds", type=int, default=200, help="runs of each for the agreement")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="40 runs, 100,000 people, 3 timings")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="file for the tables")
    options = parser.parse_args()
    if options.quick:
        options.seeds, options.people, options.repeats = 40, 100_000, 3

    lines = []

    def say(line):
        print(line, flush=True)
        lines.append(line)

    peers = programs.find_peers(options.build)
    for peer in peers:
        if not peer.is_there():
            print(f"{peer.name} is left out. To have it: {peer.advice}", file=sys.stderr)
    peers = [peer for peer in peers if peer.is_there()]
    if not peers or peers[0].name != "Onward":
        sys.exit("peer_onward is not built.")
    say(f"{datetime.date.today()}, {processor()}, {platform.platform()}, Python "
        f"{platform.python_version()}")
    good = check_agreement(peers, PEOPLE_THAT_AGREE, options.seeds, say)
    if good:
        time_peers(peers, options.people, options.repeats, say)
    if options.output:
        options.output.write_text("\n".join(lines) + "\n")
    sys.exit(0 if good else "The implementations differ; nothing was timed.")


if __name__ == "__main__":
    main()
