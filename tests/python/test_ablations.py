"""Ablations of the reference case: what they run, and what they report."""

import re

import pytest
import xarray

import onward
from onward import ablation_report, ablations

REPLICATES = 2


@pytest.fixture(scope="module")
def report(onward_program, tmp_path_factory):
    """The folder that the command writes."""
    folder = tmp_path_factory.mktemp("ablations")
    arguments = ["--onward", onward_program, "--replicates", str(REPLICATES), "--seed", "7"]
    assert ablations.main([*arguments, "-o", str(folder)]) == 0
    return folder


def rows(text):
    """The cells of both tables: two dicts from world to the means of its cells."""
    found = ({}, {})
    heads = -1
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        heads += line.startswith("| world")
        if line.startswith("| ") and not line.startswith("| world"):
            means = [re.match(r"[-+]?[\d.]+", cell).group() for cell in cells[1:]]
            found[heads][cells[0]] = [float(mean) for mean in means]
    return found


def test_the_tables_hold_every_world_and_every_change_does_something(report):
    levels, changes = rows((report / "ablations.md").read_text(encoding="utf-8"))
    assert list(levels) == [ablation.name for ablation in ablations.ABLATIONS]
    assert list(changes) == list(levels)[1:]
    for name, row in changes.items():
        assert len(row) == len(ablations.MEASURES)
        assert any(row), f"'{name}' changes nothing"
        for change, level, reference in zip(row, levels[name], levels["reference"]):
            assert change == pytest.approx(level - reference, abs=0.151)


def test_the_reference_row_is_the_shipped_scenarios(report, run_onward, tmp_path):
    claims = []
    for name in (ablations.BASE, ablations.OPEN):
        path = tmp_path / f"{name}.h5"
        scenario = ablations.ROOT / "scenarios" / f"{name}.yaml"
        run_onward("run", scenario, "--replicates", REPLICATES, "--seed", 7, "-o", path)
        with onward.read(path) as run:
            claims.append(onward.yearly_claims(run).mean("replicate").load())
    base, opened = claims
    gain = (base - opened).sel(year=[2013, 2014]).sum("year")
    expected = [
        base.sel(destination="GBR").max(), base.sel(destination="CAN").max(),
        *(base.sel(destination="CAN", year=year) for year in (2012, 2013, 2014)),
        gain.sel(destination="DEU"), gain.sel(destination="NLD"),
        base.sel(destination="NLD", year=2013),
    ]  # fmt: skip
    levels, _ = rows((report / "ablations.md").read_text(encoding="utf-8"))
    assert levels["reference"] == pytest.approx([float(value) for value in expected], abs=0.051)


def test_figures_are_written(report):
    assert (report / "ablations.png").read_bytes().startswith(b"\x89PNG")
    svg = (report / "ablations.svg").read_text(encoding="utf-8")
    assert "<svg" in svg and len(svg) > 20000


def test_subnests_are_half_as_dissimilar_as_the_nest():
    text = (
        "parameters:\n  belief:\n    memory: 8\n"
        "  choice:\n    cost: 1\n    dissimilarity: 0.6\n    subnest_dissimilarity: 0.5\n"
    )
    assert ablations.half_of_dissimilarity(text) == pytest.approx(0.3)
    with pytest.raises(ablations.RunFailed, match="choice.dissimilarity"):
        ablations.half_of_dissimilarity("parameters:\n  choice:\n    cost: 1\n")


def test_the_peak_is_of_the_mean_not_of_each_replicate():
    claims = xarray.DataArray(
        [[[9], [5], [0]], [[0], [5], [0]]],
        dims=("replicate", "year", "destination"),
        coords={"year": [2010, 2011, 2012], "destination": ["CAN"]},
    )
    peak = ablations.of_peak("CAN")(claims, None)
    assert int(peak.year) == 2011
    assert peak.values.tolist() == [5, 5]


def test_cells_have_students_interval_and_no_negative_zero():
    values = xarray.DataArray([1.0, 3.0], dims="replicate")
    half = 6.3138  # 95 % quantile of t with one degree of freedom; the standard error is 1
    text = ablation_report.interval_text
    assert text(values, "{:.1f}") == f"2.0 [{2 - half:.1f}, {2 + half:.1f}]"
    assert text(values - 2.01, "{:+.1f}").startswith("+0.0 ")
    assert text(values[:1], "{:.1f}") == "1.0"


def test_what_cannot_run_is_told(tmp_path, capsys):
    assert ablations.main(["--onward", str(tmp_path / "none"), "-o", str(tmp_path / "out")]) == 2
    assert "none" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert ablations.main(["-o", str(tmp_path / "file" / "out")]) == 3
    assert "cannot write" in capsys.readouterr().err


def test_what_the_program_says_is_told(onward_program, tmp_path, capsys):
    arguments = ["--onward", onward_program, "--replicates", "0", "-o", str(tmp_path)]
    assert ablations.main(arguments) == 2
    assert "replicates" in capsys.readouterr().err
