"""Time and memory of scenarios/worlds/globe.yaml and of smaller copies of it, on one thread and on all.

    PYTHONPATH=analysis python benchmarks/globe.py [--onward PROGRAM] [--people 1e5 1e6 1e7 1e8] [--threads 1 2]

Prints a line for each run, then the exponent of processor time against people for each number of threads.
"""

import argparse
import json
import math
import pathlib
import resource
import subprocess
import tempfile
import time

from onward.globe import scale_world

ROOT = pathlib.Path(__file__).resolve().parents[1]
GLOBE = ROOT / "scenarios" / "worlds" / "globe.yaml"
EVERYONE = 120.382e6  # people of the whole world, those of the twenty years included


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(program, people, threads, folder):
    """Runs a copy with about so many people; returns what it took."""
    world = folder / "world.yaml"
    world.write_text(scale_world(GLOBE.read_text(), people / EVERYONE))
    start, before = time.perf_counter(), processor_seconds()
    done = subprocess.run([program, "run", world, "-n", "1", "-t", str(threads), "--json",
                           "-o", folder / "run.h5"], check=True, stdout=subprocess.PIPE)
    wall, used = time.perf_counter() - start, processor_seconds() - before
    found = json.loads(done.stdout)
    print(f"{found['persons']:>11,} people  {threads} threads  {wall:7.2f} s  {used:7.2f} s of processors  "
          f"{found['person_months'] / used:.2e} person-months/s/core  {found['decisions']:,} decisions  "
          f"output {found['timing']['output']:.2f} s", flush=True)
    return found["persons"], used


def exponent(points):
    """Least-squares slope of log seconds against log people."""
    xs, ys = zip(*((math.log(people), math.log(seconds)) for people, seconds in points))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--onward", default=str(ROOT / "build" / "release" / "onward"))
    parser.add_argument("--people", type=float, nargs="+", default=[1e5, 1e6, 1e7, EVERYONE])
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for threads in arguments.threads:
            points = [run(arguments.onward, people, threads, pathlib.Path(name))
                      for people in arguments.people]
            if len(points) > 1:
                print(f"exponent on {threads} threads: {exponent(points):.3f}")


if __name__ == "__main__":
    main()
