"""The committed replay of a cache of experts is what the script makes."""

from __future__ import annotations

import pytest

from figures import paths
from figures.lab.expert_cache import draws, popularity, simulated_hit_rate
from figures.measurement import read
from figures.measurements.expert_cache import ACTIVE, EXPERTS, TOKENS, WARM_UP


def test_a_cell_is_made_again() -> None:
    table = read(paths.FIGURES / "memory_hierarchy_and_offloading" / "expert_cache.csv")
    chosen = draws(popularity(EXPERTS, 1.0), ACTIVE, TOKENS)
    again = simulated_hit_rate(chosen, 16, WARM_UP)
    assert table.cell("simulated", exponent=1, capacity=16) == pytest.approx(again, rel=1e-5)
