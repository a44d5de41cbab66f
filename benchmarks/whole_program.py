"""Times of whole runs of the program: threads, writing the file, comparing two worlds.

    "$(sh analysis/find-python)" benchmarks/whole_program.py [--replicates N] [-o table.md]

All cases are run in turn, REPEATS times; the table has medians, and the ratios are of one turn each.
Seconds of the clock suffer from whatever else runs; those of the processor, of all threads, much
less, but leave out waiting for the disk. The share of writing is by the program's own clock.
"""

import argparse
import datetime
import json
import pathlib
import platform
import resource
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
SCENARIOS = ROOT / "scenarios"
REPEATS = 5


def make_cases(program, replicates, folder):
    """Commands by name."""
    def run(threads, *more):
        return [program, "run", SCENARIOS / "canada-2013.yaml", "-n", replicates, "-t", threads, *more]

    def compare(threads, *more):
        return [program, "compare", SCENARIOS / "canada-2013.yaml", SCENARIOS / "canada-open.yaml",
                "-n", replicates, "-t", threads, *more]

    cases = {}
    for threads in (1, 2):
        cases[f"run, threads {threads}"] = run(threads)
        cases[f"run -o, threads {threads}"] = run(threads, "-o", folder / "run.h5")
        cases[f"compare, threads {threads}"] = compare(threads)
        cases[f"compare -o, threads {threads}"] = compare(threads, "-o", folder / "compare.h5")
    return cases


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(command):
    """Seconds by the clock and of the processor, and the share of writing if the program tells it."""
    start, used = time.perf_counter(), processor_seconds()
    done = subprocess.run([str(word) for word in command] + ["--json"], check=True,
                          capture_output=True, text=True)
    clock, processor = time.perf_counter() - start, processor_seconds() - used
    timing = json.loads(done.stdout).get("timing")
    writing = timing["output"] / timing["total"] if timing else None
    return {"clock": clock, "processor": processor, "writing": writing}


def time_cases(cases):
    times = {name: [] for name in cases}
    for _ in range(REPEATS):
        for name, command in cases.items():
            times[name].append(measure(command))
    return times


def ratio(times, over, under, unit):
    """The median and the range of ratios of two cases."""
    ratios = sorted(a[unit] / b[unit] for a, b in zip(times[over], times[under], strict=True))
    return f"{statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})"


def pairs():
    """Cases to be compared: what the ratio tells, above, below."""
    for threads in (1, 2):
        t = f"threads {threads}"
        yield f"run with and without -o, {t}", f"run -o, {t}", f"run, {t}"
        yield f"compare with and without -o, {t}", f"compare -o, {t}", f"compare, {t}"
        yield f"compare against run, {t}", f"compare, {t}", f"run, {t}"
    for what in ("run", "run -o", "compare"):
        yield f"{what}: threads 2 against 1", f"{what}, threads 2", f"{what}, threads 1"


def report(times, replicates):
    def median(some, key):
        return statistics.median(one[key] for one in some)

    lines = [f"{datetime.date.today()}, {platform.platform()}, `canada-2013`, {replicates} replicates, "
             f"median of {REPEATS} in turn.", "",
             "| command | seconds | replicates/s | seconds of the processor | share of writing |",
             "|---|---|---|---|---|"]
    for name, some in times.items():
        clock = median(some, "clock")
        writing = "" if some[0]["writing"] is None else f"{100 * median(some, 'writing'):.1f} %"
        lines.append(f"| {name} | {clock:.2f} | {replicates / clock:.1f} | "
                     f"{median(some, 'processor'):.2f} | {writing} |")
    lines += ["", "| ratio | by the clock: median (range) | of the processor |", "|---|---|---|"]
    for what, over, under in pairs():
        lines.append(f"| {what} | {ratio(times, over, under, 'clock')} | "
                     f"{ratio(times, over, under, 'processor')} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path,
                        default=ROOT / "build" / "release" / "onward")
    parser.add_argument("--replicates", type=int, default=100)
    parser.add_argument("-o", "--output", type=pathlib.Path, help="file for the table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cases = make_cases(options.program, options.replicates, pathlib.Path(folder))
        text = report(time_cases(cases), options.replicates)
    print(text, end="")
    if options.output:
        options.output.write_text(text)


if __name__ == "__main__":
    main()
