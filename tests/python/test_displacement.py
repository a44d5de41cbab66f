"""Figures of comparisons: what they draw, and what the command refuses."""

import numpy
import pytest
from conftest import SCENARIO
from test_comparison_file import closing, made, make, tables  # noqa: F401 (fixtures)

from onward import displacement, displacement_claims, displacement_flows, displacement_lag


@pytest.fixture(scope="module")
def figures(made, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("figures") / "new"
    assert displacement.main([str(made[0]), "-o", str(folder)]) == 0
    return folder


def texts_of(figure):
    return [text.get_text() for text in figure.findobj(lambda item: hasattr(item, "get_text"))]


def test_one_command_draws_all(figures):
    assert {path.name for path in figures.iterdir()} == {
        f"{name}.{extension}" for name in displacement.FIGURES for extension in ("png", "svg")
    }
    for path in figures.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")
    for path in figures.glob("*.svg"):
        assert "<svg" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("draw", displacement.FIGURES.values())
def test_titles_name_the_pair_replicates_and_seed(tables, draw):  # noqa: F811
    origin = "closing against small, 6 replicates, seed 3"
    assert origin in texts_of(draw(tables))


def test_strands_sum_to_the_blocked(tables):  # noqa: F811
    strands = displacement_flows.strands_of(tables)
    blocked = float(tables.blocked.sel(people="everyone").mean("replicate"))
    drawn = sum(strand.persons for strand in strands)
    assert blocked * (1 - 4 * displacement_flows.SMALLEST_SHOWN) <= drawn <= blocked + 1e-9
    going = sum(strand.persons for strand in strands if strand.response == "spatial")
    spatial = tables.responses.sel(people="everyone", response="spatial").mean("replicate")
    assert going == pytest.approx(float(spatial))
    figure = displacement_flows.draw_flows(tables)
    for strand in strands:
        assert strand.label in texts_of(figure)
        assert f"{100 * strand.persons / blocked:.1f} %" in texts_of(figure)


def test_every_destination_that_differs_is_drawn_or_named(tables):  # noqa: F811
    drawn, others = displacement_claims.split_by_size(tables)
    sizes = [size for _, size in drawn + others]
    assert sizes == sorted(sizes, reverse=True) and min(sizes) > 0
    differs = abs(tables.claims_difference.mean("replicate")).max("year") > 0
    assert {name for name, _ in drawn + others} == set(tables.destination.values[differs])
    assert "At most 4 a year in X, Y." in displacement_claims.note_on([("X", 3.2), ("Y", 1.0)])


def test_the_departed_cumulate_to_the_blocked(tables):  # noqa: F811
    would = displacement_lag.cumulated(tables, "blocked_by_month")
    assert (numpy.diff(would, axis=1) >= 0).all()
    assert (would[:, -1] == tables.blocked.sel(people="everyone").values).all()
    months = int((tables.month.values >= numpy.datetime64(tables.attrs["parting"])).sum())
    assert would.shape[1] == months
    went = displacement_lag.cumulated(tables, "instead_by_month", ["spatial"])
    spatial = tables.responses.sel(people="everyone", response="spatial").values
    assert (went[:, -1] == spatial).all()


def test_a_file_in_which_nobody_is_blocked_is_told(run_onward, tmp_path, capsys):
    path = tmp_path / "same.h5"
    run_onward("compare", SCENARIO, SCENARIO, "-n", 2, "-o", path)
    assert displacement.main([str(path), "-o", str(tmp_path)]) == 2
    assert "nobody is blocked" in capsys.readouterr().err


def test_what_is_no_comparison_is_told(run_file, tmp_path, capsys):
    assert displacement.main([str(run_file), "-o", str(tmp_path)]) == 2
    assert "not a comparison file" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told(made, tmp_path, capsys):  # noqa: F811
    (tmp_path / "file").write_text("")
    assert displacement.main([str(made[0]), "-o", str(tmp_path / "file" / "out")]) == 3
    assert "cannot write" in capsys.readouterr().err
