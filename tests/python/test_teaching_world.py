"""What docs/howto/classroom.md tells students to look for shows in the runs of the lesson.

The bounds are far from the means, which the page has: a test fails when an effect of the lesson is
gone or has become a different one.
"""

import pytest
from conftest import ROOT

import onward

FOLDER = ROOT / "scenarios" / "teaching"


@pytest.fixture(scope="module")
def claims(run_onward, tmp_path_factory):
    """Mean claims by year and destination of each world of the lesson."""
    folder = tmp_path_factory.mktemp("lesson")

    def mean(variant):
        path = folder / f"{variant}.h5"
        run_onward("run", FOLDER / f"{variant}.yaml", "-o", path)
        with onward.read(path) as run:
            return onward.yearly_claims(run).mean("replicate").load()

    runs = {name: mean(f"drowned-isles-{name}") for name in ("open", "silent", "no-brokers")}
    return {"base": mean("drowned-isles"), **runs}


def cell(table, destination, year):
    return float(table.sel(destination=destination, year=year))


def test_the_first_door_has_a_wave(claims):
    base = claims["base"]
    assert cell(base, "Auren", 2043) > 2 * cell(base, "Auren", 2041) > 0
    assert float(base.sel(destination="Elvane").sum()) < 0.1 * float(base.sum())


def test_worlds_agree_until_the_news(claims):
    before = slice(2041, 2043)
    for name in ("open", "silent"):
        assert claims[name].sel(year=before).equals(claims["base"].sel(year=before))


def test_a_loud_closing_displaces_some_and_deters_some(claims):
    change = (claims["base"] - claims["open"]).sel(year=2045)
    lost = -float(change.sel(destination="Auren"))
    gained = float(change.sum()) + lost
    assert lost > 0.8 * cell(claims["open"], "Auren", 2045)
    assert 0.2 * lost < gained < 0.9 * lost
    assert float(change.sel(destination="Bellamar")) > 0.5 * gained


def test_a_silent_closing_ends_claims_late(claims):
    for year, share in ((2045, 0.6), (2046, 0.2)):
        opened = cell(claims["open"], "Auren", year)
        assert cell(claims["base"], "Auren", year) < 0.1 * opened
        assert cell(claims["silent"], "Auren", year) > share * opened
    assert cell(claims["silent"], "Auren", 2048) < 0.5 * cell(claims["open"], "Auren", 2048)


def test_the_neighbour_closed_silently_and_ends_late(claims):
    base = claims["base"]
    before, after, end = (cell(base, "Bellamar", year) for year in (2045, 2047, 2048))
    assert after > 0.2 * before
    assert end < 0.25 * before


def test_the_right_to_work_draws_claims(claims):
    base = claims["base"]
    assert cell(base, "Cadmor", 2050) > 1.5 * cell(base, "Cadmor", 2047)


def test_without_brokers_fewer_go_and_the_wave_is_late(claims):
    base, without = claims["base"], claims["no-brokers"]
    assert float(without.sum()) < 0.8 * float(base.sum())
    assert cell(without, "Auren", 2042) < 0.6 * cell(base, "Auren", 2042)
