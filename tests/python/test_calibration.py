"""The figures of a calibration."""

import pathlib

import numpy
import pytest

from onward import calibration
from onward import plot

POSTERIORS = pathlib.Path(__file__).resolve().parents[2] / "scenarios/studies/posteriors"
SHIPPED = POSTERIORS / "north-korea-2004-2015.h5"


def test_figures_of_the_shipped_posterior(tmp_path):
    assert calibration.main([str(SHIPPED), "-o", str(tmp_path)]) == 0
    for name in ("parameters", "pairs"):
        assert (tmp_path / f"{name}.png").stat().st_size > 10_000


def test_standardised_values_are_those_of_the_prior():
    parameter = {"low": 0.0, "high": 1.0, "middle": 0.2, "spread": 0.5}
    logit = {**parameter, "kind": "logit-normal"}
    odds = 0.2 / 0.8 * numpy.exp(0.5)
    assert calibration.standardised(logit, [0.2, odds / (1 + odds)]) == pytest.approx([0, 1])
    flat = {**parameter, "kind": "uniform"}
    assert calibration.standardised(flat, [0.5, 0.95]) == pytest.approx([0, 1.644854], abs=1e-6)
    log = {**parameter, "kind": "log-normal"}
    assert calibration.standardised(log, [0.2 * numpy.exp(-1)]) == pytest.approx([-2])


def test_what_is_no_posterior_is_refused(tmp_path, capsys):
    text = tmp_path / "text.h5"
    text.write_text("no HDF5")
    assert calibration.main([str(text), "-o", str(tmp_path)]) == 2
    assert "cannot be read as HDF5" in capsys.readouterr().err
    assert calibration.main([str(SHIPPED), "--bank", str(SHIPPED), "-o", str(tmp_path)]) == 2
    assert "not a calibration file" in capsys.readouterr().err


def test_held_out_years_are_two_in_order(capsys):
    assert plot.year_span("2013-2015") == (2013, 2015)
    with pytest.raises(SystemExit):
        plot.main(["run.h5", "-o", "figure.png", "--held-out", "2015-2013"])
    assert "two years in order" in capsys.readouterr().err
