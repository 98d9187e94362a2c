"""Servers that fit behind a feed, by simulation."""

from __future__ import annotations

from figures import paths
from figures.measurement import read
from figures.measurements.oversubscription import ALONE, TOGETHER
from figures.results import Measured

_FITS = read(paths.FIGURES / "power_and_thermal_management" / "oversubscription_fits.csv")

servers_simulated_alone = Measured(
    _FITS, "servers that fit behind 1 MW, independent", _FITS.cell("servers", kind=ALONE), "1"
)
servers_simulated_common = Measured(
    _FITS, "servers that fit behind 1 MW, with common demand", _FITS.cell("servers", kind=TOGETHER), "1"
)
common_correlation = Measured(
    _FITS, "correlation of the powers of two servers with common demand", _FITS.cell("correlation", kind=TOGETHER), "1"
)
