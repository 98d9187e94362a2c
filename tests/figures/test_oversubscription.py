"""The committed percentiles are a fresh run, and those of independent servers are the normal formula's."""

from __future__ import annotations

import pytest

from figures.formulas import power_budget
from figures.measurement import read
from figures.measurements import oversubscription as simulated
from figures.measurements.oversubscription import ALONE, TOGETHER

DATA = read(simulated.FOLDER / "oversubscription.csv")
FITS = read(simulated.FOLDER / "oversubscription_fits.csv")


@pytest.mark.parametrize("kind", [ALONE, TOGETHER])
def test_a_committed_row_is_a_fresh_run(kind: int) -> None:
    assert DATA.cell("percentile", kind=kind, servers=8) == pytest.approx(simulated.percentile(kind, 8), rel=1e-5)


def test_phases_have_the_mean_and_the_deviation_of_the_text() -> None:
    length = sum(phase.length for phase in simulated.PHASES)
    mean = sum(phase.power * phase.length for phase in simulated.PHASES) / length
    square = sum(phase.power**2 * phase.length for phase in simulated.PHASES) / length
    assert mean == pytest.approx(6000)
    assert (square - mean**2) ** 0.5 == pytest.approx(1500)


def test_many_independent_servers_follow_the_normal_formula() -> None:
    for count in (64, 128, 256):
        combined = power_budget.combined_deviation(count, 1500, 0)
        expected = power_budget.power_percentile(count, 6000, combined, simulated.RISK)
        assert DATA.cell("percentile", kind=ALONE, servers=count) == pytest.approx(expected, rel=0.01)
    fits = power_budget.devices_at_risk(1e6, 6000, 1500, 0, simulated.RISK)
    assert FITS.cell("servers", kind=ALONE) == pytest.approx(fits, abs=2)


def test_common_demand_takes_most_of_the_gain_and_more_than_the_normal_formula_says() -> None:
    correlation = FITS.cell("correlation", kind=TOGETHER)
    combined = power_budget.combined_deviation(256, 1500, correlation)
    normal = power_budget.power_percentile(256, 6000, combined, simulated.RISK)
    assert DATA.cell("percentile", kind=TOGETHER, servers=256) > normal
    assert 100 <= FITS.cell("servers", kind=TOGETHER) < FITS.cell("servers", kind=ALONE)
