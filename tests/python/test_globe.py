"""scenarios/worlds/globe.yaml: it is good, and a smaller copy takes the memory that it was said to take."""

import os
import re

import pytest
from conftest import ROOT
from onward.globe import read_displaced, read_hosted, scale_world, split_origins, world_text

GLOBE = ROOT / "scenarios" / "worlds" / "globe.yaml"


def test_the_globe_is_a_good_scenario(run_onward):
    assert "globe.yaml: good" in run_onward("check", GLOBE).stdout


def test_small_and_unknown_origins_are_pooled():
    large, rest = split_origins({"AAA": 300_000, "BBB": 900_000, "CCC": 199_999, "UNK": 400_000})
    assert list(large.items()) == [("BBB", 900_000), ("AAA", 300_000)]
    assert rest == 599_999


def test_the_tables_are_added_up_and_written_out(tmp_path):
    displaced, hosted = tmp_path / "displaced.csv", tmp_path / "hosted.csv"
    displaced.write_text("origin,refugees,asylum_seekers,internally_displaced,other_in_need\n"
                         "AAA,200000,30,4,1\nBBB,5,0,0,0\n")
    hosted.write_text("country,hosted_from_abroad\nCCC,17\nDDD,23\n")
    text = world_text(read_displaced(displaced), read_hosted(hosted), "")
    assert re.search(r"^  AAA:$", text, re.MULTILINE) and "2023: 200035 " in text
    assert "2024: 1200\n" in text  # growth of 0.6 %
    assert re.search(r"^  rest:(\n.*){4}2023: 5 ", text, re.MULTILINE)
    assert text.index("  DDD:") < text.index("  CCC:")
    assert "population_abroad: {value: 23," in text


def test_the_estimate_of_memory_is_near_the_peak(onward_program, tmp_path):
    world = tmp_path / "mid.yaml"
    world.write_text(scale_world(GLOBE.read_text(), 0.08))
    pid = os.posix_spawn(onward_program, [onward_program, "run", str(world), "-n", "1"], os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, str(tmp_path / "err.txt"), os.O_WRONLY | os.O_CREAT, 0o644)])
    _, status, used = os.wait4(pid, 0)
    assert status == 0
    said = re.search(r"needs about ([0-9.]+) GiB", (tmp_path / "err.txt").read_text())
    peak = used.ru_maxrss / 2**20  # KiB on Linux
    assert float(said[1]) == pytest.approx(peak, rel=0.3)
