"""Writes scenarios/worlds/globe.yaml, a world as large as all displacement, from UNHCR's tables.

    python -m onward.globe DISPLACED.csv HOSTED.csv -o scenarios/worlds/globe.yaml

DISPLACED.csv has the columns origin, refugees, asylum_seekers, internally_displaced, other_in_need; HOSTED.csv has
country, hosted_from_abroad.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

FIRST_YEAR = 2024
YEARS = 20
SMALLEST_GROUP = 200_000  # people of an origin that is a group of its own
YEARLY_GROWTH = 0.006  # of the people at the start
DESTINATIONS = 40
NO_ORIGIN = {"UNK", "XXA"}  # unknown and stateless: pooled with the small origins
ENGLISH = {"USA", "GBR", "CAN", "AUS", "IRL", "IND", "KEN", "UGA", "TZA"}

HEAD = """\
# yaml-language-server: $schema=../scenario.schema.json
#
# A TEST OF SCALE, NOT OF SUBSTANCE. Everyone whom UNHCR counted as displaced at the end of 2023, {total:,} people, and
# those displaced after them, for twenty years. The numbers of people by origin and by host are UNHCR's; how
# people live, choose and are received is copied from the reference case or simply assumed, the same for all. Nothing
# that this world does with anyone is a forecast, and there is no record to judge it by.
#
# Written by `python -m onward.globe`; change that instead.

name: globe
title: Everyone displaced on Earth at the end of 2023 and for twenty years on, as a test of scale.
currency: million KRW
start: {first}-01
end: {last}-12

groups:
"""

GROUP = """\
  {name}:
    note: {note}
    home: displaced
    arrivals:
      {stock_year}: {people}   # everyone at the start
{years}
      source: "UNHCR Refugee Data Finder (R package refugees 2025.12), end of 2023: {source}; growth by {growth} % of that a year is an assumption"
    female: {{{stock_year}: 0.5, source: "assumption"}}
    ages: *ages
    kin: {{value: 0.6, source: "assumption: as the reference case"}}
    english: {{value: 0.1, source: "assumption: as the reference case"}}
    record: {{value: 0, source: "assumption: one citizenship"}}
    can_return: {{value: true, source: "assumption"}}
    savings: {{value: 2.0, source: "assumption: as the reference case"}}
    savings_spread: {{value: 0.8, source: "assumption: as the reference case"}}
"""

AGES = """\
    ages: &ages
      - {from: 0, to: 17, share: 0.40, children: 0, tertiary: 0, source: "assumption: four in ten are minors"}
      - {from: 18, to: 39, share: 0.35, children: 0.45, tertiary: 0.08, source: "assumption"}
      - {from: 40, to: 75, share: 0.25, children: 0.35, tertiary: 0.08, source: "assumption"}
"""

HOME = """
destinations:
  displaced:   # wherever people were at the end of 2023, in their own country or abroad: one place for all
    asylum: false
    income: {value: 1.0, source: "assumption: coarse"}
    levers:
      discrimination: {value: 0.25, source: "assumption: as the reference case"}
      unemployment: {value: 0.5, source: "assumption: coarse"}
"""

DESTINATION = """
  {name}:
    asylum: true
    nest: abroad{english}
    attraction: {{value: -7.0, source: "assumption: set so that about as many claim, for each of the displaced, as in the reference case"}}
    income: {{value: 2.0, source: "assumption: coarse"}}
    travel_cost: {{value: 2.0, source: "assumption: as the reference case"}}
    population_abroad: {{value: {hosted}, source: "UNHCR Refugee Data Finder (R package refugees 2025.12), end of 2023: people hosted from abroad"}}
    levers:
      visa_free: {{value: 0.5, source: "assumption"}}
      recognition: {{value: 0.5, source: "assumption"}}
      closure: {{value: 0.1, source: "assumption"}}
"""

TAIL = """
communities:
  size: {value: 10000, source: "assumption: coarse, so that there are some ten thousand of them"}
  ties: {value: 6, source: "assumption: as the reference case"}
  far_ties: {value: 0, source: "there is one region"}
  regions: {everywhere: 1.0, source: "assumption: no regions"}

brokers:
  slots: {value: 24, source: "assumption: as the reference case"}
  reach: {value: 0.3, source: "assumption: as the reference case"}
  capacity: {value: 20000, source: "assumption: about as many for each of the displaced as the reference case"}
  fee: {value: 2.0, source: "assumption: as the reference case"}
  credit: {value: 3.0, source: "assumption: as the reference case"}
  exaggeration: {value: 0.3, source: "assumption: as the reference case"}
  products:
    - {destination: DEU, story: conceal, share: 0.3, source: "assumption"}
    - {destination: USA, story: conceal, share: 0.3, source: "assumption"}

"""


def read_displaced(path: Path) -> dict[str, int]:
    """People displaced, by origin."""
    with path.open(newline="") as file:
        return {row.pop("origin"): sum(map(int, row.values())) for row in csv.DictReader(file)}


def read_hosted(path: Path) -> dict[str, int]:
    """People hosted from abroad, by country."""
    with path.open(newline="") as file:
        return {row["country"]: int(row["hosted_from_abroad"]) for row in csv.DictReader(file)}


def split_origins(displaced: dict[str, int]) -> tuple[dict[str, int], int]:
    """The groups of their own, largest first, and the people of all other origins."""
    large = {o: n for o, n in displaced.items() if n >= SMALLEST_GROUP and o not in NO_ORIGIN}
    ordered = dict(sorted(large.items(), key=lambda item: -item[1]))
    return ordered, sum(displaced.values()) - sum(ordered.values())


def parameter_block(reference: Path) -> str:
    """The block `parameters:` of the reference world, as it stands there."""
    lines = reference.read_text().splitlines()
    first = lines.index("parameters:")
    last = next(i for i in range(first + 1, len(lines)) if not lines[i].startswith(" "))
    block = [line for line in lines[first:last] if not line.startswith("  note:")]
    return "\n".join(["# As in north-korea.yaml.", *block]) + "\n"


def group_text(name: str, people: int, note: str, source: str) -> str:
    newcomers = round(people * YEARLY_GROWTH)
    years = "\n".join(f"      {FIRST_YEAR + i}: {newcomers}" for i in range(YEARS))
    return GROUP.format(name=name, note=note, people=people, years=years, source=source,
                        stock_year=FIRST_YEAR - 1, growth=f"{100 * YEARLY_GROWTH:.1f}")


def world_text(displaced: dict[str, int], hosted: dict[str, int], parameters: str) -> str:
    large, rest = split_origins(displaced)
    text = HEAD.format(total=sum(displaced.values()), first=FIRST_YEAR, last=FIRST_YEAR + YEARS - 1)
    counted = "refugees, asylum seekers, internally displaced and others in need, of this origin"
    groups = [group_text(o, n, f"displaced people from {o}", counted) for o, n in large.items()]
    groups.append(group_text("rest", rest, "all smaller origins, the unknown and the stateless",
                             "the sum over all other rows"))
    groups[0] = groups[0].replace("    ages: *ages\n", AGES)
    text += "\n".join(groups) + HOME
    hosts = sorted(hosted.items(), key=lambda item: -item[1])[:DESTINATIONS]
    for name, people in hosts:
        english = "\n    english: true" if name in ENGLISH else ""
        text += DESTINATION.format(name=name, hosted=people, english=english)
    return text + TAIL + parameters


def scale_world(text: str, factor: float) -> str:
    """The text of globe.yaml with `factor` times as many people, hosts' residents and clients of brokers."""
    def scaled(match: re.Match) -> str:
        return match[1] + str(max(1, round(factor * int(match[2]))))

    for pattern in (r"^(      20\d\d: )(\d+)", r"(population_abroad: \{value: )(\d+)",
                    r"^(  capacity: \{value: )(\d+)"):
        text = re.sub(pattern, scaled, text, flags=re.MULTILINE)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("displaced", type=Path)
    parser.add_argument("hosted", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    worlds = Path(__file__).resolve().parents[2] / "scenarios" / "worlds"
    text = world_text(read_displaced(arguments.displaced), read_hosted(arguments.hosted),
                      parameter_block(worlds / "north-korea.yaml"))
    arguments.output.write_text(text)


if __name__ == "__main__":
    main()
