"""The implementations of the reduced workload, each a program that takes PEOPLE HAZARD SEED and
prints the same JSON object."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}


@dataclass(frozen=True)
class Peer:
    name: str
    command: tuple          # with {people}, {hazard} and {seed}
    needs: str              # a file without which it cannot run
    advice: str             # how to get it
    reals: str
    vectors: str
    generator: str
    visits: str             # whom a month touches

    def is_there(self):
        return shutil.which(self.command[0]) is not None and os.path.exists(self.needs)

    def run(self, people, hazard, seed):
        """What the program prints. Errors: CalledProcessError."""
        words = [word.format(people=people, hazard=hazard, seed=seed) for word in self.command]
        done = subprocess.run(words, check=True, capture_output=True, text=True,
                              env={**os.environ, **ONE_THREAD, "PYTHONDONTWRITEBYTECODE": "1"})
        return json.loads(done.stdout)


def find_peers(build):
    """All implementations; `build` is the folder with Onward's programs."""
    arguments = ("{people}", "{hazard}", "{seed}")
    script = str(FOLDER / "agentscript" / "workload.js")
    built = "cmake --preset release -DONWARD_BENCHMARKS=ON && cmake --build --preset release"
    onward, floor = build / "peer_onward", build / "peer_floor"
    fast, plain = FOLDER / "numpy" / "workload.py", FOLDER / "numpy" / "plain.py"
    return [
        Peer("Onward", (str(onward), *arguments), onward, built,
             "64", "256 bit where marked", "Philox 4x32-10, keyed", "candidates"),
        Peer("NumPy, tuned", (sys.executable, str(fast), *arguments), fast, "",
             "32", "as NumPy finds", "SFC64", "candidates"),
        Peer("NumPy, plain", (sys.executable, str(plain), *arguments), plain, "",
             "64", "as NumPy finds", "PCG64", "everybody"),
        Peer("agentscript", ("node", "--random-seed={seed}", script, "{people}", "{hazard}"),
             FOLDER / "agentscript" / "node_modules" / "agentscript",
             "npm ci --prefix benchmarks/peers/agentscript",
             "64", "none", "xorshift128+", "everybody"),
        Peer("bare loop", (str(floor), *arguments), floor, built,
             "32", "256 bit", "xoshiro256++", "candidates"),
    ]
